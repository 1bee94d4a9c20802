import fc from 'fast-check'
import { type GraphQLSchema, parse, validate } from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildSchema } from '../../server/app/buildSchema.js'
import { allowed, grantOf, isOpen, NEEDS, NEVER, scopes } from './clientReach.js'

let schema: GraphQLSchema
beforeAll(() => void (schema = buildSchema()))

describe('what scopes reach', () => {
  it('is asked in operations that are valid ones', () => {
    for (const operation of [...NEEDS.map(([text]) => text), ...NEVER])
      expect(validate(schema, parse(operation)).map(String), operation).toEqual([])
  })

  it('is what they name and nothing more, over random scopes', () => {
    let [opened, refused] = [0, 0]
    fc.assert(
      fc.property(scopes, (list) => {
        const grant = grantOf(list)
        const acts = allowed(grant.scopes)
        for (const [operation, needs] of NEEDS) {
          const open = isOpen(schema, operation, grant)
          expect(open, operation).toBe(needs.every((need) => acts.has(need)))
          if (open) opened++
          else refused++
        }
        for (const operation of NEVER) expect(isOpen(schema, operation, grant), operation).toBe(false)
      }),
      { numRuns: 400 },
    )
    expect(Math.min(opened, refused)).toBeGreaterThan(500)
  })

  it('never grows where a scope is left out', () => {
    fc.assert(
      fc.property(scopes, fc.nat(), (list, at) => {
        // One scope of each resource: several are alternatives, which together may be narrower than one alone.
        const each = list.filter((it, i) => list.findIndex(({ resource }) => resource === it.resource) === i)
        const fewer = each.filter((_, i) => i !== at % Math.max(1, each.length))
        for (const [operation] of NEEDS)
          if (isOpen(schema, operation, grantOf(fewer)))
            expect(isOpen(schema, operation, grantOf(each)), operation).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
