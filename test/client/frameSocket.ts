import WebSocket from 'ws'

/** A socket that keeps every frame as it came, byte for byte. */
export class FrameSocket {
  readonly frames: string[] = []
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
  readonly #lookers = new Set<() => void>()

  private constructor(readonly ws: WebSocket) {
    this.closed = new Promise((resolve) =>
      ws.once('close', (code, reason) => resolve({ code, reason: String(reason) })),
    )
    ws.on('error', () => {})
    ws.on('message', (data, isBinary) => {
      this.frames.push(isBinary ? `binary of ${(data as Buffer).length}` : String(data))
      for (const look of [...this.#lookers]) look()
    })
  }

  static async open(url: string): Promise<FrameSocket> {
    const socket = new FrameSocket(new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws'))
    await new Promise((resolve, reject) => socket.ws.once('open', resolve).once('error', reject))
    return socket
  }

  /** Open and acknowledged. */
  static async acknowledged(url: string, payload: Record<string, unknown>): Promise<FrameSocket> {
    const socket = await FrameSocket.open(url)
    socket.send({ type: 'connection_init', payload })
    await socket.until((frames) => frames.length > 0)
    return socket
  }

  send(message: unknown): void {
    this.ws.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  /** Those of one operation, in the order in which they came. */
  of(id: string): readonly string[] {
    return this.frames.filter((frame) => (JSON.parse(frame) as { id?: string }).id === id)
  }

  /** Resolves once it holds. */
  until(holds: (frames: readonly string[]) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!holds(this.frames)) return
        this.#lookers.delete(look)
        resolve()
      }
      this.#lookers.add(look)
      look()
    })
  }

  async end(): Promise<void> {
    this.ws.close()
    await this.closed
  }
}
