import type { ReturnChartInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import {
  type ChartOutcome,
  chartEvent,
  insertPend,
  onChart,
  type PendView,
  requireText,
  saveChart,
  saved,
} from '../charts/index.js'
import { newId } from '../kernel/ids.js'

/** Send a submitted chart back to its coder with a note on what to look at; the submission stays as it is. */
export function returnChart(request: Request, input: ReturnChartInput): Promise<ChartOutcome> {
  requireText('note', input.note, 1_000)
  return onChart<ChartOutcome>(
    request,
    { name: 'returnChart', input, chartId: input.chartId, action: 'return' },
    async ({ session, chart, append, tell, accessChanged }) => {
      const change = { status: 'REOPENED' as const, accessEpoch: chart.accessEpoch + 1 }
      // The note is kept where notes on waiting charts are kept, removed at once: it blocks nothing.
      const note: PendView = {
        id: newId(session.now.getTime()),
        reason: 'SECOND_OPINION',
        note: input.note.trim(),
        dueOn: null,
        memberId: session.viewer.memberId,
        createdAt: session.now.toISOString(),
        removedAt: session.now.toISOString(),
      }
      await insertPend(session, chart, note)
      await saveChart(session, chart, change)
      append(chartEvent('CHART_RETURNED', { ...chart, ...change }, { pend: note }))
      if (chart.coderOfRecordId) tell({ memberId: chart.coderOfRecordId, kind: 'CHART_RETURNED' })
      accessChanged()
      return saved(chart)
    },
  )
}
