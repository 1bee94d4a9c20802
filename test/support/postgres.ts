import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import postgres from 'postgres'
import { inject } from 'vitest'
import { startEmbedded } from '../../server/db/embedded.js'
import { migrateDatabase } from '../../server/db/migrate.js'
import { type Database, openDatabase } from '../../server/db/pool.js'
import { openKeyFile } from '../../server/vault/keyFile.js'
import { createVault, type Vault } from '../../server/vault/vault.js'
import { LOG_EVERYTHING, LOG_LINE_PREFIX } from './databaseLog.js'
import './globalSetup.js'
import { Tripwire, WATCHED } from './tripwire/tripwire.js'

export interface TestDatabase {
  /** As the application role: under row level security, like the product. */
  readonly database: Database
  /** As the owner, who sees everything. Columns come back in camelCase. */
  readonly ownerSql: postgres.Sql
  readonly ownerUrl: string
  readonly applicationUrl: string
  /** Over keys of its own. */
  readonly vault: Vault
  /** Every statement text that `database` has sent, begin and commit left out. */
  readonly statements: string[]
  /** What looks for sealed words in clear when the database is dropped, if anything does. */
  readonly tripwire: Tripwire | undefined
  /** Closes both clients and removes the database. Tests call it in `afterAll`. */
  drop(): Promise<void>
}

const TEMPLATE = 'chartroom_template'
const TEMPLATE_LOCK = 4_400_900

/**
 * A fresh, migrated database on this run's server: about a tenth of a second.
 * @param options `logged`: the server logs all that is sent to it, see `logOf`; `watched`: when it is dropped, what its
 * vault sealed is looked for in all that can be read without it. Both where the figure `canaries` runs the tests.
 */
export async function testDatabase({
  watched = WATCHED,
  logged = watched,
}: {
  readonly logged?: boolean
  readonly watched?: boolean
} = {}): Promise<TestDatabase> {
  const serverUrl = await (server ??= startServer())
  const name = `t_${randomBytes(6).toString('hex')}`
  await asOwner(serverUrl, (sql) => sql.unsafe(`create database ${name} template ${TEMPLATE}`))
  const ownerUrl = inDatabase(serverUrl, name)
  // Tables come with the template; the login role is per database name.
  const { applicationUrl } = await migrateDatabase(ownerUrl, randomBytes(16).toString('hex'))
  if (logged)
    await asOwner(serverUrl, async (sql) => {
      for (const [setting, value] of Object.entries(LOG_EVERYTHING))
        await sql.unsafe(`alter database ${name} set ${setting} = '${value}'`)
    })

  const tripwire = watched ? new Tripwire() : undefined
  const vault = testVault()
  const statements: string[] = []
  const database = openDatabase({ url: applicationUrl, onStatement: (text) => statements.push(text) })
  const ownerSql = postgres(ownerUrl, {
    max: 2,
    transform: { undefined: null, column: { from: postgres.toCamel, to: postgres.fromCamel } },
    onnotice: () => {},
  })
  return {
    database,
    ownerSql,
    ownerUrl,
    applicationUrl,
    vault: tripwire?.watch(vault) ?? vault,
    statements,
    tripwire,
    async drop() {
      await Promise.all([database.close(), ownerSql.end({ timeout: 1 })])
      try {
        if (tripwire) await asOwner(ownerUrl, (sql) => tripwire.search(sql, name))
      } finally {
        await asOwner(serverUrl, async (sql) => {
          await sql.unsafe(`drop database if exists ${name} with (force)`)
          await sql.unsafe(`drop role if exists ${new URL(applicationUrl).username}`)
        })
      }
    },
  }
}

/** An empty database of its own, not migrated: for tests of migrations and of the command line. */
export async function emptyDatabase(): Promise<{ ownerUrl: string; drop(): Promise<void> }> {
  const serverUrl = await (server ??= startServer())
  const name = `e_${randomBytes(6).toString('hex')}`
  await asOwner(serverUrl, (sql) => sql.unsafe(`create database ${name}`))
  return {
    ownerUrl: inDatabase(serverUrl, name),
    drop: () => asOwner(serverUrl, (sql) => sql.unsafe(`drop database if exists ${name} with (force)`)),
  }
}

/** A vault over a new key file in this run's folder. */
export function testVault(): Vault {
  const folder = inject('postgresFolder')
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  return createVault(openKeyFile(path.join(folder, 'keys', `${randomBytes(6).toString('hex')}.json`)))
}

let server: Promise<string> | undefined

/** Never stopped from here: the other test files of the run use it too, and the global teardown ends it. */
async function startServer(): Promise<string> {
  const quiet = { info: () => {}, error: () => {} }
  const { ownerUrl } = await startEmbedded(inject('postgresFolder'), quiet, { role: 'command' })
  await asOwner(ownerUrl, makeTemplate(ownerUrl))
  return ownerUrl
}

const makeTemplate = (serverUrl: string) => async (sql: postgres.Sql) => {
  await sql`select pg_advisory_lock(${TEMPLATE_LOCK})`
  const [existing] = await sql`select from pg_database where datname = ${TEMPLATE}`
  if (existing) return
  const draft = `${TEMPLATE}_draft`
  await sql.unsafe(`drop database if exists ${draft}`)
  await sql.unsafe(`create database ${draft}`)
  await migrateDatabase(inDatabase(serverUrl, draft), randomBytes(16).toString('hex'))
  await sql.unsafe(`alter database ${draft} rename to ${TEMPLATE}`)
  // Test data need not survive a power cut; this server holds nothing else.
  await sql.unsafe('alter role all set synchronous_commit = off')
  await sql.unsafe('alter system set fsync = off')
  await sql.unsafe('alter system set full_page_writes = off')
  await sql.unsafe(`alter system set log_line_prefix = '${LOG_LINE_PREFIX}'`)
  await sql`select pg_reload_conf()`
}

async function asOwner(url: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

function inDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.toString()
}
