import type { Session } from '../auth/session.js'
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
  const based = new Set<string>()
  const basis = session.viewer.client && session.services.get(CLIENT_BASIS)
  // One after the other: they share one connection.
  for (const chart of charts) if (!basis || (!chart.identityHold && (await basis(session, chart)))) based.add(chart.id)
  return based
}
