import type { Accessed } from './accessed.js'
import type { Part2Consent } from './part2.model.js'

/** Operations whose answer, or whose event under way, holds content of Part 2 records, and by which consents it does. */
const noted = new WeakMap<Accessed, Map<string, Part2Consent>>()

/** @param context what a resolver was called with; only an operation's own has a place for it */
export function notePart2(context: unknown, consents: readonly Part2Consent[] = []): void {
  const accessed = (context as { readonly accessed?: Accessed } | undefined)?.accessed
  if (!accessed) return
  const known = noted.get(accessed) ?? new Map<string, Part2Consent>()
  for (const consent of consents) known.set(consent.consentId, consent)
  noted.set(accessed, known)
}

/**
 * The consents by which such content was resolved since this was last asked, of an answer once, of a stream for every
 * event; undefined where there was none.
 */
export function takePart2(accessed: Accessed): readonly Part2Consent[] | undefined {
  const consents = noted.get(accessed)
  noted.delete(accessed)
  return consents && [...consents.values()].sort((a, b) => (a.consentId < b.consentId ? -1 : 1))
}
