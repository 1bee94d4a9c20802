import type { GraphQLObjectType } from 'graphql'
import { seenOf } from '../../oracle/oracle.js'
import { fragmentsOf, pieces } from '../selections.js'
import type { Json } from './judge.js'
import type { Answer, Place } from './model.js'
import { judgeRow, type Run } from './place.js'

/** The chart over HTTP and its snapshot over a WebSocket, each in documents that stay within the server's limits. */
export async function runTransports(run: Run, place: Place): Promise<void> {
  const { world, schema, tally } = run
  const person = await world.put(place)
  const chart = place.chart.found ? world.found : world.unfound
  const seen = seenOf(place, place.chart, run.part2Basis)
  const asking = { ...run, place, person, chart, seen, learning: false }
  const type = schema.getType('Chart') as GraphQLObjectType
  for (const piece of pieces(type, 4)) {
    const { data, errors = [] } = await person.graphql(`query ($id: ID!) { chart(id: $id) ${piece} }`, { id: chart.id })
    tally.roundTrips.set('http', (tally.roundTrips.get('http') ?? 0) + 1)
    const found = data?.chart as Json
    const object = found === null ? null : { __typename: 'Chart', ...(found as object), id: chart.id }
    judgeRow(asking, plainly(data, errors), object as Json, 'http')
  }
  const socket = await person.socket()
  try {
    for (const item of fragmentsOf(schema, 'ChartStreamItem', 4)) {
      if (!item.startsWith('... on ChartSnapshot ')) continue
      const query = `subscription ($id: ID!) { chartStream(chartId: $id) { __typename ${item} } }`
      const items = socket.iterate<{ chartStream: Json }>({ query, variables: { id: chart.id } })
      const first = await items.next().catch((refusals: unknown) => ({ value: { errors: refusals } }))
      const { data, errors = [] } = first.value as { data?: { chartStream: Json }; errors?: Refusal[] }
      tally.roundTrips.set('ws', (tally.roundTrips.get('ws') ?? 0) + 1)
      judgeRow(asking, plainly(data, errors), data?.chartStream ?? null, 'ws')
      await items.return?.(undefined)
    }
  } finally {
    await socket.dispose()
  }
}

interface Refusal {
  readonly path?: readonly unknown[]
  readonly extensions: { readonly code: string }
}

const plainly = (data: object | null | undefined, errors: readonly Refusal[]): Answer => ({
  data: data as Record<string, unknown> | null | undefined,
  errors: errors.map(({ path = [], extensions }) => ({ path: path.join('.'), code: extensions.code })),
})
