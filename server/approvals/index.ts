export {
  APPROVAL_EFFECTS,
  type ApprovalEffect,
  type ApprovalRow,
  type NewApproval,
} from './approval.model.js'
export { askApproval, isApproved } from './approval.store.js'
