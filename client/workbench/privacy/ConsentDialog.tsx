import { useState } from 'react'
import { Button } from 'react-aria-components'
import {
  ActivateConsentDocument,
  type ConsentOutcomeFieldsFragment,
  DeliverConsentCopyDocument,
  EndConsentDocument,
  WithdrawConsentDocument,
} from '../../live/index.js'
import { useCommand } from '../session/useCommand.js'
import { TextLine, Tick } from '../ui/Fields.js'
import { FormDialog } from '../ui/FormDialog.js'
import { showDate, showDateTime } from '../ui/format.js'
import { LabelChips } from '../ui/LabelChips.js'
import { PageDialog } from '../ui/PageDialog.js'
import { ReasonList } from '../ui/ReasonList.js'
import { MASK } from '../ui/words/access.js'
import { DOCUMENT_TYPE } from '../ui/words/chart.js'
import { CONSENT, CONSENT_ENDS, ELEMENT } from '../ui/words/privacy.js'
import { codeWords, FOR } from '../ui/words/records.js'
import { type Consent, ConsentTag, partiesWords } from './ConsentTag.js'

type Act = 'activate' | 'withdraw' | 'end' | 'deliverCopy'

interface Props {
  readonly consent: Consent
  readonly onClose: () => void
  readonly onRevise: () => void
  readonly onChanged: () => void
  readonly onDone: (sentence: string) => void
}

/** A consent as facts, its life, and what can be done with it now. */
export function ConsentDialog(props: Props) {
  const { consent } = props
  const [act, setAct] = useState<Act>()
  const { can } = consent.access
  if (act) return <ActDialog {...props} act={act} onBack={() => setAct(undefined)} />
  return (
    <PageDialog title={CONSENT[consent.kind]} wide onClose={props.onClose}>
      <div className="body">
        {consent.missing.length > 0 && (
          <div className="note warn">
            <p className="strong">Not in force: something is missing.</p>
            <ul>
              {consent.missing.map((element) => (
                <li key={element}>{ELEMENT[element]}</li>
              ))}
            </ul>
          </div>
        )}
        <Facts consent={consent} />
        <section>
          <h3 className="label">What happened to it</h3>
          <ol className="activity">
            {consent.history.map((event) => (
              <li key={event.version}>
                <span className="grow">
                  {event.actor?.displayName ?? 'The calendar'}: {codeWords(event.type)}
                  {event.note && <span className="muted">. {event.note}</span>}
                </span>
                <time className="hint" dateTime={event.at}>
                  {showDateTime(event.at)}
                </time>
              </li>
            ))}
          </ol>
        </section>
      </div>
      <footer>
        {can.includes('deliverCopy') && (
          <Button className="btn" onPress={() => setAct('deliverCopy')}>
            Copy was given…
          </Button>
        )}
        {can.includes('end') && (
          <Button className="btn" onPress={() => setAct('end')}>
            End…
          </Button>
        )}
        {can.includes('withdraw') && (
          <Button className="btn danger" onPress={() => setAct('withdraw')}>
            Withdrawal came in…
          </Button>
        )}
        {can.includes('revise') && (
          <Button className="btn" onPress={props.onRevise}>
            Correct it…
          </Button>
        )}
        {can.includes('activate') && (
          <Button className="btn primary" isDisabled={consent.missing.length > 0} onPress={() => setAct('activate')}>
            Put in force…
          </Button>
        )}
      </footer>
    </PageDialog>
  )
}

