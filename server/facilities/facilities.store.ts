import type { Tx } from '../db/pool.js'
import { newId } from '../kernel/ids.js'

export async function addCoveredEntity(tx: Tx, entity: { orgId: string; name: string }): Promise<string> {
  const id = newId()
  await tx`insert into covered_entity (org_id, id, name) values (${entity.orgId}, ${id}, ${entity.name})`
  return id
}

export interface NewFacility {
  readonly orgId: string
  readonly coveredEntityId: string
  /** Short name for import and the command line: lower case letters, digits and hyphens. */
  readonly key: string
  readonly name: string
  readonly requireSigned?: boolean
  readonly requirePoa?: boolean
}

export async function addFacility(tx: Tx, facility: NewFacility): Promise<string> {
  const id = newId()
  const { orgId, coveredEntityId, key, name, requireSigned = false, requirePoa = true } = facility
  await tx`
    insert into facility (org_id, id, covered_entity_id, key, name, require_signed, require_poa)
    values (${orgId}, ${id}, ${coveredEntityId}, ${key}, ${name}, ${requireSigned}, ${requirePoa})`
  return id
}

export interface NewAgreement {
  readonly orgId: string
  readonly coveredEntityId: string
  readonly purposes: readonly string[]
  /** Calendar dates, YYYY-MM-DD; without an end it is in force until one is set. */
  readonly effectiveFrom: string
  readonly effectiveTo?: string
  readonly contact: string
  readonly noticeHours: number
  /** With the undertakings of a qualified service organisation (42 CFR 2.11); false where left out. */
  readonly qualifiedServiceOrganisation?: boolean
}

export async function addAgreement(tx: Tx, agreement: NewAgreement): Promise<string> {
  const id = newId()
  const { orgId, coveredEntityId, purposes, effectiveFrom, effectiveTo = null, contact, noticeHours } = agreement
  const { qualifiedServiceOrganisation = false } = agreement
  await tx`
    insert into agreement (org_id, id, covered_entity_id, purposes, effective_from, effective_to, contact, notice_hours,
                           qualified_service_organisation)
    values (${orgId}, ${id}, ${coveredEntityId}, ${[...purposes]}, ${effectiveFrom}, ${effectiveTo}, ${contact},
            ${noticeHours}, ${qualifiedServiceOrganisation})`
  return id
}

export interface FacilityRow {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly coveredEntityId: string
  readonly requireSigned: boolean
  readonly requirePoa: boolean
  /** Purposes of the agreements in force on the day asked about; empty means that nothing may be disclosed or taken in. */
  readonly purposes: readonly string[]
}

/** The organisation's facilities by name, each with what its covered entity's agreements allow on `day` (YYYY-MM-DD). */
export async function listFacilities(tx: Tx, orgId: string, day: string): Promise<FacilityRow[]> {
  return tx<FacilityRow[]>`
    select f.id, f.key, f.name, f.covered_entity_id, f.require_signed, f.require_poa,
      array(select distinct p from agreement a, unnest(a.purposes) p
            where a.org_id = f.org_id and a.covered_entity_id = f.covered_entity_id
              and a.effective_from <= ${day} and (a.effective_to is null or a.effective_to >= ${day})
            order by 1) as purposes
    from facility f where f.org_id = ${orgId} order by f.name, f.id`
}

/** The facility that import and the command line name by its key; undefined if there is none. */
export async function facilityByKey(tx: Tx, orgId: string, key: string, day: string): Promise<FacilityRow | undefined> {
  return (await listFacilities(tx, orgId, day)).find((facility) => facility.key === key)
}
