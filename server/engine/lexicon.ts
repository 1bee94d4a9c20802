import type { LexiconTerm } from '../codesets/model.js'
import { mayBeMatched } from './stopPhrases.js'
import type { EngineCode, EngineTables } from './tables.js'
import { foldPhrase } from './tokens.js'
import { buildTrie, type Trie } from './trie.js'

/** The terms of one release, ready to be matched. Terms are numbered; the arrays below are indexed by that number. */
export interface CompiledLexicon {
  readonly vocabulary: ReadonlyMap<string, number>
  /** Phrases word by word, in their order. */
  readonly ordered: Trie
  /** Phrases as sorted sets of words: "iron deficiency anemia" finds the index entry "anemia, iron deficiency". */
  readonly unordered: Trie
  readonly terms: readonly LexiconTerm[]
  readonly codes: ReadonlyMap<string, EngineCode>
  readonly children: ReadonlyMap<string, readonly EngineCode[]>
}

/** Words that carry no meaning in a phrase; the matcher passes over them in a text. */
export const FILLERS: ReadonlySet<string> = new Set([
  'a',
  'an',
  'the',
  'of',
  'nos',
  'nec',
  'unspecified',
  'his',
  'her',
  'their',
  's',
])

/** Words that join others; passed over where the order of words is free. */
export const CONNECTORS: ReadonlySet<string> = new Set([
  'and',
  'with',
  'in',
  'at',
  'on',
  'from',
  'for',
  'due',
  'to',
  'by',
  'secondary',
  'associated',
])

export const MOST_WORDS = 10
export const MOST_UNORDERED = 6

export function compileLexicon(tables: EngineTables): CompiledLexicon {
  const codes = new Map(tables.codes.map((code) => [code.code, code]))
  const vocabulary = new Map<string, number>()
  const ids = (words: readonly string[]): number[] => words.map((word) => idOf(vocabulary, word))
  const ordered: [number[], number][] = []
  const unordered: [number[], number][] = []
  const terms = usable(tables.terms, codes)
  terms.forEach((term, index) => {
    for (const words of variants(term)) {
      ordered.push([ids(words), index])
      const set = words.filter((word) => !CONNECTORS.has(word))
      if (set.length < 2 || set.length > MOST_UNORDERED || !distinct(set)) continue
      unordered.push([ids(set).sort((a, b) => a - b), index])
    }
  })
  const better = (candidate: number, standing: number): boolean => prefer(terms[candidate]!, terms[standing]!, codes)
  return {
    vocabulary,
    ordered: buildTrie(ordered, better),
    unordered: buildTrie(unordered, better),
    terms,
    codes,
    children: childrenOf(tables.codes),
  }
}

/**
 * Terms that may be matched: their code is in the tables; an abbreviation has one meaning only (never the first of
 * several); "other …" titles say what a thing is not, so no text says them.
 */
function usable(terms: readonly LexiconTerm[], codes: ReadonlyMap<string, EngineCode>): LexiconTerm[] {
  const meanings = new Map<string, Set<string>>()
  for (const term of terms) {
    if (term.source !== 'ABBREVIATION') continue
    const key = term.phrase.toLowerCase()
    meanings.set(key, (meanings.get(key) ?? new Set()).add(term.code))
  }
  return terms.filter((term) => {
    if (!codes.has(term.code)) return false
    if (term.source === 'ABBREVIATION') {
      return meanings.get(term.phrase.toLowerCase())!.size === 1 && !NAMES_A_TEST.test(codes.get(term.code)!.title)
    }
    return !(term.source === 'TITLE' && /^other\b/i.test(term.phrase))
  })
}

/** "Abnormal electrocardiogram [ECG]": the abbreviation is of the test, not of the finding. */
const NAMES_A_TEST = /^(abnormal|elevat|encounter|other|findings?|presence|personal|family)/i

/** The word sequences a phrase stands for: as written, and without its words in brackets. */
function variants(term: LexiconTerm): string[][] {
  const readings = [term.source === 'ABBREVIATION' ? term.phrase.toUpperCase() : term.phrase]
  if (/[()[\]]/.test(term.phrase)) readings.push(term.phrase.replace(/[([][^)\]]*[)\]]/g, ' '))
  const trimmed = term.phrase.replace(
    /[, ]+(unspecified|without complications?|uncomplicated|not otherwise specified)$/i,
    '',
  )
  if (trimmed !== term.phrase) readings.push(trimmed)
  if (/\bmalignant neoplasm\b/i.test(term.phrase))
    readings.push(term.phrase.replace(/\bmalignant neoplasm\b/i, 'cancer'))
  const found = readings.map((reading) => foldPhrase(reading).filter((word) => !FILLERS.has(word)))
  return found.filter((words) => words.length > 0 && words.length <= MOST_WORDS && mayBeMatched(words, term.source))
}

const SOURCE_ORDER = { SYNONYM: 0, INDEX: 1, INCLUSION: 2, TITLE: 3, ABBREVIATION: 4 } as const

/** Of two terms with the same words: the better source, then the shorter phrase (nothing was left out), then the lower code. */
function prefer(a: LexiconTerm, b: LexiconTerm, codes: ReadonlyMap<string, EngineCode>): boolean {
  const bySource = SOURCE_ORDER[a.source] - SOURCE_ORDER[b.source]
  if (bySource !== 0) return bySource < 0
  if (a.phrase.length !== b.phrase.length) return a.phrase.length < b.phrase.length
  const unspecified = Number(saysUnspecified(codes.get(a.code))) - Number(saysUnspecified(codes.get(b.code)))
  if (unspecified !== 0) return unspecified > 0
  return a.code < b.code
}

const saysUnspecified = (code: EngineCode | undefined): boolean => /unspecified/i.test(code?.title ?? '')

function idOf(vocabulary: Map<string, number>, word: string): number {
  const known = vocabulary.get(word)
  if (known !== undefined) return known
  vocabulary.set(word, vocabulary.size)
  return vocabulary.size - 1
}

const distinct = (words: readonly string[]): boolean => new Set(words).size === words.length

function childrenOf(codes: readonly EngineCode[]): Map<string, EngineCode[]> {
  const children = new Map<string, EngineCode[]>()
  for (const code of codes) {
    if (code.parent === null) continue
    const list = children.get(code.parent)
    if (list) list.push(code)
    else children.set(code.parent, [code])
  }
  for (const list of children.values()) list.sort((a, b) => (a.code < b.code ? -1 : 1))
  return children
}
