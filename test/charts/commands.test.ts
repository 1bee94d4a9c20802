import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claimChart } from '../../server/charts/claimChart.command.js'
import { findCharts } from '../../server/charts/chart.store.js'
import { seenCharts } from '../../server/charts/chart.loader.js'
import { pendsOf } from '../../server/charts/pend.store.js'
import { pendChart } from '../../server/charts/pendChart.command.js'
import { releaseChart } from '../../server/charts/releaseChart.command.js'
import { unpendChart } from '../../server/charts/unpendChart.command.js'
import { submitChart } from '../../server/submissions/submitChart.command.js'
import {
  addChart,
  type ChartWorld,
  chartWorld,
  eventTypes,
  lastCursor,
  memberId,
  requestAs,
  SUBMITTABLE,
} from '../support/charts.js'

const CODER = 'coder@demo.test'
const CODER2 = 'coder2@demo.test'

let world: ChartWorld
beforeAll(async () => void (world = await chartWorld(new Date('2026-04-03T15:00:00Z'))))
afterAll(() => world.close())

const commandId = (): string => randomUUID()
const claim = (email: string, chartId: string) =>
  claimChart(requestAs(world, email), { commandId: commandId(), chartId })
const release = (email: string, chartId: string) =>
  releaseChart(requestAs(world, email), { commandId: commandId(), chartId })
const pend = (chartId: string, given: object = {}) =>
  pendChart(requestAs(world, CODER), { commandId: commandId(), chartId, reason: 'QUERY', ...given } as never)
const unpend = (email: string, chartId: string, pendId?: string) =>
  unpendChart(requestAs(world, email), { commandId: commandId(), chartId, pendId })

async function look(email: string, chartId: string) {
  const request = requestAs(world, email)
  const session = await request.reading()
  const seen = await seenCharts(session).load(chartId)
  const [row] = await findCharts(session, [chartId])
  const pends = await pendsOf(session, row!)
  await request.close()
  return { seen, row: row!, pends }
}

