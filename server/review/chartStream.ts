import { type Accessed, newAccessed } from '../auth/accessed.js'
import { CLOCK, type Claims } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { hasRole } from '../auth/viewer.js'
import { releaseExpired, seenCharts } from '../charts/index.js'
import { notFound } from '../kernel/errors.js'
import type { Services } from '../kernel/services.js'
import { endingWith } from '../live/endingWith.js'
import { follow } from '../live/follow.js'
import type { Outlet } from '../live/outlet.js'
import { HUB } from '../live/wake.js'
import { visitChart } from './catchUp.js'
import { restIn } from './chartFeed.js'
import { epochOf, type Item, look, namedInRecords, type State } from './chartLook.js'
import { gateOf } from './chartGate.js'
import { sharedFrames } from './sharedFrames.js'
import { countLook } from './streamMetrics.js'
import { streamRecords } from './streamRecords.js'

/** What subscribes, and where what it shares with others leaves; without that it looks for itself alone. */
export interface Subscription {
  /** Of the operation that subscribes. */
  readonly accessed?: Accessed
  readonly outlet?: Outlet | undefined
  /** It ended before it had begun. */
  readonly isOver?: boolean
}

/**
 * A chart's stream for one subscriber: a snapshot and then events, or, `after` a cursor, exactly the events after it.
 * Access is decided anew at every look, in the same consistent read as the log, so that no event committed after a
 * change of access is ever delivered under the access of before. What is delivered is on record before it leaves.
 *
 * Whoever has nothing of their own to be told rests in the chart's feed, where one look serves all (chartFeed.ts).
 *
 * @param resumed the tag of the sight under which the client read up to `after`
 * @throws NOT_FOUND if the chart is absent or not visible, UNAUTHENTICATED if the sign-in has ended, Crowded.
 */
export async function chartStream(
  services: Services,
  claims: Claims,
  chartId: string,
  after: string | null | undefined,
  subscription: Subscription = {},
  resumed?: string | null,
): Promise<AsyncIterableIterator<Item>> {
  const { accessed = newAccessed(), outlet } = subscription
  const subscribe = async (session: Session) => {
    const seen = await seenCharts(session).load(chartId)
    if (!seen) throw notFound()
    const { row } = seen
    const { viewer } = session
    return {
      memberId: viewer.memberId,
      audits: hasRole(viewer, 'AUDITOR'),
      state: {
        position: 0,
        previous: null,
        sight: undefined,
        chart: namedInRecords(row),
        gate: gateOf(row),
        epoch: epochOf(session, row),
        until: undefined,
      } satisfies State as State,
    }
  }
  const { memberId, audits, state } = await visitChart(services, chartId, {
    claims,
    accessed,
    standing: 'ENTERING',
    isOver: () => subscription.isOver ?? false,
    work: subscribe,
  })
  let over = false
  const records = streamRecords(services, claims, accessed, memberId)
  // What a third party is given is a disclosure of its own each time, and recorded as one.
  const shared = outlet && claims.clientId === undefined ? sharedFrames(outlet, state) : undefined
  const clock = services.get(CLOCK)
  const followed = follow<Item>({
    hub: services.get(HUB),
    following: {
      orgId: claims.orgId,
      streamId: chartId,
      get sessionId() {
        return claims.sessionId
      },
      memberId,
      position: () => state.position,
      epoch: () => state.epoch,
    },
    deadline: () => state.until && state.until.getTime() - clock.now().getTime(),
    async look(wokenAt) {
      shared?.rewind()
      const before = { ...state }
      const resumes = Boolean(after) && !state.sight
      // The instant at which an assignment ends: it is given back now and not when the upkeep comes by.
      if (state.until && state.until <= clock.now()) await releaseExpired(services)
      const { leaving, ...looked } = await look(services, claims, chartId, { after, resumed }, state, () => over)
      // The read has ended: whoever waits for the record holds no connection that the record needs.
      if (leaving) await records.leaving(leaving)
      countLook(services, { items: looked.items, resumes, wokenAt })
      return shared && (await shared.send(looked, before, () => over)) ? { ...looked, items: [] } : looked
    },
    rest: shared && restIn(services, { claims, chartId, memberId, audits, state, records, outlet: shared.outlet }),
  })
  return endingWith(followed, () => {
    over = true
    records.ended()
  })
}
