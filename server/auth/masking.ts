import type { GraphQLField, GraphQLObjectType, GraphQLSchema } from 'graphql'
import { defaultFieldResolver, isInterfaceType, isObjectType } from 'graphql'
import type { FieldClass, MaskReason } from '../../schema/values.js'
import { noteClass } from './accessed.js'
import { notePart2 } from './part2.js'
import { isBlind, type Sight } from './sight.js'

/**
 * Field masking, in one place: a synchronous guard around every field of the built schema. It looks at nothing but
 * the field's class and the sight that the presenter put on the object, so that queries, mutation payloads and events
 * are masked by the same line of code. What it lets through it notes for the record of the operation.
 */
const SIGHT = Symbol('sight')

/** Mark an object as seen under a sight. Presenters do this; nothing else may. */
export function seenUnder<T extends object>(sight: Sight, object: T): T {
  Object.defineProperty(object, SIGHT, { value: sight, enumerable: false })
  return object
}

export const sightOn = (object: unknown): Sight | undefined =>
  object !== null && typeof object === 'object' ? (object as { [SIGHT]?: Sight })[SIGHT] : undefined

const PART2 = Symbol('Part 2 record')

/**
 * Mark an object as content of a record that 42 CFR Part 2 protects: whatever answer it stands in carries the notice.
 * @param fields the ones that are such content; all of its clinical fields where left out
 */
export function carryingPart2<T extends object>(object: T, fields?: ReadonlySet<string>): T {
  Object.defineProperty(object, PART2, { value: fields ?? true, enumerable: false })
  return object
}

/** OPEN and WORK come with the row itself; a viewer who has a row has these. */
const GRANTED_WITH_ROW: ReadonlySet<FieldClass> = new Set(['OPEN', 'WORK'])

/** What a claim would show; money and quality stay hidden from a coder, claimed or not. */
const SEEN_FROM_CLAIM_ON: ReadonlySet<FieldClass> = new Set(['IDENTITY', 'CLINICAL'])
const BLIND_PASS: MaskReason = 'BLIND_PASS'
const UNCLAIMED: MaskReason = 'UNCLAIMED'
const BY_CLASS: MaskReason = 'CLASS'

/** Fields of a type that speak of codes. */
const aboutCodes = new Map<string, ReadonlySet<string>>()
const classesByType = new Map<string, ReadonlyMap<string, FieldClass>>()
const maskedByTypeAndSight = new Map<string, readonly { field: string; reason: MaskReason }[]>()

/** Wrap every field; @throws where a field of our types has no class: such a schema must not start. */
export function maskSchema(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || isRoot(schema, type)) continue
    const classes = new Map<string, FieldClass>()
    const coded = new Set<string>()
    for (const field of Object.values(type.getFields())) {
      const fieldClass = classOf(schema, type, field)
      classes.set(field.name, fieldClass)
      const speaks = (field.extensions as { aboutCodes?: boolean }).aboutCodes === true
      if (speaks) coded.add(field.name)
      if (speaks || !GRANTED_WITH_ROW.has(fieldClass)) guard(type.name, field, fieldClass, speaks)
    }
    classesByType.set(type.name, classes)
    aboutCodes.set(type.name, coded)
  }
  return schema
}

export const fieldClasses = (): ReadonlyMap<string, ReadonlyMap<string, FieldClass>> => classesByType

/** The fields of a type that a sight hides: what `access.masked` lists. A reason, never data. */
export function maskedFields(typeName: string, sight: Sight): readonly { field: string; reason: MaskReason }[] {
  const key = `${typeName}/${sight.key}`
  const known = maskedByTypeAndSight.get(key)
  if (known) return known
  const classes = classesByType.get(typeName)
  if (!classes) throw new Error(`no type ${typeName} in the schema`)
  const unclaimed = sight.roles.includes('CODER') && !sight.relations.length
  const masked = [...classes]
    .filter(([, c]) => !GRANTED_WITH_ROW.has(c) && !sight.classes.has(c))
    .map(([field, c]) => ({ field, reason: unclaimed && SEEN_FROM_CLAIM_ON.has(c) ? UNCLAIMED : BY_CLASS }))
  if (isBlind(sight))
    for (const field of aboutCodes.get(typeName) ?? [])
      if (!masked.some((it) => it.field === field)) masked.push({ field, reason: BLIND_PASS })
  if (maskedByTypeAndSight.size > 10_000) maskedByTypeAndSight.clear()
  maskedByTypeAndSight.set(key, masked)
  return masked
}

function guard(
  typeName: string,
  field: GraphQLField<unknown, unknown>,
  fieldClass: FieldClass,
  speaksOfCodes: boolean,
): void {
  const resolve = field.resolve ?? defaultFieldResolver
  field.resolve = (source, args, context, info) => {
    const sight = sightOn(source)
    if (!sight) throw new Error(`${typeName}.${field.name} was reached on an object that no presenter made`)
    if (!GRANTED_WITH_ROW.has(fieldClass) && !sight.classes.has(fieldClass)) return null
    if (speaksOfCodes && isBlind(sight)) return null
    if (!GRANTED_WITH_ROW.has(fieldClass)) noteClass(context, fieldClass)
    const part2 = (source as { [PART2]?: ReadonlySet<string> | true })[PART2]
    if (part2 === true ? fieldClass === 'CLINICAL' : part2?.has(field.name)) notePart2(context, sight.consents)
    return resolve(source, args, context, info)
  }
}

function classOf(schema: GraphQLSchema, type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): FieldClass {
  const own = (field.extensions as { fieldClass?: FieldClass }).fieldClass
  if (own) return own
  for (const parent of type.getInterfaces()) {
    const inherited = schema.getType(parent.name)
    if (!isInterfaceType(inherited)) continue
    const fieldClass = (inherited.getFields()[field.name]?.extensions as { fieldClass?: FieldClass } | undefined)
      ?.fieldClass
    if (fieldClass) return fieldClass
  }
  throw new Error(`${type.name}.${field.name} has no field class: declare it with Open, Work, Clinical …`)
}

const isRoot = (schema: GraphQLSchema, type: GraphQLObjectType): boolean =>
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(type)
