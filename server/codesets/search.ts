import { plainCode } from './code.js'
import type { CodeFacts, LexiconTerm } from './model.js'

export type Search = (query: string, first: number) => readonly CodeFacts[]

/**
 * An inverted index over the codes of one release: titles, and the phrases that lead to each code. Built once, in steps
 * of some milliseconds between which others may have their turn (it takes seconds of a whole table), then every query reads posting lists only. Best first: the exact code and codes that begin so (in the order of the table),
 * codes with exactly this title or synonym, codes with all words in their title, with all words in title or synonyms, with most of
 * the words; within each, billable before headers and short titles before long ones, where the encounter that a 7th
 * character tells counts for nothing: initial, subsequent and sequela stand in the order of the table. The last word may
 * be unfinished.
 *
 * @param codes in the order of the table
 */
export function* buildSearch(codes: readonly CodeFacts[], lexicon: readonly LexiconTerm[]): Generator<void, Search> {
  const order = staticOrder(codes)
  yield
  const titles = new Postings(codes.length)
  const words = new Postings(codes.length)
  const phrases = new Map<string, number[]>()
  const phrasesOf = phrasesByCode(lexicon)
  // Code by code, so that every posting list grows in ascending order and is never sorted.
  for (const [at, facts] of codes.entries()) {
    if (at % STEP === 0) yield
    const inTitle = wordsOf(facts.title)
    titles.add(inTitle, at)
    for (const inPhrase of [inTitle, ...(phrasesOf.get(facts.code) ?? []).map(wordsOf)]) {
      words.add(inPhrase, at)
      addPhrase(phrases, inPhrase, at)
    }
  }
  yield
  titles.seal()
  words.seal()

  return (query, first) => {
    const found = new Found(first, order)
    const asked = wordsOf(query)
    found.addInOrder(byPrefix(codes, query))
    found.addBest(() => phrases.get(asked.join(' ')) ?? [])
    if (asked.length > 0) {
      found.addBest(() => titles.withAll(asked))
      found.addBest(() => words.withAll(asked))
      if (found.isEmpty()) found.addBest(() => words.withMost(asked))
    }
    return found.positions().flatMap((at) => codes[at] ?? [])
  }
}

/** Codes a step. */
const STEP = 500

function phrasesByCode(lexicon: readonly LexiconTerm[]): ReadonlyMap<string, readonly string[]> {
  const byCode = new Map<string, string[]>()
  for (const { phrase, code } of lexicon) {
    const same = byCode.get(code)
    if (same) same.push(phrase)
    else byCode.set(code, [phrase])
  }
  return byCode
}

function addPhrase(phrases: Map<string, number[]>, words: readonly string[], at: number): void {
  const key = words.join(' ')
  const same = phrases.get(key)
  if (!same) phrases.set(key, [at])
  else if (same.at(-1) !== at) same.push(at)
}

/** Words as they are indexed: letters and digits, so that "x-ray", "Crohn's" and "47,XXY" are found by their parts. */
export const wordsOf = (text: string): readonly string[] =>
  (/['’]s\b/i.test(text) ? text.replace(/['’]s\b/gi, '') : text).toLowerCase().match(/[a-z0-9\u00c0-\u024f]+/g) ?? []

/** Positions whose code begins with the query; the table is sorted, so they lie together. */
function byPrefix(codes: readonly CodeFacts[], query: string): readonly number[] {
  const system = codes[0]?.system
  const upper = query.trim().toUpperCase()
  const typed = upper.endsWith('.') ? upper.slice(0, -1) : upper
  const plain = system && /^[A-Z0-9]{1,3}(\.?[A-Z0-9]{1,4})?$/.test(typed) ? plainCode(system, typed) : undefined
  if (plain === undefined || plain === '') return []
  let low = 0
  for (let high = codes.length; low < high; ) {
    const middle = (low + high) >> 1
    if ((codes[middle]?.code.replace('.', '') ?? '') < plain) low = middle + 1
    else high = middle
  }
  const found: number[] = []
  while (codes[low]?.code.replace('.', '').startsWith(plain)) found.push(low++)
  return found
}

/** The place of each code when nothing else tells them apart: billable first, then the shorter title, then the table. */
function staticOrder(codes: readonly CodeFacts[]): Uint32Array {
  const weights = Float64Array.from(codes, weight)
  const positions = codes.map((_, at) => at)
  positions.sort((a, b) => weights[a]! - weights[b]! || a - b)
  const order = new Uint32Array(codes.length)
  positions.forEach((at, place) => {
    order[at] = place
  })
  return order
}

