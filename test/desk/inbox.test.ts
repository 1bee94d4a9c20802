import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerDispute, decideDispute } from '../../server/audits/decideDispute.command.js'
import { disputeFinding, escalateFinding } from '../../server/audits/answerForFinding.command.js'
import { closeAudit } from '../../server/audits/closeAudit.command.js'
import { openAudit } from '../../server/audits/openAudit.command.js'
import { recordFinding } from '../../server/audits/recordFinding.command.js'
import { assignChart, unassignChart } from '../../server/charts/assignChart.command.js'
import { markInboxRead } from '../../server/desk/markInboxRead.command.js'
import { addComment } from '../../server/review/addComment.command.js'
import { returnChart } from '../../server/submissions/returnChart.command.js'
import {
  type AddedChart,
  addChart,
  type ChartWorld,
  chartWorld,
  memberId,
  requestAs,
  SUBMITTABLE,
  submit,
} from '../support/charts.js'
import { command, DeskFollower, folded, fresh, inboxOf } from './deskSupport.js'

const CODER = 'coder@demo.test'
const CODER2 = 'coder2@demo.test'
const REVIEWER = 'reviewer@demo.test'
const AUDITOR = 'auditor@demo.test'
const COMPLIANCE = 'compliance@demo.test'
const SUPERVISOR = 'supervisor@demo.test'

let world: ChartWorld
beforeAll(async () => {
  world = await chartWorld(new Date('2026-06-10T15:00:00Z'))
})
afterAll(() => world.close())

const assign = (chart: AddedChart, account: string, part = 'CODER_OF_RECORD') =>
  assignChart(requestAs(world, SUPERVISOR), {
    ...command(),
    chartId: chart.chartId,
    memberId: memberId(world, account),
    part,
    reason: 'WORKLOAD',
  } as never)
const unassign = (chart: AddedChart, account: string, part = 'CODER_OF_RECORD') =>
  unassignChart(requestAs(world, SUPERVISOR), {
    ...command(),
    chartId: chart.chartId,
    memberId: memberId(world, account),
    part,
    reason: 'WORKLOAD',
  } as never)
const comment = async (account: string, chart: AddedChart, more: object = {}) =>
  addComment(requestAs(world, account), { ...command(), chartId: chart.chartId, body: 'See this.', ...more })

async function judged(): Promise<{
  chart: AddedChart
  finding: string
  say: (by: string, name: Said, more?: object) => Promise<unknown>
}> {
  const chart = await addChart(world, { coder: CODER, lines: SUBMITTABLE })
  await submit(world, CODER, chart.chartId)
  const by = () => requestAs(world, AUDITOR)
  const opened = await openAudit(by(), { ...command(), chartId: chart.chartId, reason: 'RANDOM_SAMPLE' })
  if (opened.kind !== 'AuditOpened') throw new Error(opened.kind)
  const recorded = await recordFinding(by(), {
    ...command(),
    auditId: opened.auditId,
    element: 'SECONDARY_DIAGNOSIS',
    kind: 'DELETE',
    suggestionId: chart.suggestionIds[1]!,
    explanation: 'Not so.',
  })
  if (recorded.kind !== 'FindingRecorded') throw new Error(recorded.kind)
  await closeAudit(by(), { ...command(), auditId: opened.auditId, seenVersion: 2 })
  let seenVersion = 1
  const say = (account: string, name: Said, more: object = {}) =>
    SAY[name](requestAs(world, account), {
      ...command(),
      findingId: recorded.findingId,
      seenVersion: seenVersion++,
      comment: 'Because.',
      ...more,
    } as never)
  return { chart, finding: recorded.findingId, say }
}
const SAY = { disputeFinding, answerDispute, escalateFinding, decideDispute }
type Said = keyof typeof SAY

