import type { PrivacyRequest } from '../../schema/privacyRequests.js'
import { directoryOf } from '../accounts/index.js'
import { noteSeen } from '../auth/accessed.js'
import type { Request } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { localDate } from '../charts/index.js'
import { badInput, notFound } from '../kernel/errors.js'
import type { RequestView } from './privacyRequest.model.js'
import { mayWithRequest, requestRules } from './privacyRequest.policy.js'
import { presentRequest } from './privacyRequest.presenter.js'
import { listRequests, requestsByIds } from './privacyRequest.store.js'
import type { RequestOutcome } from './requestCommand.js'

/** Requests at the viewer's facilities, newest first; none, for whoever is no privacy officer. */
export async function privacyRequests(request: Request, first: number, openOnly: boolean): Promise<PrivacyRequest[]> {
  if (!Number.isInteger(first) || first < 1 || first > 100) throw badInput('first', 'must be from 1 to 100.')
  const session = await request.reading()
  const ids = await listRequests(session, requestRules(session.viewer), { first, openOnly })
  return presentAll(session, ids.length > 0 ? await requestsByIds(session, ids) : [])
}

export async function presentRequestOutcome(outcome: RequestOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return { __typename: outcome.kind, problems: outcome.problems }
  const session = await request.reading()
  const rules = requestRules(session.viewer)
  const views = await requestsByIds(session, [outcome.requestId])
  const [shown] = await presentAll(
    session,
    views.filter((view) => mayWithRequest(rules, 'read', view)),
  )
  if (!shown) throw notFound()
  const seen = outcome.kind === 'PrivacyRequestChanged' ? { seenVersion: outcome.seenVersion } : {}
  return { __typename: outcome.kind, request: shown, ...seen }
}

async function presentAll(session: Session, views: readonly RequestView[]): Promise<PrivacyRequest[]> {
  const rules = requestRules(session.viewer)
  const directory = await directoryOf(session)
  return views.map((view) => {
    noteSeen(session, view)
    return presentRequest(view, session.viewer, rules, directory, localDate(session.now, view.timeZone))
  })
}
