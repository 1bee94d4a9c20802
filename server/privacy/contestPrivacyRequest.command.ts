import type { ContestPrivacyRequestInput } from '../../schema/privacyRequests.js'
import type { Request } from '../auth/request.js'
import { requireText } from '../charts/index.js'
import { contest } from './privacyRequest.decider.js'
import { onRequest, type RequestOutcome, stepOf } from './requestCommand.js'

/** Record that the person disagrees: kept with a denied amendment, and a review by somebody else of denied access. */
export function contestPrivacyRequest(request: Request, input: ContestPrivacyRequestInput): Promise<RequestOutcome> {
  requireText('statement', input.statement, 4_000)
  return onRequest(request, 'contestPrivacyRequest', 'contest', input, (_, asked) =>
    stepOf(contest(asked), { type: 'CONTESTED', note: input.statement.trim() }),
  )
}
