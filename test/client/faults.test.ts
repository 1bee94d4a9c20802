import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  AddCommentDocument,
  type ChartEvent,
  type Chartroom,
  type LiveChart,
  type StreamItem,
  ViewerDocument,
} from '../../client/live/index.js'
import { createNodeChartroom } from '../../client/live/node.js'
import { reduce } from '../../client/live/reduce.js'
import { backoff, MOST_BACKOFF_MS, systemTimers } from '../../client/live/timers.js'
import { acts, type History, play } from './history.js'
import { type ScriptedServer, scriptedServer } from './scriptedServer.js'

let server: ScriptedServer
let room: Chartroom
beforeEach(async () => {
  server = await scriptedServer()
  // Without jitter there is no wait: the dice are the test's.
  room = createNodeChartroom({ url: server.url, timers: { ...systemTimers, random: () => 0 } })
})
afterEach(async () => {
  room.close()
  await server.close()
})

const snapshot = (history: History, n: number): StreamItem => ({
  __typename: 'ChartSnapshot',
  ...history.snapshots[n]!,
})
const events = (list: readonly ChartEvent[]): StreamItem => ({ __typename: 'ChartEvents', events: list })

const EIGHT = play([1, 2, 3, 4, 5, 6, 7, 8].map((at) => ({ act: 'propose' as const, at })))
const lines = (chart: LiveChart): number => chart.getSnapshot().suggestions.length
const shows = (chart: LiveChart, count: number) => chart.until((it) => it.suggestions.length === count)

async function openWith(count: number): Promise<LiveChart> {
  const chart = room.openChart('c', { presence: false })
  await server.subscriptions(1)
  server.send(snapshot(EIGHT, count))
  await chart.ready()
  return chart
}

