import { DisableMemberDocument, EnableMemberDocument } from '../../live/index.js'
import { useCommand } from '../session/useCommand.js'
import { FormDialog } from '../ui/FormDialog.js'
import type { Membership } from './MembersPage.js'

/** Take a member out of work, or let them work again. */
export function SwitchDialog(props: {
  membership: Membership
  onClose: () => void
  onDone: (sentence: string) => void
}) {
  const { membership } = props
  const { displayName } = membership.member
  const command = useCommand()
  const disables = membership.disabledAt == null
  const act = async (): Promise<void> => {
    const variables = { input: { memberId: membership.id, seenVersion: membership.version } }
    const outcome = disables
      ? (await command.run(DisableMemberDocument, variables))?.disableMember
      : (await command.run(EnableMemberDocument, variables))?.enableMember
    if (outcome?.__typename === 'MemberSaved')
      props.onDone(disables ? `${displayName} is disabled.` : `${displayName} works again as before.`)
    else if (outcome?.__typename === 'MemberChanged')
      command.setProblem('Somebody changed this member before you. Close this, look again, then decide.')
  }
  return (
    <FormDialog
      title={disables ? `Disable ${displayName}?` : `Enable ${displayName} again?`}
      button={disables ? 'Disable' : 'Enable'}
      danger={disables}
      busy={command.busy}
      problem={command.problem}
      onClose={props.onClose}
      onSubmit={() => void act()}
    >
      {disables ? (
        <p>
          From this moment every sign-in of this member is refused, open charts close, and programs that act for them
          stop. What they decided stays, with their name. Charts they code keep their coder of record: assign them to
          somebody else.
        </p>
      ) : (
        <p>They may sign in again, with the roles, facilities and teams of before.</p>
      )}
    </FormDialog>
  )
}
