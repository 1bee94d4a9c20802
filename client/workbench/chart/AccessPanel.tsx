import { useEffect, useState } from 'react'
import { ExplainAccessDocument } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import type { Access, ChartAction, DocumentState, MaskReason } from '../model/types.js'
import { whyNot } from '../model/whyNot.js'
import { chartroom, sentenceOf } from '../session/chartroom.js'
import { showDateTime, showTime } from '../ui/format.js'
import { ACTION, FIELD, MASK, ROLE } from '../ui/words/access.js'
import { useBench } from './bench.js'

/** What may I do here, what is hidden from me, and why: in the words of the rules that hold now. */
export function AccessPanel() {
  const bench = useBench()
  const { chart, can } = bench
  const viewer = useViewer()
  const { access, problem } = useExplained(chart.id, `${chart.access.can.join()} ${chart.access.masked.length}`)
  const standing = {
    memberId: viewer.member.id,
    roles: viewer.roles,
    chart,
    holes: bench.documents.some(isHole),
    blind: bench.blind.pass !== undefined,
  }
  const actions = (Object.keys(ACTION) as ChartAction[]).filter((action) => action !== 'read')
  const may = actions.filter(can)
  const mayNot = actions.filter((action) => !can(action))
  return (
    <div className="access-panel">
      <section>
        <h3>You are here as</h3>
        <ul>
          {asWhat(bench, viewer).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
      <section>
        <h3>Hidden from you</h3>
        {problem ? (
          <p className="problem">{problem}</p>
        ) : access === undefined ? (
          <p className="muted">Asking…</p>
        ) : access.masked.length === 0 ? (
          <p>Nothing of this chart’s own fields.</p>
        ) : (
          <dl className="reasons">
            {byReason(access).map(([reason, fields]) => (
              <div key={reason}>
                <dt>{fields.join(', ')}</dt>
                <dd>{MASK[reason].why}</dd>
              </div>
            ))}
          </dl>
        )}
      </section>
      <section>
        <h3>
          You may <span className="count">{may.length}</span>
        </h3>
        {may.length === 0 ? (
          <p>Read what is shown, and nothing else.</p>
        ) : (
          <ul className="may">
            {may.map((action) => (
              <li key={action}>
                {ACTION[action]} {KEYS[action] && <kbd>{KEYS[action]}</kbd>}
              </li>
            ))}
          </ul>
        )}
      </section>
      <section>
        <h3>
          You may not, and why <span className="count">{mayNot.length}</span>
        </h3>
        <dl className="reasons">
          {mayNot.map((action) => (
            <div key={action}>
              <dt>{ACTION[action]}</dt>
              <dd>{whyNot(action, standing)}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  )
}

function asWhat(bench: ReturnType<typeof useBench>, viewer: ReturnType<typeof useViewer>): string[] {
  const { chart, glass, questions, blind } = bench
  const lines = [sentence(viewer.roles.map((role) => ROLE[role]).join(', '))]
  if (chart.coderOfRecord?.id === viewer.member.id)
    lines.push(`Coder of record${chart.assignedUntil ? `, until ${showDateTime(chart.assignedUntil)}` : ''}`)
  if (questions[0])
    lines.push(`Asked for help by ${questions[0].askedBy.displayName}, until ${showTime(questions[0].until)}`)
  if (blind.pass) lines.push('Coding it blind, until you reveal your pass')
  if (glass) lines.push(`By a broken glass, to read, until ${showTime(glass.until)}`)
  if (chart.access.can.every((action) => action === 'read')) lines.push('To read only')
  return lines
}

function byReason({ masked }: Access): [MaskReason, string[]][] {
  const groups = new Map<MaskReason, string[]>()
  for (const { field, reason } of masked) groups.set(reason, [...(groups.get(reason) ?? []), FIELD[field] ?? field])
  return [...groups]
}

/** Asked anew whenever what one may do or see changes. */
function useExplained(chartId: string, key: string) {
  const [access, setAccess] = useState<Access>()
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    let current = true
    chartroom
      .query(ExplainAccessDocument, { id: chartId, action: 'read' })
      .then(({ explainAccess }) => {
        if (!current) return
        setAccess(explainAccess)
        setProblem(undefined)
      })
      .catch((error: unknown) => current && setProblem(sentenceOf(error)))
    return () => {
      current = false
    }
  }, [chartId, key])
  return { access, problem }
}

const KEYS: Partial<Record<ChartAction, string>> = {
  decide: '↵',
  add: 'n',
  reorder: '1',
  override: 'o',
  undo: 'z',
  comment: 'c',
  submit: 'Ctrl ↵',
  askForHelp: 'h',
  labelDocument: 'l',
  breakGlass: 'b',
  assign: 's',
  openBlindPass: 'v',
  claim: '↵',
}

const isHole = (document: DocumentState): boolean => document.access.masked.some((it) => it.reason === 'LABEL')

const sentence = (words: string): string => words[0]!.toUpperCase() + words.slice(1)
