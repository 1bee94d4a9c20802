import type { ChartStreamItem } from '../../schema/stream.js'
import type { AccessChange, AccessChangeReason } from '../../schema/values.js'
import { directoryIn, whySessionEnded } from '../accounts/index.js'
import { whyClientEnded } from '../auth/clientViewer.store.js'
import { CLOCK, type Claims, DATABASE } from '../auth/request.js'
import { type Session, rememberedTogether } from '../auth/session.js'
import { type Sight, stands } from '../auth/sight.js'
import {
  type ChartRow,
  type DocumentsToday,
  deadlineOn,
  type EventPayload,
  isEventVisible,
  lastVisibleCursor,
  sealerOf,
  seenCharts,
} from '../charts/index.js'
import type { Directory } from '../accounts/index.js'
import { documentsTodayIn } from '../documents/index.js'
import { ChartroomError } from '../kernel/errors.js'
import type { Services } from '../kernel/services.js'
import type { Look } from '../live/follow.js'
import { headOf, type LoggedEvent, openPayload } from '../live/log.js'
import type { Sealer } from '../vault/vault.js'
import { changeOf, reasonOf } from './accessChange.js'
import { visitChart } from './catchUp.js'
import { presentEvent } from './chartEvent.presenter.js'
import { gateOf } from './chartGate.js'
import { snapshotFor } from './chartSnapshot.js'
import { BATCH, eventAt, nextEvents } from './logAhead.js'
import { sightTag, sightTagged } from './sightTag.js'
import type { Leaving } from './streamRecords.js'

export type Item = typeof ChartStreamItem
export { BATCH } from './logAhead.js'

/** Where a client says that it stands. */
export interface Resumption {
  readonly after: string | null | undefined
  /** The tag of the sight under which it read up to there. */
  readonly resumed: string | null | undefined
}

/** Where one subscriber's stream stands. */
export interface State {
  /** The last position read, visible or not. */
  position: number
  /** The last cursor delivered under the sight in force. */
  previous: string | null
  /** Undefined before the first look. */
  sight: Sight | undefined
  /** What records say of the chart. Not its row, whose wrapped key would keep alive what the database sent with it. */
  chart: Leaving['chart']
  /** Of the chart as it was last read (chartGate.ts). */
  gate: string
  /** What the sweep compares. */
  epoch: string
  /**
   * When the subscriber's assignment ends by the clock, the glass that the subscriber broke mends itself, a question closes,
   * or a consent or an agreement begins or ends to count.
   */
  until: Date | undefined
}

export interface Looked extends Look<Item> {
  /** Undefined where nothing of the chart is delivered. */
  readonly leaving?: Leaving | undefined
}

/**
 * One look at a chart for one subscriber: access and log in the same consistent read, which others who ask at the same
 * moment share (catchUp.ts). Moves `state` on.
 * @param isOver whether the subscriber has left meanwhile: then there is nothing to be told, and the stream is over
 */
export async function look(
  services: Services,
  claims: Claims,
  chartId: string,
  { after, resumed }: Resumption,
  state: State,
  isOver?: () => boolean,
): Promise<Looked> {
  const before = { ...state }
  const work = async (session: Session): Promise<Looked> => {
    Object.assign(state, before)
    const seen = await seenCharts(session).load(chartId)
    if (!seen) return ended(state.sight?.relations.length ? 'UNASSIGNED' : 'NO_LONGER_VISIBLE')
    const { row, sight } = seen
    state.chart = namedInRecords(row)
    state.gate = gateOf(row)
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
      const known = await eventAt(session, chartId, after)
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

    const events = await nextEvents(session, chartId, state.position)
    const presented = await present(session, row, sight, state, events)
    if (presented) items.push(presented)
    const leaving =
      items.length > 0 ? { chart: state.chart, sight, from: since, to: state.position, snapshot, change } : undefined
    return { items, done: false, more: events.length === BATCH, leaving }
  }
  try {
    const place = state.sight ? { position: state.position } : { after }
    const standing = state.sight ? 'FOLLOWING' : 'ENTERED'
    const looked = await visitChart(services, chartId, { claims, standing, isOver, work, ...place })
    // The instant passed while the log was read, which may hold what was committed after it: nothing of this is sent.
    if (state.until && state.until <= services.get(CLOCK).now()) {
      Object.assign(state, before, { until: state.until })
      return { items: [], done: false, more: true }
    }
    return looked
  } catch (error) {
    if (isOver?.()) return { items: [], done: true }
    if (!(error instanceof ChartroomError && error.code === 'UNAUTHENTICATED')) throw error
    const now = services.get(CLOCK).now()
    return ended(
      await services
        .get(DATABASE)
        .read(claims.orgId, (tx) => (claims.clientId ? whyClientEnded : whySessionEnded)(tx, claims, now)),
    )
  }
}

