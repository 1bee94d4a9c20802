import { Button } from 'react-aria-components'
import { inheritedLabels } from '../model/labels.js'
import { lacksPoa, needsPoa, proposedPoa } from '../model/lines.js'
import { quoteOf } from '../model/marks.js'
import type { Line, Member, Span } from '../model/types.js'
import { Face } from '../ui/Face.js'
import { showDateTime } from '../ui/format.js'
import { LabelChips } from '../ui/LabelChips.js'
import { MASK } from '../ui/words/access.js'
import { LINE_ROLE, SYSTEM } from '../ui/words/chart.js'
import { useBench } from './bench.js'
import { ConflictBanner } from './ConflictBanner.js'
import { LineActions } from './LineActions.js'
import { PoaControl } from './PoaControl.js'

/** One code: what it is, why, on what words it rests, and who decided. The active one shows all and offers all. */
export function LineRow({ line, number }: { line: Line; number: number | null }) {
  const bench = useBench()
  const { chart, model, conflicts, commands } = bench
  const active = bench.active?.id === line.id
  const conflict = conflicts.get(line.id)
  const here = model.presence.filter((p) => p.suggestionId === line.id)
  const problem = commands.problems.get(line.id)
  return (
    <li
      id={`line-${line.id}`}
      className={`line ${line.status.toLowerCase()}${active ? ' active' : ''}${conflict ? ' conflicted' : ''}`}
      data-pending={model.pending.has(line.id) || undefined}
      tabIndex={active ? 0 : -1}
      aria-current={active || undefined}
      aria-label={labelOf(
        line,
        here.map((p) => p.member),
      )}
      onClick={() => bench.activate(line.id)}
    >
      <div className="line-head">
        <span className="line-number">{number ?? ''}</span>
        <span className="code mono">{line.code ?? 'Hidden'}</span>
        <span className="title">
          {line.title ?? (line.code ? 'Not in the code table of this date' : MASK.LABEL.short)}
        </span>
        {here.map((p) => (
          <Face key={p.presenceId} member={p.member} tiny editing={p.editing === true} />
        ))}
        {line.system && line.system !== 'ICD10CM' && line.kind !== 'PROCEDURE' && (
          <span className="tag">{SYSTEM[line.system]}</span>
        )}
        {roleTag(line)}
        {line.evidenceStale && (
          <span className="tag warn" title="A cited document has a newer version">
            Evidence out of date
          </span>
        )}
        <LabelChips labels={inheritedLabels(line, bench.documents)} />
        {!active && <PoaChip line={line} />}
        {line.status === 'PROPOSED' && line.confidence !== null && <Confidence value={line.confidence} />}
      </div>
      {active ? <Details line={line} /> : <OneLine line={line} />}
      {conflict && <ConflictBanner conflict={conflict} />}
      {active && needsPoa(line, chart) && line.status !== 'REJECTED' && line.status !== 'WITHDRAWN' && (
        <PoaControl line={line} />
      )}
      {problem && !conflict && (
        <p className="problem line-problem" role="alert">
          {problem}
        </p>
      )}
      {active && <LineActions line={line} />}
    </li>
  )
}

function OneLine({ line }: { line: Line }) {
  const { texts } = useBench()
  const span = line.evidence?.[0]
  const quote = span && quoteOf(span.versionId ? texts.loaded.get(span.versionId) : undefined, span)
  if (line.status === 'REJECTED' && line.decisionReason) return <p className="line-sub">{line.decisionReason}</p>
  if (!quote) return line.reason ? <p className="line-sub">{line.reason}</p> : null
  return (
    <p className="line-sub">
      <q>{quote}</q>
    </p>
  )
}

function Details({ line }: { line: Line }) {
  return (
    <div className="line-details">
      {line.reason && <p className="muted">{line.reason}</p>}
      <EvidenceList line={line} />
      {line.evidence === null && <p className="masked">{MASK.LABEL.why}</p>}
      {line.evidence?.length === 0 && line.status !== 'REJECTED' && (
        <p className="muted">No evidence cited. Select words in a document and press n to cite them with a code.</p>
      )}
      <p className="muted who">{decidedWords(line)}</p>
    </div>
  )
}

