import type { SuspendAccountingInput } from '../../schema/disclosures.js'
import type { Request } from '../auth/request.js'
import { requireText } from '../charts/index.js'
import { onPerson } from './consentCommand.js'
import { insertSuspension } from './disclosureRecord.store.js'
import type { LifeProblem } from './lifecycle.decider.js'
import { placeOf } from './patientLookup.js'

export type SuspensionOutcome =
  | { readonly kind: 'AccountingSuspended'; readonly suspensionId: string }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly LifeProblem[] }

const THIRTY_DAYS = 30 * 86_400_000

/**
 * Keep what went to an agency out of a person's accountings, as it asked: for the time it named in writing, or for thirty
 * days at most where it said so (45 CFR 164.528(a)(2)). That there is a suspension is told in no accounting.
 */
export function suspendAccounting(request: Request, input: SuspendAccountingInput): Promise<SuspensionOutcome> {
  requireText('agency', input.agency, 200)
  return onPerson<SuspensionOutcome>(
    request,
    {
      name: 'suspendAccounting',
      input,
      subject: 'Consent',
      action: 'record',
      find: (session) => placeOf(session, input.patient),
    },
    async (session, place) => {
      const { form, until } = input
      if (until <= session.now) return invalid('PAST', 'That moment has passed; there is nothing left to suspend.')
      if (form === 'ORAL' && until.getTime() > session.now.getTime() + THIRTY_DAYS)
        return invalid('THIRTY_DAYS', 'What was said orally suspends for thirty days at most. Ask for it in writing.')
      const suspensionId = await insertSuspension(session, { ...place, agency: input.agency.trim(), form, until })
      return { kind: 'AccountingSuspended', suspensionId }
    },
  )
}

const invalid = (code: string, message: string): SuspensionOutcome => ({
  kind: 'CommandInvalid',
  problems: [{ code, message, field: 'until' }],
})
