import type { ChartCommandInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import { endAssignments, saveChart } from './chart.store.js'
import { onChart } from './chartCommand.js'
import { type ChartOutcome, chartEvent, saved } from './chartOutcome.js'

/** Give a chart back to its worklist; what was decided on it stays. */
export function releaseChart(request: Request, input: ChartCommandInput): Promise<ChartOutcome> {
  return onChart<ChartOutcome>(
    request,
    { name: 'releaseChart', input, chartId: input.chartId, action: 'release' },
    async ({ session, chart, append, accessChanged }) => {
      const change = {
        status: chart.submissionCount > 0 ? ('REOPENED' as const) : ('READY' as const),
        coderOfRecordId: null,
        assignedUntil: null,
        accessEpoch: chart.accessEpoch + 1,
      }
      await saveChart(session, chart, change)
      await endAssignments(session, chart.id, session.viewer.memberId, 'CODER_OF_RECORD')
      append(chartEvent('CHART_RELEASED', { ...chart, ...change }))
      accessChanged()
      return saved(chart)
    },
  )
}
