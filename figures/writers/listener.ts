import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, openDatabase } from '../../server/db/pool.js'
import type { OpenBus } from '../../server/live/bus.js'
import { Hub } from '../../server/live/hub.js'
import { startWaker, type Waker } from '../../server/live/wake.js'
import { openKeyFile } from '../../server/vault/keyFile.js'
import { createVault, type Vault } from '../../server/vault/vault.js'
import { answer, steadyNow } from '../fanout/child.js'
import { busOf } from './buses.js'
import type { Heard, Opening, Turning } from './wire.js'

/** Another node, on which every chart that is written to is followed: it hears of each, and notes when. */
let opening: Opening
let database: Database
let vault: Vault
let waker: Waker | undefined
/** Whoever spoke in the turns before: what of it is still on its way belongs to none of the turns to come. */
const former = new Set<string>()
let speaking = new Set<string>()
let heard: { messages: number; wakeUps: number; lastAt: Record<string, number> }

answer({
  open(asked: Opening) {
    opening = asked
    database = openDatabase({ url: asked.databaseUrl })
    vault = createVault(openKeyFile(asked.keyFile))
  },
  async turn({ arm, fault }: Turning) {
    await waker?.close()
    for (const node of speaking) former.add(node)
    speaking = new Set()
    heard = { messages: 0, wakeUps: 0, lastAt: {} }
    const hub = new Hub()
    for (const chartId of opening.chartIds)
      hub.add({
        orgId: opening.orgId,
        streamId: chartId,
        memberId: randomUUID(),
        sessionId: opening.claims.sessionId,
        // It has seen all that will ever be: the sweep has nothing to tell it, and costs every arm the same.
        position: () => Number.POSITIVE_INFINITY,
        epoch: () => '',
        wake: () => {},
      })
    const node = randomUUID().replaceAll('-', '').slice(0, 16)
    const bus = busOf(arm === 'NATS' ? arm : 'NOTIFY', node, { database, vault, nats: opening.nats })
    waker = await startWaker(database, hub, vault, () => {}, { openBus: noted(bus, fault === 'deaf') })
    while (!waker.connected()) await sleep(5)
  },
  heard: (): Heard => heard,
})

/** Counts what comes over the wire, before anybody is woken. */
function noted(open: OpenBus, deaf: boolean): OpenBus {
  return (ear) =>
    open({
      ...ear,
      heard(message) {
        if (deaf) return
        const [first, ...words] = message.split(' ')
        const node = first!.split('/')[1]!
        if (former.has(node)) return
        speaking.add(node)
        heard.messages++
        for (const word of words) {
          const [kind, , chartId] = word.split('/')
          if (kind !== 's') continue
          heard.wakeUps++
          heard.lastAt[chartId!] = steadyNow()
        }
        ear.heard(message)
      },
    })
}
