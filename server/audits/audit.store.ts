import type { FindingKind } from '../../schema/values.js'
import type { Session } from '../auth/session.js'
import { type ChartRow, iso, sealerOf } from '../charts/index.js'
import { type FrozenSnapshot, openSnapshot } from '../submissions/index.js'
import type {
  AuditView,
  FindingElement,
  FindingStepView,
  FindingView,
  SubmittedFacts,
  SubmittedLineFacts,
} from './audit.model.js'
import { evidenceOf } from '../suggestions/index.js'
import { policyOf } from './score.decider.js'

/** The SQL of audits and their findings. What an auditor explains, and by which guideline, is sealed with the patient's key. */

interface AuditRow
  extends Omit<AuditView, 'openedAt' | 'closedAt' | 'answersDueAt' | 'policy' | 'submitted' | 'findings'> {
  readonly openedAt: Date
  readonly closedAt: Date | null
  readonly answersDueAt: Date | null
  readonly scoringPolicy: string | null
  readonly scoringVersion: number | null
  readonly snapshot: Uint8Array
}

interface StepRow extends Omit<FindingStepView, 'comment' | 'at' | 'dueAt'> {
  readonly findingId: string
  readonly number: number
  readonly comment: Uint8Array | null
  readonly at: Date
  readonly dueAt: Date | null
}

interface FindingRow extends Omit<FindingView, 'explanation' | 'recordedAt' | 'steps'> {
  readonly guidelineSealed: Uint8Array | null
  readonly explanation: Uint8Array
  readonly recordedAt: Date
  readonly element: FindingElement
  readonly kind: FindingKind
}

/** Whether somebody has an auditor's part on the chart now. */
export async function reviewsNow({ tx, viewer, now }: Session, chartId: string, memberId: string): Promise<boolean> {
  const rows = await tx`
    select from assignment where org_id = ${viewer.orgId} and chart_id = ${chartId} and member_id = ${memberId}
      and part = 'AUDITOR' and ended_at is null and (until is null or until > ${now}) limit 1`
  return rows.length > 0
}

/** The audits of one chart, oldest first, each with its findings in the order they were recorded. */
export async function auditsOf(session: Session, chart: ChartRow): Promise<AuditView[]> {
  return (await auditsOfCharts(session, [chart])).get(chart.id) ?? []
}

/** The same for several charts, in three statements. */
export async function auditsOfCharts(
  session: Session,
  charts: readonly ChartRow[],
): Promise<ReadonlyMap<string, AuditView[]>> {
  const { tx, viewer } = session
  const ids = charts.map((chart) => chart.id)
  const [audits, findings, steps] = await Promise.all([
    tx<AuditRow[]>`
      select a.id, a.chart_id, a.submission_id, s.number as submission_number, a.auditor_id, a.status, a.reason,
        a.opened_at, a.closed_at, a.answers_due_at, a.scoring_policy, a.scoring_version, a.drg_holds, s.snapshot
      from audit a join submission s on s.org_id = a.org_id and s.id = a.submission_id
      where a.org_id = ${viewer.orgId} and a.chart_id = any(${ids}::uuid[]) order by a.opened_at, a.id`,
    tx<FindingRow[]>`
      select id, audit_id, element, kind, suggestion_id, proposed_suggestion_id, guideline,
        guideline_sealed, explanation, recorded_by, recorded_at
      from finding where org_id = ${viewer.orgId} and chart_id = any(${ids}::uuid[]) order by recorded_at, id`,
    tx<StepRow[]>`
      select finding_id, number, type, reason, comment, actor_id, at, due_at from finding_step
      where org_id = ${viewer.orgId} and chart_id = any(${ids}::uuid[]) order by finding_id, number`,
  ])
  return new Map(
    charts.map((chart) => {
      const sealer = sealerOf(session, chart)
      const own = audits.filter((audit) => audit.chartId === chart.id)
      const stepsOf = (findingId: string): FindingStepView[] =>
        steps
          .filter((step) => step.findingId === findingId)
          .map(({ number, comment, at, dueAt, type, reason, actorId }) => ({
            type,
            reason,
            comment: comment && sealer.open(commentPlace(findingId, number), comment),
            actorId,
            at: at.toISOString(),
            dueAt: iso(dueAt),
          }))
      const views = own.map(({ snapshot, scoringPolicy, scoringVersion, ...audit }) => ({
        ...audit,
        openedAt: audit.openedAt.toISOString(),
        closedAt: iso(audit.closedAt),
        answersDueAt: iso(audit.answersDueAt),
        policy: scoringPolicy !== null && scoringVersion !== null ? policyOf(scoringPolicy, scoringVersion) : null,
        submitted: submittedFacts(openSnapshot(sealer, audit.submissionId, snapshot)),
        findings: findings
          .filter((finding) => finding.auditId === audit.id)
          .map(({ guidelineSealed, ...finding }) => ({
            ...finding,
            guideline: guidelineSealed ? sealer.open(guidelinePlace(finding.id), guidelineSealed) : finding.guideline,
            explanation: sealer.open(explanationPlace(finding.id), finding.explanation),
            recordedAt: finding.recordedAt.toISOString(),
            steps: stepsOf(finding.id),
          })),
      }))
      return [chart.id, views]
    }),
  )
}

