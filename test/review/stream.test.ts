import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { DATABASE } from '../../server/auth/request.js'
import { pendChart } from '../../server/charts/pendChart.command.js'
import { openDatabase } from '../../server/db/pool.js'
import { type ServiceKey, Services } from '../../server/kernel/services.js'
import { Hub } from '../../server/live/hub.js'
import { HUB, startWaker, WAKER, type Waker } from '../../server/live/wake.js'
import { addComment } from '../../server/review/addComment.command.js'
import { decideOnSuggestion } from '../../server/suggestions/decideOnSuggestion.command.js'
import { setAbstract } from '../../server/suggestions/setAbstract.command.js'
import {
  type AddedChart,
  addChart,
  addPart,
  type ChartWorld,
  chartWorld,
  lastCursor,
  memberId,
  requestAs,
} from '../support/charts.js'
import { type Event, Follower, subscribeAs } from './streamSupport.js'

const CODER = 'coder@demo.test'
const REVIEWER = 'reviewer@demo.test'
const SUPERVISOR = 'supervisor@demo.test'
const AUDITOR = 'auditor@demo.test'
/** The classes that decide what of the log each of them is told, written down from the design's table. */
const SEES: Readonly<Record<string, readonly string[]>> = {
  [CODER]: ['WORK', 'ACCOUNT_REF', 'IDENTITY', 'CLINICAL'],
  [REVIEWER]: ['WORK', 'ACCOUNT_REF', 'IDENTITY', 'CLINICAL', 'QUALITY'],
  [SUPERVISOR]: ['WORK', 'ACCOUNT_REF', 'MONEY'],
  [AUDITOR]: ['WORK', 'ACCOUNT_REF'],
}

let world: ChartWorld
beforeAll(async () => void (world = await chartWorld()))
afterAll(() => world.close())
afterEach(() => {
  expect(world.hub.size).toBe(0)
  expect(world.errors).toEqual([])
})

const commandId = (): string => randomUUID()
const say = (email: string, chartId: string, body: string) =>
  addComment(requestAs(world, email), { commandId: commandId(), chartId, body })

async function shared(lines = 6): Promise<AddedChart> {
  const chart = await addChart(world, { coder: CODER, lines: Array.from({ length: lines }, () => ({ code: 'I10' })) })
  await addPart(world, chart.chartId, REVIEWER, 'SECOND_LOOK')
  return chart
}

interface Logged {
  seq: string
  cursor: string
  type: string
  classes: string[]
}
const logOf = (chartId: string) => world.db.ownerSql<Logged[]>`
  select seq, cursor, type, classes from chart_event where stream_id = ${chartId} order by seq`
const visibleTo = (email: string, log: readonly Logged[]): string[] =>
  log.filter((e) => e.classes.some((c) => SEES[email]!.includes(c))).map((e) => e.cursor)

/** Each event once, in order, each naming the one before it: from `first` on. */
function chained(events: readonly Event[], first: string | null): void {
  let previous = first
  for (const event of events) {
    expect(event.previous).toBe(previous)
    previous = event.cursor
  }
}

