import type { LiftRestrictionInput } from '../../schema/consentInputs.js'
import type { Request } from '../auth/request.js'
import { requireText } from '../charts/index.js'
import { notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { onPerson } from './consentCommand.js'
import { invalidFor, type RestrictionOutcome } from './consentOutcome.js'
import { liftProblems } from './lifecycle.decider.js'
import { appendRestrictionEvent, markLifted, placeOfRestriction, restrictionsByIds } from './restriction.store.js'

/** End a restriction, with who ended it and how (164.522(a)(2)). */
export function liftRestriction(request: Request, input: LiftRestrictionInput): Promise<RestrictionOutcome> {
  requireText('note', input.note, 4_000)
  const { restrictionId, seenVersion, reason, note } = input
  return onPerson<RestrictionOutcome>(
    request,
    {
      name: 'liftRestriction',
      input,
      subject: 'Restriction',
      action: 'read',
      find: (session) =>
        isUuid(restrictionId) ? placeOfRestriction(session, restrictionId) : Promise.resolve(undefined),
    },
    async (session, { patientId }) => {
      const [restriction] = await restrictionsByIds(session, [restrictionId])
      if (!restriction) throw notFound()
      if (restriction.version !== seenVersion) return { kind: 'RestrictionChanged', restrictionId, seenVersion }
      const problems = liftProblems(restriction, reason)
      if (problems.length > 0) return invalidFor(problems)
      await markLifted(session, restriction, reason)
      const version = restriction.version + 1
      await appendRestrictionEvent(session, { restrictionId, patientId, version, type: 'LIFTED', note })
      return { kind: 'RestrictionSaved', restrictionId }
    },
  )
}
