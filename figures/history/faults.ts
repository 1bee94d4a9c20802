import { setTimeout as sleep } from 'node:timers/promises'
import type { Bus, Cluster } from './cluster.js'
import type { Random } from './random.js'

export const FAULTS = [
  'server killed',
  'database killed',
  'listener ended',
  'NATS stopped',
  'network cut',
  'readers throttled',
  'rolling restart',
  'access of charts changed',
  'access of members changed',
  'server killed while the network is cut',
  'nothing',
] as const
export type FaultName = (typeof FAULTS)[number]

/** The buses on which a fault means something. */
const ONLY_ON: Partial<Record<FaultName, Bus>> = { 'listener ended': 'NOTIFY', 'NATS stopped': 'NATS' }

/** Every fault once in each stretch of rounds that share a bus, in an order by chance; at its end the nodes are restarted. */
export function plannedOn(bus: Bus, random: Random): FaultName[] {
  const others = FAULTS.filter((name) => name !== 'rolling restart' && (ONLY_ON[name] ?? bus) === bus)
  return [...random.shuffled(others), 'rolling restart']
}

export const THROTTLED_BYTES_PER_SECOND = 4_000

/**
 * Lets it happen, and heals what does not heal by itself. Changes of access are the business of whoever makes them.
 * @param next the bus of the rounds to come
 */
export async function inject(name: FaultName, cluster: Cluster, next: Bus, random: Random): Promise<void> {
  await sleep(random.int(20, 250))
  const cut = (): void => {
    for (const wire of cluster.wires) wire.cutSome(random, 0.4)
  }
  switch (name) {
    case 'server killed':
      return cluster.killNode(random.int(0, 1))
    case 'server killed while the network is cut':
      cut()
      await sleep(random.int(0, 100))
      return cluster.killNode(random.int(0, 1))
    case 'database killed':
      return cluster.killDatabase()
    case 'listener ended':
      await cluster.endListeners()
      await sleep(random.int(0, 300))
      return cluster.endListeners()
    case 'NATS stopped':
      await cluster.killNats()
      await sleep(random.int(200, 1_500))
      return cluster.startNats()
    case 'network cut':
      return cut()
    case 'readers throttled':
      for (const wire of cluster.wires) wire.throttleSome(random, 0.3, THROTTLED_BYTES_PER_SECOND)
      await sleep(random.int(1_500, 2_500))
      for (const wire of cluster.wires) wire.heal()
      return undefined
    case 'rolling restart':
      return cluster.restartRolling(next)
    case 'access of charts changed':
    case 'access of members changed':
    case 'nothing':
      return undefined
  }
}
