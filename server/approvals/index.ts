export type { ApprovalRow, NewApproval } from './approval.model.js'
export { askApproval, isApproved } from './approval.store.js'
export { APPROVAL_EFFECTS, type ApprovalEffect } from './approvalEffects.js'
