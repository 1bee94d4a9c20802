import type { Session } from '../auth/session.js'

/** The SQL of persons whose record was destroyed: by keyed look-up values in tombstones, which open nothing. */

/** Persons at a facility that were known under any of these values, the last one destroyed first. */
export async function destroyedUnder(
  session: Session,
  facilityId: string,
  lookUpValues: readonly Uint8Array[],
): Promise<string[]> {
  const hex = lookUpValues.map((value) => Buffer.from(value).toString('hex'))
  const rows = await session.tx<{ patientId: string }[]>`
    select patient_id from tombstone
    where org_id = ${session.viewer.orgId} and facility_id = ${facilityId}
      and blind_indexes && array(select decode(h, 'hex') from unnest(${hex}::text[]) h)
    order by deleted_at desc, id`
  return rows.map((row) => row.patientId)
}

/**
 * Whose disclosures stand in the accounting of a person: that of each of their merged records; where the record was
 * destroyed, also those destroyed before under the same number of the facility, which names one person by it.
 */
export async function accountedAs(session: Session, patientId: string): Promise<string[]> {
  const { tx, viewer } = session
  const rows = await tx<{ id: string }[]>`
    with asked as (
      select coalesce(merged_into, id) as id from patient where org_id = ${viewer.orgId} and id = ${patientId}
    ), alike as (
      select id from asked
      union
      select other.patient_id from asked
      join tombstone own on own.org_id = ${viewer.orgId} and own.patient_id = asked.id
      join tombstone other on other.org_id = own.org_id and other.facility_id = own.facility_id
        and other.blind_indexes && own.blind_indexes
    )
    select p.id from patient p
    where p.org_id = ${viewer.orgId} and coalesce(p.merged_into, p.id) in (select id from alike)`
  return rows.map((row) => row.id)
}
