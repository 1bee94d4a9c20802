import { subjectRefsOf } from '../auth/recordAccess.js'
import { CLOCK, DATABASE } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import type { Tx } from '../db/pool.js'
import type { Services } from '../kernel/services.js'
import { appendEvents, type NewEvent } from '../live/log.js'
import { WAKER } from '../live/wake.js'
import { TRAIL } from '../trail/writer.js'
import type { Sealer } from '../vault/vault.js'
import type { ChartRow } from './chart.model.js'
import { lockChart } from './chart.store.js'
import { sealerOf } from './chartCommand.js'
import type { EventPayload } from './views.model.js'

/** Why the system acts without a person. Whoever needs this adds its reason here, so that the list is whole. */
export type SystemReason =
  /** suggestions/engineRun.job.ts: the engine reads new documents and proposes lines. It decides none. */
  | 'ENGINE_RUN'
  /** charts/releaseExpired.job.ts: an assignment ran out, and the chart goes back to its worklist. */
  | 'ASSIGNMENT_EXPIRED'
  /** charts/escalateBreakGlass.job.ts: nobody reviewed in time that somebody opened this chart. It reads nothing of it. */
  | 'BREAK_GLASS_ESCALATED'

export interface SystemCommand {
  readonly session: Session
  /** As it stood when it was locked. */
  readonly chart: ChartRow
  readonly sealer: Sealer
  append(event: NewEvent<EventPayload>): void
}

/**
 * One transaction on one chart **without a viewer**: no rule is asked, and its events have no actor. The bypass is for
 * the reasons above and nobody else; the session it makes holds no role, no facility and no queue, so that whatever
 * does ask a rule under it is refused.
 *
 * @returns what `work` returned; undefined where the chart is not there any more
 */
export async function onChartAsSystem<T>(
  services: Services,
  orgId: string,
  chartId: string,
  reason: SystemReason,
  work: (command: SystemCommand) => Promise<T>,
): Promise<T | undefined> {
  let appended = false
  let touched: ChartRow | undefined
  const result = await services.get(DATABASE).write(orgId, async (tx) => {
    const now = services.get(CLOCK).now()
    const session = systemSession(services, tx, orgId, now)
    const chart = await lockChart(session, chartId)
    if (!chart) return undefined
    touched = chart
    const events: NewEvent<EventPayload>[] = []
    const sealer = sealerOf(session, chart)
    const done = await work({ session, chart, sealer, append: (event) => void events.push(event) })
    if (events.length > 0) {
      const place = { orgId, streamId: chart.id, chartId: chart.id, patientId: chart.patientId }
      await appendEvents(tx, place, sealer, null, now, events)
      appended = true
    }
    return done
  })
  if (appended) services.get(WAKER).stream(orgId, chartId)
  if (touched) await recordSystem(services, touched, reason)
  return result
}

/** The system reads and writes patients' data too, and says so like everybody else. @throws UNAVAILABLE */
async function recordSystem(services: Services, chart: ChartRow, reason: SystemReason): Promise<void> {
  await services.get(TRAIL).record(chart.orgId, [
    {
      actorId: null,
      facilityIds: [chart.facilityId],
      action: `system ${reason}`,
      purpose: reason === 'BREAK_GLASS_ESCALATED' ? 'OPERATIONS' : 'PAYMENT',
      operationHash: null,
      subjectRefs: subjectRefsOf(services, chart.orgId, [chart.patientId]),
      classes: SYSTEM_CLASSES[reason],
      outcome: 'ALLOWED',
      detail: {},
    },
  ])
}

const SYSTEM_CLASSES: Record<SystemReason, readonly string[]> = {
  ENGINE_RUN: ['CLINICAL'],
  ASSIGNMENT_EXPIRED: [],
  BREAK_GLASS_ESCALATED: [],
}

/** A session of nobody's: it holds no role, no facility and no queue. For jobs, which say in the access records what they did. */
export const systemSession = (services: Services, tx: Tx, orgId: string, now: Date): Session => ({
  viewer: nobody(orgId),
  tx,
  now,
  services,
  memory: new Map(),
})

const NOBODY = '00000000-0000-0000-0000-000000000000'

const nobody = (orgId: string): Session['viewer'] => ({
  orgId,
  memberId: NOBODY,
  userId: '',
  sessionId: '',
  displayName: '',
  roles: [],
  facilityIds: [],
  teamIds: [],
  queueIds: [],
  memberEpoch: 0,
  orgEpoch: 0,
})
