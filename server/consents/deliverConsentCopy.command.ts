import type { DeliverConsentCopyInput } from '../../schema/consentInputs.js'
import type { Request } from '../auth/request.js'
import { limitText } from '../charts/index.js'
import { appendConsentEvent, saveConsent } from './consent.store.js'
import { onPerson } from './consentCommand.js'
import { type ConsentOutcome, invalidFor, placeOfConsentNamed, readConsent } from './consentOutcome.js'
import { copyProblems } from './lifecycle.decider.js'

/** Record that the person got a copy of what they signed (164.508(c)(4)). */
export function deliverConsentCopy(request: Request, input: DeliverConsentCopyInput): Promise<ConsentOutcome> {
  limitText('note', input.note, 4_000)
  const { consentId, seenVersion, note = null } = input
  return onPerson<ConsentOutcome>(
    request,
    { name: 'deliverConsentCopy', input, subject: 'Consent', action: 'read', find: placeOfConsentNamed(consentId) },
    async (session, { patientId }) => {
      const consent = await readConsent(session, consentId)
      if (consent.version !== seenVersion) return { kind: 'ConsentChanged', consentId, seenVersion }
      const problems = copyProblems(consent)
      if (problems.length > 0) return invalidFor(problems)
      await saveConsent(session, consent, {})
      await appendConsentEvent(session, {
        consentId,
        patientId,
        version: consent.version + 1,
        type: 'COPY_DELIVERED',
        note,
      })
      return { kind: 'ConsentSaved', consentId }
    },
  )
}
