import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { fixedClock } from '../../server/kernel/clock.js'
import { follow } from '../../server/live/follow.js'
import { Hub } from '../../server/live/hub.js'
import {
  createPresenceBoard,
  PLACES_PER_MEMBER,
  PRESENCE,
  type PresenceBoard,
  presenceKey,
} from '../../server/live/presence.js'
import type { Focus } from '../../server/live/presence.model.js'
import { focusOn } from '../../server/review/presence.js'
import { schema, subscribeAs } from '../review/streamSupport.js'
import { addChart, type ChartWorld, chartWorld, memberId, requestAs } from '../support/charts.js'

const focus = (more: Partial<Focus> = {}): Focus => ({
  presenceId: randomUUID(),
  orgId: 'org',
  chartId: 'chart',
  memberId: 'member',
  suggestionId: null,
  versionId: null,
  start: null,
  end: null,
  editing: false,
  ...more,
})

describe('a presence board', () => {
  const clock = fixedClock(new Date('2026-04-01T12:00:00Z'))
  const hub = new Hub()
  const board = createPresenceBoard(clock, hub)
  afterAll(() => board.close())

  /** Follows a chart's presence, and resolves each time it is woken. */
  function ear(chartId: string): { woken(): Promise<void>; leave(): void } {
    let tell: () => void = () => {}
    const streamId = presenceKey('org', chartId)
    const leave = hub.add({
      orgId: 'org',
      streamId,
      memberId: '',
      sessionId: '',
      position: () => 0,
      epoch: () => '',
      wake: () => tell(),
    })
    return { woken: () => new Promise((resolve) => (tell = resolve)), leave }
  }

  it('keeps of one person the places last heard of, and of everybody else all', () => {
    const other = focus({ chartId: 'many', memberId: 'other' })
    board.here(other)
    const places = Array.from({ length: PLACES_PER_MEMBER + 5 }, () => focus({ chartId: 'many' }))
    for (const place of places) {
      board.here(place)
      board.here(places[0]!)
      clock.advance(1)
    }
    const kept = board.on('org', 'many')
    expect(kept).toHaveLength(PLACES_PER_MEMBER + 1)
    expect(kept).toEqual(expect.arrayContaining([other, places[0], places.at(-1)]))
    expect(kept).not.toContainEqual(places[1])
  })

  it('shows who is where, until 30 seconds after the last heartbeat', () => {
    const mine = focus({ chartId: 'a' })
    board.here(mine)
    clock.advance(29_999)
    expect(board.on('org', 'a')).toEqual([mine])
    board.here(mine)
    clock.advance(29_999)
    expect(board.on('org', 'a')).toEqual([mine])
    clock.advance(1)
    expect(board.on('org', 'a')).toEqual([])
    expect(board.on('other', 'a')).toEqual([])
  })

  it('tells of a change and of a return, not of a heartbeat', async () => {
    const { woken, leave } = ear('b')
    const mine = focus({ chartId: 'b' })
    let wakes = woken()
    board.here(mine)
    await wakes
    // Coming back to the same place after it had expired is news again: others saw it gone.
    clock.advance(30_000)
    expect(board.on('org', 'b')).toEqual([])
    wakes = woken()
    board.here(mine)
    await wakes
    let told = false
    void woken().then(() => (told = true))
    board.here(mine)
    const other = ear('c')
    const elsewhere = other.woken()
    board.here(focus({ chartId: 'c' }))
    await elsewhere
    expect(told).toBe(false)
    wakes = woken()
    board.leave('org', 'b', mine.presenceId)
    await wakes
    expect(board.on('org', 'b')).toEqual([])
    leave()
    other.leave()
  })
})

describe('a follower', () => {
  const following = { orgId: 'o', streamId: 's', memberId: 'm', sessionId: 'x', position: () => 0, epoch: () => '' }

  it('looks again after each wake that came while it looked, and never twice at once', async () => {
    const hub = new Hub()
    let looking = 0
    let looks = 0
    let go: () => void = () => {}
    const iterator = follow<number>({
      hub,
      following,
      async look() {
        expect(++looking).toBe(1)
        looks++
        await new Promise<void>((resolve) => (go = resolve))
        looking--
        return { items: looks === 1 ? [] : [looks], done: false }
      },
    })
    const next = iterator.next()
    await new Promise((resolve) => setImmediate(resolve))
    hub.wakeStream('s')
    hub.wakeOrganisation('o')
    hub.wakeAll()
    go()
    await new Promise((resolve) => setImmediate(resolve))
    go()
    expect(await next).toEqual({ value: 2, done: false })
    expect(looks).toBe(2)
    await iterator.return!()
    expect(hub.size).toBe(0)
  })

  it('delivers all of a look before it ends, and leaves when the look fails', async () => {
    const hub = new Hub()
    const whole = follow<string>({ hub, following, look: async () => ({ items: ['a', 'b'], done: true }) })
    const got: string[] = []
    for await (const item of whole) got.push(item)
    expect(got).toEqual(['a', 'b'])
    const broken = follow<string>({
      hub,
      following,
      look: async () => {
        throw new Error('the database is gone')
      },
    })
    await expect(broken.next()).rejects.toThrow('the database is gone')
    expect(await broken.next()).toEqual({ value: undefined, done: true })
    const thrown = follow<string>({ hub, following, look: async () => ({ items: [], done: false }) })
    const waiting = thrown.next()
    await expect(thrown.throw!(new Error('left'))).rejects.toThrow('left')
    expect((await waiting).done).toBe(true)
    expect(hub.size).toBe(0)
  })

  it('looks again at its deadline, though nobody wakes it', async () => {
    const hub = new Hub()
    let looks = 0
    const iterator = follow<number>({
      hub,
      following,
      deadline: () => 1,
      look: async () => ({ items: ++looks < 3 ? [] : [looks], done: false }),
    })
    expect((await iterator.next()).value).toBe(3)
    await iterator.return!()
  })
})

