import { isSymptom } from './codeGroups.js'
import { type Candidate, strength } from './rank.js'

const SOURCE_BONUS = { SYNONYM: 0.08, INDEX: 0.08, TITLE: 0.08, INCLUSION: 0.05, ABBREVIATION: 0.03 } as const

/**
 * How sure the engine is of a candidate, 0.05 to 0.98 in hundredths: a sum of parts that a coder can follow. The best
 * section counts most, then repetition over documents and places, then how the words fit the term.
 */
export function confidenceOf(candidate: Candidate, contradicted: boolean): number {
  const best = candidate.mentions[0]!
  const places = candidate.mentions.length + candidate.folded.length
  const documents = new Set([...candidate.mentions, ...candidate.folded].map((mention) => mention.document.versionId))
    .size
  const sum =
    0.2 +
    0.4 * strength(best) +
    0.04 * Math.min(3, places - 1) +
    0.04 * Math.min(2, documents - 1) +
    SOURCE_BONUS[best.source] +
    (best.ordered ? 0.1 : 0) +
    (best.words > 1 ? 0.06 : 0) +
    (best.said.length > 0 ? 0.03 : 0) -
    (isSymptom(candidate.code) ? 0.12 : 0) -
    (contradicted ? 0.15 : 0) -
    (candidate.secondary ? 0.1 : 0)
  return Math.round(Math.min(0.98, Math.max(0.05, sum)) * 100) / 100
}

/** Below this a suggestion costs a coder more than it gives. */
export const LEAST_CONFIDENCE = 0.45
