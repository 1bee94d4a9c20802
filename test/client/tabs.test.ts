import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Chartroom, createChartroom, type LiveChart } from '../../client/live/index.js'
import { tabsOfThisPage } from '../../client/live/tabs.js'
import { play } from './history.js'
import { type MemoryTab, MemoryWorld } from './memoryWorld.js'

const HISTORY = play(Array.from({ length: 60 }, (_, at) => ({ act: 'propose' as const, at: at % 30 })))
const CHARTS = ['a', 'b']
/** Longer than anything that is waited for: a leader that does not answer, a reconnection, a renewal. */
const LONG = 90_000

/** What a person has open in one tab. */
class Desk {
  readonly charts: LiveChart[] = []
  /** By chart, how many events were written when its snapshot came. */
  readonly from = new Map<LiveChart, number>()
  readonly room: Chartroom

  constructor(
    readonly tab: MemoryTab,
    tabs: MemoryTab['tabs'] | null = tab.tabs,
  ) {
    const { fetch, webSocket, timers } = tab
    this.room = createChartroom({ url: 'http://memory.test', fetch, webSocket, timers, tabs })
  }

  open(chartId: string): LiveChart {
    const chart = this.room.openChart(chartId, {
      presence: false,
      onItem: (item) => {
        if (item.__typename === 'ChartSnapshot')
          this.from.set(
            chart,
            HISTORY.snapshots.findIndex(({ cursor }) => cursor === item.cursor),
          )
      },
    })
    this.charts.push(chart)
    return chart
  }
}

const dice = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return seed / 2_147_483_648
}

const newWorld = (seed = 7): MemoryWorld => new MemoryWorld(HISTORY, dice(seed))

function expectWhole(world: MemoryWorld, desks: readonly Desk[]): void {
  for (const { charts, from } of desks)
    for (const chart of charts) {
      const { facts, state, suggestions } = chart.getSnapshot()
      const written = world.server.written.get(chart.id) ?? 1
      expect({ state, lines: suggestions.length, ...facts }).toMatchObject({
        state: 'live',
        lines: HISTORY.snapshots[written]!.suggestions!.length,
        gaps: 0,
        duplicates: 0,
        snapshots: 1,
        events: written - from.get(chart)!,
      })
    }
}

