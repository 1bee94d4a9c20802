import type { Match } from './matcher.js'
import type { Token } from './tokens.js'

export type Side = 'RIGHT' | 'LEFT' | 'BILATERAL'

export const SIDE_WORDS: Readonly<Record<string, Side>> = {
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
export function sideNear(tokens: readonly Token[], match: Match, from: number, to: number, after: number) {
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
