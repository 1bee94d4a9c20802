import type { Session } from '../auth/session.js'
import { type ChartRow, type EvidenceView, sealerOf } from '../charts/index.js'
import { isUuid } from '../kernel/ids.js'
import type { Line } from './model.js'

/** The SQL of suggestions and what hangs on them. */

type Sealed = Uint8Array | null
type LineRow = Omit<Line, 'reason' | 'decisionReason'> & { reason: Sealed; decisionReason: Sealed }

/** All lines of one chart, in order of creation, with their sealed words opened. */
export async function linesOf(session: Session, chart: ChartRow): Promise<Line[]> {
  const rows = await session.tx<LineRow[]>`
    select id, chart_id, system, code, kind, role, rank, poa, poa_proposed, modifiers, units, performed_on, performer,
      origin, author_id, confidence, reason, status, replaces, evidence_stale, decided_by, decided_at, decision_reason,
      version, created_at
    from suggestion where org_id = ${chart.orgId} and chart_id = ${chart.id} order by created_at, id`
  const sealer = sealerOf(session, chart)
  return rows.map((row) => ({
    ...row,
    reason: row.reason && sealer.open(`suggestion.reason/${row.id}`, row.reason),
    decisionReason: row.decisionReason && sealer.open(`suggestion.decision_reason/${row.id}`, row.decisionReason),
  }))
}

export async function chartOfLine(session: Session, lineId: string): Promise<string | undefined> {
  if (!isUuid(lineId)) return undefined
  const [row] = await session.tx<{ chartId: string }[]>`
    select chart_id from suggestion where org_id = ${session.viewer.orgId} and id = ${lineId}`
  return row?.chartId
}

export async function insertLine(session: Session, chart: ChartRow, line: Line): Promise<void> {
  const sealer = sealerOf(session, chart)
  await session.tx`insert into suggestion ${session.tx({
    ...line,
    orgId: chart.orgId,
    modifiers: [...line.modifiers],
    reason: line.reason === null ? null : sealer.seal(`suggestion.reason/${line.id}`, line.reason),
    decisionReason:
      line.decisionReason === null ? null : sealer.seal(`suggestion.decision_reason/${line.id}`, line.decisionReason),
  } as never)}`
}

/** Write what a decision changed; the version counts this line alone. */
export async function updateLine(session: Session, chart: ChartRow, line: Line): Promise<void> {
  const sealer = sealerOf(session, chart)
  const columns = {
    status: line.status,
    role: line.role,
    rank: line.rank,
    poa: line.poa,
    modifiers: [...line.modifiers],
    evidenceStale: line.evidenceStale,
    decidedBy: line.decidedBy,
    decidedAt: line.decidedAt,
    decisionReason:
      line.decisionReason === null ? null : sealer.seal(`suggestion.decision_reason/${line.id}`, line.decisionReason),
    version: line.version,
  }
  await session.tx`
    update suggestion set ${session.tx(columns as never)} where org_id = ${chart.orgId} and id = ${line.id}`
}

/** Ranks and first role of several lines in one statement, after a reorder. Lines that lose the first role go first. */
export async function updateOrder(
  session: Session,
  chart: ChartRow,
  lines: readonly Pick<Line, 'id' | 'rank' | 'role'>[],
): Promise<void> {
  const demoted = lines.filter((l) => l.role !== 'PRINCIPAL' && l.role !== 'FIRST_LISTED')
  const first = lines.filter((l) => l.role === 'PRINCIPAL' || l.role === 'FIRST_LISTED')
  for (const group of [demoted, first]) {
    if (group.length === 0) continue
    await session.tx`
      update suggestion s set rank = n.rank, role = n.role
      from unnest(${group.map((l) => l.id)}::uuid[], ${group.map((l) => l.rank ?? 0)}::int[],
                  ${group.map((l) => l.role)}::text[]) as n(id, rank, role)
      where s.org_id = ${chart.orgId} and s.id = n.id`
  }
}

