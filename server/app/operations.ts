import { grantRegistered } from '../clients/index.js'
import * as codeSets from '../codesets/index.js'
import { systemClock } from '../kernel/clock.js'
import { notFound } from '../kernel/errors.js'
import { type Check, verifyDatabase } from '../review/verify.js'
import { type ChainReport, sayVerdict } from '../trail/verifyTrail.js'
import { checkExportedRecords, checkStoredRecords, headFile, writeExport } from './accessRecords.js'
import { buildSchema } from './buildSchema.js'
import { clientSchemaText } from './clientSchema.js'
import { createApp } from './createApp.js'
import type { Env } from './env.js'
import { createLog } from './logger.js'
import { openPlatform, type Platform } from './openPlatform.js'
import { type DemoAccount, demoAccounts, seedDemoCharts, seedDemoPeople } from './seed.js'

/** What the command line does beside a running server, or without one. Each opens what it needs and closes it again. */

export async function migrateDatabase(env: Env): Promise<void> {
  await onPlatform(env, async () => {})
}

/** People and sample charts of the demo; the charts through a server of its own on this machine. */
export async function seedDemo(env: Env): Promise<readonly DemoAccount[]> {
  return onPlatform(env, async (platform) => {
    const demo = await seedDemoPeople(platform, env)
    const { database, applicationUrl, vault } = platform
    const log = createLog('error')
    const app = await createApp({ env: { ...env, port: 0 }, database, applicationUrl, vault, clock: systemClock, log })
    try {
      await seedDemoCharts(platform, demo, `http://127.0.0.1:${await app.listen(0, '127.0.0.1')}`)
    } finally {
      await app.close()
    }
    return demoAccounts(demo)
  })
}

export async function importCodeSets(
  env: Env,
  paths: readonly string[],
  options: Parameters<typeof codeSets.importCodeSets>[2],
  onProgress: Parameters<typeof codeSets.importCodeSets>[3],
): Promise<codeSets.ImportReport> {
  return onPlatform(env, ({ database }) =>
    codeSets.importCodeSets(database.outsideOrganisations, paths, options, onProgress),
  )
}

export async function codeSetsStatus(env: Env): Promise<codeSets.CodeSetsStatus> {
  return onPlatform(env, async ({ database }) => {
    await codeSets.ensureStarter(database.outsideOrganisations)
    return codeSets.codeSetsStatus(database.outsideOrganisations)
  })
}

/**
 * The contract for one program of a third party, by its scopes.
 * @param clientId as OAuth knows it
 * @throws NOT_FOUND where there is none of that id; undefined where its scopes open nothing
 */
export async function clientSchema(
  env: Env,
  clientId: string,
  options: { readonly forPerson: boolean },
): Promise<string | undefined> {
  const context = options.forPerson ? 'user' : 'system'
  const grant = await onPlatform(env, ({ database }) => grantRegistered(database, clientId, context))
  if (!grant) throw notFound()
  return clientSchemaText(buildSchema(), grant)
}

/** Checks what must always hold of the whole database. */
export async function verify(env: Env): Promise<readonly Check[]> {
  return onPlatform(env, async (platform) => {
    const checks = await platform.asOwner((sql) => verifyDatabase(sql, platform.vault))
    const { holds, lines } = told(await checkStoredRecords(platform, headFile(env)))
    const found = holds ? `${lines.length} chains, 0 broken` : lines.join('; ')
    return [...checks, { name: 'Access records are unbroken chains', holds, found }]
  })
}

export interface RecordsVerdict {
  readonly holds: boolean
  /** One a chain. */
  readonly lines: readonly string[]
  readonly reports: readonly ChainReport[]
}

/** @param options.file an export; the database where left out. @param options.heads signed heads from elsewhere */
export async function verifyAccessRecords(
  env: Env,
  options: { readonly file?: string; readonly heads?: string },
): Promise<RecordsVerdict> {
  const heads = options.heads ?? headFile(env)
  if (options.file !== undefined) return told(await checkExportedRecords(env, options.file, heads))
  return onPlatform(env, async (platform) => told(await checkStoredRecords(platform, heads)))
}

export async function exportAccessRecords(
  env: Env,
  out: string,
): Promise<{ readonly records: number; readonly organisations: number }> {
  return onPlatform(env, (platform) => writeExport(platform, out))
}

const told = (reports: readonly ChainReport[]): RecordsVerdict => ({
  holds: reports.every(({ verdict }) => verdict.holds),
  lines: reports.map(sayVerdict),
  reports,
})

async function onPlatform<T>(env: Env, work: (platform: Platform) => Promise<T>): Promise<T> {
  const quiet = { info() {}, error() {} }
  const platform = await openPlatform(env, 'command', quiet)
  try {
    return await work(platform)
  } finally {
    await platform.close()
  }
}
