import type { Coverage, Identifier, Organization, Patient, Practitioner } from '@medplum/fhirtypes'
import type { IntakeIdentifier } from '../documents/intake.model.js'
import { IDENTIFIER_SYSTEM } from './fhirSystems.js'
import { concept, fhirText, hl7Coding, listOrNone, refTo, resourceId } from './fhirValues.js'
import type { SnapshotPerson, SubmissionSnapshot } from './snapshot.model.js'

/** The people and organisations that a claim speaks of. */

export function toPatient({ chart, patient }: SubmissionSnapshot): Patient {
  const given = listOrNone(patient.givenNames.flatMap((name) => fhirText(name) ?? []))
  const family = fhirText(patient.familyName)
  return {
    resourceType: 'Patient',
    // The snapshot names no patient id of ours: one chart has one patient, and the identifiers tell which.
    id: resourceId('patient', chart.id),
    identifier: listOrNone(patient.identifiers.flatMap(toIdentifier)),
    name: family !== undefined || given !== undefined ? [{ use: 'official', family, given }] : undefined,
    gender: GENDER[patient.sex],
    birthDate: patient.birthDate ?? undefined,
  }
}

export function toOrganization({ chart }: SubmissionSnapshot): Organization {
  const identifier = fhirText(chart.facilityIdentifier)
  return {
    resourceType: 'Organization',
    id: resourceId('facility', chart.id),
    identifier: identifier === undefined ? undefined : [{ system: IDENTIFIER_SYSTEM.facility, value: identifier }],
    // org-1 asks for a name or an identifier.
    name: fhirText(chart.facilityName) ?? 'Facility',
  }
}

/** Whoever decided a line or submitted the chart, each once, in the order of first mention. */
export function toPractitioners(snapshot: SubmissionSnapshot): Practitioner[] {
  const people = new Map<string, SnapshotPerson>([[snapshot.submitter.id, snapshot.submitter]])
  for (const line of snapshot.lines) if (!people.has(line.decidedBy.id)) people.set(line.decidedBy.id, line.decidedBy)
  return [...people.values()].map((person) => {
    const text = fhirText(person.displayName)
    return {
      resourceType: 'Practitioner',
      id: practitionerId(person),
      identifier: [{ system: IDENTIFIER_SYSTEM.member, value: person.id }],
      name: text === undefined ? undefined : [{ text }],
    }
  })
}

export const practitionerId = (person: SnapshotPerson): string => resourceId('member', person.id)

/** The payer as the chart names it; null where it names none. */
export function toCoverage({ chart }: SubmissionSnapshot, patient: Patient): Coverage | null {
  const payer = fhirText(chart.payer)
  if (payer === undefined) return null
  return {
    resourceType: 'Coverage',
    id: resourceId('coverage', chart.id),
    status: 'active',
    beneficiary: refTo(patient),
    payor: [{ display: payer }],
  }
}

const GENDER = { FEMALE: 'female', MALE: 'male', OTHER: 'other', UNKNOWN: 'unknown' } as const

/** HL7 table 0203. */
const IDENTIFIER_TYPE: Readonly<Record<IntakeIdentifier['type'], string | null>> = {
  MRN: 'MR',
  ACCOUNT: 'AN',
  MEMBER: 'MB',
  SSN: 'SS',
  OTHER: null,
}

function toIdentifier(identifier: IntakeIdentifier): Identifier[] {
  const value = fhirText(identifier.value)
  if (value === undefined) return []
  const type = IDENTIFIER_TYPE[identifier.type]
  return [
    {
      type: type === null ? undefined : concept(hl7Coding('v2-0203', type)),
      system: assignerUri(identifier.assigner),
      value,
    },
  ]
}

/** Sources write an assigner as a URI or as a bare OID; `Identifier.system` is a URI, which holds no white space. */
function assignerUri(assigner: string): string | undefined {
  if (/^[0-2](\.(0|[1-9]\d*))+$/.test(assigner)) return `urn:oid:${assigner}`
  return /^\S+$/.test(assigner) ? fhirText(assigner) : undefined
}
