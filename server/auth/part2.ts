import type { Accessed } from './accessed.js'

/** Operations whose answer, or whose event under way, holds content of Part 2 records (42 CFR 2.32). */
const noted = new WeakSet<Accessed>()

/** @param context what a resolver was called with; only an operation's own has a place for it */
export function notePart2(context: unknown): void {
  const accessed = (context as { readonly accessed?: Accessed } | undefined)?.accessed
  if (accessed) noted.add(accessed)
}

/** Whether such content was resolved since this was last asked: of an answer once, of a stream for every event. */
export const takePart2 = (accessed: Accessed): boolean => noted.delete(accessed)
