import type { Session } from '../auth/session.js'

/** The types whose things belong to one chart. */
export type HeldType =
  | 'Chart'
  | 'Document'
  | 'DocumentVersion'
  | 'Suggestion'
  | 'Comment'
  | 'Pend'
  | 'Submission'
  | 'Audit'
  | 'Finding'
  | 'Export'

export interface Holder {
  readonly id: string
  readonly type: HeldType
  readonly chartId: string
  /** The document of a version, the audit of a finding, or the thing itself. */
  readonly ownerId: string
}

/** Which chart each id belongs to, in one statement. */
export async function chartsHolding(session: Session, ids: readonly string[]): Promise<ReadonlyMap<string, Holder>> {
  const { tx, viewer } = session
  const wanted = ids as string[]
  const own = tx`where org_id = ${viewer.orgId} and id = any(${wanted}::uuid[])`
  const rows = await tx<Holder[]>`
    select id, 'Chart' as type, id as chart_id, id as owner_id from chart ${own}
    union all select id, 'Document', chart_id, id from document ${own}
    union all select id, 'DocumentVersion', chart_id, document_id from document_version ${own}
    union all select id, 'Suggestion', chart_id, id from suggestion ${own}
    union all select id, 'Comment', chart_id, id from comment ${own}
    union all select id, 'Pend', chart_id, id from pend ${own}
    union all select id, 'Submission', chart_id, id from submission ${own}
    union all select id, 'Audit', chart_id, id from audit ${own}
    union all select id, 'Finding', chart_id, audit_id from finding ${own}
    union all select id, 'Export', chart_id, id from export_record ${own}`
  return new Map(rows.map((row) => [row.id, row]))
}
