import type { CodeFacts, CodeSystem, IsoDate, ReleaseInfo } from '../model.js'

export type PatientClass = 'INPATIENT' | 'OUTPATIENT' | 'EMERGENCY' | 'OBSERVATION' | 'PROFESSIONAL'

export type LineRole =
  | 'PRINCIPAL'
  | 'FIRST_LISTED'
  | 'SECONDARY'
  | 'ADMITTING'
  | 'REASON_FOR_VISIT'
  | 'EXTERNAL_CAUSE'
  | 'PROCEDURE'

export type Poa = 'Y' | 'N' | 'U' | 'W' | 'EXEMPT'

/** An accepted code of the chart as the edits see it. */
export interface EditLine {
  readonly id: string
  readonly system: CodeSystem
  readonly code: string
  readonly kind: 'DIAGNOSIS' | 'PROCEDURE'
  readonly role: LineRole
  /** Null as long as nobody has given one. */
  readonly poa: Poa | null
  /** False if a document that the line rests on is not signed. */
  readonly sourcesSigned: boolean
}

export interface EditInput {
  readonly patientClass: PatientClass
  /** Discharge date of an inpatient, encounter date otherwise. */
  readonly dateOfService: IsoDate
  readonly lines: readonly EditLine[]
}

export type RuleId =
  | 'NO_PRINCIPAL'
  | 'CODE_NOT_IN_TABLE'
  | 'NO_TABLE'
  | 'CODE_NOT_BILLABLE'
  | 'EXTERNAL_CAUSE_FIRST'
  | 'MANIFESTATION_FIRST'
  | 'POA_MISSING'
  | 'POA_NOT_EXEMPT'
  | 'EXCLUDES1'
  | 'DUPLICATE_CODE'
  | 'UNSIGNED_SOURCE'

/** One finding about the codes of a chart. An ERROR blocks submission. */
export interface Edit {
  readonly ruleId: RuleId
  /**
   * The same finding on the same lines has the same key, so that the reason somebody gave for it can be kept; a line
   * that got another code has another key, so that the reason does not outlive what it was given for.
   */
  readonly key: string
  readonly severity: 'ERROR' | 'WARNING'
  /** True if a reason lets it pass. */
  readonly overridable: boolean
  /** The lines it is about, in the order of the chart; none if a line is missing. */
  readonly lineIds: readonly string[]
  /** One sentence that tells what to do. Codes, never patient data. */
  readonly message: string
  /** Guideline or rule, and the release whose table was asked. */
  readonly source: string
}

/** A line with what the table of its date says of its code. */
export interface CheckedLine extends EditLine {
  /** Undefined if the table does not have the code, or no table covers the date. */
  readonly facts: CodeFacts | undefined
  readonly release: ReleaseInfo | undefined
}

/** What a rule says; the frame adds key and release. */
export interface Finding {
  readonly ruleId: RuleId
  readonly severity: 'ERROR' | 'WARNING'
  readonly lines: readonly CheckedLine[]
  readonly message: string
  /** The guideline. */
  readonly source: string
}

export interface RuleInput {
  readonly patientClass: PatientClass
  readonly dateOfService: IsoDate
  readonly lines: readonly CheckedLine[]
  readonly excludes1: (a: string, b: string) => boolean
}

/** One rule: pure, and silent about what another rule already says. */
export type Rule = (input: RuleInput) => readonly Finding[]
