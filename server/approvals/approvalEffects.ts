import type { Problem } from '../../schema/access.js'
import type { ApprovalKind } from '../../schema/values.js'
import type { Session } from '../auth/session.js'
import { type ServiceKey, serviceKey } from '../kernel/services.js'
import type { ApprovalRow } from './approval.model.js'

/**
 * Puts an approved change into force, in the transaction that approves it; a problem where it cannot be any more.
 * @param afterCommit what other processes are told once it is in force
 */
export type ApprovalEffect = (
  session: Session,
  approval: ApprovalRow,
  afterCommit: (tell: () => void) => void,
) => Promise<Problem | undefined>

/** What an approval of each kind does. A kind without one is asked for by its domain with `isApproved`. */
export const APPROVAL_EFFECTS: ServiceKey<Readonly<Partial<Record<ApprovalKind, ApprovalEffect>>>> =
  serviceKey('approval effects')
