import type { Problem } from '../../schema/access.js'
import type { ApprovalEffect } from '../approvals/index.js'
import { isWithin, parseScopes, scopeText } from '../auth/scope.js'
import {
  approveAgreement,
  approveClient,
  type ChangedTerms,
  changeTerms,
  lockAgreement,
  lockClient,
  revokeTokensOf,
} from './client.store.js'
import { termsIn } from './clientTerms.js'
import { takesAway } from './narrowing.js'

/**
 * What a second person approves comes into force (design, section 3): an agreement, a program, and a change of a program that
 * gives it anything it had not.
 */
export const agreementApproved: ApprovalEffect = async ({ tx, viewer, now }, { orgId, subjectId }) => {
  const agreement = await lockAgreement(tx, orgId, subjectId)
  if (!agreement || agreement.endedAt) return ENDED
  await approveAgreement(tx, orgId, subjectId, viewer.memberId, now)
  return undefined
}

export const clientApproved: ApprovalEffect = async ({ tx, viewer, now }, { orgId, subjectId }) => {
  const client = await lockClient(tx, orgId, subjectId)
  const agreement = client && (await lockAgreement(tx, orgId, client.agreementId))
  if (!client || !agreement || agreement.endedAt) return ENDED
  await approveClient(tx, orgId, subjectId, viewer.memberId, now)
  return undefined
}

/** As it is kept in the request: the terms, and what was registered when they were asked for. */
export interface ClientChange {
  readonly seenEpoch: number
  readonly terms: ChangedTerms
}

export const clientChangeApproved: ApprovalEffect = async ({ tx, now }, { orgId, subjectId, change }) => {
  const { seenEpoch, terms } = change as unknown as ClientChange
  const client = await lockClient(tx, orgId, subjectId)
  const agreement = client && (await lockAgreement(tx, orgId, client.agreementId))
  if (!client || !agreement || agreement.endedAt) return ENDED
  if (client.accessEpoch !== seenEpoch) return CHANGED
  const agreed = parseScopes(agreement.scopes.join(' ')) ?? []
  const scopes = parseScopes(terms.scopes.join(' '))
  if (!scopes || !isWithin(scopes, agreed)) return CHANGED
  await changeTerms(tx, orgId, subjectId, { ...terms, scopes: scopes.map(scopeText) })
  if (takesAway(termsIn(client), { ...terms, scopes })) await revokeTokensOf(tx, orgId, subjectId, now)
  return undefined
}

const ENDED: Problem = { code: 'AGREEMENT_ENDED', message: 'The agreement has ended. Decline it.' }
const CHANGED: Problem = {
  code: 'CLIENT_CHANGED',
  message: 'What is registered of this client has changed since. Decline it; it can be asked for again.',
}
