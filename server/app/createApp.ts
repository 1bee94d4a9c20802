import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Express } from 'express'
import type { GraphQLSchema } from 'graphql'
import { createSignIn, recordSignIn, requireOwnOrigin, type SignIn, signInRoutes } from '../accounts/index.js'
import { type AccessClaims, type AccessTokens, askerOf, createAccessTokens } from '../auth/accessToken.js'
import { createSocketTickets, type SocketTickets } from '../auth/socketTicket.js'
import { createSessionActivity, type SessionActivity } from '../auth/viewer.store.js'
import {
  authorizeRoutes,
  type ClientTokens,
  clientRoutes,
  createAuthorizations,
  createClientTokens,
} from '../clients/index.js'
import type { Database } from '../db/pool.js'
import { documentRoutes } from '../documents/documents.routes.js'
import { uploadRoutes } from '../documents/uploads.routes.js'
import type { Clock } from '../kernel/clock.js'
import { NO_METRICS } from '../live/metrics.js'
import { WAKER } from '../live/wake.js'
import { FEEDS } from '../review/chartFeed.js'
import { TRAIL } from '../trail/writer.js'
import type { Vault } from '../vault/vault.js'
import { answerError, answerNotFound } from './answerError.js'
import { buildSchema } from './buildSchema.js'
import { useCodeSets } from './codeSetsInUse.js'
import { type ClientBudgets, createClientBudgets } from './clientLimits.js'
import { createDocuments } from './documents.js'
import type { Env } from './env.js'
import { type Boundary, createBoundary } from './formatError.js'
import { graphqlHttp } from './graphqlHttp.js'
import { healthRoutes } from './health.js'
import type { Rhythm } from './keepAlive.js'
import type { Log } from './logger.js'
import { serveMetrics } from './metricsRoutes.js'
import { createRateLimits, type RateLimits } from './rateLimits.js'
import { databaseAnswers, migrationsAreCurrent } from './readiness.store.js'
import { securityHeaders, styleNonce } from './securityHeaders.js'
import { watchSessions } from './sessionWatch.js'
import { type RunningServices, startServices } from './startServices.js'
import { workbenchRoutes } from './workbench.js'
import { createHttpStreams, type HttpStreams } from './sse.js'
import { createSocketGate } from './socketGate.js'
import { createSockets, type Sockets } from './ws.js'

export interface AppOptions {
  readonly env: Env
  /** As the application's role; the app does not close it. */
  readonly database: Database
  /** The address behind `database`: sign-in has a client of its own. */
  readonly applicationUrl: string
  readonly vault: Vault
  readonly clock: Clock
  readonly log: Log
  /** Tests add fields of their own. */
  readonly schema?: GraphQLSchema
  /** Sign-in attempts a minute from one address; see SignInOptions. */
  readonly attemptsPerMinute?: number
  /** Of the pings to sockets; tests do not wait as long. */
  readonly rhythm?: Rhythm
}

export interface App extends RunningServices {
  readonly handle: Express
  readonly schema: GraphQLSchema
  readonly signIn: SignIn
  readonly accessTokens: AccessTokens
  readonly tickets: SocketTickets
  readonly clientTokens: ClientTokens
  readonly activity: SessionActivity
  readonly boundary: Boundary
  readonly sockets: Sockets
  /** Subscriptions of those who have no socket. */
  readonly streams: HttpStreams
  /** Whether the workbench was built, and is served. */
  readonly workbench: boolean
  /** Resolves with the port taken. @throws where it cannot listen */
  listen(port: number, host: string): Promise<number>
  /** Takes nothing new, lets what runs end for up to `graceMs`, closes what it started. Idempotent. */
  close(graceMs?: number): Promise<void>
}

