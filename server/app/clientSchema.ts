import {
  buildASTSchema,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isObjectType,
  isUnionType,
  Kind,
  lexicographicSortSchema,
  parse,
  printSchema,
  validateSchema,
  visit,
} from 'graphql'
import { type ClientGrant, classesOf } from '../auth/scope.js'
import { SORT_NEEDS } from '../charts/index.js'
import { reachOf } from './clientReach.js'

/**
 * The contract as a third party's scopes reach it: types, fields and values that they do not open are not there. Whatever
 * is valid against it passes the guard of its operations, because both ask the same reach.
 * @returns undefined where the scopes open no operation at all
 */
export function clientSchemaText(full: GraphQLSchema, grant: ClientGrant): string | undefined {
  const schema = lexicographicSortSchema(full)
  const fields = fieldsReached(schema, grant)
  const used = usedTypes(schema, fields)
  const query = schema.getQueryType()!.name
  if (!used.has(query)) return undefined
  const withheld = sortsWithheld(grant)

  const definitions = parse(printSchema(schema)).definitions.filter(
    (it) => 'name' in it && (it.kind === Kind.DIRECTIVE_DEFINITION || used.has(it.name!.value)),
  )
  const pruned = visit(
    { kind: Kind.DOCUMENT, definitions },
    {
      ObjectTypeDefinition: (node) => ({
        ...node,
        interfaces: [],
        fields: node.fields?.filter((field) => fields.get(node.name.value)!.has(field.name.value)),
      }),
      UnionTypeDefinition: (node) => ({ ...node, types: node.types?.filter((type) => used.has(type.name.value)) }),
      EnumTypeDefinition: (node) =>
        node.name.value === SORT
          ? { ...node, values: node.values?.filter((it) => !withheld.has(it.name.value)) }
          : node,
    },
  )
  const result = buildASTSchema(pruned)
  const [mistake] = validateSchema(result)
  if (mistake) throw mistake
  return `${printSchema(lexicographicSortSchema(result))}\n`
}

type Fields = ReadonlyMap<string, ReadonlySet<string>>

/** By type, the fields that lead to something: one whose type has none left leads to nothing. */
function fieldsReached(schema: GraphQLSchema, grant: ClientGrant): Fields {
  const reach = reachOf(schema, grant)
  const fields = new Map<string, Set<string>>()
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    const open = Object.values(type.getFields()).filter((field) => reach.field(type, field))
    if (open.length > 0) fields.set(type.name, new Set(open.map((field) => field.name)))
  }
  const leads = (type: GraphQLNamedType): boolean =>
    isObjectType(type) ? fields.has(type.name) : !isUnionType(type) || type.getTypes().some(leads)
  for (let before = -1; before !== countOf(fields); ) {
    before = countOf(fields)
    for (const [name, own] of fields) {
      const type = schema.getType(name)
      if (!isObjectType(type)) continue
      for (const field of own) if (!leads(getNamedType(type.getFields()[field]!.type))) own.delete(field)
      if (own.size === 0) fields.delete(name)
    }
  }
  return fields
}

const countOf = (fields: Fields): number => [...fields.values()].reduce((sum, own) => sum + own.size, 0)

/** From the roots on, through the fields that are left and their arguments. */
function usedTypes(schema: GraphQLSchema, fields: Fields): ReadonlySet<string> {
  const used = new Set<string>()
  const use = (type: GraphQLNamedType | null | undefined): void => {
    if (!type || used.has(type.name) || (isObjectType(type) && !fields.has(type.name))) return
    used.add(type.name)
    if (isUnionType(type)) for (const member of type.getTypes()) use(member)
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) use(getNamedType(field.type))
    if (!isObjectType(type)) return
    for (const field of Object.values(type.getFields())) {
      if (!fields.get(type.name)!.has(field.name)) continue
      use(getNamedType(field.type))
      for (const argument of field.args) use(getNamedType(argument.type))
    }
  }
  use(schema.getQueryType())
  use(schema.getSubscriptionType())
  // Its one command is about the socket that carries them.
  if (used.has(schema.getSubscriptionType()!.name)) use(schema.getMutationType())
  return used
}

const SORT = 'ChartSort'

/** What is masked is sorted on by nobody (charts/listCharts). */
function sortsWithheld(grant: ClientGrant): ReadonlySet<string> {
  const classes = classesOf(grant)
  return new Set(
    Object.entries(SORT_NEEDS).flatMap(([sort, needed]) => (needed && !classes.includes(needed) ? [sort] : [])),
  )
}
