import fc from 'fast-check'
import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  GraphQLObjectType as ObjectType,
  type GraphQLResolveInfo,
  getNamedType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { FIELD_CLASSES, type FieldClass, SENSITIVITY_LABELS } from '../../schema/values.js'
import { buildSchema } from '../../server/app/buildSchema.js'
import { fieldClasses, maskedFields, maskSchema, seenUnder, sightOn } from '../../server/auth/masking.js'
import { type Relation, sightOf } from '../../server/auth/sight.js'
import { ROLES } from '../../server/auth/viewer.js'

const schema = buildSchema()
const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
const types = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__') && !roots.has(type),
)
const fields = types.flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))

/** OPEN and WORK come with the row; the others can be denied. */
const COMES_WITH_ROW: readonly string[] = ['OPEN', 'WORK']
const RELATIONS: readonly Relation[] = ['CODER_OF_RECORD', 'SECOND_LOOK', 'AUDITOR', 'CDI', 'HAS_DECIDED']

const facts = fc.record({
  classes: fc.subarray([...FIELD_CLASSES]).map((some) => ['OPEN', 'WORK', ...some] as FieldClass[]),
  labels: fc.subarray([...SENSITIVITY_LABELS]),
  roles: fc.subarray([...ROLES]),
  relations: fc.subarray([...RELATIONS]),
  readOnly: fc.boolean(),
})

/** Anything a resolver would look at besides the object it is asked about. */
const untouchable = (what: string): never =>
  new Proxy(
    {},
    {
      get(_, key) {
        throw new Error(`looked at the ${what}: ${String(key)}`)
      },
    },
  ) as never

/** An operation that can be told which classes were answered, and nothing else. */
const notingOnly = (): never =>
  new Proxy(
    {},
    {
      get(_, key) {
        if (key !== 'accessed') throw new Error(`looked at the request: ${String(key)}`)
        return { classes: { add() {} } }
      },
    },
  ) as never

describe('field classes', () => {
  it('every field of every type has exactly one', () => {
    expect(fields.length).toBeGreaterThan(150)
    for (const { type, field } of fields) {
      const declared = [type, ...type.getInterfaces()].flatMap((t) => {
        const own = t.getFields()[field.name]?.extensions.fieldClass
        return own === undefined ? [] : [own as string]
      })
      expect(new Set(declared).size, `${type.name}.${field.name}`).toBe(1)
      expect(FIELD_CLASSES, `${type.name}.${field.name}`).toContain(declared[0])
      expect(fieldClasses().get(type.name)?.get(field.name)).toBe(declared[0])
    }
  })

  it('every field that can be denied may answer null', () => {
    for (const { type, field } of fields)
      if (!COMES_WITH_ROW.includes(fieldClasses().get(type.name)!.get(field.name)!))
        expect(isNonNullType(field.type), `${type.name}.${field.name}`).toBe(false)
  })

  it('a schema with a field of no class does not start', () => {
    const bare = new ObjectType({ name: 'Bare', fields: { x: { type: schema.getType('String') as never } } })
    const stray = Object.assign(Object.create(Object.getPrototypeOf(schema) as object) as typeof schema, schema, {
      getTypeMap: () => ({ Bare: bare }),
    })
    expect(() => maskSchema(stray)).toThrow('Bare.x has no field class')
  })
})

describe('what a stream can select', () => {
  it('is resolved from the object alone: not from the viewer, the database, or the time', async () => {
    const reachable = reachableFrom(Object.values(schema.getSubscriptionType()!.getFields()).map((f) => f.type))
    expect(reachable.map((t) => t.name)).toEqual(
      expect.arrayContaining(['ChartEvent', 'SuggestionState', 'Present', 'Member']),
    )
    const everything = sightOf({ classes: FIELD_CLASSES, labels: [], roles: [], relations: [], readOnly: false })
    for (const type of reachable)
      for (const field of Object.values(type.getFields())) {
        const value = Symbol(field.name)
        const source = seenUnder(everything, { [field.name]: value })
        const resolve = field.resolve ?? ((from: object) => (from as Record<string, unknown>)[field.name])
        const got: unknown = await resolve(source, {}, notingOnly(), {
          fieldName: field.name,
        } as GraphQLResolveInfo)
        expect(got, `${type.name}.${field.name}`).toBe(value)
      }
  })
})

