import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { breakGlass } from '../../server/charts/breakGlass.command.js'
import { prepareJobs } from '../../server/jobs/index.js'
import { askForHelp } from '../../server/suggestions/askForHelp.command.js'
import { type AddedChart, addChart, type ChartWorld, chartWorld, requestAs } from '../support/charts.js'
import { Follower, type Item } from './streamSupport.js'

const CODER = 'coder@demo.test'
const SUPERVISOR = 'supervisor@demo.test'
/** Until the access ends, once the stream is open. */
const LEFT_MS = 150

let world: ChartWorld
beforeAll(async () => {
  world = await chartWorld()
  await prepareJobs(world.db.ownerSql)
})
afterAll(() => world.close())

const changes = (items: readonly Item[]): string[] =>
  items.flatMap((item) => (item.__typename === 'AccessChanged' ? [item.change] : []))

/** Resolves when the wake of what opens the chart has come, so that it wakes nobody later. */
async function opening({ chartId }: AddedChart): Promise<() => Promise<void>> {
  const follower = await Follower.on(world, SUPERVISOR, chartId)
  await follower.untilType('ChartSnapshot')
  return async () => {
    await follower.untilType('AccessChanged')
    await follower.stop()
  }
}

/** The stream waits for as long as the clock says, in which nothing else happens; then it looks. */
async function narrowsByItself({ chartId }: AddedChart, until: Date): Promise<void> {
  world.clock.advance(until.getTime() - world.clock.now().getTime() - LEFT_MS)
  const follower = await Follower.on(world, SUPERVISOR, chartId)
  await follower.untilType('ChartSnapshot')
  world.clock.advance(LEFT_MS)
  await narrowed(follower)
}

async function narrowed(follower: Follower): Promise<void> {
  await vi.waitFor(() => expect(changes(follower.items)).toEqual(['NARROWED']), { timeout: 10_000 })
  await follower.stop()
}

describe('an open stream narrows at its instant, with nothing to wake it,', () => {
  it('where a glass mends itself', async () => {
    const chart = await addChart(world, { coder: CODER })
    const opens = await opening(chart)
    await breakGlass(requestAs(world, SUPERVISOR), {
      commandId: randomUUID(),
      chartId: chart.chartId,
      reason: 'DEADLINE',
      note: 'Nobody else is here.',
    })
    await opens()
    const [glass] = await world.db.ownerSql<{ until: Date }[]>`
      select until from break_glass where chart_id = ${chart.chartId}`
    await narrowsByItself(chart, glass!.until)
  })

  it('where a question closes', async () => {
    const chart = await addChart(world, { coder: CODER, lines: [{ code: 'I10' }] })
    const opens = await opening(chart)
    await askForHelp(requestAs(world, CODER), {
      commandId: randomUUID(),
      suggestionId: chart.suggestionIds[0]!,
      reason: 'GUIDELINE',
    })
    await opens()
    const [help] = await world.db.ownerSql<{ until: Date }[]>`select until from help where chart_id = ${chart.chartId}`
    await narrowsByItself(chart, help!.until)
  })
})

describe('an open stream narrows', () => {
  it('where a label is admitted no more, though its classes are the same', async () => {
    const { chartId } = await addChart(world, { coder: CODER, documents: [{ text: 'Opioid use.', labels: ['PART2'] }] })
    const follower = await Follower.on(world, CODER, chartId)
    await follower.untilType('ChartSnapshot')
    await world.db.ownerSql`update agreement set qualified_service_organisation = false`
    await world.db.ownerSql`update facility set access_epoch = access_epoch + 1`
    world.hub.wakeAll()
    await narrowed(follower)
  })
})
