import { useState } from 'react'
import { Button } from 'react-aria-components'
import { ApproveDocument, DeclineDocument, type DeclineReason } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { useCommand } from '../session/useCommand.js'
import { FormDialog } from '../ui/FormDialog.js'
import { showDateTime } from '../ui/format.js'
import { PageDialog } from '../ui/PageDialog.js'
import { ReasonList } from '../ui/ReasonList.js'
import { APPROVAL, DECLINE } from '../ui/words/access.js'
import { type Approval, StateTag } from './StateTag.js'

/** One request, read in full before it is decided. Nobody decides on their own. */
export function ApprovalDialog(props: {
  approval: Approval
  declines: boolean
  onDecline: () => void
  onClose: () => void
  onDone: (sentence: string) => void
}) {
  const { approval } = props
  const [reason, setReason] = useState<DeclineReason>()
  const command = useCommand()
  const decided = (typename: string | undefined, sentence: string): void => {
    if (typename === 'ApprovalSaved') props.onDone(sentence)
    else if (typename === 'ApprovalDecided') props.onDone('Somebody decided before you; nothing was changed.')
  }
  const approve = async (): Promise<void> => {
    const answer = await command.run(ApproveDocument, { input: { approvalId: approval.id } })
    decided(answer?.approve.__typename, 'Approved, and in force.')
  }
  const decline = async (): Promise<void> => {
    if (!reason) return
    const answer = await command.run(DeclineDocument, { input: { approvalId: approval.id, reason } })
    decided(answer?.decline.__typename, 'Declined. Nothing was changed.')
  }

  if (props.declines)
    return (
      <FormDialog
        title="Decline the request"
        button="Decline"
        danger
        ready={reason !== undefined}
        busy={command.busy}
        problem={command.problem}
        onClose={props.onClose}
        onSubmit={() => void decline()}
      >
        <Facts approval={approval} />
        <ReasonList label="Reason" reasons={DECLINE} chosen={reason} autoFocus onChoose={setReason} />
      </FormDialog>
    )
  if (!approval.mayDecide)
    return (
      <PageDialog title={APPROVAL[approval.kind]} onClose={props.onClose}>
        <div className="body">
          <Facts approval={approval} />
          <WhyNot approval={approval} />
        </div>
      </PageDialog>
    )
  return (
    <FormDialog
      title={APPROVAL[approval.kind]}
      button="Approve"
      busy={command.busy}
      problem={command.problem}
      more={
        <Button className="btn" onPress={props.onDecline}>
          Decline…
        </Button>
      }
      onClose={props.onClose}
      onSubmit={() => void approve()}
    >
      <Facts approval={approval} />
      <p className="hint">What you approve is in force at once, and your name stands beside it.</p>
    </FormDialog>
  )
}

function Facts({ approval }: { approval: Approval }) {
  return (
    <>
      <p className="quote-box">{approval.summary}</p>
      <dl className="plain">
        <div>
          <dt>Asked by</dt>
          <dd>
            {approval.requestedBy.displayName}, {showDateTime(approval.requestedAt)}
          </dd>
        </div>
        <div>
          <dt>State</dt>
          <dd>
            <StateTag approval={approval} />
            {approval.decidedBy && ` by ${approval.decidedBy.displayName}, ${showDateTime(approval.decidedAt)}`}
            {approval.declineReason && `: ${DECLINE[approval.declineReason]}`}
          </dd>
        </div>
      </dl>
    </>
  )
}

function WhyNot({ approval }: { approval: Approval }) {
  const { member } = useViewer()
  if (approval.state !== 'PENDING') return null
  return (
    <p className="note">
      {approval.requestedBy.id === member.id
        ? 'Nobody decides on their own request. A privacy officer does.'
        : 'Privacy officers decide on requests.'}
    </p>
  )
}
