import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findCharts } from '../../server/charts/chart.store.js'
import { claimChart } from '../../server/charts/claimChart.command.js'
import { textOf } from '../../server/documents/document.store.js'
import { linesOf } from '../../server/suggestions/suggestion.store.js'
import { addChart, type ChartWorld, chartWorld, eventTypes, memberId, requestAs } from './charts.js'

describe('chartWorld', () => {
  let world: ChartWorld
  beforeAll(async () => void (world = await chartWorld()))
  afterAll(() => world.close())

  it('makes charts on which commands run and whose sealed words open', async () => {
    const { chartId, documents, suggestionIds } = await addChart(world, {
      lines: [{ code: 'I10', evidence: [{ words: 'Essential hypertension' }] }],
    })
    const commandId = crypto.randomUUID()
    const claimed = await claimChart(requestAs(world, 'coder@demo.test'), { commandId, chartId })
    expect(claimed).toEqual({ kind: 'ChartSaved', chartId })

    const request = requestAs(world, 'coder@demo.test')
    const session = await request.reading()
    const [chart] = await findCharts(session, [chartId])
    expect(chart).toMatchObject({ status: 'IN_CODING', coderOfRecordId: memberId(world, 'coder@demo.test') })
    expect(await textOf(session, chart!, documents[0]!.versionId)).toBe(documents[0]!.text)
    expect((await linesOf(session, chart!)).map((line) => line.id)).toEqual(suggestionIds)
    await request.close()
    expect(await eventTypes(world, chartId)).toEqual([
      'CHART_RECEIVED',
      'DOCUMENT_ADDED',
      'SUGGESTION_PROPOSED',
      'CHART_ASSIGNED',
    ])
  })

  it('keeps tenants apart', async () => {
    const { chartId } = await addChart(world, { organisation: 'lakeside' })
    const commandId = crypto.randomUUID()
    await expect(claimChart(requestAs(world, 'coder@demo.test'), { commandId, chartId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})
