import {
  getNamedType,
  getNullableType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isCompositeType,
  isListType,
  isObjectType,
} from 'graphql'
import { BLIND } from '../../oracle/actors.table.js'
import { ACTS } from '../../oracle/commands.table.js'
import { ABSTRACT_LINES, LABELLED_BY } from '../../oracle/fields.table.js'
import { cell, classOf, may, type RestsOn, type Seen } from '../../oracle/oracle.js'
import type { MatrixChart, Place } from './model.js'
import type { Path, Tally, Truth } from './tally.js'

export type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json }

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
export const NOTHING: RestsOn = { labels: [], withdrawn: false }

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

export function judgeValue(looking: Looking, type: unknown, value: Json, key: string, on: RestsOn): void {
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
    const expected = may(act, place, place.chart, { decided: chart.decided, seen: true, whole })
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