/** Puts the parts together. What it is given (database, keys, clock) it uses and does not close. */
export async function createApp(options: AppOptions): Promise<App> {
  const { env, database, vault, clock, log } = options
  const onError = (error: unknown): void => log.error('failed', error)
  const codeSets = await useCodeSets({ sql: database.outsideOrganisations, clock, onError })
  const served = serveMetrics(env, log)
  const metrics = served?.metrics.live ?? NO_METRICS
  const running = await startServices({ env, database, vault, clock, codeSets: codeSets.current, log, metrics })
  const schema = options.schema ?? buildSchema()
  const introspection = env.introspection === 'on'
  const own: { origins: readonly string[] } = { origins: env.allowedOrigins }
  const allowedOrigins = (): readonly string[] => own.origins

  const signIn = createSignIn({
    applicationUrl: options.applicationUrl,
    baseUrl: env.publicUrl,
    allowedOrigins,
    idleMinutes: env.sessionIdleMinutes,
    maxHours: env.sessionMaxHours,
    secret: vault.derive('sign-in'),
    clock,
    ...(options.attemptsPerMinute !== undefined && { attemptsPerMinute: options.attemptsPerMinute }),
    onLog: (level) => level === 'error' && log.event('trouble', { what: 'sign-in' }),
  })
  const accessTokens = createAccessTokens({ key: vault.derive('access token'), issuer: env.publicUrl, clock })
  const clientTokens = createClientTokens({ database, vault, clock, accessTokens })
  const ofPeople = createSocketTickets({ database, clock })
  const core: Core = {
    ...options,
    ...running,
    schema,
    signIn,
    allowedOrigins,
    accessTokens,
    clientTokens,
    // A third party's ticket names its organisation.
    tickets: {
      issue: ofPeople.issue,
      redeem: (ticket, clientAddress) =>
        ticket.includes('.') ? clientTokens.redeem(ticket, clientAddress) : ofPeople.redeem(ticket),
    },
    activity: createSessionActivity({
      database,
      clock,
      idleMinutes: env.sessionIdleMinutes,
      maxHours: env.sessionMaxHours,
      onError,
    }),
    boundary: createBoundary({ schema, log }),
    documents: createDocuments(schema, { introspection }),
    rates: createRateLimits(env.rates),
    budgets: createClientBudgets(database, clock),
    onError,
  }
  const handle = express()
  // One count of all that is open, whatever carries it.
  const connections = () => [...sockets.open, ...streams.open]
  const counted = {
    gate: createSocketGate(env.sockets),
    perPerson: env.sockets.perPerson,
    connectionsOf: (claims: AccessClaims) =>
      connections().filter((it) => it.claims && askerOf(it.claims) === askerOf(claims)).length,
  }
  const sockets: Sockets = createSockets({ ...core, ...counted, addressOf: addressOf(handle) })
  const streams: HttpStreams = createHttpStreams({ ...core, ...counted })
  metrics.watch(() => {
    const feeds = [...running.services.get(FEEDS).values()]
    return {
      httpStreams: streams.open.size,
      followers: running.hub.size,
      feeds: feeds.length,
      groups: feeds.reduce((n, feed) => n + [...feed.groups].length, 0),
      grouped: feeds.reduce((n, feed) => n + feed.size, 0),
    }
  })
  const watch = watchSessions({ ...core, sockets: connections })
  const graphql = await graphqlHttp({ ...core, introspection })
  const workbench = workbenchRoutes()
  mount(
    handle,
    core,
    { streams: streams.router, graphql: graphql.router, metrics: served?.routes, workbench },
    () => codeSets.current().releases().length > 0,
  )

  const server = createServer({ requestTimeout: 120_000, headersTimeout: 20_000, keepAliveTimeout: 65_000 }, handle)
  server.maxHeadersCount = 100
  server.on('upgrade', (req, socket, head) => sockets.upgrade(req, socket, head))
  let closed: Promise<void> | undefined

  return {
    ...core,
    handle,
    sockets,
    streams,
    workbench: workbench !== undefined,
    async listen(port, host) {
      await served?.listen()
      const taken = await listen(server, port, host)
      if (env.port !== taken) {
        // Addresses with port 0 were worked out before there was a port.
        own.origins = [...env.allowedOrigins.filter((origin) => !origin.endsWith(':0')), ...originsOn(host, taken)]
      }
      return taken
    },
    close: (graceMs = GRACE_MS) => (closed ??= closeAll(graceMs)),
  }

  async function closeAll(graceMs: number): Promise<void> {
    const ended = endRequests(server, graceMs)
    const spreadMs = Math.min(SPREAD_MS, graceMs)
    await Promise.all([sockets.drain(spreadMs), streams.drain(spreadMs), ended])
    watch.stop()
    await graphql.close()
    await running.stop()
    codeSets.stop()
    await core.activity.settled()
    await signIn.close()
    await served?.close()
  }
}

type Core = AppOptions &
  RunningServices &
  Pick<App, 'schema' | 'signIn' | 'accessTokens' | 'tickets' | 'clientTokens' | 'activity' | 'boundary'> & {
    readonly allowedOrigins: () => readonly string[]
    readonly documents: ReturnType<typeof createDocuments>
    readonly rates: RateLimits
    readonly budgets: ClientBudgets
    readonly onError: (error: unknown) => void
  }