describe('tabs of one sign-in', () => {
  it('share one socket, and each follows what it has open', async () => {
    const world = newWorld()
    const desks = [new Desk(world.open()), new Desk(world.open()), new Desk(world.open())]
    for (const desk of desks) for (const id of CHARTS) desk.open(id)
    await world.settle(LONG)
    for (let i = 0; i < 5; i++) for (const id of CHARTS) world.server.write(id)
    await world.settle(LONG)
    expectWhole(world, desks)
    expect([world.server.connections.size, world.server.operations]).toEqual([1, 6])
    expect(world.server.renewals).toBeGreaterThan(0)
  })

  it('go on when the one that leads closes, crashes or is frozen: nothing is lost, nothing comes twice', async () => {
    for (const end of ['close', 'crash', 'freeze'] as const) {
      const world = newWorld()
      const [first, second, third] = [new Desk(world.open()), new Desk(world.open()), new Desk(world.open())]
      first.open('a')
      await world.settle(1_000)
      for (const desk of [second, third]) desk.open('a')
      await world.settle(1_000)
      world.server.write('a')
      await world.step(3)
      if (end === 'close') first.room.close()
      else if (end === 'crash') first.tab.crash()
      else first.tab.frozen = true
      world.server.write('a')
      await world.settle(LONG)
      world.server.write('a')
      await world.settle(LONG)
      expectWhole(world, [second, third])
      if (end === 'freeze') {
        first.tab.frozen = false
        await world.settle(LONG)
        expectWhole(world, [first, second, third])
      }
      expect([end, world.server.connections.size, world.server.operations]).toEqual([end, 1, end === 'freeze' ? 3 : 2])
    }
  })

  it('say what is so: all of them, when the server cannot be reached, and when it can', async () => {
    const world = newWorld()
    const charts = [new Desk(world.open()), new Desk(world.open())].map((desk) => desk.open('a'))
    const states = () => charts.map((it) => it.state)
    await world.settle(LONG)
    expect(states()).toEqual(['live', 'live'])
    world.away = true
    world.server.cutAll()
    await world.settle(LONG)
    expect(states()).toEqual(['offline', 'offline'])
    world.away = false
    await world.settle(LONG)
    expect(states()).toEqual(['live', 'live'])
  })

  it('are led by one that is looked at when there is no connection', async () => {
    const world = newWorld()
    const [first, second] = [new Desk(world.open()), new Desk(world.open())]
    first.open('a')
    await world.settle(1_000)
    second.open('a')
    await world.settle(1_000)
    expect([first, second].map(({ tab }) => tab.sockets.size)).toEqual([1, 0])
    first.tab.show(false)
    world.away = true
    world.server.cutAll()
    await world.settle(30_000)
    world.away = false
    await world.settle(LONG)
    expect([first, second].map(({ tab }) => tab.sockets.size)).toEqual([0, 1])
    expectWhole(world, [first, second])
  })

  it('each keep what is theirs, whatever tabs and the network do', async () => {
    const act = fc.record({
      what: fc.constantFrom(
        ...(['open', 'open', 'write', 'write', 'write', 'write', 'closeChart', 'newTab', 'closeTab', 'crash'] as const),
        ...(['freeze', 'thaw', 'thaw', 'cut', 'away', 'back', 'back', 'hide', 'show'] as const),
      ),
      which: fc.nat({ max: 10 }),
      /** How much happens before the next. */
      pause: fc.constantFrom(0, 1, 2, 5, 9, 200, 15_000),
    })
    let handovers = 0
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 40 }), fc.nat(), async (acts, seed) => {
        const world = newWorld(seed)
        let desks = [new Desk(world.open()), new Desk(world.open())]
        for (const desk of desks) desk.open('a')
        for (const { what, which, pause } of acts) {
          const desk = desks[which % desks.length]!
          const chartId = CHARTS[which % CHARTS.length]!
          const led = desk.tab.sockets.size > 0
          if (what === 'open') desk.open(chartId)
          else if (what === 'write') {
            if ((world.server.written.get(chartId) ?? 1) < 59) world.server.write(chartId)
          } else if (what === 'closeChart') desk.charts.splice(0, 1)[0]?.close()
          else if (what === 'newTab') {
            if (desks.length < 5) desks.push(new Desk(world.open()))
          } else if (what === 'closeTab' || what === 'crash') {
            if (desks.length === 1) continue
            if (what === 'crash') desk.tab.crash()
            else desk.room.close()
            desks = desks.filter((it) => it !== desk)
            if (led) handovers++
          } else if (what === 'freeze' || what === 'thaw') desk.tab.frozen = what === 'freeze'
          else if (what === 'cut') world.server.cutAll()
          else if (what === 'away' || what === 'back') {
            world.away = what === 'away'
            if (world.away) world.server.cutAll()
          } else desk.tab.show(what === 'show')
          if (pause < 100) await world.step(pause)
          else await world.settle(pause)
        }
        for (const tab of world.tabs) tab.frozen = false
        world.away = false
        await world.settle(2 * LONG)
        expectWhole(world, desks)
        const open = desks.reduce((sum, { charts }) => sum + charts.length, 0)
        expect(world.server.operations).toBe(open)
        if (open > 0) expect(world.server.connections.size).toBe(1)
        for (const desk of desks) desk.room.close()
        await world.settle(1_000)
        expect([world.server.operations, world.server.connections.size]).toEqual([0, 0])
      }),
      { numRuns: 60 },
    )
    expect(handovers).toBeGreaterThan(5)
  }, 120_000)
})

