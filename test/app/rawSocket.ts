import type { IncomingMessage } from 'node:http'
import WebSocket, { type ClientOptions } from 'ws'

export interface Message {
  readonly type: string
  readonly id?: string
  readonly payload?: unknown
}

/** A socket that speaks the protocol word for word, so that a test sees what a client library would hide. */
export class RawSocket {
  readonly received: Message[] = []
  readonly closed: Promise<{ code: number; reason: string }>
  readonly #waiting: { matches: (message: Message) => boolean; found: (message: Message) => void }[] = []

  private constructor(readonly ws: WebSocket) {
    this.closed = new Promise((resolve) =>
      ws.once('close', (code, reason) => resolve({ code, reason: String(reason) })),
    )
    ws.on('error', () => {})
    ws.on('message', (data) => {
      const message = JSON.parse(String(data)) as Message
      this.received.push(message)
      for (const waiter of [...this.#waiting]) {
        if (!waiter.matches(message)) continue
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1)
        waiter.found(message)
      }
    })
  }

  /** @returns the socket once it is open, or the status with which the upgrade was refused */
  static open(url: string, options: ClientOptions & { path?: string } = {}): Promise<RawSocket | IncomingMessage> {
    const { path = '/graphql', ...rest } = options
    const ws = new WebSocket(`${url.replace('http', 'ws')}${path}`, 'graphql-transport-ws', rest)
    const socket = new RawSocket(ws)
    return new Promise((resolve, reject) => {
      ws.once('open', () => resolve(socket))
      ws.once('unexpected-response', (_req, res) => {
        res.resume()
        resolve(res)
      })
      ws.once('error', reject)
    })
  }

  /** Open and acknowledged. */
  static async signedIn(url: string, ticket: string, options: ClientOptions = {}): Promise<RawSocket> {
    const socket = await RawSocket.open(url, options)
    if (!(socket instanceof RawSocket)) throw new Error(`refused with ${socket.statusCode}`)
    socket.send({ type: 'connection_init', payload: { ticket } })
    await socket.next((message) => message.type === 'connection_ack')
    return socket
  }

  send(message: unknown): void {
    this.ws.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  subscribe(id: string, query: string, variables?: Record<string, unknown>): void {
    this.send({ type: 'subscribe', id, payload: { query, variables } })
  }

  /** The first message, received already or to come, that matches. */
  next(matches: (message: Message) => boolean): Promise<Message> {
    const known = this.received.find(matches)
    if (known) return Promise.resolve(known)
    return new Promise((found) => this.#waiting.push({ matches, found }))
  }

  /** The first message of an operation. */
  answer(id: string): Promise<Message> {
    return this.next((message) => message.id === id)
  }
}
