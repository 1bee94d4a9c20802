import type { PendingQuery, Row } from 'postgres'
import type { SensitivityLabel, WithdrawalReason } from '../../schema/values.js'
import type { Session } from '../auth/session.js'
import type { Tx } from '../db/pool.js'
import {
  type ChartRow,
  type DocumentsToday,
  type DocumentVersionView,
  type DocumentView,
  documentsToday,
  iso,
} from '../charts/index.js'
import { isUuid } from '../kernel/ids.js'
import { sha256 } from '../kernel/text.js'
import { patientSealer } from '../patients/index.js'
import type { Sealer } from '../vault/vault.js'
import type { IntakePage } from './intake.model.js'

/** The SQL of documents. Title, author, text and original are sealed with the key of the chart's patient. */

/** The documents of one chart with their current versions, in the order of the encounter; withdrawn ones too. */
export async function documentViewsOf(session: Session, chart: Pick<ChartRow, 'id'>): Promise<DocumentView[]> {
  return (await documentsOfCharts(session, [chart.id])).get(chart.id) ?? []
}

/** The same for several charts, in one statement. */
export async function documentsOfCharts(
  session: Session,
  chartIds: readonly string[],
): Promise<ReadonlyMap<string, DocumentView[]>> {
  const rows = await session.tx<CurrentRow[]>`
    select ${versionColumns(session)}, d.chart_id, d.withdrawn_at, d.withdrawn_reason
    from document d
    join document_version v on v.org_id = d.org_id and v.id = d.current_version_id
    join patient_key k on k.org_id = d.org_id and k.patient_id = d.patient_id
    where d.org_id = ${session.viewer.orgId} and d.chart_id = any(${chartIds as string[]}::uuid[])
    order by v.authored_at nulls last, d.created_at, d.id`
  const byChart = new Map<string, DocumentView[]>()
  for (const row of rows) {
    const list = byChart.get(row.chartId)
    if (list) list.push(toView(session, row))
    else byChart.set(row.chartId, [toView(session, row)])
  }
  return byChart
}

export async function documentById(session: Session, chart: ChartRow, id: string): Promise<DocumentView | undefined> {
  const [row] = await session.tx<CurrentRow[]>`
    select ${versionColumns(session)}, d.chart_id, d.withdrawn_at, d.withdrawn_reason
    from document d
    join document_version v on v.org_id = d.org_id and v.id = d.current_version_id
    join patient_key k on k.org_id = d.org_id and k.patient_id = d.patient_id
    where d.org_id = ${chart.orgId} and d.chart_id = ${chart.id} and d.id = ${id}`
  return row && toView(session, row)
}

