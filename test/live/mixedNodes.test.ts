import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { NatsServer } from '../../figures/natsServer.js'
import type { Bus, BusEar, OpenBus } from '../../server/live/bus.js'
import { natsBus } from '../../server/live/natsBus.js'
import { ASK_EVERY_MS, nodeBus } from '../../server/live/nodeBus.js'
import { addComment } from '../../server/review/addComment.command.js'
import { focusOn, presenceStream } from '../../server/review/presence.js'
import { Follower } from '../review/streamSupport.js'
import { addChart, type ChartWorld, chartWorld, lastCursor } from '../support/charts.js'
import { addNode, hasNats, NO_NATS, type TestNode, until } from '../support/nodes.js'

const CODER = 'coder@demo.test'
const SUPERVISOR = 'supervisor@demo.test'

/** What PostgreSQL or NATS is to several nodes of one process: what one says all others hear, in the order in which it was said. */
class Medium {
  readonly #ears = new Map<object, BusEar>()
  readonly said: string[] = []
  readonly open: OpenBus = async (ear) => {
    const self = {}
    this.#ears.set(self, ear)
    ear.connected()
    const bus: Bus = {
      publish: async (message) => {
        this.said.push(message)
        for (const [who, it] of this.#ears) if (who !== self) it.heard(message)
      },
      connected: () => this.#ears.has(self),
      close: async () => void this.#ears.delete(self),
    }
    return bus
  }
}

/** Rule LV21, as arithmetic: who hears what where some have a second bus, whose connection comes and goes. */
describe('what is told where some nodes have NATS and others do not', () => {
  /** NATS of one node, which a test takes away and gives back. */
  function onAndOff(medium: Medium) {
    let ear: BusEar | undefined
    let bus: Bus | undefined
    const open: OpenBus = async (its) => {
      ear = its
      return {
        publish: async (message) => bus?.publish(message),
        connected: () => bus !== undefined,
        close: async () => bus?.close(),
      }
    }
    return {
      open,
      async set(on: boolean) {
        if (on === (bus !== undefined)) return
        if (on) {
          bus = await medium.open({ ...ear!, connected: () => {} })
          ear!.connected()
          return
        }
        const lost = bus!
        bus = undefined
        await lost.close()
        ear!.trouble('wake-ups: NATS is away')
      },
    }
  }

  it('is heard once by every other node, in any mix, and costs PostgreSQL nothing while all have NATS', async () => {
    const step = fc.oneof(
      fc.record({ act: fc.constant('tell' as const), node: fc.nat(4) }),
      fc.record({ act: fc.constant('turn' as const), node: fc.nat(4), on: fc.boolean() }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: 2, maxLength: 5 }),
        fc.array(step, { maxLength: 30 }),
        async (kinds, steps) => {
          const [notify, nats] = [new Medium(), new Medium()]
          const switches = kinds.map(() => onAndOff(nats))
          const heard: string[][] = kinds.map(() => [])
          const nodes = await Promise.all(
            kinds.map((hasNats, i) =>
              nodeBus(
                `${i}a`,
                notify.open,
                hasNats ? switches[i]!.open : undefined,
              )({ heard: (message) => void heard[i]!.push(message), connected: () => {}, trouble: () => {} }),
            ),
          )
          const up = kinds.map(() => false)
          const settled = () => new Promise((resolve) => setImmediate(resolve))
          const expected: string[][] = kinds.map(() => [])
          let n = 0
          for (const [i, has] of kinds.entries()) if (has) await switches[i]!.set((up[i] = true))
          await settled()
          for (const it of steps) {
            const at = it.node % kinds.length
            if (it.act === 'turn') {
              if (!kinds[at]) continue
              await switches[at]!.set((up[at] = it.on))
              await settled()
              continue
            }
            const message = `n/${at}/${++n} word`
            const before = notify.said.length
            await nodes[at]!.publish(message)
            for (const [i, all] of expected.entries()) if (i !== at) all.push(message)
            expect(notify.said.length - before).toBe(up.every(Boolean) ? 0 : 1)
          }
          expect(heard).toEqual(expected)
          expect(nodes.map((node) => node.connected())).toEqual(kinds.map((has, i) => !has || up[i]))
          await Promise.all(nodes.map((node) => node.close()))
        },
      ),
      { numRuns: 200 },
    )
  })

