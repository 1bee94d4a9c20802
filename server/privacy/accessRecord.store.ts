import type { AccessOutcome } from '../../schema/values.js'
import type { Session } from '../auth/session.js'
import type { RecordRow } from './accessRecord.model.js'
import type { RecordScope } from './accessRecord.policy.js'

/** The SQL of looking through access records. Positions in the chain stay here: their gaps would count what is hidden. */

export interface RecordQuery {
  readonly scope: RecordScope
  /** Keyed references of the patients; null for everybody. */
  readonly subjectRefs: readonly string[] | null
  readonly memberId: string | null
  readonly outcome: AccessOutcome | null
  readonly from: Date | null
  /** The moment after the last one. */
  readonly until: Date | null
  readonly first: number
  /** Older than this position. */
  readonly before: number | undefined
}

/** Newest first. */
export function pageOfRecords(session: Session, query: RecordQuery): Promise<RecordRow[]> {
  const { tx, viewer } = session
  const { scope, subjectRefs, memberId, outcome, from, until, first, before } = query
  return tx<RecordRow[]>`
    select seq, at, actor_id, facility_ids, action, purpose, operation_hash, subject_refs, classes, outcome,
      coalesce((select array_agg(reason) from jsonb_array_elements_text(detail -> 'reasons') reason), '{}') as reasons,
      coalesce((detail -> 'breakGlass')::boolean, false) as break_glass,
      coalesce((select array_agg(id) from jsonb_array_elements_text(detail -> 'requests') id), '{}') as requests
    from access_record
    where org_id = ${viewer.orgId} and facility_ids <@ ${scope.facilityIds as string[]}::uuid[]
    ${scope.ofPatients ? tx`` : tx`and purpose = 'NONE' and subject_refs = '{}'`}
    ${subjectRefs === null ? tx`` : tx`and subject_refs && ${subjectRefs as string[]}::text[]`}
    ${memberId === null ? tx`` : tx`and actor_id = ${memberId}`}
    ${outcome === null ? tx`` : tx`and outcome = ${outcome}`}
    ${from === null ? tx`` : tx`and at >= ${from}`}
    ${until === null ? tx`` : tx`and at < ${until}`}
    ${before === undefined ? tx`` : tx`and seq < ${before}`}
    order by seq desc limit ${first}` as unknown as Promise<RecordRow[]>
}
