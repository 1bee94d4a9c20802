import type { BreakGlassInput } from '../../schema/breakGlass.js'
import type { Request } from '../auth/request.js'
import { enqueue } from '../jobs/index.js'
import { newId } from '../kernel/ids.js'
import { BREAK_GLASS_ALERT } from './breakGlass.alert.js'
import { glassEnds, reviewDue } from './breakGlass.decider.js'
import { insertGlass } from './breakGlass.store.js'
import { saveChart } from './chart.store.js'
import { onChart } from './chartCommand.js'
import type { ChartOutcome } from './chartOutcome.js'
import { alreadyDone } from './chartOutcome.js'
import { requireText } from './limits.js'

export type BreakGlassOutcome =
  | { readonly kind: 'GlassBroken'; readonly chartId: string; readonly breakGlassId: string }
  | Extract<ChartOutcome, { kind: 'AlreadyDone' }>

/**
 * Open one chart's content for an hour, to read, with a reason from the closed list and words of one's own. Never a chart
 * of another facility or a restricted one, never Part 2 records, no act and no class besides. Whoever
 * reviews it is told at once; what is read meanwhile is recorded as read so; a job escalates it where nobody reviews it.
 */
export async function breakGlass(request: Request, input: BreakGlassInput): Promise<BreakGlassOutcome> {
  requireText('note', input.note, 1_000)
  let broken = false
  const outcome = await onChart<BreakGlassOutcome>(
    request,
    { name: 'breakGlass', input, chartId: input.chartId },
    async ({ session, chart, authorize, accessChanged }) => {
      if (chart.glassUntil) return alreadyDone(chart) as Extract<ChartOutcome, { kind: 'AlreadyDone' }>
      authorize('breakGlass')
      const { orgId } = chart
      const breakGlassId = newId(session.now.getTime())
      const due = reviewDue(session.now, chart.timeZone)
      await insertGlass(session, chart, {
        id: breakGlassId,
        reason: input.reason,
        note: input.note.trim(),
        until: glassEnds(session.now),
        reviewDue: due,
      })
      await saveChart(session, chart, { accessEpoch: chart.accessEpoch + 1 })
      await enqueue(session.tx, 'break-glass-review', { orgId, chartId: chart.id, breakGlassId }, breakGlassId, due)
      accessChanged()
      broken = true
      return { kind: 'GlassBroken', chartId: chart.id, breakGlassId }
    },
  )
  if (broken) request.services.get(BREAK_GLASS_ALERT)('break-glass')
  return outcome
}
