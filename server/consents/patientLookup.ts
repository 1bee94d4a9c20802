import type { PatientLookupInput } from '../../schema/consentInputs.js'
import type { Session } from '../auth/session.js'
import { limitText } from '../charts/index.js'
import { isUuid } from '../kernel/ids.js'
import { findByIdentifiers, type Identifier, normalIdentifiers } from '../patients/index.js'
import { mayAt, type Place } from './consentCommand.js'

/**
 * One person by one exact identifier of one facility that the viewer works for. Where the viewer does not, nothing is
 * looked up, so that the answer tells nothing of who is known there.
 */
export async function placeOf(session: Session, lookup: PatientLookupInput): Promise<Place | undefined> {
  const { facilityId, identifier } = lookup
  limitText('assigner', identifier.assigner, 200)
  limitText('value', identifier.value, 200)
  if (!isUuid(facilityId) || !mayAt(session, 'read', 'Consent', facilityId)) return undefined
  const normal = normalIdentifiers([{ ...identifier, type: identifier.type as Identifier['type'] }])
  const [found, ...others] = await findByIdentifiers(session, facilityId, normal)
  return found && others.length === 0 ? { patientId: found.id, facilityId } : undefined
}
