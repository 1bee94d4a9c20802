import { Button } from 'react-aria-components'
import { quoteOf } from '../model/marks.js'
import { showDateTime } from '../ui/format.js'
import { MASK } from '../ui/words/access.js'
import { LINE_ROLE, SYSTEM } from '../ui/words/chart.js'
import { useBench } from './bench.js'
import type { PassLine } from './passCommands.js'

/** The codes of one's own blind pass, in the place of the chart's, which are hidden until it is revealed. */
export function PassPanel() {
  const bench = useBench()
  const { blind, commands } = bench
  return (
    <div className="lines">
      <section className="line-group" aria-label="Your blind pass">
        <h3>
          Your blind pass <span className="count">{blind.lines.length}</span>
        </h3>
        <ul>
          {blind.lines.map((line, i) => (
            <PassRow key={line.id} line={line} number={i + 1} />
          ))}
          {blind.lines.length === 0 && (
            <li className="line-note">
              Nothing yet. Select the words of a document, or find them with <kbd>f</kbd> and <kbd>↵</kbd>, then press{' '}
              <kbd>n</kbd> to code them.
            </li>
          )}
        </ul>
      </section>
      <p className="problem line-problem" role="alert">
        {commands.problems.get('pass')}
      </p>
      <div className="line-actions">
        <Button className="btn small primary" onPress={() => bench.open({ kind: 'revealPass' })}>
          Reveal… <kbd>v</kbd>
        </Button>
        <span className="hint">
          Opened {showDateTime(blind.pass?.openedAt ?? null)}. Yours alone until you reveal it.
        </span>
      </div>
    </div>
  )
}

function PassRow({ line, number }: { line: PassLine; number: number }) {
  const bench = useBench()
  const active = bench.blind.active?.id === line.id
  return (
    <li
      id={`line-${line.id}`}
      className={`line accepted${active ? ' active' : ''}`}
      tabIndex={active ? 0 : -1}
      aria-current={active || undefined}
      aria-label={[
        line.code ?? 'Hidden code',
        line.title,
        line.role && LINE_ROLE[line.role],
        line.poa && `POA ${line.poa}`,
      ]
        .filter(Boolean)
        .join(', ')}
      onClick={() => bench.activateInPass(line.id)}
    >
      <div className="line-head">
        <span className="line-number">{number}</span>
        <span className="code mono">{line.code ?? 'Hidden'}</span>
        <span className="title">{line.title ?? MASK.LABEL.short}</span>
        {line.system && line.system !== 'ICD10CM' && line.kind !== 'PROCEDURE' && (
          <span className="tag">{SYSTEM[line.system]}</span>
        )}
        {line.role && line.role !== 'SECONDARY' && line.role !== 'PROCEDURE' && (
          <span className="tag accent">{LINE_ROLE[line.role]}</span>
        )}
        {line.poa && (
          <span className={`poa-chip poa-${line.poa.toLowerCase()}`} title="Present on admission">
            {line.poa === 'EXEMPT' ? 'exempt' : line.poa}
          </span>
        )}
      </div>
      <div className="line-details">
        {(line.evidence ?? []).map((span) => (
          <Button key={span.id} className="evidence" onPress={() => bench.showSpan(span)}>
            <span className="quote">
              {span.page
                ? `Page ${span.page} of the scan`
                : `“${quoteOf(span.versionId ? bench.texts.loaded.get(span.versionId) : undefined, span) ?? '…'}”`}
            </span>
          </Button>
        ))}
      </div>
      {active && (
        <div className="line-actions">
          <Button className="btn small" onPress={() => void bench.blind.remove(line)}>
            Take out <kbd>x</kbd>
          </Button>
        </div>
      )}
    </li>
  )
}
