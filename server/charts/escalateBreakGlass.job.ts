import { CLOCK } from '../auth/request.js'
import type { JobData } from '../jobs/index.js'
import type { Services } from '../kernel/services.js'
import { WAKER } from '../live/wake.js'
import { BREAK_GLASS_ALERT } from './breakGlass.alert.js'
import { escalateGlass } from './breakGlass.store.js'
import { onChartAsSystem } from './chartSystem.js'

/**
 * The job `break-glass-review`, due when three working days are over: what nobody reviewed goes to compliance too, and
 * the operator is told. Runs at least once; a second run finds nothing to do.
 * @throws where it comes too early, so that it is tried again
 */
export async function escalateBreakGlass(services: Services, data: JobData['break-glass-review']): Promise<void> {
  const { orgId, chartId, breakGlassId } = data
  const now = services.get(CLOCK).now()
  const done = await onChartAsSystem(services, orgId, chartId, 'BREAK_GLASS_ESCALATED', ({ session }) =>
    escalateGlass(session.tx, orgId, breakGlassId, now),
  )
  if (done === 'NOT_DUE') throw new Error('the review is not due yet')
  if (done !== 'ESCALATED') return
  services.get(BREAK_GLASS_ALERT)('break-glass escalated')
  services.get(WAKER).access(orgId)
}
