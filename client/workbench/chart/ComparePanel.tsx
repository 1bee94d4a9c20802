import { Button } from 'react-aria-components'
import { useViewer } from '../app/viewer.js'
import { type ComparedLine, type Comparison, differences } from '../model/compare.js'
import type { Line } from '../model/types.js'
import { MASK } from '../ui/words/access.js'
import { LINE_ROLE } from '../ui/words/chart.js'
import { useBench } from './bench.js'

/** An auditor's codes, as of a revealed blind pass, beside those that stand on the chart; folded until asked for. */
export function ComparePanel() {
  const { comparisons, comparing, compare } = useBench()
  if (comparisons.length === 0) return null
  return (
    <section className="line-group" aria-label="Comparison">
      <h3>
        <Button className="disclose" aria-expanded={comparing} onPress={() => compare(!comparing)}>
          Auditor’s codes beside the chart’s <kbd>g v</kbd>
        </Button>
      </h3>
      {comparing && comparisons.map((comparison) => <One key={comparison.auditor.id} comparison={comparison} />)}
    </section>
  )
}

function One({ comparison: { auditor, rows } }: { comparison: Comparison }) {
  const viewer = useViewer()
  const own = auditor.id === viewer.member.id
  return (
    <div className="compare">
      <p className="hint">
        <span className="strong">{own ? 'Your codes' : `Codes of ${auditor.displayName}`}:</span> {summary(rows)}
      </p>
      <ul>
        {rows.map((row) => (
          <Row key={(row.auditors ?? row.coders)!.id} row={row} own={own} />
        ))}
      </ul>
    </div>
  )
}

function Row({ row, own }: { row: ComparedLine; own: boolean }) {
  const bench = useBench()
  const line = (row.auditors ?? row.coders)!
  return (
    <li className={`compared ${row.kind.toLowerCase().replace('_', '-')}`}>
      <Button className="compared-line" onPress={() => bench.activate(line.id, true)}>
        <span className="code mono">{line.code ?? 'Hidden'}</span>
        <span className="title">{line.title ?? MASK.LABEL.short}</span>
        <span className={`tag ${TONE[row.kind]}`}>{wordsOf(row, own)}</span>
      </Button>
      {row.kind === 'DIFFERS' && (
        <p className="line-sub">
          {differences(row.auditors!, row.coders!)
            .map((field) => `${NAME[field]}: ${shown(row.auditors!, field)}, on the chart ${shown(row.coders!, field)}`)
            .join(' · ')}
        </p>
      )}
    </li>
  )
}

const shown = (line: Line, field: 'role' | 'poa'): string =>
  field === 'poa' ? (line.poa ?? 'none') : line.role ? LINE_ROLE[line.role].toLowerCase() : 'none'

function summary(rows: readonly ComparedLine[]): string {
  const count = (kind: ComparedLine['kind']): number => rows.filter((it) => it.kind === kind).length
  return [
    `${count('SAME')} the same`,
    `${count('DIFFERS')} with a difference`,
    `${count('ONLY_AUDITOR')} only the auditor’s`,
    `${count('ONLY_CODER')} only the chart’s`,
    ...(count('TAKEN_UP') > 0 ? [`${count('TAKEN_UP')} taken up`] : []),
  ].join(' · ')
}

const wordsOf = ({ kind }: ComparedLine, own: boolean): string =>
  ({
    SAME: 'The same',
    DIFFERS: 'Differs',
    TAKEN_UP: 'Taken up',
    ONLY_AUDITOR: own ? 'Only yours' : 'Only the auditor’s',
    ONLY_CODER: 'Only the chart’s',
  })[kind]

const TONE: Readonly<Record<ComparedLine['kind'], string>> = {
  SAME: 'ok',
  TAKEN_UP: 'ok',
  DIFFERS: 'warn',
  ONLY_AUDITOR: 'neg',
  ONLY_CODER: 'neg',
}

const NAME = { role: 'Role', poa: 'POA' } as const
