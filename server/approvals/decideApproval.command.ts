import type { Problem } from '../../schema/access.js'
import type { ApproveInput, DeclineInput } from '../../schema/approvals.js'
import type { DeclineReason } from '../../schema/values.js'
import { organisationCommand } from '../accounts/index.js'
import type { Request } from '../auth/request.js'
import { allows } from '../auth/rules.js'
import { forbidden, notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { approvalRules } from './approval.policy.js'
import { lockApproval, saveDecision } from './approval.store.js'
import { APPROVAL_EFFECTS } from './approvalEffects.js'

export type ApprovalCommandOutcome =
  | { readonly kind: 'ApprovalSaved' | 'ApprovalDecided'; readonly approvalId: string }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly Problem[] }

/** Put into force what somebody else asked for. */
export const approve = (request: Request, input: ApproveInput): Promise<ApprovalCommandOutcome> =>
  decide(request, 'approve', input, null)

/** Refuse it, with a reason of the closed list. */
export const decline = (request: Request, input: DeclineInput): Promise<ApprovalCommandOutcome> =>
  decide(request, 'decline', input, input.reason)

/** @throws NOT_FOUND for a request that is absent or not visible, FORBIDDEN (OWN_REQUEST, ROLE), COMMAND_REUSED */
async function decide(
  request: Request,
  name: string,
  input: ApproveInput,
  declined: DeclineReason | null,
): Promise<ApprovalCommandOutcome> {
  let toTell: (() => void)[] = []
  const outcome = await organisationCommand<ApprovalCommandOutcome>(request, name, input, async (session) => {
    toTell = []
    const rules = approvalRules(session.viewer)
    const approval = isUuid(input.approvalId) ? await lockApproval(session, input.approvalId) : undefined
    if (!approval || !allows(rules, 'read', 'Approval', approval)) throw notFound()
    if (approval.requestedBy === session.viewer.memberId) throw forbidden('OWN_REQUEST')
    if (!allows(rules, 'decide', 'Approval', approval)) throw forbidden('ROLE')
    return async () => {
      if (approval.state !== 'PENDING') return { kind: 'ApprovalDecided', approvalId: approval.id }
      const effect = declined ? undefined : session.services.get(APPROVAL_EFFECTS)[approval.kind]
      const problem = await effect?.(session, approval, (tell) => void toTell.push(tell))
      if (problem) return { kind: 'CommandInvalid', problems: [problem] }
      await saveDecision(session, approval.id, declined)
      return { kind: 'ApprovalSaved', approvalId: approval.id }
    }
  })
  for (const tell of toTell) tell()
  return outcome
}
