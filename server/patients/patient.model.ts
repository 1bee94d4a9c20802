/** Plain types of a patient, and the decision whose chart an import is. */

export type Sex = 'FEMALE' | 'MALE' | 'OTHER' | 'UNKNOWN'
export type IdentifierType = 'MRN' | 'ACCOUNT' | 'MEMBER' | 'SSN' | 'OTHER'

/** Who assigned it (an OID or URI), what it is, and its value. */
export interface Identifier {
  readonly assigner: string
  readonly type: IdentifierType
  readonly value: string
}

/** What is kept, as JSON, under the patient's own key. */
export interface Identity {
  readonly familyName: string
  readonly givenNames: readonly string[]
  /** `YYYY-MM-DD` */
  readonly birthDate: string | null
  readonly sex: Sex
  /**
   * Identifiers the source named that belong, as far as is known, to somebody else: kept here while a person decides,
   * and for good where the decision is that the source's number was not this patient's.
   */
  readonly claimed?: readonly Identifier[]
}

export interface IncomingPatient extends Identity {
  readonly identifiers: readonly Identifier[]
}

/** A patient as its viewers are shown it: the one that the chart's patient was found to be, where it was merged. */
export interface PatientView extends Identity {
  readonly id: string
  readonly facilityId: string
  readonly identifiers: readonly (Identifier & { readonly id: string })[]
}

/** A patient the database already knows by one of the incoming record numbers. */
export interface KnownPatient {
  readonly id: string
  readonly birthDate: string | null
  readonly sex: Sex
}

export type Difference = 'BIRTH_DATE' | 'SEX' | 'SEVERAL_PATIENTS' | 'UNCONFIRMED'

export type Match =
  | { readonly kind: 'NEW' }
  | { readonly kind: 'MATCH'; readonly patientId: string }
  /** A person decides: the number says it is one of these, other facts say it is not. */
  | { readonly kind: 'HOLD'; readonly patientIds: readonly string[]; readonly differs: readonly Difference[] }

/**
 * Whose chart it is, by record number alone and never by name. A differing birth date or sex is a hold, as are record
 * numbers of two patients. A number that no birth date confirms is a hold too: otherwise whoever may import a chart could
 * read a patient's name by sending nothing but a number.
 *
 * @param known every patient found under one of the incoming (assigner, MRN) pairs of the facility
 */
export function matchPatient(known: readonly KnownPatient[], incoming: Pick<Identity, 'birthDate' | 'sex'>): Match {
  const [only, ...others] = distinct(known)
  if (!only) return { kind: 'NEW' }
  if (others.length > 0)
    return { kind: 'HOLD', patientIds: [only, ...others].map((p) => p.id), differs: ['SEVERAL_PATIENTS'] }
  const differs: Difference[] = []
  if (only.birthDate !== null && incoming.birthDate !== null && only.birthDate !== incoming.birthDate)
    differs.push('BIRTH_DATE')
  if (only.sex !== 'UNKNOWN' && incoming.sex !== 'UNKNOWN' && only.sex !== incoming.sex) differs.push('SEX')
  const confirmed = only.birthDate !== null && only.birthDate === incoming.birthDate
  if (differs.length === 0 && !confirmed) differs.push('UNCONFIRMED')
  return differs.length > 0 ? { kind: 'HOLD', patientIds: [only.id], differs } : { kind: 'MATCH', patientId: only.id }
}

const distinct = (known: readonly KnownPatient[]): KnownPatient[] => [...new Map(known.map((p) => [p.id, p])).values()]

/**
 * Identifiers in the one form in which they are compared: the assigner of a C-CDA is a bare OID, that of FHIR a URI
 * (`urn:oid:`, RFC 3061), and both mean the same authority.
 */
export function normalIdentifiers(identifiers: readonly Identifier[]): Identifier[] {
  const seen = new Set<string>()
  const normal: Identifier[] = []
  for (const { assigner, type, value } of identifiers) {
    const identifier: Identifier = { assigner: normalAssigner(assigner), type, value: value.trim() }
    const key = JSON.stringify([identifier.assigner, type, identifier.value])
    if (identifier.value === '' || identifier.assigner === '' || seen.has(key)) continue
    seen.add(key)
    normal.push(identifier)
  }
  return normal
}

export function normalAssigner(assigner: string): string {
  const text = assigner.trim()
  if (OID.test(text)) return `urn:oid:${text}`
  if (UUID.test(text)) return `urn:uuid:${text.toLowerCase()}`
  const urn = /^urn:(oid|uuid):(.+)$/i.exec(text)
  return urn ? `urn:${urn[1]!.toLowerCase()}:${urn[2]!.toLowerCase()}` : text
}

/** ISO 8824: arcs without leading zeros, the first 0 to 2. */
const OID = /^[0-2](\.(0|[1-9]\d*))+$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const recordNumbers = (identifiers: readonly Identifier[]): Identifier[] =>
  identifiers.filter((identifier) => identifier.type === 'MRN')