describe('claiming', () => {
  it('of many at once, one becomes coder of record; the others hear that it is taken', async () => {
    const { chartId } = await addChart(world)
    const outcomes = await Promise.allSettled([CODER, CODER2, CODER, CODER2].map((email) => claim(email, chartId)))
    const { row } = await look(CODER, chartId)
    const winner = row.coderOfRecordId === memberId(world, CODER) ? CODER : CODER2
    for (const [i, outcome] of outcomes.entries()) {
      const email = i % 2 ? CODER2 : CODER
      if (email === winner) expect(outcome).toMatchObject({ status: 'fulfilled' })
      else expect(outcome).toMatchObject({ reason: { code: 'FORBIDDEN', detail: { reason: 'CHART_STATE' } } })
    }
    const saved = outcomes.filter((o) => o.status === 'fulfilled' && o.value.kind === 'ChartSaved')
    expect(saved).toHaveLength(1)
    expect((await eventTypes(world, chartId)).filter((t) => t === 'CHART_ASSIGNED')).toHaveLength(1)
    const assignments = await world.db.ownerSql`select from assignment where chart_id = ${chartId} and ended_at is null`
    expect(assignments).toHaveLength(1)
  })

  it('opens the content, until the end of the next working day; releasing closes it again', async () => {
    const { chartId } = await addChart(world)
    expect((await look(CODER, chartId)).seen!.sight.classes.has('CLINICAL')).toBe(false)
    await claim(CODER, chartId)
    const { seen, row } = await look(CODER, chartId)
    expect(seen!.sight.classes.has('CLINICAL')).toBe(true)
    // A Friday morning in New York: the Monday's end.
    expect(row.assignedUntil).toEqual(new Date('2026-04-07T04:00:00Z'))
    const colleague = await look(CODER2, chartId)
    expect(colleague.seen!.sight.classes.has('CLINICAL')).toBe(false)
    await release(CODER, chartId)
    expect((await look(CODER, chartId)).seen!.sight.classes.has('CLINICAL')).toBe(false)
    expect((await look(CODER, chartId)).row).toMatchObject({
      status: 'READY',
      coderOfRecordId: null,
      firstCoderId: memberId(world, CODER),
    })
    expect(await claim(CODER2, chartId)).toMatchObject({ kind: 'ChartSaved' })
    expect((await look(CODER2, chartId)).row.firstCoderId).toBe(memberId(world, CODER))
    await expect(release(CODER, chartId)).rejects.toMatchObject({ detail: { reason: 'NOT_CODER_OF_RECORD' } })
  })

  it('is refused on identity hold, and not found where the chart is hidden', async () => {
    const held = await addChart(world, { identityHold: true })
    await expect(claim(CODER, held.chartId)).rejects.toMatchObject({ detail: { reason: 'IDENTITY_HOLD' } })
    await expect(claim('supervisor@demo.test', held.chartId)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const hidden = await addChart(world, { restricted: true })
    await expect(claim(CODER, hidden.chartId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const elsewhere = await addChart(world, { queue: null })
    await expect(claim(CODER, elsewhere.chartId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('that has lost the role it is held in shows nothing more, though the assignment stands', async () => {
    const { chartId } = await addChart(world, { coder: CODER })
    const id = memberId(world, CODER)
    try {
      await world.db.ownerSql`update member set roles = '{SUPERVISOR}' where id = ${id}`
      const { seen } = await look(CODER, chartId)
      expect([...seen!.sight.classes].sort()).toEqual(['ACCOUNT_REF', 'MONEY', 'OPEN', 'WORK'])
      expect(seen!.sight.relations).toEqual([])
      await expect(release(CODER, chartId)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    } finally {
      await world.db.ownerSql`update member set roles = '{CODER}' where id = ${id}`
    }
  })

  it('ends when it has run out, also for the list and before any job has ended it', async () => {
    const { chartId } = await addChart(world, { queue: null, restricted: true })
    await world.db.ownerSql`insert into assignment ${world.db.ownerSql({
      orgId: world.demo.harbor.organisationId,
      id: randomUUID(),
      chartId,
      memberId: memberId(world, 'reviewer@demo.test'),
      part: 'SECOND_LOOK',
      startedAt: world.clock.now(),
      until: new Date(world.clock.now().getTime() + 1),
      endedAt: null,
    })}`
    expect((await look('reviewer@demo.test', chartId)).seen).not.toBeNull()
    world.clock.advance(1)
    expect((await look('reviewer@demo.test', chartId)).seen).toBeNull()
  })
})

describe('waiting', () => {
  it('for several reasons ends with the last of them', async () => {
    const { chartId } = await addChart(world, { coder: CODER, lines: SUBMITTABLE })
    expect(await pend(chartId)).toMatchObject({ kind: 'ChartSaved' })
    world.clock.advance(1)
    expect(await pend(chartId, { reason: 'OTHER', note: 'Ask Quillfeather’s surgeon' })).toMatchObject({
      kind: 'ChartSaved',
    })
    const submitInput = { commandId: commandId(), chartId, seenCursor: await lastCursor(world, chartId) }
    await expect(submitChart(requestAs(world, CODER), submitInput)).rejects.toMatchObject({
      detail: { reason: 'CHART_STATE' },
    })
    const { pends } = await look(CODER, chartId)
    expect(pends.map((p) => [p.reason, p.note])).toEqual([
      ['QUERY', null],
      ['OTHER', 'Ask Quillfeather’s surgeon'],
    ])
    expect(await unpend(CODER, chartId, pends[0]!.id)).toMatchObject({ kind: 'ChartSaved' })
    expect(await unpend(CODER, chartId, pends[0]!.id)).toMatchObject({ kind: 'AlreadyDone' })
    expect((await look(CODER, chartId)).row.status).toBe('PENDED')
    for (const unknown of [randomUUID(), 'x'])
      await expect(unpend(CODER, chartId, unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await unpend(CODER, chartId)
    expect((await look(CODER, chartId)).row.status).toBe('IN_CODING')
    expect((await eventTypes(world, chartId)).slice(-4)).toEqual([
      'CHART_PENDED',
      'CHART_PENDED',
      'CHART_UNPENDED',
      'CHART_UNPENDED',
    ])
  })

  it('goes on over a release: the next coder finds the chart waiting, and cannot submit it', async () => {
    const { chartId } = await addChart(world, { coder: CODER, lines: SUBMITTABLE })
    await pend(chartId)
    await release(CODER, chartId)
    await claim(CODER2, chartId)
    expect((await look(CODER2, chartId)).row.status).toBe('PENDED')
    const input = { commandId: commandId(), chartId, seenCursor: await lastCursor(world, chartId) }
    await expect(submitChart(requestAs(world, CODER2), input)).rejects.toMatchObject({
      detail: { reason: 'CHART_STATE' },
    })
    await unpend(CODER2, chartId)
    expect((await look(CODER2, chartId)).row.status).toBe('IN_CODING')
  })

  it('needs a day that is not past in the facility’s calendar, and a word where the reason is OTHER', async () => {
    const { chartId } = await addChart(world, { coder: CODER })
    expect(await pend(chartId, { due: '2026-04-02' })).toMatchObject({ problems: [{ code: 'DUE_IN_THE_PAST' }] })
    expect(await pend(chartId, { due: '2026-04-03' })).toMatchObject({ kind: 'ChartSaved' })
    for (const note of [undefined, null, ' '])
      expect(await pend(chartId, { reason: 'OTHER', note })).toMatchObject({ problems: [{ code: 'NOTE_REQUIRED' }] })
    await expect((async () => pend(chartId, { note: 'x'.repeat(1_001) }))()).rejects.toMatchObject({
      code: 'BAD_INPUT',
    })
  })
})