/** The same words in several documents are one quote with several places. */
function EvidenceList({ line }: { line: Line }) {
  const bench = useBench()
  const byWords = new Map<string, Span[]>()
  for (const span of line.evidence ?? []) {
    const quote = quoteOf(span.versionId ? bench.texts.loaded.get(span.versionId) : undefined, span)
    const words = quote ? `“${quote}”` : span.page ? `Page ${span.page} of the scan` : '…'
    const key = `${span.kind} ${words}`
    byWords.set(key, [...(byWords.get(key) ?? []), span])
  }
  const titleOf = (span: Span): string =>
    bench.documents.find((d) => d.id === span.documentId)?.version?.title ?? 'A document you do not see'
  const isShown = (span: Span): boolean =>
    span.documentId === bench.place?.documentId && span.start === (bench.place?.range?.from ?? null)
  return [...byWords].map(([key, spans]) => (
    <div key={key} className={`evidence kind-${spans[0]!.kind?.toLowerCase()}`}>
      {spans[0]!.kind && spans[0]!.kind !== 'SUPPORTS' && <span className="tag neg">{KIND[spans[0]!.kind]}</span>}
      <span className="quote">{key.slice(key.indexOf(' ') + 1)}</span>
      <span className="places">
        {spans.map((span, i) => (
          <Button
            key={span.id}
            className={`place${isShown(span) ? ' shown' : ''}`}
            aria-label={`Show in ${titleOf(span)}`}
            onPress={() => bench.showSpan(span)}
          >
            {titleOf(span)}
            {nth(spans, i)}
          </Button>
        ))}
      </span>
    </div>
  ))
}

/** The second place in one document, and the third, say so. */
function nth(spans: readonly Span[], i: number): string {
  const before = spans.slice(0, i).filter((s) => s.documentId === spans[i]!.documentId).length
  return before > 0 ? ` (${before + 1})` : ''
}

function PoaChip({ line }: { line: Line }) {
  const { chart } = useBench()
  if (line.status === 'REJECTED' || line.status === 'WITHDRAWN' || !needsPoa(line, chart)) return null
  const read = proposedPoa(line, chart)
  if (line.status === 'PROPOSED')
    return read ? (
      <span className="poa-chip read" title="As the engine reads it; nobody has decided">
        {read}?
      </span>
    ) : null
  if (lacksPoa(line, chart))
    return (
      <span className="poa-chip missing" title="Present on admission is not given">
        POA ?
      </span>
    )
  const poa = line.poa ?? 'EXEMPT'
  return (
    <span className={`poa-chip poa-${poa.toLowerCase()}`} title="Present on admission">
      {poa === 'EXEMPT' ? 'exempt' : poa}
    </span>
  )
}

/** The engine's own confidence, 0 to 1. */
function Confidence({ value }: { value: number }) {
  const percent = Math.round(value * 100)
  const level = percent >= 85 ? 'high' : percent >= 60 ? 'middle' : 'low'
  return (
    <span className={`confidence ${level}`} title={`The engine is ${percent} percent confident`}>
      <meter min={0} max={100} value={percent} aria-label="Confidence" />
      {percent}%
    </span>
  )
}

function roleTag(line: Line) {
  if (!line.role || line.role === 'SECONDARY' || line.role === 'PROCEDURE') return null
  const first = line.role === 'PRINCIPAL' || line.role === 'FIRST_LISTED'
  return <span className={first ? 'tag accent' : 'tag'}>{LINE_ROLE[line.role]}</span>
}

function labelOf(line: Line, here: readonly Member[]): string {
  const parts = [
    line.code ?? 'Hidden code',
    line.title ?? '',
    line.role ? LINE_ROLE[line.role] : '',
    line.status.toLowerCase(),
    line.poa ? `POA ${line.poa}` : '',
    here.length > 0 ? `${here.map((m) => m.displayName).join(', ')} here` : '',
  ]
  return parts.filter(Boolean).join(', ')
}

function decidedWords(line: Line): string {
  const by =
    line.origin === 'ENGINE'
      ? 'Found by the engine'
      : `Added by ${line.author?.displayName ?? line.origin.toLowerCase()}`
  if (!line.decidedBy) return by
  const verb = line.status === 'ACCEPTED' ? 'accepted' : line.status === 'PROPOSED' ? 'returned' : 'rejected'
  const reason = line.decisionReason ? `: ${line.decisionReason}` : ''
  return `${by} · ${verb} by ${line.decidedBy.displayName}, ${showDateTime(line.decidedAt)}${reason}`
}

const KIND = { CONTRADICTS: 'Contradicts', NEGATED: 'Negated', HISTORY: 'History', SUPPORTS: 'Supports' } as const