function Facts({ consent }: { consent: Consent }) {
  const hidden = (field: string) => consent.access.masked.find((it) => it.field === field)?.reason
  const text = (field: 'description' | 'signedBy' | 'representative', value: string | null) => {
    const reason = value === null ? hidden(field) : undefined
    return reason ? <span className="masked">{MASK[reason].short}</span> : (value ?? '–')
  }
  const facts: [string, React.ReactNode][] = [
    ['State', <ConsentTag key="state" consent={consent} />],
    ['Facility', consent.facility?.name ?? '–'],
    ['From', partiesWords(consent.disclosers, consent.access) || '–'],
    ['To', partiesWords(consent.recipients, consent.access) || '–'],
    ['For', consent.purposes.map((purpose) => FOR[purpose]).join(', ') || '–'],
    ['What', text('description', consent.description)],
    ['Names the labels', consent.labels?.length ? <LabelChips key="labels" labels={consent.labels} /> : 'none'],
    ['Documents', consent.documentTypes?.map((it) => DOCUMENT_TYPE[it]).join(', ') || 'all types'],
    [
      'Care between',
      consent.dataFrom || consent.dataTo
        ? `${consent.dataFrom ? showDate(consent.dataFrom) : 'the beginning'} and ${consent.dataTo ? showDate(consent.dataTo) : 'now'}`
        : 'any time',
    ],
    ['Until', consent.expiresAt ? showDateTime(consent.expiresAt) : (consent.expiryEvent ?? 'it is revoked')],
    ['Signed', `${consent.signedOn ? showDate(consent.signedOn) : '–'}`],
    ['Signed by', text('signedBy', consent.signedBy)],
    ['For the person', text('representative', consent.representative)],
    ...(consent.legalAuthority ? ([['By law', consent.legalAuthority]] as [string, React.ReactNode][]) : []),
    [
      'Relied on',
      consent.reliedOnCount > 0
        ? `${consent.reliedOnCount} times, last ${showDateTime(consent.lastReliedOnAt)}`
        : 'not yet',
    ],
  ]
  return (
    <dl className="plain">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function ActDialog({ consent, act, onBack, onChanged, onDone }: Props & { act: Act; onBack: () => void }) {
  const [note, setNote] = useState('')
  const [receivedAt, setReceivedAt] = useState('')
  const [inWriting, setInWriting] = useState(false)
  const [reason, setReason] = useState<keyof typeof CONSENT_ENDS>()
  const command = useCommand()
  const base = { consentId: consent.id, seenVersion: consent.version }
  const noted = note.trim() && { note: note.trim() }

  const run = async (): Promise<void> => {
    let outcome: ConsentOutcomeFieldsFragment | undefined
    if (act === 'activate') outcome = (await command.run(ActivateConsentDocument, { input: base }))?.activateConsent
    if (act === 'deliverCopy')
      outcome = (await command.run(DeliverConsentCopyDocument, { input: { ...base, ...noted } }))?.deliverConsentCopy
    if (act === 'withdraw')
      outcome = (
        await command.run(WithdrawConsentDocument, {
          input: { ...base, inWriting, receivedAt: new Date(receivedAt).toISOString(), ...noted },
        })
      )?.withdrawConsent
    if (act === 'end' && reason)
      outcome = (await command.run(EndConsentDocument, { input: { ...base, reason, note: note.trim() } }))?.endConsent
    if (outcome?.__typename === 'ConsentSaved') onDone(ACT[act].done)
    else if (outcome?.__typename === 'ConsentChanged') {
      command.setProblem('Somebody changed this consent before you. Nothing was changed: go back and read it again.')
      onChanged()
    }
  }
  const ready =
    act === 'withdraw' ? receivedAt !== '' : act === 'end' ? reason !== undefined && note.trim() !== '' : true
  return (
    <FormDialog
      title={ACT[act].title}
      button={ACT[act].button}
      danger={act === 'withdraw' || act === 'end'}
      ready={ready}
      busy={command.busy}
      problem={command.problem}
      onClose={onBack}
      onSubmit={() => void run()}
    >
      <p className="note">{ACT[act].says}</p>
      {act === 'withdraw' && (
        <>
          <TextLine
            label="When it was received"
            type="datetime-local"
            value={receivedAt}
            onChange={setReceivedAt}
            required
            autoFocus
          />
          <Tick words="It came in writing: only then it counts" value={inWriting} onChange={setInWriting} />
        </>
      )}
      {act === 'end' && (
        <ReasonList label="Why it ends" reasons={CONSENT_ENDS} chosen={reason} autoFocus onChoose={setReason} />
      )}
      {act !== 'activate' && (
        <TextLine label={act === 'end' ? 'What happened' : 'Note'} rows={2} value={note} onChange={setNote} />
      )}
    </FormDialog>
  )
}

const ACT: Readonly<Record<Act, { title: string; button: string; says: string; done: string }>> = {
  activate: {
    title: 'Put this consent in force?',
    button: 'Put in force',
    says: 'From this moment it is a basis for what it names. Its words can no longer be corrected.',
    done: 'The consent is in force.',
  },
  withdraw: {
    title: 'A withdrawal came in',
    button: 'Record the withdrawal',
    says: 'It ends at once what this consent alone permitted, open streams included. What was already relied on stays on record. It never takes a chart from its coder.',
    done: 'The withdrawal is on record, and what rested on it has ended.',
  },
  end: {
    title: 'End this consent',
    button: 'End it',
    says: 'For an event that it names, for something found false, or because another takes its place. A withdrawal is recorded as one.',
    done: 'The consent has ended.',
  },
  deliverCopy: {
    title: 'The person got a copy',
    button: 'Record it',
    says: 'A copy of what was signed is owed to the person (45 CFR 164.508(c)(4)).',
    done: 'That a copy was given is on record.',
  },
}
