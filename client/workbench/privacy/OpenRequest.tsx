import { useState } from 'react'
import {
  AssignPrivacyRequestDocument,
  OpenPrivacyRequestDocument,
  type PatientLookupInput,
  type PrivacyRequestKind,
  type Requester,
} from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { useCommand } from '../session/useCommand.js'
import { Choose, TextLine, Tick } from '../ui/Fields.js'
import { FormDialog } from '../ui/FormDialog.js'
import { ASKED, REQUESTER } from '../ui/words/privacy.js'

/** Record what a person asks, and take it in hand, or leave it to somebody else. */
export function OpenRequest(props: {
  patient: PatientLookupInput
  kind?: PrivacyRequestKind
  /** The record was destroyed: an accounting is all that can be asked for, and no words are kept. */
  destroyed?: boolean
  onClose: () => void
  onDone: (sentence: string) => void
}) {
  const { member } = useViewer()
  const { destroyed = false } = props
  const [kind, setKind] = useState<PrivacyRequestKind>(props.kind ?? 'ACCESS')
  const [requester, setRequester] = useState<Requester>('INDIVIDUAL')
  const [receivedOn, setReceivedOn] = useState('')
  const [paidInFull, setPaidInFull] = useState(false)
  const [details, setDetails] = useState('')
  const [mine, setMine] = useState(true)
  const command = useCommand()
  const record = async (): Promise<void> => {
    const answer = await command.run(OpenPrivacyRequestDocument, {
      input: { patient: props.patient, kind, requester, receivedOn, paidInFull, destroyed, details: details.trim() },
    })
    const outcome = answer?.openPrivacyRequest
    if (outcome?.__typename !== 'PrivacyRequestSaved') return
    if (!mine) return props.onDone('The request is on record. Somebody has to take it in hand.')
    const { id, version } = outcome.request
    const taken = await command.run(AssignPrivacyRequestDocument, {
      input: { requestId: id, seenVersion: version, memberId: member.id },
    })
    props.onDone(
      taken ? 'The request is on record and in your hands.' : 'The request is on record; it is not in your hands yet.',
    )
  }
  return (
    <FormDialog
      title="Record what the person asks"
      button="Record it"
      ready={receivedOn !== '' && (destroyed || details.trim() !== '')}
      busy={command.busy}
      problem={command.problem}
      hint={
        destroyed
          ? 'Its clock starts with the day it came in. Of a destroyed record no words are kept: keep the letter in your own file.'
          : 'Its clock starts with the day it came in.'
      }
      onClose={props.onClose}
      onSubmit={() => void record()}
    >
      {!destroyed && <Choose label="What is asked" value={kind} options={ASKED} onChange={setKind} />}
      <Choose label="Who asks" value={requester} options={REQUESTER} onChange={setRequester} />
      <TextLine label="Came in on" type="date" value={receivedOn} onChange={setReceivedOn} required />
      {!destroyed && (
        <TextLine
          label="In their words"
          rows={3}
          maxLength={4000}
          value={details}
          onChange={setDetails}
          required
          autoFocus
        />
      )}
      {kind === 'RESTRICTION' && (
        <Tick
          words="Kept from a health plan, and paid in full out of pocket: it must be agreed to"
          value={paidInFull}
          onChange={setPaidInFull}
        />
      )}
      <Tick words="I take it in hand" value={mine} onChange={setMine} />
    </FormDialog>
  )
}
