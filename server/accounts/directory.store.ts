import type { Tx } from '../db/pool.js'

export interface NamedRow {
  readonly of: 'member' | 'facility' | 'queue' | 'organisation'
  readonly id: string
  /** The facility's key, or the organisation's kind. */
  readonly key: string
  readonly name: string
}

/** Everybody and everything of an organisation that is shown by name, in one statement. */
export function namesOf(tx: Tx, orgId: string): Promise<NamedRow[]> {
  return tx<NamedRow[]>`
    select 'member' as of, id, '' as key, display_name as name from member where org_id = ${orgId}
    union all select 'facility', id, key, name from facility where org_id = ${orgId}
    union all select 'queue', id, '', name from queue where org_id = ${orgId}
    union all select 'organisation', id, kind, name from organisation where id = ${orgId}` as unknown as Promise<
    NamedRow[]
  >
}
