import type { OpenAuditInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import { type ChartCommand, chartEvent, onChart, saveChart, startAssignment } from '../charts/index.js'
import { newId } from '../kernel/ids.js'
import { createStream } from '../live/log.js'
import { snapshotOf } from '../submissions/index.js'
import type { AuditView } from './audit.model.js'
import { auditsOf, insertAudit, submittedFacts } from './audit.store.js'
import { auditOpened } from './auditEvent.js'

export type OpenAuditOutcome =
  | { readonly kind: 'AuditOpened'; readonly chartId: string; readonly auditId: string }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly { code: string; message: string; field?: string }[] }

/**
 * Begin the audit of one submission. The caller becomes an auditor of the chart: sees its content, decides on none of
 * its lines, and records findings in a log of the audit's own.
 */
export function openAudit(request: Request, input: OpenAuditInput): Promise<OpenAuditOutcome> {
  return onChart<OpenAuditOutcome>(
    request,
    { name: 'openAudit', input, chartId: input.chartId, action: 'openAudit' },
    async (command) => {
      const { session, chart } = command
      const submission = await snapshotOf(session, chart, input.submissionNumber)
      if (!submission)
        return invalid('SUBMISSION_UNKNOWN', 'The chart has no submission of that number.', 'submissionNumber')
      const own = (audit: AuditView) => audit.auditorId === session.viewer.memberId && audit.status === 'OPEN'
      const open = (await auditsOf(session, chart)).filter(own)
      if (open.some((audit) => audit.submissionId === submission.id))
        return invalid('AUDIT_OPEN', 'You have an open audit of this submission; go on with that one.')
      return begin(command, {
        id: newId(session.now.getTime()),
        chartId: chart.id,
        submissionId: submission.id,
        submissionNumber: submission.snapshot.number,
        auditorId: session.viewer.memberId,
        status: 'OPEN',
        reason: input.reason,
        openedAt: session.now.toISOString(),
        closedAt: null,
        answersDueAt: null,
        policy: null,
        drgHolds: null,
        submitted: submittedFacts(submission.snapshot),
        findings: [],
      })
    },
  )
}

async function begin(command: ChartCommand, audit: AuditView): Promise<OpenAuditOutcome> {
  const { session, chart, append, accessChanged } = command
  const place = { orgId: chart.orgId, streamId: audit.id, chartId: chart.id, patientId: chart.patientId }
  await createStream(session.tx, place, 'AUDIT')
  await insertAudit(session, audit)
  const change = { accessEpoch: chart.accessEpoch + 1 }
  await saveChart(session, chart, change)
  if (!chart.myParts.includes('AUDITOR'))
    await startAssignment(session, {
      id: newId(session.now.getTime()),
      chartId: chart.id,
      memberId: audit.auditorId,
      part: 'AUDITOR',
      until: null,
    })
  append({ ...chartEvent('AUDIT_OPENED', { ...chart, ...change }), subjectId: audit.id })
  append(auditOpened(audit), audit.id)
  accessChanged()
  return { kind: 'AuditOpened', chartId: chart.id, auditId: audit.id }
}

const invalid = (code: string, message: string, field?: string): OpenAuditOutcome => ({
  kind: 'CommandInvalid',
  problems: [field ? { code, message, field } : { code, message }],
})
