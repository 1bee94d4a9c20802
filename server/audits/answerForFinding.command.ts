import type { DisputeFindingInput, EscalateFindingInput, FindingCommandInput } from '../../schema/quality.js'
import type { Request } from '../auth/request.js'
import { requireText } from '../charts/index.js'
import { type FindingCommandOutcome, onFinding } from './findingCommand.js'

/** What the person whom a finding judges says to it, until it is due. */

export const acknowledgeFinding = (request: Request, input: FindingCommandInput): Promise<FindingCommandOutcome> =>
  onFinding(request, 'acknowledgeFinding', input, 'ACKNOWLEDGE', { type: 'ACKNOWLEDGED' })

/** The comment is required and has at most 2,000 characters. */
export function disputeFinding(request: Request, input: DisputeFindingInput): Promise<FindingCommandOutcome> {
  const { reason, comment } = input
  requireText('comment', comment, 2_000)
  return onFinding(request, 'disputeFinding', input, 'DISPUTE', { type: 'DISPUTED', reason, comment })
}

/** Ask a third person where the auditor stands by it. */
export function escalateFinding(request: Request, input: EscalateFindingInput): Promise<FindingCommandOutcome> {
  requireText('comment', input.comment, 2_000)
  return onFinding(request, 'escalateFinding', input, 'ESCALATE', { type: 'ESCALATED', comment: input.comment })
}
