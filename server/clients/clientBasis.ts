import type { FieldClass } from '../../schema/values.js'
import { type ClientGrant, classesOf } from '../auth/scope.js'
import type { Session } from '../auth/session.js'
import type { ChartRow } from '../charts/index.js'
import { basisFor, type Disclosure } from '../consents/index.js'

/**
 * Whether a chart may be disclosed to this session's vendor now, for the purpose it is registered for: an agreement of the
 * facility, and no restriction against it (45 CFR 164.506, 164.522). Labelled content is not asked for: the sight of a
 * third party admits no label. Treatment, payment and operations stand in no accounting (164.528(a)(1)(i)); every answer
 * stands in the access records with its recipient, and every chart that was shown among the disclosures.
 * @returns the consents that are relied on, none under the agreement; undefined where it may not
 */
export async function clientBasis(session: Session, chart: ChartRow): Promise<readonly string[] | undefined> {
  const client = session.viewer.client!
  const decision = await basisFor(session, chart, shownTo(client, classesOf(client)), false)
  return decision.allowed ? decision.consentIds : undefined
}

/** What a vendor is shown of a chart, of these classes. */
export const shownTo = (
  { purpose, vendor }: Pick<ClientGrant, 'purpose' | 'vendor'>,
  classes: readonly FieldClass[],
): Disclosure => ({
  purpose,
  recipient: { kind: 'BUSINESS_ASSOCIATE', name: vendor },
  onwardTo: null,
  classes,
  careDays: null,
  things: [{ documentId: null, documentType: null, labels: [] }],
})
