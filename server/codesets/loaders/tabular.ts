import type { CodeRange } from '../code.js'
import type { CodeNotes } from '../model.js'

/** A place of the tabular list that can carry notes: a chapter, a section, or a code. */
export interface TabularNode {
  readonly kind: 'CHAPTER' | 'SECTION' | 'CODE'
  /** `chapter 9`, `section I20-I25`, or the plain code. */
  readonly id: string
  /** The id of the place around it, null for a chapter. */
  readonly parent: string | null
  readonly title: string
  readonly notes: Partial<CodeNotes>
}

export interface TabularList {
  /** As the file calls it ("2026"), null where it does not say. */
  readonly version: string | null
  readonly nodes: readonly TabularNode[]
}

/** The kinds of notes by the names that the official XML and the JSONL give them. */
export const NOTE_NAMES: Readonly<Record<string, keyof CodeNotes>> = {
  includes: 'includes',
  inclusionTerm: 'inclusionTerms',
  excludes1: 'excludes1',
  excludes2: 'excludes2',
  codeFirst: 'codeFirst',
  useAdditionalCode: 'useAdditional',
  codeAlso: 'codeAlso',
}

export const chapterId = (chapter: string): string => `chapter ${chapter}`
export const sectionId = (section: string): string => `section ${section}`

/** The categories of a chapter or section, from its id or the end of its title: `A00-A09`, `… (A00-B99)`, `B20`. */
export function blockRange(node: TabularNode): CodeRange | undefined {
  const text = node.kind === 'SECTION' ? node.id : (/\(([^()]*)\)\s*$/.exec(node.title)?.[1] ?? '')
  const match = /\b([A-Z][0-9A-Z]{2})(?:-([A-Z][0-9A-Z]{2}))?$/.exec(text)
  return match?.[1] === undefined ? undefined : { first: match[1], last: match[2] ?? match[1] }
}
