import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Chartroom, LiveChart, StreamItem, Timers } from '../../client/live/index.js'
import { createNodeChartroom } from '../../client/live/node.js'
import { LONGEST_WAIT_SECONDS } from '../../client/live/queue.js'
import { systemTimers } from '../../client/live/timers.js'
import { testServer } from '../support/server.js'
import { type History, play } from './history.js'
import { type Reply, type ScriptedServer, scriptedServer } from './scriptedServer.js'

const snapshot = (history: History, n: number): StreamItem => ({
  __typename: 'ChartSnapshot',
  ...history.snapshots[n]!,
})
const THREE = play([1, 2, 3].map((at) => ({ act: 'propose' as const, at })))
/** Every wait short and the same: from 5 ms up to a fifth of a second. */
const SAME_TIMERS: Timers = { ...systemTimers, random: () => 0.02 }

interface Sent {
  readonly commandId: string
  readonly mutation: string
  readonly input: Readonly<Record<string, unknown>>
}

/** A server that can be cut off, and keeps what it was told: each command once, as the real one does. */
class Peer {
  readonly attempts: Sent[] = []
  readonly done: Sent[] = []
  away = false
  /** What it does is done, and nobody hears of it. */
  mute = false

  constructor(readonly server: ScriptedServer) {
    server.onPost((path, body) => this.#answer(path, body))
  }

  leave(): void {
    this.away = true
    this.server.cut()
  }

  #answer(path: string, { query, variables }: Record<string, unknown>): Reply | undefined {
    if (this.away) return 'cut'
    const mutation = /mutation (\w+)/.exec(String(query))?.[1]
    if (path !== '/graphql' || !mutation || mutation === 'Focus') return undefined
    const { commandId, ...input } = (variables as { input: Record<string, unknown> }).input
    const sent = { commandId: String(commandId), mutation, input }
    this.attempts.push(sent)
    if (!this.done.some((it) => it.commandId === sent.commandId)) this.done.push(sent)
    if (this.mute) return 'cut'
    const field = `${mutation[0]!.toLowerCase()}${mutation.slice(1)}`
    return { body: { data: { [field]: { __typename: 'CommandInvalid', problems: [] } } } }
  }
}

