import type { RecentEvent } from '../../live/index.js'
import { Face } from '../ui/Face.js'
import { showDateTime } from '../ui/format.js'
import { EVENT } from '../ui/words/chart.js'
import { useBench } from './bench.js'

/** What happened, newest first, as it happens. */
export function ActivityPanel() {
  const { model } = useBench()
  if (model.recentEvents.length === 0)
    return <p className="empty-note">Nothing has happened since you opened the chart. What others do appears here.</p>
  return (
    <ol className="activity">
      {model.recentEvents.map((event) => (
        <li key={event.cursor}>
          {event.actor ? <Face member={event.actor} tiny /> : <span className="face-space" />}
          <span className="grow">{wordsOf(event)}</span>
          <time className="hint" dateTime={event.at}>
            {showDateTime(event.at)}
          </time>
        </li>
      ))}
    </ol>
  )
}

/** One sentence without its full stop: `Dana Whitfield accepted E11.9`. */
export function wordsOf({ type, actor, subject, coder }: RecentEvent): string {
  if (coder) return passedWords(type, actor, coder)
  const label = subject.label && WITH_LABEL.has(subject.kind) ? ` ${subject.label}` : ''
  const replacement = subject.replacement ? ` to ${subject.replacement}` : ''
  return `${actor ? `${actor.displayName} ` : ''}${EVENT[type]}${label}${replacement}`
}

const WITH_LABEL: ReadonlySet<RecentEvent['subject']['kind']> = new Set([
  'suggestion',
  'document',
  'opportunity',
  'submission',
])

/** Who put whom on the chart, and who took whom off it: a claim is only one of the ways. */
function passedWords(
  type: RecentEvent['type'],
  actor: RecentEvent['actor'],
  { before, after }: NonNullable<RecentEvent['coder']>,
): string {
  const who = actor?.displayName
  if (type === 'CHART_ASSIGNED') {
    if (after && after.id === actor?.id) return `${who} took the chart`
    if (after && after.id !== before?.id)
      return who
        ? `${who} assigned the chart to ${after.displayName}`
        : `The chart was assigned to ${after.displayName}`
    return who ? `${who} put somebody else on the chart` : 'Somebody was put on the chart'
  }
  if (!before || after) return who ? `${who} took somebody off the chart` : 'A part on the chart ran out'
  if (before.id === actor?.id) return `${who} gave the chart back`
  return who
    ? `${who} took the chart from ${before.displayName}`
    : `The assignment of ${before.displayName} ran out: the chart waits again`
}
