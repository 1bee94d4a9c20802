import { noteDisclosed } from '../auth/disclosed.js'
import { remembered, type Session } from '../auth/session.js'
import { type ServiceKey, serviceKey } from '../kernel/services.js'
import type { ChartRow } from './chart.model.js'

/**
 * Whether a chart may be disclosed to the session's third party: agreement of the facility, consents, restrictions. The
 * consents that are relied on, or undefined where it may not.
 */
export type ClientBasis = (session: Session, chart: ChartRow) => Promise<readonly string[] | undefined>
export const CLIENT_BASIS: ServiceKey<ClientBasis> = serviceKey('client basis')

/**
 * Of these charts, the ones that rest on a basis for this viewer. The workforce works under the facility's agreement; what
 * a third party receives is a disclosure, judged for each chart, and never of one whose patient is in doubt.
 */
export async function withBasis(session: Session, charts: Iterable<ChartRow>): Promise<ReadonlySet<string>> {
  if (!session.viewer.client) return new Set([...charts].map((chart) => chart.id))
  const basis = session.services.get(CLIENT_BASIS)
  const judged = judgedIn(session)
  const based = new Set<string>()
  // One after the other: they share one connection.
  for (const chart of charts) {
    if (!judged.has(chart.id)) judged.set(chart.id, chart.identityHold ? undefined : await basis(session, chart))
    if (judged.get(chart.id)) based.add(chart.id)
  }
  return based
}

/** A third party is shown a chart that has a basis: what it rests on is recorded with the disclosure. */
export function noteShown(session: Session, { id, patientId, facilityId }: ChartRow): void {
  if (!session.viewer.client) return
  noteDisclosed(session, { id, chartId: id, patientId, facilityId, consentIds: judgedIn(session).get(id) ?? [] })
}

const judgedIn = (session: Session) =>
  remembered(session, withBasis, () => new Map<string, readonly string[] | undefined>())
