import type { AbstractFieldName, ChartEventType } from '../../schema/values.js'
import type { EditView } from '../charts/chart.model.js'
import type { EventPayload, SuggestionView } from '../charts/views.model.js'

/** May the chart be submitted as its coder has seen it? Pure. */

export interface SeenEvent {
  readonly type: ChartEventType
  readonly mine: boolean
  readonly payload: EventPayload
}

export interface Differences {
  readonly lines: readonly SuggestionView[]
  readonly abstractFields: readonly AbstractFieldName[]
  readonly documentIds: readonly string[]
}

/**
 * What changed since the submitter looked: lines of the working set, fields of the abstract, documents. Comments,
 * presence and the engine's proposals are no difference: they are not part of what is submitted. The submitter's own
 * acts are none either, whatever order their answers and events arrived in.
 */
export function differencesSince(events: readonly SeenEvent[]): Differences {
  const lines = new Map<string, SuggestionView>()
  const abstractFields = new Set<AbstractFieldName>()
  const documentIds = new Set<string>()
  for (const { type, payload } of events.filter((e) => !e.mine)) {
    if (WORKING_SET.has(type) || leftTheOrder(type, payload))
      for (const line of [payload.suggestion, payload.replacement]) if (line) lines.set(line.id, line)
    if (type === 'ABSTRACT_CHANGED' && payload.abstractField) abstractFields.add(payload.abstractField)
    if (DOCUMENTS.has(type) && payload.document) documentIds.add(payload.document.id)
  }
  return { lines: [...lines.values()], abstractFields: [...abstractFields], documentIds: [...documentIds] }
}

/** An accepted line that was taken back is a proposal again, and the order without it came along. */
const leftTheOrder = (type: ChartEventType, payload: EventPayload): boolean =>
  type === 'SUGGESTION_PROPOSED' && payload.order !== undefined

/** The order alone, changed by somebody else, is a difference too. */
export const orderChangedSince = (events: readonly SeenEvent[]): boolean =>
  events.some((e) => !e.mine && e.type === 'SUGGESTION_REORDERED')

export const isDifferent = (d: Differences): boolean =>
  d.lines.length + d.abstractFields.length + d.documentIds.length > 0

const WORKING_SET: ReadonlySet<ChartEventType> = new Set([
  'SUGGESTION_ACCEPTED',
  'SUGGESTION_REJECTED',
  'SUGGESTION_MODIFIED',
  'SUGGESTION_WITHDRAWN',
  'SUGGESTION_EVIDENCE_STALE',
])

const DOCUMENTS: ReadonlySet<ChartEventType> = new Set([
  'DOCUMENT_ADDED',
  'DOCUMENT_AMENDED',
  'DOCUMENT_SIGNED',
  'DOCUMENT_WITHDRAWN',
])

export interface Blocked {
  readonly edits: readonly EditView[]
  readonly problems: readonly { code: string; message: string }[]
}

/** Errors block; a warning blocks until somebody overrode it with a reason. No code at all blocks too. */
export function blockedBy(edits: readonly EditView[], acceptedCount: number): Blocked | null {
  const standing = edits.filter(
    (e) => (e.severity === 'ERROR' || e.severity === 'CRITICAL' || e.severity === 'WARNING') && !e.override,
  )
  const problems: { code: string; message: string }[] = []
  if (acceptedCount === 0)
    problems.push({ code: 'NO_CODES', message: 'No code is accepted yet; decide the suggestions first.' })
  for (const edit of standing) problems.push({ code: edit.ruleId, message: edit.message })
  return problems.length > 0 ? { edits: standing, problems } : null
}