describe('tabs of different people', () => {
  it('have nothing to do with each other, and one that is handed another person’s session keeps nothing', async () => {
    const world = newWorld()
    const first = new Desk(world.open())
    const hers = first.open('a')
    await world.settle(1_000)
    const comment = hers.addComment({ body: 'mine, not yours' })
    comment.catch(() => {})
    // In another tab somebody else signs in: the browser has one cookie.
    world.server.subject = 'two'
    world.server.signIn = 'second'
    const second = new Desk(world.open())
    const his = second.open('a')
    await world.settle(1_000)
    expect(world.server.connections.size).toBe(2)
    await world.settle(LONG)
    expect(hers.getSnapshot()).toMatchObject({ state: 'ended', endedReason: 'UNAUTHENTICATED', chart: null })
    expect(hers.getSnapshot().suggestions).toEqual([])
    expect(his.state).toBe('live')
    expect([world.server.connections.size, world.server.operations]).toEqual([1, 1])
    const again = first.open('a')
    await world.settle(LONG)
    expect(again.getSnapshot()).toMatchObject({ state: 'live', facts: { snapshots: 1, resumes: 0 } })
    expect([world.server.connections.size, world.server.operations]).toEqual([1, 2])
  })

  it('nothing that waited for the connection is sent as the next', async () => {
    const world = newWorld()
    const first = new Desk(world.open())
    const chart = first.open('a')
    await world.settle(1_000)
    world.away = true
    world.server.cutAll()
    await world.settle(1_000)
    const refused: unknown[] = []
    const keep = (error: unknown) => void refused.push(error)
    void chart.addComment({ body: 'mine' }).catch(keep)
    void chart.setAbstract('PAYER', 'one').catch(keep)
    void chart.setAbstract('PAYER', 'two').catch(keep)
    await world.settle(1_000)
    expect(first.room.queued()).toHaveLength(3)
    world.server.subject = 'two'
    // By the time the network is back the token has to be asked for anew.
    await world.settle(LONG)
    world.away = false
    await world.settle(LONG)
    expect(refused).toHaveLength(3)
    for (const error of refused) expect(error).toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(world.server.mutations).toEqual([])
    expect(chart.getSnapshot()).toMatchObject({ state: 'ended', chart: null, queued: [] })
  })

  it('nor what stands behind another change, or waits for a token, whichever answer comes first', async () => {
    let sent = 0
    for (let seed = 1; seed <= 40; seed++) {
      const world = newWorld(seed)
      const first = new Desk(world.open())
      const chart = first.open('a')
      await world.settle(1_000)
      const asked: Promise<unknown>[] = ['one', 'two', 'three'].map((value) =>
        chart.setAbstract('PAYER', value).catch(() => {}),
      )
      world.server.subject = 'two'
      const entered = first.room.restore()
      await world.step(seed % 7)
      asked.push(chart.addComment({ body: 'mine' }).catch(() => {}))
      await world.settle(1_000)
      await Promise.all([...asked, entered])
      expect(first.room.getSession().status).toBe('signedIn')
      // A comment that is asked for when the other person is there is theirs.
      const theirs = world.server.mutations.filter(({ authorization }) => !authorization.startsWith('Bearer one'))
      expect(theirs.filter(({ body }) => !body.includes('addComment'))).toEqual([])
      expect(chart.getSnapshot()).toMatchObject({ state: 'ended', chart: null })
      sent += world.server.mutations.length
    }
    expect(sent).toBeGreaterThan(0)
  })

  it('a sign-out in one tab is one in all of its sign-in', async () => {
    const world = newWorld()
    const desks = [new Desk(world.open()), new Desk(world.open())]
    const charts = desks.map((desk) => desk.open('a'))
    await world.settle(1_000)
    const done = desks[1]!.room.signOut()
    await world.settle(LONG)
    await done
    expect(desks.map(({ room }) => room.getSession())).toMatchObject([
      { status: 'signedOut', left: true },
      { status: 'signedOut', left: true },
    ])
    for (const chart of charts) expect(chart.getSnapshot()).toMatchObject({ state: 'ended', chart: null })
    expect(world.server.connections.size).toBe(0)
  })

  it('a sign-in in one tab is taken up by those that are signed out', async () => {
    const world = newWorld()
    const [first, second] = [new Desk(world.open()), new Desk(world.open())]
    const entered = first.room.signIn({ email: 'a', password: 'b' })
    await world.settle(1_000)
    expect((await entered).signedIn).toBe(true)
    expect([first, second].map(({ room }) => room.getSession().subject)).toEqual(['one', 'one'])
  })
})

describe('without Web Locks or BroadcastChannel', () => {
  it('each tab has a socket of its own', async () => {
    const world = newWorld()
    const desks = [new Desk(world.open(), null), new Desk(world.open(), null)]
    for (const desk of desks) desk.open('a')
    await world.settle(1_000)
    world.server.write('a')
    await world.settle(LONG)
    expectWhole(world, desks)
    expect([world.server.connections.size, world.server.operations]).toEqual([2, 2])
  })

  it('a program never shares', () => {
    expect(tabsOfThisPage()).toBeUndefined()
  })
})

describe('more operations than one socket takes', () => {
  it('are carried by another, which goes when it is not needed', async () => {
    const world = newWorld()
    const desks = Array.from({ length: 5 }, () => new Desk(world.open()))
    for (const desk of desks) for (let i = 0; i < 8; i++) desk.open('a')
    await world.settle(LONG)
    world.server.write('a')
    await world.settle(LONG)
    expectWhole(world, desks)
    expect([world.server.connections.size, world.server.operations]).toEqual([2, 40])
    expect([...world.server.connections].every(({ operations }) => operations.size < 32)).toBe(true)
  })
})
