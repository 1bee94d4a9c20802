import {
  type DocumentNode,
  getNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { NODE_UNDER } from '../../oracle/fields.table.js'
import { documentOf } from './inProcess.js'
import type { MatrixChart } from './model.js'
import type { PATHS } from './tally.js'

/** What is asked along every path, made from the executable schema. */

/** Every field of a type and of what hangs on it; `__typename` and, where there is one, `id` come with each object. */
export function fullSelection(type: GraphQLObjectType, depth: number, aliased = false): string {
  let aliases = 0
  const of = (it: GraphQLObjectType, left: number): string => {
    const fields = Object.values(it.getFields()).flatMap((field) => {
      if (field.args.some((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined)) return []
      const named = getNamedType(field.type)
      const name = aliased && left === depth ? `a${aliases++}: ${field.name}` : field.name
      if (!isCompositeType(named)) return [name]
      if (left === 0) return []
      return isObjectType(named) ? [`${name} ${of(named, left - 1)}`] : []
    })
    const body = `__typename ${fields.join(' ')}`
    return aliased ? `{ ... on ${it.name} @include(if: true) { ${body} } }` : `{ ${body} }`
  }
  return of(type, depth)
}

const DEPTH = 6

export interface Questions {
  readonly documents: Readonly<Record<Exclude<(typeof PATHS)[number], 'payload'>, DocumentNode>>
  /** By mutation. */
  readonly payloads: ReadonlyMap<string, DocumentNode>
}

export function questionsOf(schema: GraphQLSchema, charts: readonly MatrixChart[]): Questions {
  const type = (name: string): GraphQLObjectType => schema.getType(name) as GraphQLObjectType
  const full = (name: string, depth = DEPTH) => fullSelection(type(name), depth)
  const nodes = Object.keys(NODE_UNDER)
    .filter((name) => name !== 'Chart')
    .map((name, i) => `... on ${name} ${renamed(fullSelection(type(name), 3), i)}`)
  const items = ['ChartSnapshot', 'ChartEvents'].map((name) => `... on ${name} ${full(name)}`)
  const stream = documentOf(
    `subscription ($id: ID!, $after: String) { chartStream(chartId: $id, after: $after) { __typename ${items.join(' ')} } }`,
  )
  const mutations = schema.getMutationType()!.getFields()
  const payloads = new Map<string, DocumentNode>()
  for (const { name, inputType } of charts.flatMap((chart) => chart.sent)) {
    if (payloads.has(name)) continue
    const answer = getNamedType(mutations[name]!.type)
    const possible = isAbstractType(answer) ? schema.getPossibleTypes(answer) : [answer as GraphQLObjectType]
    const fragments = possible.map((each, i) => `... on ${each.name} ${renamed(fullSelection(each, 3), i)}`)
    payloads.set(
      name,
      documentOf(`mutation ($input: ${inputType}!) { ${name}(input: $input) { __typename ${fragments.join(' ')} } }`),
    )
  }
  return {
    documents: {
      chart: documentOf(`query ($id: ID!) { chart(id: $id) ${full('Chart')} }`),
      aliases: documentOf(`query ($id: ID!) { x: chart(id: $id) ${fullSelection(type('Chart'), 4, true)} }`),
      list: documentOf(
        `{ charts(first: 50) { __typename totalCount pageInfo { endCursor hasNextPage } edges { __typename cursor node ${full('Chart', 4)} } } }`,
      ),
      node: documentOf(`query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ${nodes.join(' ')} } }`),
      document: documentOf(`query ($id: ID!) { document(id: $id) ${full('Document')} }`),
      entries: documentOf(`query ($id: ID!) { documentEntries(chartId: $id) ${full('DocumentEntry')} }`),
      snapshot: stream,
      events: stream,
    },
    payloads,
  }
}

/** Types side by side in one answer call different things by one name: each gets names of its own. */
function renamed(selection: string, index: number): string {
  let depth = 0
  return selection.replace(/[{}]|[a-zA-Z_]\w*/g, (token) => {
    if (token === '{') depth++
    else if (token === '}') depth--
    else if (depth === 1 && token !== '__typename' && token !== 'id') return `f${index}_${token}: ${token}`
    return token
  })
}
