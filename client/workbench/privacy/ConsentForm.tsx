import { useState } from 'react'
import {
  type ConsentElement,
  type ConsentElementsInput,
  type ConsentKind,
  type PatientLookupInput,
  type Purpose,
  RecordConsentDocument,
  ReviseConsentDocument,
} from '../../live/index.js'
import { LABELS } from '../model/labels.js'
import type { SensitivityLabel } from '../model/types.js'
import { useCommand } from '../session/useCommand.js'
import { Choose, ChooseSeveral, TextLine, Tick } from '../ui/Fields.js'
import { FormDialog } from '../ui/FormDialog.js'
import { LABEL } from '../ui/words/access.js'
import { CONSENT } from '../ui/words/privacy.js'
import { FOR } from '../ui/words/records.js'
import type { Consent } from './ConsentTag.js'
import { Parties, type Party, partyInput } from './Parties.js'

/** What a signed form says, as facts. It is a draft, which may have gaps, until it is put in force. */
export function ConsentForm(props: {
  patient: PatientLookupInput
  draft?: Consent
  onClose: () => void
  onDone: (sentence: string) => void
}) {
  const { draft } = props
  const says = (element: ConsentElement): boolean => draft !== undefined && !draft.missing.includes(element)
  const [kind, setKind] = useState<ConsentKind>(draft?.kind ?? 'HIPAA_AUTHORIZATION')
  const [description, setDescription] = useState(draft?.description ?? '')
  const [disclosers, setDisclosers] = useState<readonly Party[]>(partiesOf(draft?.disclosers))
  const [recipients, setRecipients] = useState<readonly Party[]>(partiesOf(draft?.recipients))
  const [purposes, setPurposes] = useState<readonly Purpose[]>(draft?.purposes ?? [])
  const [labels, setLabels] = useState<readonly SensitivityLabel[]>(draft?.labels ?? [])
  const [period, setPeriod] = useState({ from: draft?.dataFrom ?? '', to: draft?.dataTo ?? '' })
  const [ends, setEnds] = useState<Ends>(endsOf(draft))
  const [expiresOn, setExpiresOn] = useState(draft?.expiresAt?.slice(0, 10) ?? '')
  const [expiryEvent, setExpiryEvent] = useState(draft?.expiryEvent ?? '')
  const [signature, setSignature] = useState({
    signedBy: draft?.signedBy ?? '',
    signedOn: draft?.signedOn ?? '',
    representative: draft?.representative ?? '',
    representativeAuthority: draft?.representativeAuthority ?? '',
  })
  const [textVersion, setTextVersion] = useState(draft?.textVersion ?? '')
  const [legalAuthority, setLegalAuthority] = useState(draft?.legalAuthority ?? '')
  const [statements, setStatements] = useState({
    revocation: says('STATEMENT_REVOCATION'),
    conditioning: says('STATEMENT_CONDITIONING'),
    redisclosure: says('STATEMENT_REDISCLOSURE'),
    remuneration: says('STATEMENT_REMUNERATION'),
    plainLanguage: says('PLAIN_LANGUAGE'),
  })
  const command = useCommand()
  const order = kind === 'COURT_ORDER'

  const elements = (): ConsentElementsInput => {
    const { plainLanguage, ...made } = statements
    return {
      ...text({ description, textVersion, legalAuthority: order ? legalAuthority : '' }),
      disclosers: partyInput(disclosers),
      recipients: partyInput(recipients),
      purposes: [...purposes],
      labels: [...labels],
      documentTypes: draft?.documentTypes ?? [],
      ...(period.from && { dataFrom: period.from }),
      ...(period.to && { dataTo: period.to }),
      neverExpires: ends === 'never',
      ...(ends === 'date' && expiresOn && { expiresAt: new Date(`${expiresOn}T23:59:59`).toISOString() }),
      ...(ends === 'event' && text({ expiryEvent })),
      ...(signature.signedBy.trim() &&
        signature.signedOn && {
          signature: {
            signedBy: signature.signedBy.trim(),
            signedOn: signature.signedOn,
            ...text({
              representative: signature.representative,
              representativeAuthority: signature.representativeAuthority,
            }),
          },
        }),
      plainLanguage,
      statements: made,
      ...(draft?.separateNotes && { separateNotes: draft.separateNotes }),
    }
  }
  const save = async (): Promise<void> => {
    const outcome = draft
      ? (
          await command.run(ReviseConsentDocument, {
            input: { consentId: draft.id, seenVersion: draft.version, elements: elements() },
          })
        )?.reviseConsent
      : (await command.run(RecordConsentDocument, { input: { patient: props.patient, kind, elements: elements() } }))
          ?.recordConsent
    if (outcome?.__typename === 'ConsentSaved')
      props.onDone(
        outcome.consent.missing.length > 0
          ? `Kept as a draft: ${outcome.consent.missing.length} ${outcome.consent.missing.length === 1 ? 'thing is' : 'things are'} missing before it can be in force.`
          : 'Kept as a draft: nothing is missing. Open it to put it in force.',
      )
    else if (outcome?.__typename === 'ConsentChanged')
      command.setProblem('Somebody changed this draft before you. Nothing was changed: close this and read it again.')
  }
  const sign = (part: Partial<typeof signature>): void => setSignature({ ...signature, ...part })

  return (
    <FormDialog
      title={draft ? 'Correct the draft' : 'Record a consent'}
      button={draft ? 'Keep the changes' : 'Keep as a draft'}
      wide
      busy={command.busy}
      problem={command.problem}
      hint="A draft may have gaps; what is missing is listed."
      onClose={props.onClose}
      onSubmit={() => void save()}
    >
      {!draft && <Choose label="Kind" value={kind} options={CONSENT} onChange={setKind} />}
      <TextLine label="What may be disclosed" rows={2} value={description} onChange={setDescription} autoFocus />
      <Parties label="Who discloses" parties={disclosers} onChange={setDisclosers} />
      <Parties label="To whom" parties={recipients} onChange={setRecipients} />
      <ChooseSeveral
        label="For"
        compact
        value={purposes}
        options={(Object.keys(FOR) as Purpose[]).map((key) => ({ key, words: FOR[key] }))}
        onChange={setPurposes}
      />
      <ChooseSeveral
        label="Labels that the form names"
        compact
        value={labels}
        options={LABELS.map((key) => ({ key, words: LABEL[key].short }))}
        onChange={setLabels}
      />
      <div className="two">
        <TextLine
          label="Care from"
          type="date"
          value={period.from}
          onChange={(from) => setPeriod({ ...period, from })}
        />
        <TextLine label="Care to" type="date" value={period.to} onChange={(to) => setPeriod({ ...period, to })} />
        <Choose label="It ends" value={ends} options={ENDS} onChange={setEnds} />
        {ends === 'date' && <TextLine label="Last day" type="date" value={expiresOn} onChange={setExpiresOn} />}
        {ends === 'event' && <TextLine label="The event" value={expiryEvent} onChange={setExpiryEvent} />}
        <TextLine
          label={order ? 'Who ordered it' : 'Signed by'}
          value={signature.signedBy}
          onChange={(signedBy) => sign({ signedBy })}
        />
        <TextLine
          label={order ? 'Ordered on' : 'Signed on'}
          type="date"
          value={signature.signedOn}
          onChange={(signedOn) => sign({ signedOn })}
        />
        {order ? (
          <TextLine label="By which law, and its docket" value={legalAuthority} onChange={setLegalAuthority} />
        ) : (
          <>
            <TextLine
              label="Signed for the person by"
              value={signature.representative}
              onChange={(representative) => sign({ representative })}
            />
            <TextLine
              label="By what authority"
              value={signature.representativeAuthority}
              onChange={(representativeAuthority) => sign({ representativeAuthority })}
            />
            <TextLine label="Edition of the form" value={textVersion} onChange={setTextVersion} />
          </>
        )}
      </div>
      {!order && (
        <fieldset className="parties">
          <legend>The form says</legend>
          {(Object.keys(STATEMENT) as (keyof typeof STATEMENT)[]).map((key) => (
            <Tick
              key={key}
              words={STATEMENT[key]}
              value={statements[key]}
              onChange={(on) => setStatements({ ...statements, [key]: on })}
            />
          ))}
        </fieldset>
      )}
    </FormDialog>
  )
}

