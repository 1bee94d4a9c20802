import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directoryOf } from '../../server/accounts/directory.js'
import { sightOn as sightOf } from '../../server/auth/masking.js'
import { seeChart } from '../../server/charts/chart.loader.js'
import { sealerOf } from '../../server/charts/chartCommand.js'
import type { CommentView, EventPayload } from '../../server/charts/views.model.js'
import { eventsAbout, openPayload } from '../../server/live/log.js'
import { addComment } from '../../server/review/addComment.command.js'
import { commentsLoader } from '../../server/review/comment.loader.js'
import { presentComment } from '../../server/review/comment.presenter.js'
import { commentsOf } from '../../server/review/comment.store.js'
import { resolveComment } from '../../server/review/resolveComment.command.js'
import {
  type AddedChart,
  addChart,
  addPart,
  type ChartWorld,
  chartWorld,
  memberId,
  requestAs,
} from '../support/charts.js'

const CODER = 'coder@demo.test'
const REVIEWER = 'reviewer@demo.test'
const CANARY = 'Why N17.9? Creatinine of patient Quillfeather never doubled.'

describe('comments on a chart', () => {
  let world: ChartWorld
  let chart: AddedChart
  beforeAll(async () => {
    world = await chartWorld()
    chart = await addChart(world, { coder: CODER, lines: [{ code: 'I10' }, { code: 'E11.9' }] })
    await addPart(world, chart.chartId, REVIEWER, 'SECOND_LOOK')
  })
  afterAll(() => world.close())

  const say = (
    email: string,
    body: string,
    more: { suggestionId?: string; parentId?: string; chartId?: string; commandId?: string } = {},
  ) =>
    addComment(requestAs(world, email), {
      commandId: crypto.randomUUID(),
      chartId: chart.chartId,
      body,
      ...more,
    })
  const said = async (...args: Parameters<typeof say>): Promise<string> => {
    const outcome = await say(...args)
    if (outcome.kind !== 'CommentSaved') throw new Error(JSON.stringify(outcome))
    return outcome.commentId
  }
  const resolve = (email: string, commentId: string, seenVersion = 1) =>
    resolveComment(requestAs(world, email), { commandId: crypto.randomUUID(), commentId, seenVersion })

  async function comments(email = CODER, chartId = chart.chartId): Promise<CommentView[]> {
    const request = requestAs(world, email)
    const session = await request.reading()
    const { row } = await seeChart(session, chartId)
    const views = await commentsOf(session, row)
    await request.close()
    return views
  }

  async function logged(commentId: string) {
    const request = requestAs(world, CODER)
    const session = await request.reading()
    const { row } = await seeChart(session, chart.chartId)
    const events = await eventsAbout(session.tx, row.orgId, row.id, commentId)
    await request.close()
    return events.map((e) => ({
      type: e.type,
      classes: e.classes,
      comment: (openPayload(sealerOf(session, row), e) as EventPayload).comment,
    }))
  }

  it('are kept sealed, said in the log as clinical, and shown to everyone on the chart', async () => {
    const id = await said(CODER, `  ${CANARY}\n`, { suggestionId: chart.suggestionIds[0]! })
    const expected: CommentView = {
      id,
      suggestionId: chart.suggestionIds[0]!,
      parentId: null,
      version: 1,
      body: CANARY,
      authorId: memberId(world, CODER),
      createdAt: world.clock.now().toISOString(),
      resolvedAt: null,
      resolvedBy: null,
    }
    expect((await comments(REVIEWER)).find((c) => c.id === id)).toEqual(expected)
    expect(await logged(id)).toEqual([{ type: 'COMMENT_ADDED', classes: ['CLINICAL'], comment: expected }])
    const [row] = await world.db.ownerSql<{ body: Uint8Array; payload: Uint8Array }[]>`
      select c.body, e.payload from comment c join chart_event e on e.subject_id = c.id where c.id = ${id}`
    for (const bytes of [row!.body, row!.payload])
      expect(Buffer.from(bytes).includes('Quillfeather') || Buffer.from(bytes).includes('N17')).toBe(false)
  })

  it('are answered one level deep, about what their thread is about', async () => {
    const thread = await said(CODER, 'Which type of diabetes?', { suggestionId: chart.suggestionIds[1]! })
    const reply = await said(REVIEWER, 'Type 2, see the summary.', { parentId: thread })
    expect((await comments()).find((c) => c.id === reply)).toMatchObject({
      parentId: thread,
      suggestionId: chart.suggestionIds[1],
    })
    const problems = [
      [await say(CODER, 'x', { parentId: reply }), 'REPLY_TO_REPLY'],
      [await say(CODER, 'x', { parentId: thread, suggestionId: chart.suggestionIds[0]! }), 'OTHER_LINE'],
      [await say(CODER, 'x', { parentId: crypto.randomUUID() }), 'PARENT_UNKNOWN'],
      [await say(CODER, 'x', { suggestionId: crypto.randomUUID() }), 'LINE_UNKNOWN'],
    ] as const
    for (const [outcome, code] of problems)
      expect(outcome).toMatchObject({ kind: 'CommandInvalid', problems: [{ code }] })
  })

  it('never hang on a thread or line of another chart', async () => {
    const other = await addChart(world, { coder: CODER, lines: [{ code: 'I10' }] })
    const thread = await said(CODER, 'Elsewhere', { chartId: other.chartId })
    expect(await say(CODER, 'x', { parentId: thread })).toMatchObject({ problems: [{ code: 'PARENT_UNKNOWN' }] })
    expect(await say(CODER, 'x', { suggestionId: other.suggestionIds[0]! })).toMatchObject({
      problems: [{ code: 'LINE_UNKNOWN' }],
    })
  })

  it('are resolved once, by somebody who saw them as they are', async () => {
    const thread = await said(CODER, 'Signed?')
    const reply = await said(REVIEWER, 'Yes.', { parentId: thread })
    expect(await resolve(REVIEWER, thread, 2)).toMatchObject({ problems: [{ code: 'COMMENT_CHANGED' }] })
    expect(await resolve(REVIEWER, reply)).toMatchObject({ problems: [{ code: 'NOT_A_THREAD' }] })
    // Of two who resolve at the same moment one does, and the other is told so.
    const outcomes = await Promise.all([resolve(CODER, thread), resolve(REVIEWER, thread)])
    expect(outcomes.map((o) => (o.kind === 'CommandInvalid' ? o.problems[0]!.code : o.kind)).sort()).toEqual([
      'ALREADY_RESOLVED',
      'CommentSaved',
    ])
    const view = (await comments()).find((c) => c.id === thread)!
    expect(view).toMatchObject({ version: 2, resolvedAt: world.clock.now().toISOString(), body: 'Signed?' })
    expect((await logged(thread)).map((e) => e.type)).toEqual(['COMMENT_ADDED', 'COMMENT_RESOLVED'])
    expect((await logged(thread))[1]!.comment).toEqual(view)
  })

  it('do nothing twice for one commandId', async () => {
    const commandId = crypto.randomUUID()
    const first = await say(CODER, 'Once', { commandId })
    expect(await say(CODER, 'Once', { commandId })).toEqual(first)
    await expect(say(CODER, 'Twice', { commandId })).rejects.toMatchObject({ code: 'COMMAND_REUSED' })
    expect((await comments()).filter((c) => c.body === 'Once')).toHaveLength(1)
  })

  it('are for those on the chart: others are refused, or find nothing', async () => {
    const thread = await said(CODER, 'Only for us')
    // A supervisor sees the chart and no comment: none may be written, and this one does not exist.
    await expect(say('supervisor@demo.test', 'x')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const absent = await resolve('supervisor@demo.test', crypto.randomUUID()).catch((e: unknown) => e)
    for (const [email, id] of [
      ['supervisor@demo.test', thread],
      ['lakeside@demo.test', thread],
      [CODER, 'not-an-id'],
    ] as const)
      expect(await resolve(email, id).catch((e: unknown) => e)).toEqual(absent)
    expect(absent).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('refuse empty, endless and unstorable words at the edge', async () => {
    for (const body of ['', ' \n', 'x'.repeat(4_001), 'a\u0000b', '\ud800'])
      await expect(Promise.resolve().then(() => say(CODER, body))).rejects.toMatchObject({ code: 'BAD_INPUT' })
    await expect(say(CODER, 'x'.repeat(4_000))).resolves.toMatchObject({ kind: 'CommentSaved' })
  })

  it('are presented under the sight of the chart, those of many charts in one statement', async () => {
    const charts = await Promise.all([1, 2, 3].map(() => addChart(world, { coder: CODER })))
    for (const { chartId } of charts) await said(CODER, `On ${chartId}`, { chartId })
    const request = requestAs(world, CODER)
    const session = await request.reading()
    const seen = await Promise.all(charts.map(({ chartId }) => seeChart(session, chartId)))
    const before = world.db.statements.length
    const lists = await Promise.all(seen.map(({ row }) => commentsLoader(session).load(row)))
    expect(world.db.statements.length - before).toBe(1)
    expect(lists.map((list) => list.map((c) => c.body))).toEqual(charts.map(({ chartId }) => [`On ${chartId}`]))
    const shown = presentComment(lists[0]![0]!, seen[0]!.sight, await directoryOf(session), [])
    expect(shown).toMatchObject({ body: `On ${charts[0]!.chartId}`, author: { displayName: 'Dana Whitfield' } })
    expect(sightOf(shown)).toBe(seen[0]!.sight)
    await request.close()
  })
})
