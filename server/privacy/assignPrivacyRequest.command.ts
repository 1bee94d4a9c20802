import type { AssignPrivacyRequestInput } from '../../schema/privacyRequests.js'
import type { Request } from '../auth/request.js'
import { forbidden } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { isOfficerAt } from './privacyRequest.store.js'
import { onRequest, type RequestOutcome } from './requestCommand.js'

/**
 * Put a request into somebody's hands: that person sees the charts of the person who asks, until it is closed or goes to
 * somebody else. Restricted charts are opened only by another person's giving it.
 */
export function assignPrivacyRequest(request: Request, input: AssignPrivacyRequestInput): Promise<RequestOutcome> {
  const { memberId } = input
  return onRequest(request, 'assignPrivacyRequest', 'assign', input, async (session, asked) => {
    if (!isUuid(memberId) || !(await isOfficerAt(session, memberId, asked.facilityId)))
      return {
        code: 'NOT_AN_OFFICER',
        field: 'memberId',
        message: 'Requests are given to privacy officers of the facility.',
      }
    if (memberId === asked.deniedBy) throw forbidden('SEPARATION_OF_DUTIES')
    return {
      change: { state: 'ASSIGNED', assigneeId: memberId, assignedBy: session.viewer.memberId },
      event: { type: 'ASSIGNED', assigneeId: memberId, note: null },
    }
  })
}
