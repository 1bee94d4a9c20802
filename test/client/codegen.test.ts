import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { generate } from '@graphql-codegen/cli'
import { buildSchema, Kind, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import * as generated from '../../client/generated/graphql.js'
import config from '../../codegen.js'
import { checkCost, checkShape, readDocument } from '../../server/app/limits.js'
import { packageRoot } from '../../server/db/migrate.js'

const root = packageRoot()
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8')
const operations = readdirSync(path.join(root, 'client/operations')).map((name) => `client/operations/${name}`)
const schema = buildSchema(read('schema/schema.graphql'))

const documents = Object.entries(generated)
  .filter(([name]) => name.endsWith('Document') && !name.endsWith('FragmentDoc'))
  .map(([name, document]) => [name, String(document)] as const)

describe('the generated client', () => {
  it('is what codegen makes of the contract and the operations of today', async () => {
    const made = (await generate({ ...config, cwd: root, silent: true }, false)) as {
      filename: string
      content: string
    }[]
    const kept = readdirSync(path.join(root, 'client/generated')).map((name) => `client/generated/${name}`)
    expect(made.map(({ filename }) => filename).sort()).toEqual(kept.sort())
    for (const { filename, content } of made)
      expect(read(filename) === content, `${filename} is stale: npm run codegen`).toBe(true)
  }, 60_000)

  it('has a document for every root field of the contract, or says why not', () => {
    const asked = new Set(
      operations.flatMap((name) =>
        parse(read(name)).definitions.flatMap((definition) =>
          definition.kind === Kind.OPERATION_DEFINITION
            ? definition.selectionSet.selections.map((it) => (it.kind === Kind.FIELD ? it.name.value : ''))
            : [],
        ),
      ),
    )
    const roots = [schema.getQueryType()!, schema.getMutationType()!, schema.getSubscriptionType()!].flatMap((type) =>
      Object.keys(type.getFields()),
    )
    // One id at a time is all that the client needs.
    expect(roots.filter((name) => !asked.has(name))).toEqual(['nodes'])
  })

  it.each(documents)('sends nothing the server refuses before it looks: %s', (_name, text) => {
    const document = readDocument(text)
    expect(validate(schema, document)).toEqual([])
    checkShape(document, { introspection: false })
    const operation = document.definitions.find((it) => it.kind === Kind.OPERATION_DEFINITION)!
    checkCost(schema, document, operation, {})
    checkCost(schema, document, operation, { first: 200 })
  })
})
