import type { WithdrawConsentInput } from '../../schema/consentInputs.js'
import type { Request } from '../auth/request.js'
import { limitText } from '../charts/index.js'
import { appendConsentEvent, saveConsent } from './consent.store.js'
import { onPerson } from './consentCommand.js'
import { type ConsentOutcome, invalidFor, placeOfConsentNamed, readConsent } from './consentOutcome.js'
import { withdrawalProblems } from './lifecycle.decider.js'

/**
 * Record a withdrawal in writing. It ends what this document alone permitted, at once; what holds under an agreement or
 * another document goes on, and so does the coding of the person's charts. What was disclosed in reliance stays on record.
 */
export function withdrawConsent(request: Request, input: WithdrawConsentInput): Promise<ConsentOutcome> {
  limitText('note', input.note, 4_000)
  const { consentId, seenVersion, inWriting, receivedAt, note = null } = input
  return onPerson<ConsentOutcome>(
    request,
    { name: 'withdrawConsent', input, subject: 'Consent', action: 'read', find: placeOfConsentNamed(consentId) },
    async (session, { patientId }) => {
      const consent = await readConsent(session, consentId)
      if (consent.version !== seenVersion) return { kind: 'ConsentChanged', consentId, seenVersion }
      const withdrawal = { inWriting, receivedAt: receivedAt.toISOString() }
      const problems = withdrawalProblems(consent, withdrawal, session.now.toISOString())
      if (problems.length > 0) return invalidFor(problems)
      await saveConsent(session, consent, { status: 'WITHDRAWN', withdrawnAt: receivedAt })
      await appendConsentEvent(session, {
        consentId,
        patientId,
        version: consent.version + 1,
        type: 'WITHDRAWN',
        receivedAt,
        note,
      })
      return { kind: 'ConsentSaved', consentId }
    },
  )
}
