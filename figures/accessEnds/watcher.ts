import WebSocket from 'ws'

export interface Frame {
  /** Of the subscription it belongs to. */
  readonly id: string
  readonly type: string
  readonly text: string
  /** Milliseconds since the epoch, when it was read. */
  readonly at: number
}

const STREAM = `subscription ($id: ID!, $after: String) { chartStream(chartId: $id, after: $after) { __typename
  ... on ChartSnapshot { cursor comments { id body } chart { id } }
  ... on ChartEvents { events { cursor type comment { id body } } }
  ... on AccessChanged { change snapshot { cursor comments { id body } } }
  ... on StreamEnded { reason } } }`
/** Of whoever hears of no comments; the state four times over, so that few events fill a socket. */
const WORK = `subscription ($id: ID!, $after: String) { chartStream(chartId: $id, after: $after) { __typename
  ... on ChartSnapshot { cursor chart { ...state } }
  ... on ChartEvents { events { cursor previous type at chart { ...state } again: chart { ...state } third: chart { ...state }
    fourth: chart { ...state } } }
  ... on AccessChanged { change snapshot { cursor } }
  ... on StreamEnded { reason } } }
fragment state on ChartState { id status accountNumber patientClass admittedAt dischargedAt serviceDate payer
  receivedAt engineState identityHold restricted lateDocument submissionCount
  access { can masked { field reason } } }`

/** Streams of one chart on a socket of their own, every frame kept with the time at which it was read. */
export class Watcher {
  readonly frames: Frame[] = []
  /** When the socket was closed by the server, and with which code. */
  closed: { readonly at: number; readonly code: number } | undefined
  readonly #waiting = new Set<() => void>()

  private constructor(readonly ws: WebSocket) {
    ws.on('message', (data) => {
      const text = String(data)
      const { id = '', type } = JSON.parse(text) as { id?: string; type: string }
      this.#told(() => this.frames.push({ id, type, text, at: Date.now() }))
    })
    ws.on('close', (code) => this.#told(() => (this.closed = { at: Date.now(), code })))
    ws.on('error', () => {})
  }

  /** @throws where the server refuses the ticket */
  static async on(url: string, ticket: string): Promise<Watcher> {
    const ws = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws')
    const watcher = new Watcher(ws)
    await new Promise<void>((resolve, reject) => ws.once('open', resolve).once('error', reject))
    ws.send(JSON.stringify({ type: 'connection_init', payload: { ticket } }))
    await watcher.until(() => watcher.frames.some(({ type }) => type === 'connection_ack'))
    return watcher
  }

  subscribe(id: string, chartId: string, after: string | null, states: true | undefined): void {
    const payload = { query: states ? WORK : STREAM, variables: { id: chartId, after } }
    this.ws.send(JSON.stringify({ id, type: 'subscribe', payload }))
  }

  of = (id: string): Frame[] => this.frames.filter((frame) => frame.id === id)

  /** @throws where it does not come to hold within a minute, or before the server closes the socket */
  async until(holds: () => boolean): Promise<void> {
    const deadline = Date.now() + 60_000
    while (!holds()) {
      const refused = this.frames.find(({ type }) => type === 'error')
      if (refused) throw new Error(`the server refused the stream: ${refused.text}`)
      if (this.closed) throw new Error(`the server closed the socket with ${this.closed.code}`)
      if (Date.now() > deadline)
        throw new Error(`nothing more came after ${this.frames.at(-1)?.text.slice(0, 300) ?? 'nothing'}`)
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

  pause = (): void => this.ws.pause()
  resume = (): void => this.ws.resume()
  close = (): void => this.ws.terminate()

  #told(what: () => unknown): void {
    what()
    for (const wake of [...this.#waiting]) wake()
  }
}