const GRACE_MS = 10_000
const SPREAD_MS = 2_000

/** The order is the protection: headers on everything, what is cheap to refuse first, the last word to the error handler. */
function mount(
  app: Express,
  core: Core,
  routes: Readonly<Record<'streams' | 'graphql', express.Router>> &
    Readonly<Record<'metrics' | 'workbench', express.Router | undefined>>,
  codeSetsLoaded: () => boolean,
): void {
  const { env, database, services, log, rates, allowedOrigins, onError } = core
  const sql = database.outsideOrganisations
  const record = recordSignIn(database, services.get(TRAIL))
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', env.trustProxy)
  app.set('query parser', 'simple')
  app.use(securityHeaders({ publicUrl: env.publicUrl, ownOrigins: allowedOrigins }))
  app.use(
    healthRoutes(
      {
        database: () => databaseAnswers(sql),
        migrations: () => migrationsAreCurrent(sql),
        codeSets: codeSetsLoaded,
        engine: () => core.jobs !== undefined,
      },
      {
        // Without it a change may take up to a second to reach this node: slower, not unable.
        wakeUps: () => services.get(WAKER).connected(),
      },
    ),
  )
  app.use(async (req, _res, next) => {
    await rates.address(req.ip ?? '')
    next()
  })
  if (routes.metrics) app.use(routes.metrics)
  // Otherwise the workbench would answer with its page, as for every address of its own.
  app.all('/metrics', answerNotFound)
  app.use('/api/auth', (req, res, next) => {
    // Signing out ends this and perhaps other sessions: their sockets close now, on every node, not at the next sweep.
    if (req.method === 'POST') res.once('finish', () => res.statusCode < 400 && services.get(WAKER).sessionsEnded())
    next()
  })
  app.use(
    authorizeRoutes({
      authorizations: createAuthorizations({ database, clock: core.clock }),
      signedIn: (req) => core.signIn.session(cookieOf(req)),
      ownOrigin: requireOwnOrigin(allowedOrigins),
      styleNonce: (res) => styleNonce(res.locals),
      issuer: env.publicUrl,
      record: (orgId, entry) => services.get(TRAIL).record(orgId, [entry]),
      onError,
    }),
  )
  app.use(
    signInRoutes({
      ...core,
      onAttempt(attempt, email) {
        const { outcome, account, clientAddress } = attempt
        log.event('sign-in', { outcome, account, clientAddress })
        return record(attempt, email)
      },
    }),
  )
  app.use(
    clientRoutes({
      issuer: env.publicUrl,
      tokens: core.clientTokens,
      record: (orgId, entry) => services.get(TRAIL).record(orgId, [entry]),
      onRevoked(orgId) {
        services.get(WAKER).access(orgId)
        services.get(WAKER).sessionsEnded()
      },
      onError,
    }),
  )
  app.use(uploadRoutes(services, { onError }))
  app.use(documentRoutes(services, { accessTokens: core.accessTokens, onError }))
  app.use(routes.streams)
  app.use(routes.graphql)
  if (routes.workbench) app.use(routes.workbench)
  app.use(answerNotFound)
  app.use(answerError(log))
}

/** The sign-in of a page, and no token: a program has no page to be asked on. */
function cookieOf({ headers: { cookie } }: express.Request): Headers {
  return new Headers(cookie === undefined ? {} : { cookie })
}

/** The first address that no trusted proxy stands behind, as Express finds it for requests. */
function addressOf(app: Express) {
  return (req: IncomingMessage): string => {
    const trusts = app.get('trust proxy fn') as (address: string, hop: number) => boolean
    const forwarded = String(req.headers['x-forwarded-for'] ?? '').split(',')
    const hops = [req.socket.remoteAddress ?? '', ...forwarded.map((hop) => hop.trim()).reverse()].filter(Boolean)
    return hops.find((hop, i) => i === hops.length - 1 || !trusts(hop, i)) ?? ''
  }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function originsOn(host: string, port: number): string[] {
  const name = host.includes(':') ? `[${host}]` : host
  return [...new Set([`http://${name}:${port}`, `http://localhost:${port}`, `http://127.0.0.1:${port}`])]
}

/** Connections without a request end at once; the others when they have answered, or at the end of the grace. */
async function endRequests(server: Server, graceMs: number): Promise<void> {
  if (!server.listening) return
  const ended = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const idle = setInterval(() => server.closeIdleConnections(), 100)
  const limit = setTimeout(() => server.closeAllConnections(), graceMs)
  await ended
  clearInterval(idle)
  clearTimeout(limit)
}
