import type { ChartEvent, EventSubject, Member, RecentEvent } from './model.js'

/**
 * The feed beside a chart: what happened last stands first.
 * @param coder whose chart it was before the events
 */
export function withRecent(
  recent: readonly RecentEvent[],
  events: readonly ChartEvent[],
  coder: Member | null,
): readonly RecentEvent[] {
  if (events.length === 0) return recent
  let before = coder
  const added = events.map((event): RecentEvent => {
    const { cursor, type, actor, at, chart } = event
    const after = chart ? chart.coderOfRecord : before
    const passed = type === 'CHART_ASSIGNED' || type === 'CHART_RELEASED' ? { before, after } : null
    before = after
    return { cursor, type, actor, at, subject: subjectOf(event), coder: passed }
  })
  const all = [...added.reverse(), ...recent].slice(0, MOST_RECENT)
  const withdrawn = new Set(events.filter((it) => it.document?.withdrawnAt).map((it) => it.document!.id))
  // The title of a withdrawn document goes from the feed too.
  return withdrawn.size === 0
    ? all
    : all.map((entry) => (withdrawn.has(entry.subject.id ?? '') ? untitled(entry) : entry))
}

const MOST_RECENT = 50

const untitled = (entry: RecentEvent): RecentEvent => ({ ...entry, subject: { ...entry.subject, label: null } })

function subjectOf(event: ChartEvent): EventSubject {
  const { suggestion, document, comment, opportunity, pend, submission, order, edits, chart } = event
  if (suggestion) return subject('suggestion', suggestion.id, suggestion.code, event.replacement?.code ?? null)
  if (document) return subject('document', document.id, document.version?.title ?? null)
  if (comment) return subject('comment', comment.id, null)
  if (opportunity) return subject('opportunity', opportunity.id, opportunity.topic)
  if (pend) return subject('pend', pend.id, pend.reason)
  if (submission) return subject('submission', submission.id, String(submission.number))
  if (order) return subject('order', null, null)
  if (event.type === 'EDIT_OVERRIDDEN' && edits) return subject('edit', null, null)
  return subject('chart', chart?.id ?? null, null)
}

const subject = (
  kind: EventSubject['kind'],
  id: string | null,
  label: string | null,
  replacement: string | null = null,
): EventSubject => ({ kind, id, label, replacement })
