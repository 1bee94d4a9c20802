import { getNamedType, type GraphQLField, type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql'
import { patientOf } from './offices.js'
import { everything, fragmentsOf, pieces } from './selections.js'
import type { SecretWorld } from './world.js'

export const rootFields = (root: GraphQLObjectType) => Object.values(root.getFields())

/** What queries are asked with that need to be told of whom, by their names. */
export async function argumentsOf(world: SecretWorld): Promise<Readonly<Record<string, readonly Variables[]>>> {
  const { ownerSql } = world.server.db
  const chartIds = [...world.charts.values()]
  const documents = await ownerSql<{ id: string }[]>`select id from document`
  const consents = await ownerSql<{ id: string }[]>`select id from consent`
  const results = await ownerSql<{ id: string }[]>`select id from quality_result`
  const versionIds = [...world.versions.values()].flat()
  const ids = (of: readonly string[]): Variables[] => of.map((id) => ({ id }))
  const patient = patientOf(world)
  return {
    chart: ids(chartIds),
    document: ids([...documents.map((d) => d.id), ...versionIds.slice(0, 3)]),
    consent: ids(consents.map((c) => c.id)),
    documentEntries: chartIds.map((chartId) => ({ chartId })),
    consents: [{ patient }],
    restrictions: [{ patient }],
    accountingOfDisclosures: [{ patient, from: '2025-01-01', to: '2026-12-31' }],
    accessRecords: [{}, { filter: { patient } }],
    breakGlassReviews: [{}, { openOnly: false }],
    privacyRequests: [{}, { openOnly: false }],
    charts: [{ first: 4 }],
    mentionableMembers: chartIds.map((chartId) => ({ chartId })),
    assignableMembers: chartIds.map((chartId) => ({ chartId, part: 'AUDITOR' })),
    qualityResult: ids(results.map((r) => r.id)),
    qualityResults: [{ first: 4 }],
  }
}

type Variables = Record<string, unknown>

export function queryOf(field: GraphQLField<unknown, unknown>, variables: Variables, selection: string): string {
  const given = field.args.filter(({ name }) => name in variables)
  const declared = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ')
  const passed = given.map(({ name }) => `${name}: $${name}`).join(', ')
  return given.length === 0
    ? `{ ${field.name} ${selection} }`
    : `query (${declared}) { ${field.name}(${passed}) ${selection} }`
}

/** `charts` a piece at a time, within the server's limits. */
export function chartPieces(schema: GraphQLSchema): string[] {
  const chart = schema.getType('Chart') as GraphQLObjectType
  return pieces(chart, 3).map(
    (piece) => `{ totalCount pageInfo { hasNextPage endCursor } edges { cursor node ${piece} } }`,
  )
}

/** Everything that a mutation can answer, by its name. Fields of one name and several types get names of their own. */
export function fullOutcomes(of: GraphQLSchema): Map<string, string> {
  return new Map(
    rootFields(of.getMutationType()!).flatMap((field) => {
      const type = getNamedType(field.type)
      if (isObjectType(type)) return [[field.name, everything(type, 2).slice(1, -1)]]
      return 'getTypes' in type ? [[field.name, fragmentsOf(of, type.name, 2).map(distinct).join(' ')]] : []
    }),
  )
}

/** Types of one union name fields alike and mean other types by them: each gets its own. */
function distinct(fragment: string, index: number): string {
  return fragment.replace(/^(\.\.\. on \w+ \{)(.*)\}$/s, (_all, head: string, body: string) => {
    let depth = 0
    const renamed = body.replace(/[{}]|\b[a-zA-Z]\w*\b/g, (token, at: number) => {
      if (token === '{') depth++
      else if (token === '}') depth--
      else if (depth === 0 && body.slice(at - 4, at) !== ' on ') return `f${index}_${token}: ${token}`
      return token
    })
    return `${head}${renamed}}`
  })
}
