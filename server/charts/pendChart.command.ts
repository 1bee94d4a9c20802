import type { PendChartInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import { newId } from '../kernel/ids.js'
import { localDate } from './chart.model.js'
import { saveChart } from './chart.store.js'
import { onChart } from './chartCommand.js'
import { type ChartOutcome, chartEvent, invalid, saved } from './chartOutcome.js'
import { limitText } from './limits.js'
import { insertPend } from './pend.store.js'
import type { PendView } from './views.model.js'

/** Let work on the chart wait, with a reason. A chart can have several; while it has one it cannot be submitted. */
export function pendChart(request: Request, input: PendChartInput): Promise<ChartOutcome> {
  limitText('note', input.note, 1_000)
  return onChart<ChartOutcome>(
    request,
    { name: 'pendChart', input, chartId: input.chartId, action: 'pend' },
    async ({ session, chart, append }) => {
      if (input.due && input.due < localDate(session.now, chart.timeZone))
        return invalid('DUE_IN_THE_PAST', 'The day on which to look again lies in the past.', 'due')
      if (input.reason === 'OTHER' && !input.note?.trim())
        return invalid('NOTE_REQUIRED', 'With the reason OTHER, say in a few words what the chart waits for.', 'note')
      const pend: PendView = {
        id: newId(session.now.getTime()),
        reason: input.reason,
        note: input.note?.trim() || null,
        dueOn: input.due ?? null,
        memberId: session.viewer.memberId,
        createdAt: session.now.toISOString(),
        removedAt: null,
      }
      await insertPend(session, chart, pend)
      await saveChart(session, chart, { status: 'PENDED' })
      append(chartEvent('CHART_PENDED', { ...chart, status: 'PENDED' }, { pend }))
      return saved(chart)
    },
  )
}
