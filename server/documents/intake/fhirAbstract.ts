import type {
  CodeableConcept,
  Encounter,
  HumanName,
  Identifier,
  Patient,
  Practitioner,
  Reference,
  Resource,
} from '@medplum/fhirtypes'
import type { AuthorRole } from '../../engine/model.js'
import type { Intake, IntakeEncounter, IntakeIdentifier, IntakePatient } from '../intake.model.js'
import { authorRoleOf } from './authorRoles.js'
import { CLASS_BY_ACT_CODE } from './ccdaHeader.js'
import type { FhirGraph } from './fhirGraph.js'
import { fhirInstant } from './instants.js'
import { oneLine } from './plainText.js'
import { IntakeError } from './problem.js'

/** @throws IntakeError NO_PATIENT where the resource neither identifies nor names anybody */
export function patientOf(patient: Patient): IntakePatient {
  const name = preferredName(patient.name ?? [])
  const familyName = oneLine(name?.family ?? (name?.given === undefined ? name?.text : undefined))
  const identifiers = identifiersOf(patient.identifier ?? [])
  if (familyName === null && identifiers.length === 0) {
    throw new IntakeError('NO_PATIENT', 'The Patient resource has neither an identifier nor a name.')
  }
  return {
    identifiers,
    familyName: familyName ?? '',
    givenNames: (name?.given ?? []).flatMap((given) => oneLine(given) ?? []),
    birthDate: /^\d{4}-\d{2}-\d{2}$/.test(patient.birthDate ?? '') ? (patient.birthDate ?? null) : null,
    sex: SEX[patient.gender ?? 'unknown'],
  }
}

const SEX = { female: 'FEMALE', male: 'MALE', other: 'OTHER', unknown: 'UNKNOWN' } as const

function preferredName(names: readonly HumanName[]): HumanName | undefined {
  const byUse = (use: string): HumanName | undefined => names.find((name) => name.use === use)
  return byUse('official') ?? byUse('usual') ?? names.find((name) => name.use !== 'old') ?? names[0]
}

/** HL7 v2 table 0203. */
const IDENTIFIER_TYPES: Readonly<Record<string, IntakeIdentifier['type']>> = {
  MR: 'MRN',
  MRT: 'MRN',
  PI: 'MRN',
  AN: 'ACCOUNT',
  VN: 'ACCOUNT',
  SS: 'SSN',
  MB: 'MEMBER',
  MC: 'MEMBER',
  MA: 'MEMBER',
}
const SSN_SYSTEM = 'http://hl7.org/fhir/sid/us-ssn'

function identifiersOf(identifiers: readonly Identifier[]): IntakeIdentifier[] {
  const read = identifiers.flatMap((identifier) => {
    const assigner = oneLine(identifier.system)
    const value = oneLine(identifier.value)
    if (assigner === null || value === null || identifier.use === 'old') return []
    const code = identifier.type?.coding
      ?.map((coding) => coding.code ?? '')
      .find((c) => Object.hasOwn(IDENTIFIER_TYPES, c))
    const type = assigner === SSN_SYSTEM ? 'SSN' : code === undefined ? 'OTHER' : IDENTIFIER_TYPES[code]!
    const untyped = identifier.type === undefined && (identifier.use === 'usual' || identifier.use === 'official')
    return [{ assigner, type, value, untyped }]
  })
  // Without any record number, an identifier in usual use that claims to be nothing else is the record number.
  const hasMrn = read.some((identifier) => identifier.type === 'MRN')
  return read.map(({ untyped, ...identifier }) =>
    !hasMrn && untyped && identifier.type === 'OTHER' ? { ...identifier, type: 'MRN' } : identifier,
  )
}

/** The chart's abstract as far as Encounter, Account and Coverage state it. */
export function encounterOf(encounter: Encounter, patient: Patient, graph: FhirGraph, zone: string): IntakeEncounter {
  const patientClass = CLASS_BY_ACT_CODE.get(encounter.class?.code ?? '') ?? null
  const { start, end } = encounter.period ?? {}
  const participant = (code: string): string | null => {
    const found = encounter.participant?.find((p) => p.type?.some((t) => t.coding?.some((c) => c.code === code)))
    return found === undefined ? null : authorOf(found.individual, encounter, graph).name
  }
  const disposition = encounter.hospitalization?.dischargeDisposition
  return {
    accountNumber: accountNumber(encounter, graph),
    patientClass,
    inpatientOrderAt: null,
    admittedAt: fhirInstant(start, zone),
    dischargedAt: fhirInstant(end, zone),
    serviceDate: patientClass === 'INPATIENT' ? null : (/^\d{4}-\d{2}-\d{2}/.exec(start ?? '')?.[0] ?? null),
    disposition: disposition?.coding?.find((c) => /^\d{2}$/.test(c.code ?? ''))?.code ?? nameOf(disposition),
    payer: payerOf(patient, graph),
    attendingProvider: participant('ATND'),
    operatingProvider: participant('PPRF'),
    serviceLine: nameOf(encounter.serviceType),
  }
}

