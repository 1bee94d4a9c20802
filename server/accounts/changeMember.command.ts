import type { ChangeMemberInput, MemberCommandInput } from '../../schema/members.js'
import type { Request } from '../auth/request.js'
import { ROLES, type Role } from '../auth/viewer.js'
import { badInput } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { enableMember as enable, saveMembership, unknownPlaces } from './member.store.js'
import { type MemberOutcome, onMember } from './memberCommand.js'
import { disableMember as disable } from './people.store.js'

/** An organisation has at most so many facilities or teams that one member is put in. */
const MOST_PLACES = 1_000

/**
 * What a member may do from now on: roles, facilities, teams (45 CFR 164.308(a)(4)(ii)(C), access modification).
 * @throws BAD_INPUT for ids that are none or named twice, and as `onMember`
 */
export function changeMember(request: Request, input: ChangeMemberInput): Promise<MemberOutcome> {
  requireIds('facilityIds', input.facilityIds)
  requireIds('teamIds', input.teamIds)
  if (new Set(input.roles).size < input.roles.length) throw badInput('roles', 'name each role once.')
  return onMember(request, 'changeMember', input, async ({ tx, viewer: { orgId } }) => {
    const { memberId, facilityIds, teamIds } = input
    if (input.roles.length === 0)
      return invalid('NO_ROLE', 'roles', 'Give at least one role. Disable the member to take everything away.')
    const unknown = await unknownPlaces(tx, orgId, facilityIds, teamIds)
    if (unknown.facilities > 0)
      return invalid('UNKNOWN_FACILITY', 'facilityIds', 'One of the facilities does not exist. Load the list again.')
    if (unknown.teams > 0)
      return invalid('UNKNOWN_TEAM', 'teamIds', 'One of the teams does not exist. Load the list again.')
    const roles = ROLES.filter((role): role is Role => input.roles.includes(role))
    await saveMembership(tx, orgId, memberId, { roles, facilityIds, teamIds })
    return { kind: 'MemberSaved', memberId }
  })
}

/** Take a member out of work (45 CFR 164.308(a)(3)(ii)(C), termination): sign-ins are refused, streams end. */
export function disableMember(request: Request, input: MemberCommandInput): Promise<MemberOutcome> {
  return onMember(request, 'disableMember', input, async ({ tx, viewer, now }) => {
    await disable(tx, viewer.orgId, input.memberId, now)
    return { kind: 'MemberSaved', memberId: input.memberId }
  })
}

/** Let a member work again, with the roles, facilities and teams of before. */
export function enableMember(request: Request, input: MemberCommandInput): Promise<MemberOutcome> {
  return onMember(request, 'enableMember', input, async ({ tx, viewer }) => {
    await enable(tx, viewer.orgId, input.memberId)
    return { kind: 'MemberSaved', memberId: input.memberId }
  })
}

function requireIds(field: string, ids: readonly string[]): void {
  if (ids.length > MOST_PLACES) throw badInput(field, `name at most ${MOST_PLACES}.`)
  if (!ids.every(isUuid)) throw badInput(field, 'holds something that is no id.')
  if (new Set(ids).size < ids.length) throw badInput(field, 'name each once.')
}

const invalid = (code: string, field: string, message: string): MemberOutcome => ({
  kind: 'CommandInvalid',
  problems: [{ code, field, message }],
})
