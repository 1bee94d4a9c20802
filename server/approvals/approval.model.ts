import type { Problem } from '../../schema/access.js'
import type { ApprovalKind, ApprovalState, DeclineReason } from '../../schema/values.js'
import type { Session } from '../auth/session.js'
import { type ServiceKey, serviceKey } from '../kernel/services.js'

/** A change that waits for a second person. */
export interface NewApproval {
  readonly kind: ApprovalKind
  readonly subjectId: string
  /** For whoever decides: what changes. No patient's data. At most 500 characters. */
  readonly summary: string
  /** As the domain of its kind reads it again once it is approved. */
  readonly change: Readonly<Record<string, unknown>>
}

export interface ApprovalRow extends NewApproval {
  readonly orgId: string
  readonly id: string
  readonly requestedBy: string
  readonly requestedAt: Date
  readonly state: ApprovalState
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly declineReason: DeclineReason | null
}

/** Puts an approved change into force, in the transaction that approves it; a problem where it cannot be any more. */
export type ApprovalEffect = (session: Session, approval: ApprovalRow) => Promise<Problem | undefined>

/** What an approval of each kind does. A kind without one is asked for by its domain with `isApproved`. */
export const APPROVAL_EFFECTS: ServiceKey<Readonly<Partial<Record<ApprovalKind, ApprovalEffect>>>> =
  serviceKey('approval effects')
