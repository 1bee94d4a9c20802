import { createApp } from '../../../server/app/createApp.js'
import { loadEnv } from '../../../server/app/env.js'
import { createLog } from '../../../server/app/logger.js'
import { openDatabase } from '../../../server/db/pool.js'
import { systemClock } from '../../../server/kernel/clock.js'
import { WAKER } from '../../../server/live/wake.js'
import { openKeyFile } from '../../../server/vault/keyFile.js'
import { createVault } from '../../../server/vault/vault.js'
import { contend } from '../contend.js'

/** The whole server, with rules, records and row level security: what was committed wakes it as a command does. */
let wake = (): void => {}
let following = (): number => 0

contend({
  async open({ databaseUrl, keyFile, dataDir, place }) {
    const env = loadEnv({
      CHARTROOM_DATA: dataDir,
      CHARTROOM_KEY_FILE: keyFile,
      DATABASE_URL: databaseUrl,
      PORT: '0',
      LOG_LEVEL: 'silent',
      ENGINE_WORKERS: '0',
      REQUESTS_PER_ADDRESS: '10000000',
      REQUESTS_PER_PERSON: '10000000',
      SOCKETS: '100000',
      SOCKETS_PER_ADDRESS: '100000',
      SOCKETS_PER_PERSON: '100000',
    })
    const database = openDatabase({ url: databaseUrl })
    const vault = createVault(openKeyFile(keyFile))
    const log = createLog('silent')
    const app = await createApp({ env, database, applicationUrl: databaseUrl, vault, clock: systemClock, log })
    if (place) wake = () => app.services.get(WAKER).stream(place.orgId, place.chartId)
    following = () => app.hub.size
    return `http://127.0.0.1:${await app.listen(0, '127.0.0.1')}/graphql`
  },
  count: () => following(),
  send: () => wake(),
})
