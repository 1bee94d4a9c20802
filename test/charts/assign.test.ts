import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AssignReason, AssignmentPart } from '../../schema/values.js'
import { assignChart, unassignChart } from '../../server/charts/assignChart.command.js'
import { seenCharts } from '../../server/charts/chart.loader.js'
import { possibleActions } from '../../server/charts/chartAccess.js'
import { claimChart } from '../../server/charts/claimChart.command.js'
import { listHelp } from '../../server/charts/help.query.js'
import { releaseChart } from '../../server/charts/releaseChart.command.js'
import { addComment } from '../../server/review/addComment.command.js'
import { chartStream } from '../../server/review/chartStream.js'
import { askForHelp } from '../../server/suggestions/askForHelp.command.js'
import { addChart, type ChartWorld, chartWorld, memberId, requestAs } from '../support/charts.js'

const CODER = 'coder@demo.test'
const CODER2 = 'coder2@demo.test'
const SUPERVISOR = 'supervisor@demo.test'
const PRIVACY = 'privacy@demo.test'

let world: ChartWorld
beforeAll(async () => void (world = await chartWorld(new Date('2026-04-03T15:00:00Z'))))
afterAll(() => world.close())

const inputOf = (chartId: string, whom: string, part: AssignmentPart, reason: AssignReason) => ({
  commandId: randomUUID(),
  chartId,
  memberId: memberId(world, whom),
  part,
  reason,
})
const assign = (by: string, chartId: string, whom: string, part: AssignmentPart = 'CODER_OF_RECORD') =>
  assignChart(requestAs(world, by), inputOf(chartId, whom, part, 'WORKLOAD'))
const unassign = (by: string, chartId: string, whom: string, part: AssignmentPart = 'CODER_OF_RECORD') =>
  unassignChart(requestAs(world, by), inputOf(chartId, whom, part, 'ABSENCE'))
const ask = (chartLine: string, email = CODER) =>
  askForHelp(requestAs(world, email), { commandId: randomUUID(), suggestionId: chartLine, reason: 'GUIDELINE' })

/** What somebody sees of a chart, and may do. */
async function look(email: string, chartId: string) {
  const request = requestAs(world, email)
  try {
    const seen = await seenCharts(await request.reading()).load(chartId)
    if (!seen) return null
    const { row, sight } = seen
    return { row, classes: [...sight.classes].sort(), can: possibleActions(sight, row) }
  } finally {
    await request.close()
  }
}

const refused = (reason: string) => ({ code: 'FORBIDDEN', detail: { reason } })
const gone = { code: 'NOT_FOUND' }

describe('assigning', () => {
  it('puts a coder on a waiting chart, moves it to another, and takes it back', async () => {
    const { chartId } = await addChart(world)
    expect(await assign(SUPERVISOR, chartId, CODER)).toMatchObject({ kind: 'ChartSaved' })
    expect((await look(CODER, chartId))?.can).toContain('decide')
    expect(await assign(SUPERVISOR, chartId, CODER)).toMatchObject({ kind: 'AlreadyDone' })
    await assign(SUPERVISOR, chartId, CODER2)
    expect((await look(CODER, chartId))?.classes).not.toContain('CLINICAL')
    expect((await look(CODER2, chartId))?.row).toMatchObject({ status: 'IN_CODING', myParts: ['CODER_OF_RECORD'] })
    await unassign(SUPERVISOR, chartId, CODER2)
    expect((await look(CODER2, chartId))?.row).toMatchObject({ status: 'READY', coderOfRecordId: null, myParts: [] })
    const kept = await world.db.ownerSql`
      select member_id, assigned_by, reason, ended_by, end_reason from assignment
      where chart_id = ${chartId} order by end_reason desc`
    const by = memberId(world, SUPERVISOR)
    expect(kept).toEqual([
      { memberId: memberId(world, CODER), assignedBy: by, reason: 'WORKLOAD', endedBy: by, endReason: 'WORKLOAD' },
      { memberId: memberId(world, CODER2), assignedBy: by, reason: 'WORKLOAD', endedBy: by, endReason: 'ABSENCE' },
    ])
  })

  it('is refused by role, to oneself, to whoever may not hold the part, and past separation of duties', async () => {
    const { chartId } = await addChart(world)
    for (const by of [CODER, 'auditor@demo.test', 'compliance@demo.test', PRIVACY])
      await expect(assign(by, chartId, CODER2), by).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(assign('admin@demo.test', chartId, CODER)).rejects.toMatchObject(gone)
    await expect(assign(SUPERVISOR, chartId, SUPERVISOR)).rejects.toMatchObject(refused('OWN_REQUEST'))
    const problemOf = async (whom: string, part: AssignmentPart) => {
      const outcome = await assign(SUPERVISOR, chartId, whom, part)
      return outcome.kind === 'CommandInvalid' ? outcome.problems[0]!.code : outcome.kind
    }
    expect(await problemOf('cdi@demo.test', 'CODER_OF_RECORD')).toBe('WRONG_ROLE')
    expect(await problemOf('lakeside@demo.test', 'CODER_OF_RECORD')).toBe('UNKNOWN_MEMBER')
    expect(await problemOf('auditor@demo.test', 'SECOND_LOOK')).toBe('ChartSaved')
    expect(await problemOf('auditor@demo.test', 'AUDITOR')).toBe('SEPARATION_OF_DUTIES')
    expect((await look('cdi@demo.test', chartId))?.classes).not.toContain('CLINICAL')
    expect(await problemOf('cdi@demo.test', 'CDI')).toBe('ChartSaved')
    expect((await look('cdi@demo.test', chartId))?.classes).toEqual(expect.arrayContaining(['CLINICAL', 'MONEY']))
  })

  it('of a restricted chart is for privacy officers; until then nobody works on it, and afterwards one does', async () => {
    const { chartId } = await addChart(world, { restricted: true })
    for (const by of [SUPERVISOR, CODER]) {
      expect(await look(by, chartId)).toBeNull()
      await expect(assign(by, chartId, CODER)).rejects.toMatchObject(gone)
    }
    const officer = await look(PRIVACY, chartId)
    expect(officer?.classes).toEqual(['OPEN', 'WORK'])
    expect(officer?.can).toContain('assign')
    await expect(assign(PRIVACY, chartId, PRIVACY)).rejects.toMatchObject(refused('OWN_REQUEST'))
    await assign(PRIVACY, chartId, CODER)
    expect((await look(CODER, chartId))?.can).toEqual(expect.arrayContaining(['decide', 'submit']))
    expect(await look(CODER2, chartId)).toBeNull()
    await unassign(PRIVACY, chartId, CODER)
    expect(await look(CODER, chartId)).toBeNull()
    await expect(claimChart(requestAs(world, CODER), { commandId: randomUUID(), chartId })).rejects.toMatchObject(gone)
  })
})

