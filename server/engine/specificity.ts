import type { Scope } from './context.js'
import { CONNECTORS, type CompiledLexicon, FILLERS } from './lexicon.js'
import type { Match } from './matcher.js'
import type { EngineCode } from './tables.js'
import type { Token } from './tokens.js'
import { foldPhrase } from './tokens.js'

export type Side = 'RIGHT' | 'LEFT' | 'BILATERAL'

/** A billable code for a match, with the tokens that speak for it (at least the match's own). */
export interface Resolved {
  readonly code: string
  readonly from: number
  readonly to: number
  /** Words of the text, beyond the term, that chose this code. */
  readonly said: readonly string[]
}

/**
 * The most specific billable codes that the words around a match support, never more than they say: the side stated
 * nearby, then acuity, type, stage and site words, then the encounter of an injury. Two codes where both sides are
 * stated and the table has no bilateral one (guideline I.B.13). Empty where the tables name no billable code.
 *
 * @param neighbours the ends of the nearest matches in the same sentence: words beyond them belong to those
 * @param scopes of the sentence: a negated word ("migraine without aura") chooses no code
 */
export function resolveCodes(
  lexicon: CompiledLexicon,
  tokens: readonly Token[],
  match: Match,
  neighbours: { readonly before: number; readonly after: number },
  scopes: readonly Scope[],
): Resolved[] {
  const start = billableOf(lexicon, lexicon.terms[match.term]!.code)
  if (!start) return []
  const near = surroundings(tokens, match, neighbours, scopes)
  const detailed = bySaidWords(lexicon, start, near, match)
  const sided = bySide(lexicon, detailed, near, neighbours)
  return sided.map((resolved) => ({ ...resolved, code: byEncounter(lexicon, resolved.code, tokens) }))
}

/** A header stands for its one unspecified, or only, child; undefined where it has neither. */
function billableOf(lexicon: CompiledLexicon, code: string): EngineCode | undefined {
  const facts = lexicon.codes.get(code)
  if (!facts || facts.billable) return facts
  const children = lexicon.children.get(code) ?? []
  const unspecified = children.filter((child) => UNSPECIFIED.test(child.title))
  const next = children.length === 1 ? children[0] : unspecified.length === 1 ? unspecified[0] : undefined
  return next && billableOf(lexicon, next.code)
}

export const UNSPECIFIED = /\b(unspecified|not (otherwise |further )?specified|not (stated|named)|NOS)\b/i

interface Near {
  readonly words: ReadonlyMap<string, number>
  readonly side: { readonly side: Side; readonly at: number } | undefined
}

const REACH_BEFORE = 5
const REACH_AFTER = 7

function surroundings(
  tokens: readonly Token[],
  match: Match,
  neighbours: { before: number; after: number },
  scopes: readonly Scope[],
): Near {
  let from = match.from
  let to = match.to
  while (from > Math.max(neighbours.before, match.from - REACH_BEFORE) && tokens[from]!.gap !== 'HARD') from--
  while (to < Math.min(neighbours.after, match.to + REACH_AFTER) && tokens[to]!.gap !== 'HARD') to++
  const words = new Map<string, number>()
  for (let at = from; at < to; at++) {
    if (scopes.some((scope) => scope.assertion === 'NEGATED' && at >= scope.scopeFrom && at < scope.scopeTo)) continue
    for (const word of [tokens[at]!.norm, ...(SAME_AS[tokens[at]!.norm] ?? [])])
      if (!words.has(word)) words.set(word, at)
  }
  return { words, side: sideNear(tokens, match, from, to, neighbours.after) }
}

/** Everyday words beside those of the titles. */
const SAME_AS: Readonly<Record<string, readonly string[]>> = {
  leg: ['lower', 'limb', 'extremity'],
  arm: ['upper', 'limb', 'extremity'],
  extremity: ['limb'],
  exacerbated: ['exacerbation'],
  flare: ['exacerbation'],
  systolic: ['systolic'],
  hfref: ['systolic'],
  hfpef: ['diastolic'],
  decompensated: ['acute'],
}

const SIDE_WORDS: Readonly<Record<string, Side>> = {
  right: 'RIGHT',
  rt: 'RIGHT',
  left: 'LEFT',
  lt: 'LEFT',
  bilateral: 'BILATERAL',
  bilaterally: 'BILATERAL',
  both: 'BILATERAL',
}

/** A side word before the term stands close to it; behind it, only words that lead to a site may stand between. */
const SIDE_BEFORE = 3
const SIDE_AFTER = 5
const LEADS_TO_SITE = new Set(
  'of in on at to the her his involving affecting side sided and or upper lower distal proximal medial lateral anterior posterior'.split(
    ' ',
  ),
)

