import type { PrivacyRequest } from '../../schema/privacyRequests.js'
import type { Directory } from '../accounts/index.js'
import { maskedFields, seenUnder } from '../auth/masking.js'
import type { Ability } from '../auth/rules.js'
import type { Viewer } from '../auth/viewer.js'
import { isOverdue } from './privacyRequest.decider.js'
import type { RequestView } from './privacyRequest.model.js'
import { requestActions, requestSight } from './privacyRequest.policy.js'

/** A request leaves only through here. @param today by the facility's calendar */
export function presentRequest(
  view: RequestView,
  viewer: Viewer,
  rules: Ability,
  directory: Directory,
  today: string,
): PrivacyRequest {
  const sight = requestSight(viewer, rules, view)
  return seenUnder(sight, {
    __typename: 'PrivacyRequest',
    id: view.id,
    version: view.version,
    patientId: view.patientId,
    facility: directory.facility(view.facilityId),
    kind: view.kind,
    state: view.state,
    requester: view.requester,
    receivedOn: view.receivedOn,
    dueOn: view.dueOn,
    overdue: isOverdue(view, today),
    extended: view.extended,
    paidInFull: view.paidInFull,
    recordedBy: directory.member(view.recordedBy),
    recordedAt: view.recordedAt,
    assignee: directory.member(view.assigneeId),
    decision: view.decision,
    denialReason: view.denialReason,
    decidedAt: view.decidedAt,
    closeReason: view.closeReason,
    closedAt: view.closedAt,
    history: view.history.map((step) =>
      seenUnder(sight, {
        version: step.version,
        type: step.type,
        actor: directory.member(step.actorId),
        at: step.at,
        assignee: directory.member(step.assigneeId),
        decision: step.decision,
        denialReason: step.denialReason,
        get note() {
          return step.note
        },
      }),
    ),
    results: view.results.map(({ id, type, subjectId, actorId, at, sha256, content }) =>
      seenUnder(sight, {
        __typename: 'PrivacyRequestResult',
        id,
        type,
        subjectId,
        by: directory.member(actorId),
        at,
        sha256,
        get content() {
          return content()
        },
      }),
    ),
    can: requestActions(rules, view),
    masked: ['PrivacyRequest', 'PrivacyRequestEvent', 'PrivacyRequestResult'].flatMap((it) => maskedFields(it, sight)),
  }) as unknown as PrivacyRequest
}
