import type { Scope } from './context.js'
import type { CompiledLexicon } from './lexicon.js'
import type { Match } from './matcher.js'
import { type Side, sideNear } from './sides.js'
import type { EngineCode } from './tables.js'
import { categoryOf, type Described, UNSPECIFIED } from './titles.js'
import type { Token } from './tokens.js'

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
  hfref: ['systolic'],
  hfpef: ['diastolic'],
  decompensated: ['acute'],
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