function accountNumber(encounter: Encounter, graph: FhirGraph): string | null {
  for (const reference of encounter.account ?? []) {
    const found = graph.resolve(reference, encounter, 'Account')?.identifier?.find((i) => i.value !== undefined)
    const value = oneLine(found?.value ?? reference.identifier?.value)
    if (value !== null) return value
  }
  return oneLine(encounter.identifier?.find((identifier) => identifier.value !== undefined)?.value)
}

function payerOf(patient: Patient, graph: FhirGraph): string | null {
  const covers = graph
    .all('Coverage')
    .filter((c) => c.status === 'active' && graph.resolve(c.beneficiary, c, 'Patient') === patient)
    .sort((a, b) => (a.order ?? 99) - (b.order ?? 99))
  for (const coverage of covers) {
    const [payor] = coverage.payor
    const name = oneLine(graph.resolve(payor, coverage, 'Organization')?.name ?? payor?.display)
    if (name !== null) return name
  }
  return null
}

/** What a concept is called: its text, else the first name or code of its codings. */
export function nameOf(concept: CodeableConcept | undefined): string | null {
  const coding = concept?.coding ?? []
  return oneLine(concept?.text ?? coding.find((c) => c.display !== undefined)?.display ?? coding[0]?.code)
}

/** Conditions the Bundle asserts of the patient; refuted ones and those entered in error are not asserted. */
export function conditionsOf(patient: Patient, graph: FhirGraph): Intake['statedConditions'] {
  const found = new Map<string, { code: string | null; text: string }>()
  for (const condition of graph.all('Condition')) {
    if (graph.resolve(condition.subject, condition, 'Patient') !== patient) continue
    const verified = condition.verificationStatus?.coding?.map((c) => c.code) ?? []
    if (verified.includes('refuted') || verified.includes('entered-in-error')) continue
    const coded = condition.code?.coding?.find((c) => c.system === 'http://hl7.org/fhir/sid/icd-10-cm')
    const code = oneLine(coded?.code)
    const text = nameOf(condition.code)
    if (text !== null) found.set(`${code}|${text}`, { code, text })
  }
  return [...found.values()]
}

/** Who a reference means: name and role as far as resources of the Bundle tell, and the person for comparing. */
export function authorOf(
  reference: Reference | undefined,
  holder: Resource,
  graph: FhirGraph,
): { name: string | null; role: AuthorRole; person: Practitioner | null } {
  const held = graph.resolve(reference, holder, 'PractitionerRole')
  const person =
    held === null
      ? graph.resolve(reference, holder, 'Practitioner')
      : graph.resolve(held.practitioner, held, 'Practitioner')
  const concepts = [
    ...(held?.code ?? []),
    ...(held?.specialty ?? []),
    ...(person?.qualification?.map((qualification) => qualification.code) ?? []),
  ]
  const codings = concepts.flatMap((concept) => concept.coding ?? [])
  const name = preferredName(person?.name ?? [])
  const spelled = [...(name?.prefix ?? []), ...(name?.given ?? []), name?.family ?? '', ...(name?.suffix ?? [])].join(
    ' ',
  )
  const words = [
    ...concepts.map((concept) => concept.text ?? null),
    ...codings.flatMap((coding) => [coding.display ?? null, coding.code ?? null]),
    ...(name?.suffix ?? []),
  ]
  return {
    name:
      oneLine(name?.text) ?? oneLine(spelled) ?? oneLine(held?.practitioner?.display) ?? oneLine(reference?.display),
    role: authorRoleOf(
      codings.map((coding) => coding.code ?? null),
      words,
    ),
    person,
  }
}

/** The practitioners who attend an encounter. */
export function attendingsOf(encounter: Encounter | null, graph: FhirGraph): Practitioner[] {
  if (encounter === null) return []
  return (encounter.participant ?? [])
    .filter((p) => p.type?.some((t) => t.coding?.some((c) => c.code === 'ATND')))
    .flatMap((p) => authorOf(p.individual, encounter, graph).person ?? [])
}