export async function chartOfAudit(session: Session, auditId: string): Promise<string | undefined> {
  const [row] = await session.tx<{ chartId: string }[]>`
    select chart_id from audit where org_id = ${session.viewer.orgId} and id = ${auditId}`
  return row?.chartId
}

export async function insertAudit(session: Session, audit: AuditView): Promise<void> {
  await session.tx`insert into audit ${session.tx({
    orgId: session.viewer.orgId,
    id: audit.id,
    chartId: audit.chartId,
    submissionId: audit.submissionId,
    auditorId: audit.auditorId,
    status: audit.status,
    reason: audit.reason,
    openedAt: session.now,
  })}`
}

export const submittedFacts = ({ submittedBy, codingDate, lines }: FrozenSnapshot): SubmittedFacts => ({
  submittedBy,
  codingDate,
  lines: lines.map(({ id, kind, poa, decidedBy, system, code, title, role, evidence }) => ({
    id,
    kind,
    poa,
    decidedBy,
    system,
    code,
    title,
    role,
    evidence,
  })),
})

/** Close a ledger: from now on it is never changed (a trigger holds it). */
export async function saveClosed(session: Session, audit: AuditView): Promise<void> {
  await session.tx`
    update audit set status = 'CLOSED', closed_at = ${session.now}, answers_due_at = ${audit.answersDueAt},
      scoring_policy = ${audit.policy!.name}, scoring_version = ${audit.policy!.version}, drg_holds = ${audit.drgHolds}
    where org_id = ${session.viewer.orgId} and id = ${audit.id}`
}

/** @param finding with its newest step */
export async function insertStep(session: Session, chart: ChartRow, finding: FindingView): Promise<void> {
  const number = finding.steps.length
  const { comment, ...step } = finding.steps.at(-1)!
  await session.tx`insert into finding_step ${session.tx({
    ...step,
    orgId: chart.orgId,
    findingId: finding.id,
    number,
    auditId: finding.auditId,
    chartId: chart.id,
    comment: comment === null ? null : sealerOf(session, chart).seal(commentPlace(finding.id, number), comment),
    at: session.now,
  } as never)}`
}

export async function insertFinding(
  session: Session,
  chart: ChartRow,
  { steps: _, ...finding }: FindingView,
): Promise<void> {
  const sealer = sealerOf(session, chart)
  await session.tx`insert into finding ${session.tx({
    ...finding,
    orgId: chart.orgId,
    chartId: chart.id,
    guideline: null,
    guidelineSealed: finding.guideline === null ? null : sealer.seal(guidelinePlace(finding.id), finding.guideline),
    explanation: sealer.seal(explanationPlace(finding.id), finding.explanation),
    recordedAt: session.now,
  } as never)}`
}

/** Documents that the judged line stood on, and those that the auditor's own line stands on. */
export async function citedBy(
  session: Session,
  chart: ChartRow,
  submitted: { readonly lines: readonly Pick<SubmittedLineFacts, 'id' | 'evidence'>[] },
  finding: FindingView,
): Promise<string[]> {
  const judged = submitted.lines.find((line) => line.id === finding.suggestionId)?.evidence ?? []
  const proposed = finding.proposedSuggestionId
    ? ((await evidenceOf(session, chart)).get(finding.proposedSuggestionId) ?? [])
    : []
  return [...new Set([...judged, ...proposed].map((e) => e.documentId))]
}

const guidelinePlace = (id: string): string => `finding.guideline/${id}`
const commentPlace = (id: string, number: number): string => `finding_step.comment/${id}/${number}`
const explanationPlace = (id: string): string => `finding.explanation/${id}`
