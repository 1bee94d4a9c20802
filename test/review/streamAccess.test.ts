import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Claims } from '../../server/auth/request.js'
import { claimChart } from '../../server/charts/claimChart.command.js'
import { pendChart } from '../../server/charts/pendChart.command.js'
import { releaseChart } from '../../server/charts/releaseChart.command.js'
import { unpendChart } from '../../server/charts/unpendChart.command.js'
import { WAKER } from '../../server/live/wake.js'
import { addComment } from '../../server/review/addComment.command.js'
import { chartStream } from '../../server/review/chartStream.js'
import { decideOnSuggestion } from '../../server/suggestions/decideOnSuggestion.command.js'
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
import { Follower, type Item, signInAnew, subscribeAs } from './streamSupport.js'

const CODER = 'coder@demo.test'
const CODER2 = 'coder2@demo.test'
const REVIEWER = 'reviewer@demo.test'

let world: ChartWorld
beforeAll(async () => void (world = await chartWorld()))
afterAll(() => world.close())
afterEach(() => {
  expect(world.hub.size).toBe(0)
  expect(world.errors).toEqual([])
})

const commandId = (): string => randomUUID()
const say = (email: string, chartId: string, body = 'a comment') =>
  addComment(requestAs(world, email), { commandId: commandId(), chartId, body })
const release = (email: string, chartId: string) =>
  releaseChart(requestAs(world, email), { commandId: commandId(), chartId })
let waits = false
/** Make it wait, and then again not: a change that everyone who sees the chart sees. */
const pend = async (chartId: string): Promise<void> => {
  waits = !waits
  const request = requestAs(world, CODER2)
  if (waits) await pendChart(request, { commandId: commandId(), chartId, reason: 'MISSING_DOCUMENT' })
  else await unpendChart(request, { commandId: commandId(), chartId })
}
const claim = (email: string, chartId: string) =>
  claimChart(requestAs(world, email), { commandId: commandId(), chartId })

async function shared(): Promise<AddedChart> {
  const chart = await addChart(world, { coder: CODER, lines: [{ code: 'I10' }, { code: 'E11.9' }] })
  await addPart(world, chart.chartId, REVIEWER, 'SECOND_LOOK')
  return chart
}

const changes = (items: readonly Item[]): string[] =>
  items.flatMap((i) => (i.__typename === 'AccessChanged' ? [i.change] : []))
const changed = (n: number) => (items: readonly Item[]) => changes(items).length >= n
const ending = (follower: Follower): unknown => follower.items.at(-1)

