import { CLOCK, DATABASE } from '../auth/request.js'
import type { Services } from '../kernel/services.js'
import { WAKER } from '../live/wake.js'
import { endAssignments, saveChart } from './chart.store.js'
import { chartEvent } from './chartOutcome.js'
import { onChartAsSystem } from './chartSystem.js'
import { assignmentsDue } from './assignmentsDue.store.js'

/**
 * Give charts back whose assignment has run out (design: presence and assignment). Pended charts stay with their
 * owner. Idempotent; several nodes may run it at once, since each chart is looked at again under its lock.
 *
 * @returns how many charts went back.
 */
export async function releaseExpired(services: Services): Promise<number> {
  const now = services.get(CLOCK).now()
  let released = 0
  for (const { orgId, chartId } of await assignmentsDue(services.get(DATABASE), now)) {
    const done = await onChartAsSystem(
      services,
      orgId,
      chartId,
      'ASSIGNMENT_EXPIRED',
      async ({ session, chart, append }) => {
        const coder = chart.coderOfRecordId
        if (chart.status !== 'IN_CODING' || !coder || !chart.assignedUntil || chart.assignedUntil > now) return false
        const change = {
          status: 'READY' as const,
          coderOfRecordId: null,
          assignedUntil: null,
          accessEpoch: chart.accessEpoch + 1,
        }
        await saveChart(session, chart, change)
        await endAssignments(session, chart.id, coder, 'CODER_OF_RECORD')
        append(chartEvent('CHART_RELEASED', { ...chart, ...change }))
        return true
      },
    )
    if (!done) continue
    released++
    services.get(WAKER).access(orgId)
  }
  return released
}
