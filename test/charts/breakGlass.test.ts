import { randomUUID } from 'node:crypto'
import { execute, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BreakGlassReason } from '../../schema/values.js'
import { buildSchema } from '../../server/app/buildSchema.js'
import { breakGlass } from '../../server/charts/breakGlass.command.js'
import { breakGlassReviews } from '../../server/charts/breakGlass.query.js'
import { breakGlassAlerts } from '../../server/charts/breakGlassAlerts.js'
import { escalateBreakGlass } from '../../server/charts/escalateBreakGlass.job.js'
import { seeChart } from '../../server/charts/index.js'
import { reviewBreakGlass } from '../../server/charts/reviewBreakGlass.command.js'
import { prepareJobs } from '../../server/jobs/index.js'
import { ChartroomError } from '../../server/kernel/errors.js'
import { addComment } from '../../server/review/addComment.command.js'
import { chartStream } from '../../server/review/chartStream.js'
import { addChart, type ChartWorld, chartWorld, memberId, requestAs } from '../support/charts.js'

const SUPERVISOR = 'supervisor@demo.test'
const OFFICER = 'privacy@demo.test'
const COMPLIANCE = 'compliance@demo.test'
const CODER = 'coder@demo.test'
const HOUR = 3_600_000

// What an object masks is known once the schema was built.
const schema = buildSchema()

/** A Monday morning: three working days end on the Thursday. */
let world: ChartWorld
beforeAll(async () => {
  world = await chartWorld(new Date('2026-06-01T14:00:00.000Z'))
  await prepareJobs(world.db.ownerSql)
})
afterAll(() => world.close())

const break_ = (
  email: string,
  chartId: string,
  more: { reason?: BreakGlassReason; note?: string; commandId?: string } = {},
) =>
  breakGlass(requestAs(world, email), {
    commandId: randomUUID(),
    chartId,
    reason: 'CODER_ABSENT',
    note: 'The coder is away and the bill is due.',
    ...more,
  })

async function broken(email: string, chartId: string): Promise<string> {
  const outcome = await break_(email, chartId)
  if (outcome.kind !== 'GlassBroken') throw new Error(outcome.kind)
  return outcome.breakGlassId
}

async function sightOf(email: string, chartId: string) {
  const request = requestAs(world, email)
  try {
    const { sight } = await seeChart(await request.reading(), chartId)
    return { classes: [...sight.classes].sort(), labels: [...sight.labels].sort() }
  } finally {
    await request.close()
  }
}

async function reviews(email: string, openOnly = true) {
  const request = requestAs(world, email)
  try {
    return await breakGlassReviews(request, 100, openOnly)
  } finally {
    await request.close()
  }
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'DONE',
    (error: unknown) =>
      error instanceof ChartroomError ? `${error.code}:${String(error.detail.reason ?? '')}` : 'OTHER',
  )

