import type { Approval } from '../../schema/approvals.js'
import { type Directory, directoryOf } from '../accounts/index.js'
import type { Request } from '../auth/request.js'
import { allows } from '../auth/rules.js'
import type { Session } from '../auth/session.js'
import { badInput, notFound } from '../kernel/errors.js'
import type { ApprovalRow } from './approval.model.js'
import { approvalRules } from './approval.policy.js'
import { approvalById, approvalsFor } from './approval.store.js'
import type { ApprovalCommandOutcome } from './decideApproval.command.js'

/** @param first 1 to 200 */
export async function listApprovals(session: Session, first: number): Promise<Approval[]> {
  if (!Number.isInteger(first) || first < 1 || first > 200) throw badInput('first', 'must be from 1 to 200.')
  const rows = await approvalsFor(session, first)
  const directory = await directoryOf(session)
  return rows.map((row) => present(session, row, directory))
}

export async function presentApprovalOutcome(outcome: ApprovalCommandOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return { __typename: outcome.kind, problems: outcome.problems }
  const session = await request.reading()
  const row = await approvalById(session, outcome.approvalId)
  if (!row || !allows(approvalRules(session.viewer), 'read', 'Approval', row)) throw notFound()
  return { __typename: outcome.kind, approval: present(session, row, await directoryOf(session)) }
}

function present({ viewer }: Session, row: ApprovalRow, directory: Directory): Approval {
  const { id, kind, subjectId, summary, requestedAt, state, decidedAt, declineReason } = row
  return {
    id,
    kind,
    subjectId,
    summary,
    requestedBy: directory.member(row.requestedBy)!,
    requestedAt,
    state,
    decidedBy: directory.member(row.decidedBy),
    decidedAt,
    declineReason,
    mayDecide: state === 'PENDING' && allows(approvalRules(viewer), 'decide', 'Approval', row),
  }
}
