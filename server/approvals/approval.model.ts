import type { ApprovalKind, ApprovalState, DeclineReason } from '../../schema/values.js'

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
