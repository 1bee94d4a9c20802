import type { DisclosureExemption, DisclosureKind, Purpose, SuspensionForm } from '../../schema/values.js'
import type { Session } from '../auth/session.js'
import { newId } from '../kernel/ids.js'
import { accountedAs } from './destroyed.store.js'

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
  readonly part2: boolean
  readonly throughName: string | null
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
 * What left about a person, from one facility, oldest first, whether or not the record is there any more.
 * @param until the moment after the last one
 */
export async function disclosuresOf(
  session: Session,
  place: { readonly patientId: string; readonly facilityId: string },
  period: { readonly from: Date; readonly until: Date },
  most: number,
): Promise<DisclosureRecord[]> {
  const people = await accountedAs(session, place.patientId)
  return session.tx<DisclosureRecord[]>`
    select id, facility_id, patient_id, chart_id, at, recipient_name, recipient_address, kind, submission_number, purpose,
      exemption, part2, through_name, consent_ids,
      -- Whatever went to an agency is kept out while a suspension of that agency's stands.
      greatest(suspended_until, (
        select max(s.until) from accounting_suspension s
        where s.org_id = d.org_id and s.facility_id = d.facility_id and s.patient_id = any(${people}::uuid[])
          and lower(s.agency) = lower(d.recipient_name))) as suspended_until
    from disclosure d
    where org_id = ${session.viewer.orgId} and facility_id = ${place.facilityId}
      and patient_id = any(${people}::uuid[])
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

/** From now on, until then, what went to the agency stands in no accounting of this person. */
export async function insertSuspension(
  session: Session,
  suspension: {
    readonly patientId: string
    readonly facilityId: string
    readonly agency: string
    readonly form: SuspensionForm
    readonly until: Date
  },
): Promise<string> {
  const { tx, viewer, now } = session
  const id = newId(now.getTime())
  await tx`insert into accounting_suspension ${tx({
    ...suspension,
    id,
    orgId: viewer.orgId,
    memberId: viewer.memberId,
    recordedAt: now,
  })}`
  return id
}
