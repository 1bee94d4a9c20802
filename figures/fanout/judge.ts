/** What receivers made of what was sent: pure, so that it can be shown to catch what it is there for. */

export interface Faults {
  /** Committed, and never received. */
  readonly lost: number
  /** Received once more. */
  readonly doubled: number
  /** Received after one that was committed later. */
  readonly reordered: number
  /** Received, and never committed. */
  readonly unknown: number
}

/** By the last 48 bits of a cursor, which is random: two of one run do not meet. */
export const keyOf = (cursor: string): number => Number.parseInt(cursor.slice(24), 16)

/** Compares what one receiver got with what was committed, in the order of the log. */
export function judge(committed: readonly number[], received: readonly number[]): Faults {
  const places = new Map(committed.map((key, place) => [key, place]))
  const seen = new Set<number>()
  let [doubled, reordered, unknown, furthest] = [0, 0, 0, -1]
  for (const key of received) {
    const place = places.get(key)
    if (place === undefined) unknown++
    else if (seen.has(key)) doubled++
    else {
      seen.add(key)
      if (place < furthest) reordered++
      furthest = Math.max(furthest, place)
    }
  }
  return { lost: places.size - seen.size, doubled, reordered, unknown }
}

export const addFaults = (a: Faults, b: Faults): Faults => ({
  lost: a.lost + b.lost,
  doubled: a.doubled + b.doubled,
  reordered: a.reordered + b.reordered,
  unknown: a.unknown + b.unknown,
})

export const NO_FAULTS: Faults = { lost: 0, doubled: 0, reordered: 0, unknown: 0 }

/** NaN where there is nothing to be in the middle of. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return Number.NaN
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** @param sorted in ascending order */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0) return Number.NaN
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))]!
}
