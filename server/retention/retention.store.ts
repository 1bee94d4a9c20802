import { createHmac } from 'node:crypto'
import type { DeletionReason, HoldEndReason, HoldReason } from '../../schema/values.js'
import type { Session } from '../auth/session.js'
import { newId } from '../kernel/ids.js'
import { canonicalJson } from '../kernel/text.js'
import { VAULT } from '../vault/service.js'
import type { ToDelete } from './deletion.decider.js'

/** The SQL of legal holds and deletion. */

export interface HoldRow {
  readonly id: string
  readonly facilityId: string
  readonly patientId: string
  readonly reason: HoldReason
  readonly reference: string
  readonly placedBy: string
  readonly placedAt: Date
  readonly liftedBy: string | null
  readonly liftedAt: Date | null
  readonly liftReason: HoldEndReason | null
}

export async function insertHold(
  session: Session,
  hold: Pick<HoldRow, 'facilityId' | 'patientId' | 'reason' | 'reference'>,
): Promise<string> {
  const { tx, viewer, now } = session
  const id = newId(now.getTime())
  const row = { ...hold, orgId: viewer.orgId, id, placedBy: viewer.memberId, placedAt: now }
  await tx`insert into legal_hold ${tx(row)}`
  return id
}

export const holdById = async (session: Session, id: string): Promise<HoldRow | undefined> =>
  (await holds(session, session.tx`id = ${id}`, 1))[0]

/** Of facilities, those that stand first, then the newest. */
export const holdsAt = (session: Session, facilityIds: readonly string[], first: number): Promise<HoldRow[]> =>
  holds(session, session.tx`facility_id = any(${facilityIds as string[]}::uuid[])`, first)

function holds({ tx, viewer }: Session, which: ReturnType<Session['tx']>, first: number): Promise<HoldRow[]> {
  return tx<HoldRow[]>`
    select id, facility_id, patient_id, reason, reference, placed_by, placed_at, lifted_by, lifted_at, lift_reason
    from legal_hold where org_id = ${viewer.orgId} and ${which}
    order by (lifted_at is null) desc, placed_at desc, id limit ${first}` as unknown as Promise<HoldRow[]>
}

/** @returns false where it was lifted before. */
export async function liftHold(session: Session, id: string, reason: HoldEndReason): Promise<boolean> {
  const { tx, viewer, now } = session
  const lifted = await tx`
    update legal_hold set lifted_by = ${viewer.memberId}, lifted_at = ${now}, lift_reason = ${reason}
    where org_id = ${viewer.orgId} and id = ${id} and lifted_at is null returning id`
  return lifted.length > 0
}

/**
 * The person with everybody merged into them, locked until the transaction ends, and what decides whether they may be
 * deleted. Undefined where there is no such person, or they are deleted already.
 */
export async function lockToDelete(
  session: Session,
  patientId: string,
): Promise<(Omit<ToDelete, 'reason'> & { readonly facilityId: string; readonly patientIds: string[] }) | undefined> {
  const { tx, viewer, now } = session
  const locked = await tx<{ id: string; facilityId: string }[]>`
    select id, facility_id from patient
    where org_id = ${viewer.orgId} and (id = ${patientId} or merged_into = ${patientId}) and deleted_at is null
    order by id for update`
  const own = locked.find(({ id }) => id === patientId)
  if (!own) return undefined
  const patientIds = locked.map(({ id }) => id)
  // Charts are locked first by every command on them: whoever claims one meanwhile waits, and finds it gone.
  await tx`
    select from chart where org_id = ${viewer.orgId} and patient_id = any(${patientIds}::uuid[]) order by id for update`
  const [facts] = await tx<
    { holds: number; toReview: number; lastService: string | null; inWork: number; years: number; today: string }[]
  >`
    select f.retention_years as years, to_char(${now}::timestamptz at time zone f.time_zone, 'YYYY-MM-DD') as today,
      (select count(*)::int from legal_hold h
       where h.org_id = f.org_id and h.patient_id = any(${patientIds}::uuid[]) and h.lifted_at is null) as holds,
      (select count(*)::int from break_glass b where b.org_id = f.org_id and b.patient_id = any(${patientIds}::uuid[])
       and b.reviewed_at is null) as to_review,
      (select count(*)::int from chart c where c.org_id = f.org_id and c.patient_id = any(${patientIds}::uuid[])
       and c.status in ('IN_CODING', 'PENDED', 'REOPENED') and c.coder_of_record_id is not null) as in_work,
      (select to_char(max(greatest(c.service_date, (c.discharged_at at time zone f.time_zone)::date,
                                   (c.admitted_at at time zone f.time_zone)::date)), 'YYYY-MM-DD')
       from chart c where c.org_id = f.org_id and c.patient_id = any(${patientIds}::uuid[])) as last_service
    from facility f where f.org_id = ${viewer.orgId} and f.id = ${own.facilityId}`
  const { holds: standing, years, ...rest } = facts!
  return { facilityId: own.facilityId, patientIds, holds: standing, retentionYears: years, ...rest }
}

