import type { EndConsentInput } from '../../schema/consentInputs.js'
import type { Request } from '../auth/request.js'
import { requireText } from '../charts/index.js'
import { appendConsentEvent, saveConsent } from './consent.store.js'
import { onPerson } from './consentCommand.js'
import { type ConsentOutcome, invalidFor, placeOfConsentNamed, readConsent } from './consentOutcome.js'
import { endProblems } from './lifecycle.decider.js'

/** Record that a consent is no longer valid: its event happened, it is known to be false, or another took its place. */
export function endConsent(request: Request, input: EndConsentInput): Promise<ConsentOutcome> {
  requireText('note', input.note, 4_000)
  const { consentId, seenVersion, reason, note } = input
  return onPerson<ConsentOutcome>(
    request,
    { name: 'endConsent', input, subject: 'Consent', action: 'read', find: placeOfConsentNamed(consentId) },
    async (session, { patientId }) => {
      const consent = await readConsent(session, consentId)
      if (consent.version !== seenVersion) return { kind: 'ConsentChanged', consentId, seenVersion }
      const problems = endProblems(consent, reason)
      if (problems.length > 0) return invalidFor(problems)
      await saveConsent(session, consent, { status: 'ENDED', endedAt: session.now, endReason: reason })
      await appendConsentEvent(session, { consentId, patientId, version: consent.version + 1, type: 'ENDED', note })
      return { kind: 'ConsentSaved', consentId }
    },
  )
}
