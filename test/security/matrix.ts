import { randomUUID } from 'node:crypto'
import {
  type DocumentNode,
  getNamedType,
  getNullableType,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { BLIND, NEVER, SEES_RESTRICTED } from '../oracle/actors.table.js'
import { DUTIES, FILTERS, ON_EVERY_CHART, QUERIES, SORTS } from '../oracle/subjects.table.js'
import { ABSTRACT_LINES, type Class, LABELLED_BY, NODE_UNDER } from '../oracle/fields.table.js'
import { ACTS } from '../oracle/commands.table.js'
import { EVENTS } from '../oracle/events.table.js'
import { DISCLOSURES } from '../oracle/scopes.table.js'
import { cell, classOf, may, opens, type RestsOn, type Seen, seenOf } from '../oracle/oracle.js'
import { type Answer, documentOf, type MatrixChart, type MatrixWorld, type Place } from './matrixWorld.js'
import type { TestPerson } from '../support/server.js'
import { plainInput } from './inputs.js'
import { fragmentsOf, pieces } from './selections.js'

/**
 * The cells of the authorization matrix. One cell is one type.field of one object on one path, for one person in one place:
 * what came is compared with what the oracle says. Which fields there are is read from the executable schema.
 */

export const PATHS = [
  'chart',
  'aliases',
  'list',
  'node',
  'document',
  'entries',
  'snapshot',
  'events',
  'payload',
] as const
export type Path = (typeof PATHS)[number] | 'command' | 'http' | 'ws' | 'subject' | 'duty' | 'list asked' | 'client'

export interface Wrong {
  readonly path: Path
  readonly place: Place
  readonly at: string
  readonly field: string
  readonly expected: string
  readonly got: string
}

export class Tally {
  readonly byPath = new Map<string, number>()
  readonly byActor = new Map<string, number>()
  /** Per `Type.field`: with a value where it is shown, answered null where it is masked. */
  readonly shown = new Map<string, number>()
  readonly masked = new Map<string, number>()
  readonly wrong: Wrong[] = []
  /** Commands whose plain input was refused before anybody's rights were looked at; and those that somebody did. */
  readonly unreached = new Set<string>()
  readonly done = new Set<string>()
  readonly roundTrips = new Map<'http' | 'ws', number>()
  /** Cells in which nothing could be told apart: the value is null for whoever sees everything. */
  empty = 0
  /** Fields that no line of the oracle names. */
  readonly unruled = new Set<string>()
  cells = 0

  count(path: Path, place: Place, n = 1): void {
    this.cells += n
    this.byPath.set(path, (this.byPath.get(path) ?? 0) + n)
    const actor = place.roles.join('+') || 'nobody'
    this.byActor.set(actor, (this.byActor.get(actor) ?? 0) + n)
  }
}

/** Values as whoever sees every class was told them: by object and field. */
export type Truth = Map<string, string>

// ---- questions ----------------------------------------------------------------------------------------------------

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

// ---- answers ------------------------------------------------------------------------------------------------------

type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json }

interface Looking {
  readonly path: Path
  readonly place: Place
  readonly seen: NonNullable<Seen>
  readonly schema: GraphQLSchema
  readonly chart: MatrixChart
  readonly truth: Truth
  readonly tally: Tally
  /** Fills the truth instead of comparing with it. */
  readonly learning: boolean
  /** Every label of the chart is admitted. */
  readonly whole: boolean
  /** What values are told apart by, besides the object: the chart, or one event of its log. */
  readonly within: string
  /** Labels that the first document carries, and whether it was withdrawn. */
  readonly first: RestsOn
}

const CITATIONS: ReadonlySet<string> = new Set(['Evidence', 'EvidenceSpan'])

const WITHDRAWN: RestsOn = { labels: [], withdrawn: true }
const NOTHING: RestsOn = { labels: [], withdrawn: false }