describe('breaking the glass', () => {
  it('opens one chart for an hour, without Part 2, quality or money, and for nobody else', async () => {
    const { chartId } = await addChart(world, { coder: CODER })
    const other = await addChart(world, { coder: CODER })
    expect(await sightOf(OFFICER, chartId)).toEqual({ classes: ['OPEN', 'WORK'], labels: [] })
    await broken(OFFICER, chartId)
    expect(await sightOf(OFFICER, chartId)).toEqual({
      classes: ['ACCOUNT_REF', 'CLINICAL', 'IDENTITY', 'OPEN', 'WORK'],
      labels: ['GENETIC', 'HIV', 'MENTAL_HEALTH', 'RESTRICTED'],
    })
    expect((await sightOf(OFFICER, other.chartId)).classes).toEqual(['OPEN', 'WORK'])
    expect((await sightOf(SUPERVISOR, chartId)).classes).toEqual(['ACCOUNT_REF', 'MONEY', 'OPEN', 'WORK'])
    expect(await break_(OFFICER, chartId)).toEqual({ kind: 'AlreadyDone', chartId })

    world.clock.advance(HOUR - 1)
    expect((await sightOf(OFFICER, chartId)).classes).toContain('CLINICAL')
    world.clock.advance(1)
    expect((await sightOf(OFFICER, chartId)).classes).toEqual(['OPEN', 'WORK'])
  })

  it('shows no comment, whose words may speak of what the glass does not open', async () => {
    const { chartId } = await addChart(world, { coder: CODER })
    await addComment(requestAs(world, CODER), { commandId: randomUUID(), chartId, body: 'CANARY methadone' })
    await broken(SUPERVISOR, chartId)
    for (const [email, body] of [
      [CODER, 'CANARY methadone'],
      [SUPERVISOR, null],
    ] as const) {
      const request = requestAs(world, email)
      const answer = await execute({
        schema,
        document: parse('query ($id: ID!) { chart(id: $id) { disposition comments { body author { displayName } } } }'),
        variableValues: { id: chartId },
        contextValue: request,
      })
      await request.close()
      expect(answer.data, email).toMatchObject({ chart: { disposition: '01', comments: [{ body }] } })
    }
  })

  it('is for supervisors and privacy officers, with a reason and words, on charts they see', async () => {
    const { chartId } = await addChart(world, { coder: CODER })
    const restricted = await addChart(world, { restricted: true })
    const foreign = await addChart(world, { organisation: 'lakeside' })
    expect(await codeOf(break_(CODER, chartId))).toMatch(/^FORBIDDEN:/)
    expect(await codeOf(break_(COMPLIANCE, chartId))).toBe('FORBIDDEN:ROLE')
    expect(await codeOf(break_(OFFICER, chartId, { note: '  ' }))).toBe('BAD_INPUT:')
    expect(await codeOf(break_(OFFICER, chartId, { note: 'x'.repeat(1_001) }))).toBe('BAD_INPUT:')
    for (const id of [foreign.chartId, randomUUID()]) expect(await codeOf(break_(OFFICER, id))).toBe('NOT_FOUND:')
    expect(await codeOf(break_(SUPERVISOR, restricted.chartId))).toBe('NOT_FOUND:')
    expect(await codeOf(break_(OFFICER, restricted.chartId))).toBe('FORBIDDEN:RESTRICTED')
    expect((await sightOf(OFFICER, chartId)).classes).not.toContain('CLINICAL')
  })

  it('ends at once where the chart is restricted meanwhile, or the role is lost', async () => {
    const { chartId } = await addChart(world, { coder: CODER })
    await broken(SUPERVISOR, chartId)
    const member = memberId(world, SUPERVISOR)
    const roles = await world.db.ownerSql<{ roles: string[] }[]>`select roles from member where id = ${member}`
    await world.db.ownerSql`update member set roles = '{COMPLIANCE}' where id = ${member}`
    expect((await sightOf(SUPERVISOR, chartId)).classes).not.toContain('CLINICAL')
    await world.db.ownerSql`update member set roles = ${roles[0]!.roles} where id = ${member}`
    expect((await sightOf(SUPERVISOR, chartId)).classes).toContain('CLINICAL')
    await world.db.ownerSql`update chart set restricted = true where id = ${chartId}`
    expect(await codeOf(sightOf(SUPERVISOR, chartId))).toBe('NOT_FOUND:')
  })

  it('is done once for one commandId', async () => {
    const { chartId } = await addChart(world, { coder: CODER })
    const commandId = randomUUID()
    const first = await break_(OFFICER, chartId, { commandId })
    expect(await break_(OFFICER, chartId, { commandId })).toEqual(first)
    const rows = await world.db.ownerSql`select from break_glass where chart_id = ${chartId}`
    expect(rows).toHaveLength(1)
  })

  it('widens an open stream, and narrows it when the hour is over', async () => {
    const { chartId } = await addChart(world, { coder: CODER })
    const stream = await chartStream(world.services, world.claims.get(OFFICER)!, chartId, null)
    const next = async () => (await stream.next()).value as { __typename: string; change?: string }
    expect((await next()).__typename).toBe('ChartSnapshot')
    await broken(OFFICER, chartId)
    expect(await next()).toMatchObject({ __typename: 'AccessChanged', change: 'RESTORED' })
    const narrowed = next()
    world.clock.advance(HOUR)
    world.hub.wakeAll()
    expect(await narrowed).toMatchObject({ __typename: 'AccessChanged', change: 'NARROWED' })
    await stream.return!()
    const records = await world.db.ownerSql<{ action: string; purpose: string; glass: boolean | null }[]>`
      select action, purpose, (detail->>'breakGlass')::boolean as glass from access_record
      where actor_id = ${memberId(world, OFFICER)} and action like 'stream%' order by seq`
    expect(records.slice(0, 3)).toEqual([
      { action: 'stream start', purpose: 'PAYMENT', glass: null },
      { action: 'stream access', purpose: 'OPERATIONS', glass: true },
      { action: 'stream access', purpose: 'PAYMENT', glass: null },
    ])
  })
})

