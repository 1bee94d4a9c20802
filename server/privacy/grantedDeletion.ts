import type { Session } from '../auth/session.js'
import { sameAs } from '../consents/index.js'
import { isUuid } from '../kernel/ids.js'
import { appendResult, appendStep, lockRequest, saveRequest } from './privacyRequest.store.js'
import type { RequestView } from './privacyRequest.model.js'

/**
 * The granted request of this person that a deletion fulfils, in these hands, locked until the transaction ends; undefined
 * where it is none. Locked before the person: whoever changes a request locks in that order.
 */
export async function grantedDeletion(
  session: Session,
  requestId: string,
  patientId: string,
  assigneeId: string,
): Promise<RequestView | undefined> {
  const asked = isUuid(requestId) ? await lockRequest(session, requestId) : undefined
  const whole =
    asked?.kind === 'DELETION' &&
    asked.state === 'DECIDED' &&
    asked.decision !== 'DENIED' &&
    asked.assigneeId === assigneeId &&
    asked.results.length === 0 &&
    (await sameAs(session, patientId)).includes(asked.patientId)
  return whole ? asked : undefined
}

/** Everything was destroyed: the request is fulfilled, and waits to be closed. */
export async function deletionDone(session: Session, asked: RequestView, tombstoneId: string): Promise<void> {
  const { id: requestId, patientId, version } = asked
  await saveRequest(session, asked, {})
  await appendResult(session, { requestId, patientId, type: 'DELETION', subjectId: tombstoneId, content: null })
  await appendStep(session, {
    requestId,
    patientId,
    version: version + 1,
    type: 'FULFILLED',
    assigneeId: null,
    decision: null,
    denialReason: null,
    note: null,
  })
}
