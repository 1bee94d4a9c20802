import type { Session } from '../auth/session.js'

export interface Holder {
  readonly id: string
  readonly type: 'Chart' | 'Document' | 'DocumentVersion' | 'Suggestion'
  readonly chartId: string
  /** The document of a version, or the thing itself. */
  readonly ownerId: string
}

/** Which chart each id belongs to, in one statement. */
export async function chartsHolding(session: Session, ids: readonly string[]): Promise<ReadonlyMap<string, Holder>> {
  const { tx, viewer } = session
  const wanted = ids as string[]
  const rows = await tx<Holder[]>`
    select id, 'Chart' as type, id as chart_id, id as owner_id from chart where org_id = ${viewer.orgId} and id = any(${wanted}::uuid[])
    union all
    select id, 'Document', chart_id, id from document where org_id = ${viewer.orgId} and id = any(${wanted}::uuid[])
    union all
    select id, 'DocumentVersion', chart_id, document_id from document_version
    where org_id = ${viewer.orgId} and id = any(${wanted}::uuid[])
    union all
    select id, 'Suggestion', chart_id, id from suggestion where org_id = ${viewer.orgId} and id = any(${wanted}::uuid[])`
  return new Map(rows.map((row) => [row.id, row]))
}
