import { useState } from 'react'
import {
  FulfilPrivacyRequestDocument,
  type FulfilPrivacyRequestInput,
  type Purpose,
  RequestPatientDeletionDocument,
} from '../../live/index.js'
import { useCommand } from '../session/useCommand.js'
import { ChooseSeveral, TextLine, Tick } from '../ui/Fields.js'
import { FormDialog } from '../ui/FormDialog.js'
import { FULFIL } from '../ui/words/privacy.js'
import { FOR } from '../ui/words/records.js'
import { useLooking } from './lookup.js'
import { Parties, type Party, partyInput } from './Parties.js'
import type { PrivacyRequest } from './RequestTag.js'
import { save } from './save.js'

/** Do what was granted, by the kind of the request; what comes of it stays with the request. */
export function FulfilDialog(props: {
  request: PrivacyRequest
  onBack: () => void
  onChanged: () => void
  onDone: (sentence: string) => void
}) {
  const { request } = props
  const { kind } = request
  const { person } = useLooking()
  const [words, setWords] = useState('')
  const [selfPay, setSelfPay] = useState(request.paidInFull)
  const [recipients, setRecipients] = useState<readonly Party[]>([])
  const [purposes, setPurposes] = useState<readonly Purpose[]>([])
  const [documents, setDocuments] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const command = useCommand()
  const named = documents.split(/\s+/).filter((id) => id !== '')

  const fulfil = async (): Promise<void> => {
    if (kind === 'DELETION') return askToDelete()
    const more: Partial<FulfilPrivacyRequestInput> =
      kind === 'RESTRICTION'
        ? {
            restriction: {
              words: words.trim(),
              selfPay,
              recipients: partyInput(recipients),
              purposes: [...purposes],
            },
          }
        : kind === 'AMENDMENT'
          ? { documentIds: named }
          : kind === 'ACCOUNTING'
            ? { from, to }
            : {}
    const answer = await command.run(FulfilPrivacyRequestDocument, {
      input: { requestId: request.id, seenVersion: request.version, ...more },
    })
    const outcome = answer?.fulfilPrivacyRequest
    if (outcome?.__typename === 'PrivacyRequestSaved') {
      const content = outcome.request.results.at(-1)?.content
      if (content) save(content, kind === 'ACCESS' ? 'record-copy.json' : 'accounting.json', 'application/json')
      props.onDone(FULFIL[kind].done)
    } else if (outcome?.__typename === 'PrivacyRequestChanged') {
      command.setProblem('Somebody changed this request before you. Nothing was changed: go back and read it again.')
      props.onChanged()
    }
  }
  const askToDelete = async (): Promise<void> => {
    if (!person) return
    const answer = await command.run(RequestPatientDeletionDocument, {
      input: { patient: person, reason: 'PATIENT_REQUEST', requestId: request.id },
    })
    if (answer?.requestPatientDeletion.__typename === 'ApprovalSaved') props.onDone(FULFIL.DELETION.done)
  }
  const ready: Readonly<Record<typeof kind, boolean>> = {
    ACCESS: true,
    AMENDMENT: named.length > 0,
    RESTRICTION: words.trim() !== '',
    ACCOUNTING: from !== '' && to !== '',
    DELETION: person !== undefined,
  }

  return (
    <FormDialog
      title={FULFIL[kind].title}
      button={FULFIL[kind].button}
      wide={kind === 'RESTRICTION'}
      danger={kind === 'DELETION'}
      ready={ready[kind]}
      busy={command.busy}
      problem={command.problem}
      hint={FULFIL[kind].hint}
      onClose={props.onBack}
      onSubmit={() => void fulfil()}
    >
      {kind === 'ACCESS' && <p>The copy is made of every chart of the person at this facility, and saved as a file.</p>}
      {kind === 'AMENDMENT' && (
        <TextLine
          label="Ids of the documents that hold the amendment, or link it"
          rows={3}
          value={documents}
          onChange={setDocuments}
          required
          autoFocus
        />
      )}
      {kind === 'RESTRICTION' && (
        <>
          <TextLine
            label="What was agreed to, in their words"
            rows={3}
            maxLength={4000}
            value={words}
            onChange={setWords}
            required
            autoFocus
          />
          <Tick words="Paid in full by the person: kept from health plans" value={selfPay} onChange={setSelfPay} />
          <Parties
            label="Whom it keeps out; everybody where there is none"
            parties={recipients}
            onChange={setRecipients}
          />
          <ChooseSeveral
            label="For which purposes; all where none is marked"
            compact
            value={purposes}
            options={(Object.keys(FOR) as Purpose[]).map((key) => ({ key, words: FOR[key] }))}
            onChange={setPurposes}
          />
        </>
      )}
      {kind === 'ACCOUNTING' && (
        <>
          <TextLine label="From" type="date" value={from} onChange={setFrom} required autoFocus />
          <TextLine label="To" type="date" value={to} onChange={setTo} required />
        </>
      )}
      {kind === 'DELETION' &&
        (person ? (
          <p>Everything held of the person you looked up is destroyed once a second privacy officer approves.</p>
        ) : (
          <p>Look up the person by their identifier on this page first: nothing is destroyed by a name in a list.</p>
        ))}
    </FormDialog>
  )
}
