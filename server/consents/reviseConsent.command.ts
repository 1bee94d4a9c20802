import type { ReviseConsentInput } from '../../schema/consentInputs.js'
import type { Request } from '../auth/request.js'
import { appendConsentEvent, saveConsent } from './consent.store.js'
import { onPerson } from './consentCommand.js'
import { type ConsentOutcome, invalidFor, placeOfConsentNamed, readConsent } from './consentOutcome.js'
import { elementsOf } from './elementsInput.js'
import { revisionProblems } from './lifecycle.decider.js'

/** Complete or correct a draft. What was signed and is in force is never changed. */
export function reviseConsent(request: Request, input: ReviseConsentInput): Promise<ConsentOutcome> {
  const elements = elementsOf(input.elements)
  const { consentId, seenVersion } = input
  return onPerson<ConsentOutcome>(
    request,
    { name: 'reviseConsent', input, subject: 'Consent', action: 'read', find: placeOfConsentNamed(consentId) },
    async (session, { patientId }) => {
      const consent = await readConsent(session, consentId)
      if (consent.version !== seenVersion) return { kind: 'ConsentChanged', consentId, seenVersion }
      const problems = revisionProblems(consent)
      if (problems.length > 0) return invalidFor(problems)
      const content = { elements, rules: consent.rules }
      await saveConsent(session, consent, { content })
      await appendConsentEvent(session, {
        consentId,
        patientId,
        version: consent.version + 1,
        type: 'REVISED',
        content,
      })
      return { kind: 'ConsentSaved', consentId }
    },
  )
}