describe('presence on a chart', () => {
  const CODER = 'coder@demo.test'
  const SUPERVISOR = 'supervisor@demo.test'
  const DOCUMENT = `subscription ($id: ID!) { presence(chartId: $id) { present { presenceId member { displayName } suggestionId versionId start end editing } } }`
  let world: ChartWorld
  let board: PresenceBoard
  beforeAll(async () => {
    expect(schema.getSubscriptionType()?.getFields().presence).toBeDefined()
    world = await chartWorld()
    board = createPresenceBoard(world.clock, world.hub)
    world.services.provide(PRESENCE, board)
  })
  afterAll(async () => {
    board.close()
    await world.close()
  })
  afterEach(() => {
    expect(world.hub.size).toBe(0)
    expect(world.errors).toEqual([])
  })

  type Shown = { present: { presenceId: string; suggestionId: string | null; editing: boolean | null }[] }
  const last = (items: readonly unknown[]) => (items.at(-1) as Shown | undefined)?.present ?? []

  async function here(email: string, chartId: string, more: object = {}): Promise<void> {
    const request = requestAs(world, email)
    try {
      await focusOn(request, { presenceId: randomUUID(), chartId, editing: false, leaving: false, ...more })
    } finally {
      await request.close()
    }
  }

  it('tells everyone who is there; where in the chart only to those who see its content', async () => {
    const { chartId, suggestionIds } = await addChart(world, { coder: CODER, lines: [{ code: 'I10' }] })
    const [coder, supervisor] = await Promise.all(
      [CODER, SUPERVISOR].map((e) => subscribeAs(world, e, DOCUMENT, { id: chartId })),
    )
    await Promise.all([coder!, supervisor!].map((f) => f.until((items) => items.length === 1)))
    const presenceId = randomUUID()
    await here(CODER, chartId, { presenceId, suggestionId: suggestionIds[0]!, start: 3, end: 9, editing: true })
    await Promise.all([coder!, supervisor!].map((f) => f.until((items) => last(items).length === 1)))
    const whole = {
      presenceId,
      member: { displayName: 'Dana Whitfield' },
      suggestionId: suggestionIds[0],
      versionId: null,
      start: 3,
      end: 9,
      editing: true,
    }
    expect(last(coder!.items)).toEqual([whole])
    expect(last(supervisor!.items)).toEqual([{ ...whole, suggestionId: null, start: null, end: null, editing: null }])
    await here(CODER, chartId, { presenceId, leaving: true })
    await Promise.all(
      [coder!, supervisor!].map((f) => f.until((items) => items.length > 2 && last(items).length === 0)),
    )
    await Promise.all([coder!, supervisor!].map((f) => f.stop()))
  })

  it('belongs to whoever made it', async () => {
    const { chartId } = await addChart(world, { coder: CODER })
    const presenceId = randomUUID()
    await here(CODER, chartId, { presenceId })
    for (const leaving of [true, false])
      await expect(here(SUPERVISOR, chartId, { presenceId, leaving })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const orgId = world.demo.harbor.organisationId
    expect(board.on(orgId, chartId).map((p) => p.memberId)).toEqual([memberId(world, CODER)])
    await expect(here(CODER, chartId, { presenceId: 'x' })).rejects.toMatchObject({ code: 'BAD_INPUT' })
    const foreign = await addChart(world, { organisation: 'lakeside' })
    for (const id of [foreign.chartId, randomUUID(), 'x'])
      await expect(here(CODER, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('ends with the access behind it, though nobody comes or goes', async () => {
    const { chartId } = await addChart(world, { coder: CODER })
    const coder = await subscribeAs(world, CODER, DOCUMENT, { id: chartId })
    const other = await subscribeAs(world, 'coder2@demo.test', DOCUMENT, { id: chartId })
    await Promise.all([coder, other].map((f) => f.until((items) => items.length === 1)))
    await world.db.ownerSql`update chart set restricted = true, access_epoch = access_epoch + 1 where id = ${chartId}`
    await other.over
    expect(other.items).toHaveLength(1)
    await world.db
      .ownerSql`update auth_session set expires_at = 'epoch' where id = ${world.claims.get(CODER)!.sessionId}`
    await coder.over
    expect(coder.items).toHaveLength(1)
  })
})
