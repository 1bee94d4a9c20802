import type { AbstractFieldName } from '../../schema/values.js'
import type { Session } from '../auth/session.js'
import {
  type ChartRow,
  type ChartView,
  type EventPayload,
  type OrderView,
  type SuggestionView,
  sealerOf,
} from '../charts/index.js'
import { eventsAbout, openPayload } from '../live/log.js'
import type { Line } from './model.js'

/** What a line, the order, or a field of the abstract was at an earlier version: the log is the history. */

export interface PastState {
  readonly view: SuggestionView
  readonly actorId: string | null
  readonly seq: number
  /** The line that the act was about: for a line that came or went together with another, that other one. */
  readonly subjectId: string
  /** The line that a modification put in its place. */
  readonly replacementId: string | null
}

type Named = Pick<Line, 'id' | 'replaces'>

/** The states of one line, oldest first. A line that replaced another began with an event about that other one. */
export async function statesOfLine(session: Session, chart: ChartRow, line: Named): Promise<PastState[]> {
  const sealer = sealerOf(session, chart)
  const subjects = line.replaces === null ? [line.id] : [line.replaces, line.id]
  const logs = await Promise.all(subjects.map((id) => eventsAbout(session.tx, chart.orgId, chart.id, id)))
  const events = logs.flat().sort((a, b) => a.seq - b.seq)
  return events.flatMap((event) => {
    const { suggestion, replacement } = openPayload(sealer, event) as EventPayload
    const view = [suggestion, replacement].find((v) => v?.id === line.id)
    if (!view) return []
    const replacementId = event.type === 'SUGGESTION_MODIFIED' ? (replacement?.id ?? null) : null
    return [{ view, actorId: event.actorId, seq: event.seq, subjectId: event.subjectId, replacementId }]
  })
}

/** The line as it was at a version; undefined where the log does not have it (the version never was). */
export async function lineAt(
  session: Session,
  chart: ChartRow,
  line: Named,
  version: number,
): Promise<SuggestionView | undefined> {
  const states = await statesOfLine(session, chart, line)
  return states.findLast((s) => s.view.version === version)?.view
}

/** The order that somebody last made between two positions; undefined where nobody did. */
export async function reorderedBetween(
  session: Session,
  chart: ChartRow,
  after: number,
  before: number,
): Promise<OrderView | undefined> {
  const events = await eventsAbout(session.tx, chart.orgId, chart.id, chart.id)
  const event = events.findLast((e) => e.type === 'SUGGESTION_REORDERED' && e.seq > after && e.seq < before)
  return event && (openPayload(sealerOf(session, chart), event) as EventPayload).order
}

/** The order as it was at a version. */
export async function orderAt(session: Session, chart: ChartRow, version: number): Promise<OrderView | undefined> {
  const sealer = sealerOf(session, chart)
  const events = await eventsAbout(session.tx, chart.orgId, chart.id, null)
  for (const event of events.reverse()) {
    const order = (openPayload(sealer, event) as EventPayload).order
    if (order?.version === version) return order
  }
  return undefined
}

/** The chart's own facts when a field of its abstract was at a version; undefined where the log does not have it. */
export async function chartAt(
  session: Session,
  chart: ChartRow,
  field: AbstractFieldName,
  version: number,
): Promise<ChartView | undefined> {
  const sealer = sealerOf(session, chart)
  const events = await eventsAbout(session.tx, chart.orgId, chart.id, chart.id)
  for (const event of events.reverse()) {
    const view = (openPayload(sealer, event) as EventPayload).chart
    if (view?.abstractVersions.some((line) => line.field === field && line.version === version)) return view
  }
  return undefined
}
