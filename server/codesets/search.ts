import { plainCode } from './code.js'
import type { CodeFacts, LexiconTerm } from './model.js'
import { phraseOf } from './lexicon/phrase.js'

export type Search = (query: string, first: number) => readonly CodeFacts[]

/**
 * An inverted index over the codes of one release: titles, and the phrases that lead to each code. Built once, then
 * every query reads posting lists only. Best first: the exact code, codes that begin so, codes of an exact synonym,
 * codes with all words in their title, codes with all words in title or synonyms, codes with most of the words; within
 * each, billable before headers and short titles before long ones. The last word may be unfinished.
 */
export function buildSearch(codes: readonly CodeFacts[], lexicon: readonly LexiconTerm[]): Search {
  const byCode = new Map(codes.map((facts, at) => [facts.code.replace('.', ''), at]))
  const order = staticOrder(codes)
  const titles = new Postings()
  codes.forEach((facts, at) => titles.add(facts.title, at))
  const words = new Postings()
  const phrases = new Map<string, number[]>()
  codes.forEach((facts, at) => words.add(facts.title, at))
  for (const term of lexicon) {
    const at = byCode.get(term.code.replace('.', ''))
    if (at === undefined) continue
    words.add(term.phrase, at)
    const same = phrases.get(term.phrase)
    if (same) same.push(at)
    else phrases.set(term.phrase, [at])
  }
  words.seal()
  titles.seal()

  return (query, first) => {
    const found = new Ranked(first, order)
    for (const at of byPrefix(codes, query)) found.offer(codes[at]?.code.length === query.trim().length ? 0 : 1, at)
    for (const at of phrases.get(query.trim().toLowerCase()) ?? phrases.get(phraseOf(query)) ?? []) found.offer(2, at)
    const asked = wordsOf(query)
    if (asked.length > 0) {
      for (const at of titles.withAll(asked)) found.offer(3, at)
      for (const at of words.withAll(asked)) found.offer(4, at)
      if (found.size === 0) for (const at of words.withMost(asked)) found.offer(5, at)
    }
    return found.best().flatMap((at) => codes[at] ?? [])
  }
}

/** Words as they are indexed: letters and digits, so that "x-ray", "Crohn's" and "47,XXY" are found by their parts. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .replace(/['’]s\b/g, '')
    .match(/[\p{L}\p{N}]+/gu) ?? []

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
  const positions = codes.map((_, at) => at)
  positions.sort((a, b) => weight(codes[a]) - weight(codes[b]) || a - b)
  const order = new Uint32Array(codes.length)
  positions.forEach((at, place) => {
    order[at] = place
  })
  return order
}

const weight = (facts: CodeFacts | undefined): number =>
  facts ? (facts.billable ? 0 : 10_000) + facts.title.length : 0

/** Word to the ascending positions that hold it. */
class Postings {
  private readonly lists = new Map<string, number[]>()
  private vocabulary: string[] = []

  add(text: string, at: number): void {
    for (const word of wordsOf(text)) {
      const list = this.lists.get(word)
      if (!list) this.lists.set(word, [at])
      else if (list.at(-1) !== at) list.push(at)
    }
  }

  seal(): void {
    for (const list of this.lists.values()) list.sort((a, b) => a - b)
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
      let before = -1
      for (const at of list) {
        if (at !== before) counts.set(at, (counts.get(at) ?? 0) + 1)
        before = at
      }
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
    const lists: (readonly number[])[] = []
    for (; this.vocabulary[low]?.startsWith(word); low += 1)
      lists.push(this.lists.get(this.vocabulary[low] ?? '') ?? [])
    return lists.length === 1 ? (lists[0] ?? []) : [...new Set(lists.flat())].sort((a, b) => a - b)
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

/** Keeps the best few of many offers; a position counts at its best tier, and no more than `limit` are kept. */
class Ranked {
  private readonly tiers = new Map<number, number>()

  constructor(
    private readonly limit: number,
    private readonly order: Uint32Array,
  ) {}

  get size(): number {
    return this.tiers.size
  }

  /** Tiers are offered in ascending order. */
  offer(tier: number, at: number): void {
    if (!this.tiers.has(at)) this.tiers.set(at, tier)
  }

  best(): readonly number[] {
    const place = ([at, tier]: readonly [number, number]): number => tier * this.order.length + (this.order[at] ?? 0)
    const kept = [...this.tiers].sort((a, b) => place(a) - place(b))
    return kept.slice(0, Math.max(0, this.limit)).map(([at]) => at)
  }
}
