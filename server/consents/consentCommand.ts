import { noteRefused, noteSeen } from '../auth/accessed.js'
import type { Request } from '../auth/request.js'
import { allows } from '../auth/rules.js'
import { remembered, type Session } from '../auth/session.js'
import { badInput, notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { type CommandIdentity, earlierOutcome, keepOutcome, type Outcome } from '../live/outcomes.js'
import { WAKER } from '../live/wake.js'
import { visibleConsents } from './consent.policy.js'
import { bumpPatientEpoch, lockPerson } from './disclosure.store.js'

/** Whose consents a command is about, and at which facility. */
export interface Place {
  readonly patientId: string
  readonly facilityId: string
}

export interface PersonCommand {
  readonly name: string
  readonly input: { readonly commandId: string }
  readonly subject: 'Consent' | 'Restriction'
  readonly action: 'read' | 'record'
  /** Found from what the command names; undefined where there is none. */
  readonly find: (session: Session) => Promise<Place | undefined>
}

/**
 * Run one command on the consents of one person: one transaction, the person locked first, decided, saved. Sent again
 * with the same commandId and input it answers the first outcome. What changed is decided anew in every open stream of
 * the organisation; no chart's log speaks of it.
 *
 * @throws NOT_FOUND where there is no such thing for this viewer, COMMAND_REUSED
 */
export async function onPerson<O extends Outcome>(
  request: Request,
  spec: PersonCommand,
  work: (session: Session, place: Place) => Promise<O>,
): Promise<O> {
  const { commandId, ...input } = spec.input
  if (!isUuid(commandId)) throw badInput('commandId', 'must be a UUID made by the client.')
  let changedIn: string | undefined
  const outcome = await request.writing(async (session) => {
    const { orgId, memberId: actorId } = session.viewer
    const identity: CommandIdentity = { orgId, actorId, commandId, name: spec.name, input }
    const place = await spec.find(session)
    if (!place || !mayAt(session, spec.action, spec.subject, place.facilityId)) {
      noteRefused(session, place)
      throw notFound()
    }
    noteSeen(session, place)
    await lockPerson(session, place.patientId, 'change')
    const earlier = await earlierOutcome<O>(session.tx, identity)
    if (earlier) return earlier
    const result = await work(session, place)
    if (CHANGES.has(result.kind)) {
      await bumpPatientEpoch(session, place.patientId)
      changedIn = orgId
    }
    await keepOutcome(session.tx, identity, result, session.now)
    return result
  })
  if (changedIn !== undefined) request.services.get(WAKER).access(changedIn)
  return outcome
}

const CHANGES: ReadonlySet<string> = new Set(['ConsentSaved', 'RestrictionSaved'])

/** Whether the viewer works with consents of this facility. */
export function mayAt(session: Session, action: string, subject: string, facilityId: string): boolean {
  const ability = remembered(session, visibleConsents, () => visibleConsents(session.viewer))
  return allows(ability, action, subject, { facilityId })
}
