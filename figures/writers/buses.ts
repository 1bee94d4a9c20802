import type { OpenBus } from '../../server/live/bus.js'
import { natsBus } from '../../server/live/natsBus.js'
import { nodeBus } from '../../server/live/nodeBus.js'
import { notifyBus } from '../../server/live/notifyBus.js'
import type { Database } from '../../server/db/pool.js'
import type { Vault } from '../../server/vault/vault.js'
import type { Arm } from './wire.js'

/** Takes everything and sends nothing. */
export const silentBus: OpenBus = async (ear) => {
  ear.connected()
  return { publish: async () => {}, connected: () => true, close: async () => {} }
}

/** As a server opens it whose configuration says so. */
export function busOf(
  arm: Exclude<Arm, 'without'>,
  node: string,
  { database, vault, nats }: { readonly database: Database; readonly vault: Vault; readonly nats: string },
): OpenBus {
  const notify = notifyBus(database)
  if (arm === 'NOTIFY') return nodeBus(node, notify)
  return nodeBus(node, notify, natsBus({ servers: [nats], tls: false }, vault.derive('wake-ups')))
}
