import type { Session } from '../auth/session.js'
import { resourceOfEvent } from '../auth/scope.js'
import { isBlind, type Sight } from '../auth/sight.js'
import { headOf, type LoggedEvent, readBackFrom } from '../live/log.js'
import type { ChartRow } from './chart.model.js'

/**
 * Whether an event of a chart's log is there for a sight: from unsealed columns alone, never from the payload. An
 * event all of whose classes are masked is absent, and leaves no hole.
 */
export const isEventVisible = (event: Pick<LoggedEvent, 'classes' | 'type'>, sight: Sight): boolean =>
  event.classes.some((c) => sight.classes.has(c)) &&
  isFollowed(event.type, sight) &&
  (!isBlind(sight) || TOLD_TO_THE_BLIND.test(event.type))

/** That work goes on, and what comes in to be read: nothing that was made of it. */
const TOLD_TO_THE_BLIND = /^(CHART|DOCUMENT|LATE_DOCUMENT|IDENTITY)_/

/** A third party hears of what its scopes name and of nothing else. */
function isFollowed(type: LoggedEvent['type'], { follows }: Sight): boolean {
  if (!follows) return true
  const resource = resourceOfEvent(type)
  return resource !== undefined && follows.includes(resource)
}

/** The cursor of the last event at or before a position that a sight sees; null where it sees none. */
export async function lastVisibleCursor(
  session: Session,
  chart: ChartRow,
  sight: Sight,
  from?: number,
): Promise<string | null> {
  let seq = from ?? (await headOf(session.tx, chart.orgId, chart.id))
  while (seq > 0) {
    const page = await readBackFrom(session.tx, chart.orgId, chart.id, seq, 50)
    const visible = page.find((event) => isEventVisible(event, sight))
    if (visible) return visible.cursor
    const last = page.at(-1)
    if (!last) return null
    seq = last.seq - 1
  }
  return null
}
