import type { FindingCommandInput } from '../../schema/quality.js'
import type { DisputeReason, FindingAct, FindingStepType } from '../../schema/values.js'
import type { Request } from '../auth/request.js'
import { whyNot } from '../auth/rules.js'
import type { Session } from '../auth/session.js'
import { assignmentEnd, type ChartCommand, type ChartRow, onChart } from '../charts/index.js'
import { forbidden, notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import type { InboxNote } from '../live/inbox.store.js'
import type { FindingStepView, FindingView, ResultRow } from './audit.model.js'
import { auditsOf, citedBy, insertStep } from './audit.store.js'
import { findingStepped } from './auditEvent.js'
import { ANSWER_WORKING_DAYS, type LifeProblem, lifeProblem, versionOf } from './findingLife.decider.js'
import { factsOf, mayWithResult } from './quality.policy.js'
import { actorOn, qualityRulesOf } from './quality.query.js'
import { chartOfFinding, decidersOf, resultOfFinding } from './quality.store.js'
import { keepReview } from './review.js'

export type FindingCommandOutcome =
  | { readonly kind: 'FindingSaved'; readonly chartId: string; readonly findingId: string }
  | {
      readonly kind: 'FindingChanged'
      readonly chartId: string
      readonly findingId: string
      readonly seenVersion: number
    }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly LifeProblem[] }

/** What somebody says about a finding. */
export interface Said {
  readonly type: FindingStepType
  readonly reason?: DisputeReason
  readonly comment?: string
}

/**
 * One command on a finding of a closed audit, under the lock of its chart: visible by the rules of results (a person's own
 * outlive their part on the chart), on the version that the caller saw, decided by how the finding stands, and one step more
 * in the ledger and in the audit's own log.
 *
 * @throws NOT_FOUND for a finding that is absent, of an open audit, or not the caller's to see: one answer. FORBIDDEN
 *   (SEPARATION_OF_DUTIES, ROLE) for whoever sees it and has no such word in it.
 */
export function onFinding(
  request: Request,
  name: string,
  input: FindingCommandInput,
  act: FindingAct,
  said: Said,
): Promise<FindingCommandOutcome> {
  const { findingId, seenVersion } = input
  if (!isUuid(findingId)) return Promise.reject(notFound())
  return onChart<FindingCommandOutcome>(
    request,
    {
      name,
      input,
      chartId: (session) => chartOfFinding(session, findingId),
      seenBy: async (session, chart) => {
        const result = await resultOfFinding(session, chart.id, findingId)
        return !!result && mayWithResult(qualityRulesOf(session), 'read', session.viewer, result, chart)
      },
    },
    async (command) => {
      const { session, chart, append, tell } = command
      const result = await resultOfFinding(session, chart.id, findingId)
      const audits = await auditsOf(session, chart)
      const audit = audits.find((it) => it.id === result?.auditId)
      const finding = audit?.findings.find((it) => it.id === findingId)
      if (!result || !audit || !finding) throw new Error('the finding of a result is gone')
      const right = RIGHTS[act]
      if (!actorOn(session, result, chart)[right.as]) {
        const facts = factsOf(session.viewer, result, chart)
        const reason = whyNot(qualityRulesOf(session), right.action, 'QualityResult', facts)
        throw forbidden(chart.iDecided && act === 'DECIDE' ? 'SEPARATION_OF_DUTIES' : reason)
      }
      if (versionOf(finding.steps) !== seenVersion)
        return { kind: 'FindingChanged', chartId: chart.id, findingId, seenVersion }
      const problem = lifeProblem(act, { ...finding, answersDueAt: audit.answersDueAt }, session.now)
      if (problem) return { kind: 'CommandInvalid', problems: [problem] }
      const stepped: FindingView = { ...finding, steps: [...finding.steps, stepOf(command, said)] }
      await insertStep(session, chart, stepped)
      for (const note of await notesOf(session, chart, result, stepped)) tell(note)
      append(findingStepped(stepped, await citedBy(session, chart, audit.submitted, stepped)), audit.id)
      // Who answers a dispute looks at the chart once more, and until it is answered.
      if (act === 'DISPUTE' || act === 'ANSWER') {
        const findings = audit.findings.map((it) => (it.id === findingId ? stepped : it))
        const now = audits.map((it) => (it.id === audit.id ? { ...audit, findings } : it))
        await keepReview(command, now, audit.auditorId)
      }
      return { kind: 'FindingSaved', chartId: chart.id, findingId }
    },
  )
}

/** Who has the word next, or was waiting for this one. */
async function notesOf(
  session: Session,
  chart: ChartRow,
  result: ResultRow,
  { steps }: FindingView,
): Promise<InboxNote[]> {
  const { type, dueAt } = steps.at(-1)!
  const subjectId = result.id
  if (type === 'DISPUTED') return [{ memberId: result.auditorId, kind: 'DISPUTE_TO_ANSWER', subjectId }]
  if (type === 'ESCALATED') {
    const deciders = await decidersOf(session, chart, result)
    return deciders.map((memberId) => ({ memberId, kind: 'DISPUTE_TO_DECIDE', subjectId }))
  }
  if (type === 'ACKNOWLEDGED') return []
  const due = dueAt === null ? null : new Date(dueAt)
  return [{ memberId: result.memberId, kind: 'DISPUTE_ANSWERED', subjectId, dueAt: due }]
}

const RIGHTS = {
  ACKNOWLEDGE: { as: 'responsible', action: 'reply' },
  DISPUTE: { as: 'responsible', action: 'reply' },
  ESCALATE: { as: 'responsible', action: 'reply' },
  ANSWER: { as: 'auditor', action: 'answer' },
  DECIDE: { as: 'decider', action: 'decide' },
} as const satisfies Record<FindingAct, object>

/** The auditor who stands by a finding gives the person as long again to escalate it. */
const stepOf = ({ session, chart }: ChartCommand, { type, reason, comment }: Said): FindingStepView => ({
  type,
  reason: reason ?? null,
  comment: comment?.trim() ?? null,
  actorId: session.viewer.memberId,
  at: session.now.toISOString(),
  dueAt: type === 'UPHELD' ? assignmentEnd(session.now, ANSWER_WORKING_DAYS, chart.timeZone).toISOString() : null,
})
