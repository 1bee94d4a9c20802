import type { Session } from '../auth/session.js'
import {
  addIdentifiers,
  findByIdentifiers,
  type Identity,
  type IncomingPatient,
  insertPatient,
  keyOf,
  matchPatient,
  patientSealer,
  recordNumbers,
} from '../patients/index.js'

/**
 * The patient of an imported chart, under the lock on its record numbers. On a hold it is a provisional one, to which
 * no identifier is attached: see importChart.
 */
export async function makeOrMatchPatient(
  session: Session,
  facilityId: string,
  incoming: IncomingPatient,
): Promise<{ patientId: string; hold: boolean }> {
  const { identifiers, ...identity } = incoming
  const known = await findByIdentifiers(session, facilityId, recordNumbers(identifiers))
  const match = matchPatient(known, identity)
  switch (match.kind) {
    case 'MATCH': {
      const sealer = patientSealer(session, match.patientId, await keyOf(session, match.patientId))
      await addIdentifiers(session, { id: match.patientId, facilityId }, sealer, identifiers)
      return { patientId: match.patientId, hold: false }
    }
    case 'NEW': {
      const { id } = await insertPatient(session, { facilityId, identity, identifiers })
      return { patientId: id, hold: false }
    }
    case 'HOLD': {
      const held: Identity = { ...identity, claimed: identifiers }
      const { id } = await insertPatient(session, { facilityId, identity: held, identifiers: [] })
      return { patientId: id, hold: true }
    }
  }
}
