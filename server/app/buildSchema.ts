import 'reflect-metadata'
import { type GraphQLSchema, isInterfaceType, isUnionType, lexicographicSortSchema, printSchema } from 'graphql'
import { buildSchemaSync } from 'type-graphql'
import { maskSchema } from '../auth/masking.js'
import { RESOLVERS } from './resolvers.js'

type ResolverClass = abstract new (...args: never[]) => object

/**
 * The executable schema, every field behind the masking guard. @throws where a field has no class, or a decorator does
 * not name its type.
 *
 * Arguments are not validated here: the commands check their input, in sentences of their own. There are no
 * middlewares, because one costs eight times the execution itself and does not run when a subscription begins.
 */
export function buildSchema(resolvers: readonly ResolverClass[] = RESOLVERS): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [...resolvers] as never,
    validate: false,
    pubSub: NO_PUB_SUB,
  })
  return maskSchema(takeTypeFromObject(schema))
}

/** The contract as it is committed: sorted, so that a change of order in the code is no change of the contract. */
export function schemaText(schema: GraphQLSchema = buildSchema()): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`
}

/**
 * Presenters make plain objects that name their type. TypeGraphQL looks for instances of its classes instead, and where
 * it is told how to find the type, it makes a promise of every object.
 */
function takeTypeFromObject(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isInterfaceType(type) && !isUnionType(type)) continue
    const otherwise = type.resolveType
    type.resolveType = (value, context, info, abstract) => {
      const name = (value as { __typename?: unknown } | null)?.__typename
      return typeof name === 'string' ? name : otherwise?.(value, context, info, abstract)
    }
  }
  return schema
}

/**
 * TypeGraphQL asks for one as soon as there is a subscription. Ours follow the log (live/follow.ts); a publisher in
 * between would push into queues that nobody bounds.
 */
const NO_PUB_SUB = {
  publish(): never {
    throw new Error('there is no pub/sub here: append to the log and wake its stream')
  },
  subscribe(): never {
    throw new Error('there is no pub/sub here: follow the log')
  },
}
