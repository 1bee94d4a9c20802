import { DamagedFileError, numberedLines, type SourceFile, textOf, tidy } from './textFile.js'
import { readXml } from './xml.js'

/** One line of the alphabetic index. */
export interface IndexEntry {
  /** Of the file, counted from 1. */
  readonly line: number
  /** 0 = main term. */
  readonly level: number
  readonly term: string
  /** The words in parentheses behind the term, without the parentheses: they may be there or not. */
  readonly nonessential: readonly string[]
  /** "see …": where to look instead. */
  readonly see: string | null
  readonly seeAlso: string | null
  /** Without dot and without the hyphen of an unfinished code; null where the entry has no code or a range. */
  readonly plain: string | null
}

export interface AlphabeticIndex {
  /** As the file calls it ("2025"), null where it does not say. */
  readonly version: string | null
  readonly entries: readonly IndexEntry[]
}

/**
 * Reads the official XML index: letters, main terms, terms by level, each with title (its `nemod` holding the
 * nonessential modifiers), code, see and seeAlso. A manifestation code beside the code is left out.
 * @throws DamagedFileError naming the line
 */
export function parseIndexXml(file: SourceFile): AlphabeticIndex {
  const entries: IndexEntry[] = []
  const open: Draft[] = []
  let version: string | null = null
  readXml(file, 'ICD10CM.index', {
    open(name, attributes, line) {
      if (name !== 'mainTerm' && name !== 'term') return
      const level = name === 'mainTerm' ? 0 : Number(attributes.level ?? open.length)
      if (level !== open.length) {
        throw new DamagedFileError(file.name, line, `a term of level ${level} stands inside level ${open.length - 1}.`)
      }
      const draft: Draft = { at: entries.length, level, line, term: '', nonessential: [] }
      open.push(draft)
      entries.push(UNFINISHED)
    },
    close(name, text) {
      const draft = open.at(-1)
      if (name === 'version') version = tidy(text)
      if (!draft) return
      if (name === 'title') draft.term = tidy(text)
      if (name === 'nemod') draft.nonessential = [...draft.nonessential, ...modifiersIn(text)]
      if (name === 'code') draft.code ??= tidy(text)
      if (name === 'see') draft.see = tidy(text)
      if (name === 'seeAlso') draft.seeAlso = tidy(text)
      if (name !== 'mainTerm' && name !== 'term') return
      open.pop()
      entries[draft.at] = finished(draft, file.name)
    },
  })
  if (entries.length === 0) throw new DamagedFileError(file.name, null, 'it has no terms.')
  return { version, entries }
}

const TSV_COLUMNS = ['row', 'letter', 'level', 'term', 'nonessential', 'see', 'see_also', 'code'] as const

/**
 * Reads the flattened index: tab divided, a header line, one line a term with its level (columns row, letter, level,
 * term, nonessential, see, see_also, code; what stands behind them is ignored).
 * @throws DamagedFileError naming the line
 */
export function parseIndexTsv(file: SourceFile): AlphabeticIndex {
  const entries: IndexEntry[] = []
  for (const [line, text] of numberedLines(textOf(file))) {
    const cells = text.split('\t')
    if (line === 1) {
      if (cells.slice(0, TSV_COLUMNS.length).join('\t') !== TSV_COLUMNS.join('\t')) {
        throw new DamagedFileError(file.name, 1, `the header must begin with ${TSV_COLUMNS.join(', ')}.`)
      }
      continue
    }
    const [row, , level = '', term = '', nonessential = '', see = '', seeAlso = '', code = ''] = cells
    if (cells.length < TSV_COLUMNS.length) {
      throw new DamagedFileError(file.name, line, `it has ${cells.length} columns instead of ${TSV_COLUMNS.length}.`)
    }
    if (Number(row) !== line - 1) {
      throw new DamagedFileError(file.name, line, `the row number is ${row} where ${line - 1} should follow.`)
    }
    const deepest = entries.length === 0 ? 0 : (entries.at(-1)?.level ?? 0) + 1
    if (!/^\d$/.test(level) || Number(level) > deepest) {
      throw new DamagedFileError(file.name, line, `the level "${level}" cannot follow the term above it.`)
    }
    const draft = { at: 0, level: Number(level), line, term: tidy(term), nonessential: modifiersIn(nonessential) }
    entries.push(finished({ ...draft, see, seeAlso, code }, file.name))
  }
  if (entries.length === 0) throw new DamagedFileError(file.name, null, 'it has no terms.')
  return { version: null, entries }
}

/** Holds the place of an entry until its element ends, so that a term stands before its subterms. */
const UNFINISHED: IndexEntry = { line: 0, level: 0, term: '', nonessential: [], see: null, seeAlso: null, plain: null }

interface Draft {
  readonly at: number
  readonly level: number
  readonly line: number
  term: string
  nonessential: readonly string[]
  code?: string
  see?: string
  seeAlso?: string
}

function finished(draft: Draft, file: string): IndexEntry {
  const code = draft.code?.trim() ?? ''
  const parts = /^([A-Z][0-9A-Z]{2})(?:\.([0-9A-Z]{0,4}))?(-?)(.*)$/.exec(code)
  if (code !== '' && !parts) throw new DamagedFileError(file, draft.line, 'the code is not an ICD-10-CM code.')
  // A few entries are nothing but a modifier in parentheses: "Disorder, pain, (somatoform)".
  const [term, ...nonessential] = draft.term === '' ? draft.nonessential : [draft.term, ...draft.nonessential]
  if (term === undefined) throw new DamagedFileError(file, draft.line, 'the term is missing.')
  return {
    line: draft.line,
    level: draft.level,
    term,
    nonessential,
    see: draft.see?.trim() || null,
    seeAlso: draft.seeAlso?.trim() || null,
    plain: parts && parts[4] === '' ? `${parts[1]}${parts[2] ?? ''}` : null,
  }
}

const modifiersIn = (text: string): readonly string[] =>
  [...text.matchAll(/\(([^()]*)\)/g)].map((match) => tidy(match[1] ?? '')).filter((modifier) => modifier !== '')
