import type { RecordFindingInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { sees } from '../auth/sight.js'
import { type ChartRow, limitText, onChart, requireText, saveChart } from '../charts/index.js'
import { forbidden, notFound } from '../kernel/errors.js'
import { isUuid, newId } from '../kernel/ids.js'
import { type FrozenSnapshot, snapshotOf } from '../submissions/index.js'
import { linesOf } from '../suggestions/index.js'
import type { AuditView, FindingElement, FindingView } from './audit.model.js'
import { auditsOf, chartOfAudit, citedBy, insertFinding } from './audit.store.js'
import { findingRecorded } from './auditEvent.js'
import { type FindingAsked, type FindingProblem, findingProblems } from './finding.decider.js'

export type RecordFindingOutcome =
  | {
      readonly kind: 'FindingRecorded'
      readonly chartId: string
      readonly auditId: string
      readonly findingId: string
    }
  | {
      readonly kind: 'CommandInvalid'
      readonly problems: readonly (Omit<FindingProblem, 'field'> & { readonly field?: string })[]
    }

/**
 * Enter what was found into the audit's ledger. The submission stays as it was frozen and the chart as it stands: a
 * finding changes nothing but the audit. The explanation is required and has at most 4,000 characters, the guideline 200.
 */
export function recordFinding(request: Request, input: RecordFindingInput): Promise<RecordFindingOutcome> {
  requireText('explanation', input.explanation, 4_000)
  limitText('guideline', input.guideline, 200)
  if (!isUuid(input.auditId)) return Promise.reject(notFound())
  return onChart<RecordFindingOutcome>(
    request,
    { name: 'recordFinding', input, chartId: (session) => chartOfAudit(session, input.auditId) },
    async ({ session, chart, sight, authorize, append, accessChanged }) => {
      // What was found is QUALITY: to whoever sees none of it this audit does not exist, whatever they may do.
      const audit = sees(sight, 'QUALITY')
        ? (await auditsOf(session, chart)).find((a) => a.id === input.auditId)
        : undefined
      if (!audit) throw notFound()
      authorize('recordFinding')
      if (audit.auditorId !== session.viewer.memberId) throw forbidden('NOT_ASSIGNED')
      if (audit.status !== 'OPEN')
        return {
          kind: 'CommandInvalid',
          problems: [{ code: 'AUDIT_CLOSED', message: 'The audit is closed; its ledger takes no more findings.' }],
        }
      const asked: FindingAsked = {
        element: input.element as FindingElement,
        kind: input.kind,
        suggestionId: input.suggestionId ?? null,
        proposedSuggestionId: input.proposedSuggestionId ?? null,
      }
      const submitted = await submissionOf(session, chart, audit)
      const problems = findingProblems(asked, {
        auditorId: audit.auditorId,
        submitted: submitted.lines,
        lines: await linesOf(session, chart),
        earlier: audit.findings,
      })
      if (problems.length > 0) return { kind: 'CommandInvalid', problems }

      const finding: FindingView = {
        id: newId(session.now.getTime()),
        auditId: audit.id,
        ...asked,
        guideline: input.guideline?.trim() || null,
        explanation: input.explanation.trim(),
        recordedBy: session.viewer.memberId,
        recordedAt: session.now.toISOString(),
        steps: [],
      }
      await insertFinding(session, chart, finding)
      // From the first finding on, compliance sees what it rests on (chart.policy).
      if (!chart.underFinding) {
        await saveChart(session, chart, { accessEpoch: chart.accessEpoch + 1 })
        accessChanged()
      }
      append(findingRecorded(finding, await citedBy(session, chart, submitted, finding)), audit.id)
      return { kind: 'FindingRecorded', chartId: chart.id, auditId: audit.id, findingId: finding.id }
    },
  )
}

async function submissionOf(session: Session, chart: ChartRow, audit: AuditView): Promise<FrozenSnapshot> {
  const found = await snapshotOf(session, chart, audit.submissionNumber)
  if (!found) throw new Error('the submission of an audit is gone')
  return found.snapshot
}
