import type { PrivacyRequestInput } from '../../schema/privacyRequests.js'
import type { PrivacyRequestAction } from '../../schema/values.js'
import { organisationCommand } from '../accounts/index.js'
import { noteRefused, noteSeen } from '../auth/accessed.js'
import type { Request } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { bumpPatientEpoch } from '../consents/index.js'
import { notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { isProblem, type RequestProblem } from './privacyRequest.decider.js'
import type { RequestChange, RequestView } from './privacyRequest.model.js'
import { authorizeRequest, mayWithRequest, requestRules } from './privacyRequest.policy.js'
import { appendStep, lockRequest, type NewStep, saveRequest } from './privacyRequest.store.js'

export type RequestOutcome =
  | { readonly kind: 'PrivacyRequestSaved'; readonly requestId: string }
  | { readonly kind: 'PrivacyRequestChanged'; readonly requestId: string; readonly seenVersion: number }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly RequestProblem[] }

export interface Step {
  readonly change: RequestChange
  readonly event: Pick<NewStep, 'type' | 'note'> & Partial<Pick<NewStep, 'assigneeId' | 'decision' | 'denialReason'>>
}

export const invalid = (problem: RequestProblem): RequestOutcome => ({ kind: 'CommandInvalid', problems: [problem] })

/**
 * One step in the life of a request: one transaction, the request locked first. With it every open stream of the person's
 * charts decides anew who sees them.
 *
 * @throws NOT_FOUND for a request that is absent or not the viewer's, FORBIDDEN with the rule's reason, COMMAND_REUSED
 */
export function onRequest(
  request: Request,
  name: string,
  action: PrivacyRequestAction,
  input: PrivacyRequestInput,
  step: (session: Session, asked: RequestView) => Promise<Step | RequestProblem> | Step | RequestProblem,
): Promise<RequestOutcome> {
  const { requestId, seenVersion } = input
  return organisationCommand<RequestOutcome>(request, name, input, async (session) => {
    const rules = requestRules(session.viewer)
    const asked = isUuid(requestId) ? await lockRequest(session, requestId) : undefined
    if (!asked || !mayWithRequest(rules, 'read', asked)) {
      noteRefused(session, asked)
      throw notFound()
    }
    noteSeen(session, asked)
    return async () => {
      if (asked.version !== seenVersion) return { kind: 'PrivacyRequestChanged', requestId, seenVersion }
      authorizeRequest(rules, action, asked)
      const done = await step(session, asked)
      if ('code' in done) return invalid(done)
      await saveRequest(session, asked, done.change)
      await appendStep(session, {
        requestId,
        patientId: asked.patientId,
        version: asked.version + 1,
        assigneeId: null,
        decision: null,
        denialReason: null,
        ...done.event,
      })
      await bumpPatientEpoch(session, asked.patientId)
      return { kind: 'PrivacyRequestSaved', requestId }
    }
  })
}

/** A change that the decider allowed, with the event that tells of it; or its refusal. */
export const stepOf = (decided: RequestChange | RequestProblem, event: Step['event']): Step | RequestProblem =>
  isProblem(decided) ? decided : { change: decided, event }
