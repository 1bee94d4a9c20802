import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { QualityResultDocument } from '../../live/index.js'
import { goTo } from '../app/route.js'
import { moveRows } from '../keys/moveRows.js'
import { useAsked } from '../session/useAsked.js'
import { showDateTime } from '../ui/format.js'
import { PageDialog } from '../ui/PageDialog.js'
import { Rows } from '../ui/Rows.js'
import { AUDIT_REASON, FINDING_ELEMENT, MEASURE } from '../ui/words/quality.js'
import { FindingDialog } from './FindingDialog.js'
import { codesOf, type Finding, type Result } from './finding.js'
import { showRatio } from './score.js'
import { StateOfFinding } from './StateOfFinding.js'

/** One result: the score and what it is made of; Enter on a finding reads it, and answers where it waits for the viewer. */
export function ResultDialog(props: { id: string; onClose: () => void; onDone: (sentence: string) => void }) {
  const asked = useAsked(QualityResultDocument, { id: props.id })
  const [findingId, setFindingId] = useState<string>()
  const result = asked.data?.qualityResult
  const finding = result?.findings?.find((it) => it.id === findingId)
  if (result && finding)
    return (
      <FindingDialog
        key={`${finding.id} ${finding.version}`}
        finding={finding}
        onClose={() => setFindingId(undefined)}
        onDone={(sentence) => {
          setFindingId(undefined)
          asked.reload()
          props.onDone(sentence)
        }}
        onChanged={asked.reload}
      />
    )
  return (
    <PageDialog title="What the audit says" wide onClose={props.onClose}>
      <div className="body">
        {asked.problem && (
          <p className="problem" role="alert">
            {asked.problem}
          </p>
        )}
        {result && <Facts result={result} />}
        {result && <Findings findings={result.findings ?? []} onOpen={setFindingId} />}
      </div>
    </PageDialog>
  )
}

function Facts({ result }: { result: Result }) {
  const { score, recordedScore } = result
  const rescored =
    recordedScore?.headline?.numerator !== score?.headline?.numerator ||
    recordedScore?.headline?.denominator !== score?.headline?.denominator
  return (
    <>
      <dl className="plain">
        <div>
          <dt>Score</dt>
          <dd className="strong">
            {showRatio(score?.headline)}
            {rescored && <span className="muted"> · {showRatio(recordedScore?.headline)} before disputes</span>}
          </dd>
        </div>
        {score?.measures
          ?.filter((it) => it.name && it.name !== score.headline?.name)
          .map((it) => (
            <div key={it.name}>
              <dt>{MEASURE[it.name!]}</dt>
              <dd>{showRatio(it)}</dd>
            </div>
          ))}
        <div>
          <dt>Codes too many, too few</dt>
          <dd>
            {score?.overCoded ?? '–'}, {score?.underCoded ?? '–'}
          </dd>
        </div>
        <div>
          <dt>Audit</dt>
          <dd>
            {AUDIT_REASON[result.reason]}, by {result.auditor.displayName}, of submission {result.submissionNumber}
          </dd>
        </div>
        <div>
          <dt>Answers until</dt>
          <dd>{showDateTime(result.answersDueAt ?? null)}</dd>
        </div>
        <div>
          <dt>Policy</dt>
          <dd className="muted">
            {score?.policy} {score?.policyVersion}
          </dd>
        </div>
      </dl>
      <div className="form-buttons">
        <Button className="btn small" onPress={() => goTo({ page: 'chart', chartId: result.chartId })}>
          Its chart
        </Button>
      </div>
    </>
  )
}

function Findings({ findings, onOpen }: { findings: readonly Finding[]; onOpen: (id: string) => void }) {
  // The keys of a list, here as on every page; the first finding has the focus.
  useEffect(() => {
    // The rows stand there one frame after the list.
    const frame = requestAnimationFrame(() => document.querySelector<HTMLElement>(`${LIST} [role="row"]`)?.focus())
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key !== 'j' && event.key !== 'k') return
      event.preventDefault()
      moveRows(event.key === 'j' ? 'ArrowDown' : 'ArrowUp', LIST)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('keydown', onKeyDown)
    }
  }, [])
  if (findings.length === 0) return <p className="note">Nothing was found in these codes.</p>
  return (
    <Rows
      label="Findings"
      columns="cols-findings"
      head={['State', 'On', 'What was found', 'Answer until']}
      rows={findings}
      textOf={(it) => `${it.element ? FINDING_ELEMENT[it.element] : ''} ${it.explanation ?? ''}`}
      onOpen={({ id }) => onOpen(id)}
    >
      {(it) => [
        it.state ? <StateOfFinding key="state" state={it.state} agreed={it.kind === 'AGREE'} /> : null,
        <span key="element" className="strong">
          {it.element && FINDING_ELEMENT[it.element]}
        </span>,
        <span key="what">
          {codesOf(it)} <span className="muted">{it.explanation ?? 'A label hides the words.'}</span>
        </span>,
        <span key="due" className="muted">
          {it.can.length > 0 && it.dueAt ? showDateTime(it.dueAt) : '–'}
        </span>,
      ]}
    </Rows>
  )
}

const LIST = '.dialog [data-rows]'
