import { type App, createApp } from '../../server/app/createApp.js'
import { loadEnv } from '../../server/app/env.js'
import { createLog } from '../../server/app/logger.js'
import { systemClock } from '../../server/kernel/clock.js'
import type { TestServer } from '../support/server.js'

/** Stops the app of a server (or the one that took its place) and starts another at the same address. */
export async function restart(server: TestServer, running: App = server.app): Promise<App> {
  const port = Number(new URL(server.url).port)
  await running.close(500)
  const app = await createApp({
    env: {
      ...loadEnv({ PORT: String(port), LOG_LEVEL: 'debug', ENGINE_WORKERS: '0', NODE_ENV: 'test' }),
      rates: { perAddress: 1_000_000, perPerson: 1_000_000 },
      publicUrl: loadEnv({ PORT: '0', NODE_ENV: 'test' }).publicUrl,
    },
    database: server.db.database,
    applicationUrl: server.db.applicationUrl,
    vault: server.db.vault,
    clock: systemClock,
    log: createLog('debug', { write: (line) => void server.log.push(line) }),
    attemptsPerMinute: 1_000,
  })
  await app.listen(port, '127.0.0.1')
  return app
}
