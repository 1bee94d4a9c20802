import { readFileSync } from 'node:fs'
import path from 'node:path'
import { buildASTSchema, isInterfaceType, isUnionType, parse, validateSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { buildSchema, schemaText } from '../../server/app/buildSchema.js'
import { packageRoot } from '../../server/db/migrate.js'

const schema = buildSchema()

describe('the schema', () => {
  it('is the one that is committed', () => {
    const committed = readFileSync(path.join(packageRoot(), 'schema', 'schema.graphql'), 'utf8')
    expect(schemaText(schema), 'run "npm run schema" and review the difference').toBe(committed)
  })

  it('is valid, and its text says the same again', () => {
    expect(validateSchema(schema)).toEqual([])
    expect(schemaText(buildASTSchema(parse(schemaText(schema))))).toBe(schemaText(schema))
  })

  it('can tell which type an object of an interface or a union is', () => {
    const abstract = Object.values(schema.getTypeMap()).filter((type) => isInterfaceType(type) || isUnionType(type))
    expect(abstract.length).toBeGreaterThan(0)
    for (const type of abstract) {
      for (const possible of schema.getPossibleTypes(type)) {
        const named = type.resolveType?.({ __typename: possible.name }, {}, {} as never, type)
        expect(named ?? possible.name, `${type.name} of ${possible.name}`).toBe(possible.name)
      }
    }
  })
})
