import type { FocusInput } from '../../schema/inputs.js'
import type { Presence } from '../../schema/stream.js'
import { directoryOf } from '../accounts/index.js'
import type { Accessed } from '../auth/accessed.js'
import { seenUnder } from '../auth/masking.js'
import { type Claims, type Request, readOnce } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { isBlind } from '../auth/sight.js'
import { seeChart, seenCharts } from '../charts/index.js'
import { badInput, ChartroomError, notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import type { Services } from '../kernel/services.js'
import { admitted } from '../live/admissions.js'
import { endingWith } from '../live/endingWith.js'
import { follow, type Look } from '../live/follow.js'
import { accessEnded, LIVE_METRICS } from '../live/metrics.js'
import { PRESENCE, presenceKey } from '../live/presence.js'
import { blindMembersOn } from '../passes/index.js'
import { epochOf } from './chartLook.js'

/** Say where the viewer is. @throws NOT_FOUND for a chart that is absent or not visible, BAD_INPUT. */
export async function focusOn(request: Request, input: FocusInput): Promise<void> {
  if (!isUuid(input.presenceId)) throw badInput('presenceId', 'must be a UUID made by the client.')
  const session = await request.reading()
  const { viewer } = session
  await seeChart(session, input.chartId)
  const board = request.services.get(PRESENCE)
  // A presence belongs to whoever made it: nobody moves or removes somebody else's.
  const owner = board.on(viewer.orgId, input.chartId).find((p) => p.presenceId === input.presenceId)
  if (owner && owner.memberId !== viewer.memberId) throw notFound()
  if (input.leaving) return board.leave(viewer.orgId, input.chartId, input.presenceId, viewer.memberId)
  const focus = {
    presenceId: input.presenceId,
    orgId: viewer.orgId,
    chartId: input.chartId,
    memberId: viewer.memberId,
    suggestionId: isUuid(input.suggestionId) ? input.suggestionId : null,
    versionId: isUuid(input.versionId) ? input.versionId : null,
    start: input.start ?? null,
    end: input.end ?? null,
    editing: input.editing,
  }
  board.here(focus, viewer.sessionId)
}

/**
 * Who is here, whenever it changes, as the viewer's sight of that moment shows it. No patient's data, and not recorded.
 * @param accessed of the operation that subscribes: a refusal is recorded
 * @param presenceId what the client says of itself in `focus`: it is released when the subscription ends
 */
export async function presenceStream(
  services: Services,
  claims: Claims,
  chartId: string,
  accessed?: Accessed,
  presenceId: string | null = null,
): Promise<AsyncIterableIterator<Presence>> {
  if (presenceId !== null && !isUuid(presenceId)) throw badInput('presenceId', 'must be a UUID made by the client.')
  const subscribe = async (session: Session) => {
    const { row } = await seeChart(session, chartId)
    return { memberId: session.viewer.memberId, epoch: epochOf(session, row) }
  }
  const enter = () => readOnce(services, claims, subscribe, accessed)
  const { memberId, epoch } = await admitted(services, claims, 'ENTERING', enter)
  const state: State = { epoch, shown: undefined }
  const board = services.get(PRESENCE)
  const followed = follow<Presence>({
    hub: board.hub,
    following: {
      orgId: claims.orgId,
      streamId: presenceKey(claims.orgId, chartId),
      get sessionId() {
        return claims.sessionId
      },
      memberId,
      // It follows no log, so that no event ever leaves it behind; only access wakes it, and those who come and go.
      position: () => Number.POSITIVE_INFINITY,
      epoch: () => state.epoch,
    },
    async look(wokenAt) {
      const work = () => look(services, claims, chartId, state)
      const looked = await (state.shown === undefined ? admitted(services, claims, 'ENTERED', work) : work())
      // It has no last item: access is all that ends it.
      if (looked.done) accessEnded(services.get(LIVE_METRICS), wokenAt)
      return looked
    },
  })
  const { orgId, sessionId } = claims
  return endingWith(followed, board.watching({ orgId, chartId, memberId, sessionId, presenceId }))
}

const NOBODY: ReadonlySet<string> = new Set()

interface State {
  epoch: string
  /** What was delivered last, under which sight: a wake that changed neither delivers nothing. */
  shown: string | undefined
}

async function look(services: Services, claims: Claims, chartId: string, state: State): Promise<Look<Presence>> {
  try {
    return await readOnce(services, claims, async (session) => {
      const seen = await seenCharts(session).load(chartId)
      if (!seen) return { items: [], done: true }
      state.epoch = epochOf(session, seen.row)
      const directory = await directoryOf(session)
      const all = services.get(PRESENCE).on(claims.orgId, chartId)
      const isOwn = ({ memberId }: { memberId: string }): boolean => memberId === session.viewer.memberId
      const others = all.some((it) => !isOwn(it))
      // Blind work is seen by nobody, and sees nobody: decided by who has a pass open now, not by when they last said where
      // they are. The pass that opens moves the chart's epoch, and so has this looked at again at once.
      const blind = others && !isBlind(seen.sight) ? await blindMembersOn(session, chartId) : NOBODY
      const focuses = all.filter((it) => isOwn(it) || !(isBlind(seen.sight) || blind.has(it.memberId)))
      const shown = JSON.stringify([seen.sight.key, focuses])
      if (shown === state.shown) return { items: [], done: false }
      state.shown = shown
      const present = focuses.map((focus) =>
        seenUnder(seen.sight, {
          presenceId: focus.presenceId,
          member: directory.member(focus.memberId)!,
          suggestionId: focus.suggestionId,
          versionId: focus.versionId,
          start: focus.start,
          end: focus.end,
          editing: focus.editing,
        }),
      )
      return { items: [seenUnder(seen.sight, { present })], done: false }
    })
  } catch (error) {
    if (error instanceof ChartroomError && error.code === 'UNAUTHENTICATED') return { items: [], done: true }
    throw error
  }
}