/** The side word nearest to the match: inside it, else before it, else behind it unless it begins the next term. */
function sideNear(tokens: readonly Token[], match: Match, from: number, to: number, after: number) {
  const behind = span(match.to, Math.min(to, match.to + SIDE_AFTER))
  const reached = behind.findIndex((at) => !LEADS_TO_SITE.has(tokens[at]!.norm) && !sideAt(tokens, at))
  const places = [
    ...span(match.from, match.to),
    ...span(Math.max(from, match.from - SIDE_BEFORE), match.from).reverse(),
    ...behind
      .slice(0, reached < 0 ? behind.length : reached)
      .filter((at) => at + 1 !== after || after >= tokens.length),
  ]
  for (const at of places) {
    const side = sideAt(tokens, at)
    if (!side) continue
    const both = span(at - 2, at + 3).some(
      (place) =>
        Math.abs(place - at) === 2 &&
        tokens[place] !== undefined &&
        joined(tokens, place, at) &&
        isOpposite(sideAt(tokens, place), side),
    )
    return { side: both ? ('BILATERAL' as const) : side, at }
  }
  return undefined
}

const isOpposite = (a: Side | undefined, b: Side): boolean =>
  (a === 'LEFT' && b === 'RIGHT') || (a === 'RIGHT' && b === 'LEFT')

function sideAt(tokens: readonly Token[], at: number): Side | undefined {
  const token = tokens[at]!
  if (token.capitals && token.lower === 'r') return 'RIGHT'
  if (token.capitals && token.lower === 'l') return 'LEFT'
  return SIDE_WORDS[token.norm]
}

const joined = (tokens: readonly Token[], a: number, b: number): boolean => tokens[(a + b) / 2]?.lower === 'and'
const span = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)

/** Codes of one category with the words of their titles, made once per category. */
interface Described {
  readonly facts: EngineCode
  readonly words: ReadonlySet<string>
  /** Words with sides left out, sorted: equal for the sides of one condition. */
  readonly unsided: string
  readonly side: Side | undefined
  readonly vague: boolean
  readonly other: boolean
}

const categories = new WeakMap<CompiledLexicon, Map<string, readonly Described[]>>()

function categoryOf(lexicon: CompiledLexicon, code: string): readonly Described[] {
  const perLexicon = categories.get(lexicon) ?? new Map<string, readonly Described[]>()
  categories.set(lexicon, perLexicon)
  const category = code.slice(0, 3)
  const known = perLexicon.get(category)
  if (known) return known
  const found: Described[] = []
  const visit = (facts: EngineCode): void => {
    if (facts.billable) found.push(describe(facts))
    for (const child of lexicon.children.get(facts.code) ?? []) visit(child)
  }
  const root = lexicon.codes.get(category)
  if (root) visit(root)
  perLexicon.set(category, found)
  return found
}

/** Words of titles that only say that something is not known, or bind others. */
const TITLE_EMPTY = new Set([
  'unspecified',
  'not',
  'stated',
  'or',
  'part',
  'site',
  'side',
  'uncomplicated',
  'encounter',
  'initial',
  'closed',
  'as',
  'nos',
  'named',
  'kind',
  'further',
  'specified',
  'mellitus',
])

function describe(facts: EngineCode): Described {
  const told = facts.title
    .toLowerCase()
    .replace(/[([][^)\]]*[)\]]/g, ' ')
    .replace(/\bwithout\b[^,]*/g, ' ')
  const words = foldPhrase(told.replace(/\b(right|left|unspecified|bilateral) (ear|eye|side)s?\b/g, '$1')).filter(
    (word) => !TITLE_EMPTY.has(word) && !FILLERS.has(word) && !CONNECTORS.has(word),
  )
  const sides = words.map((word) => SIDE_WORDS[word]).filter((side) => side !== undefined)
  return {
    facts,
    words: new Set(words.filter((word) => !SIDE_WORDS[word])),
    unsided: words
      .filter((word) => !SIDE_WORDS[word])
      .sort()
      .join(' '),
    side: sides.length === 1 ? sides[0] : undefined,
    vague: UNSPECIFIED.test(facts.title) || /\bwithout\b|\buncomplicated\b/i.test(facts.title),
    other: /\bother\b|\bspecified\b(?<!unspecified)|\bsequela\b|\bsubsequent\b/i.test(facts.title),
  }
}

/**
 * From a code that leaves something open to the one in its category whose further words all stand near the match. The
 * one with most further words wins; where two have as many and differ, nothing is changed.
 */
