import { randomUUID } from 'node:crypto'
import type { GraphQLSchema } from 'graphql'
import { type Client, createClient } from 'graphql-ws'
import WebSocket from 'ws'
import { type DemoOrganisations, seedDemoOrganisation } from '../../server/accounts/demoOrganisation.js'
import { ACCESS_TOKEN_SECONDS, type AccessClaims } from '../../server/auth/accessToken.js'
import { type App, createApp } from '../../server/app/createApp.js'
import { type Env, loadEnv } from '../../server/app/env.js'
import type { Rhythm } from '../../server/app/keepAlive.js'
import { createLog } from '../../server/app/logger.js'
import { allowReadinessCheck } from '../../server/app/readiness.store.js'
import { prepareJobs } from '../../server/jobs/index.js'
import { type Clock, systemClock } from '../../server/kernel/clock.js'
import { type AddedChart, addChart, type ChartFacts, type ChartWorld } from './charts.js'
import { type TestDatabase, testDatabase } from './postgres.js'

export interface TestServer {
  readonly app: App
  readonly db: TestDatabase
  readonly demo: DemoOrganisations
  /** Of the listening server, without a slash at its end. */
  readonly url: string
  /** Every line that was logged. */
  readonly log: string[]
  /** A new session of a demo account, such as `coder@demo.test`, without the cost of hashing a password. */
  signInAs(email: string): Promise<TestPerson>
  /** A chart made with the product's own stores; see `addChart`. */
  addChart(facts?: ChartFacts): Promise<AddedChart>
  close(): Promise<void>
}

export interface TestPerson {
  readonly claims: AccessClaims
  /** In force now: signed anew before it ends. */
  readonly accessToken: string
  /** One operation over HTTP. */
  graphql(query: string, variables?: Record<string, unknown>): Promise<GraphqlAnswer>
  /** A one-time ticket for a socket. */
  ticket(): Promise<string>
  /** A graphql-ws client with a socket of its own. Dispose of it, or close the server. */
  socket(): Promise<Client>
  signOut(): Promise<void>
}

export interface GraphqlAnswer {
  readonly status: number
  readonly headers: Headers
  readonly data: Record<string, unknown> | null | undefined
  readonly errors: readonly { message: string; path?: unknown[]; extensions: { code: string } }[] | undefined
}

export interface TestServerOptions {
  readonly clock?: Clock
  readonly schema?: GraphQLSchema
  /** The database logs every statement with every value: see `logOf`. */
  readonly databaseLogged?: boolean
  /** Anything else of the environment. */
  readonly env?: Partial<Env>
  readonly rhythm?: Rhythm
}

/** The real app on a fresh database with the demo organisations, listening on a free port of 127.0.0.1. */
export async function testServer(options: TestServerOptions = {}): Promise<TestServer> {
  const db = await testDatabase(options.databaseLogged ? { logged: true } : {})
  await prepareJobs(db.ownerSql)
  await allowReadinessCheck(db.ownerSql)
  const log: string[] = []
  const env: Env = {
    ...loadEnv({ PORT: '0', LOG_LEVEL: 'debug', ENGINE_WORKERS: '0', NODE_ENV: 'test' }),
    rates: { perAddress: 1_000_000, perPerson: 1_000_000 },
    ...options.env,
  }
  const app = await createApp({
    env,
    database: db.database,
    applicationUrl: db.applicationUrl,
    vault: db.vault,
    clock: options.clock ?? systemClock,
    log: createLog(env.logLevel, { write: (line) => void log.push(line) }),
    attemptsPerMinute: 1_000,
    ...(options.schema && { schema: options.schema }),
    ...(options.rhythm && { rhythm: options.rhythm }),
  })
  const demo = await seedDemoOrganisation({ owner: db.ownerSql, signIn: app.signIn, vault: db.vault })
  const url = `http://127.0.0.1:${await app.listen(0, '127.0.0.1')}`
  const clients = new Set<Client>()
  const claims = new Map<string, AccessClaims>()
  const renewals: NodeJS.Timeout[] = []

  return {
    app,
    db,
    demo,
    url,
    log,
    async signInAs(email) {
      const { person, renew } = await personOf(await openSession(db, demo, email), url, app, db, clients)
      // A clock that only a test moves ends a token only when the test means it.
      if (!options.clock) renewals.push(setInterval(renew, RENEWED_EVERY_MS).unref())
      return person
    },
    async addChart(facts = {}) {
      // Whoever makes charts in addChart, and whoever they are assigned to.
      for (const email of ['supervisor@demo.test', 'lakeside@demo.test']) {
        if (!claims.has(email)) claims.set(email, await openSession(db, demo, email))
      }
      return addChart({ db, demo, services: app.services, claims } as unknown as ChartWorld, facts)
    },
    async close() {
      for (const renewal of renewals) clearInterval(renewal)
      for (const client of clients) await client.dispose()
      await app.close(500)
      db.tripwire?.hear('the log of the server', log)
      await db.drop()
    },
  }
}

async function openSession(db: TestDatabase, demo: DemoOrganisations, email: string): Promise<AccessClaims> {
  const organisation = [demo.harbor, demo.lakeside].find(({ members }) => email in members)
  if (!organisation) throw new Error(`no demo account ${email}`)
  const { userId } = organisation.members[email]!
  const sessionId = randomUUID()
  await db.ownerSql`
    insert into auth_session (id, user_id, token, expires_at, created_at)
    values (${sessionId}, ${userId}, ${randomUUID()}, now() + interval '1 day', now())`
  return { sessionId, userId, orgId: organisation.organisationId }
}

async function personOf(
  claims: AccessClaims,
  url: string,
  app: App,
  db: TestDatabase,
  clients: Set<Client>,
): Promise<{ person: TestPerson; renew: () => void }> {
  let { accessToken } = await app.accessTokens.sign(claims)
  const ticket = async (): Promise<string> => (await app.tickets.issue(claims)).ticket
  const person: TestPerson = {
    claims,
    get accessToken() {
      return accessToken
    },
    ticket,
    graphql: (query, variables) => post(url, { query, variables }, { authorization: `Bearer ${accessToken}` }),
    async socket() {
      const client = createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: async () => ({ ticket: await ticket() }),
        lazy: true,
        retryAttempts: 0,
        onNonLazyError: () => {},
      })
      clients.add(client)
      return client
    },
    async signOut() {
      await db.ownerSql`delete from auth_session where id = ${claims.sessionId}`
    },
  }
  const renew = (): void =>
    void app.accessTokens.sign(claims).then((signed) => {
      accessToken = signed.accessToken
    })
  return { person, renew }
}

/** Well before a token ends: on a slow machine a file of tests takes longer than one lives. */
const RENEWED_EVERY_MS = (ACCESS_TOKEN_SECONDS / 5) * 1_000

/** One POST to /graphql. */
export async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<GraphqlAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const { data, errors } = (await response.json()) as Pick<GraphqlAnswer, 'data' | 'errors'>
  return { status: response.status, headers: response.headers, data, errors }
}
