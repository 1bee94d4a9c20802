import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { NatsServer } from '../../figures/natsServer.js'
import { fixedClock } from '../../server/kernel/clock.js'
import type { OpenBus } from '../../server/live/bus.js'
import { Hub } from '../../server/live/hub.js'
import { natsBus } from '../../server/live/natsBus.js'
import { createPresenceBoard, signInTag } from '../../server/live/presence.js'
import { EXPIRES_MS, type Focus } from '../../server/live/presence.model.js'
import { placeIn, wordOf } from '../../server/live/presenceWords.js'
import { focusOn, presenceStream } from '../../server/review/presence.js'
import { addChart, type ChartWorld, chartWorld, memberId } from '../support/charts.js'
import { addNode, hasNats, NO_NATS, type TestNode, until } from '../support/nodes.js'

const CODER = 'coder@demo.test'
const SUPERVISOR = 'supervisor@demo.test'

describe('what nodes tell each other of presence', () => {
  const NOW = 1_800_000_000_000
  const uuid = fc.uuid()
  const focus: fc.Arbitrary<Focus> = fc.record({
    presenceId: uuid,
    orgId: uuid,
    chartId: uuid,
    memberId: uuid,
    suggestionId: fc.option(uuid),
    versionId: fc.option(uuid),
    start: fc.option(fc.integer()),
    end: fc.option(fc.nat()),
    editing: fc.boolean(),
  })

  it('is read as it was said, wherever a clock stands', () => {
    fc.assert(
      fc.property(focus, fc.nat(EXPIRES_MS), fc.integer({ min: -1e9, max: 1e9 }), (it, age, ahead) => {
        const place = { focus: it, tag: signInTag('s'), until: NOW + EXPIRES_MS - age, own: true }
        const word = wordOf.here(place, NOW)
        expect(word).not.toContain(' ')
        expect(placeIn(word.split('/'), NOW + ahead)).toEqual({ ...place, until: place.until + ahead, own: false })
      }),
    )
  })

  it('is nothing where any part of it is not what it should be', () => {
    fc.assert(
      fc.property(focus, fc.nat(12), fc.string(), (it, at, other) => {
        const place = { focus: it, tag: signInTag('s'), until: NOW, own: true }
        const parts = wordOf.here(place, NOW).split('/')
        expect(placeIn(parts.toSpliced(at, 0, other), NOW)).toBeUndefined()
        if (at < parts.length) expect(placeIn(parts.toSpliced(at, 1), NOW)).toBeUndefined()
        if (at < parts.length) expect(placeIn(parts.toSpliced(at, 1, `${other} x`), NOW)).toBeUndefined()
      }),
    )
  })
})

