import { type Client, createClient } from 'graphql-ws/client'
import { RenewSessionDocument } from '../generated/graphql.js'
import type { Timers } from './api.js'
import { ChartroomClientError, errorOf, isPassing, isRateLimit } from './errors.js'
import type { Ticket } from './session.js'
import { backoff } from './timers.js'

/** One subscription, over as many connections as it takes. */
export interface Operation {
  /** Asked anew for each connection, so that it can say where to go on. */
  payload(): { readonly query: string; readonly variables: Record<string, unknown> }
  /** It was sent on a connection that stands. */
  started(): void
  next(data: unknown, extensions: unknown): void
  /** The connection was lost; it will be sent again on the next. */
  dropped(): void
  /** No connection can be made; it is tried again, more and more slowly. */
  offline?(): void
  /** The server ended it. */
  completed(): void
  /** The server refuses it, or every connection. */
  refused(error: ChartroomClientError): void
}

/** One socket for all subscriptions: opened with the first, closed a little after the last. */
export interface Socket {
  subscribe(operation: Operation): () => void
  /** Breaks the connection without a word, as a lost network would. */
  drop(): void
  /** There may be a network again: a connection that is waited for is tried now. */
  hurry(): void
  /** The same person has another sign-in: it goes on under that one. */
  renew(): void
  /** Whoever it was for is gone: all of theirs ends with this error, and what comes next has a connection of its own. */
  leave(error: ChartroomClientError): void
  close(): void
}

export interface SocketHooks {
  /** The server said that whoever this is has no business here any more. */
  readonly onForbidden: () => void
  readonly onConnected?: () => void
  /** There was a connection and is none, or none could be made. */
  readonly onLost?: () => void
}

export interface SocketOptions extends SocketHooks {
  readonly url: string
  readonly webSocket: unknown
  readonly timers: Timers
  readonly ticket: () => Promise<Ticket>
}

/**
 * graphql-ws carries the protocol of one connection; reconnecting is done here, with a client of the library for each
 * connection. Its own would send the same payload again, which says where the stream stood when it began; and a ticket
 * that cannot be fetched would leave it waiting for ever.
 *
 * A connection stands as long as the token behind its ticket. Before that ends it is renewed with a ticket of the next one
 * (PROTOCOL.md LV28), and no subscription notices; where that fails, it is broken off and made anew, as after any loss.
 */