describe('a stream', () => {
  it('takes an event once, however often it comes', async () => {
    const chart = await openWith(1)
    server.send(events(EIGHT.events.slice(1, 3)))
    server.send(events(EIGHT.events.slice(1, 4)))
    server.send(events(EIGHT.events.slice(0, 5)))
    const { facts } = await shows(chart, 5)
    expect(facts).toMatchObject({ events: 4, duplicates: 6, gaps: 0 })
  })

  it('asks for a snapshot when an event is missing, and shows nothing of what came after it', async () => {
    const chart = await openWith(1)
    server.send(events([EIGHT.events[1]!, EIGHT.events[3]!]))
    await server.subscriptions(2)
    expect(server.asked).toEqual([null, null])
    expect(lines(chart)).toBe(2)
    expect(chart.state).toBe('resuming')
    server.send(snapshot(EIGHT, 6))
    const { facts, state } = await shows(chart, 6)
    expect([facts.gaps, facts.snapshots, state]).toEqual([1, 2, 'live'])
  })

  it('asks for a snapshot when the server does not know the cursor', async () => {
    const chart = await openWith(3)
    server.drop()
    await server.subscriptions(2)
    server.send({ __typename: 'ResyncRequired', resyncReason: 'CURSOR_UNKNOWN' })
    server.complete()
    await server.subscriptions(3)
    const last = EIGHT.snapshots[3]!.cursor
    expect(server.asked).toEqual([null, last, null])
    server.send(snapshot(EIGHT, 8))
    await shows(chart, 8)
  })

  it.each([
    ['is cut', undefined],
    ['is closed because the server restarts', 1012],
    ['is closed because the server is too busy', 1013],
    ['is closed by an error of the server', 4500],
    ['is closed for too many messages', 1008],
  ])('goes on where it stood when its connection %s', async (_how, code) => {
    const chart = await openWith(2)
    server.send(events(EIGHT.events.slice(2, 4)))
    await shows(chart, 4)
    server.drop(code)
    await server.subscriptions(2)
    expect(server.asked[1]).toBe(EIGHT.events[3]!.cursor)
    await chart.until((it) => it.state === 'live')
    server.send(events(EIGHT.events.slice(4)))
    const { facts } = await shows(chart, 8)
    expect(facts).toMatchObject({ snapshots: 1, gaps: 0, duplicates: 0, resumes: 1, events: 6 })
  })

  it('goes on elsewhere when the server stops, and when it has nothing more to say', async () => {
    const chart = await openWith(2)
    server.send({ __typename: 'StreamEnded', endReason: 'SERVER_STOPPING' })
    await server.subscriptions(2)
    server.complete()
    await server.subscriptions(3)
    const { cursor } = EIGHT.snapshots[2]!
    expect(server.asked).toEqual([null, cursor, cursor])
    expect(chart.state).toBe('live')
  })

  it('waits for a server that is away', async () => {
    const chart = await openWith(2)
    let refusals = 0
    server.onPost((path) =>
      path === '/api/auth/socket-ticket' && refusals++ < 3 ? { status: 503, body: { code: 'UNAVAILABLE' } } : undefined,
    )
    server.drop()
    await server.subscriptions(2)
    expect(refusals).toBe(4)
    await chart.until((it) => it.state === 'live')
  })

  it.each(['UNASSIGNED', 'NO_LONGER_VISIBLE', 'SESSION_EXPIRED'] as const)(
    'ends with the server’s reason and keeps nothing: %s',
    async (endReason) => {
      const chart = await openWith(4)
      server.send({ __typename: 'StreamEnded', endReason })
      const ended = await chart.until((it) => it.state === 'ended')
      expect(ended).toMatchObject({ endedReason: endReason, chart: null, suggestions: [], recentEvents: [] })
      expect(server.asked).toHaveLength(1)
    },
  )

  it('ends when the socket is closed as forbidden, and does not come back', async () => {
    const chart = await openWith(4)
    let asked = 0
    server.onPost((path) => {
      if (path === '/api/auth/access') asked++
      return path === '/api/auth/access' ? { status: 401, body: { code: 'UNAUTHENTICATED' } } : undefined
    })
    const signedOut = new Promise<void>((resolve) => void room.onSession(resolve))
    server.drop(4403, 'Session ended')
    const ended = await chart.until((it) => it.state === 'ended')
    expect(ended).toMatchObject({ endedReason: 'UNAUTHENTICATED', chart: null })
    await signedOut
    expect([room.getSession().status, asked, server.connections()]).toEqual(['signedOut', 1, 1])
  })

  it('begins a new chain when the access changed, and forgets the words it had', async () => {
    const chart = await openWith(4)
    let reads = 0
    server.onPost((_path, { query }) =>
      String(query).includes('query DocumentText')
        ? { body: { data: { node: { id: 'v', text: `read ${++reads}`, textLength: 6 } } } }
        : undefined,
    )
    expect(await chart.documentText('v')).toBe('read 1')
    expect(await chart.documentText('v')).toBe('read 1')
    const { suggestions: _, ...rest } = EIGHT.snapshots[6]!
    server.send({
      __typename: 'AccessChanged',
      change: 'NARROWED',
      accessReason: 'RULES',
      snapshot: { ...rest, suggestions: null },
    })
    const narrowed = await chart.until((it) => it.accessNotice !== null)
    expect(narrowed).toMatchObject({ accessNotice: { change: 'NARROWED' }, contentVisible: false, suggestions: [] })
    expect(await chart.documentText('v')).toBe('read 2')
    chart.dismissAccessNotice()
    expect(chart.accessNotice).toBeNull()
    server.send(events(EIGHT.events.slice(6)))
    expect((await chart.until((it) => it.cursor === EIGHT.events[7]!.cursor)).facts.gaps).toBe(0)
  })

  it('shows in the end what happened, whatever went wrong on the way', async () => {
    const faults = fc.array(
      fc.record({
        fault: fc.constantFrom('none', 'none', 'drop', 'lose', 'repeat', 'stop', 'unknown'),
        take: fc.integer({ min: 1, max: 6 }),
      }),
      { maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(acts, faults, async (list, plan) => {
        const history = play(list)
        const peer = await scriptedServer()
        const mine = createNodeChartroom({ url: peer.url, timers: { ...systemTimers, random: () => 0 } })
        try {
          const chart = mine.openChart('c', { presence: false })
          const received: string[] = []
          chart.subscribe(() => {
            const { cursor } = chart.getSnapshot()
            if (cursor !== null && cursor !== received.at(-1)) received.push(cursor)
          })
          let at = 0
          // Every subscription is answered as the real server would, also one nobody waits for: what is sent again from
          // before a snapshot is a gap to its reader.
          peer.onAsked((after) =>
            peer.send(
              after === null ? snapshot(history, at) : events(history.events.slice(cursorAt(history, after), at)),
            ),
          )
          await peer.subscriptions(1)
          for (const { fault, take } of plan) {
            const next = Math.min(history.events.length, at + take)
            const chunk = history.events.slice(at, next)
            const before = peer.asked.length
            if (fault === 'repeat') peer.send(events(history.events.slice(Math.max(0, at - 2), at)))
            at = next
            const lost = fault === 'lose' && chunk.length > 1
            if (chunk.length > 0) peer.send(events(lost ? chunk.slice(1) : chunk))
            if (fault === 'drop') peer.drop()
            if (fault === 'stop') peer.send({ __typename: 'StreamEnded', endReason: 'SERVER_STOPPING' })
            if (fault === 'unknown') peer.send({ __typename: 'ResyncRequired', resyncReason: 'CURSOR_UNKNOWN' })
            if (lost || fault === 'drop' || fault === 'stop' || fault === 'unknown')
              await peer.subscriptions(before + 1)
          }
          const rest = history.events.slice(at)
          at = history.events.length
          peer.send(events(rest))
          const last = history.events.at(-1)?.cursor ?? null
          const shown = await chart.until((it) => it.chart !== null && it.cursor === last && it.state === 'live')
          expect(shown).toMatchObject(reduce(null, { __typename: 'ChartSnapshot', ...history.snapshots.at(-1)! }))
          const order = received.map((cursor) => cursorAt(history, cursor))
          expect(order).toEqual([...order].sort((a, b) => a - b))
        } finally {
          mine.close()
          await peer.close()
        }
      }),
      { numRuns: 40, endOnFailure: true },
    )
  }, 120_000)
})

const cursorAt = (history: History, cursor: string): number =>
  history.events.findIndex((event) => event.cursor === cursor) + 1

describe('a command', () => {
  it('is sent again with the same id and the same bytes when its answer was lost', async () => {
    const bodies: unknown[] = []
    server.onPost((_path, body) => {
      if (!String(body.query).includes('mutation AddComment')) return undefined
      bodies.push(body)
      if (bodies.length === 1) return 'cut'
      if (bodies.length === 2) return { status: 502, body: '<html>' }
      return { body: { data: { addComment: { __typename: 'CommandInvalid', problems: [] } } } }
    })
    const input = { chartId: 'c', body: 'why' }
    const { addComment } = await room.mutate(AddCommentDocument, { input })
    expect(addComment.__typename).toBe('CommandInvalid')
    expect(bodies).toHaveLength(3)
    expect(new Set(bodies.map((it) => JSON.stringify(it))).size).toBe(1)
    expect(bodies[0]).toMatchObject({ variables: { input: { commandId: expect.stringMatching(/^[0-9a-f-]{36}$/) } } })
  })

  it('is not sent again when the server has decided', async () => {
    let sent = 0
    server.onPost((path) => {
      if (path !== '/graphql') return undefined
      sent++
      return { body: { errors: [{ message: 'no', extensions: { code: 'FORBIDDEN', reason: 'ROLE' } }] } }
    })
    await expect(room.mutate(AddCommentDocument, { input: { chartId: 'c', body: 'why' } })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: 'no',
      detail: { reason: 'ROLE' },
    })
    expect(sent).toBe(1)
  })
})