/** Rules LV22 to LV24, over each bus. */
describe.each(['NOTIFY', 'NATS'] as const)('presence over nodes on %s', (carrier) => {
  const can = carrier === 'NOTIFY' || hasNats
  describe.skipIf(!can)(can ? 'is one' : NO_NATS, { timeout: 60_000 }, () => {
    let world: ChartWorld
    let nats: NatsServer | undefined
    let bus: OpenBus | undefined
    let one: TestNode
    let two: TestNode
    beforeAll(async () => {
      world = await chartWorld()
      if (carrier === 'NATS') {
        nats = await NatsServer.on()
        bus = natsBus({ servers: [nats.address], tls: false }, Buffer.alloc(32, 5))
      }
      one = await addNode(world, bus)
      two = await addNode(world, bus)
      await until(() => one.waker.connected() && two.waker.connected())
    })
    afterAll(async () => {
      await Promise.all([one.close(), two.close()])
      await nats?.kill()
      await world.close()
    })
    afterEach(() => expect([one, two].map(({ hub }) => hub.size)).toEqual([0, 0]))

    const orgId = () => world.demo.harbor.organisationId
    const on = (node: TestNode, chartId: string) => node.presence.on(orgId(), chartId).map((it) => it.presenceId)
    async function focus(node: TestNode, email: string, chartId: string, more: object = {}): Promise<string> {
      const request = node.requestAs(email)
      const presenceId = randomUUID()
      try {
        await focusOn(request, { presenceId, chartId, editing: false, leaving: false, ...more })
      } finally {
        await request.close()
      }
      return (more as { presenceId?: string }).presenceId ?? presenceId
    }
    /** As a page on a socket does: the last that it was told, and the end of the socket. */
    async function watch(node: TestNode, email: string, chartId: string, presenceId?: string) {
      const stream = await presenceStream(node.services, world.claims.get(email)!, chartId, undefined, presenceId)
      const state = { shown: [] as string[], hangUp: () => stream.return!() }
      void (async () => {
        for await (const { present } of stream) state.shown = present.map((it) => it.presenceId)
      })()
      return state
    }

    it('shows on one node who said so to another, with the same place, until the person leaves', async () => {
      const { chartId, suggestionIds } = await addChart(world, { coder: CODER, lines: [{ code: 'I10' }] })
      const page = await watch(two, SUPERVISOR, chartId)
      const place = { suggestionId: suggestionIds[0]!, start: 3, end: 9, editing: true }
      const presenceId = await focus(one, CODER, chartId, place)
      await until(() => page.shown.includes(presenceId))
      expect(two.presence.on(orgId(), chartId)).toEqual([
        { ...place, presenceId, chartId, orgId: orgId(), memberId: memberId(world, CODER), versionId: null },
      ])
      // Whoever has it belongs to the person on every node.
      await expect(focus(two, SUPERVISOR, chartId, { presenceId, leaving: true })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
      await focus(two, CODER, chartId, { presenceId, leaving: true })
      await until(() => page.shown.length === 0 && on(one, chartId).length === 0)
      await page.hangUp()
    })

    it('is let go of everywhere when its socket has closed, wherever it was said', async () => {
      const { chartId } = await addChart(world, { coder: CODER })
      const others = await watch(one, SUPERVISOR, chartId)
      const presenceId = randomUUID()
      const own = await watch(two, CODER, chartId, presenceId)
      await focus(one, CODER, chartId, { presenceId })
      const another = await focus(one, CODER, chartId)
      await until(() => others.shown.length === 2 && own.shown.length === 2)
      await own.hangUp()
      await until(() => others.shown.length === 1)
      // A second window, which this socket was not for, stays.
      expect(on(one, chartId)).toEqual([another])
      await until(() => on(two, chartId).length === 1)
      await others.hangUp()
    })

    it('goes with the last socket of a sign-in that did not say which is whose', async () => {
      const { chartId } = await addChart(world, { coder: CODER })
      const others = await watch(one, SUPERVISOR, chartId)
      const [first, second] = [await watch(two, CODER, chartId), await watch(two, CODER, chartId)]
      await focus(one, CODER, chartId)
      await until(() => others.shown.length === 1 && on(two, chartId).length === 1)
      await first.hangUp()
      const marker = await focus(two, SUPERVISOR, chartId)
      await until(() => others.shown.includes(marker))
      expect(others.shown).toHaveLength(2)
      await second.hangUp()
      await until(() => others.shown.length === 1)
      expect(others.shown).toEqual([marker])
      await others.hangUp()
    })

    it('stays where the same page is back on another node before the old one noticed', async () => {
      const { chartId } = await addChart(world, { coder: CODER })
      const presenceId = randomUUID()
      const old = await watch(one, CODER, chartId, presenceId)
      await focus(one, CODER, chartId, { presenceId })
      await until(() => on(two, chartId).length === 1)
      const now = await watch(two, CODER, chartId, presenceId)
      await old.hangUp()
      // It is let go of at the old node, and comes back from the new one.
      await until(() => on(one, chartId).length === 0)
      await until(() => on(one, chartId).length === 1)
      expect(on(two, chartId)).toEqual([presenceId])
      await now.hangUp()
      await until(() => on(one, chartId).length + on(two, chartId).length === 0)
    })

    it('is nobody else’s to let go of', async () => {
      const { chartId } = await addChart(world, { coder: CODER })
      const presenceId = await focus(one, CODER, chartId)
      await until(() => on(two, chartId).length === 1)
      const thief = await watch(two, SUPERVISOR, chartId, presenceId)
      await thief.hangUp()
      const marker = await focus(two, SUPERVISOR, chartId)
      await focus(two, SUPERVISOR, chartId, { presenceId: marker, leaving: true })
      await until(() => on(one, chartId).length === 1)
      two.presence.close()
      expect(on(two, chartId)).toEqual([presenceId])
    })

    it('is known to a node that comes later, as old as it is, and forgotten when a node that died held it', async () => {
      const { chartId } = await addChart(world, { coder: CODER })
      const presenceId = await focus(one, CODER, chartId)
      // What is still on its way when the clock jumps would arrive as if it had just been said.
      await until(() => on(two, chartId).length === 1)
      world.clock.advance(20_000)
      const late = await addNode(world, bus)
      await until(() => on(late, chartId).length === 1)
      expect(on(late, chartId)).toEqual([presenceId])
      world.clock.advance(9_999)
      expect(on(late, chartId)).toEqual([presenceId])
      world.clock.advance(1)
      // Nobody said that it is gone.
      expect([on(one, chartId), on(late, chartId)]).toEqual([[], []])
      await late.close()
    })

    it('is let go of by a node that stops, for those whose sockets it held', async () => {
      const { chartId } = await addChart(world, { coder: CODER })
      const stopping = await addNode(world, bus)
      await until(() => stopping.waker.connected())
      const presenceId = randomUUID()
      const page = await watch(stopping, CODER, chartId, presenceId)
      await focus(one, CODER, chartId, { presenceId })
      await until(() => on(stopping, chartId).length === 1)
      await stopping.close()
      await until(() => on(one, chartId).length === 0)
      await page.hangUp()
    })
  })
})

describe('a board alone', () => {
  it('wakes the followers of a chart at most once for all that comes together', async () => {
    const hub = new Hub()
    const board = createPresenceBoard(fixedClock(new Date('2026-04-01T12:00:00Z')), hub)
    const wakes: string[] = []
    const woken = new Promise<void>((resolve) => {
      for (const chartId of ['a', 'b'])
        hub.add({
          orgId: 'o',
          streamId: `o/${chartId}`,
          memberId: '',
          sessionId: '',
          position: () => 0,
          epoch: () => '',
          wake() {
            wakes.push(chartId)
            if (wakes.includes('a') && wakes.includes('b')) resolve()
          },
        })
    })
    const here = (chartId: string, start: number) =>
      board.here({
        presenceId: `p${chartId}`,
        orgId: 'o',
        chartId,
        memberId: 'm',
        suggestionId: null,
        versionId: null,
        start,
        end: null,
        editing: false,
      })
    for (let i = 0; i < 100; i++) for (const chartId of ['a', 'b']) here(chartId, i)
    await woken
    expect(wakes.sort()).toEqual(['a', 'b'])
    expect(board.on('o', 'a')).toMatchObject([{ start: 99 }])
    board.close()
  })
})
