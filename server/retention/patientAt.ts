import type { PatientLookupInput } from '../../schema/consentInputs.js'
import { noteRefused, noteSeen } from '../auth/accessed.js'
import { allows } from '../auth/rules.js'
import type { Session } from '../auth/session.js'
import { limitText } from '../charts/index.js'
import { notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { findByIdentifiers, type Identifier, normalIdentifiers } from '../patients/index.js'
import { retentionRules } from './retention.policy.js'

/**
 * One person by one exact identifier of one facility. Whoever may not act there hears what they would hear of nobody.
 * @throws NOT_FOUND, BAD_INPUT
 */
export async function patientAt(
  session: Session,
  { facilityId, identifier }: PatientLookupInput,
  action: 'hold' | 'askToDelete',
): Promise<string> {
  limitText('assigner', identifier.assigner, 200)
  limitText('value', identifier.value, 200)
  const { orgId } = session.viewer
  if (!isUuid(facilityId) || !allows(retentionRules(session.viewer), action, 'Retention', { orgId, facilityId }))
    throw refused(session)
  const normal = normalIdentifiers([{ ...identifier, type: identifier.type as Identifier['type'] }])
  const [found, ...others] = await findByIdentifiers(session, facilityId, normal)
  if (!found || others.length > 0) throw refused(session)
  noteSeen(session, { patientId: found.id, facilityId })
  return found.id
}

/** Looking for somebody who is not there, or elsewhere, is on record. */
function refused(session: Session) {
  noteRefused(session, undefined)
  return notFound()
}