describe('asking for help', () => {
  it('opens the content and no name to supervisors, in an open stream, until the day at the facility is over', async () => {
    const { chartId, suggestionIds } = await addChart(world, { coder: CODER, lines: [{ code: 'I10' }] })
    const claims = world.claims.get(SUPERVISOR)!
    const stream = await chartStream(world.services, claims, chartId, null)
    expect((await stream.next()).value).toMatchObject({ __typename: 'ChartSnapshot' })
    expect((await look(SUPERVISOR, chartId))?.can).not.toContain('comment')

    expect(await ask(suggestionIds[0]!)).toMatchObject({ kind: 'ChartSaved' })
    expect(await ask(suggestionIds[0]!)).toMatchObject({ kind: 'AlreadyDone' })
    expect((await stream.next()).value).toMatchObject({ __typename: 'AccessChanged', change: 'RESTORED' })
    const helping = await look(SUPERVISOR, chartId)
    expect(helping?.classes).toContain('CLINICAL')
    expect(helping?.classes).not.toContain('IDENTITY')
    const comment = { commandId: randomUUID(), chartId, body: 'See section I.C.9.a.' }
    expect(await addComment(requestAs(world, SUPERVISOR), comment)).toMatchObject({ kind: 'CommentSaved' })
    const listed = async (email: string) => {
      const request = requestAs(world, email)
      const list = await listHelp(await request.reading())
      await request.close()
      return list.filter((help) => help.chartId === chartId)
    }
    expect(await listed(SUPERVISOR)).toMatchObject([{ suggestionId: suggestionIds[0], reason: 'GUIDELINE' }])
    expect(await listed('compliance@demo.test')).toEqual([])
    expect((await look(CODER2, chartId))?.classes).not.toContain('CLINICAL')

    let change: unknown
    world.clock.advance(24 * 3_600_000)
    world.hub.wakeOrganisation(claims.orgId)
    for (let i = 0; i < 3 && change === undefined; i++) {
      const { value } = await stream.next()
      change = (value as { change?: string }).change
    }
    expect(change).toBe('NARROWED')
    expect((await look(SUPERVISOR, chartId))?.classes).not.toContain('CLINICAL')
    expect(await listed(SUPERVISOR)).toEqual([])
    await stream.return?.()
  })

  it('ends where the coder leaves the chart, and is for its coder alone and never for a restricted chart', async () => {
    const { chartId, suggestionIds } = await addChart(world, { coder: CODER, lines: [{ code: 'I10' }] })
    await expect(ask(suggestionIds[0]!, CODER2)).rejects.toMatchObject(refused('NOT_CODER_OF_RECORD'))
    await expect(ask(suggestionIds[0]!, SUPERVISOR)).rejects.toMatchObject(refused('ROLE'))
    await ask(suggestionIds[0]!)
    await releaseChart(requestAs(world, CODER), { commandId: randomUUID(), chartId })
    expect((await look(SUPERVISOR, chartId))?.classes).not.toContain('CLINICAL')
    const own = await addChart(world, { coder: CODER, restricted: true, lines: [{ code: 'I10' }] })
    await expect(ask(own.suggestionIds[0]!)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})
