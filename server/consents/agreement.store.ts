import type { QualificationEndReason } from '../../schema/values.js'
import type { Session } from '../auth/session.js'
import { newId } from '../kernel/ids.js'

/** The SQL of agreements with covered entities, as far as they are changed here. */

export interface AgreementRow {
  readonly id: string
  readonly coveredEntity: string
  readonly facilityIds: readonly string[]
  readonly purposes: readonly string[]
  /** Calendar days of its facilities, both included. */
  readonly effectiveFrom: string
  readonly effectiveTo: string | null
  readonly qualifiedServiceOrganisation: boolean
  readonly qualifiedFrom: Date | null
  readonly qualifiedUntil: Date | null
}

/** All of the organisation's, or the one asked for. */
export async function agreementsOf(session: Session, id: string | null = null): Promise<AgreementRow[]> {
  const { tx, viewer } = session
  const rows = await tx<AgreementRow[]>`
    select a.id, e.name as covered_entity, a.purposes, a.effective_from::text, a.effective_to::text,
      a.qualified_service_organisation, a.qualified_from, a.qualified_until,
      array(select f.id from facility f where f.org_id = a.org_id and f.covered_entity_id = a.covered_entity_id
            order by f.name, f.id) as facility_ids
    from agreement a join covered_entity e on e.org_id = a.org_id and e.id = a.covered_entity_id
    where a.org_id = ${viewer.orgId} and (${id}::uuid is null or a.id = ${id}::uuid)
    order by e.name, a.effective_from, a.id`
  return [...rows]
}

/** The agreement, which nobody changes until this transaction ends. */
export async function lockAgreement(session: Session, id: string): Promise<AgreementRow | undefined> {
  await session.tx`select from agreement where org_id = ${session.viewer.orgId} and id = ${id} for update`
  const [row] = await agreementsOf(session, id)
  return row
}

/** Undertakings in force from and until then. Everybody's access at the covered entity's facilities is decided anew. */
export async function qualify(
  session: Session,
  agreementId: string,
  terms: { readonly from: Date; readonly until: Date | null; readonly reference: string },
  by: { readonly actorId: string; readonly approvalId: string },
): Promise<void> {
  const { from, until, reference } = terms
  await session.tx`
    update agreement
    set qualified_service_organisation = true, qualified_from = ${from}, qualified_until = ${until}
    where org_id = ${session.viewer.orgId} and id = ${agreementId}`
  await append(session, agreementId, {
    ...{ ...by, type: 'QUALIFIED', reference, reason: null },
    ...{ effectiveFrom: from, effectiveUntil: until },
  })
}

export async function endQualification(
  session: Session,
  agreementId: string,
  reason: QualificationEndReason,
): Promise<void> {
  await session.tx`
    update agreement
    set qualified_service_organisation = false, qualified_from = null, qualified_until = null
    where org_id = ${session.viewer.orgId} and id = ${agreementId}`
  await append(session, agreementId, {
    ...{ actorId: session.viewer.memberId, approvalId: null, type: 'QUALIFICATION_ENDED', reference: null, reason },
    ...{ effectiveFrom: null, effectiveUntil: session.now },
  })
}

async function append(
  session: Session,
  agreementId: string,
  event: Readonly<Record<string, string | Date | null>>,
): Promise<void> {
  const { tx, viewer, now } = session
  const row = { ...event, orgId: viewer.orgId, id: newId(now.getTime()), agreementId, at: now }
  await tx`insert into agreement_event ${tx(row as never)}`
  await tx`
    update facility set access_epoch = access_epoch + 1
    where org_id = ${viewer.orgId} and covered_entity_id = (
      select covered_entity_id from agreement where org_id = ${viewer.orgId} and id = ${agreementId})`
}
