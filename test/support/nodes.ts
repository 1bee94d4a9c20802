import { setTimeout as sleep } from 'node:timers/promises'
import { DATABASE, openRequest, type Request } from '../../server/auth/request.js'
import { openDatabase } from '../../server/db/pool.js'
import { type ServiceKey, Services } from '../../server/kernel/services.js'
import type { OpenBus } from '../../server/live/bus.js'
import { Hub } from '../../server/live/hub.js'
import { createPresenceBoard, PRESENCE, type PresenceBoard } from '../../server/live/presence.js'
import { HUB, startWaker, WAKER, type Waker } from '../../server/live/wake.js'
import { FEEDS } from '../../server/review/chartFeed.js'
import { NATS_SERVER } from '../../figures/natsServer.js'
import type { ChartWorld } from './charts.js'

export const hasNats: boolean = NATS_SERVER !== undefined
/** For the names of tests that are skipped without it. */
export const NO_NATS = 'needs nats-server (CHARTROOM_NATS_SERVER)'

/** One more node on the database of a world: with connections, followers, wake-ups and presence of its own. */
export interface TestNode {
  readonly services: Services
  readonly hub: Hub
  readonly waker: Waker
  readonly presence: PresenceBoard
  /** What its operator was told, in order. */
  readonly trouble: string[]
  requestAs(email: string): Request
  close(): Promise<void>
}

/** @param more the buses, as `startWaker` takes them; or one bus instead of all */
export async function addNode(world: ChartWorld, more: OpenBus | { readonly nats?: OpenBus } = {}): Promise<TestNode> {
  const database = openDatabase({ url: world.db.applicationUrl, max: 4 })
  const hub = new Hub()
  const trouble: string[] = []
  const waker = await startWaker(database, hub, world.db.vault, (what) => void trouble.push(what), {
    clock: world.clock,
    ...(typeof more === 'function' ? { openBus: more } : more),
  })
  const presence = createPresenceBoard(world.clock, hub, waker)
  const services = new Node(world.services)
  services
    .provide(DATABASE, database)
    .provide(HUB, hub)
    .provide(WAKER, waker)
    .provide(FEEDS, new Map())
    .provide(PRESENCE, presence)
  let closed: Promise<void> | undefined
  return {
    services,
    hub,
    waker,
    presence,
    trouble,
    requestAs: (email) => openRequest(services, world.claims.get(email)!),
    close: () => (closed ??= close()),
  }

  async function close(): Promise<void> {
    presence.close()
    await waker.close()
    await database.close()
  }
}

/** What it was not given of its own it shares with the first node: keys, tables, the clock. */
class Node extends Services {
  constructor(readonly first: Services) {
    super()
  }

  override get<T>(key: ServiceKey<T>): T {
    try {
      return super.get(key)
    } catch {
      return this.first.get(key)
    }
  }
}

/** Until it is so; where it never becomes so, the test's own limit ends it. */
export async function until(so: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await so())) await sleep(5)
}
