import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { Line, Opportunity } from '../model/types.js'
import { useBench } from './bench.js'
import { ComparePanel } from './ComparePanel.js'
import { LineRow } from './LineRow.js'
import { PassPanel } from './PassPanel.js'

/** All lines of the chart in the groups in which they are worked. */
export function LinesPanel({
  showRejected,
  onShowRejected,
}: {
  showRejected: boolean
  onShowRejected: (on: boolean) => void
}) {
  const bench = useBench()
  const { groups, model, chart } = bench
  const first = chart.patientClass === 'INPATIENT' ? 'Principal diagnosis' : 'First-listed diagnosis'
  const none = groups.principal.length === 0 && groups.accepted.length > 0
  let number = 0
  const numbered = (lines: readonly Line[]) =>
    lines.map((line) => <LineRow key={line.id} line={line} number={++number} />)

  if (bench.blind.pass) return <PassPanel />
  if (!model.contentVisible) return bench.blind.asking ? null : <HiddenContent />
  return (
    <div className="lines">
      <ComparePanel />
      {(groups.principal.length > 0 || none) && (
        <Group title={first}>
          {none ? (
            <li className="line-note">
              None yet. Go to the code that was chiefly responsible and press <kbd>1</kbd>.
            </li>
          ) : (
            numbered(groups.principal)
          )}
        </Group>
      )}
      {groups.accepted.length > 0 && (
        <Group
          title={chart.patientClass === 'INPATIENT' ? 'Secondary diagnoses' : 'Other diagnoses'}
          count={groups.accepted.length}
        >
          {numbered(groups.accepted)}
        </Group>
      )}
      {groups.procedures.length > 0 && (
        <Group title="Procedures" count={groups.procedures.length}>
          {numbered(groups.procedures)}
        </Group>
      )}
      <Group title="Proposals" count={groups.proposals.length}>
        {groups.proposals.length > 0 ? (
          groups.proposals.map((line) => <LineRow key={line.id} line={line} number={null} />)
        ) : (
          <li className="line-note">{noProposals(chart.engineState, model.suggestions.length)}</li>
        )}
      </Group>
      {model.opportunities.length > 0 && <Opportunities opportunities={model.opportunities} />}
      {groups.rejected.length > 0 && (
        <section className="line-group">
          <h3>
            <Button className="disclose" aria-expanded={showRejected} onPress={() => onShowRejected(!showRejected)}>
              Rejected <span className="count">{groups.rejected.length}</span>
            </Button>
          </h3>
          {showRejected && (
            <ul>
              {groups.rejected.map((line) => (
                <LineRow key={line.id} line={line} number={null} />
              ))}
            </ul>
          )}
        </section>
      )}
    </div>
  )
}

function Group({ title, count, children }: { title: string; count?: number; children: React.ReactNode }) {
  return (
    <section className="line-group" aria-label={title}>
      <h3>
        {title} {count !== undefined && <span className="count">{count}</span>}
      </h3>
      <ul>{children}</ul>
    </section>
  )
}

/** Findings that cannot be coded as they stand (guideline III.B): reasons to ask a provider. */
function Opportunities({ opportunities }: { opportunities: readonly Opportunity[] }) {
  const [open, setOpen] = useState(true)
  const { showSpan } = useBench()
  return (
    <section className="line-group">
      <h3>
        <Button className="disclose" aria-expanded={open} onPress={() => setOpen(!open)}>
          Query opportunities <span className="count">{opportunities.length}</span>
        </Button>
      </h3>
      {open && (
        <ul>
          {opportunities.map((o) => (
            <li key={o.id} className="opportunity">
              <Button className="evidence" onPress={() => o.evidence?.[0] && showSpan(o.evidence[0])}>
                <span className="strong">{o.topic}</span>
                <span className="muted from">{o.reason}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** The chart is there, what it says is not: why, and what would change that. */
function HiddenContent() {
  const bench = useBench()
  const { can, commands } = bench
  const way = can('claim') ? WAYS.claim : can('openSecondLook') ? WAYS.openSecondLook : undefined
  return (
    <div className="hidden-content">
      <p className="strong">{way ? way.title : 'The content of this chart is hidden for your role.'}</p>
      <p className="muted">{way ? way.why : 'You see its account, dates and status: what routing work needs.'}</p>
      {way && (
        <Button className="btn primary" autoFocus onPress={() => void commands.chart(way.command)}>
          {way.button} <kbd>↵</kbd>
        </Button>
      )}
      {can('openBlindPass') && (
        <Button className="btn" onPress={() => bench.open({ kind: 'openPass' })}>
          Code it blind… <kbd>v</kbd>
        </Button>
      )}
      {can('breakGlass') && (
        <>
          <p className="muted">
            Where it cannot wait for somebody who may see it, you can open it for an hour, to read. That is told to a
            privacy officer at once and reviewed.
          </p>
          <Button className="btn" onPress={() => bench.open({ kind: 'breakGlass' })}>
            Break the glass… <kbd>b</kbd>
          </Button>
        </>
      )}
      <Button className="btn small bare" onPress={() => bench.setTab('access')}>
        What you may do here, and why <kbd>g w</kbd>
      </Button>
      <p className="problem" role="alert">
        {commands.problems.get('chart')}
      </p>
    </div>
  )
}

const WAYS = {
  claim: {
    command: 'claim',
    title: 'Claim this chart to see and code it.',
    why: 'Identity, documents and codes are shown to its coder of record, from the claim on.',
    button: 'Claim',
  },
  openSecondLook: {
    command: 'openSecondLook',
    title: 'Open a second look to see this chart.',
    why: 'Identity, documents and codes are shown for charts under your review; that you looked is recorded.',
    button: 'Open a second look',
  },
} as const

function noProposals(engine: string, lines: number): React.ReactNode {
  if (engine === 'QUEUED' || engine === 'RUNNING') return 'The engine is reading the documents…'
  if (engine === 'FAILED')
    return 'The engine could not read this chart. Add codes by hand, or let it read again from the chart menu.'
  return lines > 0 ? (
    'All decided.'
  ) : (
    <>
      Nothing proposed. Press <kbd>n</kbd> to add a code.
    </>
  )
}
