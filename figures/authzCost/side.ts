import { createApp } from '../../server/app/createApp.js'
import { loadEnv } from '../../server/app/env.js'
import { createLog } from '../../server/app/logger.js'
import { openDatabase } from '../../server/db/pool.js'
import { systemClock } from '../../server/kernel/clock.js'
import { openKeyFile } from '../../server/vault/keyFile.js'
import { createVault } from '../../server/vault/vault.js'

/** A server of the build it stands in, on a database that runs already: one side of the measurement, as a process. */
const env = loadEnv(process.env)
const url = env.databaseUrl
if (url === undefined) throw new Error('a side needs the address of its database')
const database = openDatabase({ url })
const vault = createVault(openKeyFile(env.keyFile))
const log = createLog('silent')
const app = await createApp({ env, database, applicationUrl: url, vault, clock: systemClock, log })
process.send!({ url: `http://127.0.0.1:${await app.listen(0, '127.0.0.1')}/graphql` })
process.once('disconnect', () => process.exit(0))
