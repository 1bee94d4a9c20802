import { writeArtefact } from './artefact.js'
import { type CodeRange, isExternalCause, referencesIn } from './code.js'
import { indexTerms } from './lexicon/indexTerms.js'
import { compileLexicon } from './lexicon/lexicon.js'
import type { AlphabeticIndex } from './loaders/alphabeticIndex.js'
import type { OrderFileSystem, OrderRow } from './loaders/orderFile.js'
import { blockRange, type TabularList } from './loaders/tabular.js'
import type { CodeNotes, IsoDate, ReleaseGap } from './model.js'
import type { ReleaseBlock, ReleaseCode, ReleaseContent } from './release.js'

/** What the loaders read of one official release. The order file is the table; all else adds to it. */
export interface OfficialParts {
  readonly system: OrderFileSystem
  readonly name: string
  readonly effectiveFrom: IsoDate
  readonly effectiveTo: IsoDate | null
  readonly rows: readonly OrderRow[]
  readonly indexes: readonly AlphabeticIndex[]
  readonly tabular: TabularList | null
  readonly poaExempt: ReadonlySet<string> | null
  readonly sources: readonly string[]
}

/** Builds the artefact of an official release. Notes of codes that the table does not have (any more) are left out. */
export function buildOfficial(parts: OfficialParts): { artefact: Buffer; contentHash: string } {
  const known = new Set(parts.rows.map((row) => row.plain))
  const notes = notesOf(parts.tabular, known)
  const isManifest = manifestationTest(parts.rows, notes)
  const codes = parts.rows.map((row) => codeOf(row, parts, isManifest))
  const isCm = parts.system === 'ICD10CM'
  return writeArtefact({
    system: parts.system,
    name: parts.name,
    effectiveFrom: parts.effectiveFrom,
    effectiveTo: parts.effectiveTo,
    gaps: isCm ? gapsOf(parts) : [],
    sources: parts.sources,
    codes,
    ...blocksOf(parts.tabular),
    notes,
    excludes1: excludes1Of(notes, known),
    lexicon: isCm
      ? compileLexicon({
          codes,
          indexTerms: parts.indexes.flatMap((index) => indexTerms(index.entries)),
          inclusionTerms: inclusionTermsOf(notes, known),
          synonyms: [],
        })
      : [],
  })
}

function codeOf(row: OrderRow, parts: OfficialParts, isManifest: (plain: string) => boolean): ReleaseCode {
  const isCm = parts.system === 'ICD10CM'
  return {
    ...row,
    poaExempt: parts.poaExempt?.has(row.plain) ?? false,
    manifestation: isCm && isManifest(row.plain),
    externalCause: isCm && isExternalCause(row.plain),
  }
}

/**
 * Guideline I.A.13: a title with "in diseases classified elsewhere" (also "due to", "presenting with" such conditions)
 * makes a manifestation code, which follows its underlying condition. "As the cause of diseases classified elsewhere"
 * (B95 to B97) is the opposite, and factors "associated with" such diseases (F54) are conditions of their own.
 */
export const isManifestation = (title: string): boolean =>
  /\b(in|due to|presenting with)\b.* classified elsewhere\b/i.test(title) && !/\bas the cause of\b/i.test(title)

/**
 * Codes whose own title makes them manifestations, and codes under a header with such a title that are told to "code
 * first" what underlies them: I68.0 is one, M14.6 (no such note) is not.
 */
function manifestationTest(
  rows: readonly OrderRow[],
  notes: ReadonlyMap<string, Partial<CodeNotes>>,
): (plain: string) => boolean {
  const titled = new Set(rows.filter((row) => isManifestation(row.title)).map((row) => row.plain))
  return (plain) => {
    const upwards = Array.from({ length: plain.length - 2 }, (_, up) => plain.slice(0, plain.length - up))
    if (titled.has(plain)) return true
    return upwards.some((place) => titled.has(place)) && upwards.some((place) => notes.get(place)?.codeFirst)
  }
}

function gapsOf(parts: OfficialParts): ReleaseGap[] {
  const gaps: ReleaseGap[] = []
  if (parts.indexes.length === 0) gaps.push('INDEX')
  if (!parts.tabular) gaps.push('TABULAR')
  if (!parts.poaExempt) gaps.push('POA_EXEMPT')
  return gaps
}

function blocksOf(tabular: TabularList | null): Pick<ReleaseContent, 'blocks' | 'sectionOf'> {
  const blocks: ReleaseBlock[] = []
  const sectionOf = new Map<string, string>()
  for (const node of tabular?.nodes ?? []) {
    const range = node.kind === 'CODE' ? undefined : blockRange(node)
    if (range) blocks.push({ id: node.id, title: node.title, parent: node.parent, range })
    if (node.kind === 'CODE' && node.id.length === 3 && node.parent) sectionOf.set(node.id, node.parent)
  }
  return { blocks, sectionOf }
}

function notesOf(tabular: TabularList | null, known: ReadonlySet<string>): Map<string, Partial<CodeNotes>> {
  const notes = new Map<string, Partial<CodeNotes>>()
  for (const node of tabular?.nodes ?? []) {
    if (node.kind === 'CODE' && !known.has(node.id)) continue
    if (Object.keys(node.notes).length > 0) notes.set(node.id, node.notes)
  }
  return notes
}

/** A reference whose categories the table does not have is wording ("vitamin B12"), not a code. */
function excludes1Of(
  notes: ReadonlyMap<string, Partial<CodeNotes>>,
  known: ReadonlySet<string>,
): Map<string, readonly CodeRange[]> {
  const excludes = new Map<string, readonly CodeRange[]>()
  for (const [place, { excludes1 }] of notes) {
    const ranges = (excludes1 ?? []).flatMap(referencesIn).filter(({ first, last }) => {
      return first !== last || known.has(first.slice(0, 3))
    })
    if (ranges.length > 0) excludes.set(place, ranges)
  }
  return excludes
}

function inclusionTermsOf(
  notes: ReadonlyMap<string, Partial<CodeNotes>>,
  known: ReadonlySet<string>,
): Map<string, readonly string[]> {
  const terms = new Map<string, readonly string[]>()
  for (const [place, { inclusionTerms }] of notes) {
    if (inclusionTerms && known.has(place)) terms.set(place, inclusionTerms)
  }
  return terms
}
