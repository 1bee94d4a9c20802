import { type GraphQLObjectType, type GraphQLSchema, isNonNullType } from 'graphql'
import { BLIND } from '../../oracle/actors.table.js'
import { EVENTS } from '../../oracle/events.table.js'
import { ABSTRACT_LINES, NODE_UNDER } from '../../oracle/fields.table.js'
import { cell, type RestsOn, type Seen, seenOf } from '../../oracle/oracle.js'
import type { TestPerson } from '../../support/server.js'
import { type Json, judgeValue, NOTHING } from './judge.js'
import type { Answer, MatrixChart, MatrixWorld, Place } from './model.js'
import type { Questions } from './questions.js'
import { type Path, PATHS, type Tally, type Truth } from './tally.js'

export interface Run {
  readonly world: MatrixWorld
  readonly schema: GraphQLSchema
  readonly questions: Questions
  readonly truth: Truth
  readonly tally: Tally
  readonly first?: RestsOn
  readonly part2Basis?: boolean
  /** Judges what came as if the person stood in another place: a matrix that finds nothing wrong then sees nothing. */
  readonly judgedAs?: Place
}

/** Puts the person in a place and asks along every path. */
export async function runPlace(
  run: Run,
  place: Place,
  paths: readonly (typeof PATHS)[number][] = PATHS,
  learning = false,
): Promise<void> {
  const person = await run.world.put(place)
  const chart = place.chart.found ? run.world.found : run.world.unfound
  const judged = run.judgedAs ?? place
  const seen = seenOf(judged, judged.chart, run.part2Basis)
  for (const path of paths) await ASK[path]({ ...run, place: judged, person, chart, seen, path, learning })
}

interface Asking extends Run {
  readonly place: Place
  readonly person: TestPerson
  readonly chart: MatrixChart
  readonly seen: Seen
  readonly path: Path
  readonly learning: boolean
}

