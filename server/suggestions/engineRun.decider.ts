import type { EngineEvidence, EngineResult, EngineSuggestion, QueryOpportunity } from '../engine/model.js'
import type { Line } from './model.js'

/** What of an engine's result goes onto a chart. Pure. */

export interface KnownSpan {
  readonly versionId: string
  readonly start: number | null
  readonly end: number | null
  readonly kind: string
}

export interface ChartNow {
  readonly lines: readonly Pick<Line, 'id' | 'system' | 'code' | 'origin' | 'status' | 'decidedBy'>[]
  /** By line. */
  readonly evidence: ReadonlyMap<string, readonly KnownSpan[]>
  readonly topics: ReadonlySet<string>
  /** Versions that were new to the engine in this run: what rests on none of them was said before. */
  readonly newVersions: ReadonlySet<string>
  /** Versions that may be cited now: of this chart, current, not withdrawn, with the length of their text. */
  readonly citable: ReadonlyMap<string, number>
}

export interface Merge {
  readonly proposals: readonly EngineSuggestion[]
  /** Undecided engine lines that the new documents support too. */
  readonly supported: readonly { readonly lineId: string; readonly evidence: readonly EngineEvidence[] }[]
  readonly opportunities: readonly QueryOpportunity[]
}

/**
 * Take over what new documents say. A code that is on the chart already is never proposed again; where its line is an
 * undecided one of the engine's own, it gains the new evidence, and every other line stays exactly as it is: a person
 * decided it or made it.
 */
export function mergeEngineResult(result: Pick<EngineResult, 'suggestions' | 'opportunities'>, chart: ChartNow): Merge {
  const proposals: EngineSuggestion[] = []
  const supported: { lineId: string; evidence: readonly EngineEvidence[] }[] = []
  const taken = new Set<string>()
  for (const suggestion of result.suggestions) {
    const evidence = citableEvidence(suggestion.evidence, chart)
    const key = keyOf(suggestion)
    if (!restsOnNew(evidence, chart) || taken.has(key)) continue
    taken.add(key)
    const same = chart.lines.filter((line) => keyOf(line) === key)
    if (same.length === 0) {
      proposals.push({ ...suggestion, evidence })
      continue
    }
    const open = same.find((line) => line.origin === 'ENGINE' && line.status === 'PROPOSED' && line.decidedBy === null)
    // One decided line of the code says what a person thinks of it, wherever the code is found.
    if (!open || same.length > 1) continue
    const known = new Set((chart.evidence.get(open.id) ?? []).map(spanKey))
    const fresh = evidence.filter((e) => chart.newVersions.has(e.versionId) && !known.has(spanKey(e)))
    if (fresh.length > 0) supported.push({ lineId: open.id, evidence: fresh })
  }

  const topics = new Set(chart.topics)
  const opportunities: QueryOpportunity[] = []
  for (const opportunity of result.opportunities) {
    const evidence = citableEvidence(opportunity.evidence, chart)
    if (topics.has(opportunity.topic) || !restsOnNew(evidence, chart)) continue
    topics.add(opportunity.topic)
    opportunities.push({ ...opportunity, evidence })
  }
  return { proposals, supported, opportunities }
}

const keyOf = (code: { readonly system: string; readonly code: string }): string => `${code.system} ${code.code}`

const spanKey = (span: KnownSpan): string => `${span.versionId} ${span.start} ${span.end} ${span.kind}`

/** Inside the text of a version that may be cited, each span once. */
function citableEvidence(evidence: readonly EngineEvidence[], chart: ChartNow): EngineEvidence[] {
  const unique = new Map(evidence.map((e) => [spanKey(e), e]))
  return [...unique.values()].filter((e) => {
    const length = chart.citable.get(e.versionId)
    return length !== undefined && e.start >= 0 && e.start < e.end && e.end <= length
  })
}

const restsOnNew = (evidence: readonly EngineEvidence[], chart: ChartNow): boolean =>
  evidence.some((e) => chart.newVersions.has(e.versionId))
