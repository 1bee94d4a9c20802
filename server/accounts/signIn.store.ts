import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Database } from '../db/pool.js'
import { authAccount, authSession, authTwoFactor, authUser, authVerification } from './signIn.table.js'

/** The tables of sign-in as better-auth wants to be handed them. */
export function openSignInStore(applicationUrl: string) {
  // A client of its own: drizzle rewrites the serializers of the one it is given.
  const client = postgres(applicationUrl, {
    max: 4,
    onnotice: () => {},
    connection: { application_name: 'chartroom-sign-in', statement_timeout: 15_000, lock_timeout: 10_000 },
  })
  const adapter = drizzleAdapter(drizzle({ client }), {
    provider: 'pg',
    transaction: true,
    schema: {
      user: authUser,
      session: authSession,
      account: authAccount,
      verification: authVerification,
      twoFactor: authTwoFactor,
    },
  })
  return { adapter, close: () => client.end({ timeout: 5 }) }
}

/** Removes what has ended: sessions (with their tickets), tickets, half-done second factors. Returns how many rows. */
export async function sweepSignIn(database: Database, now: Date): Promise<number> {
  const sql = database.outsideOrganisations
  const results = [
    await sql`delete from auth_session where expires_at <= ${now}`,
    await sql`delete from socket_ticket where expires_at <= ${now}`,
    await sql`delete from auth_verification where expires_at <= ${now}`,
  ]
  return results.reduce((sum, { count }) => sum + count, 0)
}