/** Evidence of a chart's lines, opportunities and findings, by owner. */
export async function evidenceOf(session: Session, chart: ChartRow): Promise<ReadonlyMap<string, EvidenceView[]>> {
  const rows = await session.tx<(EvidenceView & { ownerId: string })[]>`
    select id, owner_id, document_id, version_id, start, "end", page, kind
    from evidence where org_id = ${chart.orgId} and chart_id = ${chart.id} order by start nulls last, id`
  const byOwner = new Map<string, EvidenceView[]>()
  for (const { ownerId, ...view } of rows) {
    const list = byOwner.get(ownerId)
    if (list) list.push(view)
    else byOwner.set(ownerId, [view])
  }
  return byOwner
}

export async function insertEvidence(
  session: Session,
  chart: ChartRow,
  ownerId: string,
  evidence: readonly EvidenceView[],
): Promise<void> {
  if (evidence.length === 0) return
  const rows = evidence.map((e) => ({ ...e, orgId: chart.orgId, chartId: chart.id, ownerId }))
  await session.tx`insert into evidence ${session.tx(rows as never)}`
}

/** Only of lines nobody decided: what a person decided rests on what it rested on then. */
export async function deleteEvidence(session: Session, chart: ChartRow, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await session.tx`
    delete from evidence where org_id = ${chart.orgId} and chart_id = ${chart.id} and id = any(${ids as string[]}::uuid[])`
}

export interface OverrideRow {
  readonly editKey: string
  readonly ruleId: string
  readonly reason: string
  readonly memberId: string
  readonly at: Date
}

export async function overridesOf(session: Session, chart: ChartRow): Promise<OverrideRow[]> {
  const rows = await session.tx<(Omit<OverrideRow, 'reason'> & { id: string; reason: Uint8Array })[]>`
    select id, edit_key, rule_id, reason, member_id, at from edit_override
    where org_id = ${chart.orgId} and chart_id = ${chart.id}`
  const sealer = sealerOf(session, chart)
  return rows.map(({ id, ...row }) => ({ ...row, reason: sealer.open(`edit_override.reason/${id}`, row.reason) }))
}

export async function insertOverride(session: Session, chart: ChartRow, id: string, row: OverrideRow): Promise<void> {
  const reason = sealerOf(session, chart).seal(`edit_override.reason/${id}`, row.reason)
  await session.tx`
    insert into edit_override ${session.tx({ ...row, id, orgId: chart.orgId, chartId: chart.id, reason } as never)}
    on conflict (org_id, chart_id, edit_key)
    do update set id = excluded.id, reason = excluded.reason, member_id = excluded.member_id, at = excluded.at`
}

/** Every document version of the chart, with what decides whether evidence may stand in it and what is said of it. */
export function citableVersions(session: Session, chart: ChartRow): Promise<CitableVersion[]> {
  return session.tx<CitableVersion[]>`
    select v.id, v.document_id, v.text_length, v.scan, v.signed, jsonb_array_length(v.pages) as page_count,
      d.withdrawn_at is not null as withdrawn, d.current_version_id = v.id as current, v.labels
    from document_version v join document d on d.org_id = v.org_id and d.id = v.document_id
    where v.org_id = ${chart.orgId} and v.chart_id = ${chart.id}` as unknown as Promise<CitableVersion[]>
}

export interface CitableVersion {
  readonly id: string
  readonly documentId: string
  readonly textLength: number
  readonly scan: boolean
  readonly signed: boolean
  readonly pageCount: number
  readonly withdrawn: boolean
  readonly current: boolean
  readonly labels: readonly string[]
}

export interface OpportunityRow {
  readonly id: string
  readonly topic: string
  readonly reason: string
}

export async function opportunitiesOf(session: Session, chart: ChartRow): Promise<OpportunityRow[]> {
  const rows = await session.tx<{ id: string; topic: string; reason: Uint8Array }[]>`
    select id, topic, reason from query_opportunity
    where org_id = ${chart.orgId} and chart_id = ${chart.id} order by created_at, id`
  const sealer = sealerOf(session, chart)
  return rows.map((row) => ({ ...row, reason: sealer.open(`query_opportunity.reason/${row.id}`, row.reason) }))
}

export async function insertOpportunity(session: Session, chart: ChartRow, row: OpportunityRow): Promise<void> {
  const reason = sealerOf(session, chart).seal(`query_opportunity.reason/${row.id}`, row.reason)
  await session.tx`insert into query_opportunity ${session.tx({
    ...row,
    reason,
    orgId: chart.orgId,
    chartId: chart.id,
    createdAt: session.now,
  } as never)}`
}
