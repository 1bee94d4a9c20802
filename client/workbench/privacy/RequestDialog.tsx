import { useState } from 'react'
import { Button } from 'react-aria-components'
import {
  AssignPrivacyRequestDocument,
  ClosePrivacyRequestDocument,
  ContestPrivacyRequestDocument,
  DecidePrivacyRequestDocument,
  ExtendPrivacyRequestDocument,
  type PrivacyRequestOutcomeFieldsFragment,
  type RequestCloseReason,
  type RequestDecision,
  type RequestDenial,
} from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { useCommand } from '../session/useCommand.js'
import { Choose, TextLine } from '../ui/Fields.js'
import { FormDialog } from '../ui/FormDialog.js'
import { showDate, showDateTime } from '../ui/format.js'
import { PageDialog } from '../ui/PageDialog.js'
import { ReasonList } from '../ui/ReasonList.js'
import { MASK } from '../ui/words/access.js'
import { ASKED, CLOSES, DECISION, DENIAL, FULFIL, REQUESTER } from '../ui/words/privacy.js'
import { codeWords } from '../ui/words/records.js'
import { FulfilDialog } from './FulfilDialog.js'
import { type PrivacyRequest, RequestTag } from './RequestTag.js'

type Act = 'decide' | 'extend' | 'contest' | 'close'

interface Props {
  readonly request: PrivacyRequest
  readonly onClose: () => void
  readonly onChanged: () => void
  readonly onDone: (sentence: string) => void
}

