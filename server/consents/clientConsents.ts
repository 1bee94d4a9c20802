import { noteDisclosed } from '../auth/disclosed.js'
import { scopeOn } from '../auth/scope.js'
import type { Session } from '../auth/session.js'
import type { Viewer } from '../auth/viewer.js'
import { basisFor } from './disclosure.js'
import type { ConsentView } from './record.model.js'

/** Consents as programs of third parties see them: those of the agreement's facilities, with `system/Consent.r`. */

/** Whether consents are there at all for the viewer, beside what a person's own roles say. */
export const readsConsents = ({ client }: Viewer): boolean =>
  client !== undefined && scopeOn(client, 'Consent') !== undefined

/**
 * Of these, the ones that may be disclosed to the session's vendor. A consent to Part 2 disclosures says that the person is
 * in treatment (42 CFR 2.12(a)(1), 2.13(c)) and is told to nobody by this way; every other one rests on the basis on which
 * anything of the person would be disclosed to the vendor.
 */
export async function toThirdParty(session: Session, views: readonly ConsentView[]): Promise<readonly ConsentView[]> {
  const { client } = session.viewer
  if (!client) return views
  const disclosed: ConsentView[] = []
  // One after the other: they share one connection.
  for (const view of views) {
    if (!TOLD.includes(view.kind)) continue
    // No chart is meant: what restricts one chart restricts no consent, and what restricts everything does.
    const { allowed, consentIds } = await basisFor(
      session,
      { id: view.id, patientId: view.patientId, facilityId: view.facilityId, receivedAt: session.now },
      {
        purpose: client.purpose,
        recipient: { kind: 'BUSINESS_ASSOCIATE', name: client.vendor },
        onwardTo: null,
        classes: ['OPEN', 'WORK', 'ACCOUNT_REF'],
        careDays: null,
        things: [{ documentId: null, documentType: null, labels: [] }],
      },
      false,
    )
    if (!allowed) continue
    const { id, patientId, facilityId } = view
    noteDisclosed(session, { id, chartId: null, patientId, facilityId, consentIds })
    disclosed.push(view)
  }
  return disclosed
}

const TOLD: readonly ConsentView['kind'][] = ['HIPAA_AUTHORIZATION', 'COURT_ORDER']
