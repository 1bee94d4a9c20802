import type { ChartEventType, FieldClass } from '../../schema/values.js'
import type { Tx } from '../db/pool.js'
import { newCursor } from '../kernel/ids.js'
import type { Sealer } from '../vault/vault.js'

/** The ordered log: gap-free per stream, in commit order, written in the transaction of the change itself. */

export interface NewEvent<Payload = unknown> {
  readonly type: ChartEventType
  readonly subjectId: string
  /** Documents the change rests on: kept unsealed beside the payload. */
  readonly citedDocumentIds: readonly string[]
  /** Field classes it touched: an event whose classes are all masked for a viewer is absent for that viewer. */
  readonly classes: readonly FieldClass[]
  /** The state after the event of what changed. Sealed with the patient's key. */
  readonly payload: Payload
}

export interface LoggedEvent {
  readonly streamId: string
  readonly seq: number
  readonly cursor: string
  readonly type: ChartEventType
  readonly actorId: string | null
  readonly at: Date
  readonly subjectId: string
  readonly citedDocumentIds: readonly string[]
  readonly classes: readonly FieldClass[]
  readonly payload: Uint8Array
}

export interface LogPlace {
  readonly orgId: string
  readonly streamId: string
  readonly chartId: string
  readonly patientId: string
}

/** Make the log of a new chart (its main stream has the chart's id), or of one query, audit or pass on it. */
export async function createStream(tx: Tx, place: LogPlace, kind: 'MAIN' | 'QUERY' | 'AUDIT' | 'PASS'): Promise<void> {
  await tx`insert into chart_stream ${tx({ orgId: place.orgId, id: place.streamId, chartId: place.chartId, kind, headSeq: 0 })}`
}

/**
 * Append under the chart's lock, which the caller holds: that is what makes `seq` gap-free and in commit order.
 *
 * @returns the position of the last event.
 */
export async function appendEvents(
  tx: Tx,
  place: LogPlace,
  sealer: Sealer,
  actorId: string | null,
  at: Date,
  events: readonly NewEvent[],
): Promise<number> {
  const [head] = await tx<{ headSeq: number }[]>`
    update chart_stream set head_seq = head_seq + ${events.length}
    where org_id = ${place.orgId} and id = ${place.streamId} returning head_seq`
  if (!head) throw new Error('the stream does not exist')
  const first = head.headSeq - events.length + 1
  const rows = events.map((event, i) => {
    const cursor = newCursor()
    return {
      orgId: place.orgId,
      streamId: place.streamId,
      seq: first + i,
      chartId: place.chartId,
      patientId: place.patientId,
      cursor,
      type: event.type,
      actorId,
      at,
      subjectId: event.subjectId,
      citedDocumentIds: [...event.citedDocumentIds],
      classes: [...event.classes],
      payload: sealer.seal(payloadPlace(cursor), JSON.stringify(event.payload)),
    }
  })
  await tx`insert into chart_event ${tx(rows)}`
  return head.headSeq
}

/** What follows a position, in order, at most `limit`. */
export function readAfter(tx: Tx, orgId: string, streamId: string, seq: number, limit: number): Promise<LoggedEvent[]> {
  return tx<LoggedEvent[]>`
    select stream_id, seq, cursor, type, actor_id, at, subject_id, cited_document_ids, classes, payload
    from chart_event where org_id = ${orgId} and stream_id = ${streamId} and seq > ${seq} order by seq limit ${limit}` as unknown as Promise<
    LoggedEvent[]
  >
}

/** What stands at or before a position, newest first: to find the last event a viewer sees. */
export function readBackFrom(
  tx: Tx,
  orgId: string,
  streamId: string,
  seq: number,
  limit: number,
): Promise<LoggedEvent[]> {
  return tx<LoggedEvent[]>`
    select stream_id, seq, cursor, type, actor_id, at, subject_id, cited_document_ids, classes, payload
    from chart_event where org_id = ${orgId} and stream_id = ${streamId} and seq <= ${seq} order by seq desc limit ${limit}` as unknown as Promise<
    LoggedEvent[]
  >
}

export async function findByCursor(
  tx: Tx,
  orgId: string,
  streamId: string,
  cursor: string,
): Promise<LoggedEvent | undefined> {
  const [event] = await tx<LoggedEvent[]>`
    select stream_id, seq, cursor, type, actor_id, at, subject_id, cited_document_ids, classes, payload
    from chart_event where org_id = ${orgId} and stream_id = ${streamId} and cursor = ${cursor}`
  return event
}

/** The same of several; those that are there, in no order. */
export function findByCursors(
  tx: Tx,
  orgId: string,
  streamId: string,
  cursors: readonly string[],
): Promise<LoggedEvent[]> {
  return tx<LoggedEvent[]>`
    select stream_id, seq, cursor, type, actor_id, at, subject_id, cited_document_ids, classes, payload
    from chart_event where org_id = ${orgId} and stream_id = ${streamId} and cursor = any(${cursors as string[]}::uuid[])` as unknown as Promise<
    LoggedEvent[]
  >
}

export async function headOf(tx: Tx, orgId: string, streamId: string): Promise<number> {
  const [row] = await tx<{ headSeq: number }[]>`
    select head_seq from chart_stream where org_id = ${orgId} and id = ${streamId}`
  return row?.headSeq ?? 0
}

export const openPayload = (sealer: Sealer, event: LoggedEvent): unknown =>
  JSON.parse(sealer.open(payloadPlace(event.cursor), event.payload))

const payloadPlace = (cursor: string): string => `chart_event.payload/${cursor}`

/** The events about one thing, oldest first; about anything where `subjectId` is null. At most the newest thousand. */
export async function eventsAbout(
  tx: Tx,
  orgId: string,
  streamId: string,
  subjectId: string | null,
): Promise<LoggedEvent[]> {
  const events = await tx<LoggedEvent[]>`
    select stream_id, seq, cursor, type, actor_id, at, subject_id, cited_document_ids, classes, payload
    from chart_event
    where org_id = ${orgId} and stream_id = ${streamId} and (${subjectId}::uuid is null or subject_id = ${subjectId})
    order by seq desc limit 1000`
  return [...events].reverse()
}
