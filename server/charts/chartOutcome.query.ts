import { directoryOf } from '../accounts/index.js'
import type { Request } from '../auth/request.js'
import { seeChart } from './chart.loader.js'
import { presentChart } from './chart.presenter.js'
import type { ChartOutcome } from './chartOutcome.js'

/** The outcome of a command on a chart, as its caller sees the chart now. */
export async function presentChartOutcome(outcome: ChartOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return { __typename: 'CommandInvalid', problems: outcome.problems }
  return { __typename: outcome.kind, chart: await presentChartById(request, outcome.chartId) }
}

/** A chart the caller just acted on. @throws NOT_FOUND where the act took it out of the caller's sight. */
export async function presentChartById(request: Request, chartId: string): Promise<object> {
  const session = await request.reading()
  const { row, sight } = await seeChart(session, chartId)
  return presentChart(row, sight, await directoryOf(session))
}
