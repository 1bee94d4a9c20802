import {
  type Identifier,
  type IncomingPatient,
  normalIdentifiers,
  recordNumbers,
  type Sex,
} from '../patients/patient.model.js'
import type { IntakeEncounter, IntakePatient } from './intake.model.js'

/** What an import is about, from what the sender says and what the file carries. Pure. */

export interface DocumentProblem {
  readonly code: string
  readonly message: string
  readonly field?: string
}

/** A patient as the sender describes it. */
export interface AskedPatient {
  readonly identifiers: readonly { readonly assigner: string; readonly type: string; readonly value: string }[]
  readonly familyName: string
  readonly givenNames: readonly string[]
  readonly birthDate?: string | null
  readonly sex: string
}

/** The abstract as the sender gives it; what is given wins over the file. */
export type AskedEncounter = { readonly [K in keyof ImportedEncounter]?: ImportedEncounter[K] | null }

/** The chart's abstract as it is stored. */
export interface ImportedEncounter {
  readonly accountNumber: string
  readonly patientClass: string
  readonly inpatientOrderAt: Date | null
  readonly admittedAt: Date | null
  readonly dischargedAt: Date | null
  readonly serviceDate: string | null
  readonly disposition: string | null
  readonly payer: string | null
  readonly attendingProvider: string | null
  readonly operatingProvider: string | null
  readonly serviceLine: string | null
  readonly totalChargesCents: number | null
}

export type ImportPlan =
  | { readonly ok: true; readonly patient: IncomingPatient; readonly encounter: ImportedEncounter }
  | { readonly ok: false; readonly problems: readonly DocumentProblem[] }

export function planImport(
  asked: { readonly patient?: AskedPatient | null; readonly encounter?: AskedEncounter | null },
  carried: { readonly patient: IntakePatient | null; readonly encounter: IntakeEncounter | null } | null,
): ImportPlan {
  const problems: DocumentProblem[] = []
  const patient = planPatient(asked.patient ?? null, carried?.patient ?? null, problems)
  const encounter = planEncounter(asked.encounter ?? {}, carried?.encounter ?? null, problems)
  return patient && encounter && problems.length === 0 ? { ok: true, patient, encounter } : { ok: false, problems }
}

function planPatient(
  asked: AskedPatient | null,
  carried: IntakePatient | null,
  problems: DocumentProblem[],
): IncomingPatient | null {
  const refuse = (code: string, message: string): null => {
    problems.push({ code, message, field: 'patient' })
    return null
  }
  const said = asked && incoming(asked)
  const found = carried && incoming(carried)
  const patient = found ?? said
  if (!patient) return refuse('PATIENT_NEEDED', 'The file does not name the patient: give the patient beside it.')
  if (said && found && !sharesRecordNumber(said.identifiers, found.identifiers))
    return refuse('PATIENT_DIFFERS', 'The file is about another patient than the one given. Check which one is right.')
  if (recordNumbers(patient.identifiers).length === 0)
    return refuse(
      'MRN_NEEDED',
      'The patient needs a medical record number and who assigned it: charts match on nothing else.',
    )
  if (patient.identifiers.length > MOST_IDENTIFIERS || patient.givenNames.length > MOST_NAMES)
    return refuse('TOO_MANY', 'The patient has more identifiers or names than one person has.')
  const texts = [
    patient.familyName,
    ...patient.givenNames,
    ...patient.identifiers.flatMap((i) => [i.assigner, i.value]),
  ]
  if (!texts.every(isStorable)) return refuse('TOO_LONG', 'A name or identifier is too long, or cannot be stored.')
  if (patient.birthDate !== null && !isDate(patient.birthDate))
    return refuse('NOT_A_DATE', 'The birth date is no date of the calendar.')
  return patient
}

function planEncounter(
  asked: AskedEncounter,
  carried: IntakeEncounter | null,
  problems: DocumentProblem[],
): ImportedEncounter | null {
  const text = (own: string | null | undefined, other: string | null | undefined): string | null =>
    own?.trim() || other?.trim() || null
  const instant = (own: Date | null | undefined, other: string | null | undefined): Date | null =>
    own ?? (other == null ? null : new Date(other))
  const refuse = (code: string, message: string, field = 'encounter'): null => {
    problems.push({ code, message, field })
    return null
  }

  const accountNumber = text(asked.accountNumber, carried?.accountNumber)
  const patientClass = asked.patientClass ?? carried?.patientClass ?? null
  if (accountNumber === null) return refuse('ACCOUNT_NEEDED', 'Give the account number of the encounter.')
  if (patientClass === null)
    return refuse('CLASS_NEEDED', 'Give the patient class: it decides which tables and rules hold.')
  const encounter: ImportedEncounter = {
    accountNumber,
    patientClass,
    inpatientOrderAt: instant(asked.inpatientOrderAt, carried?.inpatientOrderAt),
    admittedAt: instant(asked.admittedAt, carried?.admittedAt),
    dischargedAt: instant(asked.dischargedAt, carried?.dischargedAt),
    serviceDate: asked.serviceDate ?? carried?.serviceDate ?? null,
    disposition: text(asked.disposition, carried?.disposition),
    payer: text(asked.payer, carried?.payer),
    attendingProvider: text(asked.attendingProvider, carried?.attendingProvider),
    operatingProvider: text(asked.operatingProvider, carried?.operatingProvider),
    serviceLine: text(asked.serviceLine, carried?.serviceLine),
    totalChargesCents: asked.totalChargesCents ?? null,
  }
  if (accountNumber.length > LONGEST_ACCOUNT)
    return refuse('TOO_LONG', `An account number has at most ${LONGEST_ACCOUNT} characters.`)
  if (!Object.values(encounter).every((value) => typeof value !== 'string' || isStorable(value)))
    return refuse('TOO_LONG', 'A field of the encounter is too long, or cannot be stored.')
  const { admittedAt, dischargedAt, serviceDate, totalChargesCents } = encounter
  if (admittedAt && dischargedAt && dischargedAt < admittedAt)
    return refuse('STAY', 'The discharge lies before the admission; correct the wrong one first.')
  if (serviceDate !== null && !isDate(serviceDate)) return refuse('NOT_A_DATE', 'The service date is no date.')
  if (totalChargesCents !== null && !(Number.isSafeInteger(totalChargesCents) && totalChargesCents >= 0))
    return refuse('CHARGES', 'Total charges are a whole number of cents.')
  return encounter
}

/** Whether the two speak of one patient as far as their record numbers tell: one in common, or none to compare. */
export function sharesRecordNumber(a: readonly Identifier[], b: readonly Identifier[]): boolean {
  const key = (identifier: Identifier) => JSON.stringify([identifier.assigner, identifier.value])
  const own = new Set(recordNumbers(a).map(key))
  const others = recordNumbers(b)
  return own.size === 0 || others.length === 0 || others.some((identifier) => own.has(key(identifier)))
}

const incoming = (patient: AskedPatient | IntakePatient): IncomingPatient => ({
  identifiers: normalIdentifiers(patient.identifiers as readonly Identifier[]),
  familyName: patient.familyName.trim(),
  givenNames: patient.givenNames.map((name) => name.trim()).filter((name) => name !== ''),
  birthDate: patient.birthDate ?? null,
  sex: patient.sex as Sex,
})

/** Short enough, without NUL, and well-formed: what the database and every reader of it can take. */
const isStorable = (text: string): boolean => text.length <= 300 && !text.includes('\u0000') && text.isWellFormed()

function isDate(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text
}

const LONGEST_ACCOUNT = 64
const MOST_IDENTIFIERS = 50
const MOST_NAMES = 20