type Ends = 'date' | 'event' | 'never' | 'unsaid'

const ENDS: Readonly<Record<Ends, string>> = {
  date: 'On a date',
  event: 'On an event',
  never: 'Never: the form says so',
  unsaid: 'The form does not say',
}

const STATEMENT = {
  revocation: 'that it can be revoked, and how',
  conditioning: 'whether treatment or payment depends on it',
  redisclosure: 'that what was disclosed may be disclosed again',
  remuneration: 'that somebody is paid for it, where it is for marketing or sale',
  plainLanguage: 'all of this in plain language',
} as const

function endsOf(draft: Consent | undefined): Ends {
  if (!draft) return 'date'
  if (draft.expiresAt) return 'date'
  if (draft.expiryEvent) return 'event'
  return draft.missing.includes('EXPIRY') ? 'unsaid' : 'never'
}

const partiesOf = (parties: Consent['recipients'] | undefined): Party[] =>
  parties?.map(({ kind, name }) => ({ kind, name: name ?? '' })) ?? [{ kind: 'COVERED_ENTITY', name: '' }]

/** Only what was typed. */
function text<K extends string>(fields: Record<K, string>): Partial<Record<K, string>> {
  const entries = Object.entries<string>(fields).map(([key, value]) => [key, value.trim()] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== '')) as Partial<Record<K, string>>
}
