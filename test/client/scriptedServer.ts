import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { StreamItem } from '../../client/live/index.js'

/**
 * The other end of the wire, on which a test decides what goes wrong: a server that is never in two minds cannot be
 * made to lose an event or send one twice. It speaks HTTP and graphql-transport-ws, and knows nothing else.
 */
export interface ScriptedServer {
  readonly url: string
  /** Each subscription to the chart's stream so far: where it asked to go on. */
  readonly asked: (string | null)[]
  /** The sight it gave back with each. */
  readonly sights: (string | null)[]
  /** Resolves once so many subscriptions were made. */
  subscriptions(count: number): Promise<void>
  /** Told of each subscription as it comes, so that the server can answer it whenever that is. */
  onAsked(answer: (after: string | null) => void): void
  /** On the newest subscription. @param extensions what comes beside its data */
  send(item: StreamItem, extensions?: object): void
  /** Ends the newest subscription as a server does that has nothing more to say. */
  complete(): void
  /** Answers the renewal of a socket that comes next, or came and is not answered yet. Undefined: it is granted. */
  renewal(refused?: string): Promise<void>
  /** Resolves once the newest connection is gone. */
  hungUp(): Promise<void>
  /** Whose token `/api/auth/access` gives, and in how many seconds it expires. */
  access: { subject: string; expiresIn: number }
  /** With a code: the closing handshake; without: the connection is cut. */
  drop(code?: number, reason?: string): void
  /** Cuts every connection. */
  cut(): void
  /** Answers one POST, or leaves it to the next; the first that answers wins. */
  onPost(handler: (path: string, body: Record<string, unknown>) => Reply | undefined): void
  readonly connections: () => number
  close(): Promise<void>
}

export type Reply = { readonly status?: number; readonly body: unknown } | 'cut'

export async function scriptedServer(): Promise<ScriptedServer> {
  const asked: (string | null)[] = []
  const sights: (string | null)[] = []
  const handlers: ((path: string, body: Record<string, unknown>) => Reply | undefined)[] = []
  const waiting = new Set<() => void>()
  const access = { subject: 'subject', expiresIn: 600 }
  const renewals: { readonly socket: WebSocket; readonly id: string }[] = []
  let newest: { socket: WebSocket; id: string } | undefined
  let connections = 0
  let onAsked: ((after: string | null) => void) | undefined

  const http = createServer((req, res) => {
    void bodyOf(req).then((body) => {
      const reply = replyTo(req.url ?? '', body)
      if (reply === 'cut') return req.socket.destroy()
      res.writeHead(reply.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(reply.body))
    })
  })
  const wss = new WebSocketServer({ server: http, handleProtocols: () => 'graphql-transport-ws' })
  wss.on('connection', (socket) => {
    connections++
    socket.on('message', (data) => receive(socket, JSON.parse(String(data)) as Message))
    socket.on('error', () => {})
    socket.on('close', look)
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!holds()) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })

  return {
    access,
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    asked,
    sights,
    subscriptions: (count) => until(() => asked.length >= count),
    async renewal(refused) {
      await until(() => renewals.length > 0)
      const { socket, id } = renewals.shift()!
      const payload = refused
        ? { data: null, errors: [{ message: 'refused', extensions: { code: refused } }] }
        : { data: { renewSession: new Date(0).toISOString() } }
      socket.send(JSON.stringify({ id, type: 'next', payload }))
      socket.send(JSON.stringify({ id, type: 'complete' }))
    },
    hungUp: () => until(() => newest?.socket.readyState === 3),
    onAsked: (answer) => void (onAsked = answer),
    send(item, extensions) {
      const { socket, id } = newest!
      const payload = { data: { chartStream: item }, ...(extensions && { extensions }) }
      socket.send(JSON.stringify({ id, type: 'next', payload }))
    },
    complete: () => newest!.socket.send(JSON.stringify({ id: newest!.id, type: 'complete' })),
    drop: (code, reason) => (code === undefined ? newest!.socket.terminate() : newest!.socket.close(code, reason)),
    cut() {
      for (const socket of wss.clients) socket.terminate()
    },
    onPost: (handler) => void handlers.unshift(handler),
    connections: () => connections,
    async close() {
      for (const socket of wss.clients) socket.terminate()
      await closed(http)
    },
  }

  function receive(socket: WebSocket, message: Message): void {
    if (message.type === 'connection_init') return socket.send('{"type":"connection_ack"}')
    if (message.type === 'ping') return socket.send('{"type":"pong"}')
    if (message.type === 'subscribe' && message.payload.query.includes('renewSession')) {
      renewals.push({ socket, id: message.id })
      return look()
    }
    if (message.type !== 'subscribe' || !message.payload.query.includes('subscription ChartStream')) return
    newest = { socket, id: message.id }
    const after = message.payload.variables.after ?? null
    asked.push(after)
    sights.push(message.payload.variables.sight ?? null)
    onAsked?.(after)
    look()
  }

  function look(): void {
    for (const waiter of [...waiting]) waiter()
  }

  function replyTo(path: string, body: Record<string, unknown>): Reply {
    for (const handler of handlers) {
      const reply = handler(path, body)
      if (reply) return reply
    }
    if (path === '/api/auth/access')
      return { body: { accessToken: 'access', ...access, organisation: { id: 'o', name: 'Harbor' } } }
    if (path === '/api/auth/socket-ticket') return { body: { ticket: 'ticket', expiresIn: 30 } }
    return { status: 200, body: { errors: [{ message: 'not here', extensions: { code: 'NOT_FOUND' } }] } }
  }
}

type Message =
  | { readonly type: 'connection_init' | 'ping' | 'complete' }
  | {
      readonly type: 'subscribe'
      readonly id: string
      readonly payload: {
        readonly query: string
        readonly variables: { readonly after?: string | null; readonly sight?: string | null }
      }
    }

async function bodyOf(req: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const chunk of req) text += String(chunk)
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