describe('an access token', () => {
  it('is renewed before it expires, and once more when it is refused for another reason', async () => {
    let now = 0
    let made = 0
    const used: number[] = []
    const mine = createNodeChartroom({ url: server.url, timers: { ...systemTimers, now: () => now } })
    server.onPost((path) => {
      if (path === '/api/auth/access')
        return { body: { accessToken: `t${++made}`, expiresIn: 600, organisation: { id: 'o', name: 'Harbor' } } }
      used.push(made)
      if (used.length === 3) return { status: 401, body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } }
      return { body: { data: { viewer: {} } } }
    })
    await Promise.all([mine.query(ViewerDocument, {}), mine.query(ViewerDocument, {})])
    expect(made).toBe(1)
    await mine.query(ViewerDocument, {})
    expect(used).toEqual([1, 1, 1, 2])
    now += 539_000
    await mine.query(ViewerDocument, {})
    expect(made).toBe(2)
    now += 2_000
    await mine.query(ViewerDocument, {})
    expect(made).toBe(3)
    mine.close()
  })
})

describe('back-off', () => {
  it('has full jitter, grows, and is never longer than ten seconds', () => {
    fc.assert(
      fc.property(fc.nat({ max: 5_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, dice) => {
        const wait = backoff(attempt, dice)
        expect(wait).toBeGreaterThanOrEqual(0)
        expect(wait).toBeLessThanOrEqual(MOST_BACKOFF_MS)
        expect(backoff(attempt + 1, dice)).toBeGreaterThanOrEqual(wait)
        expect(backoff(attempt, 0)).toBe(0)
      }),
    )
  })
})
