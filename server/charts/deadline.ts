import { remembered, type Session } from '../auth/session.js'

/**
 * Instants at which what was decided about a chart may be another by the clock alone: a consent expires, undertakings
 * begin or end. Whoever decides notes them; a stream looks again at the first, whether or not anything wakes it.
 */
export function noteDeadline(session: Session, chartId: string, at: Date | null): void {
  if (at === null) return
  const known = deadlines(session).get(chartId)
  if (!known || at < known) deadlines(session).set(chartId, at)
}

export const deadlineOn = (session: Session, chartId: string): Date | null => deadlines(session).get(chartId) ?? null

const deadlines = (session: Session) => remembered(session, deadlineOn, () => new Map<string, Date>())
