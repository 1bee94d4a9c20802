import type { CodeRange } from './code.js'
import type { CodeFacts, CodeNotes, CodeSystem, IsoDate, LexiconTerm, ReleaseGap, ReleaseInfo } from './model.js'

/** A code as the loaders hand it over. `plain` is without its dot. */
export interface ReleaseCode {
  readonly plain: string
  readonly title: string
  readonly billable: boolean
  readonly poaExempt: boolean
  readonly manifestation: boolean
  readonly externalCause: boolean
}

/** A chapter or section of the tabular list: it has notes that its categories inherit, and is no code itself. */
export interface ReleaseBlock {
  /** `chapter 9`, `section I20-I25`. */
  readonly id: string
  readonly title: string
  /** The block above, null for a chapter. */
  readonly parent: string | null
  /** The categories it spans, both included. */
  readonly range: CodeRange
}

/** Everything an artefact holds, normalised: two imports of the same files give equal content. */
export interface ReleaseContent {
  readonly system: CodeSystem
  readonly name: string
  readonly effectiveFrom: IsoDate
  readonly effectiveTo: IsoDate | null
  readonly gaps: readonly ReleaseGap[]
  /** Layout and own version of each file it was made from, such as `tabular list 2021`. */
  readonly sources: readonly string[]
  readonly codes: readonly ReleaseCode[]
  readonly blocks: readonly ReleaseBlock[]
  /** Category (plain) to the section that lists it. */
  readonly sectionOf: ReadonlyMap<string, string>
  /** By plain code or block id: the notes that stand exactly there. */
  readonly notes: ReadonlyMap<string, Partial<CodeNotes>>
  /** By plain code or block id: the codes its own Excludes1 notes name. */
  readonly excludes1: ReadonlyMap<string, readonly CodeRange[]>
  readonly lexicon: readonly LexiconTerm[]
}

/** A release opened for reading. All answers are in memory; what is rarely asked is unpacked on first use. */
export interface Release {
  readonly info: ReleaseInfo & { readonly gaps: readonly ReleaseGap[] }
  readonly sources: readonly string[]
  /** By the plain form. */
  find(plain: string): CodeFacts | undefined
  children(plain: string): readonly CodeFacts[]
  notes(plain: string): CodeNotes
  /** True if an Excludes1 note of `plain` (own or inherited) names `other`. One direction only. */
  excludes1Names(plain: string, other: string): boolean
  lexicon(): readonly LexiconTerm[]
  /** All codes in the order of the table. */
  codes(): readonly CodeFacts[]
}
