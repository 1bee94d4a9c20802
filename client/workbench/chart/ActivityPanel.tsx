import type { RecentEvent } from '../../live/index.js'
import { Face } from '../ui/Face.js'
import { showDateTime } from '../ui/format.js'
import { EVENT } from '../ui/words.js'
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
export function wordsOf({ type, actor, subject }: RecentEvent): string {
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
