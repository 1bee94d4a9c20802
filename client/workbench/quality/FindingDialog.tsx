import { useState } from 'react'
import {
  AcknowledgeFindingDocument,
  AnswerDisputeDocument,
  DecideDisputeDocument,
  type DisputeReason,
  DisputeFindingDocument,
  EscalateFindingDocument,
  type FindingAct,
} from '../../live/index.js'
import { type Command, useCommand } from '../session/useCommand.js'
import { TextLine } from '../ui/Fields.js'
import { FormDialog } from '../ui/FormDialog.js'
import { showDateTime } from '../ui/format.js'
import { PageDialog } from '../ui/PageDialog.js'
import { ReasonList } from '../ui/ReasonList.js'
import { DISPUTE, FINDING_ELEMENT, FINDING_STEP } from '../ui/words/quality.js'
import { codesOf, type Finding } from './finding.js'
import { StateOfFinding } from './StateOfFinding.js'

/** What can be said to a finding, each with the act that the server lists for it. */
const SAYINGS = {
  ACKNOWLEDGE: { act: 'ACKNOWLEDGE', words: 'I agree' },
  DISPUTE: { act: 'DISPUTE', words: 'I hold it for wrong' },
  ESCALATE: { act: 'ESCALATE', words: 'A third person should decide' },
  AGREE: { act: 'ANSWER', words: 'The coder is right: take the finding back' },
  UPHOLD: { act: 'ANSWER', words: 'I stand by the finding' },
  PASS_ON: { act: 'ANSWER', words: 'A third person should decide' },
  OVERTURN: { act: 'DECIDE', words: 'The finding falls' },
  CONFIRM: { act: 'DECIDE', words: 'The finding stands' },
} as const satisfies Record<string, { act: FindingAct; words: string }>
type Saying = keyof typeof SAYINGS

/** One finding with its history; where it waits for the viewer, the answer to it, by keys alone. */
export function FindingDialog(props: {
  finding: Finding
  onClose: () => void
  onDone: (sentence: string) => void
  /** Somebody said something first: it is read again. */
  onChanged: () => void
}) {
  const { finding } = props
  const [saying, setSaying] = useState<Saying>()
  const [reason, setReason] = useState<DisputeReason>()
  const [comment, setComment] = useState('')
  const command = useCommand()
  const open = (Object.keys(SAYINGS) as Saying[]).filter((it) => finding.can.includes(SAYINGS[it].act))
  const title = finding.element ? FINDING_ELEMENT[finding.element] : 'A finding'
  if (open.length === 0)
    return (
      <PageDialog title={title} onClose={props.onClose}>
        <div className="body">
          <Facts finding={finding} />
        </div>
      </PageDialog>
    )
  const worded = saying !== undefined && saying !== 'ACKNOWLEDGE'
  const ready =
    saying !== undefined && (!worded || comment.trim() !== '') && (saying !== 'DISPUTE' || reason !== undefined)
  const say = async (): Promise<void> => {
    if (!ready) return
    const outcome = await send(command, finding, saying, comment.trim(), reason)
    if (outcome === 'FindingSaved') props.onDone('Your answer is on record.')
    else if (outcome === 'FindingChanged') props.onChanged()
  }
  return (
    <FormDialog
      title={title}
      button="Answer"
      ready={ready}
      busy={command.busy}
      problem={command.problem}
      hint="A digit chooses."
      onClose={props.onClose}
      onSubmit={() => void say()}
    >
      <Facts finding={finding} />
      <ReasonList
        label="Answer"
        reasons={Object.fromEntries(open.map((it) => [it, SAYINGS[it].words])) as Record<Saying, string>}
        chosen={saying}
        autoFocus
        onChoose={setSaying}
      />
      {saying === 'DISPUTE' && (
        <ReasonList label="Why" reasons={DISPUTE} chosen={reason} autoFocus onChoose={setReason} />
      )}
      {worded && (
        <TextLine label="In your words" rows={3} maxLength={2000} value={comment} onChange={setComment} required />
      )}
    </FormDialog>
  )
}

/** @returns what came of it; undefined where `command.problem` says why nothing did */
async function send(
  command: Command,
  { id, version }: Finding,
  saying: Saying,
  comment: string,
  reason: DisputeReason | undefined,
): Promise<string | undefined> {
  const seen = { findingId: id, seenVersion: version }
  switch (saying) {
    case 'ACKNOWLEDGE':
      return (await command.run(AcknowledgeFindingDocument, { input: seen }))?.acknowledgeFinding.__typename
    case 'DISPUTE':
      return (await command.run(DisputeFindingDocument, { input: { ...seen, reason: reason!, comment } }))
        ?.disputeFinding.__typename
    case 'ESCALATE':
      return (await command.run(EscalateFindingDocument, { input: { ...seen, comment } }))?.escalateFinding.__typename
    case 'AGREE':
    case 'UPHOLD':
    case 'PASS_ON': {
      const answer = saying === 'PASS_ON' ? 'ESCALATE' : saying
      return (await command.run(AnswerDisputeDocument, { input: { ...seen, answer, comment } }))?.answerDispute
        .__typename
    }
    case 'OVERTURN':
    case 'CONFIRM':
      return (await command.run(DecideDisputeDocument, { input: { ...seen, verdict: saying, comment } }))?.decideDispute
        .__typename
  }
}

function Facts({ finding }: { finding: Finding }) {
  const quotes = [finding.submitted, finding.proposed].flatMap((code) =>
    (code?.evidence ?? []).flatMap((e) => (e.quote ? [{ id: e.id, quote: e.quote, code: code!.code }] : [])),
  )
  return (
    <>
      <dl className="plain">
        <div>
          <dt>State</dt>
          <dd>
            {finding.state && <StateOfFinding state={finding.state} agreed={finding.kind === 'AGREE'} />}
            {finding.can.length > 0 && finding.dueAt && ` Answer until ${showDateTime(finding.dueAt)}.`}
          </dd>
        </div>
        <div>
          <dt>Found</dt>
          <dd className="strong">{codesOf(finding)}</dd>
        </div>
        {[finding.submitted, finding.proposed].map(
          (code) =>
            code?.title && (
              <div key={code.suggestionId}>
                <dt>{code.code}</dt>
                <dd>{code.title}</dd>
              </div>
            ),
        )}
        <div>
          <dt>Why</dt>
          <dd>{finding.explanation ?? 'A label hides the words.'}</dd>
        </div>
        {finding.guideline && (
          <div>
            <dt>Guideline</dt>
            <dd>{finding.guideline}</dd>
          </div>
        )}
        {quotes.map(({ id, quote, code }) => (
          <div key={id}>
            <dt>{code} rests on</dt>
            <dd>“{quote}”</dd>
          </div>
        ))}
        {finding.history?.map((step) => (
          <div key={step.at}>
            <dt>{showDateTime(step.at)}</dt>
            <dd>
              {step.by?.displayName} {step.type && FINDING_STEP[step.type]}
              {step.reason && ` (${DISPUTE[step.reason].toLowerCase()})`}
              {step.comment && `: ${step.comment}`}
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