/** Walks an answer along the schema and judges every field of every object in it. */
function judge(
  looking: Looking,
  type: GraphQLObjectType,
  object: { readonly [key: string]: Json },
  key: string,
  on: RestsOn,
): void {
  const { path, place, seen, tally, truth, learning, chart } = looking
  const value = (name: string): Json | undefined => object[aliasOf(object, name)]
  const id = value('id') ?? value('key')
  // An event is the state after it: what it carries is told apart by the event.
  const within = type.name === 'ChartEvent' ? `event ${String(value('cursor'))}` : looking.within
  const inside = within === looking.within ? looking : { ...looking, within }
  const at = `${within} ${typeof id === 'string' ? `${type.name}/${id}` : key}`
  const cites = [id, value('suggestionId'), value('suggestionIds'), value('versionId')].flat()
  const by = LABELLED_BY[type.name]
  const first = cites.some((it) => typeof it === 'string' && chart.restsOnFirst.has(it))
  const gone = cites.some((it) => typeof it === 'string' && chart.withdrawn.has(it))
  const rests = gone ? WITHDRAWN : by === undefined ? NOTHING : by === 'CHART' || first ? looking.first : on
  for (const field of Object.values(type.getFields())) {
    const got = value(field.name)
    if (got === undefined) continue
    const name = `${type.name}.${field.name}`
    if (classOf(type.name, field.name) === undefined) {
      tally.unruled.add(name)
      continue
    }
    const expected = cell(type.name, field.name, seen, rests)
    const of = classOf(type.name, field.name)!
    const known = truth.get(`${at}.${field.name}`)
    if (learning) {
      if (got !== null) truth.set(`${at}.${field.name}`, leafText(got))
    } else {
      tally.count(path, place)
      const tell = (expectation: string): void =>
        void tally.wrong.push({
          path,
          place,
          at,
          field: name,
          expected: expectation,
          got: JSON.stringify(got)?.slice(0, 80),
        })
      if (expected === 'MASKED') {
        if (got !== null) tell('MASKED')
        else if (known === undefined) tally.empty++
        else tally.masked.set(name, (tally.masked.get(name) ?? 0) + 1)
      } else if (got === null) {
        if (known !== undefined && of !== 'ROW') tell(`SHOWN as ${known.slice(0, 60)}`)
        else tally.empty++
      } else {
        tally.shown.set(name, (tally.shown.get(name) ?? 0) + 1)
        // The state after an event says which labels there were; that they hide is decided by those of today.
        const labels = path === 'events' ? undefined : JSON.stringify(rests.labels)
        const value = field.name === 'labels' ? labels : known
        // Citations of what is hidden are left out, not masked: how many there are is judged where nothing is hidden.
        const counted = !CITATIONS.has(getNamedType(field.type).name) || looking.first.labels.length === 0
        if (of !== 'ROW' && counted && value !== undefined && value !== leafText(got))
          tell(`SHOWN as ${value.slice(0, 60)}`)
      }
      const can = CAN.has(name) && got !== null ? (got as { can?: readonly string[] }).can : undefined
      if (can) judgeCan(looking, can, at)
      if (field.name === 'access' && got !== null)
        judgeMasked(looking, type, got as { readonly [key: string]: Json }, at, rests)
    }
    const emptied =
      seen.blind && BLIND.empty.includes(field.name) && (type.name === 'Chart' || type.name.startsWith('ChartS'))
    if (emptied && Array.isArray(got) && got.length > 0)
      tally.wrong.push({ path, place, at, field: name, expected: 'empty', got: `${got.length}` })
    if (field.name === 'abstractVersions' && got !== null) judgeLines(looking, got as never, at)
    judgeValue(inside, getNullableType(field.type), got, `${at}.${field.name}`, rests)
  }
}

