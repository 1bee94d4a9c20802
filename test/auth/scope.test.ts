import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DOCUMENT_TYPES } from '../../schema/values.js'
import {
  type ClientGrant,
  CONTEXTS,
  classesOf,
  intersectScopes,
  isWithin,
  NO_LIMITS,
  parseScope,
  parseScopes,
  RESOURCES,
  type Resource,
  type Scope,
  scopeText,
} from '../../server/auth/scope.js'

const categories = fc.option(
  fc.uniqueArray(fc.constantFrom(...DOCUMENT_TYPES), { minLength: 1, maxLength: 4 }).map((list) => list.sort()),
)
const scope: fc.Arbitrary<Scope> = fc
  .record({
    context: fc.constantFrom(...CONTEXTS),
    resource: fc.constantFrom(...RESOURCES),
    interactions: fc.constantFrom<Scope['interactions']>(['r'], ['s'], ['r', 's']),
    category: categories,
  })
  .map((it) => (it.resource === 'DocumentReference' ? it : { ...it, category: null }))
const scopes = fc.array(scope, { maxLength: 6 })

/** What a list of scopes allows, one act on one thing at a time: a table made without the code under test. */
function atoms(list: readonly Scope[]): Set<string> {
  const allowed = new Set<string>()
  for (const { context, resource, interactions, category } of list)
    for (const interaction of interactions)
      for (const type of category ?? DOCUMENT_TYPES) allowed.add(`${context}/${resource}.${interaction} ${type}`)
  return allowed
}
const subset = (a: Set<string>, b: Set<string>): boolean => [...a].every((it) => b.has(it))

describe('scopes', () => {
  it('are read back as they were written', () => {
    fc.assert(
      fc.property(scope, (it) => {
        expect(parseScope(scopeText(it))).toEqual(it)
      }),
    )
  })

  it('of other grammars, contexts, letters and types are none', () => {
    for (const text of [
      '',
      'system/*.rs',
      'User/Chart.r',
      'offline/Chart.r',
      'patient/Chart.r',
      'system/Chart.sr',
      'system/Chart.cruds',
      'system/Chart.read',
      'system/Chart.',
      'system/chart.r',
      'system/Audit.r',
      'system/Consent.c',
      'system/Consent.r?category=PART2',
      'system/Chart.r?category=ORDER',
      'system/DocumentReference.r?category=',
      'system/DocumentReference.r?category=ORDER,ORDER',
      'system/DocumentReference.r?category=NO_SUCH_TYPE',
      'system/DocumentReference.r?category=ORDER&category=OTHER',
      'system/DocumentReference.r?type=ORDER',
      ' system/Chart.r',
      'system/Chart.r\n',
      'openid',
    ])
      expect(parseScope(text), JSON.stringify(text)).toBeUndefined()
    expect(parseScopes('system/Chart.r  system/Suggestion.r')).toBeUndefined()
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const parsed = parseScope(text)
        if (parsed) expect(scopeText(parsed).length).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  it('are never widened: an intersection allows nothing that either side does not', () => {
    fc.assert(
      fc.property(scopes, scopes, (a, b) => {
        const both = atoms(intersectScopes(a, b))
        expect(subset(both, atoms(a)) && subset(both, atoms(b))).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('intersected with themselves, one of each resource, are themselves', () => {
    fc.assert(
      fc.property(fc.uniqueArray(scope, { selector: (it) => it.context + it.resource, maxLength: 8 }), (list) => {
        expect(atoms(intersectScopes(list, list))).toEqual(atoms(list))
      }),
    )
  })

  it('are within others only where the others allow all of it', () => {
    fc.assert(
      fc.property(scopes, scopes, (inner, outer) => {
        if (isWithin(inner, outer)) expect(subset(atoms(inner), atoms(outer))).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('open no class that no resource of theirs has, and more scopes never take a class away', () => {
    const needs: Record<string, Resource[]> = {
      IDENTITY: ['Patient'],
      CLINICAL: ['DocumentReference', 'Suggestion'],
      ACCOUNT_REF: ['Chart', 'Patient'],
      QUALITY: [],
      MONEY: [],
      ADMIN: [],
    }
    fc.assert(
      fc.property(scopes, (list) => {
        const grant: ClientGrant = {
          scopes: intersectScopes(list, list),
          actsFor: 'ITSELF',
          purpose: 'PAYMENT',
          vendor: 'v',
          until: new Date(0),
          limits: NO_LIMITS,
        }
        for (const fieldClass of classesOf(grant)) {
          if (fieldClass === 'OPEN' || fieldClass === 'WORK') continue
          expect(list.some((it) => needs[fieldClass]!.includes(it.resource) && it.interactions.includes('r'))).toBe(
            true,
          )
        }
      }),
    )
  })
})
