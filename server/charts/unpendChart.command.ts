import type { UnpendChartInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import { notFound } from '../kernel/errors.js'
import { saveChart } from './chart.store.js'
import { onChart } from './chartCommand.js'
import { alreadyDone, type ChartOutcome, chartEvent, saved } from './chartOutcome.js'
import { pendsOf, removePends } from './pend.store.js'

/** Remove one reason, or all; with the last one gone the chart goes on where it stood. */
export function unpendChart(request: Request, input: UnpendChartInput): Promise<ChartOutcome> {
  return onChart<ChartOutcome>(
    request,
    { name: 'unpendChart', input, chartId: input.chartId, action: 'unpend' },
    async ({ session, chart, append }) => {
      const all = await pendsOf(session, chart)
      const standing = all.filter((p) => p.removedAt === null)
      if (input.pendId && !all.some((p) => p.id === input.pendId)) throw notFound()
      const removed = input.pendId ? standing.filter((p) => p.id === input.pendId) : standing
      if (removed.length === 0) return alreadyDone(chart)
      await removePends(
        session,
        chart,
        removed.map((p) => p.id),
      )
      const last = removed.length === standing.length
      const status = last ? (chart.submissionCount > 0 ? ('REOPENED' as const) : ('IN_CODING' as const)) : chart.status
      if (last) await saveChart(session, chart, { status })
      for (const pend of removed)
        append(
          chartEvent(
            'CHART_UNPENDED',
            { ...chart, status },
            { pend: { ...pend, removedAt: session.now.toISOString() } },
          ),
        )
      return saved(chart)
    },
  )
}
