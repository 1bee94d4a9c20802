import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { DatabaseError, explainDatabase } from './databaseErrors.js'
import { scramVerifier } from './scramVerifier.js'

/** One number for all Chartroom processes: whoever holds it migrates, the others wait. */
export const MIGRATION_LOCK = 4_400_001

/**
 * Bring the database behind `ownerUrl` to the newest migration, under a lock, and make sure that the application's
 * login role exists. Safe to call from several nodes at once.
 *
 * @returns the address with which the application signs in.
 * @throws {DatabaseError} not reachable, too old, or the owner may not do this
 */
export async function migrateDatabase(
  ownerUrl: string,
  applicationPassword: string,
): Promise<{ applicationUrl: string }> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  try {
    await requireVersion(sql)
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`
    await ensureRoleGroup(sql)
    await migrate(drizzle({ client: sql }), { migrationsFolder: join(packageRoot(), 'migrations') })
    return { applicationUrl: await ensureLogin(sql, ownerUrl, applicationPassword) }
  } catch (error) {
    throw explainDatabase(ownerUrl, error)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function requireVersion(sql: postgres.Sql): Promise<void> {
  const [row] = await sql<{ number: number; name: string }[]>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as name`
  if (row && row.number >= OLDEST_VERSION) return
  throw new DatabaseError(`The database is PostgreSQL ${row?.name}; Chartroom needs 16 or newer. Upgrade it first.`)
}

const OLDEST_VERSION = 160_000

/** The folder with package.json, from source and from dist alike. */
export function packageRoot(from: string = dirname(fileURLToPath(import.meta.url))): string {
  let at = from
  while (!existsSync(join(at, 'package.json'))) {
    const up = dirname(at)
    if (up === at) throw new Error('package.json was not found above the running file')
    at = up
  }
  return at
}

/** Grants go to a group role; logins are per database, so that one server can hold several Chartroom databases. */
async function ensureRoleGroup(sql: postgres.Sql): Promise<void> {
  await retryingConcurrentUpdates(async () => {
    await sql`do $$ begin
      if not exists (select from pg_roles where rolname = 'chartroom_app') then
        create role chartroom_app nologin nosuperuser nobypassrls nocreatedb nocreaterole;
      end if;
    end $$`
  })
}

async function ensureLogin(sql: postgres.Sql, ownerUrl: string, password: string): Promise<string> {
  if (!/^[0-9a-f]{32,}$/.test(password)) throw new Error('the application password must be hexadecimal')
  const url = new URL(ownerUrl)
  const tag = createHash('sha256').update(`${url.pathname}\n${password}`).digest('hex').slice(0, 12)
  const login = `chartroom_login_${tag}`
  const [existing] = await sql`select from pg_roles where rolname = ${login}`
  if (!existing) {
    await retryingConcurrentUpdates(async () => {
      await sql.unsafe(
        `create role ${login} login inherit nosuperuser nobypassrls nocreatedb nocreaterole password '${scramVerifier(password)}' in role chartroom_app`,
      )
    })
  }
  url.username = login
  url.password = password
  return url.toString()
}

/** Roles belong to the whole server: two databases migrating at once may collide once (SQLSTATE XX000, 23505, 42710). */
async function retryingConcurrentUpdates(work: () => Promise<void>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const code = (error as { code?: string }).code ?? ''
      if (code === '42710') return
      if (attempt >= 10 || !['XX000', '23505'].includes(code)) throw error
      await new Promise((resolve) => setTimeout(resolve, 50 * (attempt + 1)))
    }
  }
}