/** The lines of a chart's abstract are those whose field the viewer sees. */
function judgeLines(
  { path, place, seen, tally, learning }: Looking,
  lines: readonly { field: string }[],
  at: string,
): void {
  if (learning) return
  for (const [field, of] of Object.entries(ABSTRACT_LINES)) {
    tally.count(path, place)
    const there = lines.some((line) => line.field === field)
    if (there !== (seen.classes.has(of) && !seen.blind))
      tally.wrong.push({
        path,
        place,
        at,
        field: 'abstractVersions',
        expected: `${field} ${there ? 'absent' : 'there'}`,
        got: there ? 'there' : 'absent',
      })
  }
}

function judgeValue(looking: Looking, type: unknown, value: Json, key: string, on: RestsOn): void {
  if (value === null) return
  if (isListType(type)) {
    for (const [i, item] of (value as readonly Json[]).entries())
      judgeValue(looking, getNullableType(type.ofType), item, `${key}[${i}]`, on)
    return
  }
  if (!isCompositeType(type as never)) return
  const object = value as { readonly [key: string]: Json }
  const named = isObjectType(type) ? type : looking.schema.getType(String(object.__typename))
  if (isObjectType(named)) judge(looking, named, object, key, on)
}

/** `access.masked` says exactly which fields answered null because of a rule. */
function judgeMasked(
  { path, place, seen, tally }: Looking,
  type: GraphQLObjectType,
  access: { readonly [key: string]: Json },
  at: string,
  rests: RestsOn,
): void {
  // The last level of a question asks for objects without what is in them.
  if (access.masked === undefined) return
  const listed = new Set((access.masked as readonly { field: string }[]).map((it) => it.field))
  for (const field of Object.keys(type.getFields())) {
    if (classOf(type.name, field) === undefined) continue
    tally.count(path, place)
    const expected = cell(type.name, field, seen, rests) === 'MASKED'
    if (listed.has(field) !== expected)
      tally.wrong.push({
        path,
        place,
        at,
        field: `${type.name}.access.masked`,
        expected: `${field} ${expected ? 'listed' : 'not listed'}`,
        got: JSON.stringify([...listed]),
      })
  }
}

/** Objects whose `access.can` speaks of the chart as a whole. */
const CAN: ReadonlySet<string> = new Set(['Chart.access', 'ChartState.access'])

/** What a chart says may be done is what the oracle allows, act by act. */
function judgeCan(looking: Looking, can: readonly string[], at: string): void {
  const { path, place, tally, chart, whole, within } = looking
  // An event tells what might be done after it.
  if (within.startsWith('event')) return
  for (const act of Object.keys(ACTS)) {
    tally.count(path, place)
    const expected = may(act, place, place.chart, { decided: chart.decided, whole })
    if (can.includes(act) !== expected)
      tally.wrong.push({
        path,
        place,
        at,
        field: `access.can ${act}`,
        expected: expected ? 'listed' : 'not listed',
        got: expected ? 'not listed' : 'listed',
      })
  }
}

/** Composite values by their length alone: what is in them has cells of its own. */
function leafText(value: Json): string {
  if (Array.isArray(value)) {
    const items = value as readonly Json[]
    return items.some((item) => item !== null && typeof item === 'object')
      ? `${items.length} objects`
      : JSON.stringify(value)
  }
  return value !== null && typeof value === 'object' ? 'an object' : JSON.stringify(value)
}

/** Under which name of the answer a field stands: its own, or an alias that this page made. */
function aliasOf(object: { readonly [key: string]: Json }, name: string): string {
  if (name in object) return name
  const found = Object.keys(object).find((key) => key.startsWith('f') && key.slice(key.indexOf('_') + 1) === name)
  return found ?? name
}