describe('masking', () => {
  it('answers null exactly where access.masked says so, for every type and sight', async () => {
    const checked = { masked: 0, shown: 0 }
    await fc.assert(
      fc.asyncProperty(facts, async (drawn) => {
        const sight = sightOf(drawn)
        for (const type of types) {
          const said = new Set(maskedFields(type.name, sight).map((m) => m.field))
          for (const field of Object.values(type.getFields())) {
            const fieldClass = fieldClasses().get(type.name)!.get(field.name)!
            const hidden = !COMES_WITH_ROW.includes(fieldClass) && !drawn.classes.includes(fieldClass)
            expect(said.has(field.name), `${type.name}.${field.name}`).toBe(hidden)
            if (!hidden) {
              checked.shown++
              continue
            }
            // A masked field's own resolver never runs: it would have looked at the request.
            expect(await ask(field, seenUnder(sight, { [field.name]: 'canary' }))).toBeNull()
            checked.masked++
          }
        }
      }),
      { numRuns: 60 },
    )
    expect(checked.masked).toBeGreaterThan(1_000)
    expect(checked.shown).toBeGreaterThan(1_000)
  })

  it('fails closed on an object that no presenter made', async () => {
    let guarded = 0
    for (const { type, field } of fields) {
      if (COMES_WITH_ROW.includes(fieldClasses().get(type.name)!.get(field.name)!)) continue
      guarded++
      const full = seenUnder(
        sightOf({ classes: FIELD_CLASSES, labels: [], roles: [], relations: [], readOnly: false }),
        {
          [field.name]: 'canary',
        },
      )
      for (const source of [{ [field.name]: 'canary' }, { ...full }, structuredClone(full), Object.assign({}, full)])
        await expect((async () => ask(field, source))(), `${type.name}.${field.name}`).rejects.toThrow(
          'no presenter made',
        )
    }
    expect(guarded).toBeGreaterThan(60)
  })

  it('says of a coder’s unclaimed chart which masks a claim would lift, and of all else that it is the class', () => {
    const coder = sightOf({
      classes: ['OPEN', 'WORK', 'ACCOUNT_REF'],
      labels: [],
      roles: ['CODER'],
      relations: [],
      readOnly: false,
    })
    const reasons = Object.fromEntries(maskedFields('Chart', coder).map((m) => [m.field, m.reason]))
    expect(reasons).toMatchObject({
      suggestions: 'UNCLAIMED',
      disposition: 'UNCLAIMED',
      totalChargesCents: 'CLASS',
      audits: 'CLASS',
    })
    const auditor = sightOf({
      classes: ['OPEN', 'WORK'],
      labels: [],
      roles: ['AUDITOR'],
      relations: [],
      readOnly: false,
    })
    expect(new Set(maskedFields('Chart', auditor).map((m) => m.reason))).toEqual(new Set(['CLASS']))
  })

  it('keeps the sight out of what is sent', () => {
    const sight = sightOf({ classes: ['OPEN'], labels: [], roles: [], relations: [], readOnly: false })
    const seen = seenUnder(sight, { a: 1 })
    expect(JSON.stringify(seen)).toBe('{"a":1}')
    expect(Object.keys(seen)).toEqual(['a'])
    expect(sightOn(seen)).toBe(sight)
    for (const none of [null, undefined, 1, 'x', {}, Object.create(null)]) expect(sightOn(none)).toBeUndefined()
  })
})

describe('a sight', () => {
  it('is one object for equal facts, in any order, and another for others', () => {
    // Of two that are drawn apart much differs; what one fact changes is told only where all others are the same.
    const one = fc.constantFrom('classes', 'labels', 'roles', 'relations', 'readOnly' as const)
    fc.assert(
      fc.property(facts, facts, one, (a, other, changed) => {
        const b = { ...a, [changed]: other[changed as keyof typeof other] } as typeof a
        const doubled = {
          ...a,
          classes: [...a.classes, ...a.classes].reverse(),
          roles: [...a.roles].reverse(),
          relations: [...a.relations].reverse(),
          labels: [...a.labels].reverse(),
        }
        expect(sightOf(doubled)).toBe(sightOf(a))
        const same = (Object.keys(a) as (keyof typeof a)[]).every((k) => setText(a[k]) === setText(b[k]))
        expect(sightOf(a).key === sightOf(b).key).toBe(same)
        expect(sightOf(a) === sightOf(b)).toBe(same)
      }),
    )
  })
})

const setText = (value: boolean | readonly string[]): string =>
  typeof value === 'boolean' ? String(value) : [...new Set(value)].sort().join()

const ask = (field: (typeof fields)[number]['field'], source: object): unknown =>
  field.resolve!(source, {}, untouchable('request'), untouchable('document'))

function reachableFrom(start: readonly unknown[]): GraphQLObjectType[] {
  const seen = new Set<GraphQLObjectType>()
  const queue = start.map((type) => getNamedType(type as GraphQLNamedType))
  for (let type = queue.pop(); type; type = queue.pop()) {
    if (isUnionType(type) || isInterfaceType(type)) queue.push(...schema.getPossibleTypes(type))
    if (!isObjectType(type) || seen.has(type)) continue
    seen.add(type)
    queue.push(...Object.values(type.getFields()).map((f) => getNamedType(f.type)))
  }
  return [...seen]
}
