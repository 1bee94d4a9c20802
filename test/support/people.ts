import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { type DemoOrganisations, seedDemoOrganisation } from '../../server/accounts/demoOrganisation.js'
import type { SignInAttempt } from '../../server/accounts/signIn.forward.js'
import { createSignIn, type SignIn, type SignInOptions } from '../../server/accounts/signIn.js'
import { signInRoutes } from '../../server/accounts/signIn.routes.js'
import { type AccessTokens, createAccessTokens } from '../../server/auth/accessToken.js'
import { createSocketTickets, type SocketTickets } from '../../server/auth/socketTicket.js'
import { createSessionActivity, type SessionActivity } from '../../server/auth/viewer.store.js'
import { type Clock, systemClock } from '../../server/kernel/clock.js'
import { type TestDatabase, testDatabase } from './postgres.js'

export interface PeopleWorld {
  readonly db: TestDatabase
  readonly demo: DemoOrganisations
  readonly signIn: SignIn
  readonly accessTokens: AccessTokens
  readonly tickets: SocketTickets
  readonly activity: SessionActivity
  readonly attempts: SignInAttempt[]
  readonly errors: unknown[]
  /** Of a listening HTTP server with the sign-in routes. */
  readonly url: string
  close(): Promise<void>
}

/** A session without the cost of hashing a password: for tests that are not about sign-in. */
export async function sessionOf(
  world: PeopleWorld,
  email: string,
  now: Date = new Date(),
): Promise<{ sessionId: string; userId: string; orgId: string; accessToken: string }> {
  const organisation = [world.demo.harbor, world.demo.lakeside].find(({ members }) => email in members)
  if (!organisation) throw new Error(`no demo account ${email}`)
  const { userId } = organisation.members[email]!
  const sessionId = randomUUID()
  const expiresAt = new Date(now.getTime() + 15 * 60_000)
  await world.db.ownerSql`
    insert into auth_session (id, user_id, token, expires_at, created_at)
    values (${sessionId}, ${userId}, ${randomUUID()}, ${expiresAt}, ${now})`
  const claims = { sessionId, userId, orgId: organisation.organisationId }
  return { ...claims, accessToken: (await world.accessTokens.sign(claims)).accessToken }
}

export const ISSUER = 'http://chartroom.test'

/** The demo organisations in a fresh database, and a real server with the routes of sign-in. */
export async function peopleWorld(
  options: { clock?: Clock; idleMinutes?: number; maxHours?: number } & Partial<SignInOptions> = {},
): Promise<PeopleWorld> {
  const { clock = systemClock, idleMinutes = 15, maxHours = 12 } = options
  const db = await testDatabase()
  const attempts: SignInAttempt[] = []
  const errors: unknown[] = []
  const origins: string[] = []
  const allowedOrigins = () => origins
  const signIn = createSignIn({
    applicationUrl: db.applicationUrl,
    baseUrl: ISSUER,
    secret: db.vault.derive('sign-in'),
    attemptsPerMinute: 1_000,
    ...options,
    allowedOrigins,
    idleMinutes,
    maxHours,
    clock,
  })
  const { database } = db
  const accessTokens = createAccessTokens({ key: db.vault.derive('access token'), issuer: ISSUER, clock })
  const tickets = createSocketTickets({ database, clock })
  const onError = (error: unknown) => void errors.push(error)
  const activity = createSessionActivity({ database, clock, idleMinutes, maxHours, onError })
  const demo = await seedDemoOrganisation({ owner: db.ownerSql, signIn, vault: db.vault })

  const app = express()
  app.set('trust proxy', 'loopback')
  const onAttempt = (attempt: SignInAttempt) => void attempts.push(attempt)
  app.use(signInRoutes({ signIn, accessTokens, tickets, database, clock, allowedOrigins, onAttempt, onError }))
  const server = await listen(createServer(app))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  origins.push(url)

  return {
    db,
    demo,
    signIn,
    accessTokens,
    tickets,
    activity,
    attempts,
    errors,
    url,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
      await activity.settled()
      await signIn.close()
      db.tripwire?.hear('errors', errors.map(String))
      await db.drop()
    },
  }
}

const listen = (server: Server): Promise<Server> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