export function createSocket({ url, webSocket, timers, ticket, onForbidden, ...options }: SocketOptions): Socket {
  const entries = new Map<Operation, (() => void) | undefined>()
  let connection: Connection | undefined
  let attempt = 0
  let waiting: unknown
  let connecting = false
  let closed = false
  let renewal: unknown
  let renewing: { readonly on: Connection; sent: boolean; again: boolean } | undefined
  /** Counts those it was for. */
  let visit = 0

  return {
    subscribe(operation) {
      entries.set(operation, undefined)
      if (connection) start(connection, operation)
      else if (!connecting && waiting === undefined) void connect()
      return () => {
        const stop = entries.get(operation)
        entries.delete(operation)
        stop?.()
      }
    },
    drop: () => connection?.drop(),
    hurry() {
      if (waiting === undefined) return
      timers.clearTimeout(waiting)
      void connect()
    },
    renew() {
      if (connection?.isConnected()) void renew(connection)
    },
    leave(error) {
      visit++
      attempt = 0
      disconnect((operation) => operation.refused(error))
    },
    close() {
      closed = true
      disconnect()
    },
  }

  function disconnect(tell?: (operation: Operation) => void): void {
    for (const timer of [waiting, renewal]) timers.clearTimeout(timer)
    waiting = undefined
    const all = [...entries]
    entries.clear()
    for (const [, stop] of all) stop?.()
    connection?.end()
    connection = undefined
    for (const [operation] of all) tell?.(operation)
  }

  async function connect(): Promise<void> {
    waiting = undefined
    if (closed || entries.size === 0) return
    connecting = true
    const mine = visit
    try {
      const { ticket: granted, renewAt } = await ticket()
      if (closed || entries.size === 0 || mine !== visit) return
      const opened = open({
        url,
        webSocket,
        timers,
        ticket: granted,
        onConnected() {
          renewLater(opened, renewAt)
          onConnected()
        },
        onLost,
      })
      connection = opened
      for (const operation of [...entries.keys()]) start(opened, operation)
    } catch (error) {
      if (mine !== visit) return
      if (isPassing(error)) {
        options.onLost?.()
        offline()
      }
      if (isPassing(error) || isRateLimit(error)) later(error)
      else refuseAll(error instanceof ChartroomClientError ? error : new ChartroomClientError('INTERNAL'))
    } finally {
      connecting = false
      // What was subscribed meanwhile is somebody else's, and needs a ticket of theirs.
      if (mine !== visit && !connection) void connect()
    }
  }

  function renewLater(on: Connection, at: number): void {
    timers.clearTimeout(renewal)
    const delay = Math.min(Math.max(at - timers.now(), RENEWED_AT_SOONEST_MS), RENEWED_AT_LATEST_MS)
    renewal = timers.setTimeout(() => void renew(on), delay)
  }

  async function renew(on: Connection): Promise<void> {
    // The ticket that is being asked for is of the newest token there is; one that was sent already may not be.
    if (renewing?.on === on) {
      renewing.again = renewing.sent
      return
    }
    const mine = { on, sent: false, again: false }
    renewing = mine
    try {
      const { ticket: granted, renewAt } = await ticket()
      if (connection !== on) return
      mine.sent = true
      await renewed(on, granted)
      if (connection === on) renewLater(on, mine.again ? timers.now() : renewAt)
    } catch (error) {
      if (connection !== on) return
      // It stands for a while yet. What is decided is not asked again: the way is that of any connection that is lost.
      if (isPassing(error) || isRateLimit(error)) renewLater(on, timers.now() + backoff(MANY, timers.random()))
      else on.drop()
    } finally {
      if (renewing === mine) renewing = undefined
    }
  }

  function start(on: Connection, operation: Operation): void {
    const unsubscribe = on.client.subscribe(operation.payload(), {
      next: (result) => {
        if (entries.get(operation) !== unsubscribe) return
        if (!result.errors?.length) return operation.next(result.data, result.extensions)
        entries.delete(operation)
        unsubscribe()
        operation.refused(errorOf(result.errors))
      },
      error: (error) => {
        // What is not a list of GraphQL errors is about the connection, and told by it.
        if (Array.isArray(error) && entries.get(operation) === unsubscribe && entries.delete(operation))
          operation.refused(errorOf(error))
      },
      complete: () => {
        if (connection === on && entries.get(operation) === unsubscribe && entries.delete(operation))
          operation.completed()
      },
    })
    entries.set(operation, unsubscribe)
    if (on.isConnected()) operation.started()
  }

  function onConnected(): void {
    options.onConnected?.()
    for (const operation of [...entries.keys()]) operation.started()
  }

  function onLost(lost: Connection, code: number | undefined): void {
    if (connection !== lost) return
    connection = undefined
    timers.clearTimeout(renewal)
    // A server that accepts and then drops at once must not be asked again at once for ever.
    if (lost.lasted() > STABLE_MS) attempt = 0
    for (const operation of entries.keys()) entries.set(operation, undefined)
    if (closed || entries.size === 0) return
    if (code !== undefined && FORBIDDEN.has(code)) {
      onForbidden()
      return refuseAll(new ChartroomClientError('UNAUTHENTICATED'))
    }
    if (code !== undefined && FATAL.has(code)) return refuseAll(new ChartroomClientError('REQUEST_REFUSED'))
    options.onLost?.()
    // A server that says why it closes is there.
    if (!lost.isConnected() && (code === undefined || code === ABNORMAL)) offline()
    else for (const operation of [...entries.keys()]) operation.dropped()
    later()
  }

  function offline(): void {
    for (const operation of [...entries.keys()]) (operation.offline ?? operation.dropped).call(operation)
  }

  function later(error?: unknown): void {
    const seconds = error instanceof ChartroomClientError ? Number(error.detail.retryAfterSeconds ?? 0) : 0
    const delay = Math.max(seconds * 1_000, backoff(attempt++, timers.random()))
    waiting = timers.setTimeout(() => void connect(), delay)
  }

  function refuseAll(error: ChartroomClientError): void {
    const operations = [...entries.keys()]
    entries.clear()
    for (const operation of operations) operation.refused(error)
  }
}

