import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainScope, READS, RESOURCES, type ScopeChoice, textsOf } from '../../client/workbench/model/scopes.js'
import { DOCUMENT_TYPES } from '../../schema/values.js'
import { parseScopes, RESOURCES as SERVER_RESOURCES } from '../../server/auth/scope.js'

const choices = fc.uniqueArray(
  fc.record({
    resource: fc.constantFrom(...RESOURCES),
    reach: fc.constantFrom('r' as const, 'rs' as const),
    categories: fc.uniqueArray(fc.constantFrom(...DOCUMENT_TYPES), { maxLength: 4 }),
  }),
  { minLength: 1, selector: (it) => it.resource },
)

describe('scopes that are chosen on a page', () => {
  it('are of every type that the server knows', () => {
    expect([...RESOURCES].sort()).toEqual([...SERVER_RESOURCES].sort())
  })

  it('are always ones that the server reads, with exactly what was chosen', () => {
    fc.assert(
      fc.property(choices, (chosen: ScopeChoice[]) => {
        const parsed = parseScopes(textsOf(chosen).join(' '))
        expect(parsed).toHaveLength(chosen.length)
        for (const { resource, reach, categories } of chosen) {
          const scope = parsed!.find((it) => it.resource === resource)!
          expect(scope.interactions.join('')).toBe(reach)
          const limited = resource === 'DocumentReference' && categories.length > 0
          expect(scope.category).toEqual(limited ? [...categories].sort() : null)
        }
      }),
    )
  })

  it('are told in words that name the type, the limit and the reach', () => {
    fc.assert(
      fc.property(choices, (chosen: ScopeChoice[]) => {
        for (const [i, text] of textsOf(chosen).entries()) {
          const { short, sentence } = explainScope(text, (it) => it.toLowerCase())
          const choice = [...chosen].sort((a, b) => RESOURCES.indexOf(a.resource) - RESOURCES.indexOf(b.resource))[i]!
          expect(short.startsWith(READS[choice.resource].short)).toBe(true)
          expect(sentence).toContain(READS[choice.resource].what)
          expect(sentence.includes('lists')).toBe(choice.reach === 'rs')
          if (choice.resource === 'DocumentReference')
            for (const category of choice.categories) expect(sentence).toContain(category.toLowerCase())
        }
      }),
    )
    expect(explainScope('system/*.cruds', String).sentence).toBe('A scope that this page has no words for.')
  })
})