// ---- one place ----------------------------------------------------------------------------------------------------

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
function judgeRow(
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

// ---- commands -----------------------------------------------------------------------------------------------------

/** Sends every command on a chart from a place, takes back what it wrote, and compares whether it was let through. */
export async function runCommands(run: Run, place: Place): Promise<void> {
  const { world, schema, tally, first = NOTHING } = run
  const person = await world.put(place)
  const chart = place.chart.found ? world.found : world.unfound
  const seen = seenOf(place, place.chart, run.part2Basis)
  const whole = first.labels.every((label) => seen?.labels.has(label))
  const mutations = schema.getMutationType()!.getFields()
  for (const [act, { commands }] of Object.entries(ACTS))
    for (const name of commands) {
      const allowed = may(act, place, place.chart, { decided: chart.decided, whole })
      const under = NAMED_UNDER[name]
      const there =
        seen && (under === undefined || seen.classes.has(under)) && !(name === 'recordFinding' && !place.chart.found)
      const expected = !there ? 'NOT_FOUND' : allowed ? 'LET_THROUGH' : 'FORBIDDEN'
      const got = await world.attempt(person, commandDocument(schema, name), {
        input: plainInput(
          getNamedType(mutations[name]!.args[0]!.type) as GraphQLInputObjectType,
          { ...chart.given, ...GIVEN[name] },
          randomUUID,
        ),
      })
      tally.count('command', place)
      // To ask for what is so already is neither refused nor done, and changes nothing.
      const already = got === 'ALREADY_DONE' && expected !== 'NOT_FOUND'
      if (got !== expected && !already)
        tally.wrong.push({ path: 'command', place, at: act, field: name, expected, got })
    }
}

/** What else a command names, and under which class it is there: to whoever has not the class it is not found. */
const NAMED_UNDER: Readonly<Record<string, Class>> = { resolveComment: 'CLINICAL', recordFinding: 'QUALITY' }
const GIVEN: Readonly<Record<string, object>> = { resolveIdentity: { decision: 'OTHER_PATIENT' } }

const documents = new Map<string, DocumentNode>()
function commandDocument(schema: GraphQLSchema, name: string): DocumentNode {
  const known = documents.get(name)
  if (known) return known
  const type = getNamedType(schema.getMutationType()!.getFields()[name]!.args[0]!.type).name
  const made = documentOf(`mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`)
  documents.set(name, made)
  return made
}

// ---- what hangs on no chart ---------------------------------------------------------------------------------------

/** Asks every query that is about something else than a chart, and compares whether what is there was told. */
export async function runSubjects(run: Run, place: Place): Promise<void> {
  const { world, schema, tally } = run
  const person = await world.put(place)
  const fields = schema.getQueryType()!.getFields()
  for (const [name, { who, otherwise, inHand }] of Object.entries(QUERIES)) {
    if (who === 'CHART') continue
    const subject = world.subjects[name]
    if (!subject) {
      tally.unreached.add(name)
      continue
    }
    const field = fields[name]!
    const named = getNamedType(field.type)
    const given = field.args.filter((arg) => arg.name in subject.variables)
    const document = documentOf(
      `query (${given.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ') || '$none: Boolean'}) { ${name}${
        given.length > 0 ? `(${given.map((arg) => `${arg.name}: $${arg.name}`).join(', ')})` : ''
      } ${fullSelection(named as GraphQLObjectType, 3)} }`,
    )
    const answer = await world.ask(person, document, subject.variables)
    const told = JSON.stringify(answer.data?.[name] ?? null)
    const there = subject.witness === null ? told !== 'null' && told !== '[]' : told.includes(subject.witness)
    const ours = place.relation !== 'OTHER_ORGANISATION' && (place.relation !== 'OTHER_FACILITY' || !subject.ofFacility)
    const entitled = who === 'EVERYBODY' || (ours && who.some((role) => place.roles.includes(role)))
    const expected = entitled && (!inHand || place.relation === 'REQUEST')
    const wanted = expected || otherwise !== 'NOT_FOUND' ? [] : [entitled ? 'FORBIDDEN' : 'NOT_FOUND']
    // Of other places there may be things of the same kind; that one is asked for by what names it is not found.
    const refusals = answer.errors.map((error) => error.code)
    tally.count('subject', place)
    const refusedAsExpected = refusals.every((code) => wanted.includes(code))
    if (there !== expected || !refusedAsExpected)
      tally.wrong.push({
        path: 'subject',
        place,
        at: name,
        field: name,
        expected: expected ? 'told' : 'not told',
        got: `${there ? 'told' : 'not told'} ${refusals.join()}`,
      })
    // Identity and text of a consent in force are shown inside an open request alone, for its patient.
    if (there && place.relation !== 'REQUEST' && (name === 'consent' || name === 'consents')) {
      const [consent] = [answer.data![name]].flat() as Record<string, Json>[]
      for (const [key, value] of Object.entries(consent!)) {
        const of = classOf('Consent', key)
        if (of !== 'IDENTITY' && of !== 'CLINICAL') continue
        tally.count('subject', place)
        if (value !== null)
          tally.wrong.push({
            path: 'subject',
            place,
            at: name,
            field: `Consent.${key}`,
            expected: 'MASKED',
            got: JSON.stringify(value),
          })
      }
    }
  }
}

/** Every command that is about something else than a chart, for whom it is and for whom not. */
export async function runDuties(run: Run, place: Place): Promise<void> {
  const { world, schema, tally } = run
  const person = await world.put(place)
  const mutations = schema.getMutationType()!.getFields()
  for (const [name, who] of Object.entries(DUTIES)) {
    const expected = place.relation !== 'OTHER_ORGANISATION' && who.some((role) => place.roles.includes(role))
    const got = await world.attempt(person, commandDocument(schema, name), {
      input: plainInput(
        getNamedType(mutations[name]!.args[0]!.type) as GraphQLInputObjectType,
        { ...world.duties, ...world.dutiesOf[name] },
        randomUUID,
      ),
    })
    const refused = got === 'FORBIDDEN' || got === 'NOT_FOUND'
    tally.count('duty', place)
    // What the input says is looked at first: of a command that is refused for that, nothing was learnt.
    if (got === 'BAD_INPUT') tally.unreached.add(name)
    else if (refused === expected)
      tally.wrong.push({
        path: 'duty',
        place,
        at: name,
        field: name,
        expected: expected ? 'let through' : 'refused',
        got,
      })
    else if (!refused) tally.done.add(name)
  }
}

/** What is masked on some chart of a list can be filtered and sorted on by nobody. */
export async function runLists(run: Run, place: Place): Promise<void> {
  const { world, tally } = run
  const person = await world.put(place)
  const every = new Set(place.roles.flatMap((role) => ON_EVERY_CHART[role]))
  if (place.roles.includes(SEES_RESTRICTED)) for (const of of ON_EVERY_ROW) every.delete(of)
  for (const { role, class: never } of NEVER) if (place.roles.includes(role)) every.delete(never)
  const asked = [
    ...Object.entries(FILTERS).map(([name, of]) => ({
      name,
      of,
      text: `filter: { ${name}: ${FILTER_VALUES[name]!} }`,
    })),
    ...Object.entries(SORTS).map(([name, of]) => ({ name, of, text: `sort: ${name}` })),
  ]
  for (const { name, of, text } of asked) {
    const answer = await world.ask(person, documentOf(`{ charts(first: 2, ${text}) { totalCount } }`), {})
    const got = answer.errors[0]?.code ?? 'ANSWERED'
    const expected = of === 'ROW' || every.has(of) ? 'ANSWERED' : 'FORBIDDEN'
    tally.count('list asked', place)
    if (got !== expected) tally.wrong.push({ path: 'list asked', place, at: text, field: name, expected, got })
  }
}

const ON_EVERY_ROW: readonly Class[] = ['ACCOUNT_REF', 'IDENTITY', 'CLINICAL', 'QUALITY', 'MONEY']
const FILTER_VALUES: Readonly<Record<string, string>> = {
  accountNumber: '"A"',
  facilityId: `"${randomUUID()}"`,
  queueId: `"${randomUUID()}"`,
  patientClass: '[INPATIENT]',
  status: '[READY]',
  mine: 'true',
  identityHold: 'true',
}

// ---- the same over the network ------------------------------------------------------------------------------------

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

// ---- third parties ------------------------------------------------------------------------------------------------

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