describe('an open stream', () => {
  it('narrows when its coder gives the chart back, and opens for the next who claims it', async () => {
    const { chartId, suggestionIds } = await shared()
    const DOCUMENT = `subscription ($id: ID!) { chartStream(chartId: $id) { __typename
      ... on ChartSnapshot { cursor chart { disposition access { can } } suggestions { code } comments { body } }
      ... on ChartEvents { events { cursor previous type chart { disposition } comment { body } suggestion { code } } }
      ... on AccessChanged { change snapshot { cursor chart { disposition access { can } } suggestions { code } comments { body } } } } }`
    await say(CODER, chartId, 'CANARY before')
    const one = await subscribeAs(world, CODER, DOCUMENT, { id: chartId })
    const two = await subscribeAs(world, CODER2, DOCUMENT, { id: chartId })
    await Promise.all([one, two].map((f) => f.untilType('ChartSnapshot')))
    expect(JSON.stringify(one.items)).toContain('CANARY before')
    expect(JSON.stringify(two.items)).not.toContain('CANARY')

    await release(CODER, chartId)
    await one.until(changed(1))
    await say(REVIEWER, chartId, 'CANARY between')
    await claim(CODER2, chartId)
    await two.until(changed(1))
    const cursor = await lastCursor(world, chartId)
    await one.untilCursor(cursor)
    await decideOnSuggestion(requestAs(world, REVIEWER), {
      commandId: commandId(),
      suggestionId: suggestionIds[0]!,
      seenVersion: 1,
      decision: 'ACCEPT',
    })
    await Promise.all([one, two].map(async (f) => f.untilCursor(await lastCursor(world, chartId))))
    await Promise.all([one, two].map((f) => f.stop()))

    expect(changes(one.items)).toEqual(['NARROWED'])
    expect(changes(two.items)).toEqual(['RESTORED'])
    const at = one.items.findIndex((i) => i.__typename === 'AccessChanged')
    const since = JSON.stringify(one.items.slice(at))
    for (const canary of ['CANARY', '"I10"', '"E11.9"', '"01"']) expect(since, canary).not.toContain(canary)
    expect(one.items[at]).toMatchObject({
      snapshot: { suggestions: null, comments: null, chart: { disposition: null, access: { can: ['read', 'claim'] } } },
    })
    const restored = two.items.find((i) => i.__typename === 'AccessChanged')
    expect(restored).toMatchObject({
      snapshot: {
        chart: { disposition: '01' },
        suggestions: expect.arrayContaining([{ code: 'I10' }, { code: 'E11.9' }]),
      },
    })
    expect(JSON.stringify(restored)).toContain('CANARY between')
    // The chain that begins with the new snapshot goes on from its cursor.
    const chain = two.items
      .slice(two.items.indexOf(restored!) + 1)
      .flatMap((i) => (i.__typename === 'ChartEvents' ? i.events : []))
    expect(chain[0]!.previous).toBe((restored as { snapshot: { cursor: string } }).snapshot.cursor)
    expect(chain.at(-1)).toMatchObject({ type: 'SUGGESTION_ACCEPTED', suggestion: { code: 'I10' } })
  })

  it('never sends what was committed after the change under the sight of before', async () => {
    let between = 0
    for (let round = 0; round < 12; round++) {
      const { chartId } = await shared()
      const followers = await Promise.all([1, 2, 3].map(() => Follower.on(world, CODER, chartId)))
      await Promise.all(followers.map((f) => f.untilType('ChartSnapshot')))
      // The pool serves commands in the order in which they came: half of the comments come after the release.
      const talk = (n: number) => Array.from({ length: n }, (_, i) => say(REVIEWER, chartId, `comment ${i}`))
      await Promise.all([...talk(round % 8), release(CODER, chartId), ...talk(6)])
      await Promise.all(followers.map((f) => f.until(changed(1))))
      const mark = await claim(CODER2, chartId).then(() => lastCursor(world, chartId))
      await Promise.all(followers.map((f) => f.untilCursor(mark)))
      await Promise.all(followers.map((f) => f.stop()))
      const log = await world.db.ownerSql<{ cursor: string; type: string }[]>`
        select cursor, type from chart_event where stream_id = ${chartId} order by seq`
      const releasedAt = log.findIndex((e) => e.type === 'CHART_RELEASED')
      const late = new Set(
        log
          .slice(releasedAt)
          .filter((e) => e.type === 'COMMENT_ADDED')
          .map((e) => e.cursor),
      )
      between += late.size
      for (const follower of followers) {
        expect(changes(follower.items)).toEqual(['NARROWED'])
        for (const event of follower.events) expect(late.has(event.cursor)).toBe(false)
        for (const item of follower.items)
          if (item.__typename === 'AccessChanged') expect(late.has(item.snapshot.cursor ?? '')).toBe(false)
        expect(new Set(follower.cursors).size).toBe(follower.cursors.length)
      }
    }
    // Comments did land after the release: else this would have tried nothing.
    expect(between).toBeGreaterThan(20)
  }, 120_000)

  it('goes on undisturbed while its coder decides, comments and is watched by others', async () => {
    const { chartId, suggestionIds } = await shared()
    const followers = await Promise.all([CODER, REVIEWER, CODER2].map((email) => Follower.on(world, email, chartId)))
    await Promise.all(followers.map((f) => f.untilType('ChartSnapshot')))
    for (const [i, suggestionId] of suggestionIds.entries())
      await decideOnSuggestion(requestAs(world, [CODER, REVIEWER][i]!), {
        commandId: commandId(),
        suggestionId,
        seenVersion: 1,
        decision: 'ACCEPT',
      })
    world.services.get(WAKER).access(world.demo.harbor.organisationId)
    const cursor = await lastCursor(world, chartId)
    await Promise.all(followers.map((f) => f.untilCursor(cursor)))
    await Promise.all(followers.map((f) => f.stop()))
    for (const follower of followers) expect(changes(follower.items)).toEqual([])
  })

  it('ends with a reason when the chart is hidden, the grant is gone, or the part has ended', async () => {
    const { chartId } = await shared()
    const { ownerSql } = world.db
    const id = memberId(world, CODER2)
    const watching = await Follower.on(world, CODER2, chartId)
    await watching.untilType('ChartSnapshot')
    await ownerSql`update chart set restricted = true, access_epoch = access_epoch + 1 where id = ${chartId}`
    await watching.over
    expect(ending(watching)).toEqual({ __typename: 'StreamEnded', reason: 'NO_LONGER_VISIBLE' })

    const other = await shared()
    const again = await Follower.on(world, CODER2, other.chartId)
    await again.untilType('ChartSnapshot')
    const grants = await ownerSql`delete from member_facility where member_id = ${id} returning *`
    try {
      await ownerSql`update member set access_epoch = access_epoch + 1 where id = ${id}`
      await again.over
      expect(ending(again)).toEqual({ __typename: 'StreamEnded', reason: 'NO_LONGER_VISIBLE' })
    } finally {
      for (const { orgId, memberId: member, facilityId } of grants)
        await ownerSql`insert into member_facility (org_id, member_id, facility_id) values (${orgId}, ${member}, ${facilityId})`
    }

    const alone = await addChart(world, { coder: CODER, queue: null, restricted: true })
    const coder = await Follower.on(world, CODER, alone.chartId)
    await coder.untilType('ChartSnapshot')
    await release(CODER, alone.chartId).catch(() => {})
    await coder.over
    expect(ending(coder)).toEqual({ __typename: 'StreamEnded', reason: 'UNASSIGNED' })
  })

  it('narrows when a role is taken away, though the assignment stands', async () => {
    const { chartId } = await shared()
    const id = memberId(world, REVIEWER)
    const follower = await Follower.on(world, REVIEWER, chartId)
    await follower.untilType('ChartSnapshot')
    try {
      await world.db.ownerSql`update member set roles = '{CDI}', access_epoch = access_epoch + 1 where id = ${id}`
      await follower.until(changed(1))
      expect(changes(follower.items)).toEqual(['NARROWED'])
    } finally {
      await world.db.ownerSql`update member set roles = '{AUDITOR}', access_epoch = access_epoch + 1 where id = ${id}`
    }
    await follower.until(changed(2))
    expect(changes(follower.items)).toEqual(['NARROWED', 'RESTORED'])
    await follower.stop()
  })

  it('ends when the sign-in ends, runs out, or the member is disabled, though nothing happens on the chart', async () => {
    const { chartId } = await shared()
    const { ownerSql } = world.db
    const endings: Record<string, (claims: Claims) => Promise<unknown>> = {
      SIGNED_OUT: (c) => ownerSql`delete from auth_session where id = ${c.sessionId}`,
      SESSION_EXPIRED: (c) => ownerSql`update auth_session set expires_at = 'epoch' where id = ${c.sessionId}`,
      MEMBER_DISABLED: () => ownerSql`update member set disabled_at = now() where id = ${memberId(world, CODER2)}`,
    }
    for (const [reason, end] of Object.entries(endings)) {
      const claims = await signInAnew(world, CODER2)
      const follower = await Follower.of(
        chartStream(world.services, claims, chartId, null) as Promise<AsyncIterator<unknown>>,
      )
      await follower.untilType('ChartSnapshot')
      await end(claims)
      await follower.over
      expect(ending(follower)).toEqual({ __typename: 'StreamEnded', reason })
      expect(follower.items).toHaveLength(2)
      await expect(chartStream(world.services, claims, chartId, null)).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
      })
    }
    await ownerSql`update member set disabled_at = null where id = ${memberId(world, CODER2)}`
  })
})

