import type { DisclosureExemption, DisclosureKind, Purpose } from '../../schema/values.js'
import type { Session } from '../auth/session.js'
import { sameAs } from './consent.store.js'

/** The SQL of disclosures that were made. Rows are never changed. */

export interface DisclosureRecord {
  readonly id: string
  readonly facilityId: string
  readonly patientId: string
  readonly chartId: string | null
  readonly at: Date
  readonly recipientName: string
  readonly recipientAddress: string | null
  readonly kind: DisclosureKind
  readonly submissionNumber: number | null
  readonly purpose: Purpose
  readonly exemption: DisclosureExemption | null
  readonly consentIds: readonly string[]
  readonly suspendedUntil: Date | null
}

/** In the transaction in which it leaves, so that neither can be there without the other. */
export async function insertDisclosure(session: Session, record: DisclosureRecord): Promise<void> {
  const { viewer, now, tx } = session
  await tx`insert into disclosure ${tx({
    ...record,
    consentIds: [...record.consentIds],
    orgId: viewer.orgId,
    memberId: viewer.memberId,
    recordedAt: now,
  } as never)}`
}

/**
 * What left about a person under each of their merged records, from one facility, oldest first.
 * @param until the moment after the last one
 */
export async function disclosuresOf(
  session: Session,
  place: { readonly patientId: string; readonly facilityId: string },
  period: { readonly from: Date; readonly until: Date },
  most: number,
): Promise<DisclosureRecord[]> {
  return session.tx<DisclosureRecord[]>`
    select id, facility_id, patient_id, chart_id, at, recipient_name, recipient_address, kind, submission_number, purpose,
      exemption, consent_ids, suspended_until
    from disclosure
    where org_id = ${session.viewer.orgId} and facility_id = ${place.facilityId}
      and patient_id = any(${await sameAs(session, place.patientId)}::uuid[])
      and at >= ${period.from} and at < ${period.until}
    order by at, id limit ${most}` as unknown as Promise<DisclosureRecord[]>
}

/** The facility by its name and calendar, and whose records it keeps. */
export async function discloserOf(
  session: Session,
  facilityId: string,
): Promise<{ readonly facility: string; readonly entity: string; readonly timeZone: string }> {
  const [row] = await session.tx<{ facility: string; entity: string; timeZone: string }[]>`
    select f.name as facility, e.name as entity, f.time_zone
    from facility f join covered_entity e on e.org_id = f.org_id and e.id = f.covered_entity_id
    where f.org_id = ${session.viewer.orgId} and f.id = ${facilityId}`
  if (!row) throw new Error('there is no such facility')
  return row
}
