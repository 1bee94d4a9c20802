import type { DecidePrivacyRequestInput } from '../../schema/privacyRequests.js'
import type { Request } from '../auth/request.js'
import { requireText } from '../charts/index.js'
import { decide } from './privacyRequest.decider.js'
import { onRequest, type RequestOutcome, stepOf } from './requestCommand.js'

/** Grant or deny, with what the person is told; a denial on a ground that the rules know for its kind, and its basis. */
export function decidePrivacyRequest(request: Request, input: DecidePrivacyRequestInput): Promise<RequestOutcome> {
  requireText('statement', input.statement, 4_000)
  const { decision, denialReason = null } = input
  return onRequest(request, 'decidePrivacyRequest', 'decide', input, (session, asked) =>
    stepOf(decide(asked, decision, denialReason, session.now), {
      type: 'DECIDED',
      decision,
      denialReason,
      note: input.statement.trim(),
    }),
  )
}
