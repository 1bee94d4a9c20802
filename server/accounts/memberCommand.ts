import type { Problem } from '../../schema/access.js'
import type { Request } from '../auth/request.js'
import { allows } from '../auth/rules.js'
import { remembered, type Session } from '../auth/session.js'
import { badInput, forbidden, notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { type CommandIdentity, earlierOutcome, keepOutcome, type Outcome } from '../live/outcomes.js'
import { WAKER } from '../live/wake.js'
import { memberRules } from './member.policy.js'
import { lockMembership } from './member.store.js'

export type MemberOutcome =
  | { readonly kind: 'MemberSaved'; readonly memberId: string }
  | { readonly kind: 'MemberChanged'; readonly memberId: string; readonly seenVersion: number }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly Problem[] }

interface MemberInput {
  readonly commandId: string
  readonly memberId: string
  readonly seenVersion: number
}

export const memberRulesOf = (session: Session) => remembered(session, memberRules, () => memberRules(session.viewer))

/**
 * One command on what a member may do: one transaction, the membership locked first. What changed counts from the commit
 * on: the member's access epoch rises in it, and every open stream of the organisation decides again.
 *
 * @throws NOT_FOUND for whoever is no administrator and for a member that is not there, FORBIDDEN
 *   (SEPARATION_OF_DUTIES) for one's own membership, COMMAND_REUSED
 */
export async function onMember(
  request: Request,
  name: string,
  given: MemberInput,
  work: (session: Session) => Promise<MemberOutcome>,
): Promise<MemberOutcome> {
  const { memberId, seenVersion } = given
  return organisationCommand(request, name, given, async (session) => {
    const { orgId } = session.viewer
    const rules = memberRulesOf(session)
    const seen = isUuid(memberId) && allows(rules, 'read', 'Membership', { orgId, memberId })
    const version = seen ? await lockMembership(session.tx, orgId, memberId) : undefined
    if (version === undefined) throw notFound()
    if (!allows(rules, 'change', 'Membership', { orgId, memberId })) throw forbidden('SEPARATION_OF_DUTIES')
    return async () => (version === seenVersion ? work(session) : { kind: 'MemberChanged', memberId, seenVersion })
  })
}

/**
 * A command that belongs to no chart. Sent again with the same commandId and input it answers the first outcome.
 * @param decide finds what the command is about and whether the caller may; what it returns does it
 */
export async function organisationCommand<O extends Outcome>(
  request: Request,
  name: string,
  given: { readonly commandId: string },
  decide: (session: Session) => Promise<() => Promise<O>>,
): Promise<O> {
  const { commandId, ...input } = given
  if (!isUuid(commandId)) throw badInput('commandId', 'must be a UUID made by the client.')
  const outcome = await request.writing(async (session) => {
    const { orgId, memberId: actorId } = session.viewer
    const identity: CommandIdentity = { orgId, actorId, commandId, name, input }
    const earlier = await earlierOutcome<O>(session.tx, identity)
    if (earlier) return earlier
    const act = await decide(session)
    const result = await act()
    await keepOutcome(session.tx, identity, result, session.now)
    return result
  })
  request.services.get(WAKER).access(request.claims.orgId)
  return outcome
}