describe('a chart’s stream', () => {
  it.each([
    ['served together', false],
    ['each alone', true],
  ])(
    'is whole for everyone under concurrent writers, whenever they come, go and come back: %s',
    async (_how, alone) => {
      let resumed = 0
      for (const seed of [1, 2, 3, 4]) {
        const random = randomFrom(seed)
        const { chartId, suggestionIds } = await shared()
        const acts = writers(chartId, suggestionIds, random)
        let writing = true
        const watching = [CODER, CODER, REVIEWER, SUPERVISOR, AUDITOR].map(async (email) => {
          await turns(random(12))
          const open = (after?: string | null) => Follower.on(world, email, chartId, after, undefined, undefined, alone)
          let follower = await open()
          const snapshotted = await follower.untilType('ChartSnapshot')
          const start = (snapshotted.items[0] as { cursor: string | null }).cursor
          const versions = versionsIn(follower)
          const received: Event[] = []
          while (writing && random(5) > 0) {
            const wanted = random(3)
            await Promise.race([follower.until(() => follower.events.length >= wanted), acts])
            await follower.stop()
            received.push(...follower.events)
            follower = await open(received.at(-1)?.cursor ?? start)
            resumed++
          }
          await acts
          const expected = visibleTo(email, await logOf(chartId))
          const from = start === null ? 0 : expected.indexOf(start) + 1
          const last = expected.at(-1)!
          if ((received.at(-1)?.cursor ?? start) !== last) await follower.untilCursor(last)
          await follower.stop()
          received.push(...follower.events)
          expect(received.map((e) => e.cursor)).toEqual(expected.slice(from))
          chained(received, start)
          return { email, versions: after(versions, received) }
        })
        await acts
        writing = false
        const ends = await Promise.all(watching)
        // What the coder holds is what is in the database: snapshot and events left nothing out.
        const lines = await world.db.ownerSql<{ id: string; version: number }[]>`
        select id, version from suggestion where chart_id = ${chartId}`
        const truth = Object.fromEntries(lines.map((l) => [l.id, l.version]))
        for (const { email, versions } of ends) if (email === CODER) expect(versions).toEqual(truth)
      }
      expect(resumed).toBeGreaterThan(5)
    },
    120_000,
  )

  it('after a cursor is exactly what follows it, from every visible cursor there is', async () => {
    const { chartId, suggestionIds } = await shared(3)
    await writers(chartId, suggestionIds, randomFrom(9))
    const log = await logOf(chartId)
    for (const email of [CODER, SUPERVISOR]) {
      const expected = visibleTo(email, log)
      for (const [i, cursor] of expected.slice(0, -1).entries()) {
        const follower = await Follower.on(world, email, chartId, cursor)
        await follower.untilCursor(expected.at(-1)!)
        await follower.stop()
        expect(follower.items.map((item) => item.__typename)).toEqual(['ChartEvents'])
        expect(follower.cursors).toEqual(expected.slice(i + 1))
        chained(follower.events, cursor)
      }
    }
  })

  it('answers one and the same where a cursor is unknown, hidden today, of another chart, or no id', async () => {
    const { chartId } = await shared(1)
    await say(CODER, chartId, 'hidden from a supervisor')
    const hidden = await lastCursor(world, chartId)
    const other = await lastCursor(world, (await shared(1)).chartId)
    const answers: unknown[] = []
    for (const cursor of [hidden, randomUUID(), other, 'x', hidden.toUpperCase()]) {
      const follower = await Follower.on(world, SUPERVISOR, chartId, cursor)
      await follower.over
      answers.push(follower.items)
    }
    for (const answer of answers) expect(answer).toEqual([{ __typename: 'ResyncRequired', reason: 'CURSOR_UNKNOWN' }])
  })

  it('is not found where the chart is absent, hidden, foreign, or no id, and not opened for the signed-out', async () => {
    const foreign = await addChart(world, { organisation: 'lakeside', coder: 'lakeside@demo.test' })
    const hidden = await addChart(world, { restricted: true })
    for (const id of [randomUUID(), foreign.chartId, hidden.chartId, 'x', ''])
      for (const email of [CODER, SUPERVISOR])
        await expect(Follower.on(world, email, id)).rejects.toMatchObject({ code: 'NOT_FOUND', detail: {} })
    const claims = { ...world.claims.get(CODER)!, sessionId: randomUUID() }
    const { chartStream } = await import('../../server/review/chartStream.js')
    await expect(chartStream(world.services, claims, hidden.chartId, null)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    })
  })

  it('catches up with more than a batch in order', async () => {
    const { chartId } = await shared(1)
    const start = await lastCursor(world, chartId)
    for (let i = 0; i < 45; i++) await Promise.all([1, 2, 3, 4, 5].map((k) => say(CODER, chartId, `${i}.${k}`)))
    const expected = visibleTo(CODER, await logOf(chartId))
    const follower = await Follower.on(world, CODER, chartId, start)
    await follower.untilCursor(expected.at(-1)!)
    await follower.stop()
    expect(follower.cursors).toEqual(expected.slice(expected.indexOf(start) + 1))
    expect(follower.items.length).toBeGreaterThan(1)
    chained(follower.events, start)
  })

  it('ends at once for one who leaves while it waits, and leaves nobody behind', async () => {
    const { chartId } = await shared(1)
    const { chartStream } = await import('../../server/review/chartStream.js')
    const iterator = await chartStream(world.services, world.claims.get(CODER)!, chartId, null)
    await iterator.next()
    const waiting = iterator.next()
    expect(world.hub.size).toBe(1)
    const left = iterator.return!()
    expect(world.hub.size).toBe(0)
    expect(await left).toEqual({ value: undefined, done: true })
    expect(await waiting).toEqual({ value: undefined, done: true })
    expect(await iterator.next()).toEqual({ value: undefined, done: true })
    // One that leaves before it ever asked, and one whose look is under way.
    const second = await chartStream(world.services, world.claims.get(CODER)!, chartId, null)
    await second.return!()
    const third = await chartStream(world.services, world.claims.get(CODER)!, chartId, null)
    const looking = third.next()
    await third.return!()
    expect(world.hub.size).toBe(0)
    await looking
    expect(await third.next()).toEqual({ value: undefined, done: true })
  })
})

