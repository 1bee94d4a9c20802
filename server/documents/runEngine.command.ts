import type { ChartCommandInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import { alreadyDone, type ChartOutcome, codingDate, invalid, onChart, saved } from '../charts/index.js'
import { JOBS } from '../jobs/index.js'
import { documentViewsOf } from './document.store.js'
import { queueEngine, unreadOf } from './engineQueue.js'

/**
 * Let the engine read what it has not read of a chart. Documents it has read are not read again, and what a person has
 * decided stays. Nothing unread: already done.
 */
export async function runEngine(request: Request, input: ChartCommandInput): Promise<ChartOutcome> {
  const outcome = await onChart<ChartOutcome>(
    request,
    { name: 'runEngine', input, chartId: input.chartId, action: 'runEngine' },
    async ({ session, chart }) => {
      if (codingDate(chart) === null)
        return invalid('NO_DATE', 'The chart has no date of service or discharge: enter it in the abstract first.')
      if (unreadOf(await documentViewsOf(session, chart)).length === 0) return alreadyDone(chart)
      await queueEngine(session, chart)
      return saved(chart)
    },
  )
  request.services.get(JOBS).wake('engine-run')
  return outcome
}
