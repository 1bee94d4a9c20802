import { useState } from 'react'
import { Button } from 'react-aria-components'
import { AuditsOfChartDocument, type AuditsOfChartQuery } from '../../live/index.js'
import { goTo } from '../app/route.js'
import { useViewer } from '../app/viewer.js'
import { showRatio } from '../quality/score.js'
import { StateOfFinding } from '../quality/StateOfFinding.js'
import { useAsked } from '../session/useAsked.js'
import { showDateTime } from '../ui/format.js'
import { AUDIT_REASON, FINDING_ELEMENT, FINDING_KIND } from '../ui/words/quality.js'
import { CloseAuditDialog, OpenAuditDialog, RecordFindingDialog } from './AuditDialogs.js'
import { useBench } from './bench.js'

export type ChartAudits = NonNullable<AuditsOfChartQuery['chart']>
export type AuditOfChart = NonNullable<ChartAudits['audits']>[number]
type Open = 'open' | 'record' | 'close'

/** The audits of the chart as far as one sees them; one's own is opened, filled and closed here. */
export function AuditPanel() {
  const { chart, can, commands } = useBench()
  const { member } = useViewer()
  const [dialog, setDialog] = useState<Open>()
  const asked = useAsked(AuditsOfChartDocument, { id: chart.id })
  const found = asked.data?.chart
  const audits = found?.audits ?? []
  const own = audits.find((it) => it.auditor?.id === member.id && !it.closedAt)
  const done = (sentence?: string): void => {
    setDialog(undefined)
    if (!sentence) return
    commands.say(sentence)
    asked.reload()
  }
  return (
    <div className="audit-panel">
      <div className="form-buttons">
        {!own && can('openAudit') && (
          <Button className="btn small" onPress={() => setDialog('open')}>
            Open an audit
          </Button>
        )}
        {own && (
          <>
            <Button className="btn small" isDisabled={!can('recordFinding')} onPress={() => setDialog('record')}>
              Record a finding
            </Button>
            <Button className="btn small primary" onPress={() => setDialog('close')}>
              Close the audit
            </Button>
          </>
        )}
        <Button className="btn small bare" onPress={() => goTo({ page: 'quality' })}>
          Results <kbd>g y</kbd>
        </Button>
      </div>
      {asked.problem && (
        <p className="problem" role="alert">
          {asked.problem}
        </p>
      )}
      {found && audits.length === 0 && (
        <p className="muted">No audit of this chart is open to you. What is found here stays with whoever audits it.</p>
      )}
      {found &&
        audits.map((audit) => (
          <section key={audit.id} className="audit" aria-label={`Audit by ${audit.auditor?.displayName}`}>
            <h3>
              {AUDIT_REASON[audit.reason]} <span className="muted">by {audit.auditor?.displayName}</span>
            </h3>
            <p className="muted">
              {audit.closedAt
                ? `Closed ${showDateTime(audit.closedAt)}; answers until ${showDateTime(audit.answersDueAt ?? null)}.`
                : `Open since ${showDateTime(audit.openedAt)}.`}
              {audit.score && ` ${showRatio(audit.score.headline)}.`}
            </p>
            <ul className="plain-list">
              {audit.findings?.map((finding) => (
                <li key={finding.id}>
                  {audit.closedAt && finding.state && (
                    <StateOfFinding state={finding.state} agreed={finding.kind === 'AGREE'} />
                  )}{' '}
                  <span className="strong">{finding.element && FINDING_ELEMENT[finding.element]}</span>{' '}
                  {codeOf(found, finding.suggestionId)} {finding.kind && FINDING_KIND[finding.kind]}.{' '}
                  <span className="muted">{finding.explanation}</span>
                </li>
              ))}
            </ul>
            {audit.findings?.length === 0 && <p className="muted">Nothing is recorded yet.</p>}
          </section>
        ))}
      {dialog === 'open' && <OpenAuditDialog onClose={done} />}
      {dialog === 'record' && own && found && <RecordFindingDialog audit={own} found={found} onClose={done} />}
      {dialog === 'close' && own && <CloseAuditDialog audit={own} onClose={done} />}
    </div>
  )
}

const codeOf = ({ submissions }: ChartAudits, suggestionId: string | null): string =>
  submissions.flatMap((it) => it.codes ?? []).find((it) => it.suggestionId === suggestionId)?.code ?? ''
