import type { PatientLookupInput } from '../../schema/consentInputs.js'
import type { Session } from '../auth/session.js'
import { limitText } from '../charts/index.js'
import { isUuid } from '../kernel/ids.js'
import { findByIdentifiers, type Identifier, indexesOf, normalIdentifiers } from '../patients/index.js'
import { mayAt, type Place } from './consentCommand.js'
import { destroyedUnder } from './destroyed.store.js'

/**
 * One person by one exact identifier of one facility that the viewer works for. Where the viewer does not, nothing is
 * looked up, so that the answer tells nothing of who is known there.
 */
export async function placeOf(session: Session, lookup: PatientLookupInput): Promise<Place | undefined> {
  const { facilityId } = lookup
  const normal = identifierOf(session, lookup)
  if (!normal) return undefined
  const [found, ...others] = await findByIdentifiers(session, facilityId, normal)
  return found && others.length === 0 ? { patientId: found.id, facilityId } : undefined
}

/**
 * Persons whose record was destroyed, by what is left of one exact identifier, the last one first: there is nothing to
 * look at, and what left about them is still accounted for (164.528(a)).
 */
export async function destroyedPlacesOf(session: Session, lookup: PatientLookupInput): Promise<Place[]> {
  const { facilityId } = lookup
  const normal = identifierOf(session, lookup)
  if (!normal || normal.length === 0) return []
  const patientIds = await destroyedUnder(session, facilityId, indexesOf(session, facilityId, normal))
  return patientIds.map((patientId) => ({ patientId, facilityId }))
}

function identifierOf(session: Session, { facilityId, identifier }: PatientLookupInput) {
  limitText('assigner', identifier.assigner, 200)
  limitText('value', identifier.value, 200)
  if (!isUuid(facilityId) || !mayAt(session, 'read', 'Consent', facilityId)) return undefined
  return normalIdentifiers([{ ...identifier, type: identifier.type as Identifier['type'] }])
}
