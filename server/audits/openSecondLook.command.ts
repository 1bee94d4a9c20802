import type { ChartCommandInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import {
  alreadyDone,
  type ChartOutcome,
  chartEvent,
  onChart,
  saveChart,
  saved,
  startAssignment,
} from '../charts/index.js'
import { newId } from '../kernel/ids.js'

/**
 * Join a chart as second-level reviewer: the caller sees its content and decides on its lines beside the coder, and
 * from the first such decision on can never audit it.
 */
export function openSecondLook(request: Request, input: ChartCommandInput): Promise<ChartOutcome> {
  return onChart<ChartOutcome>(
    request,
    { name: 'openSecondLook', input, chartId: input.chartId },
    async ({ session, chart, append, authorize, accessChanged }) => {
      if (chart.myParts.includes('SECOND_LOOK')) return alreadyDone(chart)
      authorize('openSecondLook')
      const change = { accessEpoch: chart.accessEpoch + 1 }
      await saveChart(session, chart, change)
      await startAssignment(session, {
        id: newId(session.now.getTime()),
        chartId: chart.id,
        memberId: session.viewer.memberId,
        part: 'SECOND_LOOK',
        until: null,
      })
      append(chartEvent('SECOND_LOOK_OPENED', { ...chart, ...change }))
      accessChanged()
      return saved(chart)
    },
  )
}
