import { remembered, type Session } from '../auth/session.js'
import { type ServiceKey, serviceKey } from '../kernel/services.js'
import type { ChartRow } from './chart.model.js'

/** Whether a chart may be disclosed to the session's third party: agreement of the facility, consents, restrictions. */
export type ClientBasis = (session: Session, chart: ChartRow) => Promise<boolean>
export const CLIENT_BASIS: ServiceKey<ClientBasis> = serviceKey('client basis')

/**
 * Of these charts, the ones that rest on a basis for this viewer. The workforce works under the facility's agreement; what
 * a third party receives is a disclosure, judged for each chart, and never of one whose patient is in doubt.
 */
export async function withBasis(session: Session, charts: Iterable<ChartRow>): Promise<ReadonlySet<string>> {
  if (!session.viewer.client) return new Set([...charts].map((chart) => chart.id))
  const basis = session.services.get(CLIENT_BASIS)
  const judged = remembered(session, withBasis, () => new Map<string, boolean>())
  const based = new Set<string>()
  // One after the other: they share one connection.
  for (const chart of charts) {
    if (!judged.has(chart.id)) judged.set(chart.id, !chart.identityHold && (await basis(session, chart)))
    if (judged.get(chart.id)) based.add(chart.id)
  }
  return based
}
