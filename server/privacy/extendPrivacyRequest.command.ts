import type { ExtendPrivacyRequestInput } from '../../schema/privacyRequests.js'
import type { Request } from '../auth/request.js'
import { localDate, requireText } from '../charts/index.js'
import { extend } from './privacyRequest.decider.js'
import { onRequest, type RequestOutcome, stepOf } from './requestCommand.js'

/** Take thirty days more, once, with the reasons in writing and before the term ends (164.524(b)(2)(ii) and its like). */
export function extendPrivacyRequest(request: Request, input: ExtendPrivacyRequestInput): Promise<RequestOutcome> {
  requireText('reason', input.reason, 4_000)
  return onRequest(request, 'extendPrivacyRequest', 'extend', input, (session, asked) =>
    stepOf(extend(asked, localDate(session.now, asked.timeZone)), { type: 'EXTENDED', note: input.reason.trim() }),
  )
}
