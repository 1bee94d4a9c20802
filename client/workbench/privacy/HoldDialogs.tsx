import { useState } from 'react'
import {
  type DeletionReason,
  type HoldEndReason,
  type HoldReason,
  type LegalHoldFieldsFragment,
  LiftLegalHoldDocument,
  type PatientLookupInput,
  PlaceLegalHoldDocument,
  RequestPatientDeletionDocument,
} from '../../live/index.js'
import { useCommand } from '../session/useCommand.js'
import { TextLine } from '../ui/Fields.js'
import { FormDialog } from '../ui/FormDialog.js'
import { ReasonList } from '../ui/ReasonList.js'
import { DELETE, HOLD, HOLD_END } from './holdWords.js'

interface Props {
  readonly onClose: () => void
  readonly onDone: (sentence: string) => void
}

/** Keep everything of a person, whatever retention says. */
export function PlaceHold({ patient, onClose, onDone }: Props & { patient: PatientLookupInput }) {
  const [reason, setReason] = useState<HoldReason>()
  const [reference, setReference] = useState('')
  const command = useCommand()
  const place = async (): Promise<void> => {
    if (!reason) return
    const answer = await command.run(PlaceLegalHoldDocument, {
      input: { patient, reason, reference: reference.trim() },
    })
    if (answer?.placeLegalHold.__typename === 'LegalHoldSaved')
      onDone('The hold stands: nothing of theirs is destroyed.')
  }
  return (
    <FormDialog
      title="Place a legal hold"
      button="Place it"
      ready={reason !== undefined && reference.trim() !== ''}
      busy={command.busy}
      problem={command.problem}
      hint="On the person you looked up."
      onClose={onClose}
      onSubmit={() => void place()}
    >
      <ReasonList label="Why" reasons={HOLD} chosen={reason} autoFocus onChoose={setReason} />
      <TextLine
        label="The matter, as the file outside names it; no patient’s data"
        maxLength={200}
        value={reference}
        onChange={setReference}
        required
      />
    </FormDialog>
  )
}

export function LiftHold({ hold, onClose, onDone }: Props & { hold: LegalHoldFieldsFragment }) {
  const [reason, setReason] = useState<HoldEndReason>()
  const command = useCommand()
  const lift = async (): Promise<void> => {
    if (!reason) return
    const answer = await command.run(LiftLegalHoldDocument, { input: { holdId: hold.id, reason } })
    if (answer?.liftLegalHold.__typename === 'LegalHoldSaved') onDone('The hold is lifted.')
  }
  return (
    <FormDialog
      title={`Lift the hold: ${hold.reference}`}
      button="Lift it"
      danger
      ready={reason !== undefined}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSubmit={() => void lift()}
    >
      <ReasonList label="Why" reasons={HOLD_END} chosen={reason} autoFocus onChoose={setReason} />
    </FormDialog>
  )
}

/** Ask for it; a second privacy officer approves, and holds and retention decide before either. */
export function AskToDelete({ patient, onClose, onDone }: Props & { patient: PatientLookupInput }) {
  const [reason, setReason] = useState<DeletionReason>()
  const command = useCommand()
  const ask = async (): Promise<void> => {
    if (!reason) return
    const answer = await command.run(RequestPatientDeletionDocument, { input: { patient, reason } })
    if (answer?.requestPatientDeletion.__typename === 'ApprovalSaved')
      onDone('Asked for. A second privacy officer approves it under Approvals; until then nothing is destroyed.')
  }
  return (
    <FormDialog
      title="Destroy a person’s record"
      button="Ask for it"
      danger
      ready={reason !== undefined}
      busy={command.busy}
      problem={command.problem}
      hint="Of the person you looked up. It cannot be undone once it is approved."
      onClose={onClose}
      onSubmit={() => void ask()}
    >
      <ReasonList label="Why" reasons={DELETE} chosen={reason} autoFocus onChoose={setReason} />
    </FormDialog>
  )
}