describe('commands while the server cannot be reached', () => {
  let server: ScriptedServer
  let peer: Peer
  let room: Chartroom
  beforeEach(async () => {
    server = await scriptedServer()
    peer = new Peer(server)
    server.onAsked(() => server.send(snapshot(THREE, 3)))
    room = createNodeChartroom({ url: server.url, timers: SAME_TIMERS })
  })
  afterEach(async () => {
    room.close()
    await server.close()
  })

  async function open(from: Chartroom = room): Promise<LiveChart> {
    const chart = from.openChart('c', { presence: false })
    await chart.ready()
    return chart
  }
  const ids = (chart: LiveChart) => chart.getSnapshot().suggestions.map(({ id }) => id) as [string, string, string]

  it('wait, are told, stay drawn, and go out in the order in which they were asked for', async () => {
    const chart = await open()
    const [first, second] = ids(chart)
    peer.leave()
    await chart.until((it) => it.state === 'offline')
    const outcomes = Promise.all([
      chart.decide(first, { decision: 'ACCEPT' }),
      chart.decide(first, { decision: 'ACCEPT', poa: 'Y' }),
      chart.addComment({ body: 'written offline' }),
      chart.claim(),
      chart.decide(second, { decision: 'REJECT', reason: 'history only' }),
    ])
    const waiting = await chart.until((it) => it.queued.length === 5 && it.queued[0]!.attempted)
    expect(waiting.queued).toMatchObject([
      { chartId: 'c', command: 'decide', subject: first, attempted: true },
      { command: 'decide', subject: first, attempted: false },
      { command: 'addComment', attempted: false },
      { command: 'claim', subject: null, attempted: false },
      { command: 'decide', subject: second, attempted: false },
    ])
    expect(room.queued()).toEqual(waiting.queued)
    expect(waiting.suggestions.find(({ id }) => id === first)).toMatchObject({ status: 'ACCEPTED', poa: 'Y' })
    expect(waiting.suggestions.find(({ id }) => id === second)).toMatchObject({ status: 'REJECTED' })
    expect(waiting.comments.map(({ body }) => body)).toEqual(['written offline'])
    expect(peer.done).toEqual([])

    peer.away = false
    expect((await outcomes).map((it) => it.__typename)).toEqual(Array(5).fill('CommandInvalid'))
    expect(peer.done.map(({ mutation, input }) => [mutation, input.suggestionId ?? null])).toEqual([
      ['DecideOnSuggestion', first],
      ['DecideOnSuggestion', first],
      ['AddComment', null],
      ['ClaimChart', null],
      ['DecideOnSuggestion', second],
    ])
    const after = await chart.until((it) => it.state === 'live' && it.queued.length === 0)
    // What did not come about is not drawn any more.
    expect(after.suggestions.every(({ status }) => status === 'PROPOSED')).toBe(true)
    expect(after.comments).toEqual([])
  })

  it('are each done once and in order, whatever goes away and comes back in between', async () => {
    const steps = fc.array(
      fc.constantFrom('decide', 'decide', 'comment', 'comment', 'leave', 'return', 'mute', 'speak'),
      { maxLength: 25 },
    )
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const own = await scriptedServer()
        const other = new Peer(own)
        own.onAsked(() => own.send(snapshot(THREE, 3)))
        const mine = createNodeChartroom({ url: own.url, timers: SAME_TIMERS })
        try {
          const chart = await open(mine)
          const [line] = ids(chart)
          const asked: Promise<unknown>[] = []
          let gone = false
          let outstanding = 0
          const inOrder: string[] = []
          for (const [i, step] of list.entries()) {
            const body = `comment ${i}`
            if (step === 'decide') asked.push(chart.decide(line, { decision: 'REJECT', reason: body }))
            if (step === 'comment') asked.push(chart.addComment({ body }))
            if (step === 'decide' || step === 'comment') inOrder.push(body)
            if (step === 'leave') {
              gone = true
              other.leave()
              await chart.until((it) => it.state !== 'live')
            }
            if (step === 'return') {
              other.away = false
              if (gone) await chart.until((it) => it.state === 'live')
              gone = false
            }
            if (step === 'mute') other.mute = true
            if (step === 'speak') other.mute = false
            if (step === 'decide' || step === 'comment') outstanding++
            // Each is seen to wait, or to be done, before the next is asked for, so that there is an order to speak of.
            if (gone || other.mute) await chart.until((it) => it.queued.length === outstanding)
            else await Promise.all(asked).then(() => (outstanding = 0))
          }
          other.away = false
          other.mute = false
          await Promise.all(asked)
          expect(other.done.map(({ input }) => input.body ?? input.reason)).toEqual(inOrder)
          const bytes = new Map<string, Set<string>>()
          for (const sent of other.attempts)
            bytes.set(sent.commandId, (bytes.get(sent.commandId) ?? new Set()).add(JSON.stringify(sent)))
          expect([...bytes.values()].every(({ size }) => size === 1)).toBe(true)
          expect(mine.queued()).toEqual([])
        } finally {
          mine.close()
          await own.close()
        }
      }),
      { numRuns: 25, endOnFailure: true },
    )
  }, 120_000)

  it('are limited in number: one too many is refused at once, by name, and is not drawn', async () => {
    const small = createNodeChartroom({ url: server.url, timers: SAME_TIMERS, queue: { most: 2 } })
    const chart = await open(small)
    const [first, second, third] = ids(chart)
    peer.leave()
    await chart.until((it) => it.state === 'offline')
    const taken = [chart.decide(first, { decision: 'ACCEPT' }), chart.decide(second, { decision: 'ACCEPT' })]
    await chart.until((it) => it.queued.length === 2)
    await expect(chart.decide(third, { decision: 'ACCEPT' })).rejects.toMatchObject({ code: 'QUEUE_FULL' })
    expect(chart.getSnapshot().suggestions.filter(({ status }) => status === 'ACCEPTED')).toHaveLength(2)
    peer.away = false
    await Promise.all(taken)
    expect(peer.done).toHaveLength(2)
    small.close()
  })

  it('are limited in age: too late they are given up, and it is said whether they may have been carried out', async () => {
    const clock = movedClock()
    const old = createNodeChartroom({ url: server.url, timers: clock.timers })
    const chart = await open(old)
    const [first, second] = ids(chart)
    peer.mute = true
    const lost = chart.decide(first, { decision: 'ACCEPT' })
    lost.catch(() => {})
    await chart.until((it) => it.queued[0]?.attempted === true)
    const never = chart.decide(second, { decision: 'ACCEPT' })
    never.catch(() => {})
    await chart.until((it) => it.queued.length === 2)
    peer.away = true
    clock.advance(LONGEST_WAIT_SECONDS * 1_000)
    await expect(lost).rejects.toMatchObject({ code: 'QUEUE_EXPIRED', detail: { maybeDone: true } })
    await expect(never).rejects.toMatchObject({ code: 'QUEUE_EXPIRED', detail: { maybeDone: false } })
    const after = await chart.until((it) => it.queued.length === 0)
    expect(after.suggestions.every(({ status }) => status === 'PROPOSED')).toBe(true)
    expect(new Set(peer.done.map(({ input }) => input.suggestionId))).toEqual(new Set([first]))
    old.close()
  })

  it('go out also where their chart was closed meanwhile', async () => {
    const chart = await open()
    peer.leave()
    await chart.until((it) => it.state === 'offline')
    const commented = chart.addComment({ body: 'on my way out' })
    await chart.until((it) => it.queued.length === 1)
    chart.close()
    expect(room.queued()).toHaveLength(1)
    peer.away = false
    expect((await commented).__typename).toBe('CommandInvalid')
    expect(room.queued()).toEqual([])
  })

  it('are dropped with the sign-in: nothing of one person is ever sent as another', async () => {
    const chart = await open()
    peer.leave()
    await chart.until((it) => it.state === 'offline')
    const commented = chart.addComment({ body: 'not yours' })
    commented.catch(() => {})
    await chart.until((it) => it.queued.length === 1)
    await room.signOut().catch(() => {})
    await expect(commented).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    peer.away = false
    expect(await room.restore()).toBe(true)
    const again = await open()
    await again.addComment({ body: 'mine' })
    expect(peer.done.map(({ input }) => input.body)).toEqual(['mine'])
  })
})