describe('what each is sent', () => {
  const DOCUMENT = `subscription ($id: ID!) { chartStream(chartId: $id) {
    __typename
    ... on ChartSnapshot { cursor chart { id status accountNumber disposition totalChargesCents access { masked { field reason } can } }
      documents { id } suggestions { id code } comments { body } order { version principalId } edits { message } }
    ... on ChartEvents { events { cursor previous type actor { displayName }
      chart { status accountNumber disposition attendingProvider totalChargesCents }
      suggestion { id code title reason decisionReason } order { version principalId suggestionIds } edits { message ruleId }
      comment { body } pend { reason note } } }
    ... on AccessChanged { change snapshot { cursor } }
    ... on StreamEnded { reason }
  } }`

  it('is the projection of their sight, no more and no less', async () => {
    const { chartId, suggestionIds } = await addChart(world, {
      coder: CODER,
      disposition: 'DISPOSITION-CANARY',
      attendingProvider: 'PROVIDER-CANARY',
      accountNumber: 'ACCOUNT-CANARY',
      totalChargesCents: 4_215_00,
      lines: [{ code: 'I10', reason: 'REASON-CANARY' }],
    })
    await addPart(world, chartId, REVIEWER, 'SECOND_LOOK')
    const people = [CODER, REVIEWER, SUPERVISOR, AUDITOR]
    const followers = await Promise.all(people.map((email) => subscribeAs(world, email, DOCUMENT, { id: chartId })))
    await Promise.all(followers.map((f) => f.untilType('ChartSnapshot')))
    await say(CODER, chartId, 'COMMENT-CANARY')
    await decideOnSuggestion(requestAs(world, REVIEWER), {
      commandId: commandId(),
      suggestionId: suggestionIds[0]!,
      seenVersion: 1,
      decision: 'REJECT',
      reason: 'DECISION-CANARY',
    })
    await setAbstract(requestAs(world, CODER), {
      commandId: commandId(),
      chartId,
      field: 'DISPOSITION',
      seenVersion: 1,
      value: 'DISPOSITION-CANARY-2',
    })
    await pendChart(requestAs(world, CODER), { commandId: commandId(), chartId, reason: 'OTHER', note: 'NOTE-CANARY' })
    const log = await logOf(chartId)
    const sent = await Promise.all(
      followers.map(async (follower, i) => {
        await follower.untilCursor(log.at(-1)!.cursor)
        await follower.stop()
        expect(follower.cursors).toEqual(visibleTo(people[i]!, log.slice(-4)))
        chained(follower.events, (follower.items[0] as { cursor: string }).cursor)
        return JSON.stringify(follower.items)
      }),
    )
    const CLINICAL = [
      'DISPOSITION-CANARY',
      'DISPOSITION-CANARY-2',
      'PROVIDER-CANARY',
      'REASON-CANARY',
      'COMMENT-CANARY',
      'DECISION-CANARY',
      'NOTE-CANARY',
      '"I10"',
    ]
    const seen = (canary: string) => people.filter((_, i) => sent[i]!.includes(canary))
    for (const canary of CLINICAL) expect(seen(canary), canary).toEqual([CODER, REVIEWER])
    expect(seen('ACCOUNT-CANARY')).toEqual(people)
    expect(seen('421500')).toEqual([SUPERVISOR])
    // The work is there for all: that a line was rejected, by whom, that the chart waits and why.
    expect(seen('SUGGESTION_REJECTED')).toEqual(people)
    expect(seen('CHART_PENDED')).toEqual(people)
    // A comment, and a change of a clinical field, leave no hole to count.
    expect(seen('COMMENT_ADDED')).toEqual([CODER, REVIEWER])
    expect(seen('ABSTRACT_CHANGED')).toEqual([CODER, REVIEWER])
  })
})

