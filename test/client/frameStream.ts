import http from 'node:http'

/** One stream over HTTP (GraphQL over Server-Sent Events, distinct connections), event by event as bytes come. */
export class FrameStream {
  readonly events: { readonly type: string; readonly payload?: unknown }[] = []
  readonly ended: Promise<void>
  #text = ''
  #isOver = false
  readonly #lookers = new Set<() => void>()

  private constructor(
    private readonly req: http.ClientRequest,
    res: http.IncomingMessage,
  ) {
    this.ended = new Promise((resolve) => {
      res.once('close', () => {
        this.#isOver = true
        this.#changed()
        resolve()
      })
    })
    res.setEncoding('utf8')
    res.on('error', () => {})
    res.on('data', (bytes: string) => {
      this.#text += bytes
      for (let end = this.#text.indexOf('\n\n'); end >= 0; end = this.#text.indexOf('\n\n')) {
        this.#take(this.#text.slice(0, end))
        this.#text = this.#text.slice(end + 2)
      }
      this.#changed()
    })
  }

  static async open(url: string, token: string, body: object): Promise<FrameStream> {
    const headers = {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
    }
    const req = http.request(`${url}/graphql/stream`, { method: 'POST', agent: false, headers })
    req.on('error', () => {})
    req.end(JSON.stringify(body))
    const res = await new Promise<http.IncomingMessage>((resolve, reject) => {
      req.once('response', resolve).once('error', reject)
    })
    if (res.statusCode !== 200) throw new Error(`answered with ${res.statusCode}`)
    return new FrameStream(req, res)
  }

  /** Resolves once it has so many. @throws where it ended with fewer */
  async until(count: number): Promise<void> {
    while (this.events.length < count) {
      if (this.#isOver) throw new Error(`the stream ended after ${JSON.stringify(this.events)}`)
      await new Promise<void>((resolve) => this.#lookers.add(resolve))
    }
  }

  async cut(): Promise<void> {
    this.req.destroy()
    await this.ended
  }

  #changed(): void {
    for (const look of this.#lookers) look()
    this.#lookers.clear()
  }

  /** Comments are nobody's event. */
  #take(text: string): void {
    const field = (name: string): string | undefined =>
      text
        .split('\n')
        .find((line) => line.startsWith(`${name}:`))
        ?.slice(name.length + 1)
        .trim()
    const [type, data] = [field('event'), field('data')]
    if (type !== undefined) this.events.push({ type, ...(data && { payload: JSON.parse(data) as unknown }) })
  }
}
