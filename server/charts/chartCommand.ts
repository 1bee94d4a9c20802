import type { ChartAction } from '../../schema/values.js'
import { noteRefused, noteSeen } from '../auth/accessed.js'
import type { Request } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import type { Sight } from '../auth/sight.js'
import { badInput, notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import type { Services } from '../kernel/services.js'
import { appendEvents, type LogPlace, type NewEvent } from '../live/log.js'
import { type InboxNote, tellMembers } from '../live/inbox.store.js'
import { type CommandIdentity, earlierOutcome, keepOutcome, type Outcome } from '../live/outcomes.js'
import { WAKER } from '../live/wake.js'
import { VAULT } from '../vault/service.js'
import type { Sealer } from '../vault/vault.js'
import type { ChartRow } from './chart.model.js'
import { lockChart } from './chart.store.js'
import { authorize, isVisible, sightOn } from './chartAccess.js'
import type { EventPayload } from './views.model.js'

/** One command on one chart, inside its transaction. */
export interface ChartCommand {
  readonly session: Session
  /** As it stood when it was locked. */
  readonly chart: ChartRow
  readonly sight: Sight
  readonly sealer: Sealer
  /** Events are written together, before the commit, in the order they were given. */
  append(event: NewEvent<EventPayload>, stream?: string): void
  /** @throws FORBIDDEN with the rule's reason. */
  authorize(action: ChartAction): void
  /** With the commit it is in somebody's inbox; what one did oneself is told to nobody. */
  tell(note: InboxNote): void
  /** After the commit everyone's access in the organisation is decided again. */
  accessChanged(): void
}

export interface CommandSpec {
  readonly name: string
  readonly input: { readonly commandId: string }
  /** The chart's id, or how to find it from what the command names (a line, a document). */
  readonly chartId: string | ((session: Session) => Promise<string | undefined>)
  /** Checked after the chart is found to be visible; a command that needs finer rules leaves it out. */
  readonly action?: ChartAction
  /** For what of the viewer's own hangs on a chart that they may see no more: in place of the chart's own visibility. */
  readonly seenBy?: (session: Session, chart: ChartRow) => Promise<boolean>
}

/**
 * Run one command: one transaction, the chart locked first, authorised, decided, saved, its events appended; after the
 * commit the followers are woken. The same commandId with the same input returns the first outcome and does nothing.
 *
 * @throws NOT_FOUND for a chart that is absent or not visible, FORBIDDEN with the rule's reason, COMMAND_REUSED.
 */
export async function onChart<O extends Outcome>(
  request: Request,
  spec: CommandSpec,
  work: (command: ChartCommand) => Promise<O>,
): Promise<O> {
  if (!isUuid(spec.input.commandId)) throw badInput('commandId', 'must be a UUID made by the client.')
  const after: (() => void)[] = []
  const outcome = await request.writing(async (session) => {
    const { commandId, ...input } = spec.input
    const identity: CommandIdentity = {
      orgId: session.viewer.orgId,
      actorId: session.viewer.memberId,
      commandId,
      name: spec.name,
      input,
    }
    const chartId = typeof spec.chartId === 'string' ? spec.chartId : await spec.chartId(session)
    if (!chartId || !isUuid(chartId)) throw notFound()
    const chart = await lockChart(session, chartId)
    if (!chart || !(spec.seenBy ? await spec.seenBy(session, chart) : isVisible(session, chart))) {
      noteRefused(session, chart)
      throw notFound()
    }
    noteSeen(session, chart)
    const earlier = await earlierOutcome<O>(session.tx, identity)
    if (earlier) return earlier

    const sight = sightOn(session, chart)
    if (spec.action) authorize(sight, spec.action, chart)
    const events: { stream: string; event: NewEvent<EventPayload> }[] = []
    const notes: InboxNote[] = []
    const sealer = sealerOf(session, chart)
    const result = await work({
      session,
      chart,
      sight,
      sealer,
      append: (event, stream = chart.id) => void events.push({ stream, event }),
      authorize: (action) => authorize(sight, action, chart),
      tell: (note) => void notes.push(note),
      accessChanged: () => after.push(() => request.services.get(WAKER).access(chart.orgId)),
    })
    await writeEvents(session, chart, sealer, session.viewer.memberId, events)
    const { orgId, memberId: actorId } = session.viewer
    const told = await tellMembers(session.tx, { orgId, chartId: chart.id, actorId, at: session.now }, notes)
    for (const memberId of told) after.push(() => request.services.get(WAKER).stream(orgId, memberId))
    await keepOutcome(session.tx, identity, result, session.now)
    for (const stream of new Set(events.map((e) => e.stream)))
      after.push(() => request.services.get(WAKER).stream(chart.orgId, stream))
    return result
  })
  for (const then of after) then()
  return outcome
}

async function writeEvents(
  session: Session,
  chart: ChartRow,
  sealer: Sealer,
  actorId: string | null,
  events: readonly { stream: string; event: NewEvent<EventPayload> }[],
): Promise<void> {
  for (const stream of new Set(events.map((e) => e.stream))) {
    const place: LogPlace = { orgId: chart.orgId, streamId: stream, chartId: chart.id, patientId: chart.patientId }
    const own = events.filter((e) => e.stream === stream).map((e) => e.event)
    await appendEvents(session.tx, place, sealer, actorId, session.now, own)
  }
}

/** Opens and seals the values of the chart's patient. */
export const sealerOf = ({ services }: Session, chart: SealedChart): Sealer => sealerIn(services, chart)

/** The same for whoever reads for several people at once. */
export const sealerIn = (services: Services, { orgId, patientId, kekId, wrapped }: SealedChart): Sealer =>
  services.get(VAULT).sealer(orgId, patientId, { kekId, wrapped })

type SealedChart = Pick<ChartRow, 'orgId' | 'patientId' | 'kekId' | 'wrapped'>
