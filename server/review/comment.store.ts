import type { Session } from '../auth/session.js'
import { type ChartRow, type CommentView, iso, sealerOf } from '../charts/index.js'

/** The SQL of comments. What people write about a patient is sealed with the patient's key. */

interface CommentRow {
  id: string
  chartId: string
  suggestionId: string | null
  parentId: string | null
  version: number
  body: Uint8Array
  mentionIds: string[]
  authorId: string
  createdAt: Date
  resolvedAt: Date | null
  resolvedBy: string | null
}

/** The comments of one chart in the order in which they were written, resolved ones too. */
export async function commentsOf(session: Session, chart: ChartRow): Promise<CommentView[]> {
  return (await commentsOfCharts(session, [chart])).get(chart.id) ?? []
}

/** The same for several charts, in one statement. */
export async function commentsOfCharts(
  session: Session,
  charts: readonly ChartRow[],
): Promise<ReadonlyMap<string, CommentView[]>> {
  const rows = await session.tx<CommentRow[]>`
    select id, chart_id, suggestion_id, parent_id, version, body, mention_ids, author_id, created_at, resolved_at, resolved_by
    from comment where org_id = ${session.viewer.orgId} and chart_id = any(${charts.map((c) => c.id)}::uuid[])
    order by created_at, id`
  return new Map(
    charts.map((chart) => {
      const sealer = sealerOf(session, chart)
      const own = rows.filter((row) => row.chartId === chart.id)
      return [chart.id, own.map((row) => viewOf(row, sealer.open(bodyPlace(row.id), row.body)))]
    }),
  )
}

export async function chartOfComment(session: Session, commentId: string): Promise<string | undefined> {
  const [row] = await session.tx<{ chartId: string }[]>`
    select chart_id from comment where org_id = ${session.viewer.orgId} and id = ${commentId}`
  return row?.chartId
}

export async function insertComment(session: Session, chart: ChartRow, comment: CommentView): Promise<void> {
  await session.tx`insert into comment ${session.tx({
    orgId: chart.orgId,
    id: comment.id,
    chartId: chart.id,
    suggestionId: comment.suggestionId,
    parentId: comment.parentId,
    authorId: comment.authorId,
    body: sealerOf(session, chart).seal(bodyPlace(comment.id), comment.body),
    mentionIds: comment.mentionIds ?? [],
    version: comment.version,
    createdAt: session.now,
  } as never)}`
}

export async function markResolved(session: Session, chart: ChartRow, comment: CommentView): Promise<void> {
  await session.tx`
    update comment set resolved_at = ${session.now}, resolved_by = ${comment.resolvedBy}, version = ${comment.version}
    where org_id = ${chart.orgId} and id = ${comment.id}`
}

const viewOf = (row: CommentRow, body: string): CommentView => ({
  id: row.id,
  suggestionId: row.suggestionId,
  parentId: row.parentId,
  version: row.version,
  body,
  ...(row.mentionIds.length > 0 && { mentionIds: row.mentionIds }),
  authorId: row.authorId,
  createdAt: row.createdAt.toISOString(),
  resolvedAt: iso(row.resolvedAt),
  resolvedBy: row.resolvedBy,
})

const bodyPlace = (id: string): string => `comment.body/${id}`
