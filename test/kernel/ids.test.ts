import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isUuid, newCursor, newId } from '../../server/kernel/ids.js'

const millisecond = fc.integer({ min: 0, max: 2 ** 48 - 1 })

describe('newId', () => {
  it('is a UUIDv7 of its millisecond', () => {
    fc.assert(
      fc.property(millisecond, (now) => {
        const id = newId(now)
        expect(isUuid(id)).toBe(true)
        expect(id).toMatch(/^.{14}7.{4}[89ab]/)
        expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(now)
      }),
    )
  })

  it('sorts in the order in which ids of one millisecond were made, also when others come between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1_700_000_000_000, max: 1_700_000_000_003 }), { maxLength: 60 }),
        (times) => {
          const made = times.map((now) => ({ now, id: newId(now) }))
          for (const now of new Set(times)) {
            const ids = made.filter((m) => m.now === now).map((m) => m.id)
            expect([...ids].sort()).toEqual(ids)
            expect(new Set(ids).size).toBe(ids.length)
          }
        },
      ),
    )
  })

  it('steps by so much that one id does not tell the next', () => {
    const low = Array.from({ length: 200 }, () => newId(1_800_000_000_000)).map((id) => BigInt(`0x${id.slice(-12)}`))
    const steps = new Set(low.slice(1).map((value, i) => value - low[i]!))
    expect(steps.size).toBeGreaterThan(190)
  })

  it('is never repeated, and a cursor tells no time', () => {
    const ids = Array.from({ length: 20_000 }, () => newId())
    expect(new Set(ids).size).toBe(ids.length)
    expect(newCursor()).toMatch(/^.{14}4.{4}[89ab]/)
  })
})