const weight = (facts: CodeFacts): number => (facts.billable ? 0 : 10_000) + facts.title.replace(ENCOUNTER, '').length

/** What the 7th character adds to the title of an injury. "Sequela" is a short word, and the rarest thing to look for. */
const ENCOUNTER = /, (?:initial encounter|subsequent encounter|sequela)\b.*$/

/** Word to the ascending positions that hold it. */
class Postings {
  private readonly lists = new Map<string, number[]>()
  private vocabulary: string[] = []

  constructor(private readonly size: number) {}

  add(words: readonly string[], at: number): void {
    for (const word of words) {
      const list = this.lists.get(word)
      if (!list) this.lists.set(word, [at])
      else if (list.at(-1) !== at) list.push(at)
    }
  }

  seal(): void {
    this.vocabulary = [...this.lists.keys()].sort()
  }

  /** Positions that hold every word; the last word counts as a beginning. */
  withAll(asked: readonly string[]): readonly number[] {
    const lists = asked.map((word, i) => (i === asked.length - 1 ? this.beginning(word) : (this.lists.get(word) ?? [])))
    lists.sort((a, b) => a.length - b.length)
    let [together = []] = lists
    for (const list of lists.slice(1)) together = intersection(together, list)
    return together
  }

  /** Positions that hold the most words, if these are at least half of them. */
  withMost(asked: readonly string[]): readonly number[] {
    const counts = new Map<number, number>()
    for (const word of new Set(asked)) {
      const list = this.lists.get(word) ?? []
      // A word of every second title tells nothing and would cost the most.
      if (list.length > 5_000) continue
      for (const at of list) counts.set(at, (counts.get(at) ?? 0) + 1)
    }
    const most = Math.max(0, ...new Set(counts.values()))
    return most * 2 < asked.length ? [] : [...counts].filter(([, count]) => count === most).map(([at]) => at)
  }

  private beginning(word: string): readonly number[] {
    const whole = this.lists.get(word) ?? []
    if (word.length < 3) return whole
    let low = 0
    for (let high = this.vocabulary.length; low < high; ) {
      const middle = (low + high) >> 1
      if ((this.vocabulary[middle] ?? '') < word) low = middle + 1
      else high = middle
    }
    const marked = new Uint8Array(this.size)
    for (; this.vocabulary[low]?.startsWith(word); low += 1) {
      for (const at of this.lists.get(this.vocabulary[low] ?? '') ?? []) marked[at] = 1
    }
    const all: number[] = []
    for (let at = marked.indexOf(1); at !== -1; at = marked.indexOf(1, at + 1)) all.push(at)
    return all
  }
}

function intersection(short: readonly number[], long: readonly number[]): readonly number[] {
  const both: number[] = []
  let from = 0
  for (const at of short) {
    while (from < long.length && (long[from] ?? 0) < at) from += 1
    if (long[from] === at) both.push(at)
  }
  return both
}

/** Collects the first few positions, tier by tier; a position counts where it is found first. */
class Found {
  private readonly kept = new Set<number>()

  constructor(
    private readonly limit: number,
    private readonly order: Uint32Array,
  ) {}

  addInOrder(tier: readonly number[]): void {
    for (const at of tier) {
      if (this.kept.size >= this.limit) return
      this.kept.add(at)
    }
  }

  /** Adds the best of a tier; a tier that is not needed any more is not computed. */
  addBest(tier: () => readonly number[]): void {
    const wanted = this.limit - this.kept.size
    if (wanted <= 0) return
    // A sorted list of the best so far: most of a long tier fails the first comparison.
    const best: number[] = []
    for (const at of tier()) {
      const place = this.place(at)
      if ((best.length === wanted && place >= this.place(best.at(-1) ?? 0)) || this.kept.has(at)) continue
      let slot = best.length
      while (slot > 0 && this.place(best[slot - 1] ?? 0) > place) slot -= 1
      best.splice(slot, 0, at)
      if (best.length > wanted) best.pop()
    }
    this.addInOrder(best)
  }

  isEmpty(): boolean {
    return this.kept.size === 0
  }

  positions(): readonly number[] {
    return [...this.kept]
  }

  private place(at: number): number {
    return this.order[at] ?? 0
  }
}
