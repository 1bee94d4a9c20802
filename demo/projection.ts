import { createHash } from 'node:crypto'

/**
 * What an actor must have received, computed a second time and another way: from the sealed log itself, by a table of
 * field classes written here and by nothing the server presents with. If the server masked one field too many or too
 * few, lost an event, doubled one or changed their order, the two hashes differ.
 */

export type Granted = ReadonlySet<string>

export interface RawEvent {
  readonly cursor: string
  readonly type: string
  readonly at: string
  readonly actorId: string | null
  readonly classes: readonly string[]
  readonly payload: Record<string, unknown>
}

type Json = null | string | number | boolean | Json[] | { [key: string]: Json }
type Member = (id: unknown) => Json

/** Per part of an event: the class of the part itself, and of each of its fields. O is open or work: always there. */
const O = ''
const C = 'CLINICAL'
const A = 'ACCOUNT_REF'

const CHART = {
  id: O,
  status: O,
  identityHold: O,
  restricted: O,
  lateDocument: O,
  receivedAt: O,
  submissionCount: O,
  engineState: O,
  coderOfRecord: O,
  assignedUntil: O,
  abstractVersions: O,
  accountNumber: A,
  patientClass: A,
  inpatientOrderAt: A,
  admittedAt: A,
  dischargedAt: A,
  serviceDate: A,
  payer: A,
  serviceLine: A,
  disposition: C,
  attendingProvider: C,
  operatingProvider: C,
  totalChargesCents: 'MONEY',
}

const SUGGESTION = {
  id: O,
  chartId: O,
  version: O,
  status: O,
  origin: O,
  author: O,
  decidedBy: O,
  decidedAt: O,
  system: C,
  code: C,
  title: C,
  kind: C,
  role: C,
  rank: C,
  poa: C,
  poaProposed: C,
  poaExempt: C,
  modifiers: C,
  units: C,
  performedOn: C,
  performer: C,
  confidence: C,
  reason: C,
  replaces: C,
  evidenceStale: C,
  decisionReason: C,
  evidence: C,
}

/** The events an actor sees, in order, each as the actor must have received it. */
export function project(events: readonly RawEvent[], granted: Granted, member: Member): Json[] {
  let previous: string | null = null
  const seen: Json[] = []
  for (const event of events) {
    if (!event.classes.some((c) => c === 'OPEN' || c === 'WORK' || granted.has(c))) continue
    seen.push(projectEvent(event, previous, granted, member))
    previous = event.cursor
  }
  return seen
}

/** One event in the shape that both sides are hashed in: type, chain, actor, and what it says of lines and chart. */
function projectEvent(event: RawEvent, previous: string | null, granted: Granted, member: Member): Json {
  const { payload } = event
  const clinical = granted.has(C)
  return {
    cursor: event.cursor,
    previous,
    type: event.type,
    actor: member(event.actorId),
    chart: payload.chart ? pick(chartFields(payload.chart as never, clinical, member), CHART, granted) : null,
    suggestion:
      clinical && payload.suggestion
        ? pick(lineFields(payload.suggestion as never, member), SUGGESTION, granted)
        : null,
    replacement:
      clinical && payload.replacement
        ? pick(lineFields(payload.replacement as never, member), SUGGESTION, granted)
        : null,
    order: clinical ? ((payload.order as Json) ?? null) : null,
    editKeys: clinical && payload.edits ? (payload.edits as { key: string }[]).map((e) => e.key) : null,
    comment: clinical && payload.comment ? (payload.comment as { body: string }).body : null,
    submission: payload.submission ? (payload.submission as { snapshotSha256: string }).snapshotSha256 : null,
    document: clinical && payload.document ? (payload.document as { id: string }).id : null,
  }
}

/** The same shape from what a client received. */
export function received(event: Record<string, unknown>): Json {
  const e = event as Record<string, Json>
  const of = (key: string) => e[key] as { [key: string]: Json } | null
  return {
    cursor: e.cursor ?? null,
    previous: e.previous ?? null,
    type: e.type ?? null,
    actor: of('actor') ? (of('actor')?.displayName ?? null) : null,
    chart: of('chart') ? plain(of('chart')!, CHART) : null,
    suggestion: of('suggestion') ? plain(of('suggestion')!, SUGGESTION) : null,
    replacement: of('replacement') ? plain(of('replacement')!, SUGGESTION) : null,
    order: of('order')
      ? {
          version: of('order')!.version!,
          principalId: of('order')!.principalId ?? null,
          suggestionIds: of('order')!.suggestionIds ?? null,
        }
      : null,
    editKeys: e.edits ? (e.edits as { key: string }[]).map((x) => x.key) : null,
    comment: of('comment') ? (of('comment')!.body ?? null) : null,
    submission: of('submission') ? (of('submission')!.snapshotSha256 ?? null) : null,
    document: of('document') ? (of('document')!.id ?? null) : null,
  }
}

export const hashOf = (events: readonly Json[]): string =>
  createHash('sha256')
    .update(events.map((e) => canonical(e)).join('\n'))
    .digest('hex')

function chartFields(view: Record<string, Json>, clinical: boolean, member: Member): Record<string, Json> {
  const { coderOfRecordId, abstractVersions, ...rest } = view
  const lines = (abstractVersions as Record<string, Json>[]).map((line) => ({
    field: line.field!,
    version: line.version!,
    decidedBy: member(line.decidedBy ?? null),
    decidedAt: line.decidedAt ?? null,
    evidence: clinical ? (line.evidence ?? []) : null,
    evidenceStale: clinical ? (line.evidenceStale ?? false) : null,
  }))
  return { ...rest, coderOfRecord: member(coderOfRecordId), abstractVersions: lines }
}

function lineFields(view: Record<string, Json>, member: Member): Record<string, Json> {
  return { ...view, author: member(view.authorId), decidedBy: member(view.decidedBy) }
}

function pick(fields: Record<string, Json>, classes: Record<string, string>, granted: Granted): Json {
  return Object.fromEntries(
    Object.entries(classes).map(([name, c]) => [name, c === O || granted.has(c) ? (fields[name] ?? null) : null]),
  )
}

function plain(object: { [key: string]: Json }, classes: Record<string, string>): Json {
  return Object.fromEntries(Object.keys(classes).map((key) => [key, named(object[key] ?? null)]))
}

/** Members by the name that is shown, wherever they stand. */
function named(value: Json): Json {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(named)
  if ('displayName' in value) return value.displayName!
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, named(inner)]))
}

function canonical(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const { __typename: _, ...rest } = value
  return `{${Object.keys(rest)
    .sort()
    .map((k) => `${JSON.stringify(k)}:${canonical(rest[k]!)}`)
    .join(',')}}`
}
