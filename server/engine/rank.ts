import { isSymptom } from './codeGroups.js'
import { isIntegral, isSaidBetter } from './integral.js'
import type { CompiledLexicon } from './lexicon.js'
import type { Mention } from './mentions.js'
import { SECTION_WEIGHT } from './sectionWeights.js'
import { UNSPECIFIED } from './titles.js'

/** One code of the chart with everything that speaks for it. */
export interface Candidate {
  readonly code: string
  /** Mentions that establish the code, best first; never empty. */
  readonly mentions: readonly Mention[]
  /** Mentions of a less specific code of the same condition, folded in. */
  readonly folded: readonly Mention[]
  /** The code is an item that another clinician documented beside a provider's diagnosis (I.B.14). */
  readonly secondary: boolean
}

/**
 * One candidate per code from the mentions of a chart: unspecified codes give way to specific ones of their category,
 * symptoms to the diagnoses they belong to. In no particular order.
 */
export function mergeMentions(
  lexicon: CompiledLexicon,
  coded: readonly Mention[],
  secondary: readonly Mention[],
): Candidate[] {
  const candidates = [
    ...grouped(coded)
      .filter(({ mentions }) => !onlySuperseded(mentions, coded))
      .map((group) => ({ ...group, secondary: false })),
    ...grouped(secondary).map((group) => ({ ...group, secondary: true })),
  ]
  const byCode = new Map<string, Candidate>()
  for (const { code, mentions, secondary: aside } of candidates) {
    if (!byCode.has(code))
      byCode.set(code, { code, mentions: [...mentions].sort(byStrength), folded: [], secondary: aside })
  }
  return withoutIntegral(withoutUnspecific(lexicon, [...byCode.values()]))
}

/** How strongly a mention speaks, for the order of mentions and for the confidence. */
export const strength = (mention: Mention): number =>
  SECTION_WEIGHT[mention.section] + (mention.listed ? 0.05 : 0) - (mention.assertions.has('UNCERTAIN') ? 0.2 : 0)

/** Total and independent of the order in which documents came. */
export function byStrength(a: Mention, b: Mention): number {
  return (
    strength(b) - strength(a) ||
    compare(a.document.versionId, b.document.versionId) ||
    a.start - b.start ||
    a.end - b.end
  )
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function grouped(mentions: readonly Mention[]): { code: string; mentions: Mention[] }[] {
  const groups = new Map<string, Mention[]>()
  for (const mention of mentions) {
    const group = groups.get(mention.code)
    if (group) group.push(mention)
    else groups.set(mention.code, [mention])
  }
  return [...groups].map(([code, group]) => ({ code, mentions: group }))
}

/** IV.N: the postoperative diagnosis, where there is one, stands instead of the preoperative one. */
function onlySuperseded(mentions: readonly Mention[], all: readonly Mention[]): boolean {
  return mentions.every(
    (mention) =>
      mention.section === 'PREOP_DIAGNOSIS' &&
      all.some((other) => other.section === 'DIAGNOSIS' && other.document.versionId === mention.document.versionId),
  )
}

/** An unspecified code says nothing beside a specific one of its category; its mentions still speak for the other. */
function withoutUnspecific(lexicon: CompiledLexicon, candidates: readonly Candidate[]): Candidate[] {
  const kept = new Map(candidates.map((candidate) => [candidate.code, candidate]))
  for (const candidate of [...candidates].sort((a, b) => compare(a.code, b.code))) {
    const finer = candidates.filter((other) => kept.has(other.code) && isFiner(lexicon, other.code, candidate.code))
    if (finer.length === 0) continue
    kept.delete(candidate.code)
    if (finer.length > 1) continue
    const target = kept.get(finer[0]!.code)!
    kept.set(target.code, { ...target, folded: [...target.folded, ...candidate.mentions] })
  }
  return [...kept.values()]
}

function isFiner(lexicon: CompiledLexicon, finer: string, coarser: string): boolean {
  if (finer === coarser || finer.slice(0, 3) !== coarser.slice(0, 3)) return false
  if (!sameSite(finer, coarser)) return false
  const leftOpen = openness(lexicon.codes.get(coarser)?.title ?? '')
  return leftOpen > 0 && openness(lexicon.codes.get(finer)?.title ?? '') < leftOpen
}

/** Injuries, joints and symptoms share a category over many sites, so only the same subcategory counts there. */
const sameSite = (a: string, b: string): boolean => !/^[STMRLHVWXY]/.test(a) || a.slice(0, 5) === b.slice(0, 5)

/** How much a title leaves open: 2 for "unspecified", 1 for "without complications" and the like, which is said by silence. */
const openness = (title: string): number => (UNSPECIFIED.test(title) ? 2 : BY_SILENCE.test(title) ? 1 : 0)

const BY_SILENCE =
  /\buncomplicated\b|\b(without|no) (mention|complications?|(acute )?exacerbation|obstruction|bleeding|hemorrhage|perforation|rupture|esophagitis|gangrene|cholecystitis|coma|angina|myelopathy|lower urinary tract symptoms)\b/i

function withoutIntegral(candidates: readonly Candidate[]): Candidate[] {
  const definite = candidates.filter(
    ({ code, mentions }) => !isSymptom(code) && !mentions.every((m) => m.assertions.has('UNCERTAIN')),
  )
  const codes = definite.map(({ code }) => code)
  return candidates.filter(({ code }) => !isSaidBetter(code, codes) && !isIntegral(code, codes))
}
