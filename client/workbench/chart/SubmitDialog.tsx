import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { SubmitOutcome } from '../../live/index.js'
import { goTo } from '../app/route.js'
import { blocks, sortEdits } from '../model/lines.js'
import type { Edit } from '../model/types.js'
import { sentenceOf } from '../session/chartroom.js'
import { PageDialog } from '../ui/PageDialog.js'
import { ABSTRACT } from '../ui/words/chart.js'
import { useBench } from './bench.js'
import { nextChart } from './nextChart.js'

/** What will be frozen, what stands in the way, what somebody changed meanwhile; then submit and go on. */
export function SubmitDialog() {
  const bench = useBench()
  const { live, model, chart, groups, open } = bench
  const [busy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<SubmitOutcome>()
  const [problem, setProblem] = useState<string>()
  const inTheWay = sortEdits(model.edits.filter(blocks))
  const count = groups.principal.length + groups.accepted.length + groups.procedures.length
  const undecided = groups.proposals.length
  const possible = bench.can('submit') && count > 0 && inTheWay.length === 0

  const submit = (): void => {
    if (busy || !possible) return
    setBusy(true)
    setProblem(undefined)
    live
      .submit()
      .then(async (answer) => {
        setOutcome(answer)
        for (const conflict of live.getSnapshot().conflicts)
          if (conflict.kind === 'submit') live.dismissConflict(conflict.id)
        if (answer.__typename === 'CommandInvalid') setProblem(answer.problems.map((p) => p.message).join(' '))
        if (answer.__typename !== 'ChartSubmitted') return
        const next = await nextChart(chart.id, bench.header?.queue?.id).catch(() => undefined)
        open(undefined)
        goTo(next ? { page: 'chart', chartId: next } : { page: 'list' })
      })
      .catch((error: unknown) => setProblem(sentenceOf(error)))
      .finally(() => setBusy(false))
  }

  return (
    <PageDialog title="Submit and next" onClose={() => open(undefined)}>
      <div
        className="body"
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          submit()
        }}
      >
        <p>
          <strong>
            {count} {count === 1 ? 'code' : 'codes'}
          </strong>
          {groups.principal[0] && (
            <>
              , <span className="mono strong">{groups.principal[0].code}</span> {groups.principal[0].title} first
            </>
          )}
          .{' '}
          {undecided > 0 && (
            <span className="muted">
              {undecided} {undecided === 1 ? 'proposal is' : 'proposals are'} undecided and will not be submitted.
            </span>
          )}
        </p>
        {!bench.can('submit') && (
          <p className="problem">
            {model.pends.length > 0
              ? 'The chart is pended. Remove the reasons to wait first.'
              : 'Only the coder of record submits, while the chart is in coding.'}
          </p>
        )}
        {count === 0 && <p className="problem">No code is accepted yet. Decide the proposals first.</p>}
        {inTheWay.length > 0 && <InTheWay edits={inTheWay} />}
        {outcome?.__typename === 'ChartChanged' && <Differences outcome={outcome} />}
        {outcome?.__typename === 'SubmissionBlocked' && inTheWay.length === 0 && (
          <p className="problem">{outcome.problems.map((p) => p.message).join(' ')}</p>
        )}
        <p className="problem" role="alert">
          {problem}
        </p>
      </div>
      <footer>
        <span className="hint">Freezes submission {chart.submissionCount + 1}; it can be reopened with a reason.</span>
        <Button className="btn" onPress={() => open(undefined)}>
          Not yet
        </Button>
        <Button className="btn primary" autoFocus isDisabled={busy || !possible} onPress={submit}>
          {busy
            ? 'Submitting…'
            : outcome?.__typename === 'ChartChanged'
              ? 'Submit with the changes'
              : 'Submit and next'}{' '}
          <kbd>↵</kbd>
        </Button>
      </footer>
    </PageDialog>
  )
}

function InTheWay({ edits }: { edits: readonly Edit[] }) {
  const { open, activate } = useBench()
  return (
    <div>
      <p className="problem">{edits.length === 1 ? 'One thing stands' : `${edits.length} things stand`} in the way.</p>
      <ul className="in-the-way">
        {edits.map((edit) => (
          <li key={edit.key}>
            <span className={`tag ${edit.severity === 'WARNING' ? 'warn' : 'bad'}`}>{edit.severity.toLowerCase()}</span>
            <span className="grow">{edit.message}</span>
            {edit.overridable && (
              <Button className="btn small" onPress={() => open({ kind: 'override', edit })}>
                Override…
              </Button>
            )}
            {edit.suggestionIds?.[0] && (
              <Button
                className="btn small"
                onPress={() => {
                  open(undefined)
                  activate(edit.suggestionIds![0]!, true)
                }}
              >
                Go
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Differences({ outcome }: { outcome: Extract<SubmitOutcome, { __typename: 'ChartChanged' }> }) {
  const { documents } = useBench()
  return (
    <div className="banner warn differences" role="alert">
      <div>
        <p>
          <strong>The chart changed while you looked at it.</strong> Nothing was submitted. The page shows these changes
          now; if they are right, submit again.
        </p>
        <ul>
          {(outcome.lines ?? []).map((line) => (
            <li key={line.suggestionId}>
              <span className="mono strong">{line.code}</span> is now {line.status.toLowerCase()}
            </li>
          ))}
          {outcome.abstractFields.map((field) => (
            <li key={field}>{ABSTRACT[field]} was changed</li>
          ))}
          {outcome.documentIds.map((id) => (
            <li key={id}>
              {documents.find((d) => d.id === id)?.version?.title ?? 'A document'} was added, changed or withdrawn
            </li>
          ))}
          {!outcome.lines?.length && !outcome.abstractFields.length && !outcome.documentIds.length && (
            <li>The order of the codes was changed</li>
          )}
        </ul>
      </div>
    </div>
  )
}
