import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import {
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  subscribe,
} from 'graphql'
import { type Context, handleProtocols, makeServer } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { type AccessClaims, askerOf } from '../auth/accessToken.js'
import type { SocketTickets } from '../auth/socketTicket.js'
import { ChartroomError, rateLimited } from '../kernel/errors.js'
import type { Services } from '../kernel/services.js'
import { CLOSE, type CloseReason } from '../live/closeCodes.js'
import { Connection } from './connection.js'
import { admitClient, type ClientBudgets } from './clientLimits.js'
import { checkClient, refuseClient } from './clientScope.js'
import { type Documents, Invalid } from './documents.js'
import { type Boundary, refusalOf } from './formatError.js'
import { parametersOf } from './graphqlBody.js'
import { inTime } from './inTime.js'
import { keepAlive } from './keepAlive.js'
import { LIMITS } from './limits.js'
import type { Log } from './logger.js'
import { chooseOperation, type OperationContext, openOperation } from './operation.js'
import { withPart2Notice } from './part2Notice.js'
import type { RateLimits } from './rateLimits.js'
import { createOutlet } from './outlet.js'
import { nameOperation, noteErrors, recordOperation } from './recordOperation.js'
import { checkUpgrade, createSocketGate, refuseUpgrade, type SocketCaps } from './socketGate.js'

export interface SocketsOptions {
  readonly schema: GraphQLSchema
  readonly services: Services
  readonly documents: Documents
  readonly boundary: Boundary
  readonly tickets: SocketTickets
  readonly rates: RateLimits
  readonly budgets: ClientBudgets
  readonly log: Log
  readonly allowedOrigins: () => readonly string[]
  /** The client's address, past the proxies that are trusted. */
  readonly addressOf: (req: IncomingMessage) => string
  readonly caps: SocketCaps
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
  const gate = createSocketGate(options.caps)
  const open = new Set<Connection>()
  const protocol = makeProtocol(options, (claims) => {
    let own = 0
    for (const connection of open) if (connection.claims && askerOf(connection.claims) === askerOf(claims)) own++
    return own
  })
  let draining = false
  // One look at all of them: nobody has a timer of their own for it.
  const readers = setInterval(() => {
    const now = performance.now()
    for (const connection of open) connection.checkReader(now)
  }, READERS_EVERY_MS)
  readers.unref()
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
      socket.on('error', () => socket.destroy())
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
    const connection = new Connection(ws, socket, clientAddress, (reason) =>
      options.log.event('throttled', { closeCode: reason.code }),
    )
    open.add(connection)
    options.log.event('socket opened', { count: open.size })
    keepAlive(ws)
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

/** Between a close frame and the end of the connection. */
const CLOSE_MS = 1_000
const READERS_EVERY_MS = 1_000

interface Extra {
  readonly connection: Connection
}
type SocketContext = Context<Record<string, unknown>, Extra>

/** @param socketsOf how many sockets of this person or program are open */
function makeProtocol(options: SocketsOptions, socketsOf: (claims: AccessClaims) => number) {
  const { boundary, log } = options
  return makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: 5_000,
    onConnect: (ctx) => redeem(options, ctx, socketsOf),
    async onSubscribe(ctx, id, payload) {
      try {
        return await begin(options, ctx, id, payload)
      } catch (error) {
        return (error instanceof Invalid ? error.errors : [error]).map(asGraphQLError)
      }
    },
    async subscribe(args) {
      try {
        return await inTime(subscribeRecorded(args), (late) => {
          if (Symbol.asyncIterator in late) void late.return(undefined)
        })
      } catch (error) {
        return { errors: [asGraphQLError(error)] }
      }
    },
    async onNext(ctx, id, _payload, _args, result) {
      // An event's reads end with it: the next one sees the access and the rows of its own moment.
      const context = ctx.extra.connection.operations.get(id)
      await context?.close()
      const carried = context ? withPart2Notice(result, context) : result
      if (!result.errors) return carried
      return { ...carried, errors: result.errors.map((error) => boundary.format(error)) }
    },
    onError: (_ctx, _id, _payload, errors) => errors.map((error) => boundary.format(error)),
    async onComplete(ctx, id) {
      await ctx.extra.connection.endOperation(id)
      log.event('operation', { transport: 'ws', kind: 'subscription', outcome: 'ENDED' })
    },
  })
}

