import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixedClock } from '../../server/kernel/clock.js'
import { badInput, ChartroomError, forbidden, type ForbiddenReason } from '../../server/kernel/errors.js'
import { isUuid, newCursor, newId } from '../../server/kernel/ids.js'
import { Services, serviceKey } from '../../server/kernel/services.js'
import { canonicalJson } from '../../server/kernel/text.js'

describe('canonical JSON', () => {
  it('says the same as JSON, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value))
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value))
      }),
    )
  })

  it('tells different values apart and takes an absent key for an undefined one', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const plain = (v: unknown) => JSON.stringify(sorted(JSON.parse(JSON.stringify(v))))
        expect(canonicalJson(a) === canonicalJson(b)).toBe(plain(a) === plain(b))
      }),
    )
    expect(canonicalJson({ b: undefined, a: [undefined, new Date(0)] })).toBe('{"a":[null,"1970-01-01T00:00:00.000Z"]}')
    expect(canonicalJson(JSON.parse('{"__proto__":1}'))).toBe('{"__proto__":1}')
  })
})

describe('ids', () => {
  it('are version 7, rise with the clock and never repeat', () => {
    const start = Date.UTC(2026, 2, 14)
    const ids = Array.from({ length: 2_000 }, (_, ms) => newId(start + ms))
    expect(ids.every((id) => isUuid(id) && id[14] === '7' && '89ab'.includes(id[19]!))).toBe(true)
    expect([...ids].sort()).toEqual(ids)
    expect(new Set([...ids, ...Array.from({ length: 2_000 }, () => newId(start))]).size).toBe(4_000)
  })

  it('are known by their form alone', () => {
    expect(isUuid(newCursor())).toBe(true)
    for (const no of [
      '',
      'x',
      newId().toUpperCase(),
      `${newId()} `,
      ` ${newId()}`,
      `${newId()}\n`,
      7,
      null,
      undefined,
      {},
    ])
      expect(isUuid(no)).toBe(false)
  })
})

describe('errors', () => {
  it('say the reason of what is forbidden in a sentence of its own', () => {
    const reasons: ForbiddenReason[] = ['ROLE', 'CHART_STATE', 'IDENTITY_HOLD', 'SEPARATION_OF_DUTIES']
    for (const reason of reasons) expect(forbidden(reason)).toMatchObject({ code: 'FORBIDDEN', detail: { reason } })
    expect(new Set(reasons.map((r) => forbidden(r).message)).size).toBe(reasons.length)
    expect(badInput('first', 'must be from 1 to 200.')).toBeInstanceOf(ChartroomError)
  })
})

describe('services', () => {
  it('throw by name where one was forgotten, and hold what was provided, undefined too', () => {
    const [a, b] = [serviceKey<number>('a'), serviceKey<undefined>('b')]
    const services = new Services().provide(a, 1).provide(b, undefined)
    expect([services.get(a), services.get(b)]).toEqual([1, undefined])
    expect(() => services.get(serviceKey('toString'))).toThrow('"toString" was not provided')
  })
})

describe('a fixed clock', () => {
  it('moves only when it is moved, and hands out times of its own', () => {
    const clock = fixedClock(new Date(0))
    clock.now().setFullYear(1999)
    expect(clock.now()).toEqual(new Date(0))
    clock.advance(1_500)
    expect(clock.now()).toEqual(new Date(1_500))
  })
})

/** Objects by their sorted entries, marked as such, so that no list looks like one. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return { list: value.map(sorted) }
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return { entries: entries.map(([k, v]) => [k, sorted(v)]) }
}

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([k, v]) => [k, shuffled(v)]),
  )
}
