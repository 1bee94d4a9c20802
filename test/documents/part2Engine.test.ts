import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claimChart } from '../../server/charts/claimChart.command.js'
import { importChart } from '../../server/documents/importChart.command.js'
import { runEngine } from '../../server/documents/runEngine.command.js'
import { requestAs } from '../support/charts.js'
import { CODER, type DocumentWorld, documentWorld, smallInput } from './world.js'

let world: DocumentWorld
beforeAll(async () => void (world = await documentWorld()))
afterAll(() => world.close())

const qualified = (to: boolean) =>
  world.db.ownerSql`update agreement set qualified_service_organisation = ${to} where true`

async function imported(labels: ('PART2' | 'HIV')[]): Promise<string> {
  const account = randomUUID()
  const { outcome } = await importChart(
    requestAs(world, CODER),
    await smallInput(world, CODER, { mrn: account, account, labels }),
  )
  if (outcome.kind !== 'ChartSaved') throw new Error(JSON.stringify(outcome))
  return outcome.chartId
}
const state = async (chartId: string) =>
  (
    await world.db.ownerSql<{ engine: string; read: boolean; lines: number }[]>`
      select c.engine_state as engine, bool_and(v.read_by_engine) as read,
        (select count(*)::int from suggestion s where s.chart_id = c.id) as lines
      from chart c join document_version v on v.chart_id = c.id where c.id = ${chartId} group by c.id, c.engine_state`
  )[0]!

describe('the engine', () => {
  it('reads records of substance use disorder treatment only where anybody here may, and other labels always', async () => {
    await qualified(false)
    const [part2, hiv] = [await imported(['PART2']), await imported(['HIV'])]
    await world.jobs.settled()
    expect(await state(part2)).toEqual({ engine: 'DONE', read: false, lines: 0 })
    expect(await state(hiv)).toMatchObject({ engine: 'DONE', read: true })
    expect((await state(hiv)).lines).toBeGreaterThan(0)

    // Once there is a basis, the next run reads them.
    await qualified(true)
    await claimChart(requestAs(world, CODER), { commandId: randomUUID(), chartId: part2 })
    const asked = await runEngine(requestAs(world, CODER), { commandId: randomUUID(), chartId: part2 })
    expect(asked.kind).toBe('ChartSaved')
    await world.jobs.settled()
    expect(await state(part2)).toEqual({ ...(await state(hiv)) })
  })
})
