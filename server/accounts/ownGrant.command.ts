import type { RequestOwnGrantInput } from '../../schema/approvals.js'
import type { Problem } from '../../schema/access.js'
import { type ApprovalEffect, askApproval } from '../approvals/index.js'
import type { Request } from '../auth/request.js'
import { allows } from '../auth/rules.js'
import type { Session } from '../auth/session.js'
import { ROLES, type Role } from '../auth/viewer.js'
import { badInput, forbidden } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { lockMembership, membershipsIn, saveMembership, unknownPlaces } from './member.store.js'
import { memberRulesOf, organisationCommand } from './memberCommand.js'

export type OwnGrantOutcome =
  | { readonly kind: 'ApprovalSaved'; readonly approvalId: string }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly Problem[] }

/** What is granted, with the version of the membership that it was asked on. */
interface OwnGrant {
  readonly seenVersion: number
  readonly roles: readonly Role[]
  readonly facilityIds: readonly string[]
  readonly teamIds: readonly string[]
}

/** An organisation has at most so many facilities or teams that one member is put in. */
const MOST_PLACES = 1_000

/**
 * An administrator asks for roles, facilities and teams of their own: in force only once a privacy officer approves.
 * @throws FORBIDDEN (ROLE) for whoever is no administrator, BAD_INPUT, COMMAND_REUSED
 */
export function requestOwnGrant(request: Request, input: RequestOwnGrantInput): Promise<OwnGrantOutcome> {
  for (const field of ['facilityIds', 'teamIds'] as const) {
    if (input[field].length > MOST_PLACES) throw badInput(field, `name at most ${MOST_PLACES}.`)
    if (!input[field].every(isUuid)) throw badInput(field, 'holds something that is no id.')
  }
  return organisationCommand<OwnGrantOutcome>(request, 'requestOwnGrant', input, async (session) => {
    const { orgId, memberId, displayName, memberEpoch } = session.viewer
    if (!allows(memberRulesOf(session), 'read', 'Membership', { orgId, memberId })) throw forbidden('ROLE')
    return async () => {
      const roles = ROLES.filter((role) => input.roles.includes(role))
      const grant: OwnGrant = {
        seenVersion: memberEpoch,
        roles,
        facilityIds: [...new Set(input.facilityIds)],
        teamIds: [...new Set(input.teamIds)],
      }
      const problem = await whyNotGranted(session, grant)
      if (problem) return { kind: 'CommandInvalid', problems: [problem] }
      const places = `${grant.facilityIds.length} facilities, ${grant.teamIds.length} teams`
      const approvalId = await askApproval(session, {
        kind: 'OWN_GRANT',
        subjectId: memberId,
        summary: `${displayName} asks to be ${roles.join(', ')} at ${places}.`,
        change: { ...grant },
      })
      return { kind: 'ApprovalSaved', approvalId }
    }
  })
}

/** The approved grant comes into force: not where the membership has changed since, or a place is gone. */
export const grantApproved: ApprovalEffect = async (session, { orgId, subjectId, change }) => {
  const grant = change as unknown as OwnGrant
  const [member] = await membershipsIn(session.tx, orgId, subjectId)
  if ((await lockMembership(session.tx, orgId, subjectId)) !== grant.seenVersion || member?.disabledAt)
    return {
      code: 'MEMBER_CHANGED',
      message: 'What this person may do has changed since. Decline it; it can be asked for again.',
    }
  const problem = await whyNotGranted(session, grant)
  if (!problem) await saveMembership(session.tx, orgId, subjectId, grant)
  return problem
}

async function whyNotGranted(
  session: Session,
  { roles, facilityIds, teamIds }: OwnGrant,
): Promise<Problem | undefined> {
  if (roles.length === 0) return { code: 'NO_ROLE', field: 'roles', message: 'Give at least one role.' }
  const unknown = await unknownPlaces(session.tx, session.viewer.orgId, facilityIds, teamIds)
  if (unknown.facilities > 0)
    return { code: 'UNKNOWN_FACILITY', field: 'facilityIds', message: 'One of the facilities does not exist.' }
  if (unknown.teams > 0) return { code: 'UNKNOWN_TEAM', field: 'teamIds', message: 'One of the teams does not exist.' }
  return undefined
}
