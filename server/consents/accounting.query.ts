import type { PatientLookupInput } from '../../schema/consentInputs.js'
import type { AccountingOfDisclosures } from '../../schema/disclosures.js'
import { noteSeen } from '../auth/accessed.js'
import type { Request } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { localDate, requestInHand } from '../charts/index.js'
import { badInput, forbidden, notFound } from '../kernel/errors.js'
import { accountFor, earliest, YEARS } from './accounting.decider.js'
import { presentAccounting } from './accounting.presenter.js'
import type { Place } from './consentCommand.js'
import { discloserOf, disclosuresOf } from './disclosureRecord.store.js'
import { destroyedPlacesOf, placeOf } from './patientLookup.js'

/** More than anybody's records leave in six years; a longer list is asked for in shorter periods. */
const MOST = 5_000

/**
 * The accounting of disclosures that a person may have (45 CFR 164.528): from one facility, by one exact identifier, over
 * days of that facility's calendar, both included, six years back at most. To whoever has a request of that person in
 * hand, for an accounting is what the person asks for.
 * @param destroyed asks for a person whose record was destroyed, of whom what left is accounted for all the same; for
 *   whoever has that very request for an accounting in hand
 * @throws NOT_FOUND where the person is unknown or not the viewer's: the two are the same answer; FORBIDDEN
 *   (REQUEST_NOT_IN_HAND)
 */
export async function accountingOfDisclosures(
  request: Request,
  lookup: PatientLookupInput,
  from: string,
  to: string,
  destroyed: boolean,
): Promise<AccountingOfDisclosures> {
  const session = await request.reading()
  const places = destroyed ? await destroyedPlacesOf(session, lookup) : [await placeOf(session, lookup)]
  if (!places[0]) throw notFound()
  for (const place of places) {
    if (!place) continue
    noteSeen(session, place)
    if (await requestInHand(session, place, destroyed ? 'ACCOUNTING' : null))
      return prepareAccounting(session, place, from, to)
  }
  throw forbidden('REQUEST_NOT_IN_HAND')
}

/** For whoever has the person's request in hand. @throws BAD_INPUT where the period is none that can be asked for */
export async function prepareAccounting(
  session: Session,
  place: Place,
  from: string,
  to: string,
): Promise<AccountingOfDisclosures> {
  const discloser = await discloserOf(session, place.facilityId)
  const today = localDate(session.now, discloser.timeZone)
  if (to < from) throw badInput('to', 'lies before the first day.')
  if (from < earliest(today)) throw badInput('from', `lies more than ${YEARS} years back.`)
  const period = { from: startOf(from, discloser.timeZone), until: startOf(dayAfter(to), discloser.timeZone) }
  const rows = await disclosuresOf(session, place, period, MOST + 1)
  if (rows.length > MOST)
    throw badInput('from', 'asks for more than can be answered at once; ask for a shorter period.')
  const facts = { patientId: place.patientId, ...discloser, from, to, preparedAt: session.now }
  return presentAccounting(facts, accountFor(rows, session.now), session.viewer)
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/** The first moment of a calendar day: stepping by quarter hours is safe over any change of offset. */
function startOf(day: string, timeZone: string): Date {
  let t = Date.parse(`${day}T00:00:00Z`) - 86_400_000
  while (localDate(new Date(t), timeZone) < day) t += 900_000
  return new Date(t)
}