function bySaidWords(lexicon: CompiledLexicon, start: EngineCode, near: Near, match: Match): Resolved {
  const unchanged = { code: start.code, from: match.from, to: match.to, said: [] }
  const category = categoryOf(lexicon, start.code)
  const base = category.find(({ facts }) => facts.code === start.code)
  if (!base?.vague) return unchanged
  const scored = category
    .filter((option) => option !== base && !option.other && refines(option, base))
    .map((option) => ({ option, further: [...option.words].filter((word) => !base.words.has(word)) }))
    .filter(
      ({ option, further }) =>
        further.length > 0 && further.every((word) => near.words.has(word)) && sideAllows(option, near),
    )
  const most = Math.max(0, ...scored.map(({ further }) => further.length))
  const best = scored.filter(({ further }) => further.length === most)
  const chosen =
    best.find(({ option }) => option.side !== undefined) ?? best.find(({ option }) => option.vague) ?? best[0]
  if (!chosen || best.some(({ option }) => option.unsided !== chosen.option.unsided)) return unchanged
  return {
    ...widened(
      match,
      chosen.further.map((word) => near.words.get(word)!),
    ),
    code: chosen.option.facts.code,
    said: chosen.further,
  }
}

/** A sided code is chosen only where that side is said. */
const sideAllows = (option: Described, near: Near): boolean =>
  option.side === undefined || option.side === near.side?.side

/** The finer code must keep what the coarser one says: all its words, or half of them below the same subcategory. */
function refines(option: Described, base: Described): boolean {
  const kept = [...base.words].filter((word) => option.words.has(word)).length
  if (kept === base.words.size && base.words.size > 0) return true
  const sameBranch = option.facts.code.slice(0, 5) === base.facts.code.slice(0, 5)
  return sameBranch && kept > 0 && kept * 2 >= base.words.size
}

function bySide(
  lexicon: CompiledLexicon,
  resolved: Resolved,
  near: Near,
  neighbours: { before: number; after: number },
): Resolved[] {
  if (!near.side) return [resolved]
  const category = categoryOf(lexicon, resolved.code)
  const base = category.find(({ facts }) => facts.code === resolved.code)
  if (!base || base.side !== undefined || !base.vague) return [resolved]
  const siblings = category.filter((option) => option.unsided === base.unsided && option.side !== undefined)
  const wanted = siblings.filter((option) => option.side === near.side?.side)
  const chosen =
    near.side.side === 'BILATERAL' && wanted.length === 0
      ? siblings.filter((option) => option.side !== 'BILATERAL')
      : wanted
  if (chosen.length === 0 || chosen.length > 2) return [resolved]
  const place = widened(
    resolved,
    near.side.at >= neighbours.before && near.side.at < neighbours.after ? [near.side.at] : [],
  )
  return chosen.map((option) => ({
    ...place,
    code: option.facts.code,
    said: [...resolved.said, near.side!.side.toLowerCase()],
  }))
}

const widened = (range: { from: number; to: number }, at: readonly number[]): { from: number; to: number } => ({
  from: Math.min(range.from, ...at),
  to: Math.max(range.to, ...at.map((place) => place + 1)),
})

/** Active treatment is assumed (I.C.19.a) unless the sentence speaks of healing, aftercare or a late effect. */
function byEncounter(lexicon: CompiledLexicon, code: string, tokens: readonly Token[]): string {
  const facts = lexicon.codes.get(code)
  if (!facts || !/\binitial encounter\b/i.test(facts.title)) return code
  const said = (words: ReadonlySet<string>): boolean => tokens.some((token) => words.has(token.lower))
  const seventh = said(LATE)
    ? 'S'
    : said(HEALING)
      ? 'D'
      : said(OPEN) && /closed fracture/i.test(facts.title)
        ? 'B'
        : undefined
  const other = seventh && code.slice(0, -1) + seventh
  return other && lexicon.codes.get(other)?.billable ? other : code
}

const LATE = new Set(['sequela', 'sequelae'])
const HEALING = new Set(['healing', 'aftercare'])
const OPEN = new Set(['open', 'compound'])

/** The sided codes of the same condition as a code that leaves the side open; empty where it does not. */
export function sidedForms(lexicon: CompiledLexicon, code: string): readonly string[] {
  const category = categoryOf(lexicon, code)
  const base = category.find(({ facts }) => facts.code === code)
  if (!base || base.side !== undefined || !base.vague) return []
  return category
    .filter((option) => option.unsided === base.unsided && option.side !== undefined)
    .map(({ facts }) => facts.code)
}