describe('across nodes', () => {
  let services: Services
  let hub: Hub
  let waker: Waker
  let close: () => Promise<void>
  const trouble: string[] = []
  beforeAll(async () => {
    const database = openDatabase({ url: world.db.applicationUrl })
    hub = new Hub()
    waker = await startWaker(database, hub, world.db.vault, (what) => void trouble.push(what))
    services = new SecondNode(world.services)
    services.provide(DATABASE, database).provide(HUB, hub).provide(WAKER, waker)
    close = async () => {
      await waker.close()
      await database.close()
    }
  })
  afterAll(() => close())
  afterEach(() => expect(hub.size).toBe(0))

  /** Followed in a way that no sweep ever wakes: only a notice does. */
  async function deaf(chartId: string): Promise<{ woken: () => Promise<void>; leave: () => void }> {
    const [row] = await world.db.ownerSql<{ epoch: string }[]>`
      select m.access_epoch || '.' || o.access_epoch || '/' || c.access_epoch || '.' || f.access_epoch as epoch
      from chart c join facility f on f.id = c.facility_id join organisation o on o.id = c.org_id, member m
      where c.id = ${chartId} and m.id = ${memberId(world, CODER)}`
    let tell: () => void = () => {}
    const claims = world.claims.get(CODER)!
    const leave = hub.add({
      orgId: claims.orgId,
      streamId: chartId,
      memberId: memberId(world, CODER),
      sessionId: claims.sessionId,
      position: () => Number.POSITIVE_INFINITY,
      epoch: () => row!.epoch,
      wake: () => tell(),
    })
    return { woken: () => new Promise((resolve) => (tell = resolve)), leave }
  }

  it('a commit on one node wakes a follower on another, and the events are the same', async () => {
    const { chartId } = await shared(1)
    const far = await Follower.on(world, CODER, chartId, null, services)
    const near = await Follower.on(world, CODER, chartId)
    await Promise.all([far, near].map((f) => f.untilType('ChartSnapshot')))
    const ear = await deaf(chartId)
    const woken = ear.woken()
    await say(REVIEWER, chartId, 'from the other node')
    await woken
    ear.leave()
    const cursor = await lastCursor(world, chartId)
    await Promise.all([far, near].map((f) => f.untilCursor(cursor)))
    await Promise.all([far, near].map((f) => f.stop()))
    expect(far.events).toEqual(near.events)
  })

  it('a lost listener costs delay and nothing else, and hears again', async () => {
    const { chartId } = await shared(1)
    const far = await Follower.on(world, CODER, chartId, null, services)
    await far.untilType('ChartSnapshot')
    const ear = await deaf(chartId)
    // Nothing ever happens on this one: only a listener that came back wakes who follows it.
    const silent = await deaf((await shared(1)).chartId)
    const relistened = silent.woken()
    const lost = await world.db.ownerSql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'chartroom-signals'`
    expect(lost.length).toBeGreaterThanOrEqual(2)
    const said = [1, 2, 3].map((i) => say(REVIEWER, chartId, `while nobody listens ${i}`))
    await Promise.all(said)
    await far.untilCursor(await lastCursor(world, chartId))
    // The listener is back: it wakes all, and then hears notices again.
    await relistened
    silent.leave()
    const heard = ear.woken()
    await say(REVIEWER, chartId, 'heard again')
    await heard
    ear.leave()
    await far.untilCursor(await lastCursor(world, chartId))
    await far.stop()
    const expected = visibleTo(CODER, await logOf(chartId))
    const start = (far.items[0] as { cursor: string }).cursor
    expect(far.cursors).toEqual(expected.slice(expected.indexOf(start) + 1))
    chained(far.events, start)
    // Notices that could not be sent while the connection was gone are trouble that is told, not an error.
    world.errors.splice(0)
  }, 60_000)
})

/** What it was not given of its own it shares with the first node: keys, tables, the clock. */
class SecondNode extends Services {
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

// ---- writers and small helpers --------------------------------------------------------------------------------------

/** Two people at work on one chart; every act lands or conflicts, and all of them are over when this resolves. */
async function writers(
  chartId: string,
  suggestionIds: readonly string[],
  random: (below: number) => number,
): Promise<void> {
  const one = async (email: string) => {
    for (let i = 0; i < 10; i++) {
      await turns(random(4))
      const suggestionId = suggestionIds[random(suggestionIds.length)]!
      const seenVersion = 1 + random(3)
      const decision = random(2) ? ({ decision: 'ACCEPT' } as const) : ({ decision: 'REJECT', reason: 'no' } as const)
      if (random(3))
        await decideOnSuggestion(requestAs(world, email), {
          commandId: commandId(),
          suggestionId,
          seenVersion,
          ...decision,
        })
      else await say(email, chartId, `${email} ${i}`)
    }
  }
  await Promise.all([one(CODER), one(REVIEWER), one(CODER)])
}

function versionsIn(follower: Follower): Record<string, number> {
  const [first] = follower.items
  if (first?.__typename !== 'ChartSnapshot') throw new Error('no snapshot')
  return Object.fromEntries(first.suggestions.map((s) => [s.id, s.version]))
}

function after(versions: Record<string, number>, events: readonly Event[]): Record<string, number> {
  const now = { ...versions }
  for (const { suggestion, replacement } of events)
    for (const line of [suggestion, replacement]) if (line) now[line.id] = line.version
  return now
}

/** So many turns of the event loop: lets others go first, without a clock. */
async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve))
}

function randomFrom(seed: number): (below: number) => number {
  let state = seed * 7_919
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}
