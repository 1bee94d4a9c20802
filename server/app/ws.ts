import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ExecutionArgs, ExecutionResult } from 'graphql'
import { type Context, handleProtocols, makeServer } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { AccessClaims } from '../auth/accessToken.js'
import type { SocketTickets } from '../auth/socketTicket.js'
import type { Viewer } from '../auth/viewer.js'
import { ChartroomError, rateLimited } from '../kernel/errors.js'
import { Crowded } from '../live/admission.js'
import { CLOSE, type CloseReason } from '../live/closeCodes.js'
import { dropReasonOf, LIVE_METRICS } from '../live/metrics.js'
import type { Outlet } from '../live/outlet.js'
import { HUB } from '../live/wake.js'
import { Connection } from './connection.js'
import { Invalid } from './documents.js'
import { refusalOf } from './formatError.js'
import { parametersOf } from './graphqlBody.js'
import { createHeart, type Rhythm } from './keepAlive.js'
import { LIMITS } from './limits.js'
import { createOutlet } from './outlet.js'
import type { ChosenOperation } from './recordOperation.js'
import { renewalOf } from './renewSocket.js'
import { checkUpgrade, refuseUpgrade, type SocketGate } from './socketGate.js'
import {
  beginSubscription,
  errorsOf,
  executeInTime,
  leaving,
  type SubscriptionOptions,
  subscribeInTime,
} from './subscription.js'

export interface SocketsOptions extends SubscriptionOptions {
  readonly tickets: SocketTickets
  readonly allowedOrigins: () => readonly string[]
  /** The client's address, past the proxies that are trusted. */
  readonly addressOf: (req: IncomingMessage) => string
  /** Counts streams over HTTP too. */
  readonly gate: SocketGate
  readonly perPerson: number
  /** Sockets and streams of this person or program that are open. */
  readonly connectionsOf: (claims: AccessClaims) => number
  /** In which it asks whether they are still there. */
  readonly rhythm?: Rhythm | undefined
}

/** One socket, as the rest of the app sees it. */
export interface OpenSocket {
  /** Once it has redeemed a ticket. */
  readonly claims: AccessClaims | undefined
  close(reason: CloseReason): void
}

export interface Sockets {
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void
  readonly open: ReadonlySet<OpenSocket>
  /** Refuses new sockets and closes the open ones over up to `spreadMs`, so that not all come back at once. */
  drain(spreadMs: number): Promise<void>
}

/**
 * Subscriptions: graphql-transport-ws on the upgrade of `/graphql`. A socket proves who it is with a one-time ticket in
 * `connection_init`; each subscription passes the checks of HTTP, and its errors leave through the same boundary.
 */
export function createSockets(options: SocketsOptions): Sockets {
  const { gate } = options
  const metrics = options.services.get(LIVE_METRICS)
  const heart = createHeart(options.rhythm)
  const open = new Set<Connection>()
  const protocol = makeProtocol(options)
  let draining = false
  // One look at all of them: nobody has a timer of their own for it.
  const readers = setInterval(() => {
    const now = performance.now()
    for (const connection of open) connection.checkReader(now)
  }, READERS_EVERY_MS)
  readers.unref()
  metrics.watch(() => {
    const now = performance.now()
    let [queuedFrames, queuedBytes, oldestQueuedMs] = [0, 0, 0]
    for (const connection of open) {
      const { frames, bytes, oldestMs } = connection.queued(now)
      queuedFrames += frames
      queuedBytes += bytes
      oldestQueuedMs = Math.max(oldestQueuedMs, oldestMs)
    }
    return { sockets: open.size, queuedFrames, queuedBytes, oldestQueuedMs }
  })
  const wss = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: LIMITS.socketBytes,
    maxFragments: 64,
    perMessageDeflate: false,
    handleProtocols,
  })

  return {
    open,
    upgrade(req, socket, head) {
      socket.on('error', destroyIt)
      admit(req)
        .then((leave) => {
          // Gone meanwhile: 'close' will not be told again.
          if (socket.destroyed) return leave()
          socket.once('close', leave)
          wss.handleUpgrade(req, socket, head, (ws) => accept(ws, socket, options.addressOf(req)))
        })
        .catch((error: unknown) => {
          const refusal = refusalOf(error)
          options.log.event('socket refused', { outcome: refusal.code, clientAddress: options.addressOf(req) })
          refuseUpgrade(socket, refusal)
        })
    },
    async drain(spreadMs) {
      draining = true
      clearInterval(readers)
      const closing = [...open].map(async (connection, i, all) => {
        await delay((spreadMs * i) / all.length)
        connection.close(CLOSE.RESTART)
        await Promise.race([connection.closed, delay(CLOSE_MS)])
        connection.ws.terminate()
        await connection.closed
      })
      await Promise.all(closing)
      wss.close()
    },
  }

  /** @returns what gives the place back */
  async function admit(req: IncomingMessage): Promise<() => void> {
    checkUpgrade(req, options.allowedOrigins())
    if (draining) throw new ChartroomError('UNAVAILABLE')
    const address = options.addressOf(req)
    await options.rates.address(address)
    return gate.enter(address)
  }

  function accept(ws: WebSocket, socket: Duplex, clientAddress: string): void {
    const connection = new Connection(ws, socket, clientAddress, (reason) => {
      metrics.dropped(dropReasonOf(reason))
      if (reason === CLOSE.SLOW_READER) options.log.event('throttled', { closeCode: reason.code })
    })
    open.add(connection)
    options.log.event('socket opened', { count: open.size })
    heart.keep(ws, metrics.dropped)
    // Frames that are no frames, messages that are too large: ws closes by itself with the right code.
    ws.on('error', () => {})
    const ended = protocol.opened(
      {
        protocol: ws.protocol,
        send: (data) => connection.send(data),
        close: (code, reason) => ws.close(code, reason),
        onMessage(handle) {
          ws.on('message', (data) => {
            // What comes after we have said goodbye is not heard.
            if (ws.readyState !== ws.OPEN) return
            handle(String(data)).catch((error: unknown) => {
              options.log.error('failed', error, { transport: 'ws' })
              connection.close(CLOSE.INTERNAL)
            })
          })
        },
      },
      { connection },
    )
    ws.once('close', (code) => {
      open.delete(connection)
      options.log.event('socket closed', { closeCode: code, count: open.size })
      ended(code, '')
        .catch((error: unknown) => options.log.error('failed', error, { transport: 'ws' }))
        .finally(() => connection.endOperations())
        .finally(() => connection.settle())
    })
  }
}

