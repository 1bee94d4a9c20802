import type { AnswerDisputeInput, DecideDisputeInput } from '../../schema/quality.js'
import type { DisputeAnswer, DisputeVerdict, FindingStepType } from '../../schema/values.js'
import type { Request } from '../auth/request.js'
import { requireText } from '../charts/index.js'
import { type FindingCommandOutcome, onFinding } from './findingCommand.js'

/** What the auditor says to a dispute: agree, stand by the finding, or leave it to a third person. */
export function answerDispute(request: Request, input: AnswerDisputeInput): Promise<FindingCommandOutcome> {
  requireText('comment', input.comment, 2_000)
  return onFinding(request, 'answerDispute', input, 'ANSWER', { type: ANSWERS[input.answer], comment: input.comment })
}

/** The last word, by a person who is neither coder nor auditor of the chart. */
export function decideDispute(request: Request, input: DecideDisputeInput): Promise<FindingCommandOutcome> {
  requireText('comment', input.comment, 2_000)
  return onFinding(request, 'decideDispute', input, 'DECIDE', { type: VERDICTS[input.verdict], comment: input.comment })
}

const ANSWERS: Readonly<Record<DisputeAnswer, FindingStepType>> = {
  AGREE: 'OVERTURNED',
  UPHOLD: 'UPHELD',
  ESCALATE: 'ESCALATED',
}
const VERDICTS: Readonly<Record<DisputeVerdict, FindingStepType>> = { OVERTURN: 'OVERTURNED', CONFIRM: 'CONFIRMED' }
