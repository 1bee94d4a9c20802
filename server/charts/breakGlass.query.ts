import type { BreakGlass } from '../../schema/breakGlass.js'
import { directoryOf } from '../accounts/index.js'
import { noteSeen } from '../auth/accessed.js'
import type { Request } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { badInput, notFound } from '../kernel/errors.js'
import type { BreakGlassOutcome } from './breakGlass.command.js'
import type { GlassView } from './breakGlass.model.js'
import { breakGlassRules, mayWithGlass } from './breakGlass.policy.js'
import { presentBreakGlass } from './breakGlass.presenter.js'
import { glassByIds, listGlass } from './breakGlass.store.js'
import { presentChartById } from './chartOutcome.query.js'
import type { ReviewOutcome } from './reviewBreakGlass.command.js'

/** Broken glasses of the viewer's facilities, newest first; none, for whoever has nothing to do with their review. */
export async function breakGlassReviews(request: Request, first: number, openOnly: boolean): Promise<BreakGlass[]> {
  if (!Number.isInteger(first) || first < 1 || first > 100) throw badInput('first', 'must be from 1 to 100.')
  const session = await request.reading()
  const views = await glassSeenBy(session, first, openOnly)
  return presentAll(session, views)
}

/** What the rules of now show of them. */
export async function glassSeenBy(session: Session, first: number, openOnly: boolean): Promise<GlassView[]> {
  const ids = await listGlass(session, breakGlassRules(session.viewer), { first, openOnly })
  return ids.length > 0 ? glassByIds(session, ids) : []
}

export async function presentAll(session: Session, views: readonly GlassView[]): Promise<BreakGlass[]> {
  const rules = breakGlassRules(session.viewer)
  const directory = await directoryOf(session)
  return views.map((view) => {
    noteSeen(session, view)
    return presentBreakGlass(view, session.viewer, rules, directory)
  })
}

export async function presentBreakGlassOutcome(outcome: BreakGlassOutcome, request: Request): Promise<object> {
  const chart = await presentChartById(request, outcome.chartId)
  if (outcome.kind === 'AlreadyDone') return { __typename: outcome.kind, chart }
  return { __typename: outcome.kind, chart, breakGlass: await oneGlass(request, outcome.breakGlassId) }
}

export async function presentReviewOutcome(outcome: ReviewOutcome, request: Request): Promise<object> {
  return { __typename: outcome.kind, breakGlass: await oneGlass(request, outcome.breakGlassId) }
}

async function oneGlass(request: Request, id: string): Promise<BreakGlass> {
  const session = await request.reading()
  const rules = breakGlassRules(session.viewer)
  const views = await glassByIds(session, [id])
  const [shown] = await presentAll(
    session,
    views.filter((view) => mayWithGlass(rules, 'read', view)),
  )
  if (!shown) throw notFound()
  return shown
}
