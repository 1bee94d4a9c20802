import type { CodeableConcept, Coding, Condition, Encounter, Organization, Patient, Period } from '@medplum/fhirtypes'
import type { PatientClass } from '../engine/model.js'
import { EXTENSION, HL7_TERMINOLOGY, IDENTIFIER_SYSTEM } from './fhirSystems.js'
import { concept, fhirText, hl7Coding, listOrNone, refTo, resourceId } from './fhirValues.js'
import type { SnapshotChart, SnapshotLine, SubmissionSnapshot } from './snapshot.model.js'

export const encounterId = (chart: SnapshotChart): string => resourceId('encounter', chart.id)

/** The chart's abstract. `diagnoses` pairs each diagnosis line with its Condition, in claim order. */
export function toEncounter(
  { chart }: SubmissionSnapshot,
  patient: Patient,
  facility: Organization,
  diagnoses: readonly { readonly line: SnapshotLine; readonly condition: Condition }[],
): Encounter {
  const attending = fhirText(chart.attendingProvider)
  const serviceLine = fhirText(chart.serviceLine)
  const disposition = toDisposition(chart.disposition)
  return {
    resourceType: 'Encounter',
    id: encounterId(chart),
    extension:
      chart.inpatientOrderAt === null
        ? undefined
        : [{ url: EXTENSION.inpatientOrderAt, valueDateTime: chart.inpatientOrderAt }],
    identifier: [
      {
        type: concept(hl7Coding('v2-0203', 'AN')),
        system: IDENTIFIER_SYSTEM.account,
        value: fhirText(chart.accountNumber),
      },
    ],
    status: chart.dischargedAt !== null || chart.serviceDate !== null ? 'finished' : 'unknown',
    class: ENCOUNTER_CLASS[chart.patientClass],
    serviceType: serviceLine === undefined ? undefined : { text: serviceLine },
    subject: refTo(patient),
    participant:
      attending === undefined
        ? undefined
        : [{ type: [concept(hl7Coding('v3-ParticipationType', 'ATND'))], individual: { display: attending } }],
    period: toPeriod(chart),
    diagnosis: listOrNone(
      diagnoses.map(({ line, condition }, index) => ({
        condition: refTo(condition),
        use: concept(hl7Coding('diagnosis-role', line.role === 'ADMITTING' ? 'AD' : 'billing')),
        rank: index + 1,
      })),
    ),
    hospitalization: disposition === undefined ? undefined : { dischargeDisposition: disposition },
    serviceProvider: refTo(facility),
  }
}

const actCode = (code: string): Coding => hl7Coding('v3-ActCode', code)

const ENCOUNTER_CLASS: Readonly<Record<PatientClass, Coding>> = {
  INPATIENT: actCode('IMP'),
  OUTPATIENT: actCode('AMB'),
  EMERGENCY: actCode('EMER'),
  OBSERVATION: actCode('OBSENC'),
  // A professional-fee chart may belong to any setting, and the chart does not say which.
  PROFESSIONAL: { system: `${HL7_TERMINOLOGY}/v3-NullFlavor`, code: 'UNK' },
}

/**
 * Admission to discharge, or the service date where there is no admission. Both ends have the same precision, and no end
 * lies before its start (per-1): a source's slip must not make the whole export impossible.
 */
export function toPeriod({ admittedAt, dischargedAt, serviceDate }: SnapshotChart): Period | undefined {
  if (admittedAt !== null) {
    const end = dischargedAt !== null && Date.parse(dischargedAt) >= Date.parse(admittedAt) ? dischargedAt : undefined
    return { start: admittedAt, end }
  }
  if (serviceDate !== null) return { start: serviceDate, end: serviceDate }
  return dischargedAt === null ? undefined : { end: dischargedAt }
}

/** A two-digit value is a UB-04 patient discharge status; anything else is passed on in its own words. */
function toDisposition(disposition: string | null): CodeableConcept | undefined {
  const text = fhirText(disposition)
  if (text === undefined) return undefined
  if (/^\d{2}$/.test(text)) return concept({ system: 'https://www.nubc.org/CodeSystem/PatDischargeStatus', code: text })
  return { text }
}
