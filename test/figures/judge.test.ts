import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge, median, NO_FAULTS, quantile } from '../../figures/fanout/judge.js'

/** Different keys in the order of a log, and a place in it. */
const log = fc
  .uniqueArray(fc.nat(2 ** 40), { minLength: 2, maxLength: 60 })
  .chain((keys) => fc.record({ keys: fc.constant(keys), at: fc.nat(keys.length - 1) }))

describe('judge', () => {
  it('finds nothing where everything came once and in order', () => {
    fc.assert(fc.property(log, ({ keys }) => void expect(judge(keys, keys)).toEqual(NO_FAULTS)))
  })

  it('finds one that was lost, wherever it stood', () => {
    fc.assert(
      fc.property(log, ({ keys, at }) => {
        expect(
          judge(
            keys,
            keys.filter((_, i) => i !== at),
          ),
        ).toEqual({ ...NO_FAULTS, lost: 1 })
      }),
    )
  })

  it('finds one that came twice, at once or later', () => {
    fc.assert(
      fc.property(log, fc.nat(), ({ keys, at }, later) => {
        const received = [...keys]
        received.splice(at + 1 + (later % (keys.length - at)), 0, keys[at]!)
        expect(judge(keys, received)).toEqual({ ...NO_FAULTS, doubled: 1 })
      }),
    )
  })

  it('finds two that came the wrong way round', () => {
    fc.assert(
      fc.property(log, ({ keys, at }) => {
        const first = Math.min(at, keys.length - 2)
        const received = [...keys]
        received.splice(first, 2, keys[first + 1]!, keys[first]!)
        expect(judge(keys, received)).toEqual({ ...NO_FAULTS, reordered: 1 })
      }),
    )
  })

  it('finds one that nobody committed', () => {
    fc.assert(
      fc.property(log, ({ keys, at }) => {
        const received = [...keys]
        received.splice(at, 0, -1)
        expect(judge(keys, received)).toEqual({ ...NO_FAULTS, unknown: 1 })
      }),
    )
  })
})

describe('median and quantile', () => {
  it('stand between the least and the most, and the median of two is between them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (numbers, q) => {
          const sorted = [...numbers].sort((a, b) => a - b)
          for (const value of [median(numbers), quantile(sorted, q)]) {
            expect(value).toBeGreaterThanOrEqual(sorted[0]!)
            expect(value).toBeLessThanOrEqual(sorted.at(-1)!)
          }
        },
      ),
    )
    expect(median([4, 1])).toBe(2.5)
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2)
    expect(quantile([1, 2, 3, 4], 0.99)).toBe(4)
  })
})
