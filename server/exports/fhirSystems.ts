import type { CodeSystem } from '../codesets/model.js'

/** Base of every `fullUrl`, against which the relative references of a bundle resolve. Nothing answers there. */
export const FHIR_BASE = 'https://chartroom.example/fhir'

/**
 * Extensions of ours. Each may be ignored by a reader: none changes the meaning of the element that carries it.
 *
 * | name | on | value |
 * |---|---|---|
 * | evidence-span | Provenance.entity | complex: `kind` (code), `start` and `end` (unsignedInt, UTF-16 offsets into the stored text), `page` (positiveInt), `quote` (string) |
 * | code-origin | Provenance | code: `engine`, `coder`, `auditor`, `client`, who first proposed the code |
 * | document-version | DocumentReference | positiveInt: number of the document's version |
 * | text-sha256 | DocumentReference | string: SHA-256, hexadecimal, of the text that the offsets count into |
 * | amendment | DocumentReference | string: that the document was amended at the person's request, or what the person says who disagrees with it (45 CFR 164.526) |
 * | part2-notice | Provenance | complex, all string: `version` and `text` of the statement of 42 CFR 2.32, and, where the records leave under a consent, its `consent` id and `scope` |
 * | inpatient-order-at | Encounter | dateTime: the inpatient order, the moment that present on admission is judged by |
 */
export const EXTENSION = {
  evidenceSpan: `${FHIR_BASE}/StructureDefinition/evidence-span`,
  codeOrigin: `${FHIR_BASE}/StructureDefinition/code-origin`,
  documentVersion: `${FHIR_BASE}/StructureDefinition/document-version`,
  textSha256: `${FHIR_BASE}/StructureDefinition/text-sha256`,
  amendment: `${FHIR_BASE}/StructureDefinition/amendment`,
  part2Notice: `${FHIR_BASE}/StructureDefinition/part2-notice`,
  inpatientOrderAt: `${FHIR_BASE}/StructureDefinition/inpatient-order-at`,
} as const

/** As HL7 Terminology names each code system. */
export const CODE_SYSTEM_URL: Readonly<Record<CodeSystem, string>> = {
  ICD10CM: 'http://hl7.org/fhir/sid/icd-10-cm',
  ICD10PCS: 'http://www.cms.gov/Medicare/Coding/ICD10',
  HCPCS: 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
  CPT: 'http://www.ama-assn.org/go/cpt',
}

/** Identifiers that we assign ourselves. */
export const IDENTIFIER_SYSTEM = {
  submission: `${FHIR_BASE}/sid/submission`,
  account: `${FHIR_BASE}/sid/account-number`,
  facility: `${FHIR_BASE}/sid/facility`,
  member: `${FHIR_BASE}/sid/member`,
} as const

export const HL7_TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem'
