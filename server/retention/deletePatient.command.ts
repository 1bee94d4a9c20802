import type { Problem } from '../../schema/access.js'
import type { RequestPatientDeletionInput } from '../../schema/retention.js'
import type { DeletionReason } from '../../schema/values.js'
import { organisationCommand } from '../accounts/index.js'
import { type ApprovalEffect, askApproval } from '../approvals/index.js'
import { noteSeen } from '../auth/accessed.js'
import type { Request } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { notFound } from '../kernel/errors.js'
import { WAKER } from '../live/wake.js'
import { deletionDone, grantedDeletion } from '../privacy/index.js'
import { type DeletionProblem, deletionProblem } from './deletion.decider.js'
import { patientAt } from './patientAt.js'
import { destroy, lockToDelete } from './retention.store.js'

export type DeletionAsked =
  | { readonly kind: 'ApprovalSaved'; readonly approvalId: string }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly Problem[] }

/**
 * Ask that everything we hold of a person be destroyed. Nothing is, until a second privacy officer approves; what
 * retention or a hold forbids is refused now, and once more then.
 *
 * @throws NOT_FOUND where the identifier names nobody at a facility of the viewer, BAD_INPUT, COMMAND_REUSED
 */
export function requestPatientDeletion(request: Request, input: RequestPatientDeletionInput): Promise<DeletionAsked> {
  return organisationCommand<DeletionAsked>(request, 'requestPatientDeletion', input, async (session) => {
    const patientId = await patientAt(session, input.patient, 'askToDelete')
    return async () => {
      const { requestId = null, reason } = input
      const asked =
        requestId === null || (await grantedDeletion(session, requestId, patientId, session.viewer.memberId))
      if (!asked || (requestId !== null && reason !== 'PATIENT_REQUEST'))
        return { kind: 'CommandInvalid', problems: [NOT_GRANTED] }
      const problem = await problemOf(session, patientId, reason)
      if (problem) return { kind: 'CommandInvalid', problems: [problem] }
      const approvalId = await askApproval(session, {
        kind: 'PATIENT_DELETION',
        subjectId: patientId,
        summary: `${session.viewer.displayName} asks that everything held of one person be destroyed: ${WORDS[reason]}.`,
        change: { reason, requestId },
      })
      return { kind: 'ApprovalSaved', approvalId }
    }
  })
}

/** Judged once more, and done: the keys are gone, every chart of the person with them, and every stream on one ends. */
export const patientDeletionApproved: ApprovalEffect = async (
  session,
  { subjectId, requestedBy, change },
  afterCommit,
) => {
  const { reason, requestId = null } = change as { reason: DeletionReason; requestId?: string | null }
  const asked = requestId === null ? undefined : await grantedDeletion(session, requestId, subjectId, requestedBy)
  if (requestId !== null && !asked) return NOT_GRANTED
  const found = await lockToDelete(session, subjectId)
  if (!found) throw notFound()
  const problem = deletionProblem({ ...found, reason })
  if (problem) return problem
  noteSeen(session, { patientId: subjectId, facilityId: found.facilityId })
  const tombstoneId = await destroy(session, { ...found, patientId: subjectId, reason, requestedBy })
  if (asked) await deletionDone(session, asked, tombstoneId)
  const { orgId } = session.viewer
  const waker = session.services.get(WAKER)
  afterCommit(() => {
    for (const patientId of found.patientIds) waker.keyDestroyed(orgId, patientId)
  })
  return undefined
}

const NOT_GRANTED: Problem = {
  code: 'REQUEST_NOT_GRANTED',
  field: 'requestId',
  message: 'It fulfils a granted request of this person for deletion, in the hands of whoever asks, and no other.',
}

async function problemOf(
  session: Session,
  patientId: string,
  reason: DeletionReason,
): Promise<DeletionProblem | undefined> {
  const found = await lockToDelete(session, patientId)
  if (!found) throw notFound()
  return deletionProblem({ ...found, reason })
}

const WORDS: Readonly<Record<DeletionReason, string>> = {
  RETENTION_ENDED: 'retention has ended',
  PATIENT_REQUEST: 'the person asked for it',
  IMPORTED_IN_ERROR: 'it was never meant for us',
  FACILITY_LEFT: 'the facility has left and has its data back',
}