describe('commands that waited, on the real server', () => {
  it('meet what others did meanwhile: conflicts with all sides, and the rest goes through', async () => {
    const server = await testServer()
    const credentials = { email: 'coder@demo.test', password: server.demo.password }
    const network = cuttable()
    const mine = createNodeChartroom({ url: server.url, credentials, fetch: network.fetch, timers: SAME_TIMERS })
    const theirs = createNodeChartroom({ url: server.url, credentials })
    try {
      const { chartId, suggestionIds } = await server.addChart({
        coder: 'coder@demo.test',
        lines: [{ code: 'I10' }, { code: 'E11.9' }],
      })
      const [clashing, quiet] = suggestionIds as [string, string]
      const chart = mine.openChart(chartId)
      const other = theirs.openChart(chartId)
      await Promise.all([chart.ready(), other.ready(), mine.viewer()])
      network.cut = true
      chart.simulateDrop()
      await chart.until((it) => it.state === 'offline')
      const outcomes = Promise.all([
        chart.decide(clashing, { decision: 'ACCEPT', poa: 'Y' }),
        chart.decide(quiet, { decision: 'ACCEPT', poa: 'Y' }),
        chart.decide(quiet, { decision: 'ACCEPT', poa: 'N' }),
        chart.setAbstract('PAYER', 'Medicaid'),
        chart.addComment({ body: 'typed while away' }),
      ])
      await chart.until((it) => it.queued.length === 5)
      await other.decide(clashing, { decision: 'REJECT', reason: 'history only' })
      network.cut = false
      expect((await outcomes).map((it) => it.__typename)).toEqual([
        'SuggestionChanged',
        'SuggestionDecided',
        'SuggestionDecided',
        'ChartSaved',
        'CommentSaved',
      ])
      const shown = await chart.until((it) => it.state === 'live' && it.pending.size === 0 && it.queued.length === 0)
      expect(shown.conflicts).toMatchObject([
        { kind: 'suggestion', suggestionId: clashing, theirs: { status: 'REJECTED' }, yours: { decision: 'ACCEPT' } },
      ])
      await other.until((it) => it.cursor === shown.cursor)
      expect(other.getSnapshot().suggestions).toEqual(shown.suggestions)
      expect(shown.suggestions.map(({ id, status, poa }) => [id, status, poa])).toEqual([
        [quiet, 'ACCEPTED', 'N'],
        [clashing, 'REJECTED', null],
      ])
      expect(shown.facts).toMatchObject({ gaps: 0, duplicates: 0, snapshots: 1 })
    } finally {
      mine.close()
      theirs.close()
      await server.close()
    }
  }, 90_000)
})

/** A network that can be taken away: what would be sent fails as it does without one. */
function cuttable(): { cut: boolean; fetch: typeof globalThis.fetch } {
  const network: ReturnType<typeof cuttable> = {
    cut: false,
    fetch: ((input, init) =>
      network.cut ? Promise.reject(new TypeError('fetch failed')) : fetch(input, init)) as typeof globalThis.fetch,
  }
  return network
}

/** Real timers for what is short; what is longer than a minute comes when the test says that so much time has passed. */
function movedClock(): { timers: Timers; advance(milliseconds: number): void } {
  const late = new Map<object, { at: number; callback: () => void }>()
  let moved = 0
  const now = (): number => Date.now() + moved
  return {
    timers: {
      now,
      random: () => 0.02,
      setTimeout(callback, milliseconds) {
        if (milliseconds < 60_000) return systemTimers.setTimeout(callback, milliseconds)
        const handle = {}
        late.set(handle, { at: now() + milliseconds, callback })
        return handle
      },
      clearTimeout(handle) {
        if (!late.delete(handle as object)) systemTimers.clearTimeout(handle)
      },
    },
    advance(milliseconds) {
      moved += milliseconds
      for (const [handle, { at, callback }] of [...late]) {
        if (at > now() || !late.delete(handle)) continue
        callback()
      }
    },
  }
}