/** What a stream delivers is recorded by the stream; that there is to be none, here. @throws UNAVAILABLE */
async function subscribeRecorded(args: ExecutionArgs): Promise<AsyncGenerator<ExecutionResult> | ExecutionResult> {
  const result = (await subscribe(args)) as AsyncGenerator<ExecutionResult> | ExecutionResult
  if (Symbol.asyncIterator in result) return result
  const context = args.contextValue as OperationContext
  const refusals = (result.errors ?? []).map((error) => refusalOf(error))
  noteErrors(
    context,
    refusals.map(({ code, detail }) => ({ extensions: { ...detail, code } })),
  )
  const operation = getOperationAST(args.document, args.operationName)!
  await recordOperation(context, { document: args.document, operation, variables: args.variableValues })
  return result
}

/** `connection_init` carries a ticket and nothing else: a token in it would live on in somebody's trace. */
async function redeem(
  { tickets, log, caps }: SocketsOptions,
  ctx: SocketContext,
  socketsOf: (claims: AccessClaims) => number,
): Promise<boolean> {
  const { connection } = ctx.extra
  const { ticket, ...rest } = ctx.connectionParams ?? {}
  if (typeof ticket !== 'string' || Object.keys(rest).length > 0) return false
  try {
    const claims = await tickets.redeem(ticket, connection.clientAddress)
    if (socketsOf(claims) >= caps.perPerson) {
      connection.close(CLOSE.TOO_MANY_SOCKETS)
      return false
    }
    connection.claims = claims
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
  const { claims } = connection
  if (!claims) throw new ChartroomError('UNAUTHENTICATED')
  if (Object.keys(ctx.subscriptions).length > OPERATIONS_PER_SOCKET) throw rateLimited(1)
  await options.rates.person(askerOf(claims))
  const { query, operationName, variables } = parametersOf(payload)
  const context = openOperation(options.services, claims)
  if (claims.clientId !== undefined) await admitClient(context, query, connection.clientAddress)
  await context.close()
  const { document, hash } = options.documents.prepare(query)
  const operation = chooseOperation(options.schema, document, operationName, variables)
  if (operation.operation !== 'subscription') {
    throw new ChartroomError('REQUEST_REFUSED', 'Send queries and mutations with POST; a socket carries subscriptions.')
  }
  // Completed by the client while it was checked.
  if (!(id in ctx.subscriptions)) throw new ChartroomError('REQUEST_REFUSED')
  connection.operations.set(id, context)
  const chosen = { document, operation, variables }
  context.outlet = createOutlet(
    id,
    { schema: options.schema, ...chosen },
    connection,
    options.services,
    options.boundary,
  )
  nameOperation(context, chosen)
  try {
    if (claims.clientId !== undefined) await checkClient(options.schema, chosen, context, options.budgets)
    await context.close()
  } catch (error) {
    await refuseClient(context, chosen, error)
  }
  options.log.event('operation', {
    transport: 'ws',
    kind: 'subscription',
    operation: operation.name?.value,
    hash: hash.slice(0, 16),
    outcome: 'STARTED',
  })
  return {
    schema: options.schema,
    document,
    operationName,
    variableValues: variables,
    contextValue: context,
    options: { maxCoercionErrors: LIMITS.validationErrors },
  } as ExecutionArgs
}

const OPERATIONS_PER_SOCKET = 32

const asGraphQLError = (error: unknown): GraphQLError =>
  error instanceof GraphQLError
    ? error
    : new GraphQLError('refused', { originalError: error instanceof Error ? error : new Error('not an error') })

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
