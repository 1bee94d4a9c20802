import type { Tx } from '../db/pool.js'
import type { GateColumns } from './chartGate.js'

/** Of those whose standing this feed has not read yet, in one order: under which sign-ins and epochs they were admitted. */
export interface Newcomers {
  readonly sessionIds: readonly string[]
  readonly memberIds: readonly string[]
  /** The member's and the organisation's, as in `epochOf`. */
  readonly epochs: readonly string[]
}

export interface FeedRow extends GateColumns {
  readonly kekId: string
  readonly wrapped: Uint8Array | null
  readonly orgEpoch: number
  /** Of each newcomer, until when the sign-in stands (ms); 0 where it stands no more, or the membership is another. */
  readonly standing: readonly number[]
  /** What changed since `since`: the change's id, and of whom. What is told twice has the same id. */
  readonly changes: readonly (readonly [id: string, sessionId: string | null, memberId: string | null])[]
  /** The `since` of the next reading. */
  readonly horizon: string
}

/**
 * The gate of a chart, and whose standing changed of those who follow it; undefined where there is no such chart. As much
 * as is asked about each comes once, when they are new; of the others only changes are told.
 */
export async function feedRow(
  tx: Tx,
  orgId: string,
  chartId: string,
  { sessionIds, memberIds, epochs }: Newcomers,
  since: string | null,
  now: Date,
): Promise<FeedRow | undefined> {
  const [row] = await tx<FeedRow[]>`
    select c.access_epoch, f.access_epoch as facility_epoch, p.access_epoch as patient_epoch, c.patient_id, c.facility_id,
      c.queue_id, c.status, c.identity_hold, c.restricted, c.coder_of_record_id, c.assigned_until, c.deleted_at,
      k.kek_id, k.wrapped, o.access_epoch as org_epoch, pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
      array(select case when r.epoch = m.access_epoch || '.' || o.access_epoch
                        then extract(epoch from a.expires_at) * 1000 else 0 end::float8
            from unnest(${sessionIds as string[]}::text[], ${memberIds as string[]}::uuid[], ${epochs as string[]}::text[]) with ordinality as r(session_id, member_id, epoch, place)
            left join auth_session a on a.id = r.session_id and a.expires_at > ${now}
            left join member m on m.org_id = ${orgId} and m.id = r.member_id and m.user_id = a.user_id and m.disabled_at is null
            order by r.place) as standing,
      (select coalesce(json_agg(json_build_array(s.id::text, s.session_id, s.member_id)), '[]')
       from standing_change s where s.xact >= ${since}::bigint) as changes
    from chart c
    join organisation o on o.id = c.org_id
    join facility f on f.org_id = c.org_id and f.id = c.facility_id
    join patient p on p.org_id = c.org_id and p.id = c.patient_id
    join patient_key k on k.org_id = c.org_id and k.patient_id = c.patient_id
    where c.org_id = ${orgId} and c.id = ${chartId}`
  return row
}
