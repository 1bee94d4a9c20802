import { whySessionEnded } from '../accounts/index.js'
import { type Accessed, newAccessed } from '../auth/accessed.js'
import { recordAccess } from '../auth/recordAccess.js'
import { CLOCK, type Claims, DATABASE, readOnce } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { releaseExpired } from '../charts/index.js'
import { ChartroomError, forbidden } from '../kernel/errors.js'
import type { Services } from '../kernel/services.js'
import { admitted } from '../live/admissions.js'
import { follow, type Look } from '../live/follow.js'
import { accessEnded, LIVE_METRICS } from '../live/metrics.js'
import { HUB } from '../live/wake.js'
import { changesOf, type Row, type RowChanges, type Shown, shownOf } from './rows.decider.js'

/** What a look at a board or an inbox found, decided and read in one transaction. */
export interface Found<R extends Row> {
  /** As this viewer sees them: what is masked is not in them, so that no change of it shows. */
  readonly rows: readonly R[]
  /** Another one: how the rows are seen has changed, and all are shown anew. */
  readonly sight: string
  /** When the clock alone may change it. */
  readonly until: Date | undefined
}

export interface RowsStream<R extends Row, Item> {
  readonly name: string
  /** Under which id it is followed: the organisation's or the member's. */
  readonly followedAs: (session: Session) => string
  /** Where it stands, as the sweep tells it: the same, and so are the rows, as far as the viewer and the clock are the same. */
  readonly head: (session: Session) => Promise<string>
  /** Undefined where there is none for this viewer. */
  readonly read: (session: Session) => Promise<Found<R> | undefined>
  readonly snapshot: (rows: readonly R[]) => Item
  readonly changes: (changes: RowChanges<R>) => Item
}

/** At most so often something is delivered: what changes meanwhile is told at once and together. */
export const UPDATE_EVERY_MS = 250

/**
 * A set of rows, live, for one subscriber: all of them, and then what became of them. Each look reads them anew under the
 * rules of its moment and tells the difference to what was shown, so that however many wake-ups were lost or came
 * together, what is shown is right as soon as nothing changes any more. What names charts is on record before it leaves.
 *
 * @param accessed of the operation that subscribes
 * @throws FORBIDDEN (ROLE) where there is none for this viewer, UNAUTHENTICATED if the sign-in has ended
 */
export async function rowsStream<R extends Row, Item>(
  services: Services,
  claims: Claims,
  source: RowsStream<R, Item>,
  accessed: Accessed = newAccessed(),
): Promise<AsyncIterableIterator<Item>> {
  const clock = services.get(CLOCK)
  const enter = async (session: Session) => {
    if (!(await source.read(session))) throw forbidden('ROLE')
    const { memberId } = session.viewer
    return { memberId, streamId: source.followedAs(session) }
  }
  // What this finds out is looked at again before anything of it is delivered, and recorded then.
  const unrecorded = { ...newAccessed(), operationHash: accessed.operationHash }
  const opening = await admitted(services, claims, 'ENTERING', () => readOnce(services, claims, enter, unrecorded))
  const state: State = {
    shown: undefined,
    sight: '',
    epoch: '',
    until: undefined,
    restUntil: 0,
    resting: false,
    wokenAt: undefined,
  }
  return follow<Item>({
    hub: services.get(HUB),
    following: {
      orgId: claims.orgId,
      streamId: opening.streamId,
      get sessionId() {
        return claims.sessionId
      },
      memberId: opening.memberId,
      // It follows no log: where it stands is in its epoch.
      position: () => 0,
      epoch: () => state.epoch,
    },
    deadline() {
      if (state.resting) return Math.max(0, state.restUntil - performance.now())
      return state.until && state.until.getTime() - clock.now().getTime()
    },
    async look(wokenAt) {
      state.wokenAt ??= wokenAt
      state.resting = performance.now() < state.restUntil
      if (state.resting) return NOTHING
      // The instant at which an assignment ends: it is given back now and not when the upkeep comes by.
      if (state.until && state.until <= clock.now()) await releaseExpired(services)
      const work = () => look(services, claims, source, state, accessed)
      const looked = await (state.shown ? work() : admitted(services, claims, 'ENTERED', work))
      if (looked.done) accessEnded(services.get(LIVE_METRICS), state.wokenAt)
      state.wokenAt = undefined
      if (looked.items.length > 0) state.restUntil = performance.now() + UPDATE_EVERY_MS
      return looked
    },
  })
}

interface State {
  /** Undefined before the first look. */
  shown: Shown | undefined
  sight: string
  epoch: string
  until: Date | undefined
  /** By the clock of the process, which only goes forward. */
  restUntil: number
  resting: boolean
  /** By the same clock: the first wake-up that has not been looked for yet. */
  wokenAt: number | undefined
}

const NOTHING = { items: [], done: false } as const

async function look<R extends Row, Item>(
  services: Services,
  claims: Claims,
  source: RowsStream<R, Item>,
  state: State,
  { operationHash }: Accessed,
): Promise<Look<Item>> {
  const touched = { ...newAccessed(), operationHash }
  try {
    const found = await readOnce(
      services,
      claims,
      async (session) => {
        const epoch = epochOf(session, await source.head(session))
        const due = state.until && state.until <= session.now
        // Woken for something else: most wake-ups of an organisation change neither its boards nor one's inbox.
        if (state.shown && epoch === state.epoch && !due) return 'AS BEFORE'
        state.epoch = epoch
        return source.read(session)
      },
      touched,
    )
    if (found === 'AS BEFORE') return NOTHING
    if (!found) return ended('NO_LONGER_VISIBLE')
    state.until = found.until
    // The instant passed while it was read: what was found may hold no more.
    if (found.until && found.until <= services.get(CLOCK).now()) return { ...NOTHING, more: true }
    const changes = state.shown && state.sight === found.sight ? changesOf(state.shown, found.rows) : undefined
    const again = !state.shown || state.sight !== found.sight
    if (!again && !changes) return NOTHING
    if ((again ? found.rows.length : changes!.changed.length) > 0 && touched.seen.size > 0)
      await recordAccess(services, claims, touched, { action: `subscription ${source.name}` })
    state.shown = shownOf(found.rows)
    state.sight = found.sight
    return { items: [again ? source.snapshot(found.rows) : source.changes(changes!)], done: false }
  } catch (error) {
    if (!(error instanceof ChartroomError && error.code === 'UNAUTHENTICATED')) throw error
    const now = services.get(CLOCK).now()
    return ended(await services.get(DATABASE).read(claims.orgId, (tx) => whySessionEnded(tx, claims, now)))
  }
}

/** What the sweep compares: the person's epochs, and where the rows stand. */
const epochOf = ({ viewer }: Session, head: string): string => `${viewer.memberEpoch}.${viewer.orgEpoch}/${head}`

const ended = <Item>(reason: string): Look<Item> => ({
  items: [{ __typename: 'StreamEnded', reason } as unknown as Item],
  done: true,
})
