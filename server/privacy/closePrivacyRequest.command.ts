import type { ClosePrivacyRequestInput } from '../../schema/privacyRequests.js'
import type { Request } from '../auth/request.js'
import { close } from './privacyRequest.decider.js'
import { onRequest, type RequestOutcome, stepOf } from './requestCommand.js'

/** End it, and with it, at once and in every open stream, what it let be seen. */
export const closePrivacyRequest = (request: Request, input: ClosePrivacyRequestInput): Promise<RequestOutcome> =>
  onRequest(request, 'closePrivacyRequest', 'close', input, (session, asked) =>
    stepOf(close(asked, input.reason, session.now), { type: 'CLOSED', note: null }),
  )
