import type { ApprovalFieldsFragment } from '../../live/index.js'

export type Approval = ApprovalFieldsFragment

/** Where a request stands. */
export function StateTag({ approval: { state } }: { approval: Approval }) {
  if (state === 'PENDING') return <span className="tag warn">Waits</span>
  return state === 'APPROVED' ? <span className="tag ok">Approved</span> : <span className="tag bad">Declined</span>
}
