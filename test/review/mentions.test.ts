import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSchema } from '../../server/app/buildSchema.js'
import { openBlindPass } from '../../server/passes/openBlindPass.command.js'
import { addComment } from '../../server/review/addComment.command.js'
import { listMentionable } from '../../server/review/mentionable.query.js'
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
const CODER2 = 'coder2@demo.test'
const CDI = 'cdi@demo.test'
const REVIEWER = 'reviewer@demo.test'
const AUDITOR = 'auditor@demo.test'
const SUPERVISOR = 'supervisor@demo.test'

/** Whom a comment can name: who may read it, as far as whoever writes may know that they do. */
describe('who can be named in a comment', () => {
  let world: ChartWorld
  let chart: AddedChart
  buildSchema()
  beforeAll(async () => {
    world = await chartWorld()
    chart = await addChart(world, { coder: CODER })
    await addPart(world, chart.chartId, REVIEWER, 'SECOND_LOOK')
    await addPart(world, chart.chartId, CDI, 'CDI')
  })
  afterAll(() => world.close())

  const named = async (email: string, chartId = chart.chartId): Promise<string[]> => {
    const request = requestAs(world, email)
    try {
      return (await listMentionable(await request.reading(), chartId)).map(({ id }) => accountOf(id)).sort()
    } finally {
      await request.close()
    }
  }
  const accountOf = (id: string): string => [...world.claims.keys()].find((email) => memberId(world, email) === id)!

  it('is whoever else has a part on the chart, for those who may comment', async () => {
    expect(await named(CODER)).toEqual([CDI, REVIEWER])
    expect(await named(CDI)).toEqual([CODER, REVIEWER])
    // Sees the chart and none of its comments; does not see it at all; and what there is not.
    for (const email of [SUPERVISOR, CODER2, 'admin@demo.test', 'lakeside@demo.test'])
      expect(await named(email)).toEqual([])
    for (const id of [randomUUID(), 'x', '\u0000']) expect(await named(CODER, id)).toEqual([])
  })

  it('is an auditor for those alone who see quality, whoever gives a second opinion for nobody', async () => {
    const audited = await addChart(world, { coder: CODER })
    await addPart(world, audited.chartId, AUDITOR, 'AUDITOR')
    await addPart(world, audited.chartId, CDI, 'CDI')
    expect(await named(CODER, audited.chartId)).toEqual([CDI])
    await addPart(world, audited.chartId, REVIEWER, 'SECOND_LOOK')
    expect(await named(REVIEWER, audited.chartId)).toEqual([AUDITOR, CDI, CODER])
    const blind = await addChart(world, { coder: CODER })
    const opened = await openBlindPass(requestAs(world, REVIEWER), {
      commandId: randomUUID(),
      chartId: blind.chartId,
    } as never)
    expect(opened.kind).not.toBe('CommandInvalid')
    expect(await named(CODER, blind.chartId)).toEqual([])
  })

  it('is nobody any more whose part, role or account ended', async () => {
    const { ownerSql } = world.db
    const other = await addChart(world, { coder: CODER })
    await addPart(world, other.chartId, CDI, 'CDI')
    expect(await named(CODER, other.chartId)).toEqual([CDI])
    const cdi = memberId(world, CDI)
    await ownerSql`update member set roles = '{AUDITOR}' where id = ${cdi}`
    expect(await named(CODER, other.chartId)).toEqual([])
    await ownerSql`update member set roles = '{CDI}', disabled_at = now() where id = ${cdi}`
    expect(await named(CODER, other.chartId)).toEqual([])
    await ownerSql`update member set disabled_at = null where id = ${cdi}`
    expect(await named(CODER, other.chartId)).toEqual([CDI])
    await ownerSql`update assignment set ended_at = now() where chart_id = ${other.chartId} and member_id = ${cdi}`
    expect(await named(CODER, other.chartId)).toEqual([])
  })

  it('is asked in a few statements, however many they are', async () => {
    const few = await addChart(world, { coder: CODER })
    await addPart(world, few.chartId, CDI, 'CDI')
    const sent = async (chartId: string) => {
      const from = world.db.statements.length
      await named(CODER, chartId)
      return world.db.statements.slice(from).filter((text) => !text.includes('live_changes')).length
    }
    expect(await sent(chart.chartId)).toBe(await sent(few.chartId))
  })

  it('is shown by name in the comment, to those who read it, and kept as ids', async () => {
    const input = { commandId: randomUUID(), chartId: chart.chartId, body: '@Somebody, look.' }
    const mentionIds = [memberId(world, REVIEWER), randomUUID(), memberId(world, 'lakeside@demo.test')]
    const outcome = await addComment(requestAs(world, CODER), { ...input, mentionIds })
    if (outcome.kind !== 'CommentSaved') throw new Error(outcome.kind)
    const [row] = await world.db.ownerSql<{ mentionIds: string[] }[]>`
      select mention_ids from comment where id = ${outcome.commentId}`
    expect(row!.mentionIds).toEqual(mentionIds)
  })
})
