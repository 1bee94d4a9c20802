import type {
  ChartBase,
  ChartEvent,
  ChartSnapshot,
  ChartState,
  CodeOrder,
  DocumentState,
  Opportunity,
  SuggestionState,
} from './model.js'
import { inReviewOrder } from './reviewOrder.js'

/**
 * One snapshot or event folded into what is known of a chart. Pure; whichever way one history is cut into a snapshot
 * and events, the result is the same.
 */
export function reduce(base: ChartBase | null, item: ReduceItem): ChartBase {
  if (item.__typename === 'ChartSnapshot') return fromSnapshot(item)
  if (!base) throw new Error('events come after a snapshot')
  return item.events.reduce(withEvent, base)
}

export type ReduceItem =
  | ({ readonly __typename: 'ChartSnapshot' } & ChartSnapshot)
  | { readonly __typename: 'ChartEvents'; readonly events: readonly ChartEvent[] }

/** Of whoever sees no clinical content: the order is part of it. */
export const NO_ORDER: CodeOrder = { version: 0, principalId: null, suggestionIds: null }

function fromSnapshot(snapshot: ChartSnapshot): ChartBase {
  const order = snapshot.order ?? NO_ORDER
  return {
    cursor: snapshot.cursor,
    chart: snapshot.chart,
    contentVisible: snapshot.suggestions !== null,
    documents: [...(snapshot.documents ?? [])].sort(byEncounter),
    suggestions: inReviewOrder(snapshot.suggestions ?? [], order),
    opportunities: [...(snapshot.opportunities ?? [])].sort(byId),
    order,
    edits: snapshot.edits ?? [],
    comments: [...(snapshot.comments ?? [])].sort(byCreation),
    pends: snapshot.pends.filter((pend) => pend.removedAt === null).sort(byCreation),
    submissions: [...snapshot.submissions].sort((a, b) => a.number - b.number),
  }
}

export function withEvent(base: ChartBase, event: ChartEvent): ChartBase {
  const next: Writable<ChartBase> = { ...base, cursor: event.cursor }
  if (event.chart) next.chart = event.chart
  if (event.document) Object.assign(next, withDocument(next, event.document))
  if (event.suggestion) next.suggestions = upsert(next.suggestions, event.suggestion)
  if (event.replacement) next.suggestions = upsert(next.suggestions, event.replacement)
  if (event.opportunity) next.opportunities = upsert(next.opportunities, event.opportunity).sort(byId)
  if (event.order) next.order = event.order
  if (event.type === 'SUGGESTION_REORDERED' && event.order)
    next.suggestions = withFirst(next.suggestions, event.order, next.chart)
  if (event.edits) next.edits = event.edits
  if (event.comment) next.comments = upsert(next.comments, event.comment).sort(byCreation)
  if (event.pend) {
    const { pend } = event
    next.pends = upsert(next.pends, pend)
      .filter((it) => it.removedAt === null)
      .sort(byCreation)
  }
  if (event.submission)
    next.submissions = upsert(next.submissions, event.submission).sort((a, b) => a.number - b.number)
  if (next.suggestions !== base.suggestions || next.order !== base.order)
    next.suggestions = inReviewOrder(next.suggestions, next.order)
  return next
}

/** The role that stands first is the order's to give: principal for inpatients, first-listed for all others. */
export function withFirst(
  lines: readonly SuggestionState[],
  order: CodeOrder,
  chart: Pick<ChartState, 'patientClass'>,
): readonly SuggestionState[] {
  const first = chart.patientClass === 'INPATIENT' ? 'PRINCIPAL' : 'FIRST_LISTED'
  const accepted = new Set(order.suggestionIds)
  return lines.map((line) => {
    if (!accepted.has(line.id)) return line
    const role = line.id === order.principalId ? first : isFirstRole(line.role) ? 'SECONDARY' : line.role
    return role === line.role ? line : { ...line, role }
  })
}

export const isFirstRole = (role: SuggestionState['role']): boolean => role === 'PRINCIPAL' || role === 'FIRST_LISTED'

/**
 * A document that is withdrawn takes every citation of it along, and the reasons that quote it, as the server does at
 * every point of the history.
 */
function withDocument(base: ChartBase, document: DocumentState): Partial<ChartBase> {
  const documents = upsert(base.documents, document).sort(byEncounter)
  if (document.withdrawnAt === null) return { documents }
  return {
    documents,
    suggestions: base.suggestions.map((line) => withoutCitations(line, document.id)),
    opportunities: base.opportunities.map((it) => withoutCitations(it, document.id)),
  }
}

function withoutCitations<T extends SuggestionState | Opportunity>(owner: T, documentId: string): T {
  if (!owner.evidence?.some((it) => it.documentId === documentId)) return owner
  return { ...owner, reason: null, evidence: owner.evidence.filter((it) => it.documentId !== documentId) }
}

function upsert<T extends { readonly id: string }>(list: readonly T[], item: T): T[] {
  const at = list.findIndex(({ id }) => id === item.id)
  return at < 0 ? [...list, item] : list.with(at, item)
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** Ids are in the order of time (UUID version 7). */
const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

const byCreation = (a: { id: string; createdAt: string }, b: { id: string; createdAt: string }): number =>
  a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : byId(a, b)

/** By the time of writing; what has none, or hides it, comes last. */
const byEncounter = (a: DocumentState, b: DocumentState): number => {
  const [one, other] = [a.version?.authoredAt ?? UNDATED, b.version?.authoredAt ?? UNDATED]
  return one < other ? -1 : one > other ? 1 : byId(a, b)
}

const UNDATED = '~'
