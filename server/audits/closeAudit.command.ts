import type { CloseAuditInput } from '../../schema/quality.js'
import type { Request } from '../auth/request.js'
import { sees } from '../auth/sight.js'
import { assignmentEnd, onChart } from '../charts/index.js'
import { forbidden, notFound } from '../kernel/errors.js'
import { isUuid, newId } from '../kernel/ids.js'
import type { AuditView, ResultRow } from './audit.model.js'
import { auditsOf, chartOfAudit, saveClosed } from './audit.store.js'
import { auditClosed } from './auditEvent.js'
import { ANSWER_WORKING_DAYS } from './findingLife.decider.js'
import { ledgerOf, versionOfLedger } from './ledger.js'
import { insertResults } from './quality.store.js'
import { keepReview } from './review.js'
import { judgedBy, POLICY_IN_FORCE, responsibleFor } from './score.decider.js'

export type CloseAuditOutcome =
  | { readonly kind: 'AuditClosed'; readonly chartId: string; readonly auditId: string }
  | { readonly kind: 'AuditChanged'; readonly chartId: string; readonly auditId: string; readonly seenVersion: number }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly { code: string; message: string }[] }

/**
 * Close one's own audit, in whatever state its chart is by then: the ledger takes no more findings, is scored under the
 * policy in force, and goes to everybody whom it judges, who answer within five working days. With it ends the auditor's
 * part on the chart, where no other audit of theirs is open.
 */
export function closeAudit(request: Request, input: CloseAuditInput): Promise<CloseAuditOutcome> {
  const { auditId, seenVersion } = input
  if (!isUuid(auditId)) return Promise.reject(notFound())
  return onChart<CloseAuditOutcome>(
    request,
    { name: 'closeAudit', input, chartId: (session) => chartOfAudit(session, auditId) },
    async (command) => {
      const { session, chart, sight, append, tell } = command
      const audits = await auditsOf(session, chart)
      const own = (it: AuditView): boolean => it.auditorId === session.viewer.memberId
      const audit = audits.find((it) => it.id === auditId && (own(it) || sees(sight, 'QUALITY')))
      if (!audit) throw notFound()
      if (own(audit) && audit.status !== 'OPEN')
        return { kind: 'CommandInvalid', problems: [{ code: 'AUDIT_CLOSED', message: 'The audit is closed already.' }] }
      if (!own(audit) || !sight.relations.includes('AUDITOR')) throw forbidden('NOT_ASSIGNED')
      if (versionOfLedger(audit) !== seenVersion)
        return { kind: 'AuditChanged', chartId: chart.id, auditId, seenVersion }
      const closed: AuditView = {
        ...audit,
        status: 'CLOSED',
        closedAt: session.now.toISOString(),
        answersDueAt: assignmentEnd(session.now, ANSWER_WORKING_DAYS, chart.timeZone).toISOString(),
        policy: POLICY_IN_FORCE,
        drgHolds: input.drgHolds ?? null,
      }
      await saveClosed(session, closed)
      const ledger = ledgerOf(closed, 'RECORDED')
      const results = judgedBy(ledger).map(
        (memberId): ResultRow => ({
          id: newId(session.now.getTime()),
          auditId,
          chartId: chart.id,
          facilityId: chart.facilityId,
          memberId,
          auditorId: audit.auditorId,
          findingIds: audit.findings.filter((it) => responsibleFor(it, ledger) === memberId).map((it) => it.id),
          closedAt: session.now,
        }),
      )
      await insertResults(session, results)
      for (const { id, memberId } of results)
        tell({ memberId, kind: 'FINDINGS_TO_ANSWER', subjectId: id, dueAt: new Date(closed.answersDueAt!) })
      append(auditClosed(closed), auditId)
      await keepReview(
        command,
        audits.map((it) => (it.id === auditId ? closed : it)),
        audit.auditorId,
      )
      return { kind: 'AuditClosed', chartId: chart.id, auditId }
    },
  )
}
