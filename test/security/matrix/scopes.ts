import { getNamedType, type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql'
import { opens } from '../../oracle/oracle.js'
import { DISCLOSURES } from '../../oracle/scopes.table.js'
import { documentOf } from './inProcess.js'
import type { Json } from './judge.js'
import type { Place } from './model.js'
import type { Run } from './place.js'

interface Way {
  readonly type: string
  readonly field: string
  readonly target: string | undefined
  readonly steps: readonly { readonly type: string; readonly field: string; readonly target: string }[]
}

/** The shortest way from a chart to every field that hangs on it. */
function waysFrom(schema: GraphQLSchema, root: string): readonly Way[] {
  const ways: Way[] = []
  const reached = new Set([root])
  let level: { readonly type: GraphQLObjectType; readonly steps: Way['steps'] }[] = [
    { type: schema.getType(root) as GraphQLObjectType, steps: [] },
  ]
  while (level.length > 0) {
    const next: typeof level = []
    for (const { type, steps } of level)
      for (const field of Object.values(type.getFields())) {
        const target = getNamedType(field.type)
        const composite = isObjectType(target)
        ways.push({ type: type.name, field: field.name, target: composite ? target.name : undefined, steps })
        if (!composite || reached.has(target.name)) continue
        reached.add(target.name)
        next.push({ type: target, steps: [...steps, { type: type.name, field: field.name, target: target.name }] })
      }
    level = next
  }
  return ways
}

/** Asks, as a program with these scopes, for every field that hangs on a chart, one at a time. */
export async function runScopes(run: Run, scopes: readonly string[], state: string): Promise<void> {
  const { world, schema, tally } = run
  const { claims, chartId, documentId, restore } = await world.third(scopes, state)
  const line = DISCLOSURES[state]!
  const place: Place = { roles: [], relation: 'NONE', chart: CHART_OF_A_PROGRAM }
  const wrong = (field: string, expected: string, got: string): void =>
    void tally.wrong.push({ path: 'client', place, at: `${scopes.join(' ')}, ${state}`, field, expected, got })
  const ways =
    state === 'plain' ? waysFrom(schema, 'Chart') : waysFrom(schema, 'Chart').filter((way) => way.steps.length === 0)
  for (const { type, field, target, steps } of ways) {
    const all = [...steps, { type, field, target }]
    const open = scopes.includes('Chart') && all.every((step) => opens(scopes, step.type, step.field, step.target))
    const inner = all.reduceRight(
      (text, step) => `{ ${step.field} ${text} }`,
      target === undefined ? '' : '{ __typename }',
    )
    const answer = await world.askAs(claims, documentOf(`query ($id: ID!) { chart(id: $id) ${inner} }`), {
      id: chartId,
    })
    const code = answer.errors[0]?.code
    const got = code ?? (answer.data?.chart === null ? 'ABSENT' : 'THERE')
    const expected = line.chart === 'UNAUTHENTICATED' ? 'UNAUTHENTICATED' : open ? line.chart : 'FORBIDDEN'
    tally.count('client', place)
    if (got !== expected) wrong(`${type}.${field}`, expected, got)
  }
  if (line.document && scopes.includes('Chart') && scopes.includes('DocumentReference')) {
    const asked = documentOf(
      'query ($id: ID!) { chart(id: $id) { documents { id version { title } versions { text } } } }',
    )
    const answer = await world.askAs(claims, asked, { id: chartId })
    const { documents = [] } = (answer.data?.chart ?? {}) as { documents?: readonly Record<string, Json>[] }
    for (const document of documents)
      for (const field of ['version', 'versions']) {
        tally.count('client', place)
        const masked = document.id === documentId || world.unfound.withdrawn.has(String(document.id))
        if ((document[field] === null) !== masked)
          wrong(`Document.${field}`, masked ? 'MASKED' : 'SHOWN', JSON.stringify(document[field]).slice(0, 60))
      }
  }
  await restore()
}

const CHART_OF_A_PROGRAM = { status: 'IN_CODING', restricted: false, identityHold: false, found: false } as const