  it('comes late to nobody who asks: a node that has NATS finds out by itself who has not', async () => {
    const [notify, nats] = [new Medium(), new Medium()]
    const [deaf, one, two] = [[] as string[], [] as string[], [] as string[]]
    const open = (name: string, into: string[], hasNats: boolean) =>
      nodeBus(
        name,
        notify.open,
        hasNats ? nats.open : undefined,
      )({ heard: (message) => void into.push(message), connected: () => {}, trouble: () => {} })
    const alone = await open('a', deaf, false)
    const [b, c] = [await open('b', one, true), await open('c', two, true)]
    await new Promise((resolve) => setImmediate(resolve))
    await b.publish('n/b/1 word')
    await c.publish('n/c/1 word')
    await alone.publish('n/a/1 word')
    expect([deaf, one, two]).toEqual([
      ['n/b/1 word', 'n/c/1 word'],
      ['n/c/1 word', 'n/a/1 word'],
      ['n/b/1 word', 'n/a/1 word'],
    ])
    // What is not a word of theirs, or names no node, is nothing; and nobody else's messages are.
    const made = notify.said.length
    for (const strange of ['b/', 'b/!/', 'b/!/Z', `b/!/${'f'.repeat(40)}`, 'b/x/1']) await alone.publish(strange)
    expect([deaf.length, one.length, two.length, notify.said.length - made]).toEqual([2, 2, 2, 5])
    await Promise.all([alone, b, c].map((it) => it.close()))
  })
})

describe('a node without NATS', () => {
  it('is told by NOTIFY for as long as it answers, and not for ever when it has died without a word', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
    const settled = () => new Promise((resolve) => setImmediate(resolve))
    try {
      const [notify, nats] = [new Medium(), new Medium()]
      const ear: BusEar = { heard: () => {}, connected: () => {}, trouble: () => {} }
      const alone = await nodeBus('a', notify.open)(ear)
      const other = await nodeBus('b', notify.open, nats.open)(ear)
      let n = 0
      const notices = async (): Promise<number> => {
        await settled()
        const before = notify.said.length
        await other.publish(`n/b/${++n} word`)
        return notify.said.length - before
      }
      for (let asked = 0; asked < 10; asked++) {
        expect(await notices()).toBe(1)
        vi.advanceTimersByTime(ASK_EVERY_MS)
      }
      expect(await notices()).toBe(1)
      await alone.close()
      vi.advanceTimersByTime(2 * ASK_EVERY_MS)
      expect(await notices()).toBe(1)
      vi.advanceTimersByTime(ASK_EVERY_MS)
      expect(await notices()).toBe(0)
      expect(nats.said).toHaveLength(n)
      await other.close()
    } finally {
      vi.useRealTimers()
    }
  })
})

