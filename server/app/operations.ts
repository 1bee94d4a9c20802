import * as codeSets from '../codesets/index.js'
import { type Check, verifyDatabase } from '../review/verify.js'
import { systemClock } from '../kernel/clock.js'
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

/** Checks what must always hold of the whole database. */
export async function verify(env: Env): Promise<readonly Check[]> {
  return onPlatform(env, ({ asOwner, vault }) => asOwner((sql) => verifyDatabase(sql, vault)))
}

async function onPlatform<T>(env: Env, work: (platform: Platform) => Promise<T>): Promise<T> {
  const quiet = { info() {}, error() {} }
  const platform = await openPlatform(env, 'command', quiet)
  try {
    return await work(platform)
  } finally {
    await platform.close()
  }
}
