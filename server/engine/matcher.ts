import { abbreviationFits } from './abbreviations.js'
import { CONNECTORS, type CompiledLexicon, FILLERS, MOST_UNORDERED, MOST_WORDS } from './lexicon.js'
import type { Token } from './tokens.js'
import { child, NONE, valueAt } from './trie.js'

/** A term found in a sentence: tokens [from, to), the term's number, and how well it fits. */
export interface Match {
  readonly from: number
  readonly to: number
  readonly term: number
  /** Words of the term, fillers not counted. */
  readonly words: number
  /** True when the words stand in the term's own order. */
  readonly ordered: boolean
}

export const SIDES: ReadonlySet<string> = new Set(['left', 'right', 'bilateral', 'bilaterally', 'lt', 'rt', 'both'])

/**
 * The longest terms in one sentence, never overlapping, in order. Terms never cross a hard mark (the sentence's end, a
 * colon, a semicolon). Where two would overlap, the one with more words stands, then the ordered one, then the first.
 */
export function matchTerms(lexicon: CompiledLexicon, tokens: readonly Token[]): Match[] {
  const candidates: Match[] = []
  const plain = content(lexicon, tokens, (word) => FILLERS.has(word))
  findOrdered(lexicon, tokens, plain, candidates)
  if (tokens.some((token) => SIDES.has(token.norm))) {
    // "fracture of the left femur" is the term "fracture of femur"; which side is decided later.
    findOrdered(
      lexicon,
      tokens,
      content(lexicon, tokens, (word) => FILLERS.has(word) || SIDES.has(word)),
      candidates,
    )
  }
  const bare = content(lexicon, tokens, (word) => FILLERS.has(word) || SIDES.has(word) || CONNECTORS.has(word))
  findUnordered(lexicon, bare, tokens.length <= SHORT_LINE, candidates)
  return withoutOverlap(candidates)
}

/** A word of the sentence that counts: its token, its id, and whether a hard mark stands before it. */
interface Word {
  readonly token: number
  readonly id: number
  readonly broken: boolean
  /** A comma or another soft mark stands before it. */
  readonly parted: boolean
}

function content(lexicon: CompiledLexicon, tokens: readonly Token[], passOver: (norm: string) => boolean): Word[] {
  const words: Word[] = []
  let broken = true
  let parted = true
  tokens.forEach((token, index) => {
    broken ||= token.gap === 'HARD'
    parted ||= token.gap === 'SOFT'
    if (passOver(token.norm)) return
    words.push({ token: index, id: lexicon.vocabulary.get(token.norm) ?? NONE, broken, parted })
    broken = false
    parted = false
  })
  return words
}

function findOrdered(lexicon: CompiledLexicon, tokens: readonly Token[], words: readonly Word[], found: Match[]): void {
  for (let first = 0; first < words.length; first++) {
    let node = 0
    for (let last = first; last < words.length && last - first < MOST_WORDS; last++) {
      const word = words[last]!
      if (word.id === NONE || (word.broken && last > first)) break
      node = child(lexicon.ordered, node, word.id)
      if (node === NONE) break
      const term = valueAt(lexicon.ordered, node)
      if (term === NONE) continue
      const match = { from: words[first]!.token, to: word.token + 1, term, words: last - first + 1, ordered: true }
      if (abbreviationFits(lexicon.terms[term]!, tokens, match.from, match.to)) found.push(match)
    }
  }
}

/**
 * "Anemia, iron deficiency" is a term in a line of its own; in a long sentence a comma divides a list, and words from
 * both sides of it are no term.
 */
const SHORT_LINE = 8

function findUnordered(lexicon: CompiledLexicon, words: readonly Word[], overCommas: boolean, found: Match[]): void {
  for (let first = 0; first < words.length; first++) {
    const ids: number[] = []
    for (let last = first; last < words.length && ids.length < MOST_UNORDERED; last++) {
      const word = words[last]!
      if (word.id === NONE || ((word.broken || (word.parted && !overCommas)) && last > first)) break
      insert(ids, word.id)
      if (ids.length < 2) continue
      const term = lookUp(lexicon, ids)
      if (term !== NONE) {
        found.push({ from: words[first]!.token, to: word.token + 1, term, words: ids.length, ordered: false })
      }
    }
  }
}

function insert(sorted: number[], id: number): void {
  let at = sorted.length
  while (at > 0 && sorted[at - 1]! > id) at--
  sorted.splice(at, 0, id)
}

function lookUp(lexicon: CompiledLexicon, ids: readonly number[]): number {
  let node = 0
  for (const id of ids) {
    node = child(lexicon.unordered, node, id)
    if (node === NONE) return NONE
  }
  return valueAt(lexicon.unordered, node)
}

function withoutOverlap(candidates: readonly Match[]): Match[] {
  const ranked = [...candidates].sort(
    (a, b) =>
      b.words - a.words || Number(b.ordered) - Number(a.ordered) || a.to - a.from - (b.to - b.from) || a.from - b.from,
  )
  const kept: Match[] = []
  for (const match of ranked) {
    if (kept.every((other) => match.to <= other.from || match.from >= other.to)) kept.push(match)
  }
  return kept.sort((a, b) => a.from - b.from)
}
