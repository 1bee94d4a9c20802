import type { Session } from '../auth/session.js'
import { newId } from '../kernel/ids.js'
import { VAULT } from '../vault/service.js'
import type { Sealer } from '../vault/vault.js'
import type { Identifier, Identity, KnownPatient, PatientView } from './patient.model.js'

/** The SQL of patients. Identity and identifiers are sealed with the patient's own key. */

export interface PatientKey {
  readonly kekId: string
  readonly wrapped: Uint8Array | null
}

/**
 * The patients known at a facility under any of these identifiers, found through keyed blind indexes. A patient that
 * was merged into another is that other one.
 */
export async function findByIdentifiers(
  session: Session,
  facilityId: string,
  identifiers: readonly Identifier[],
): Promise<KnownPatient[]> {
  if (identifiers.length === 0) return []
  const { tx, viewer } = session
  const rows = await tx<OwnRow[]>`
    select distinct p.id, p.facility_id, p.identity, k.kek_id, k.wrapped
    from unnest(${identifiers.map((i) => i.assigner)}::text[], ${identifiers.map((i) => i.type)}::text[],
                ${indexesOf(session, facilityId, identifiers).map(hex)}::text[]) as n(assigner, type, blind)
    join patient_identifier i on i.org_id = ${viewer.orgId} and i.facility_id = ${facilityId}
      and i.assigner = n.assigner and i.type = n.type and i.blind_index = decode(n.blind, 'hex')
    join patient named on named.org_id = i.org_id and named.id = i.patient_id
    join patient p on p.org_id = i.org_id and p.id = coalesce(named.merged_into, named.id)
    join patient_key k on k.org_id = p.org_id and k.patient_id = p.id
    where p.deleted_at is null`
  return rows.map((row) => {
    const { birthDate, sex } = openIdentity(session, row)
    return { id: row.id, birthDate, sex }
  })
}

export interface NewPatient {
  readonly facilityId: string
  readonly identity: Identity
  readonly identifiers: readonly Identifier[]
}

/** A new patient with a data key of its own; identifiers somebody else has are left out. */
export async function insertPatient(session: Session, patient: NewPatient): Promise<{ id: string; key: PatientKey }> {
  const { tx, viewer, now } = session
  const id = newId(now.getTime())
  const vault = session.services.get(VAULT)
  const key = vault.newKey(viewer.orgId, id)
  const sealer = vault.sealer(viewer.orgId, id, key)
  await tx`insert into patient ${tx({
    orgId: viewer.orgId,
    id,
    facilityId: patient.facilityId,
    identity: sealer.seal(identityPlace(id), JSON.stringify(patient.identity)),
    createdAt: now,
  })}`
  await tx`insert into patient_key ${tx({ orgId: viewer.orgId, patientId: id, kekId: key.kekId, wrapped: key.wrapped } as never)}`
  await addIdentifiers(session, { id, facilityId: patient.facilityId }, sealer, patient.identifiers)
  return { id, key }
}

export async function keyOf(session: Session, patientId: string): Promise<PatientKey> {
  const [key] = await session.tx<PatientKey[]>`
    select kek_id, wrapped from patient_key where org_id = ${session.viewer.orgId} and patient_id = ${patientId}`
  if (!key) throw new Error('a patient has no key')
  return key
}

/** Opens and seals what belongs to one patient. */
export const patientSealer = (session: Session, patientId: string, key: PatientKey): Sealer =>
  session.services.get(VAULT).sealer(session.viewer.orgId, patientId, key)

/** Attach identifiers; one that is attached already, to whomever, stays where it is. */
export async function addIdentifiers(
  session: Session,
  patient: { readonly id: string; readonly facilityId: string },
  sealer: Sealer,
  identifiers: readonly Identifier[],
): Promise<void> {
  if (identifiers.length === 0) return
  const { tx, viewer, now } = session
  const indexes = indexesOf(session, patient.facilityId, identifiers)
  const rows = identifiers.map((identifier, i) => {
    const id = newId(now.getTime())
    return {
      orgId: viewer.orgId,
      id,
      patientId: patient.id,
      facilityId: patient.facilityId,
      assigner: identifier.assigner,
      type: identifier.type,
      blindIndex: indexes[i]!,
      value: sealer.seal(valuePlace(id), identifier.value),
    }
  })
  // In one order everywhere: two imports that share identifiers wait for each other in turn, never in a circle.
  rows.sort((a, b) => Buffer.compare(a.blindIndex, b.blindIndex))
  await tx`insert into patient_identifier ${tx(rows)} on conflict do nothing`
}

