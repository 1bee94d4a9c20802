import type { CompiledLexicon } from './lexicon.js'
import type { Mention } from './mentions.js'
import { sidedForms } from './titles.js'

/**
 * Guideline I.B.14 lets other clinicians document the side of a condition that the provider documents. A provider's
 * mention without a side takes the one that the others agree on; where they name two sides, nothing is changed, since a
 * conflict is for the provider to resolve.
 */
export function othersSides(
  lexicon: CompiledLexicon,
  coded: readonly Mention[],
  others: readonly Mention[],
): Mention[] {
  if (others.length === 0) return [...coded]
  return coded.map((mention) => {
    const forms = new Set(sidedForms(lexicon, mention.code))
    const named = new Set(others.map(({ code }) => code).filter((code) => forms.has(code)))
    const [side] = named
    return named.size === 1 && side !== undefined
      ? { ...mention, code: side, said: [...mention.said, 'the side'] }
      : mention
  })
}
