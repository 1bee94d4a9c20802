import type { Line, Opportunity, Span } from './types.js'

/** Evidence in one document version, as the view paints it. Pure. */
export interface Mark {
  readonly from: number
  readonly to: number
  readonly look: 'proposed' | 'accepted' | 'rejected' | 'negated' | 'conflict' | 'opportunity'
  readonly active: boolean
  readonly lineId: string | null
}

/** A line of the chart, or one of a blind pass. */
export type MarkedLine = Pick<Line, 'id' | 'status' | 'evidence'>

export function marksOf(
  versionId: string,
  lines: readonly MarkedLine[],
  opportunities: readonly Opportunity[],
  conflicted: ReadonlySet<string>,
  activeId: string | undefined,
): Mark[] {
  const marks: Mark[] = []
  for (const line of lines)
    for (const span of line.evidence ?? []) {
      const active = line.id === activeId
      // What was rejected would only distract, unless one looks at that very line.
      if (!active && (line.status === 'REJECTED' || line.status === 'WITHDRAWN')) continue
      push(marks, versionId, span, lookOf(line, span, conflicted), active, line.id)
    }
  for (const o of opportunities)
    for (const span of o.evidence ?? []) push(marks, versionId, span, 'opportunity', o.id === activeId, null)
  return marks.sort((a, b) => a.from - b.from || b.to - a.to)
}

function push(
  marks: Mark[],
  versionId: string,
  span: Span,
  look: Mark['look'],
  active: boolean,
  lineId: string | null,
): void {
  if (span.versionId !== versionId || span.start === null || span.end === null || span.end <= span.start) return
  marks.push({ from: span.start, to: span.end, look, active, lineId })
}

function lookOf(line: MarkedLine, span: Span, conflicted: ReadonlySet<string>): Mark['look'] {
  if (conflicted.has(line.id) || span.kind === 'CONTRADICTS') return 'conflict'
  if (span.kind === 'NEGATED' || span.kind === 'HISTORY') return 'negated'
  if (line.status === 'ACCEPTED') return 'accepted'
  return line.status === 'PROPOSED' ? 'proposed' : 'rejected'
}

export interface Hit {
  readonly versionId: string
  readonly from: number
  readonly to: number
  /** The words around it, on one line; `at` and `length` say where the hit stands in them. */
  readonly context: string
  readonly at: number
  readonly length: number
}

/** Every place where the words stand, in all texts, whatever their case and the line breaks between them. */
export function findAll(texts: ReadonlyMap<string, string>, words: string, limit = 500): Hit[] {
  const parts = words.trim().split(/\s+/).filter(Boolean)
  if (parts.length === 0) return []
  const pattern = new RegExp(parts.map((p) => p.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+'), 'gi')
  const hits: Hit[] = []
  for (const [versionId, text] of texts)
    for (const match of text.matchAll(pattern)) {
      if (hits.length >= limit) return hits
      hits.push(hitAt(versionId, text, match.index, match.index + match[0].length))
    }
  return hits
}

function hitAt(versionId: string, text: string, from: number, to: number): Hit {
  const flat = (s: string): string => s.replace(/\s+/g, ' ')
  const before = flat(text.slice(Math.max(0, from - AROUND), from)).replace(/^\S*\s/, '')
  const words = flat(text.slice(from, to))
  const after = flat(text.slice(to, to + AROUND)).replace(/\s\S*$/, '')
  return { versionId, from, to, context: before + words + after, at: before.length, length: words.length }
}

/** The words of a span for a line; long ones are cut in the middle, where they matter least. */
export function quoteOf(text: string | undefined, span: Span): string | undefined {
  if (text === undefined || span.start === null || span.end === null) return undefined
  const words = text.slice(span.start, span.end).replace(/\s+/g, ' ').trim()
  return words.length <= LONGEST ? words : `${words.slice(0, LONGEST / 2)} … ${words.slice(-LONGEST / 2)}`
}

const AROUND = 46
const LONGEST = 180
