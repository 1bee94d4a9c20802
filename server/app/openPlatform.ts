import { existsSync } from 'node:fs'
import { explainDatabase } from '../db/databaseErrors.js'
import { type EmbeddedLog, startEmbedded } from '../db/embedded.js'
import type { ClaimRole } from '../db/embeddedLock.js'
import { migrateDatabase } from '../db/migrate.js'
import { type OwnerSql, openOwner, sealedWith, underMigrationLock } from '../db/owner.js'
import { type Database, openDatabase } from '../db/pool.js'
import { prepareJobs } from '../jobs/index.js'
import { KeyFileError, type KeyRing, openKeyFile } from '../vault/keyFile.js'
import { createVault, type Vault } from '../vault/vault.js'
import type { Env } from './env.js'
import { allowReadinessCheck } from './readiness.store.js'

/** What stands before there is an app: keys, and a database at its newest schema. */
export interface Platform {
  readonly vault: Vault
  /** As the application's role. */
  readonly database: Database
  readonly applicationUrl: string
  /** Runs `work` as the role that owns the tables, on a connection of its own. */
  asOwner<T>(work: (sql: OwnerSql) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** @param role `server` holds the data folder for one living process; `command` shares a server that is running */
export async function openPlatform(env: Env, role: ClaimRole, log: EmbeddedLog): Promise<Platform> {
  const embedded = env.databaseUrl === undefined ? await startEmbedded(env.dataDir, log, { role }) : undefined
  try {
    const ownerUrl = embedded?.ownerUrl ?? env.databaseUrl!
    const vault = createVault(await openKeys(env, ownerUrl))
    const password = vault.derive('database application role').toString('hex')
    const { applicationUrl } = await migrateDatabase(ownerUrl, password)
    await asOwner(ownerUrl, (sql) =>
      underMigrationLock(sql, async () => {
        await prepareJobs(sql)
        await allowReadinessCheck(sql)
      }),
    )
    const database = openDatabase({ url: applicationUrl, directUrl: directUrl(env, applicationUrl) })
    return {
      vault,
      database,
      applicationUrl,
      asOwner: (work) => asOwner(ownerUrl, work),
      async close() {
        await database.close()
        await embedded?.stop()
      },
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

/**
 * The first start makes the key file. Later a missing or another one is a loss (a restored database without its keys, a
 * second node that was not given them), and new keys would seal new values beside old ones that nobody can open.
 */
async function openKeys(env: Env, ownerUrl: string): Promise<KeyRing> {
  const sealed = await asOwner(ownerUrl, sealedWith)
  const advice = 'Restore it from its backup, or set CHARTROOM_KEY_FILE to where it is.'
  if (sealed && !existsSync(env.keyFile)) {
    throw new KeyFileError(
      `The key file ${env.keyFile} is missing, and the database holds values sealed with its keys. ${advice}`,
    )
  }
  const keys = openKeyFile(env.keyFile)
  if (sealed?.kekId === undefined || keys.has(sealed.kekId)) return keys
  throw new KeyFileError(
    `${env.keyFile} is not the key file of this database, whose values are sealed with another key. ${advice}`,
  )
}

async function asOwner<T>(ownerUrl: string, work: (sql: OwnerSql) => Promise<T>): Promise<T> {
  const sql = openOwner(ownerUrl)
  try {
    return await work(sql)
  } catch (error) {
    throw explainDatabase(ownerUrl, error)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** The direct address is the operator's; who signs in there is the application's role, never the owner. */
function directUrl({ databaseUrl, databaseDirectUrl }: Env, applicationUrl: string): string {
  if (databaseDirectUrl === undefined || databaseDirectUrl === databaseUrl) return applicationUrl
  const direct = new URL(databaseDirectUrl)
  const application = new URL(applicationUrl)
  direct.username = application.username
  direct.password = application.password
  return direct.toString()
}
