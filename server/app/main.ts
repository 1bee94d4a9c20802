import { systemClock } from '../kernel/clock.js'
import { keepHeads } from './accessRecords.js'
import { type App, createApp } from './createApp.js'
import type { Env } from './env.js'
import { every } from './every.js'
import { createLog, type Log } from './logger.js'
import { openPlatform, type Platform } from './openPlatform.js'
import { type DemoAccount, demoAccounts, seedDemoCharts, seedDemoPeople } from './seed.js'

export interface RunningServer {
  /** By name, in the order in which they are printed. */
  readonly addresses: Readonly<Record<string, string>>
  /** Only with the demo: accounts of invented people. */
  readonly accounts?: readonly DemoAccount[]
  /** Stops taking requests, lets the running ones end, closes streams and the database. Idempotent. */
  stop(): Promise<void>
}

export interface StartOptions {
  readonly env: Env
  /** Seed the demo's organisations and people. */
  readonly demo: boolean
  /** And the sample charts. Default: with the demo. */
  readonly charts?: boolean
}

/** Runs everything: the database unless there is one, keys, code sets, jobs, both transports, the workbench. */
export async function startServer({ env, demo, charts = demo }: StartOptions): Promise<RunningServer> {
  const log = createLog(env.logLevel)
  log.event('starting')
  const platform = await openPlatform(env, 'server', {
    info: (message) => log.event('database', { what: message }),
    error: (message) => log.event('trouble', { what: message }),
  })
  let app: App | undefined
  try {
    const organisations = demo ? await seedDemoPeople(platform, env) : undefined
    const { database, applicationUrl, vault } = platform
    app = await createApp({ env, database, applicationUrl, vault, clock: systemClock, log })
    const port = await app.listen(env.port, env.host)
    log.event('listening', { port })
    const here = localUrl(env, port)
    if (organisations && charts) await seedDemoCharts(platform, organisations, here)
    return {
      addresses: addressesOf(env.port === 0 ? here : env.publicUrl, app),
      ...(organisations && { accounts: demoAccounts(organisations) }),
      stop: stopper(app, platform, log, env),
    }
  } catch (error) {
    await app?.close(0)
    await platform.close()
    throw error
  }
}

function stopper(app: App, platform: Platform, log: Log, env: Env): () => Promise<void> {
  let stopped: Promise<void> | undefined
  const onError = (error: unknown): void => log.error('trouble', error, { what: 'heads of access records' })
  const heads = every(HEADS_EVERY_MS, () => keepHeads(platform, env), onError)
  return () => (stopped ??= stop())

  async function stop(): Promise<void> {
    log.event('stopping')
    await app.close()
    await heads.stop()
    // What was recorded since the last head is vouched for too.
    await keepHeads(platform, env).catch(onError)
    await platform.close()
    log.event('stopped')
    log.flush()
  }
}

const HEADS_EVERY_MS = 60 * 60_000

/** Where this process itself reaches it: "every address" is one to listen on, not one to call. */
function localUrl(env: Env, port: number): string {
  const host = env.host === '0.0.0.0' ? '127.0.0.1' : env.host === '::' ? '::1' : env.host
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

const addressesOf = (url: string, app: App): Record<string, string> => ({
  ...(app.workbench && { Workbench: url }),
  GraphQL: `${url}/graphql`,
  Subscriptions: `${url.replace(/^http/, 'ws')}/graphql`,
  Health: `${url}/health/ready`,
})
