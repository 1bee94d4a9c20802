/** Plain types of the code sets: what every reader of the official tables sees, whatever file they came from. */

export type CodeSystem = 'ICD10CM' | 'ICD10PCS' | 'HCPCS' | 'CPT'

/** A calendar date, `YYYY-MM-DD`. Compared as text. */
export type IsoDate = string

/** One code as its release has it. Codes are written with their dot (`I10`, `E11.40`), upper case. */
export interface CodeFacts {
  readonly system: CodeSystem
  readonly code: string
  /** The long title. */
  readonly title: string
  /** True for a leaf that may be reported; false for a header. */
  readonly billable: boolean
  /** The header directly above, or null for a category (three characters) and for systems without a tree. */
  readonly parent: string | null
  /** On the POA-exempt list of its release (ICD-10-CM only). */
  readonly poaExempt: boolean
  /** "In diseases classified elsewhere": never principal or first-listed. */
  readonly manifestation: boolean
  /** Chapter 20 (V00 to Y99): never principal or first-listed. */
  readonly externalCause: boolean
}

/** Instructional notes of a code, its own and those inherited from block and chapter (nearest first). */
export interface CodeNotes {
  readonly includes: readonly string[]
  readonly inclusionTerms: readonly string[]
  readonly excludes1: readonly string[]
  readonly excludes2: readonly string[]
  readonly codeFirst: readonly string[]
  readonly useAdditional: readonly string[]
  readonly codeAlso: readonly string[]
}

/** A phrase that leads to a code: index entry, inclusion term, synonym, title or abbreviation. Lower case words. */
export interface LexiconTerm {
  readonly phrase: string
  /** Always a billable code of the release: headers stand for their unspecified child where the tables give one. */
  readonly code: string
  readonly source: 'INDEX' | 'INCLUSION' | 'SYNONYM' | 'TITLE' | 'ABBREVIATION'
}

/**
 * One release of one system with the dates of service it is valid for. The release named "starter" (the set that ships
 * with the program) has no end and answers only on dates that no official release covers, so also after the newest
 * official release has ended.
 */
export interface ReleaseInfo {
  readonly id: string
  readonly system: CodeSystem
  /** As its publisher names it: "FY2026", "starter". */
  readonly name: string
  readonly effectiveFrom: IsoDate
  /** The last day it is valid, null while it is the newest. */
  readonly effectiveTo: IsoDate | null
  readonly codeCount: number
  readonly billableCount: number
  /** SHA-256 of the normalised content. */
  readonly contentHash: string
  /** Official files it was made without; their absence is not an empty list (default: none). */
  readonly gaps?: readonly ReleaseGap[]
}

export type ReleaseGap = 'INDEX' | 'TABULAR' | 'POA_EXEMPT'

/** The one face of the code sets that domains and the engine use. All look-ups are in memory and synchronous. */
export interface CodeSets {
  /**
   * Builds what `search` and `lexicon` need of a date's table, once, in short turns. Without it the first of these
   * calls builds it in one go, and nothing else runs for a second or two.
   */
  prepare(system: CodeSystem, date: IsoDate): Promise<void>
  /** The release valid on a date, official before starter; undefined where no table covers the date. */
  releaseOn(system: CodeSystem, date: IsoDate): ReleaseInfo | undefined
  /** A code by its exact text (dot optional) on a date; undefined if the table of that date does not have it. */
  lookup(system: CodeSystem, code: string, date: IsoDate): CodeFacts | undefined
  children(system: CodeSystem, code: string, date: IsoDate): readonly CodeFacts[]
  notes(system: CodeSystem, code: string, date: IsoDate): CodeNotes
  /** By code prefix or by words (also synonyms), best first. */
  search(system: CodeSystem, query: string, date: IsoDate, first: number): readonly CodeFacts[]
  /** True if an Excludes1 note of one (own or inherited) covers the other on that date. */
  excludes1(a: string, b: string, date: IsoDate): boolean
  /** The terms the engine compiles for that date. */
  lexicon(date: IsoDate): readonly LexiconTerm[]
  releases(): readonly ReleaseInfo[]
}