describe('an inbox', () => {
  it('holds what others did that is for its person, and nothing of their own', async () => {
    const chart = await addChart(world, { lines: SUBMITTABLE })
    await assign(chart, CODER)
    await assign(chart, REVIEWER, 'SECOND_LOOK')
    const mentionIds = [memberId(world, CODER), memberId(world, REVIEWER), randomUUID()]
    const said = await comment(REVIEWER, chart, { mentionIds })
    if (said.kind !== 'CommentSaved') throw new Error(said.kind)
    await comment(CODER, chart, { parentId: said.commentId })
    await submit(world, CODER, chart.chartId)
    await returnChart(requestAs(world, SUPERVISOR), { ...command(), chartId: chart.chartId, note: 'POA of line 2.' })

    const { chartId, accountNumber } = chart
    const by = (account: string) => ({ id: memberId(world, account) })
    expect(await inboxOf(world, CODER)).toMatchObject([
      { kind: 'CHART_RETURNED', chartId, accountNumber, actor: by(SUPERVISOR), subjectId: null, readAt: null },
      { kind: 'MENTIONED', chartId, accountNumber, actor: by(REVIEWER), subjectId: said.commentId },
      { kind: 'CHART_ASSIGNED', chartId, accountNumber, actor: by(SUPERVISOR), at: world.clock.now() },
    ])
    expect((await inboxOf(world, REVIEWER)).map((it) => it.kind)).toEqual(['COMMENT_ANSWERED', 'CHART_ASSIGNED'])
    expect(await inboxOf(world, SUPERVISOR)).toEqual([])
  })

  it('tells nobody of what they may not see, now or no longer', async () => {
    const chart = await addChart(world, { coder: CODER2, queue: null })
    // Mentioned before there is any access, and by somebody who cannot know.
    await comment(CODER2, chart, { mentionIds: [memberId(world, SUPERVISOR), memberId(world, 'cdi@demo.test')] })
    const follower = await DeskFollower.on(world, 'cdi@demo.test', 'inbox')
    await follower.until(({ items }) => items.length === 1)
    expect(follower.rows.size).toBe(0)
    // A supervisor sees that there is the chart, and none of its comments.
    expect(await inboxOf(world, SUPERVISOR)).toEqual([])
    await assign(chart, 'cdi@demo.test', 'CDI')
    await follower.until(({ rows }) => [...rows.values()].some((row) => 'kind' in row && row.kind === 'MENTIONED'))
    await unassign(chart, 'cdi@demo.test', 'CDI')
    await follower.until(({ rows }) => rows.size === 0)
    await follower.stop()
    expect(world.hub.size).toBe(0)
  })

  it('is marked as read once, however often it is said, and only by its person', async () => {
    const chart = await addChart(world, {})
    await assign(chart, CODER)
    const follower = await DeskFollower.on(world, CODER, 'inbox')
    await follower.until(({ items }) => items.length === 1)
    const [newest] = await inboxOf(world, CODER)
    const itemIds = [newest!.id, randomUUID()]
    expect(await markInboxRead(requestAs(world, CODER2), { ...command(), itemIds })).toMatchObject({ itemIds: [] })
    const sent = { ...command(), itemIds }
    const readAt = world.clock.now()
    expect(await markInboxRead(requestAs(world, CODER), sent)).toEqual({ kind: 'InboxMarked', itemIds: [newest!.id] })
    await follower.until(({ rows }) => (rows.get(newest!.id) as { readAt: Date | null }).readAt !== null)
    world.clock.advance(1_000)
    expect(await markInboxRead(requestAs(world, CODER), sent)).toEqual({ kind: 'InboxMarked', itemIds: [newest!.id] })
    await markInboxRead(requestAs(world, CODER), { ...command(), itemIds })
    expect((await inboxOf(world, CODER))[0]).toMatchObject({ readAt })
    await expect(markInboxRead(requestAs(world, CODER), { ...sent, itemIds: [randomUUID()] })).rejects.toMatchObject({
      code: 'COMMAND_REUSED',
    })
    for (const bad of [[], ['x'], Array.from({ length: 101 }, () => randomUUID())])
      await expect(markInboxRead(requestAs(world, CODER), { ...command(), itemIds: bad })).rejects.toMatchObject({
        code: 'BAD_INPUT',
      })
    expect(follower.folded).toBe(folded(await fresh(world, CODER, 'inbox')))
    await follower.stop()
  })

  it('brings findings to whom they judge, and each word of a dispute to whoever has the next, with its deadline', async () => {
    const { chart, say } = await judged()
    const { chartId } = chart
    const of = async (account: string) => (await inboxOf(world, account)).filter((it) => it.chartId === chartId)
    const [result] = await world.db.ownerSql<{ id: string; due: Date }[]>`
      select q.id, a.answers_due_at as due from quality_result q join audit a on a.id = q.audit_id
      where q.chart_id = ${chartId}`
    const subjectId = result!.id
    expect(await of(CODER)).toMatchObject([{ kind: 'FINDINGS_TO_ANSWER', subjectId, dueAt: result!.due }])
    await say(CODER, 'disputeFinding', { reason: 'FACILITY_POLICY' })
    expect(await of(AUDITOR)).toMatchObject([{ kind: 'DISPUTE_TO_ANSWER', subjectId, dueAt: null }])
    await say(AUDITOR, 'answerDispute', { answer: 'UPHOLD' })
    const [answered] = await of(CODER)
    expect(answered).toMatchObject({ kind: 'DISPUTE_ANSWERED', subjectId })
    expect(answered!.dueAt!.getTime()).toBeGreaterThan(world.clock.now().getTime())
    await say(CODER, 'escalateFinding')
    expect(await of(COMPLIANCE)).toMatchObject([{ kind: 'DISPUTE_TO_DECIDE', subjectId }])
    await say(COMPLIANCE, 'decideDispute', { verdict: 'OVERTURN' })
    expect(await of(CODER)).toMatchObject([{ kind: 'DISPUTE_ANSWERED', dueAt: null }, {}, {}])
    // A colleague is told nothing, whatever is in the table.
    await world.db.ownerSql`
      insert into inbox_item (org_id, id, member_id, kind, chart_id, subject_id, at)
      select org_id, gen_random_uuid(), ${memberId(world, CODER2)}, kind, chart_id, subject_id, at from inbox_item
      where chart_id = ${chartId}`
    expect(await of(CODER2)).toEqual([])
  })

  it('refuses mentions that are no ids, and too many', async () => {
    const chart = await addChart(world, { coder: CODER })
    for (const mentionIds of [['x'], Array.from({ length: 21 }, () => randomUUID())])
      await expect(comment(CODER, chart, { mentionIds })).rejects.toMatchObject({ code: 'BAD_INPUT' })
  })

  it('shows the newest hundred of what is visible, whatever is hidden among them', async () => {
    const account = COMPLIANCE
    const open = await addChart(world, {})
    const hidden = await addChart(world, { restricted: true })
    const { ownerSql } = world.db
    const add = (chartId: string, n: number) => ownerSql`
      insert into inbox_item (org_id, id, member_id, kind, chart_id, at)
      select ${world.demo.harbor.organisationId}, gen_random_uuid(), ${memberId(world, account)}, 'CHART_ASSIGNED',
        ${chartId}, ${world.clock.now()}::timestamptz + i * interval '1 second'
      from generate_series(1, ${n}) i`
    await add(open.chartId, 120)
    const before = await inboxOf(world, account)
    expect(before).toHaveLength(100)
    await add(hidden.chartId, 450)
    expect(await inboxOf(world, account)).toEqual(before)
  })

  it('is found out again by the sweep where every wake-up was lost', async () => {
    const chart = await addChart(world, {})
    const follower = await DeskFollower.on(world, 'auditor@demo.test', 'inbox')
    await follower.until(({ items }) => items.length === 1)
    const id = randomUUID()
    await world.db.ownerSql`
      insert into inbox_item (org_id, id, member_id, kind, chart_id, at)
      values (${world.demo.harbor.organisationId}, ${id}, ${memberId(world, 'auditor@demo.test')}, 'CHART_ASSIGNED',
        ${chart.chartId}, now())`
    await follower.until(({ rows }) => rows.has(id))
    // And that it may be seen no more.
    await world.db.ownerSql`
      update chart set restricted = true, access_epoch = access_epoch + 1 where id = ${chart.chartId}`
    await follower.until(({ rows }) => !rows.has(id))
    await follower.stop()
  })

  it('keeps on record who was shown which account, before it leaves', async () => {
    const { ownerSql } = world.db
    const records = async () =>
      (
        await ownerSql<{ n: number }[]>`
          select count(*)::int as n from access_record where action = 'subscription inbox' and cardinality(subject_refs) > 0`
      )[0]!.n
    const before = await records()
    const follower = await DeskFollower.on(world, CODER, 'inbox')
    await follower.until(({ items }) => items.length === 1)
    expect(await records()).toBe(before + 1)
    await follower.stop()
  })
})