describe('the review of a broken glass', () => {
  it('is told at once, by a second person, once', async () => {
    const { chartId } = await addChart(world, { coder: CODER })
    const alerts = await breakGlassAlerts(world.services, world.claims.get(OFFICER)!)
    const told = alerts.next()
    const operatorToldBefore = world.alerts.length
    const id = await broken(SUPERVISOR, chartId)
    expect(world.alerts.slice(operatorToldBefore)).toEqual(['break-glass'])
    expect((await told).value).toMatchObject({
      id,
      chartId,
      state: 'WAITING',
      reason: 'CODER_ABSENT',
      canReview: true,
      facility: { key: 'north' },
      masked: [],
    })

    const review = (email: string) =>
      reviewBreakGlass(requestAs(world, email), {
        commandId: randomUUID(),
        breakGlassId: id,
        verdict: 'JUSTIFIED',
        note: 'The coder was ill that day.',
      })
    expect(await codeOf(review(SUPERVISOR))).toBe('FORBIDDEN:SEPARATION_OF_DUTIES')
    expect(await codeOf(review(CODER))).toBe('NOT_FOUND:')
    expect(await codeOf(review(COMPLIANCE))).toBe('NOT_FOUND:')
    const reviewed = alerts.next()
    expect((await review(OFFICER)).kind).toBe('BreakGlassReviewed')
    expect((await review(OFFICER)).kind).toBe('BreakGlassReviewedBefore')
    expect((await reviewed).value).toMatchObject({ id, state: 'REVIEWED', verdict: 'JUSTIFIED', canReview: false })
    await alerts.return!()
    expect((await reviews(OFFICER)).map((glass) => glass.id)).not.toContain(id)
    expect((await reviews(OFFICER, false)).map((glass) => glass.id)).toContain(id)
  })

  it('is nobody’s own, also where the database is asked past the rules', async () => {
    const { chartId } = await addChart(world, { coder: CODER })
    const id = await broken(OFFICER, chartId)
    const own = (await reviews(OFFICER)).find((glass) => glass.id === id)!
    expect(own).toMatchObject({ canReview: false })
    await expect(
      world.db.ownerSql`update break_glass set reviewed_at = now(), reviewer_id = member_id, verdict = 'JUSTIFIED'
        where id = ${id}`,
    ).rejects.toThrow(/reviewed_by_a_second_person/)
    await expect(
      requestAs(world, OFFICER).writing(
        ({ tx }) => tx`update break_glass set until = until + interval '1 minute' where id = ${id}`,
      ),
    ).rejects.toThrow(/permission denied/)
  })

  it('escalates to compliance after three working days, by the job and not before', async () => {
    const { chartId } = await addChart(world, { coder: CODER })
    const id = await broken(OFFICER, chartId)
    const [row] = await world.db.ownerSql<{ orgId: string; reviewDue: Date }[]>`
      select org_id, review_due from break_glass where id = ${id}`
    const job = { orgId: row!.orgId, chartId, breakGlassId: id }
    const [queued] = await world.db.ownerSql<{ data: object; startAfter: Date }[]>`
      select data, start_after from pgboss.job where name = 'break-glass-review' and singleton_key = ${id}`
    expect(queued).toEqual({ data: job, startAfter: row!.reviewDue })

    await expect(escalateBreakGlass(world.services, job)).rejects.toThrow('not due')
    expect((await reviews(COMPLIANCE)).map((glass) => glass.id)).not.toContain(id)
    world.clock.advance(row!.reviewDue.getTime() - world.clock.now().getTime())
    const toldBefore = world.alerts.length
    await escalateBreakGlass(world.services, job)
    await escalateBreakGlass(world.services, job)
    expect(world.alerts.slice(toldBefore)).toEqual(['break-glass escalated'])
    const seen = (await reviews(COMPLIANCE)).find((glass) => glass.id === id)!
    expect(seen).toMatchObject({ state: 'ESCALATED', canReview: true })
    const outcome = await reviewBreakGlass(requestAs(world, COMPLIANCE), {
      commandId: randomUUID(),
      breakGlassId: id,
      verdict: 'NOT_JUSTIFIED',
      note: 'Another coder was free.',
    })
    expect(outcome.kind).toBe('BreakGlassReviewed')
  })

  it('is nothing to people without a part in it', async () => {
    await broken(OFFICER, (await addChart(world, {})).chartId)
    expect(await reviews(CODER, false)).toEqual([])
    expect(await codeOf(breakGlassAlerts(world.services, world.claims.get(CODER)!))).toBe('FORBIDDEN:ROLE')
    expect(await reviews('lakeside@demo.test', false)).toEqual([])
  })
})
