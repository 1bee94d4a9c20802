import { subjectRefsOf } from '../auth/recordAccess.js'
import { CLOCK, DATABASE } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { systemSession } from '../charts/index.js'
import type { Services } from '../kernel/services.js'
import { WAKER } from '../live/wake.js'
import { TRAIL } from '../trail/writer.js'
import {
  appendConsentEvent,
  consentsByIds,
  consentsDue,
  keepExpiry,
  placeOfConsent,
  saveConsent,
} from './consent.store.js'
import type { Place } from './consentCommand.js'
import { bumpPatientEpoch, lockPerson } from './disclosure.store.js'

/**
 * Write down which consents the calendar has ended (164.508(b)(2)(i), 42 CFR 2.31(a)(7)). Nothing waits for it: whoever
 * asks is answered by the clock (basis.decider.ts), and open streams have the instant as their deadline. It makes the end
 * a step of the consent's life, and wakes whoever missed it. Idempotent; several nodes may run it at once, since each
 * consent is looked at again under its person's lock.
 *
 * @returns how many ended
 */
export async function endExpiredConsents(services: Services): Promise<number> {
  const database = services.get(DATABASE)
  const now = services.get(CLOCK).now()
  let ended = 0
  for (const { orgId, consentId } of await consentsDue(database, now)) {
    const place = await database.write(orgId, (tx) => endIfOver(systemSession(services, tx, orgId, now), consentId))
    if (!place) continue
    ended++
    services.get(WAKER).access(orgId)
    await recordEnd(services, orgId, place)
  }
  return ended
}

/** @returns whose it was and where, if it ended now */
async function endIfOver(session: Session, consentId: string): Promise<Place | undefined> {
  const place = await placeOfConsent(session, consentId)
  if (!place) return undefined
  await lockPerson(session, place.patientId, 'change')
  const [consent] = await consentsByIds(session, [consentId])
  if (consent?.status !== 'ACTIVE') return undefined
  const { at } = consent.elements.expiry
  if (at === null || at > session.now.toISOString()) {
    // In force since before the instant was kept beside what the consent says.
    await keepExpiry(session, consentId, at)
    return undefined
  }
  await saveConsent(session, consent, { status: 'ENDED', endedAt: new Date(at), endReason: 'EXPIRED' })
  const { patientId } = place
  await appendConsentEvent(session, { consentId, patientId, version: consent.version + 1, type: 'EXPIRED' })
  await bumpPatientEpoch(session, patientId)
  return place
}

/** The system changes what stands of a person too, and says so like everybody else. @throws UNAVAILABLE */
async function recordEnd(services: Services, orgId: string, { patientId, facilityId }: Place): Promise<void> {
  await services.get(TRAIL).record(orgId, [
    {
      actorId: null,
      facilityIds: [facilityId],
      action: 'system CONSENT_EXPIRED',
      purpose: 'OPERATIONS',
      operationHash: null,
      subjectRefs: subjectRefsOf(services, orgId, [patientId]),
      classes: [],
      outcome: 'ALLOWED',
      detail: {},
    },
  ])
}
