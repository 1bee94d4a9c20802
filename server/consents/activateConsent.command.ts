import type { ConsentCommandInput } from '../../schema/consentInputs.js'
import type { Request } from '../auth/request.js'
import { appendConsentEvent, saveConsent } from './consent.store.js'
import { onPerson } from './consentCommand.js'
import { type ConsentOutcome, invalidFor, placeOfConsentNamed, readConsent } from './consentOutcome.js'
import { activationProblems } from './lifecycle.decider.js'

/** Put a complete draft in force. Refused with every missing element by name. */
export function activateConsent(request: Request, input: ConsentCommandInput): Promise<ConsentOutcome> {
  const { consentId, seenVersion } = input
  return onPerson<ConsentOutcome>(
    request,
    { name: 'activateConsent', input, subject: 'Consent', action: 'read', find: placeOfConsentNamed(consentId) },
    async (session, { patientId }) => {
      const consent = await readConsent(session, consentId)
      if (consent.version !== seenVersion) return { kind: 'ConsentChanged', consentId, seenVersion }
      const problems = activationProblems(consent, session.now.toISOString())
      if (problems.length > 0) return invalidFor(problems)
      const { elements, rules } = consent
      await saveConsent(session, consent, { status: 'ACTIVE' })
      await appendConsentEvent(session, {
        consentId,
        patientId,
        version: consent.version + 1,
        type: 'ACTIVATED',
        // What was in force stays readable here, whatever becomes of the row (164.316(b), 164.530(j)).
        content: { elements, rules },
      })
      return { kind: 'ConsentSaved', consentId }
    },
  )
}