/** @throws ChartroomClientError what the server answers; a connection that is lost meanwhile answers nothing */
function renewed({ client }: Connection, ticket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    client.subscribe(
      { query: RenewSessionDocument.toString(), variables: { input: { ticket } } },
      {
        next: ({ errors }) => (errors?.length ? reject(errorOf(errors)) : resolve()),
        error: (error) => Array.isArray(error) && reject(errorOf(error)),
        complete() {},
      },
    )
  })
}

const RENEWED_AT_SOONEST_MS = 1_000
const RENEWED_AT_LATEST_MS = 24 * 3_600_000
/** So many that the wait is the longest. */
const MANY = 10

/** Session ended, or a ticket that is none: the server has decided. */
const FORBIDDEN = new Set([4401, 4403])
/** Trying again would be refused again: not our protocol, or a message the server cannot read. */
const FATAL = new Set([1002, 1003, 1007, 1009, 4004, 4400, 4406, 4409, 4429])
/** No closing handshake: the connection broke, or was never made (RFC 6455 section 7.1.5). */
const ABNORMAL = 1006
const PING_MS = 15_000
const PONG_MS = 10_000
const ACK_MS = 10_000
const STABLE_MS = 5_000
/** From one chart to the next the socket stays open. */
const LINGER_MS = 2_000

interface Connection {
  readonly client: Client
  isConnected(): boolean
  /** In ms, since it was acknowledged. */
  lasted(): number
  drop(): void
  end(): void
}

interface OpenOptions {
  readonly url: string
  readonly webSocket: unknown
  readonly timers: Timers
  readonly ticket: string
  onConnected(): void
  /** Once, with the code of the close where there was one. */
  onLost(connection: Connection, code: number | undefined): void
}

function open({ url, webSocket, timers, ticket, onConnected, onLost }: OpenOptions): Connection {
  let socket: { terminate?(): void } | undefined
  let connectedAt: number | undefined
  let lost = false
  let dropped = false
  let pong: unknown
  const client = createClient({
    url,
    webSocketImpl: webSocket,
    connectionParams: { ticket },
    retryAttempts: 0,
    keepAlive: PING_MS,
    connectionAckWaitTimeout: ACK_MS,
    lazyCloseTimeout: LINGER_MS,
    on: {
      opened: (opened) => {
        socket = opened as typeof socket
        if (dropped) breakOff()
      },
      connected: () => {
        connectedAt = timers.now()
        onConnected()
      },
      // The library sends pings and does not mind if nobody answers.
      ping: (received) => {
        if (!received) pong = timers.setTimeout(() => client.terminate(), PONG_MS)
      },
      pong: (received) => {
        if (received) timers.clearTimeout(pong)
      },
      closed: (event) => lose((event as { code?: number }).code),
      error: () => lose(undefined),
    },
  })
  const connection: Connection = {
    client,
    isConnected: () => connectedAt !== undefined,
    lasted: () => (connectedAt === undefined ? 0 : timers.now() - connectedAt),
    // One that is still opening is broken off once it is open: a socket that is closed before tells of an error to which
    // the library no longer listens, and that would end the process.
    drop() {
      dropped = true
      if (socket) breakOff()
    },
    end: () => void Promise.resolve(client.dispose()).catch(() => {}),
  }
  return connection

  function breakOff(): void {
    if (socket?.terminate) socket.terminate()
    else client.terminate()
  }

  function lose(code: number | undefined): void {
    if (lost) return
    lost = true
    timers.clearTimeout(pong)
    connection.end()
    onLost(connection, code)
  }
}
