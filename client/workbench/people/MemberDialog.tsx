import { useState } from 'react'
import { ChangeMemberDocument, RequestOwnGrantDocument } from '../../live/index.js'
import type { Role } from '../model/types.js'
import { useCommand } from '../session/useCommand.js'
import { ChooseSeveral } from '../ui/Fields.js'
import { FormDialog } from '../ui/FormDialog.js'
import { ROLE, ROLE_SEES } from '../ui/words/access.js'
import type { Membership, NamedPlace } from './MembersPage.js'

const ROLES = Object.keys(ROLE) as Role[]

/** Roles, facilities and teams of one member. One's own are asked for, and a privacy officer decides. */
export function MemberDialog(props: {
  membership: Membership
  own: boolean
  facilities: readonly NamedPlace[]
  teams: readonly NamedPlace[]
  onClose: () => void
  onChanged: () => void
  onDone: (sentence: string) => void
}) {
  const { membership, own } = props
  const { displayName } = membership.member
  const [roles, setRoles] = useState<readonly Role[]>(membership.roles)
  const [facilityIds, setFacilityIds] = useState(membership.facilities.map((it) => it.id))
  const [teamIds, setTeamIds] = useState(membership.teams.map((it) => it.id))
  const command = useCommand()
  const changes = changesOf(membership, { roles, facilityIds, teamIds })

  const save = async (): Promise<void> => {
    if (own) {
      const asked = await command.run(RequestOwnGrantDocument, {
        input: { roles: [...roles], facilityIds, teamIds },
      })
      if (asked) props.onDone('Asked. It is in force once a privacy officer approves it; see Approvals.')
      return
    }
    const answer = await command.run(ChangeMemberDocument, {
      input: { memberId: membership.id, seenVersion: membership.version, roles: [...roles], facilityIds, teamIds },
    })
    if (answer?.changeMember.__typename === 'MemberSaved')
      return props.onDone(`${displayName}: changed, in force now. What is open under the old roles was closed.`)
    if (answer?.changeMember.__typename === 'MemberChanged') {
      command.setProblem('Somebody changed this member before you. Nothing was overwritten: here is how it is now.')
      props.onChanged()
    }
  }

  return (
    <FormDialog
      title={own ? 'Ask for other roles of your own' : `What ${displayName} may do`}
      button={own ? 'Ask for approval' : 'Save'}
      wide
      ready={changes.length > 0 && roles.length > 0}
      busy={command.busy}
      problem={command.problem}
      hint={changes.length > 0 ? changes.join(' · ') : 'Space marks, Tab goes on.'}
      onClose={props.onClose}
      onSubmit={() => void save()}
    >
      {own && (
        <p className="note">
          Nobody grants to themselves. What you ask for here changes nothing until a privacy officer approves it.
        </p>
      )}
      {membership.disabledAt && (
        <p className="note warn">This member is disabled and may do nothing until enabled again.</p>
      )}
      <ChooseSeveral
        label="Roles"
        value={roles}
        autoFocus
        options={ROLES.map((key) => ({ key, words: upper(ROLE[key]), why: ROLE_SEES[key] }))}
        onChange={setRoles}
      />
      <ChooseSeveral
        label="Facilities"
        compact
        value={facilityIds}
        options={props.facilities.map(({ id, name }) => ({ key: id, words: name }))}
        onChange={setFacilityIds}
      />
      <ChooseSeveral
        label="Teams"
        compact
        value={teamIds}
        options={props.teams.map(({ id, name }) => ({ key: id, words: name }))}
        onChange={setTeamIds}
      />
      {roles.length === 0 && (
        <p className="hint">A member has at least one role. To take everything away, disable the member.</p>
      )}
    </FormDialog>
  )
}

/** What would be different, in a few words each: so that it is read once more before it is done. */
function changesOf(
  before: Membership,
  now: { roles: readonly Role[]; facilityIds: readonly string[]; teamIds: readonly string[] },
): string[] {
  const lists: [string, readonly string[], readonly string[]][] = [
    ['role', before.roles, now.roles],
    ['facility', before.facilities.map((it) => it.id), now.facilityIds],
    ['team', before.teams.map((it) => it.id), now.teamIds],
  ]
  return lists.flatMap(([one, was, is]) => {
    const more = is.filter((it) => !was.includes(it)).length
    const less = was.filter((it) => !is.includes(it)).length
    return [
      ...(more > 0 ? [`${more} ${more === 1 ? one : PLURAL[one]} more`] : []),
      ...(less > 0 ? [`${less} ${less === 1 ? one : PLURAL[one]} less`] : []),
    ]
  })
}

const PLURAL: Readonly<Record<string, string>> = { role: 'roles', facility: 'facilities', team: 'teams' }
const upper = (words: string): string => words[0]!.toUpperCase() + words.slice(1)
