import type { ChartEvent } from './model.js'

/**
 * Proof that nothing is missing and nothing doubled: each event names the one before it. What has been received before
 * is left out; an event whose `previous` is not the last one means that something between is missing.
 */
export interface Chain {
  readonly last: string | null
  /** The cursors received most recently, the oldest first. */
  readonly seen: ReadonlySet<string>
}

export interface Received {
  readonly chain: Chain
  /** Those that follow without a gap. */
  readonly fresh: readonly ChartEvent[]
  readonly duplicates: number
  /** Something is missing: ask for a snapshot. The events from there on are not taken. */
  readonly gap: boolean
}

export const startChain = (cursor: string | null): Chain => ({
  last: cursor,
  seen: new Set(cursor === null ? [] : [cursor]),
})

export function follow(chain: Chain, events: readonly ChartEvent[]): Received {
  const seen = new Set(chain.seen)
  const fresh: ChartEvent[] = []
  let { last } = chain
  let duplicates = 0
  for (const event of events) {
    if (seen.has(event.cursor)) {
      duplicates++
      continue
    }
    if (event.previous !== last) return { chain: { last, seen: recent(seen) }, fresh, duplicates, gap: true }
    fresh.push(event)
    seen.add(event.cursor)
    last = event.cursor
  }
  return { chain: { last, seen: recent(seen) }, fresh, duplicates, gap: false }
}

/** A server sends again at most what it sent last; a day's worth need not be remembered. */
function recent(seen: Set<string>): ReadonlySet<string> {
  for (const oldest of seen) {
    if (seen.size <= MOST_REMEMBERED) break
    seen.delete(oldest)
  }
  return seen
}

const MOST_REMEMBERED = 1_000
