import type { Problem } from '../../schema/access.js'
import type { LiftLegalHoldInput, PlaceLegalHoldInput } from '../../schema/retention.js'
import { organisationCommand } from '../accounts/index.js'
import type { Request } from '../auth/request.js'
import { allows } from '../auth/rules.js'
import { requireText } from '../charts/index.js'
import { notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { patientAt } from './patientAt.js'
import { retentionRules } from './retention.policy.js'
import { holdById, insertHold, liftHold } from './retention.store.js'

export type HoldOutcome =
  | { readonly kind: 'LegalHoldSaved'; readonly holdId: string }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly Problem[] }

/**
 * Keep everything of a person from deletion until it is lifted.
 * @throws NOT_FOUND where the identifier names nobody at a facility of the viewer, BAD_INPUT, COMMAND_REUSED
 */
export function placeLegalHold(request: Request, input: PlaceLegalHoldInput): Promise<HoldOutcome> {
  requireText('reference', input.reference, 200)
  return organisationCommand<HoldOutcome>(request, 'placeLegalHold', input, async (session) => {
    const patientId = await patientAt(session, input.patient, 'hold')
    return async () => {
      const { facilityId } = input.patient
      const hold = { facilityId, patientId, reason: input.reason, reference: input.reference.trim() }
      return { kind: 'LegalHoldSaved', holdId: await insertHold(session, hold) }
    }
  })
}

/** The matter is over. @throws NOT_FOUND, COMMAND_REUSED */
export function liftLegalHold(request: Request, input: LiftLegalHoldInput): Promise<HoldOutcome> {
  return organisationCommand<HoldOutcome>(request, 'liftLegalHold', input, async (session) => {
    const hold = isUuid(input.holdId) ? await holdById(session, input.holdId) : undefined
    const place = hold && { orgId: session.viewer.orgId, facilityId: hold.facilityId }
    if (!place || !allows(retentionRules(session.viewer), 'hold', 'Retention', place)) throw notFound()
    return async () => {
      if (await liftHold(session, hold.id, input.reason)) return { kind: 'LegalHoldSaved', holdId: hold.id }
      const message = 'This hold was lifted before.'
      return { kind: 'CommandInvalid', problems: [{ code: 'LIFTED_ALREADY', field: 'holdId', message }] }
    }
  })
}