export interface Deletion {
  readonly patientId: string
  readonly patientIds: readonly string[]
  readonly facilityId: string
  readonly reason: DeletionReason
  readonly requestedBy: string
}

/**
 * Destroys the data keys, and with them whatever is sealed under them, in every backup too; forgets what stands beside
 * unsealed; leaves a signed tombstone, the access records and the disclosures (164.528, 164.316(b)).
 *
 * @returns the tombstone's id
 */
export async function destroy(session: Session, deletion: Deletion): Promise<string> {
  const { tx, viewer, now } = session
  const { orgId } = viewer
  const ids = deletion.patientIds as string[]
  const indexes = await tx<{ blindIndex: Uint8Array }[]>`
    delete from patient_identifier where org_id = ${orgId} and patient_id = any(${ids}::uuid[]) returning blind_index`
  await tx`
    update patient_key set wrapped = null, destroyed_at = ${now}
    where org_id = ${orgId} and patient_id = any(${ids}::uuid[])`
  await tx`
    update patient set deleted_at = ${now}, access_epoch = access_epoch + 1
    where org_id = ${orgId} and id = any(${ids}::uuid[])`
  // Account numbers and dates identify a person (164.514(b)(2)); that there was a chart, and its codes, does not.
  const charts = await tx`
    update chart set account_number = 'deleted ' || id, deleted_at = ${now}, access_epoch = access_epoch + 1,
      coder_of_record_id = null, assigned_until = null, queue_id = null, inpatient_order_at = null, admitted_at = null,
      discharged_at = null, service_date = null, disposition = null, payer = null, attending_provider = null,
      operating_provider = null, total_charges_cents = null, abstract_meta = '{}', updated_at = ${now}
    where org_id = ${orgId} and patient_id = any(${ids}::uuid[]) returning id`
  const chartIds = charts.map((row) => row.id as string)
  await tx`
    update assignment set ended_at = ${now} where org_id = ${orgId} and chart_id = any(${chartIds}::uuid[]) and ended_at is null`
  await tx`update document_version set authored_at = null where org_id = ${orgId} and chart_id = any(${chartIds}::uuid[])`
  await tx`update suggestion set performed_on = null where org_id = ${orgId} and chart_id = any(${chartIds}::uuid[])`
  return leaveTombstone(
    session,
    deletion,
    chartIds.length,
    indexes.map(({ blindIndex }) => blindIndex),
  )
}

async function leaveTombstone(
  session: Session,
  { patientId, facilityId, reason, requestedBy }: Deletion,
  chartCount: number,
  blindIndexes: readonly Uint8Array[],
): Promise<string> {
  const { tx, viewer, now, services } = session
  const vault = services.get(VAULT)
  const stone = {
    orgId: viewer.orgId,
    id: newId(now.getTime()),
    facilityId,
    patientId,
    subjectRef: vault.subjectRef(viewer.orgId, patientId),
    reason,
    requestedBy,
    approvedBy: viewer.memberId,
    chartCount,
    deletedAt: now,
  }
  const signature = createHmac('sha256', vault.derive('tombstone'))
    .update(canonicalJson({ ...stone, deletedAt: now.toISOString() }))
    .digest('base64url')
  const hex = blindIndexes.map((index) => Buffer.from(index).toString('hex'))
  await tx`
    insert into tombstone (org_id, id, facility_id, patient_id, subject_ref, reason, requested_by, approved_by,
                           chart_count, deleted_at, signature, blind_indexes)
    values (${stone.orgId}, ${stone.id}, ${facilityId}, ${patientId}, ${stone.subjectRef}, ${reason}, ${requestedBy},
            ${stone.approvedBy}, ${chartCount}, ${now}, ${signature},
            array(select decode(h, 'hex') from unnest(${hex}::text[]) h))`
  return stone.id
}

export interface TombstoneRow {
  readonly id: string
  readonly facilityId: string
  readonly reason: DeletionReason
  readonly requestedBy: string
  readonly approvedBy: string
  readonly chartCount: number
  readonly deletedAt: Date
  /** The privacy request that it fulfils. */
  readonly requestId: string | null
}

export const tombstonesAt = (
  { tx, viewer }: Session,
  facilityIds: readonly string[],
  first: number,
): Promise<TombstoneRow[]> =>
  tx<TombstoneRow[]>`
    select id, facility_id, reason, requested_by, approved_by, chart_count, deleted_at, (
      select q.request_id from privacy_request_result q
      where q.org_id = tombstone.org_id and q.subject_id = tombstone.id and q.type = 'DELETION' limit 1) as request_id
    from tombstone where org_id = ${viewer.orgId} and facility_id = any(${facilityIds as string[]}::uuid[])
    order by deleted_at desc, id limit ${first}` as unknown as Promise<TombstoneRow[]>
