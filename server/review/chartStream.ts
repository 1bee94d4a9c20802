import type { ChartStreamItem } from '../../schema/stream.js'
import type { AccessChange, AccessChangeReason } from '../../schema/values.js'
import { directoryOf, whySessionEnded } from '../accounts/index.js'
import { whyClientEnded } from '../auth/clientViewer.store.js'
import { type Accessed, newAccessed } from '../auth/accessed.js'
import { CLOCK, type Claims, DATABASE, readOnce } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { type Sight, stands } from '../auth/sight.js'
import {
  type ChartRow,
  deadlineOn,
  type EventPayload,
  isEventVisible,
  lastVisibleCursor,
  releaseExpired,
  sealerOf,
  seenCharts,
} from '../charts/index.js'
import { documentsTodayOf } from '../documents/index.js'
import { ChartroomError, notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import type { Services } from '../kernel/services.js'
import { follow, type Look } from '../live/follow.js'
import { findByCursor, headOf, openPayload, readAfter } from '../live/log.js'
import { HUB } from '../live/wake.js'
import { changeOf, reasonOf } from './accessChange.js'
import { presentEvent } from './chartEvent.presenter.js'
import { snapshotFor } from './chartSnapshot.js'
import { sightTag, sightTagged } from './sightTag.js'
import { type Leaving, streamRecords } from './streamRecords.js'

type Item = typeof ChartStreamItem

/** At most this many events are read and presented at a time: what a slow reader can make us hold. */
const BATCH = 200

/**
 * A chart's stream for one subscriber: a snapshot and then events, or, `after` a cursor, exactly the events after it.
 * Access is decided anew at every look, in the same consistent read as the log, so that no event committed after a
 * change of access is ever delivered under the access of before. What is delivered is on record before it leaves.
 *
 * @param accessed of the operation that subscribes
 * @param resumed the tag of the sight under which the client read up to `after`
 * @throws NOT_FOUND if the chart is absent or not visible, UNAUTHENTICATED if the sign-in has ended.
 */
export async function chartStream(
  services: Services,
  claims: Claims,
  chartId: string,
  after: string | null | undefined,
  accessed: Accessed = newAccessed(),
  resumed?: string | null,
): Promise<AsyncIterableIterator<Item>> {
  const subscribe = async (session: Session) => {
    const seen = await seenCharts(session).load(chartId)
    if (!seen) throw notFound()
    return { memberId: session.viewer.memberId, epoch: epochOf(session, seen.row) }
  }
  const opening = await readOnce(services, claims, subscribe, accessed)
  const records = streamRecords(services, claims, accessed, opening.memberId)
  const state: State = {
    position: 0,
    previous: null,
    sight: undefined,
    epoch: opening.epoch,
    until: undefined,
  }
  const clock = services.get(CLOCK)
  const followed = follow<Item>({
    hub: services.get(HUB),
    following: {
      orgId: claims.orgId,
      streamId: chartId,
      sessionId: claims.sessionId,
      memberId: opening.memberId,
      position: () => state.position,
      epoch: () => state.epoch,
    },
    deadline: () => state.until && state.until.getTime() - clock.now().getTime(),
    async look() {
      // The instant at which an assignment ends: it is given back now and not when the upkeep comes by.
      if (state.until && state.until <= clock.now()) await releaseExpired(services)
      const { leaving, ...looked } = await look(services, claims, chartId, { after, resumed }, state)
      // The read has ended: whoever waits for the record holds no connection that the record needs.
      if (leaving) await records.leaving(leaving)
      return looked
    },
  })
  return endingWith(followed, records.ended)
}

interface Resumption {
  readonly after: string | null | undefined
  readonly resumed: string | null | undefined
}

interface State {
  /** The last position read, visible or not. */
  position: number
  /** The last cursor delivered under the sight in force. */
  previous: string | null
  /** Undefined before the first look. */
  sight: Sight | undefined
  epoch: string
  /**
   * When the subscriber's assignment ends by the clock, the glass that the subscriber broke mends itself, a question closes,
   * or a consent or an agreement begins or ends to count.
   */
  until: Date | undefined
}

async function look(
  services: Services,
  claims: Claims,
  chartId: string,
  { after, resumed }: Resumption,
  state: State,
): Promise<Looked> {
  const before = { ...state }
  try {
    const looked = await readOnce(services, claims, async (session): Promise<Looked> => {
      const seen = await seenCharts(session).load(chartId)
      if (!seen) return ended(state.sight?.relations.length ? 'UNASSIGNED' : 'NO_LONGER_VISIBLE')
      const { row, sight } = seen
      state.epoch = epochOf(session, row)
      const own = row.status === 'IN_CODING' && stands(sight, 'CODER_OF_RECORD')
      const helping = stands(sight, 'HELPING') ? row.helpUntil : null
      state.until = earliest(
        (own && row.assignedUntil) || null,
        row.glassUntil,
        helping,
        session.viewer.client?.until ?? null,
        deadlineOn(session, chartId),
      )
      const items: Item[] = []
      let change: AccessChange | undefined
      let since = state.position

      if (!state.sight && after && resumed && resumed !== sightTag(session, sight)) {
        // What the client holds was seen under another sight, and is to be dropped, whichever it was.
        const before = sightTagged(session, resumed)
        change = before ? changeOf(before, sight) : 'NARROWED'
        const reason = before ? reasonOf(before, sight) : 'MEANWHILE'
        items.push(await accessChanged(session, row, sight, state, { change, reason }))
      } else if (!state.sight && after) {
        const known = isUuid(after) ? await findByCursor(session.tx, row.orgId, chartId, after) : undefined
        if (!known || !isEventVisible(known, sight)) return { items: [resync()], done: true }
        state.position = since = known.seq
        state.previous = known.cursor
      } else if (!state.sight) {
        items.push(await snapshotOf(session, row, sight, state))
      } else if (state.sight.key !== sight.key) {
        change = changeOf(state.sight, sight)
        const reason = reasonOf(state.sight, sight)
        items.push(await accessChanged(session, row, sight, state, { change, reason }))
      }
      state.sight = sight
      const snapshot = items.length > 0

      const events = await readAfter(session.tx, row.orgId, chartId, state.position, BATCH)
      const presented = await present(session, row, sight, state, events)
      if (presented.length > 0) items.push({ __typename: 'ChartEvents', events: presented } as unknown as Item)
      const leaving =
        items.length > 0 ? { chart: row, sight, from: since, to: state.position, snapshot, change } : undefined
      return { items, done: false, more: events.length === BATCH, leaving }
    })
    // The instant passed while the log was read, which may hold what was committed after it: nothing of this is sent.
    if (state.until && state.until <= services.get(CLOCK).now()) {
      Object.assign(state, before, { until: state.until })
      return { items: [], done: false, more: true }
    }
    return looked
  } catch (error) {
    if (!(error instanceof ChartroomError && error.code === 'UNAUTHENTICATED')) throw error
    const now = services.get(CLOCK).now()
    return ended(
      await services
        .get(DATABASE)
        .read(claims.orgId, (tx) => (claims.clientId ? whyClientEnded : whySessionEnded)(tx, claims, now)),
    )
  }
}

interface Looked extends Look<Item> {
  /** Undefined where nothing of the chart is delivered. */
  readonly leaving?: Leaving | undefined
}

async function accessChanged(
  session: Session,
  row: ChartRow,
  sight: Sight,
  state: State,
  changed: { readonly change: AccessChange; readonly reason: AccessChangeReason },
): Promise<Item> {
  const snapshot = await snapshotOf(session, row, sight, state)
  return { __typename: 'AccessChanged', ...changed, snapshot } as unknown as Item
}

/** A new chain begins: the snapshot's cursor is the last event this sight sees. */
async function snapshotOf(session: Session, row: ChartRow, sight: Sight, state: State): Promise<Item> {
  const head = await headOf(session.tx, row.orgId, row.id)
  const cursor = await lastVisibleCursor(session, row, sight, head)
  state.position = head
  state.previous = cursor
  return (await snapshotFor(session, row, sight, cursor)) as unknown as Item
}

async function present(
  session: Session,
  row: ChartRow,
  sight: Sight,
  state: State,
  events: Awaited<ReturnType<typeof readAfter>>,
) {
  const last = events.at(-1)
  if (last) state.position = last.seq
  const visible = events.filter((event) => isEventVisible(event, sight))
  if (visible.length === 0) return []
  const [directory, today] = await Promise.all([directoryOf(session), documentsTodayOf(session, row)])
  const sealer = sealerOf(session, row)
  return visible.map((event) => {
    const presented = presentEvent(
      event,
      openPayload(sealer, event) as EventPayload,
      state.previous,
      sight,
      directory,
      today,
    )
    state.previous = event.cursor
    return presented
  })
}

const earliest = (...ends: readonly (Date | null)[]): Date | undefined =>
  ends.filter((end) => end !== null).sort((a, b) => a.getTime() - b.getTime())[0]

/** What the sweep compares: the person's epochs, and the chart's with its facility's and its patient's. */
export const epochOf = ({ viewer }: Session, row: ChartRow): string =>
  `${viewer.memberEpoch}.${viewer.orgEpoch}/${row.accessEpoch}.${row.facilityEpoch}.${row.patientEpoch}`

/** The stream, with a word at its end, whichever way it ends. */
function endingWith<T>(stream: AsyncIterableIterator<T>, ended: () => void): AsyncIterableIterator<T> {
  const atEnd = async (step: Promise<IteratorResult<T>>): Promise<IteratorResult<T>> => {
    try {
      const result = await step
      if (result.done) ended()
      return result
    } catch (error) {
      ended()
      throw error
    }
  }
  return {
    next: () => atEnd(stream.next()),
    return: () => atEnd(stream.return!()),
    throw: (error: unknown) => atEnd(stream.throw!(error)),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

const ended = (reason: string): Look<Item> => ({
  items: [{ __typename: 'StreamEnded', reason } as unknown as Item],
  done: true,
})

const resync = (): Item => ({ __typename: 'ResyncRequired', reason: 'CURSOR_UNKNOWN' }) as unknown as Item
