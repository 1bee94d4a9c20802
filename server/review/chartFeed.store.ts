import type { Tx } from '../db/pool.js'
import type { GateColumns } from './chartGate.js'

/** Of those who rest in a feed, in one order: under which sign-ins, and under which epochs access was decided. */
export interface Resting {
  readonly sessionIds: readonly string[]
  readonly memberIds: readonly string[]
  /** The member's and the organisation's, as in `epochOf`. */
  readonly epochs: readonly string[]
}

export interface FeedRow extends GateColumns {
  readonly kekId: string
  readonly wrapped: Uint8Array | null
  /** Which of those who rest (from 1) are signed in no more, are disabled, or have another epoch. */
  readonly changed: readonly number[]
}

/** The gate of a chart with who of those resting on it changed; undefined where there is no such chart. */
export async function feedRow(
  tx: Tx,
  orgId: string,
  chartId: string,
  { sessionIds, memberIds, epochs }: Resting,
  now: Date,
): Promise<FeedRow | undefined> {
  const [row] = await tx<FeedRow[]>`
    select c.access_epoch, f.access_epoch as facility_epoch, p.access_epoch as patient_epoch, c.patient_id, c.facility_id,
      c.queue_id, c.status, c.identity_hold, c.restricted, c.coder_of_record_id, c.assigned_until, c.deleted_at,
      k.kek_id, k.wrapped,
      array(select r.place::int
            from unnest(${sessionIds as string[]}::text[], ${memberIds as string[]}::uuid[], ${epochs as string[]}::text[]) with ordinality as r(session_id, member_id, epoch, place)
            left join auth_session a on a.id = r.session_id and a.expires_at > ${now}
            left join member m on m.org_id = ${orgId} and m.id = r.member_id and m.user_id = a.user_id and m.disabled_at is null
            where r.epoch is distinct from m.access_epoch || '.' || o.access_epoch) as changed
    from chart c
    join organisation o on o.id = c.org_id
    join facility f on f.org_id = c.org_id and f.id = c.facility_id
    join patient p on p.org_id = c.org_id and p.id = c.patient_id
    join patient_key k on k.org_id = c.org_id and k.patient_id = c.patient_id
    where c.org_id = ${orgId} and c.id = ${chartId}`
  return row
}
