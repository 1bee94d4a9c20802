import type { Session } from '../auth/session.js'
import { type ChartRow, type EventPayload, type OrderView, type SuggestionView, sealerOf } from '../charts/index.js'
import { eventsAbout, openPayload } from '../live/log.js'

/** What a line, or the order, was at an earlier version: the log is the history. */

export interface PastState {
  readonly view: SuggestionView
  readonly actorId: string | null
  readonly seq: number
}

/** The states of one line, oldest first. */
export async function statesOfLine(session: Session, chart: ChartRow, lineId: string): Promise<PastState[]> {
  const sealer = sealerOf(session, chart)
  const events = await eventsAbout(session.tx, chart.orgId, chart.id, lineId)
  return events.flatMap((event) => {
    const payload = openPayload(sealer, event) as EventPayload
    return payload.suggestion?.id === lineId
      ? [{ view: payload.suggestion, actorId: event.actorId, seq: event.seq }]
      : []
  })
}

/** The line as it was at a version; undefined where the log does not have it (the version never was). */
export async function lineAt(
  session: Session,
  chart: ChartRow,
  lineId: string,
  version: number,
): Promise<SuggestionView | undefined> {
  const states = await statesOfLine(session, chart, lineId)
  return states.findLast((s) => s.view.version === version)?.view
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