/** All versions of these documents, newest first. */
export async function versionsOfDocuments(
  session: Session,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, DocumentVersionView[]>> {
  const rows = await session.tx<VersionRow[]>`
    select ${versionColumns(session)}
    from document_version v
    join document d on d.org_id = v.org_id and d.id = v.document_id
    join patient_key k on k.org_id = d.org_id and k.patient_id = d.patient_id
    where v.org_id = ${session.viewer.orgId} and v.document_id = any(${documentIds as string[]}::uuid[])
    order by v.number desc`
  const byDocument = new Map<string, DocumentVersionView[]>()
  for (const row of rows) {
    const list = byDocument.get(row.documentId)
    if (list) list.push(toVersion(session, row))
    else byDocument.set(row.documentId, [toVersion(session, row)])
  }
  return byDocument
}

/** How many documents each of these charts has. Labels and withdrawal hide content, never the count of work. */
export async function documentCounts(
  session: Session,
  chartIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await session.tx<{ chartId: string; count: number }[]>`
    select chart_id, count(*)::int as count from document
    where org_id = ${session.viewer.orgId} and chart_id = any(${chartIds as string[]}::uuid[]) group by chart_id`
  return new Map(rows.map((row) => [row.chartId, row.count]))
}

/** The stored text of one version of this chart; undefined where the chart has no such version or it was withdrawn. */
export async function textOf(session: Session, chart: ChartRow, versionId: string): Promise<string | undefined> {
  return (await textsOf(session, [versionId])).get(versionId)?.ifOfChart(chart.id)
}

/** The texts of several versions; those of withdrawn documents are left out, whoever asks. */
export async function textsOf(
  session: Session,
  versionIds: readonly string[],
): Promise<ReadonlyMap<string, StoredText>> {
  const rows = await session.tx<(KeyOfRow & { id: string; chartId: string; text: Uint8Array })[]>`
    select v.id, v.chart_id, v.text, d.patient_id, k.kek_id, k.wrapped
    from document_version v
    join document d on d.org_id = v.org_id and d.id = v.document_id
    join patient_key k on k.org_id = d.org_id and k.patient_id = d.patient_id
    where v.org_id = ${session.viewer.orgId} and v.id = any(${versionIds as string[]}::uuid[])
      and d.withdrawn_at is null`
  return new Map(
    rows.map((row) => {
      const text = sealerOfRow(session, row).open(textPlace(row.id), row.text)
      return [row.id, { text, ifOfChart: (chartId) => (chartId === row.chartId ? text : undefined) }]
    }),
  )
}

export interface StoredText {
  readonly text: string
  ifOfChart(chartId: string): string | undefined
}

export interface StoredOriginal {
  readonly mediaType: string
  readonly pageCount: number
  readonly labels: readonly string[]
  readonly bytes: Uint8Array
}

/** The file a version came from, where it is kept beside the text; undefined for a withdrawn document. */
export async function originalOf(
  session: Session,
  chart: ChartRow,
  versionId: string,
): Promise<StoredOriginal | undefined> {
  const [row] = await session.tx<
    (KeyOfRow & { original: Uint8Array; originalMediaType: string; pageCount: number; labels: string[] })[]
  >`
    select v.original, v.original_media_type, v.labels, jsonb_array_length(v.pages) as page_count, d.patient_id, k.kek_id, k.wrapped
    from document_version v
    join document d on d.org_id = v.org_id and d.id = v.document_id
    join patient_key k on k.org_id = d.org_id and k.patient_id = d.patient_id
    where v.org_id = ${chart.orgId} and v.chart_id = ${chart.id} and v.id = ${versionId}
      and v.original is not null and d.withdrawn_at is null`
  if (!row) return undefined
  const bytes = sealerOfRow(session, row).openBinary(originalPlace(versionId), row.original)
  return { mediaType: row.originalMediaType, pageCount: row.pageCount, labels: row.labels, bytes }
}

/** What holds today of a chart's documents, whatever was said of them before. */
export const documentsTodayOf = ({ tx, viewer }: Session, chart: Pick<ChartRow, 'id'>): Promise<DocumentsToday> =>
  documentsTodayIn(tx, viewer.orgId, chart.id)

export async function documentsTodayIn(tx: Tx, orgId: string, chartId: string): Promise<DocumentsToday> {
  const rows = await tx<{ documentId: string; withdrawn: boolean; labels: string[] }[]>`
    select d.id as document_id, d.withdrawn_at is not null as withdrawn, v.labels
    from document d join document_version v on v.org_id = d.org_id and v.id = d.current_version_id
    where d.org_id = ${orgId} and d.chart_id = ${chartId}`
  return documentsToday(rows)
}

export async function chartOfDocument(session: Session, documentId: string): Promise<string | undefined> {
  if (!isUuid(documentId)) return undefined
  const [row] = await session.tx<{ chartId: string }[]>`
    select chart_id from document where org_id = ${session.viewer.orgId} and id = ${documentId}`
  return row?.chartId
}

export async function chartOfVersion(session: Session, versionId: string): Promise<string | undefined> {
  if (!isUuid(versionId)) return undefined
  const [row] = await session.tx<{ chartId: string }[]>`
    select chart_id from document_version where org_id = ${session.viewer.orgId} and id = ${versionId}`
  return row?.chartId
}

export interface NewVersion {
  readonly id: string
  readonly documentId: string
  readonly number: number
  readonly title: string
  readonly type: string
  readonly authorName: string | null
  readonly authorRole: string
  /** ISO 8601 */
  readonly authoredAt: string | null
  readonly encounterPart: string
  readonly signed: boolean
  readonly labels: readonly SensitivityLabel[]
  readonly text: string
  readonly scan: boolean
  readonly pages: readonly IntakePage[]
  readonly original: { readonly mediaType: string; readonly bytes: Uint8Array } | null
}

/** A document with its first version. */
export async function insertDocument(
  session: Session,
  chart: Pick<ChartRow, 'orgId' | 'id' | 'patientId'>,
  sealer: Sealer,
  version: NewVersion,
): Promise<void> {
  await session.tx`insert into document ${session.tx({
    orgId: chart.orgId,
    id: version.documentId,
    chartId: chart.id,
    patientId: chart.patientId,
    currentVersionId: version.id,
    createdAt: session.now,
  })}`
  await insertVersion(session, chart, sealer, version)
}

export async function insertVersion(
  session: Session,
  chart: Pick<ChartRow, 'orgId' | 'id'>,
  sealer: Sealer,
  version: NewVersion,
): Promise<void> {
  const { title, authorName, text, original, pages, labels, authoredAt, ...plain } = version
  await session.tx`insert into document_version ${session.tx({
    ...plain,
    orgId: chart.orgId,
    chartId: chart.id,
    authoredAt: authoredAt === null ? null : new Date(authoredAt),
    labels: [...labels],
    header: sealer.seal(headerPlace(version.id), JSON.stringify({ title, authorName })),
    text: sealer.seal(textPlace(version.id), text),
    textLength: text.length,
    textSha256: sha256(text),
    pages: session.tx.json(pages as never) as never,
    original: original && sealer.sealBinary(originalPlace(version.id), original.bytes),
    originalMediaType: original?.mediaType ?? null,
    createdAt: session.now,
    createdBy: session.viewer.memberId,
  } as never)}`
}

export async function setCurrentVersion(session: Session, documentId: string, versionId: string): Promise<void> {
  await session.tx`
    update document set current_version_id = ${versionId}
    where org_id = ${session.viewer.orgId} and id = ${documentId}`
}

export async function markSigned(session: Session, versionId: string): Promise<void> {
  await session.tx`
    update document_version set signed = true, signed_at = ${session.now}, signed_by = ${session.viewer.memberId}
    where org_id = ${session.viewer.orgId} and id = ${versionId}`
}

/** The engine reads a version again where something it judged by has changed: a signature makes words count. */
export async function markUnread(session: Session, versionId: string): Promise<void> {
  await session.tx`
    update document_version set read_by_engine = false
    where org_id = ${session.viewer.orgId} and id = ${versionId}`
}

export async function markRead(session: Session, versionIds: readonly string[]): Promise<void> {
  await session.tx`
    update document_version set read_by_engine = true
    where org_id = ${session.viewer.orgId} and id = any(${versionIds as string[]}::uuid[]) and not scan`
}

/** Every version of it speaks of the same things: a label is on all of them, or on none. */
export async function markLabelled(
  session: Session,
  documentId: string,
  { added, removed }: { readonly added: readonly string[]; readonly removed: readonly string[] },
): Promise<void> {
  await session.tx`
    update document_version set labels = array(
      select distinct l from unnest(labels || ${[...added]}::text[]) l
      where l <> all(${[...removed]}::text[]) order by l)
    where org_id = ${session.viewer.orgId} and document_id = ${documentId}`
}

export async function markWithdrawn(session: Session, documentId: string, reason: WithdrawalReason): Promise<void> {
  await session.tx`
    update document set withdrawn_at = ${session.now}, withdrawn_reason = ${reason}
    where org_id = ${session.viewer.orgId} and id = ${documentId}`
}

// ---- rows to views ------------------------------------------------------------------------------------------------

interface KeyOfRow {
  readonly patientId: string
  readonly kekId: string
  readonly wrapped: Uint8Array | null
}

interface VersionRow extends KeyOfRow {
  readonly id: string
  readonly documentId: string
  readonly number: number
  readonly type: string
  readonly authorRole: string
  readonly authoredAt: Date | null
  readonly encounterPart: string
  readonly signed: boolean
  readonly signedAt: Date | null
  readonly signedBy: string | null
  readonly labels: string[]
  readonly header: Uint8Array
  readonly textLength: number
  readonly textSha256: string
  readonly scan: boolean
  readonly pages: IntakePage[]
  readonly readByEngine: boolean
  readonly createdAt: Date
}

interface CurrentRow extends VersionRow {
  readonly chartId: string
  readonly withdrawnAt: Date | null
  readonly withdrawnReason: WithdrawalReason | null
}

/** The columns of VersionRow, for a `document_version v` joined with its document `d` and patient key `k`. */
const versionColumns = ({ tx }: Session): PendingQuery<Row[]> =>
  tx`v.id, v.document_id, v.number, v.type, v.author_role, v.authored_at, v.encounter_part, v.signed, v.signed_at,
    v.signed_by, v.labels, v.header, v.text_length, v.text_sha256, v.scan, v.pages, v.read_by_engine, v.created_at,
    d.patient_id, k.kek_id, k.wrapped`

const toView = (session: Session, row: CurrentRow): DocumentView => ({
  id: row.documentId,
  chartId: row.chartId,
  withdrawnAt: iso(row.withdrawnAt),
  withdrawnReason: row.withdrawnReason,
  version: toVersion(session, row),
})

function toVersion(session: Session, row: VersionRow): DocumentVersionView {
  const header = JSON.parse(sealerOfRow(session, row).open(headerPlace(row.id), row.header)) as {
    title: string
    authorName: string | null
  }
  return {
    id: row.id,
    documentId: row.documentId,
    number: row.number,
    title: header.title,
    type: row.type,
    authorName: header.authorName,
    authorRole: row.authorRole,
    authoredAt: iso(row.authoredAt),
    encounterPart: row.encounterPart,
    signed: row.signed,
    signedAt: iso(row.signedAt),
    signedBy: row.signedBy,
    labels: row.labels,
    textLength: row.textLength,
    textSha256: row.textSha256,
    scan: row.scan,
    pages: row.pages,
    readByEngine: row.readByEngine,
    createdAt: row.createdAt.toISOString(),
  }
}

const sealerOfRow = (session: Session, row: KeyOfRow): Sealer => patientSealer(session, row.patientId, row)

const headerPlace = (versionId: string): string => `document_version.header/${versionId}`
const textPlace = (versionId: string): string => `document_version.text/${versionId}`
const originalPlace = (versionId: string): string => `document_version.original/${versionId}`
