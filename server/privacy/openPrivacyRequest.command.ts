import type { OpenPrivacyRequestInput } from '../../schema/privacyRequests.js'
import { organisationCommand } from '../accounts/index.js'
import { noteSeen } from '../auth/accessed.js'
import { allows } from '../auth/rules.js'
import type { Request } from '../auth/request.js'
import { limitPast, limitText, localDate, requireText } from '../charts/index.js'
import { destroyedPlacesOf, placeOf } from '../consents/index.js'
import { notFound } from '../kernel/errors.js'
import { newId } from '../kernel/ids.js'
import { dueOn, openProblems } from './privacyRequest.decider.js'
import { requestRules } from './privacyRequest.policy.js'
import { appendStep, insertRequest, timeZoneOf } from './privacyRequest.store.js'
import type { RequestOutcome } from './requestCommand.js'

/**
 * Record what a person asks, under one exact identifier of theirs. It opens nothing yet: somebody has to take it in hand.
 * Where the record was destroyed, what left of it can still be accounted for, and nothing else is left to ask for.
 * @throws NOT_FOUND where the person is unknown or not the viewer's: the two are the same answer
 */
export function openPrivacyRequest(request: Request, input: OpenPrivacyRequestInput): Promise<RequestOutcome> {
  if (input.destroyed) limitText('details', input.details, 4_000)
  else requireText('details', input.details, 4_000)
  limitPast('receivedOn', input.receivedOn)
  return organisationCommand<RequestOutcome>(request, 'openPrivacyRequest', input, async (session) => {
    const place = input.destroyed
      ? (await destroyedPlacesOf(session, input.patient))[0]
      : await placeOf(session, input.patient)
    const rules = requestRules(session.viewer)
    if (!place || !allows(rules, 'record', 'PrivacyRequest', { facilityId: place.facilityId })) throw notFound()
    noteSeen(session, place)
    return async () => {
      const { kind, requester, receivedOn, paidInFull } = input
      const today = localDate(session.now, await timeZoneOf(session, place.facilityId))
      const problems = openProblems(input, today)
      if (problems.length > 0) return { kind: 'CommandInvalid', problems }
      const id = newId(session.now.getTime())
      const due = dueOn(kind, receivedOn)
      await insertRequest(session, { id, ...place, kind, requester, receivedOn, dueOn: due, paidInFull })
      await appendStep(session, {
        requestId: id,
        patientId: place.patientId,
        version: 1,
        type: 'RECEIVED',
        assigneeId: null,
        decision: null,
        denialReason: null,
        note: input.destroyed ? null : input.details.trim(),
      })
      return { kind: 'PrivacyRequestSaved', requestId: id }
    }
  })
}
