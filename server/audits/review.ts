import { type ChartCommand, endAssignments, saveChart, startAssignment } from '../charts/index.js'
import { newId } from '../kernel/ids.js'
import type { AuditView } from './audit.model.js'
import { reviewsNow } from './audit.store.js'

/**
 * An auditor is on a chart as long as there is something of it to review: an audit of theirs that is open, or a dispute
 * that waits for their answer (design, section 3: "for charts under their review").
 */
export const hasToReview = (audits: readonly AuditView[], auditorId: string): boolean =>
  audits.some(
    (audit) =>
      audit.auditorId === auditorId &&
      (audit.status === 'OPEN' || audit.findings.some(({ steps }) => steps.at(-1)?.type === 'DISPUTED')),
  )

/**
 * Begin or end the auditor's part, as there is something to review or not, in the transaction of whatever decided it.
 * Open streams on the chart decide anew what the auditor sees.
 * @param audits of the chart, as they stand after the command
 */
export async function keepReview(
  { session, chart, accessChanged }: ChartCommand,
  audits: readonly AuditView[],
  auditorId: string,
): Promise<void> {
  const needed = hasToReview(audits, auditorId)
  if ((await reviewsNow(session, chart.id, auditorId)) === needed) return
  if (needed)
    await startAssignment(session, {
      id: newId(session.now.getTime()),
      chartId: chart.id,
      memberId: auditorId,
      part: 'AUDITOR',
      until: null,
    })
  else await endAssignments(session, chart.id, auditorId, 'AUDITOR')
  await saveChart(session, chart, { accessEpoch: chart.accessEpoch + 1 })
  accessChanged()
}
