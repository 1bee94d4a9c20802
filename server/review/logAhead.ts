import { type Session, rememberedTogether } from '../auth/session.js'
import { isUuid } from '../kernel/ids.js'
import { findByCursors, type LoggedEvent, readAfter } from '../live/log.js'

/** At most this many events are read and presented at a time: what a slow reader can make us hold. */
export const BATCH = 200

/** Of several who read on from different places, at most so many events are read by one statement. */
const MOST_AHEAD = 1_000

/** Where somebody reads on: after a cursor, or a position. */
export interface Place {
  readonly after?: string | null | undefined
  readonly position?: number | undefined
}

/** What was read of a log for all who read together: each finds its own in it. */
interface Ahead {
  readonly cursors: ReadonlyMap<string, LoggedEvent | undefined>
  readonly stretches: readonly Stretch[]
}

interface Stretch {
  readonly after: number
  readonly events: readonly LoggedEvent[]
  /** Nothing comes after it. */
  readonly isLast: boolean
}

const slotOf = (session: Session, streamId: string): { ahead?: Ahead } =>
  rememberedTogether(session, readAhead, streamId, () => ({}))

/** For sessions that read together: all cursors by one statement, and the log once from the earliest place. */
export async function readAhead(session: Session, streamId: string, places: readonly Place[]): Promise<void> {
  const { orgId } = session.viewer
  const asked = [...new Set(places.flatMap(({ after }) => (after && isUuid(after) ? [after.toLowerCase()] : [])))]
  const cursors = new Map<string, LoggedEvent | undefined>(asked.map((cursor) => [cursor, undefined]))
  if (asked.length > 0)
    for (const event of await findByCursors(session.tx, orgId, streamId, asked)) cursors.set(event.cursor, event)
  const positions = places.flatMap(({ after, position }) => {
    const seq = after ? cursors.get(after.toLowerCase())?.seq : position
    return seq === undefined ? [] : [seq]
  })
  slotOf(session, streamId).ahead = { cursors, stretches: await stretchesFrom(session, streamId, positions) }
}

async function stretchesFrom(session: Session, streamId: string, positions: readonly number[]): Promise<Stretch[]> {
  const stretches: Stretch[] = []
  let left = [...new Set(positions)].sort((a, b) => a - b)
  while (left.length > 0) {
    const after = left[0]!
    const limit = Math.min(left.at(-1)! - after + BATCH, MOST_AHEAD)
    const events = await readAfter(session.tx, session.viewer.orgId, streamId, after, limit)
    const stretch = { after, events, isLast: events.length < limit }
    stretches.push(stretch)
    left = left.filter((position) => !covers(stretch, position))
  }
  return stretches
}

/** Positions have no gaps (PROTOCOL.md, LV1). */
const covers = ({ after, events, isLast }: Stretch, position: number): boolean =>
  position >= after && (isLast || position + BATCH <= after + events.length)

/** The event of a cursor. */
export async function eventAt(session: Session, streamId: string, cursor: string): Promise<LoggedEvent | undefined> {
  if (!isUuid(cursor)) return undefined
  const { ahead } = slotOf(session, streamId)
  const name = cursor.toLowerCase()
  if (ahead?.cursors.has(name)) return ahead.cursors.get(name)
  const [event] = await findByCursors(session.tx, session.viewer.orgId, streamId, [name])
  return event
}

/** The next events after a position, at most a batch of them. */
export async function nextEvents(
  session: Session,
  streamId: string,
  position: number,
): Promise<readonly LoggedEvent[]> {
  const stretch = slotOf(session, streamId).ahead?.stretches.find((it) => covers(it, position))
  if (!stretch) return readAfter(session.tx, session.viewer.orgId, streamId, position, BATCH)
  const from = position - stretch.after
  return stretch.events.slice(from, from + BATCH)
}
