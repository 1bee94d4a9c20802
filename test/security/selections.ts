import {
  getNamedType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isNonNullType,
  isObjectType,
} from 'graphql'

/** Selections made from the schema, so that a field that is added tomorrow is asked for tomorrow. */

export interface Spelling {
  /** Every field under an alias that says nothing. */
  readonly aliased?: boolean
  /** Every selection inside an inline fragment with a directive. */
  readonly fragmented?: boolean
}

/** All fields of a type, and of what hangs on it, `depth` levels down. `{ … }`, or empty for a leaf. */
export function everything(type: GraphQLObjectType, depth: number, spelling: Spelling = {}): string {
  let aliases = 0
  return selection(type, depth)

  function selection(of: GraphQLObjectType, left: number): string {
    const fields = Object.values(of.getFields()).flatMap((field) => one(field, left))
    // No __typename within: a name that is repeated again and again is refused.
    const body = fields.length > 0 ? fields.join(' ') : '__typename'
    return spelling.fragmented ? `{ ... on ${of.name} @include(if: true) { ${body} } }` : `{ ${body} }`
  }

  function one(field: GraphQLField<unknown, unknown>, left: number): string[] {
    if (field.args.some((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined)) return []
    const type = getNamedType(field.type)
    // Limits of the server: at most 60 aliases.
    const name = spelling.aliased && aliases < 55 ? `a${aliases++}: ${field.name}` : field.name
    if (!isCompositeType(type)) return [name]
    if (left === 0 || !isObjectType(type)) return []
    return [`${name} ${selection(type, left - 1)}`]
  }
}

/** The same, one composite field at a time: each document stays within the server's limits however deep it goes. */
export function pieces(type: GraphQLObjectType, depth: number): string[] {
  const composite = Object.values(type.getFields()).filter((field) => isObjectType(getNamedType(field.type)))
  return [
    everything(type, 0),
    ...composite.map(
      (field) => `{ ${field.name} ${everything(getNamedType(field.type) as GraphQLObjectType, depth - 1)} }`,
    ),
  ]
}

/** `... on T { … }` of every type of an interface or union. */
export function fragmentsOf(schema: GraphQLSchema, name: string, depth: number): string[] {
  const type = schema.getType(name)
  if (!isAbstractType(type)) throw new Error(`${name} is neither interface nor union`)
  return schema.getPossibleTypes(type).map((each) => `... on ${each.name} ${everything(each, depth)}`)
}
