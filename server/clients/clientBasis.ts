import { classesOf } from '../auth/scope.js'
import type { Session } from '../auth/session.js'
import type { ChartRow } from '../charts/index.js'
import { basisFor } from '../consents/index.js'

/**
 * Whether a chart may be disclosed to this session's vendor now, for the purpose it is registered for: an agreement of the
 * facility, and no restriction against it (45 CFR 164.506, 164.522). Labelled content is not asked for: the sight of a
 * third party admits no label. Treatment, payment and operations stand in no accounting (164.528(a)(1)(i)); every answer
 * stands in the access records with its recipient.
 */
export async function clientBasis(session: Session, chart: ChartRow): Promise<boolean> {
  const client = session.viewer.client!
  const decision = await basisFor(
    session,
    chart,
    {
      purpose: client.purpose,
      recipient: { kind: 'BUSINESS_ASSOCIATE', name: client.vendor },
      onwardTo: null,
      classes: classesOf(client),
      careDays: null,
      things: [{ documentId: null, documentType: null, labels: [] }],
    },
    false,
  )
  return decision.allowed
}
