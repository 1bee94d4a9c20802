import type { FindingKind } from '../../schema/values.js'
import type { Session } from '../auth/session.js'
import { type ChartRow, iso, sealerOf } from '../charts/index.js'
import type { AuditView, FindingElement, FindingView } from './audit.model.js'

/** The SQL of audits and their findings. What an auditor explains, and by which guideline, is sealed with the patient's key. */

interface AuditRow extends Omit<AuditView, 'openedAt' | 'closedAt' | 'findings'> {
  readonly openedAt: Date
  readonly closedAt: Date | null
}

interface FindingRow extends Omit<FindingView, 'explanation' | 'recordedAt'> {
  readonly guidelineSealed: Uint8Array | null
  readonly explanation: Uint8Array
  readonly recordedAt: Date
  readonly element: FindingElement
  readonly kind: FindingKind
}

/** The audits of one chart, oldest first, each with its findings in the order they were recorded. */
export async function auditsOf(session: Session, chart: ChartRow): Promise<AuditView[]> {
  return (await auditsOfCharts(session, [chart])).get(chart.id) ?? []
}

/** The same for several charts, in two statements. */
export async function auditsOfCharts(
  session: Session,
  charts: readonly ChartRow[],
): Promise<ReadonlyMap<string, AuditView[]>> {
  const { tx, viewer } = session
  const ids = charts.map((chart) => chart.id)
  const [audits, findings] = await Promise.all([
    tx<AuditRow[]>`
      select a.id, a.chart_id, a.submission_id, s.number as submission_number, a.auditor_id, a.status, a.reason,
        a.opened_at, a.closed_at
      from audit a join submission s on s.org_id = a.org_id and s.id = a.submission_id
      where a.org_id = ${viewer.orgId} and a.chart_id = any(${ids}::uuid[]) order by a.opened_at, a.id`,
    tx<FindingRow[]>`
      select id, audit_id, element, kind, suggestion_id, proposed_suggestion_id, guideline,
        guideline_sealed, explanation, recorded_by, recorded_at
      from finding where org_id = ${viewer.orgId} and chart_id = any(${ids}::uuid[]) order by recorded_at, id`,
  ])
  return new Map(
    charts.map((chart) => {
      const sealer = sealerOf(session, chart)
      const own = audits.filter((audit) => audit.chartId === chart.id)
      const views = own.map((audit) => ({
        ...audit,
        openedAt: audit.openedAt.toISOString(),
        closedAt: iso(audit.closedAt),
        findings: findings
          .filter((finding) => finding.auditId === audit.id)
          .map(({ guidelineSealed, ...finding }) => ({
            ...finding,
            guideline: guidelineSealed ? sealer.open(guidelinePlace(finding.id), guidelineSealed) : finding.guideline,
            explanation: sealer.open(explanationPlace(finding.id), finding.explanation),
            recordedAt: finding.recordedAt.toISOString(),
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

export async function insertFinding(session: Session, chart: ChartRow, finding: FindingView): Promise<void> {
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

/**
 * Whether the viewer ever decided a line of this chart, as its log has it. The lines themselves remember only who
 * decided them last.
 */
export async function everDecided(session: Session, chart: ChartRow): Promise<boolean> {
  const [row] = await session.tx<{ decided: boolean }[]>`
    select exists(select from chart_event where org_id = ${chart.orgId} and stream_id = ${chart.id}
      and actor_id = ${session.viewer.memberId} and type = any(${DECISIONS as string[]})) as decided`
  return row?.decided ?? false
}

const DECISIONS: readonly string[] = [
  'SUGGESTION_ACCEPTED',
  'SUGGESTION_REJECTED',
  'SUGGESTION_MODIFIED',
  'SUGGESTION_REORDERED',
  'CHART_SUBMITTED',
]

const guidelinePlace = (id: string): string => `finding.guideline/${id}`
const explanationPlace = (id: string): string => `finding.explanation/${id}`