/** The same with PostgreSQL and a real NATS between nodes that have it and nodes that have not. */
describe.skipIf(!hasNats)(hasNats ? 'nodes in a mix' : `nodes in a mix: ${NO_NATS}`, { timeout: 120_000 }, () => {
  let world: ChartWorld
  let nats: NatsServer
  let nodes: Readonly<Record<'onNats' | 'alsoOnNats' | 'onNotify', TestNode>>
  beforeAll(async () => {
    world = await chartWorld()
    nats = await NatsServer.on()
    const own = () => ({ nats: natsBus({ servers: [nats.address], tls: false }, Buffer.alloc(32, 4)) })
    nodes = {
      onNats: await addNode(world, own()),
      alsoOnNats: await addNode(world, own()),
      onNotify: await addNode(world),
    }
    await connected()
    // Whatever crosses does so by words alone: nobody looks because a second is over.
    await Promise.all(Object.values(nodes).map(({ waker }) => waker.sweep.stop()))
  })
  afterAll(async () => {
    await Promise.all(Object.values(nodes).map((node) => node.close()))
    await nats.kill()
    await world.close()
  })
  afterEach(() => expect(Object.values(nodes).map(({ hub }) => hub.size)).toEqual([0, 0, 0]))

  const connected = () => until(() => Object.values(nodes).every(({ waker }) => waker.connected()))
  const pairs = (): [from: string, to: string, TestNode, TestNode][] =>
    Object.entries(nodes).flatMap(([from, one]) =>
      Object.entries(nodes).flatMap(([to, two]): [string, string, TestNode, TestNode][] =>
        from === to ? [] : [[from, to, one, two]],
      ),
    )
  const orgId = () => world.claims.get(CODER)!.orgId

  /** What is said while somebody is just coming or going may be lost; afterwards it is not. */
  async function allKnowOfAll(): Promise<void> {
    const all = Object.values(nodes)
    const met = all.map(() => new Set<string>())
    const tell = all.map(({ waker }, i) =>
      waker.wire(['met'], { heard: (parts) => void met[i]!.add(parts[1]!), connected() {} }),
    )
    await until(() => {
      for (const [i, say] of tell.entries()) say(`met/${i}`)
      return met.every(({ size }) => size === all.length - 1)
    })
  }

  /** Each says five words; the last of each is with everybody before the next one speaks: what comes twice comes by then. */
  async function wordsCross(): Promise<void> {
    await allKnowOfAll()
    const all = Object.values(nodes)
    const heard = all.map(() => [] as string[])
    const tell = all.map(({ waker }, i) =>
      waker.wire(['test'], { heard: (parts) => void heard[i]!.push(parts[1]!), connected() {} }),
    )
    const expected = all.map(() => [] as string[])
    for (const from of all.keys()) {
      for (let n = 0; n < 5; n++) {
        tell[from]!(`test/${from}.${n}`)
        for (const [to, words] of expected.entries()) if (to !== from) words.push(`${from}.${n}`)
      }
      await until(() => heard.every((words, to) => words.length >= expected[to]!.length))
    }
    expect(heard).toEqual(expected)
  }

  it('tell each other everything, once', wordsCross)

  it('and so they do while NATS is away, and when it is back', async () => {
    await nats.kill()
    await until(() => !nodes.onNats.waker.connected() && !nodes.alsoOnNats.waker.connected())
    await wordsCross()
    await nats.start()
    await connected()
    await wordsCross()
  })

  it('show each other who is on a chart, in every direction, and that they left', async () => {
    for (const [from, to, one, two] of pairs()) {
      const { chartId } = await addChart(world, { coder: CODER })
      const stream = await presenceStream(two.services, world.claims.get(SUPERVISOR)!, chartId)
      let shown: string[] = []
      void (async () => {
        for await (const { present } of stream) shown = present.map((it) => it.presenceId)
      })()
      const presenceId = randomUUID()
      const say = async (leaving: boolean) => {
        const request = one.requestAs(CODER)
        await focusOn(request, { presenceId, chartId, editing: false, leaving })
        await request.close()
      }
      await say(false)
      await until(() => shown.includes(presenceId))
      expect(shown, `${from} to ${to}`).toEqual([presenceId])
      await say(true)
      await until(() => shown.length === 0)
      expect(two.presence.on(orgId(), chartId)).toEqual([])
      await stream.return!()
    }
  })

  it('end each other’s sign-ins', async () => {
    for (const [from, to, one, two] of pairs()) {
      const claims = { ...world.claims.get(CODER)!, sessionId: randomUUID() }
      const ended: string[] = []
      two.waker.sweep.watch({ sessions: () => [claims], ended: (sessionId) => void ended.push(sessionId) })
      // A sign-in that there never was is one that has ended, as soon as anybody looks.
      one.waker.sessionsEnded()
      await until(() => ended.includes(claims.sessionId))
      expect(ended, `${from} to ${to}`).toContain(claims.sessionId)
    }
  })

  it('deliver what another wrote once and in order', async () => {
    const { chartId } = await addChart(world, { coder: CODER })
    const start = await lastCursor(world, chartId)
    const followers = await Promise.all(
      Object.values(nodes).map(({ services }) => Follower.on(world, CODER, chartId, start, services)),
    )
    for (let round = 0; round < 3; round++)
      for (const node of Object.values(nodes))
        await addComment(node.requestAs(CODER), { commandId: randomUUID(), chartId, body: 'a word' })
    const last = await lastCursor(world, chartId)
    for (const follower of followers) {
      await follower.untilCursor(last)
      await follower.stop()
      expect(new Set(follower.cursors).size).toBe(9)
      expect(follower.cursors).toEqual(followers[0]!.cursors)
    }
  })
})
