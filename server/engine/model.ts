import type { CodeSystem, IsoDate } from '../codesets/model.js'

/** What the engine reads and what it says. Pure data: crosses the worker's thread as it is. */

export type PatientClass = 'INPATIENT' | 'OUTPATIENT' | 'EMERGENCY' | 'OBSERVATION' | 'PROFESSIONAL'

export type DocumentType =
  | 'HISTORY_AND_PHYSICAL'
  | 'PROGRESS_NOTE'
  | 'DISCHARGE_SUMMARY'
  | 'OPERATIVE_NOTE'
  | 'PROCEDURE_NOTE'
  | 'CONSULTATION'
  | 'EMERGENCY_NOTE'
  | 'CLINIC_NOTE'
  | 'RADIOLOGY_REPORT'
  | 'PATHOLOGY_REPORT'
  | 'LABORATORY_REPORT'
  | 'NURSING_NOTE'
  | 'ORDER'
  | 'OTHER'

export type AuthorRole =
  | 'ATTENDING'
  | 'PHYSICIAN'
  | 'RESIDENT'
  | 'ADVANCED_PRACTICE'
  | 'RADIOLOGIST'
  | 'PATHOLOGIST'
  | 'NURSE'
  | 'DIETITIAN'
  | 'THERAPIST'
  | 'LABORATORY'
  | 'OTHER'

/** The part of the encounter a document speaks for: uncertain diagnoses count only AT_DISCHARGE (guidelines II.H, III.C). */
export type EncounterPart = 'AT_ADMISSION' | 'DURING' | 'AT_DISCHARGE'

export interface EngineDocument {
  readonly versionId: string
  readonly type: DocumentType
  readonly authorRole: AuthorRole
  readonly signed: boolean
  readonly encounterPart: EncounterPart
  /** As stored; offsets below are UTF-16 units into it. */
  readonly text: string
}

export interface EngineRequest {
  readonly patientClass: PatientClass
  /** Discharge date of an inpatient, encounter date otherwise: every table is asked on this date. */
  readonly dateOfService: IsoDate
  readonly sex: 'FEMALE' | 'MALE' | 'OTHER' | 'UNKNOWN'
  readonly documents: readonly EngineDocument[]
}

export type EvidenceKind = 'SUPPORTS' | 'CONTRADICTS' | 'NEGATED' | 'HISTORY'

export interface EngineEvidence {
  readonly versionId: string
  readonly start: number
  readonly end: number
  readonly kind: EvidenceKind
}

export interface EngineSuggestion {
  readonly system: CodeSystem
  readonly code: string
  /** 0 to 1. */
  readonly confidence: number
  /** One sentence a coder can read: which words, where, why this code. It may hold no more text than the matched words. */
  readonly reason: string
  readonly evidence: readonly EngineEvidence[]
  /** Proposed present-on-admission indicator where the text says it, else null. */
  readonly poa: 'Y' | 'N' | null
}

/** A finding that cannot be coded as it stands, offered as a reason to query the provider (guideline III.B). */
export interface QueryOpportunity {
  /** A stable key such as `LOW_SODIUM`. */
  readonly topic: string
  /** A sentence a coder can read. */
  readonly reason: string
  /** The condition a provider might document, as a search phrase for the coder; never a code on the chart. */
  readonly evidence: readonly EngineEvidence[]
}

export interface EngineResult {
  readonly engine: string
  readonly suggestions: readonly EngineSuggestion[]
  readonly opportunities: readonly QueryOpportunity[]
  /** Documents it read and those it could not (no text). */
  readonly readVersionIds: readonly string[]
}
