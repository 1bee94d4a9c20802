import { useState } from 'react'
import { Button } from 'react-aria-components'
import {
  AddRestrictionDocument,
  type LiftReason,
  LiftRestrictionDocument,
  type PatientLookupInput,
  type Purpose,
} from '../../live/index.js'
import { useCommand } from '../session/useCommand.js'
import { ChooseSeveral, TextLine, Tick } from '../ui/Fields.js'
import { FormDialog } from '../ui/FormDialog.js'
import { showDateTime } from '../ui/format.js'
import { PageDialog } from '../ui/PageDialog.js'
import { ReasonList } from '../ui/ReasonList.js'
import { MASK } from '../ui/words/access.js'
import { LIFT } from '../ui/words/privacy.js'
import { FOR } from '../ui/words/records.js'
import { partiesWords, type Restriction } from './ConsentTag.js'
import { Parties, type Party, partyInput } from './Parties.js'

/** What a person asked to be kept back, and was agreed to (45 CFR 164.522(a)). */
export function AddRestriction(props: {
  patient: PatientLookupInput
  onClose: () => void
  onDone: (sentence: string) => void
}) {
  const [words, setWords] = useState('')
  const [selfPay, setSelfPay] = useState(false)
  const [recipients, setRecipients] = useState<readonly Party[]>([])
  const [purposes, setPurposes] = useState<readonly Purpose[]>([])
  const command = useCommand()
  const add = async (): Promise<void> => {
    const answer = await command.run(AddRestrictionDocument, {
      input: {
        patient: props.patient,
        words: words.trim(),
        selfPay,
        recipients: partyInput(recipients),
        purposes: [...purposes],
      },
    })
    if (answer) props.onDone('The restriction is in force, before every consent.')
  }
  return (
    <FormDialog
      title="Add a restriction"
      button="Put in force"
      wide
      ready={words.trim() !== ''}
      busy={command.busy}
      problem={command.problem}
      hint="Only what was agreed to. It goes before every consent."
      onClose={props.onClose}
      onSubmit={() => void add()}
    >
      <TextLine
        label="What the person asked for, in their words"
        rows={3}
        value={words}
        onChange={setWords}
        autoFocus
      />
      <Tick
        words="Paid in full by the person: kept from health plans, and must be agreed to"
        value={selfPay}
        onChange={setSelfPay}
      />
      <Parties label="Whom it keeps out; everybody where there is none" parties={recipients} onChange={setRecipients} />
      <ChooseSeveral
        label="For which purposes; all where none is marked"
        compact
        value={purposes}
        options={(Object.keys(FOR) as Purpose[]).map((key) => ({ key, words: FOR[key] }))}
        onChange={setPurposes}
      />
    </FormDialog>
  )
}

export function RestrictionDialog(props: {
  restriction: Restriction
  onClose: () => void
  onDone: (sentence: string) => void
}) {
  const { restriction } = props
  const [lifts, setLifts] = useState(false)
  if (lifts) return <Lift {...props} onBack={() => setLifts(false)} />
  const hidden = restriction.words === null ? restriction.access.masked.find((it) => it.field === 'words') : undefined
  const facts: [string, React.ReactNode][] = [
    ['State', restriction.liftedAt ? `Lifted ${showDateTime(restriction.liftedAt)}` : 'In force'],
    ['In their words', hidden ? <span className="masked">{MASK[hidden.reason].short}</span> : restriction.words],
    ['Keeps out', partiesWords(restriction.recipients, restriction.access) || 'everybody'],
    ['For', restriction.purposes.map((purpose) => FOR[purpose]).join(', ') || 'every purpose'],
    ['Paid by the person', restriction.selfPay ? 'yes: kept from health plans' : 'no'],
    ['Agreed', showDateTime(restriction.agreedAt)],
    ...(restriction.liftReason ? ([['Lifted because', LIFT[restriction.liftReason]]] as [string, string][]) : []),
  ]
  return (
    <PageDialog title="Restriction" onClose={props.onClose}>
      <div className="body">
        <dl className="plain">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      {restriction.access.can.includes('lift') && (
        <footer>
          <Button className="btn danger" onPress={() => setLifts(true)}>
            Lift it…
          </Button>
        </footer>
      )}
    </PageDialog>
  )
}

function Lift(props: { restriction: Restriction; onBack: () => void; onDone: (sentence: string) => void }) {
  const { id, version } = props.restriction
  const [reason, setReason] = useState<LiftReason>()
  const [note, setNote] = useState('')
  const command = useCommand()
  const lift = async (): Promise<void> => {
    if (!reason) return
    const answer = await command.run(LiftRestrictionDocument, {
      input: { restrictionId: id, seenVersion: version, reason, note: note.trim() },
    })
    if (answer?.liftRestriction.__typename === 'RestrictionSaved') props.onDone('The restriction is lifted.')
    else if (answer?.liftRestriction.__typename === 'RestrictionChanged')
      command.setProblem('Somebody changed it before you. Nothing was changed: go back and read it again.')
  }
  return (
    <FormDialog
      title="Lift the restriction"
      button="Lift it"
      danger
      ready={reason !== undefined && note.trim() !== ''}
      busy={command.busy}
      problem={command.problem}
      onClose={props.onBack}
      onSubmit={() => void lift()}
    >
      <ReasonList label="Why" reasons={LIFT} chosen={reason} autoFocus onChoose={setReason} />
      <TextLine label="What happened" rows={2} value={note} onChange={setNote} />
    </FormDialog>
  )
}
