import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { abilityFrom, allows, type Rule, whyNot } from '../../server/auth/rules.js'
import { accessibleBy } from '../../server/auth/rulesToSql.js'
import { CHART_ENTITY } from '../../server/charts/chartList.store.js'

const rule = (conditions: unknown, more: Partial<Rule> = {}): Rule => ({
  action: 'read',
  subject: 'Chart',
  conditions: conditions as Rule['conditions'],
  ...more,
})
const reads = (conditions: unknown, row: object): boolean =>
  allows(abilityFrom([rule(conditions)]), 'read', 'Chart', row)

describe('rules fail closed', () => {
  const cases: Record<string, unknown> = {
    undefined: undefined,
    null: null,
    'a list': [],
    text: 'status',
    'an empty condition': {},
    'an undefined value': { status: undefined },
    'an undefined value among others': { facilityId: 'f', status: undefined },
    'an empty value': { status: {} },
    'an undefined operand': { status: { $eq: undefined } },
    'a bare list, which means "any" in memory': { status: ['READY', 'SUBMITTED'] },
    'a list under $eq': { status: { $eq: ['READY'] } },
    'a list in $in': { status: { $in: [['READY']] } },
    'no list in $in': { status: { $in: 'READY' } },
    'undefined in $in': { status: { $in: [undefined] } },
    'an empty $and': { $and: [] },
    'an empty $or': { $or: [] },
    'an empty $nor, which matches everything': { status: 'READY', $nor: [] },
    'an empty condition in $or': { $or: [{ status: 'READY' }, {}] },
    'a function': { status: () => 'READY' },
    'a number that is none': { orderVersion: { $gte: Number.NaN } },
    'a time that is none': { dischargedAt: { $lt: new Date('') } },
    'an unknown operator': { status: { $regex: '.*' } },
    'an operator that runs code': { $where: 'true' },
    'a class': { status: new (class Status {})() },
    __proto__: JSON.parse('{"__proto__": {"polluted": true}}'),
    'a path through __proto__': { 'a.__proto__.b': 1 },
    'a path through constructor': { 'constructor.prototype': 1 },
    toString: { toString: 1 },
    'hasOwnProperty within a relation': { assignments: { $elemMatch: { hasOwnProperty: true } } },
  }
  it.each(Object.entries(cases))('on %s', (_, conditions) => {
    expect(() => abilityFrom([rule(conditions)])).toThrow(/a rule on Chart/)
    expect(() => abilityFrom([rule({ status: 'READY' }), rule(conditions, { inverted: true })])).toThrow(
      /a rule on Chart/,
    )
  })

  it('pollute nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom('__proto__', 'constructor', 'toString', 'valueOf'), fc.string(), (key, tail) => {
        expect(() => abilityFrom([rule({ [`${key}.${tail}`]: 1 })])).toThrow()
        expect(() => abilityFrom([rule(JSON.parse(`{"${key}":{"x":1}}`))])).toThrow()
      }),
    )
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })

  it('no rule allows nothing, in memory and in SQL', () => {
    const none = abilityFrom([])
    expect(allows(none, 'read', 'Chart', { id: '1' })).toBe(false)
    expect(accessibleBy(none, 'read', CHART_ENTITY)).toEqual(
      accessibleBy(abilityFrom([rule({ status: 'READY' }, { action: 'claim' })]), 'read', CHART_ENTITY),
    )
  })

  it('SQL knows the columns and relations of the table and no others', () => {
    for (const conditions of [
      { nope: 1 },
      { abstractMeta: 'x' },
      { 'assignments.nope': 1 },
      { 'facility.name': 'x' },
      { status: { $elemMatch: { a: 1 } } },
      { assignments: { $elemMatch: { nope: 1 } } },
      { 'assignments.chartId.x': 'x' },
    ])
      expect(
        () => accessibleBy(abilityFrom([rule(conditions)]), 'read', CHART_ENTITY),
        JSON.stringify(conditions),
      ).toThrow(/rules to SQL/)
  })
})

describe('rules in memory', () => {
  it('take no row for another because of what it lacks or inherits', () => {
    expect(reads({ coderOfRecordId: 'me' }, {})).toBe(false)
    expect(reads({ coderOfRecordId: null }, {})).toBe(true)
    expect(reads({ 'assignments.memberId': 'me' }, { assignments: [] })).toBe(false)
    expect(reads({ orderVersion: { $lt: 5 } }, { orderVersion: null })).toBe(false)
    expect(reads({ orderVersion: { $lte: 5 } }, { orderVersion: '1' })).toBe(false)
    expect(reads({ status: 'READY' }, Object.create({ status: 'READY' }) as object)).toBe(false)
  })

  it('give the reason of the rule that forbids, and ROLE where none speaks of it', () => {
    const ability = abilityFrom([
      rule({ facilityId: 'f' }),
      rule({ restricted: true }, { inverted: true, reason: 'RESTRICTED' }),
    ])
    const row = { facilityId: 'f', restricted: true }
    expect(allows(ability, 'read', 'Chart', row)).toBe(false)
    expect(whyNot(ability, 'read', 'Chart', row)).toBe('RESTRICTED')
    expect(whyNot(ability, 'submit', 'Chart', row)).toBe('ROLE')
    expect(row).toEqual({ facilityId: 'f', restricted: true })
  })
})
