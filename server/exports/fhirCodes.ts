import type {
  CodeableConcept,
  Condition,
  DocumentReference,
  Encounter,
  Extension,
  Patient,
  Procedure,
  Provenance,
  ProvenanceEntity,
} from '@medplum/fhirtypes'
import { practitionerId } from './fhirParties.js'
import { CODE_SYSTEM_URL, EXTENSION } from './fhirSystems.js'
import { concept, fhirText, hl7Coding, listOrNone, refTo, resourceId } from './fhirValues.js'
import type { SnapshotEvidence, SnapshotLine, SubmissionSnapshot } from './snapshot.model.js'

/** The codes themselves, and where each came from. */

/**
 * A reported diagnosis. Neither clinical nor verification status is stated: an uncertain diagnosis of an inpatient is
 * coded as if it existed (guideline II.H), and a code says nothing of what is true at the bedside.
 */
export const toCondition = (line: SnapshotLine, patient: Patient, encounterRef: string): Condition => ({
  resourceType: 'Condition',
  id: resourceId('condition', line.id),
  category: [concept(hl7Coding('condition-category', 'encounter-diagnosis', 'Encounter Diagnosis'))],
  code: toCode(line),
  subject: refTo(patient),
  encounter: { reference: encounterRef },
})

export function toProcedure(line: SnapshotLine, patient: Patient, encounterRef: string): Procedure {
  const performer = fhirText(line.performer)
  return {
    resourceType: 'Procedure',
    id: resourceId('procedure', line.id),
    status: 'completed',
    code: toCode(line),
    subject: refTo(patient),
    encounter: { reference: encounterRef },
    performedDateTime: line.performedOn ?? undefined,
    performer: performer === undefined ? undefined : [{ actor: { display: performer } }],
  }
}

export const toCode = (line: SnapshotLine): CodeableConcept => {
  const title = fhirText(line.title)
  return concept({ system: CODE_SYSTEM_URL[line.system], code: line.code, display: title }, title)
}

/** Who decided the code, when, and the spans it rests on. */
export function toProvenance(line: SnapshotLine, target: Condition | Procedure): Provenance {
  return {
    resourceType: 'Provenance',
    id: resourceId('provenance', line.id),
    extension: [{ url: EXTENSION.codeOrigin, valueCode: line.origin.toLowerCase() }],
    target: [refTo<Condition | Procedure>(target)],
    recorded: line.decidedAt,
    agent: [
      {
        // A coder's own code has an author; a proposal of somebody else has a person who verified it.
        type: concept(hl7Coding('provenance-participant-type', line.origin === 'CODER' ? 'author' : 'verifier')),
        who: { reference: `Practitioner/${practitionerId(line.decidedBy)}` },
      },
    ],
    entity: listOrNone(line.evidence.map(toEntity)),
  }
}

/** One per cited version, in the order of first citation: enough to find the text again and to see that it is the same. */
export function toDocumentReferences(
  snapshot: SubmissionSnapshot,
  patient: Patient,
  encounter: Encounter,
): DocumentReference[] {
  const cited = new Map<string, SnapshotEvidence>()
  for (const line of snapshot.lines) {
    for (const evidence of line.evidence) if (!cited.has(evidence.versionId)) cited.set(evidence.versionId, evidence)
  }
  return [...cited.values()].map((evidence) => ({
    resourceType: 'DocumentReference',
    id: documentReferenceId(evidence),
    extension: [
      { url: EXTENSION.documentVersion, valuePositiveInt: evidence.versionNumber },
      { url: EXTENSION.textSha256, valueString: evidence.textSha256 },
      ...(evidence.amendments ?? []).flatMap((it) => {
        const valueString = fhirText(it)
        return valueString === undefined ? [] : [{ url: EXTENSION.amendment, valueString }]
      }),
    ],
    masterIdentifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${evidence.versionId}` },
    identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${evidence.documentId}` }],
    status: 'current',
    subject: refTo(patient),
    content: [{ attachment: { title: fhirText(evidence.documentTitle) ?? 'Document' } }],
    context: { encounter: [refTo(encounter)] },
  }))
}

const documentReferenceId = (evidence: SnapshotEvidence): string => resourceId('document', evidence.versionId)

const toEntity = (evidence: SnapshotEvidence): ProvenanceEntity => ({
  extension: [{ url: EXTENSION.evidenceSpan, extension: spanParts(evidence) }],
  role: 'source',
  what: { reference: `DocumentReference/${documentReferenceId(evidence)}` },
})

function spanParts(evidence: SnapshotEvidence): Extension[] {
  const parts: Extension[] = [{ url: 'kind', valueCode: evidence.kind.toLowerCase() }]
  if (evidence.start !== null) parts.push({ url: 'start', valueUnsignedInt: evidence.start })
  if (evidence.end !== null) parts.push({ url: 'end', valueUnsignedInt: evidence.end })
  if (evidence.page !== null) parts.push({ url: 'page', valuePositiveInt: evidence.page })
  const quote = fhirText(evidence.quote)
  if (quote !== undefined) parts.push({ url: 'quote', valueString: quote })
  return parts
}
