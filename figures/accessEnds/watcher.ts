import WebSocket from 'ws'

export interface Frame {
  readonly text: string
  /** Milliseconds since the epoch, when it was read. */
  readonly at: number
}

const STREAM = `subscription ($id: ID!) { chartStream(chartId: $id) { __typename
  ... on ChartSnapshot { cursor }
  ... on ChartEvents { events { cursor type comment { body } } }
  ... on AccessChanged { change snapshot { cursor comments { body } } }
  ... on StreamEnded { reason } } }`

/** One stream on a socket of its own, every frame kept with the time at which it was read. */
export class Watcher {
  readonly frames: Frame[] = []
  readonly #waiting = new Set<() => void>()

  private constructor(readonly ws: WebSocket) {
    ws.on('message', (data) => {
      this.frames.push({ text: String(data), at: Date.now() })
      for (const wake of [...this.#waiting]) wake()
    })
  }

  static async on(url: string, ticket: string, chartId: string): Promise<Watcher> {
    const ws = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws')
    const watcher = new Watcher(ws)
    await new Promise<void>((resolve, reject) => ws.once('open', resolve).once('error', reject))
    ws.send(JSON.stringify({ type: 'connection_init', payload: { ticket } }))
    await watcher.seen('connection_ack')
    ws.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: STREAM, variables: { id: chartId } } }))
    return watcher
  }

  /** The place of the first frame with these words in it. @throws where none comes within 20 seconds */
  async seen(words: string): Promise<number> {
    const until = Date.now() + 20_000
    for (;;) {
      const index = this.frames.findIndex((frame) => frame.text.includes(words))
      if (index >= 0) return index
      if (Date.now() > until) throw new Error(`no frame with ${words} came: ${this.frames.at(-1)?.text ?? 'nothing'}`)
      await new Promise<void>((resolve) => {
        const done = (): void => {
          this.#waiting.delete(done)
          clearTimeout(timer)
          resolve()
        }
        const timer = setTimeout(done, 1_000)
        this.#waiting.add(done)
      })
    }
  }

  /** When the stream ended with that reason, or, without one, narrowed. */
  async changed(reason: string | undefined): Promise<{ index: number; at: number }> {
    const index = await this.seen(reason ? `"reason":"${reason}"` : '"AccessChanged"')
    return { index, at: this.frames[index]!.at }
  }

  pause(): void {
    this.ws.pause()
  }

  resume(): void {
    this.ws.resume()
  }

  close(): void {
    this.ws.terminate()
  }
}