/** The identity as the source of this very patient's charts stated it, whomever it was merged into. */
export async function ownIdentity(session: Session, patientId: string): Promise<Identity> {
  const [row] = await session.tx<OwnRow[]>`
    select p.id, p.facility_id, p.identity, k.kek_id, k.wrapped
    from patient p join patient_key k on k.org_id = p.org_id and k.patient_id = p.id
    where p.org_id = ${session.viewer.orgId} and p.id = ${patientId}`
  if (!row) throw new Error('a chart has no patient')
  return openIdentity(session, row)
}

/** Everything sealed under the merged patient's key stays so: only this pointer says that the two are one. */
export async function mergePatient(session: Session, patientId: string, into: string): Promise<void> {
  await session.tx`
    update patient set merged_into = ${into}, access_epoch = access_epoch + 1
    where org_id = ${session.viewer.orgId} and id = ${patientId}`
}

/** Patients by id, as they are shown: for a merged one, the patient it was merged into. Unknown ids are left out. */
export async function patientsByIds(
  session: Session,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PatientView>> {
  const { tx, viewer } = session
  const rows = await tx<(OwnRow & { askedId: string })[]>`
    select asked.id as asked_id, p.id, p.facility_id, p.identity, k.kek_id, k.wrapped
    from patient asked
    join patient p on p.org_id = asked.org_id and p.id = coalesce(asked.merged_into, asked.id)
    join patient_key k on k.org_id = p.org_id and k.patient_id = p.id
    where asked.org_id = ${viewer.orgId} and asked.id = any(${ids as string[]}::uuid[])`
  const identifiers = await tx<IdentifierRow[]>`
    select id, patient_id, assigner, type, value from patient_identifier
    where org_id = ${viewer.orgId} and patient_id = any(${rows.map((row) => row.id)}::uuid[]) order by id`
  return new Map(
    rows.map((row) => {
      const sealer = patientSealer(session, row.id, row)
      const own = identifiers
        .filter((i) => i.patientId === row.id)
        .map(({ id, assigner, type, value }) => ({ id, assigner, type, value: sealer.open(valuePlace(id), value) }))
      const { claimed = [], ...identity } = openIdentity(session, row)
      // What the source called this patient by is shown beside what is attached, so that a person can compare.
      const others = claimed
        .filter((c) => !own.some((i) => i.assigner === c.assigner && i.type === c.type && i.value === c.value))
        .map((c, n) => ({ id: `${row.id}/claimed/${n}`, ...c }))
      return [row.askedId, { ...identity, id: row.id, facilityId: row.facilityId, identifiers: [...own, ...others] }]
    }),
  )
}

interface OwnRow extends PatientKey {
  readonly id: string
  readonly facilityId: string
  readonly identity: Uint8Array
}

interface IdentifierRow extends Omit<Identifier, 'value'> {
  readonly id: string
  readonly patientId: string
  readonly value: Uint8Array
}

const openIdentity = (session: Session, row: OwnRow): Identity =>
  JSON.parse(patientSealer(session, row.id, row).open(identityPlace(row.id), row.identity)) as Identity

/** Keyed look-up values: the same for the same identifier at the same facility, and readable by nobody. */
export const indexesOf = (session: Session, facilityId: string, identifiers: readonly Identifier[]): Uint8Array[] =>
  identifiers.map(({ assigner, type, value }) =>
    session.services.get(VAULT).blindIndex(session.viewer.orgId, facilityId, assigner, type, value),
  )

const identityPlace = (id: string): string => `patient.identity/${id}`
const valuePlace = (id: string): string => `patient_identifier.value/${id}`
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
