import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../db/pool.js'
import type { OpenBus } from './bus.js'

const CHANNEL = 'chartroom_wake'
/** Each notice is a commit of its own: while many come, this is how long others gather for the next. */
const GATHER_MS = 5

/** Through PostgreSQL, which is there anyway. A lost connection is made again by the library, which then listens again. */
export function notifyBus(database: Pick<Database, 'signals'>): OpenBus {
  return async (ear) => {
    let up = true
    const listener = await database.signals.listen(
      CHANNEL,
      (message) => ear.heard(message),
      () => {
        up = true
        ear.connected()
      },
    )
    return {
      async publish(message) {
        try {
          await database.signals.notify(CHANNEL, message)
          up = true
        } catch {
          up = false
          ear.trouble('notify failed')
        }
        await sleep(GATHER_MS)
      },
      connected: () => up,
      async close() {
        await listener.unlisten().catch(() => {})
      },
    }
  }
}
