import type { ReopenChartInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import { type ChartOutcome, chartEvent, onChart, saveChart, saved } from '../charts/index.js'

/** Open a submitted chart again, with the reason. Its submissions stay; the next one gets the next number. */
export function reopenChart(request: Request, input: ReopenChartInput): Promise<ChartOutcome> {
  return onChart<ChartOutcome>(
    request,
    { name: 'reopenChart', input, chartId: input.chartId, action: 'reopen' },
    async ({ session, chart, append, accessChanged }) => {
      const change = { status: 'REOPENED' as const, accessEpoch: chart.accessEpoch + 1 }
      await saveChart(session, chart, change)
      append(chartEvent('CHART_REOPENED', { ...chart, ...change }, { reopenReason: input.reason }))
      accessChanged()
      return saved(chart)
    },
  )
}
