import type { Bundle, Condition, Procedure, Resource } from '@medplum/fhirtypes'
import { toClaim } from './fhirClaim.js'
import { toCondition, toDocumentReferences, toProcedure, toProvenance } from './fhirCodes.js'
import { encounterId, toEncounter } from './fhirEncounter.js'
import { practitionerId, toCoverage, toOrganization, toPatient, toPractitioners } from './fhirParties.js'
import { FHIR_BASE, IDENTIFIER_SYSTEM } from './fhirSystems.js'
import { labelled, labelledBundle, labelledDocuments, toPart2Notices } from './part2.js'
import { restsOnPart2, type SnapshotLine, type SubmissionSnapshot } from './snapshot.model.js'

/**
 * One submission as a FHIR R4 collection: the patient, the encounter, a Condition or Procedure per code, the Claim that
 * puts them in order, a Provenance per code that leads to the person who decided and to the cited spans, and a
 * DocumentReference per cited version. Whatever rests on a Part 2 record carries the label, and the statement of 42 CFR
 * 2.32 comes with it. Ids are derived from ours and nothing is read from a clock: the same snapshot
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
  const coded: { line: SnapshotLine; resource: Condition | Procedure }[] = [
    ...diagnoses.map(({ line, condition }) => ({ line, resource: condition })),
    ...procedures.map(({ line, procedure }) => ({ line, resource: procedure })),
  ]
  const onPart2 = coded.filter(({ line }) => restsOnPart2(line)).map(({ resource }) => resource)
  const mark = <T extends Resource>(line: SnapshotLine, resource: T): T =>
    restsOnPart2(line) ? labelled(resource) : resource
  const resources: Resource[] = [
    onPart2.length > 0 ? labelled(claim) : claim,
    patient,
    encounter,
    facility,
    ...practitioners,
    ...(coverage === null ? [] : [coverage]),
    ...coded.map(({ line, resource }) => mark(line, resource)),
    ...coded.map(({ line, resource }) => mark(line, toProvenance(line, resource))),
    ...labelledDocuments(snapshot, toDocumentReferences(snapshot, patient, encounter)),
    ...(onPart2.length > 0 ? toPart2Notices(snapshot, [claim, ...onPart2]) : []),
  ]
  const bundle: Bundle = {
    resourceType: 'Bundle',
    id: `submission-${snapshot.chart.id}-${snapshot.number}`,
    identifier: { system: IDENTIFIER_SYSTEM.submission, value: `${snapshot.chart.id}/${snapshot.number}` },
    type: 'collection',
    timestamp: snapshot.submittedAt,
    entry: resources.map((resource) => ({ fullUrl: `${FHIR_BASE}/${resource.resourceType}/${resource.id}`, resource })),
  }
  return onPart2.length > 0 ? labelledBundle(bundle) : bundle
}

/** The bytes that leave: what is hashed, stored and validated. */
export const serialiseFhir = (bundle: Bundle): string => JSON.stringify(bundle, null, 2)
