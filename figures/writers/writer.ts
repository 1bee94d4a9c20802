import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { CLOCK, DATABASE, openRequest } from '../../server/auth/request.js'
import { buildStarter, createCodeSets, openArtefact, starterFiles } from '../../server/codesets/index.js'
import { CODE_SETS } from '../../server/codesets/service.js'
import { PART2_BASIS } from '../../server/charts/part2Basis.js'
import { part2Basis } from '../../server/consents/index.js'
import { type Database, openDatabase } from '../../server/db/pool.js'
import { systemClock } from '../../server/kernel/clock.js'
import { Services } from '../../server/kernel/services.js'
import type { OpenBus } from '../../server/live/bus.js'
import { Hub } from '../../server/live/hub.js'
import { HUB, startWaker, WAKER, type Waker } from '../../server/live/wake.js'
import { addComment } from '../../server/review/addComment.command.js'
import { FEEDS } from '../../server/review/chartFeed.js'
import { createTrail, TRAIL } from '../../server/trail/writer.js'
import { openKeyFile } from '../../server/vault/keyFile.js'
import { VAULT } from '../../server/vault/service.js'
import { createVault, type Vault } from '../../server/vault/vault.js'
import { answer, steadyNow } from '../fanout/child.js'
import { busOf, silentBus } from './buses.js'
import type { Opening, Turning, Written } from './wire.js'

/**
 * A node on which people write, each on a chart of their own and as fast as they are answered: the command that a server
 * runs for `addComment`, with its rules, its lock, its sealed event and its commit. What HTTP would add to both sides of a
 * ratio is left out.
 */
let opening: Opening
let database: Database
let vault: Vault
let services: Services
let waker: Waker | undefined

answer({
  async open(asked: Opening) {
    opening = asked
    database = openDatabase({ url: asked.databaseUrl })
    vault = createVault(openKeyFile(asked.keyFile))
    const codeSets = createCodeSets([openArtefact(buildStarter(starterFiles()).artefact)])
    services = new Services()
      .provide(DATABASE, database)
      .provide(CLOCK, systemClock)
      .provide(VAULT, vault)
      .provide(CODE_SETS, () => codeSets)
      .provide(FEEDS, new Map())
      .provide(PART2_BASIS, part2Basis)
      .provide(TRAIL, createTrail({ database, clock: systemClock, onTrouble: fail }))
  },
  async turn({ arm, fault }: Turning) {
    await waker?.close()
    const hub = new Hub()
    const node = randomUUID().replaceAll('-', '').slice(0, 16)
    const openBus =
      arm === 'without' && fault !== 'leaky'
        ? silentBus
        : busOf(arm === 'NATS' ? arm : 'NOTIFY', node, { database, vault, nats: opening.nats })
    waker = await startWaker(database, hub, vault, (what) => fail(new Error(what)), {
      openBus: openBus satisfies OpenBus,
    })
    while (!waker.connected()) await sleep(5)
    services.provide(HUB, hub).provide(WAKER, fault === 'slow' && arm !== 'without' ? holdingUp(waker) : waker)
  },
  /** Everything that is to be told has been sent. */
  async rest() {
    await waker?.close()
    waker = undefined
  },
  async write(ms: number): Promise<Written> {
    const began = steadyNow()
    const until = began + ms
    const lastBegan: Record<string, number> = {}
    let [commits, refused] = [0, 0]
    const writer = async (chartId: string): Promise<void> => {
      while (steadyNow() < until) {
        lastBegan[chartId] = steadyNow()
        const input = { commandId: randomUUID(), chartId, body: 'The findings agree with the discharge summary.' }
        const { kind } = await addComment(openRequest(services, opening.claims), input)
        if (kind === 'CommentSaved') commits++
        else refused++
      }
    }
    await Promise.all(opening.chartIds.map(writer))
    return { commits, refused, ms: steadyNow() - began, lastBegan }
  },
})

function fail(error: unknown): void {
  throw error instanceof Error ? error : new Error('trouble')
}

/** A fault made on purpose: whoever has committed computes for a while before the next one is let on. */
function holdingUp(waker: Waker): Waker {
  return {
    ...waker,
    stream(orgId, streamId) {
      const until = steadyNow() + HELD_UP_MS
      while (steadyNow() < until);
      waker.stream(orgId, streamId)
    },
  }
}
const HELD_UP_MS = 5