describe('a client that comes back', () => {
  it('hears first that its access changed meanwhile, whoever it is and whichever way it changed', async () => {
    const { chartId } = await shared()
    await say(CODER, chartId, 'before')
    const hold = async (email: string) => {
      const follower = await Follower.on(world, email, chartId)
      await follower.untilType('ChartSnapshot')
      await follower.stop()
      const [first] = follower.items
      if (first?.__typename !== 'ChartSnapshot') throw new Error('no snapshot')
      return { after: first.cursor, sight: first.sight }
    }
    const held = { [CODER]: await hold(CODER), [CODER2]: await hold(CODER2), [REVIEWER]: await hold(REVIEWER) }
    await release(CODER, chartId)
    await claim(CODER2, chartId)
    await say(REVIEWER, chartId, 'after')
    const head = await lastCursor(world, chartId)

    const back = async (email: keyof typeof held, sight: string | undefined) => {
      const follower = await Follower.on(world, email, chartId, held[email].after, world.services, sight)
      await follower.until((items) => items.length > 0)
      // The head is seen by all: what a stream has to say of the past, it has said when it says what comes now.
      await pend(chartId)
      const mark = await lastCursor(world, chartId)
      await follower.untilCursor(mark)
      await follower.stop()
      return follower.items
    }
    for (const [email, change] of [
      [CODER, 'NARROWED'],
      [CODER2, 'RESTORED'],
    ] as const) {
      const items = await back(email, held[email].sight)
      expect(items.map((i) => i.__typename)).toEqual(['AccessChanged', 'ChartEvents'])
      expect(items[0]).toMatchObject({ change })
    }
    // Of equal sight before and now: exactly what it missed.
    const same = await back(REVIEWER, held[REVIEWER].sight)
    expect(same.flatMap((i) => (i.__typename === 'ChartEvents' ? i.events.map((e) => e.cursor) : []))).toContain(head)
    expect(changes(same)).toEqual([])
    // A tag that nobody here handed out, of another node or of nobody: as if all had changed.
    expect(await back(REVIEWER, 'x'.repeat(40))).toMatchObject([{ change: 'NARROWED' }, {}])
    expect(changes(await back(CODER2, undefined))).toEqual([])
  })

  it('is told of nothing before that', async () => {
    const { chartId } = await shared()
    const before = await Follower.on(world, CODER, chartId)
    await before.untilType('ChartSnapshot')
    await before.stop()
    const { cursor, sight } = before.items[0] as { cursor: string; sight: string }
    await release(CODER, chartId)
    const after = await Follower.on(world, CODER, chartId, cursor, world.services, sight)
    await vi.waitFor(() => expect(after.items.map((item) => item.__typename)).toEqual(['AccessChanged']), {
      timeout: 10_000,
    })
    await after.stop()
  })

  it('shares its sight with everyone who may see the same, and with nobody else', async () => {
    const { chartId } = await shared()
    const other = await addChart(world, { coder: CODER })
    const tag = async (email: string, id: string): Promise<string> => {
      const follower = await Follower.on(world, email, id)
      await follower.untilType('ChartSnapshot')
      await follower.stop()
      return (follower.items[0] as { sight: string }).sight
    }
    const mine = await tag(CODER, chartId)
    expect(await tag(CODER, other.chartId)).toBe(mine)
    expect(new Set([mine, await tag(CODER2, chartId), await tag(REVIEWER, chartId)]).size).toBe(3)
    expect(mine).toMatch(/^[\w-]{22}$/)
  })
})