/** One request: what is asked, by when, what happened, and what can be done by whoever has it in hand. */
export function RequestDialog(props: Props) {
  const { request } = props
  const { member } = useViewer()
  const [act, setAct] = useState<Act>()
  const [fulfils, setFulfils] = useState(false)
  const command = useCommand()
  const { can } = request
  const take = async (): Promise<void> => {
    const answer = await command.run(AssignPrivacyRequestDocument, {
      input: { requestId: request.id, seenVersion: request.version, memberId: member.id },
    })
    const outcome = answer?.assignPrivacyRequest.__typename
    if (outcome === 'PrivacyRequestSaved') props.onDone('It is in your hands: the person’s charts are open to you.')
    if (outcome === 'PrivacyRequestChanged') props.onDone('Somebody took it before you.')
  }
  if (fulfils) return <FulfilDialog {...props} onBack={() => setFulfils(false)} />
  if (act) return <ActDialog {...props} act={act} onBack={() => setAct(undefined)} />
  const hidden = request.masked.some((it) => it.field === 'history' || it.field === 'note')
  return (
    <PageDialog title={ASKED[request.kind]} wide onClose={props.onClose}>
      <div className="body">
        <dl className="plain">
          <Fact name="State">
            <RequestTag request={request} />
            {request.decision && ` ${DECISION[request.decision]}`}
            {request.denialReason && `: ${codeWords(request.denialReason)}`}
          </Fact>
          <Fact name="Asked by">{REQUESTER[request.requester]}</Fact>
          <Fact name="Facility">{request.facility?.name ?? '–'}</Fact>
          <Fact name="Came in">{showDate(request.receivedOn)}</Fact>
          <Fact name="Answer by">
            {request.dueOn ? showDate(request.dueOn) : 'no rule sets a day'}
            {request.extended && ', extended once'}
            {request.overdue && <span className="tag bad"> Overdue</span>}
          </Fact>
          <Fact name="In hand of">{request.assignee?.displayName ?? 'nobody yet'}</Fact>
        </dl>
        {request.results.length > 0 && (
          <section>
            <h3 className="label">What was done</h3>
            <ul className="activity">
              {request.results.map((result) => (
                <li key={result.id}>
                  <span className="grow">
                    {result.by.displayName}: {FULFIL[request.kind].result}
                  </span>
                  <time className="hint" dateTime={result.at}>
                    {showDateTime(result.at)}
                  </time>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section>
          <h3 className="label">What happened</h3>
          <ol className="activity">
            {request.history.map((event) => (
              <li key={event.version}>
                <span className="grow">
                  {event.actor.displayName}: {codeWords(event.type)}
                  {event.assignee && ` to ${event.assignee.displayName}`}
                  {event.decision && `: ${DECISION[event.decision]}`}
                  {event.note ? (
                    <span className="muted block">{event.note}</span>
                  ) : (
                    hidden && <span className="masked block">{MASK.CLASS.short}</span>
                  )}
                </span>
                <time className="hint" dateTime={event.at}>
                  {showDateTime(event.at)}
                </time>
              </li>
            ))}
          </ol>
        </section>
        {request.assignee?.id !== member.id && (
          <p className="note">Its words, and the person’s charts, are shown to whoever has it in hand.</p>
        )}
        <p className="problem" role="alert">
          {command.problem}
        </p>
      </div>
      <footer>
        {can.includes('fulfil') && request.results.length === 0 && (
          <Button className="btn primary" onPress={() => setFulfils(true)}>
            {FULFIL[request.kind].title}…
          </Button>
        )}
        {(['close', 'extend', 'contest', 'decide'] as const)
          .filter((it) => can.includes(it))
          .map((it) => (
            <Button key={it} className={it === 'decide' ? 'btn primary' : 'btn'} onPress={() => setAct(it)}>
              {ACT[it].begin}
            </Button>
          ))}
        {can.includes('assign') && request.assignee?.id !== member.id && (
          <Button className="btn primary" isDisabled={command.busy} onPress={() => void take()}>
            Take it in hand
          </Button>
        )}
      </footer>
    </PageDialog>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function ActDialog({ request, act, onBack, onChanged, onDone }: Props & { act: Act; onBack: () => void }) {
  const [words, setWords] = useState('')
  const [decision, setDecision] = useState<RequestDecision>()
  const [denial, setDenial] = useState<RequestDenial | ''>('')
  const [closes, setCloses] = useState<RequestCloseReason>()
  const command = useCommand()
  const [documents, setDocuments] = useState('')
  const base = { requestId: request.id, seenVersion: request.version }
  // A statement about a denied amendment goes with its documents from then on (164.526(d)).
  const linked = act === 'contest' && request.kind === 'AMENDMENT'
  const named = documents.split(/\s+/).filter((id) => id !== '')
  const denies = decision === 'DENIED' || decision === 'PARTLY_GRANTED'
  const run = async (): Promise<void> => {
    let outcome: PrivacyRequestOutcomeFieldsFragment | undefined
    if (act === 'decide' && decision) {
      const input = { ...base, decision, statement: words.trim(), ...(denies && denial && { denialReason: denial }) }
      outcome = (await command.run(DecidePrivacyRequestDocument, { input }))?.decidePrivacyRequest
    }
    if (act === 'extend') {
      const input = { ...base, reason: words.trim() }
      outcome = (await command.run(ExtendPrivacyRequestDocument, { input }))?.extendPrivacyRequest
    }
    if (act === 'contest') {
      const input = { ...base, statement: words.trim(), ...(linked && { documentIds: named }) }
      outcome = (await command.run(ContestPrivacyRequestDocument, { input }))?.contestPrivacyRequest
    }
    if (act === 'close' && closes) {
      const input = { ...base, reason: closes }
      outcome = (await command.run(ClosePrivacyRequestDocument, { input }))?.closePrivacyRequest
    }
    if (outcome?.__typename === 'PrivacyRequestSaved') onDone(ACT[act].done)
    else if (outcome?.__typename === 'PrivacyRequestChanged') {
      command.setProblem('Somebody changed this request before you. Nothing was changed: go back and read it again.')
      onChanged()
    }
  }
  const ready =
    act === 'close'
      ? closes !== undefined
      : words.trim() !== '' &&
        (!linked || named.length > 0) &&
        (act !== 'decide' || (decision !== undefined && (!denies || denial !== '')))
  return (
    <FormDialog
      title={ACT[act].title}
      button={ACT[act].button}
      ready={ready}
      busy={command.busy}
      problem={command.problem}
      onClose={onBack}
      onSubmit={() => void run()}
    >
      {act === 'decide' && (
        <>
          <ReasonList label="Decision" reasons={DECISION} chosen={decision} autoFocus onChoose={setDecision} />
          {denies && (
            <Choose
              label="Why it is denied"
              value={denial}
              options={DENIAL}
              none="Choose the rule"
              onChange={setDenial}
            />
          )}
        </>
      )}
      {act === 'close' && <ReasonList label="Why" reasons={CLOSES} chosen={closes} autoFocus onChoose={setCloses} />}
      {act !== 'close' && (
        <TextLine label={ACT[act].words} rows={4} maxLength={4000} value={words} onChange={setWords} required />
      )}
      {linked && (
        <TextLine
          label="Ids of the documents that the statement is about"
          rows={2}
          value={documents}
          onChange={setDocuments}
          required
        />
      )}
    </FormDialog>
  )
}

const ACT: Readonly<Record<Act, { begin: string; title: string; button: string; words: string; done: string }>> = {
  decide: {
    begin: 'Decide…',
    title: 'Decide the request',
    button: 'Record the decision',
    words: 'What the person is told, in plain language',
    done: 'The decision is on record.',
  },
  extend: {
    begin: 'Extend…',
    title: 'Thirty more days, once',
    button: 'Extend',
    words: 'The reasons, as they were written to the person',
    done: 'Thirty days were added.',
  },
  contest: {
    begin: 'The person disagrees…',
    title: 'A statement of disagreement',
    button: 'Record it',
    words: 'The statement, in the person’s words',
    done: 'The disagreement is on record: a second person decides.',
  },
  close: {
    begin: 'Close…',
    title: 'Close the request',
    button: 'Close it',
    words: '',
    done: 'The request is closed, and what it opened with it.',
  },
}
