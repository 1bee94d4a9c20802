import type { DisclosureKind } from '../../schema/values.js'
import type { Session } from '../auth/session.js'
import { exemptionOf } from './accounting.decider.js'
import type { Disclosure, DisclosureDecision } from './disclosure.js'
import { discloserOf, insertDisclosure } from './disclosureRecord.store.js'

/** Record that something left through here, in the transaction in which it leaves. */
export async function recordDisclosureMade(
  session: Session,
  /** Its id is null where what left is of a person and of no chart. */
  chart: { readonly id: string | null; readonly patientId: string; readonly facilityId: string },
  made: {
    readonly id: string
    readonly kind: DisclosureKind
    readonly submissionNumber: number | null
    readonly disclosure: Disclosure
    readonly decision: DisclosureDecision
  },
): Promise<void> {
  const { id, kind, submissionNumber, disclosure, decision } = made
  const { recipient, purpose } = disclosure
  const { entity } = await discloserOf(session, chart.facilityId)
  await insertDisclosure(session, {
    id,
    patientId: chart.patientId,
    facilityId: chart.facilityId,
    chartId: chart.id,
    at: session.now,
    recipientName: recipient === 'HOME' ? entity : (recipient.name ?? recipient.kind),
    recipientAddress: null,
    kind,
    submissionNumber,
    purpose,
    exemption: exemptionOf(decision.consentIds),
    part2: disclosure.things.some((thing) => thing.labels.includes('PART2')),
    throughName: null,
    consentIds: decision.consentIds,
    suspendedUntil: null,
  })
}
