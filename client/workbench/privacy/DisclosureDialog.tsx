import { useState } from 'react'
import {
  type DisclosureExemption,
  type DisclosureKind,
  type PatientLookupInput,
  type Purpose,
  RecordDisclosureDocument,
} from '../../live/index.js'
import { useCommand } from '../session/useCommand.js'
import { Choose, TextLine } from '../ui/Fields.js'
import { FormDialog } from '../ui/FormDialog.js'
import { DISCLOSED, EXEMPT, FOR } from '../ui/words/records.js'

/** What left by another way than through this server: by post, by telephone, by an older system. */
export function DisclosureDialog(props: {
  patient: PatientLookupInput
  onClose: () => void
  onDone: (sentence: string) => void
}) {
  const [kind, setKind] = useState<DisclosureKind>('MEDICAL_RECORD')
  const [purpose, setPurpose] = useState<Purpose | ''>('')
  const [exemption, setExemption] = useState<DisclosureExemption | ''>('')
  const [recipient, setRecipient] = useState('')
  const [address, setAddress] = useState('')
  const [at, setAt] = useState('')
  const command = useCommand()
  const record = async (): Promise<void> => {
    if (!purpose) return
    const answer = await command.run(RecordDisclosureDocument, {
      input: {
        patient: props.patient,
        at: new Date(at).toISOString(),
        kind,
        purpose,
        recipientName: recipient.trim(),
        ...(address.trim() && { recipientAddress: address.trim() }),
        ...(exemption && { exemption }),
      },
    })
    if (answer) props.onDone('The disclosure is on record.')
  }
  return (
    <FormDialog
      title="Record a disclosure"
      button="Record it"
      ready={purpose !== '' && recipient.trim() !== '' && at !== ''}
      busy={command.busy}
      problem={command.problem}
      hint="It cannot be taken back; what is wrong is recorded anew."
      onClose={props.onClose}
      onSubmit={() => void record()}
    >
      <TextLine label="To whom" value={recipient} onChange={setRecipient} maxLength={200} required autoFocus />
      <TextLine label="Address, if known" value={address} onChange={setAddress} maxLength={400} />
      <TextLine label="When it left" type="datetime-local" value={at} onChange={setAt} required />
      <Choose label="What" value={kind} options={DISCLOSED} onChange={setKind} />
      <Choose label="For" value={purpose} options={FOR} none="Choose a purpose" onChange={setPurpose} />
      <Choose
        label="Why it stands in no accounting, if it does not"
        value={exemption}
        options={EXEMPT}
        none="It stands in the accounting"
        onChange={setExemption}
      />
    </FormDialog>
  )
}
