import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { check } from '../../figures/history/check.js'
import { CORRUPTIONS } from '../../figures/history/corruptions.js'
import { FAULT_KINDS } from '../../figures/history/judged.js'
import { Random } from '../../figures/history/random.js'
import type { History } from '../../figures/history/record.js'
import { goodHistory } from './goodHistory.js'

/** The checker of the figure `history`, on histories made by a model of a server without fault. */
const made = fc.record({
  seed: fc.nat(),
  charts: fc.integer({ min: 2, max: 3 }),
  viewers: fc.constant(2),
  acts: fc.integer({ min: 0, max: 150 }),
})
const historyOf = ({ seed, ...size }: { seed: number; charts: number; viewers: number; acts: number }): History =>
  goodHistory(new Random(seed), size)

describe('the checker of histories', () => {
  it('finds nothing in a good one', () => {
    fc.assert(
      fc.property(made, (size) => {
        expect(check(historyOf(size))).toEqual([])
      }),
    )
  })

  it.each(CORRUPTIONS.map((corruption) => [corruption.name, corruption] as const))('finds %s', (_name, corruption) => {
    let tried = 0
    fc.assert(
      fc.property(made, (size) => {
        const history = historyOf(size)
        const corrupted = corruption.corrupt(history, new Random(size.seed))
        if (!corrupted) return
        tried++
        const kinds = check(corrupted).map(({ kind }) => kind)
        expect(corruption.caughtAs.some((kind) => kinds.includes(kind)) || kinds).toBe(true)
        // What was corrupted is a copy.
        expect(check(history)).toEqual([])
      }),
      { numRuns: 50 },
    )
    expect(tried).toBeGreaterThan(10)
  })

  it('is shown at least twelve ways to be wrong, and every kind of fault in one of them', () => {
    expect(CORRUPTIONS.length).toBeGreaterThanOrEqual(12)
    const kinds = new Set(CORRUPTIONS.flatMap(({ caughtAs }) => caughtAs))
    expect([...kinds].sort()).toEqual([...FAULT_KINDS].sort())
  })
})
