import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import {
  buildSchema as schemaOf,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
  type GraphQLObjectType,
  parse,
  validate,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHART_SORTS } from '../../schema/values.js'
import { buildSchema } from '../../server/app/buildSchema.js'
import { clientSchemaText } from '../../server/app/clientSchema.js'
import { checkScope } from '../../server/app/clientScope.js'
import { grantRegistered } from '../../server/clients/index.js'
import { type AddedChart, SUBMITTABLE } from '../support/charts.js'
import { codeOf, type VendorWorld, vendorWorld } from '../clients/support.js'
import { grantOf, isOpen, NEEDS, scopes } from './clientReach.js'

let full: GraphQLSchema
beforeAll(() => void (full = buildSchema()))

/** Numbers below a bound, one after the other: what a property draws, or a seed. */
type Draw = (below: number) => number

/** A value of any type, as it is written in a document; ids are those of `ids`, or of nothing. */
function literal(type: GraphQLInputType, draw: Draw, ids: readonly string[]): string {
  if (isNonNullType(type)) return literal(type.ofType as GraphQLInputType, draw, ids)
  if (isListType(type)) return `[${literal(type.ofType as GraphQLInputType, draw, ids)}]`
  if (isEnumType(type)) return type.getValues()[draw(type.getValues().length)]!.name
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => isRequiredInputField(field) || draw(3) === 0)
    return `{${fields.map((field) => `${field.name}: ${literal(field.type, draw, ids)}`).join(', ')}}`
  }
  const texts: Readonly<Record<string, string>> = { Int: '1', Float: '0.5', Boolean: 'true', String: '"a"' }
  return texts[type.name] ?? `"${ids[draw(ids.length)]}"`
}

/** Some fields of a type and what is below them, at most `depth` deep. */
function selection(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  depth: number,
  draw: Draw,
  ids: readonly string[],
): string {
  const fields = Object.values(type.getFields()).filter((field) => {
    const target = getNamedType(field.type)
    return depth > 0 || !(isObjectType(target) || isUnionType(target))
  })
  const chosen = fields.filter(() => draw(2) === 0)
  const parts = chosen.map((field) => {
    const given = field.args.filter(
      (argument) => argument.name !== 'after' && (isRequiredArgument(argument) || draw(2) === 0),
    )
    const args =
      given.length > 0 ? `(${given.map((it) => `${it.name}: ${literal(it.type, draw, ids)}`).join(', ')})` : ''
    const target = getNamedType(field.type)
    if (isObjectType(target)) return `${field.name}${args} { ${selection(schema, target, depth - 1, draw, ids)} }`
    if (isUnionType(target)) {
      const members = target
        .getTypes()
        .map((it) => `... on ${it.name} { ${selection(schema, it, depth - 1, draw, ids)} }`)
      return `${field.name}${args} { __typename ${members.join(' ')} }`
    }
    return `${field.name}${args}`
  })
  return ['__typename', ...parts].join(' ')
}

function operationOf(schema: GraphQLSchema, depth: number, draw: Draw, ids: readonly string[]): string {
  const subscribes = schema.getSubscriptionType() && draw(4) === 0
  const root = subscribes ? schema.getSubscriptionType()! : schema.getQueryType()!
  const field = Object.values(root.getFields())[draw(Object.keys(root.getFields()).length)]!
  const args = field.args.filter((it) => it.name !== 'after' && (isRequiredArgument(it) || draw(2) === 0))
  const given = args.length > 0 ? `(${args.map((it) => `${it.name}: ${literal(it.type, draw, ids)}`).join(', ')})` : ''
  const target = getNamedType(field.type)
  const below = isObjectType(target) ? selection(schema, target, depth, draw, ids) : '__typename'
  return `${subscribes ? 'subscription' : 'query'} { ${field.name}${given} { ${below} } }`
}

describe('a client’s schema', () => {
  it('is a valid one in which everything that is valid passes the scopes, over random scopes', () => {
    let [asked, empty] = [0, 0]
    fc.assert(
      fc.property(scopes, fc.infiniteStream(fc.nat(1_000_000)), (list, numbers) => {
        const grant = grantOf(list)
        const text = clientSchemaText(full, grant)
        const draw: Draw = (below) => (numbers.next().value as number) % below
        if (text === undefined) {
          // Then none of the operations that begin anywhere is open either.
          for (const [operation] of NEEDS) expect(isOpen(full, operation, grant), operation).toBe(false)
          empty++
          return
        }
        const schema = schemaOf(text)
        for (let i = 0; i < 5; i++) {
          const operation = operationOf(schema, 4, draw, [randomUUID()])
          const document = parse(operation)
          expect(validate(schema, document).map(String), operation).toEqual([])
          // The contract has every type and field of it, and the guard lets it pass.
          expect(validate(full, document).map(String), operation).toEqual([])
          expect(() => checkScope(full, document, grant), operation).not.toThrow()
          asked++
        }
        // And it holds what the guard would let pass.
        for (const [operation] of NEEDS)
          if (isOpen(full, operation, grant))
            expect(validate(schema, parse(operation)).map(String), operation).toEqual([])
      }),
      { numRuns: 150 },
    )
    expect(asked).toBeGreaterThan(100)
    expect(empty).toBeGreaterThan(0)
  })

  it('says nothing of what no scope opens', () => {
    const text = clientSchemaText(
      full,
      grantOf([{ context: 'system', resource: 'Chart', interactions: ['r', 's'], category: null }]),
    )!
    for (const word of ['Suggestion ', 'CHARGES_DESC', 'totalCharges', 'interface ', 'Member', 'totalCount'])
      expect(text).not.toContain(word)
    // Of commands, the one that keeps its own socket open.
    expect(Object.keys(schemaOf(text).getMutationType()!.getFields())).toEqual(['renewSession'])
    for (const sort of CHART_SORTS) if (sort !== 'CHARGES_DESC') expect(text).toContain(sort)
  })
})

describe('over a server', () => {
  let world: VendorWorld
  let chart: AddedChart
  beforeAll(async () => {
    world = await vendorWorld()
    chart = await world.server.addChart({ coder: 'coder@demo.test', lines: SUBMITTABLE })
  })
  afterAll(() => world.close())

  it('every operation of it is answered, row or no row', async () => {
    const client = await world.register()
    const grant = await grantRegistered(world.server.db.database, client.clientId, 'system')
    const schema = schemaOf(clientSchemaText(full, grant!)!)
    const token = await world.tokenOf(client)
    const ids = [chart.chartId, chart.documents[0]!.documentId, randomUUID()]
    let answered = 0
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat(1_000_000)), async (numbers) => {
        const operation = operationOf(schema, 4, (below) => (numbers.next().value as number) % below, ids)
        if (operation.startsWith('subscription')) return
        const answer = await world.ask(token, operation)
        // No row, or a value out of its range, is an answer about the data and none about the scopes.
        expect([undefined, 'NOT_FOUND', 'BAD_INPUT'], operation).toContain(codeOf(answer))
        if (answer.data) answered++
      }),
      { numRuns: 120 },
    )
    expect(answered).toBeGreaterThan(50)
    expect(
      await grantRegistered(world.server.db.database, `${client.clientId.split('.')[0]}.${randomUUID()}`, 'system'),
    ).toBeUndefined()
    expect(await grantRegistered(world.server.db.database, 'nobody', 'system')).toBeUndefined()
    const nothing = await world.register(['system/Patient.r'])
    const none = await grantRegistered(world.server.db.database, nothing.clientId, 'system')
    expect(clientSchemaText(full, none!)).toBeUndefined()
  })
})
