import type { AuthorRole, DocumentType, EncounterPart, PatientClass } from '../engine/model.js'

/** What an uploaded file turns out to hold, whatever its format. Pure data; nothing is matched or stored yet. */

/** Recognised from content, never from the name or the header a client sends. */
export type MediaKind = 'TEXT' | 'PDF' | 'CCDA' | 'FHIR_BUNDLE'

export interface IntakeIdentifier {
  /** Who assigned it: an OID or URI as the source writes it. */
  readonly assigner: string
  readonly type: 'MRN' | 'ACCOUNT' | 'MEMBER' | 'SSN' | 'OTHER'
  readonly value: string
}

export interface IntakePatient {
  readonly identifiers: readonly IntakeIdentifier[]
  readonly familyName: string
  readonly givenNames: readonly string[]
  /** `YYYY-MM-DD`, null where the source has none. */
  readonly birthDate: string | null
  readonly sex: 'FEMALE' | 'MALE' | 'OTHER' | 'UNKNOWN'
}

/** The chart's abstract as far as the source states it. Instants are ISO 8601 with offset; dates `YYYY-MM-DD`. */
export interface IntakeEncounter {
  readonly accountNumber: string | null
  readonly patientClass: PatientClass | null
  readonly inpatientOrderAt: string | null
  readonly admittedAt: string | null
  readonly dischargedAt: string | null
  readonly serviceDate: string | null
  readonly disposition: string | null
  readonly payer: string | null
  readonly attendingProvider: string | null
  readonly operatingProvider: string | null
  readonly serviceLine: string | null
}

/** One page of a document: where its text stands in `text` (UTF-16 units). A page without text has start = end. */
export interface IntakePage {
  readonly number: number
  readonly start: number
  readonly end: number
}

export interface IntakeDocument {
  readonly title: string
  readonly type: DocumentType
  readonly authorName: string | null
  readonly authorRole: AuthorRole
  /** ISO 8601 instant. */
  readonly authoredAt: string | null
  readonly signed: boolean
  readonly encounterPart: EncounterPart
  /** The text that is stored and that every offset counts into: NFC, `\n` line ends, no control characters. Empty for a scan. */
  readonly text: string
  /** Pages of a paged source, else empty. */
  readonly pages: readonly IntakePage[]
  /** True where the source holds images of pages without a text layer: shown, cited by page, never read by the engine. */
  readonly scan: boolean
  /** The original to keep beside the text (a PDF), or null where the text is the original. */
  readonly original: { readonly mediaType: string; readonly bytes: Uint8Array } | null
}

export interface Intake {
  readonly kind: MediaKind
  /** Null where the format does not name a patient (text, PDF): the caller supplies it. */
  readonly patient: IntakePatient | null
  readonly encounter: IntakeEncounter | null
  readonly documents: readonly IntakeDocument[]
  /** Problem-list or encounter diagnoses the source asserts (C-CDA, FHIR Condition); shown to people, never coded by themselves. */
  readonly statedConditions: readonly { readonly code: string | null; readonly text: string }[]
}

/** Why a file was refused: a closed list with a sentence, never the content. */
export type IntakeProblem =
  | 'EMPTY'
  | 'UNKNOWN_FORMAT'
  | 'NOT_UTF8'
  | 'DAMAGED'
  | 'ENCRYPTED_PDF'
  | 'TOO_MANY_PAGES'
  | 'TOO_MUCH_TEXT'
  | 'UNSAFE_XML'
  | 'NO_PATIENT'
  | 'NO_DOCUMENTS'
  | 'PSYCHOTHERAPY_NOTES'
