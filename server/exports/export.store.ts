import type { Session } from '../auth/session.js'
import { type ChartRow, sealerOf } from '../charts/index.js'
import type { ExportRecord } from './export.model.js'

/** The SQL of exports. What left is kept, sealed, as it left: rows of `export_record` are never changed. */

export async function insertExport(session: Session, chart: ChartRow, record: ExportRecord): Promise<void> {
  await session.tx`insert into export_record ${session.tx({
    orgId: chart.orgId,
    id: record.id,
    chartId: chart.id,
    submissionId: record.submissionId,
    format: record.format,
    memberId: record.memberId,
    at: session.now,
    sha256: record.sha256,
    content: sealerOf(session, chart).seal(contentPlace(record.id), record.content),
  } as never)}`
}

export async function exportById(
  session: Session,
  chart: ChartRow,
  id: string,
): Promise<(ExportRecord & { readonly submissionNumber: number }) | undefined> {
  const [row] = await session.tx<
    (Omit<ExportRecord, 'at' | 'content'> & { at: Date; content: Uint8Array; submissionNumber: number })[]
  >`
    select e.id, e.submission_id, s.number as submission_number, e.format, e.member_id, e.at, e.sha256, e.content
    from export_record e join submission s on s.org_id = e.org_id and s.id = e.submission_id
    where e.org_id = ${chart.orgId} and e.chart_id = ${chart.id} and e.id = ${id}`
  if (!row) return undefined
  const sealer = sealerOf(session, chart)
  return {
    ...row,
    at: row.at.toISOString(),
    get content() {
      return sealer.open(contentPlace(row.id), row.content)
    },
  }
}

/** Names of members, those who have left too. Not from the directory: what it has not heard of yet must not leave so. */
export async function namesOf(session: Session, memberIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await session.tx<{ id: string; displayName: string }[]>`
    select id, display_name from member
    where org_id = ${session.viewer.orgId} and id = any(${memberIds as string[]}::uuid[])`
  return new Map(rows.map((row) => [row.id, row.displayName]))
}

export async function facilityOf(session: Session, chart: ChartRow): Promise<{ key: string; name: string }> {
  const [row] = await session.tx<{ key: string; name: string }[]>`
    select key, name from facility where org_id = ${chart.orgId} and id = ${chart.facilityId}`
  if (!row) throw new Error('a chart has no facility')
  return row
}

const contentPlace = (id: string): string => `export_record.content/${id}`