/** What a socket keeps for its life must not hold on to the request that opened it: hence no closure in `upgrade`. */
function destroyIt(this: Duplex): void {
  this.destroy()
}

/** Between a close frame and the end of the connection. */
const CLOSE_MS = 1_000
const READERS_EVERY_MS = 1_000

interface Extra {
  readonly connection: Connection
}
type SocketContext = Context<Record<string, unknown>, Extra>

function makeProtocol(options: SocketsOptions) {
  const { boundary, log } = options
  const metrics = options.services.get(LIVE_METRICS)
  return makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: 5_000,
    onConnect: (ctx) => redeem(options, ctx),
    async onSubscribe(ctx, id, payload) {
      try {
        return await begin(options, ctx, id, payload)
      } catch (error) {
        const errors = errorsOf(error)
        for (const it of errors) metrics.refused(error instanceof Invalid ? 'REQUEST_REFUSED' : refusalOf(it).code)
        return errors
      }
    },
    subscribe: subscribeInTime,
    execute: executeInTime,
    onNext(ctx, id, _payload, _args, result) {
      const { connection } = ctx.extra
      // Standard clients ask again for no single subscription, and come back to a socket that is closed with this.
      if (isCrowded(result as ExecutionResult)) connection.close(CLOSE.TRY_LATER)
      return leaving(boundary, connection.operations.get(id), result as ExecutionResult)
    },
    onError: (_ctx, _id, _payload, errors) => errors.map((error) => boundary.format(error)),
    async onComplete(ctx, id) {
      await ctx.extra.connection.endOperation(id)
      log.event('operation', { transport: 'ws', kind: 'subscription', outcome: 'ENDED' })
    },
  })
}

/** `connection_init` carries a ticket and nothing else: a token in it would live on in somebody's trace. */
async function redeem(
  { tickets, log, perPerson, connectionsOf }: SocketsOptions,
  ctx: SocketContext,
): Promise<boolean> {
  const { connection } = ctx.extra
  const { ticket, ...rest } = ctx.connectionParams ?? {}
  if (typeof ticket !== 'string' || Object.keys(rest).length > 0) return false
  try {
    const claims = await tickets.redeem(ticket, connection.clientAddress)
    if (connectionsOf(claims) >= perPerson) {
      connection.close(CLOSE.TOO_MANY_SOCKETS)
      return false
    }
    connection.claims = { ...claims }
    return true
  } catch (error) {
    if (['UNAUTHENTICATED', 'FORBIDDEN'].includes(refusalOf(error).code)) return false
    log.error('failed', error, { transport: 'ws' })
    connection.close(CLOSE.TRY_LATER)
    return false
  }
}

/** @throws ChartroomError, GraphQLError, Invalid */
async function begin(
  options: SocketsOptions,
  ctx: SocketContext,
  id: string,
  payload: unknown,
): Promise<ExecutionArgs> {
  const { connection } = ctx.extra
  const { claims, clientAddress } = connection
  if (!claims) throw new ChartroomError('UNAUTHENTICATED')
  if (Object.keys(ctx.subscriptions).length > OPERATIONS_PER_SOCKET) throw rateLimited(1)
  return beginSubscription(
    options,
    {
      transport: 'ws',
      claims,
      clientAddress,
      renewable: true,
      keep(context, chosen) {
        // Completed by the client while it was checked.
        if (!(id in ctx.subscriptions)) throw new ChartroomError('REQUEST_REFUSED')
        connection.operations.set(id, context)
        if (chosen.operation.operation === 'mutation') context.socket = { renew: (ticket, by) => renew(ticket, by) }
        else context.outlet = outletOf(options, connection, id, chosen)
      },
    },
    () => parametersOf(payload),
  )

  async function renew(ticket: string, before: Viewer): Promise<Date> {
    const { sessionId, until } = await renewalOf(options, ticket, { claims: claims!, clientAddress }, before)
    claims!.sessionId = sessionId
    // Whoever followed under the sign-in of before looks again under this one.
    for (const following of options.services.get(HUB).all()) if (following.sessionId === sessionId) following.wake()
    return until
  }
}

const outletOf = (
  { schema, services, boundary }: SocketsOptions,
  connection: Connection,
  id: string,
  { document, operation, variables }: ChosenOperation,
): Outlet =>
  createOutlet(id, { schema, document, operation, variables: variables ?? {} }, connection, services, boundary)

const isCrowded = ({ errors = [] }: ExecutionResult): boolean =>
  errors.some(({ originalError }) => originalError instanceof Crowded)

const OPERATIONS_PER_SOCKET = 32

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
