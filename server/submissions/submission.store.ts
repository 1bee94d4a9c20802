import type { Session } from '../auth/session.js'
import { type ChartRow, type SubmissionView, sealerOf } from '../charts/index.js'
import { canonicalJson, sha256 } from '../kernel/text.js'
import type { Sealer } from '../vault/vault.js'
import { type FrozenSnapshot, submittedCodes } from './snapshot.model.js'

interface SubmissionRow {
  id: string
  number: number
  submittedBy: string
  submittedAt: Date
  warningCount: number
  snapshot: Uint8Array
  snapshotSha256: string
}

/** All submissions of a chart, oldest first. */
export async function submissionsOf(session: Session, chart: ChartRow): Promise<SubmissionView[]> {
  const rows = await session.tx<SubmissionRow[]>`
    select id, number, submitted_by, submitted_at, warning_count, snapshot, snapshot_sha256 from submission
    where org_id = ${chart.orgId} and chart_id = ${chart.id} order by number`
  const sealer = sealerOf(session, chart)
  return rows.map((row) => viewOf(row, JSON.parse(sealer.open(placeOf(row.id), row.snapshot)) as FrozenSnapshot))
}

/** One frozen snapshot by its number; the newest where none is given. */
export async function snapshotOf(
  session: Session,
  chart: ChartRow,
  number?: number | null,
): Promise<{ id: string; sha256: string; snapshot: FrozenSnapshot } | undefined> {
  const [row] = await session.tx<SubmissionRow[]>`
    select id, number, submitted_by, submitted_at, warning_count, snapshot, snapshot_sha256 from submission
    where org_id = ${chart.orgId} and chart_id = ${chart.id} and number = ${number ?? chart.submissionCount}`
  if (!row) return undefined
  const text = sealerOf(session, chart).open(placeOf(row.id), row.snapshot)
  if (sha256(text) !== row.snapshotSha256) throw new Error('a frozen submission does not match its hash')
  return { id: row.id, sha256: row.snapshotSha256, snapshot: JSON.parse(text) as FrozenSnapshot }
}

/** What a submission froze, from its sealed text. */
export const openSnapshot = (sealer: Sealer, id: string, sealed: Uint8Array): FrozenSnapshot =>
  JSON.parse(sealer.open(placeOf(id), sealed)) as FrozenSnapshot

export async function insertSubmission(
  session: Session,
  chart: ChartRow,
  id: string,
  snapshot: FrozenSnapshot,
  warningCount: number,
): Promise<SubmissionView> {
  const text = canonicalJson(snapshot)
  const row = {
    orgId: chart.orgId,
    id,
    chartId: chart.id,
    number: snapshot.number,
    submittedBy: snapshot.submittedBy,
    submittedAt: session.now,
    atSeq: snapshot.atSeq,
    warningCount,
    snapshot: sealerOf(session, chart).seal(placeOf(id), text),
    snapshotSha256: sha256(text),
  }
  await session.tx`insert into submission ${session.tx(row as never)}`
  return viewOf(row, snapshot)
}

export async function drgOf(session: Session, chart: ChartRow): Promise<FrozenSnapshot['drg']> {
  const [row] = await session.tx<{ value: string; grouper: string; grouperVersion: string; source: string }[]>`
    select value, grouper, grouper_version, source from drg_result
    where org_id = ${chart.orgId} and chart_id = ${chart.id} order by at desc limit 1`
  return row ? { value: row.value, grouper: row.grouper, grouperVersion: row.grouperVersion, source: row.source } : null
}

const placeOf = (id: string): string => `submission.snapshot/${id}`

const viewOf = (row: Omit<SubmissionRow, 'snapshot'>, snapshot: FrozenSnapshot): SubmissionView => ({
  id: row.id,
  number: row.number,
  submittedBy: row.submittedBy,
  submittedAt: row.submittedAt.toISOString(),
  warningCount: row.warningCount,
  snapshotSha256: row.snapshotSha256,
  codes: submittedCodes(snapshot),
})