const ASK: Readonly<Record<(typeof PATHS)[number], (asking: Asking) => Promise<void>>> = {
  async chart(asking) {
    const { world, person, chart, questions, path } = asking
    const answer = await world.ask(person, questions.documents.chart, { id: chart.id })
    judgeRow(asking, answer, answer.data?.chart as Json, path)
  },
  async aliases(asking) {
    const { world, person, chart, questions, schema, path } = asking
    const answer = await world.ask(person, questions.documents.aliases, { id: chart.id })
    const object = answer.data?.x as { [key: string]: Json } | null
    // The aliases of the outermost fields say nothing: they are in the order of the fields.
    const names = Object.values((schema.getType('Chart') as GraphQLObjectType).getFields())
      .filter((field) => field.args.every((arg) => !isNonNullType(arg.type)))
      .map((field) => field.name)
    const plain =
      object &&
      Object.fromEntries(
        Object.entries(object).map(([key, value]) => [/^a\d+$/.test(key) ? names[Number(key.slice(1))]! : key, value]),
      )
    judgeRow(asking, answer, plain as Json, path)
  },
  async list(asking) {
    const { world, person, chart, questions, path } = asking
    const answer = await world.ask(person, questions.documents.list, {})
    for (const field of [
      'ChartConnection.edges',
      'ChartConnection.pageInfo',
      'ChartConnection.totalCount',
      'ChartEdge.cursor',
      'ChartEdge.node',
      'PageInfo.hasNextPage',
    ])
      if (answer.data?.charts) asking.tally.shown.set(field, 1)
    const edges = (answer.data?.charts as { edges: { node: { id: string } }[] } | null)?.edges ?? []
    judgeRow(asking, answer, (edges.find(({ node }) => node.id === chart.id)?.node ?? null) as unknown as Json, path)
  },
  async node(asking) {
    const { world, person, chart, questions, seen, path } = asking
    const ids = Object.keys(NODE_UNDER).flatMap((type) =>
      type === 'Chart' ? [] : (chart.nodes.get(type) ?? []).map((id) => ({ type, id })),
    )
    const answer = await world.ask(person, questions.documents.node, { ids: ids.map((it) => it.id) })
    const found = (answer.data?.nodes ?? []) as readonly Json[]
    for (const [i, { type, id }] of ids.entries()) {
      const under = NODE_UNDER[type]!
      const listed = under !== 'NEVER' && (seen?.classes.has(under) ?? false)
      // A version is found where its document shows it.
      const hidden =
        type === 'DocumentVersion' &&
        seen !== undefined &&
        ((chart.restsOnFirst.has(id) && cell('Document', 'version', seen, asking.first) === 'MASKED') ||
          chart.withdrawn.has(id))
      const there = listed && !hidden && !(seen?.blind && BLIND.notFound.includes(type))
      judgeRow(asking, answer, found[i] ?? null, path, there, `${type}/${id}`)
    }
  },
  async document(asking) {
    const { world, person, chart, questions, seen, path } = asking
    for (const id of chart.documentIds) {
      const answer = await world.ask(person, questions.documents.document, { id })
      judgeRow(asking, answer, answer.data?.document as Json, path, seen?.classes.has('CLINICAL') ?? false)
    }
  },
  async entries(asking) {
    const { world, person, chart, questions, seen, path } = asking
    const answer = await world.ask(person, questions.documents.entries, { id: chart.id })
    const entries = answer.data?.documentEntries as readonly Json[] | null
    if (!entries) return judgeRow(asking, answer, null, path)
    for (const entry of entries) judgeRow(asking, answer, entry, path, seen !== undefined)
  },
  async snapshot(asking) {
    const { world, person, chart, questions, path } = asking
    const answer = await world.first(person, questions.documents.snapshot, { id: chart.id })
    judgeRow(asking, answer, (answer.data?.chartStream ?? null) as Json, path)
  },
  async events(asking) {
    const { world, person, chart, questions, seen, path, tally, place } = asking
    const after = chart.log[0]!.cursor
    const answer = await world.first(person, questions.documents.events, { id: chart.id, after })
    const item = (answer.data?.chartStream ?? null) as {
      __typename: string
      events?: readonly { cursor: string }[]
    } | null
    judgeRow(asking, answer, item as unknown as Json, path)
    if (!seen || asking.learning) return
    const delivered = new Set((item?.events ?? []).map((event) => event.cursor))
    for (const { cursor, type, abstractField } of chart.log.slice(1)) {
      tally.count(path, place)
      const changed = abstractField ? [ABSTRACT_LINES[abstractField]!] : EVENTS[type]!
      const blinded = seen.blind && !BLIND.told.some((prefix) => type.startsWith(prefix))
      const expected = changed.some((it) => seen.classes.has(it)) && !blinded
      if (delivered.has(cursor) !== expected)
        tally.wrong.push({
          path,
          place,
          at: `event ${type}`,
          field: 'ChartEvents.events',
          expected: expected ? 'delivered' : 'absent',
          got: delivered.has(cursor) ? 'delivered' : 'absent',
        })
    }
  },
  async payload(asking) {
    const { world, person, chart, questions, path, place } = asking
    // The commands are those of the person; a stranger’s are not known.
    if (place.relation === 'OTHER_ORGANISATION') return
    for (const { name, input } of chart.sent) {
      const answer = await world.ask(person, questions.payloads.get(name)!, { input })
      judgeRow(asking, answer, (answer.data?.[name] ?? null) as Json, path, undefined, name)
    }
  },
}

/** An object that is there or not, and then everything in it. */
export function judgeRow(
  asking: Omit<Asking, 'path'>,
  answer: Answer,
  object: Json | undefined,
  path: Path,
  expected: boolean = asking.seen !== undefined,
  what = 'row',
): void {
  const { tally, place, learning, schema, seen, chart, truth } = asking
  const refused = answer.errors.filter((error) => !(error.code === 'NOT_FOUND' && !expected))
  if (!learning) {
    tally.count(path, place)
    const there = object !== null && object !== undefined
    if (there !== expected || refused.length > 0)
      tally.wrong.push({
        path,
        place,
        at: what,
        field: '(row)',
        expected: expected ? 'there' : 'absent',
        got: `${there ? 'there' : 'absent'} ${JSON.stringify(refused.slice(0, 3))}`,
      })
  } else if (refused.length > 0 || (expected && (object === null || object === undefined)))
    throw new Error(`${path} ${what} is not answered to whoever sees everything: ${JSON.stringify(answer.errors)}`)
  if (object === null || object === undefined || !seen) return
  const first = asking.first ?? NOTHING
  const whole = first.labels.every((label) => seen.labels.has(label))
  judgeValue(
    { path, place, seen, schema, chart, truth, tally, learning, first, whole, within: chart.id },
    schemaTypeOf(schema, object),
    object,
    what,
    NOTHING,
  )
}

const schemaTypeOf = (schema: GraphQLSchema, object: Json): unknown =>
  schema.getType(String((object as { __typename?: string }).__typename))
