import type { Bundle, Resource } from '@medplum/fhirtypes'
import { toClaim } from './fhirClaim.js'
import { toCondition, toDocumentReferences, toProcedure, toProvenance } from './fhirCodes.js'
import { encounterId, toEncounter } from './fhirEncounter.js'
import { practitionerId, toCoverage, toOrganization, toPatient, toPractitioners } from './fhirParties.js'
import { FHIR_BASE, IDENTIFIER_SYSTEM } from './fhirSystems.js'
import type { SubmissionSnapshot } from './snapshot.model.js'

/**
 * One submission as a FHIR R4 collection: the patient, the encounter, a Condition or Procedure per code, the Claim that
 * puts them in order, a Provenance per code that leads to the person who decided and to the cited spans, and a
 * DocumentReference per cited version. Ids are derived from ours and nothing is read from a clock: the same snapshot
 * gives the same bytes.
 */
export function toFhirBundle(snapshot: SubmissionSnapshot): Bundle {
  const patient = toPatient(snapshot)
  const facility = toOrganization(snapshot)
  const practitioners = toPractitioners(snapshot)
  const coverage = toCoverage(snapshot, patient)
  const encounterRef = `Encounter/${encounterId(snapshot.chart)}`
  const diagnoses = snapshot.lines
    .filter((line) => line.kind === 'DIAGNOSIS')
    .map((line) => ({ line, condition: toCondition(line, patient, encounterRef) }))
  const procedures = snapshot.lines
    .filter((line) => line.kind === 'PROCEDURE')
    .map((line) => ({ line, procedure: toProcedure(line, patient, encounterRef) }))
  const encounter = toEncounter(snapshot, patient, facility, diagnoses)
  const claim = toClaim(snapshot, {
    patient,
    facility,
    submitterRef: `Practitioner/${practitionerId(snapshot.submitter)}`,
    coverage,
    encounterRef,
    diagnoses,
    procedures,
  })
  const resources: Resource[] = [
    claim,
    patient,
    encounter,
    facility,
    ...practitioners,
    ...(coverage === null ? [] : [coverage]),
    ...diagnoses.map(({ condition }) => condition),
    ...procedures.map(({ procedure }) => procedure),
    ...diagnoses.map(({ line, condition }) => toProvenance(line, condition)),
    ...procedures.map(({ line, procedure }) => toProvenance(line, procedure)),
    ...toDocumentReferences(snapshot, patient, encounter),
  ]
  return {
    resourceType: 'Bundle',
    id: `submission-${snapshot.chart.id}-${snapshot.number}`,
    identifier: { system: IDENTIFIER_SYSTEM.submission, value: `${snapshot.chart.id}/${snapshot.number}` },
    type: 'collection',
    timestamp: snapshot.submittedAt,
    entry: resources.map((resource) => ({ fullUrl: `${FHIR_BASE}/${resource.resourceType}/${resource.id}`, resource })),
  }
}

/** The bytes that leave: what is hashed, stored and validated. */
export const serialiseFhir = (bundle: Bundle): string => JSON.stringify(bundle, null, 2)