async function accessChanged(
  session: Session,
  row: ChartRow,
  sight: Sight,
  state: State,
  changed: { readonly change: AccessChange; readonly reason: AccessChangeReason },
): Promise<Item> {
  const snapshot = await snapshotOf(session, row, sight, state)
  const name = `${row.id}/${sight.key}/${changed.change}/${changed.reason}`
  const item = { __typename: 'AccessChanged', ...changed, snapshot } as unknown as Item
  return rememberedTogether(session, accessChanged, name, () => item)
}

/** A new chain begins: the snapshot's cursor is the last event this sight sees. */
async function snapshotOf(session: Session, row: ChartRow, sight: Sight, state: State): Promise<Item> {
  const read = async () => {
    const head = await headOf(session.tx, row.orgId, row.id)
    const cursor = await lastVisibleCursor(session, row, sight, head)
    return { head, cursor, snapshot: await snapshotFor(session, row, sight, cursor) }
  }
  const { head, cursor, snapshot } = await rememberedTogether(session, snapshotOf, `${row.id}/${sight.key}`, read)
  state.position = head
  state.previous = cursor
  return snapshot as unknown as Item
}

async function present(
  session: Session,
  row: ChartRow,
  sight: Sight,
  state: State,
  events: readonly LoggedEvent[],
): Promise<Item | undefined> {
  const [first] = events
  const last = events.at(-1)
  if (!first || !last) return undefined
  // Read in one snapshot, everything between two positions is the same for whoever sees it under the same sight.
  const { previous } = state
  const name = `${row.id}/${first.seq}-${last.seq}/${previous}/${sight.key}`
  const presented = await rememberedTogether(session, present, name, async () => {
    const visible = events.filter((event) => isEventVisible(event, sight))
    if (visible.length === 0) return undefined
    const { tx, now } = session
    const [directory, today] = await Promise.all([
      directoryIn(tx, row.orgId, now),
      documentsTodayIn(tx, row.orgId, row.id),
    ])
    const opened = rememberedTogether(session, opening, row.id, () => opening(sealerOf(session, row)))
    const item = eventsItem(presentEvents(visible, opened, previous, sight, { directory, today }))
    return { item, last: visible.at(-1)!.cursor }
  })
  state.position = last.seq
  if (presented) state.previous = presented.last
  return presented?.item
}

/** What an event is presented with besides itself. */
export interface Surroundings {
  readonly directory: Directory
  readonly today: DocumentsToday
}

/** Visible events as a sight sees them, each naming the one before it. */
export function presentEvents(
  visible: readonly LoggedEvent[],
  opened: (event: LoggedEvent) => EventPayload,
  previous: string | null,
  sight: Sight,
  { directory, today }: Surroundings,
): object[] {
  let before = previous
  return visible.map((event) => {
    const presented = presentEvent(event, opened(event), before, sight, directory, today)
    before = event.cursor
    return presented
  })
}

/** Opens each event once, whoever sees it. */
export function opening(sealer: Sealer): (event: LoggedEvent) => EventPayload {
  const opened = new Map<LoggedEvent, EventPayload>()
  return (event) => {
    let payload = opened.get(event)
    if (!payload) opened.set(event, (payload = openPayload(sealer, event) as EventPayload))
    return payload
  }
}

export const eventsItem = (events: readonly object[]): Item =>
  ({ __typename: 'ChartEvents', events }) as unknown as Item

export const namedInRecords = ({ id, patientId, facilityId, requestId }: ChartRow): Leaving['chart'] => ({
  id,
  patientId,
  facilityId,
  requestId,
})

const earliest = (...ends: readonly (Date | null)[]): Date | undefined =>
  ends.filter((end) => end !== null).sort((a, b) => a.getTime() - b.getTime())[0]

/** What the sweep compares: the person's epochs, and the chart's with its facility's and its patient's. */
export const epochOf = ({ viewer }: Session, row: ChartRow): string =>
  `${viewer.memberEpoch}.${viewer.orgEpoch}/${row.accessEpoch}.${row.facilityEpoch}.${row.patientEpoch}`

const ended = (reason: string): Look<Item> => ({
  items: [{ __typename: 'StreamEnded', reason } as unknown as Item],
  done: true,
})

const resync = (): Item => ({ __typename: 'ResyncRequired', reason: 'CURSOR_UNKNOWN' }) as unknown as Item
