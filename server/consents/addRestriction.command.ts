import type { AddRestrictionInput, RestrictionTermsInput } from '../../schema/consentInputs.js'
import type { Request } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { limitList, requireText } from '../charts/index.js'
import { isUuid } from '../kernel/ids.js'
import { onPerson, type Place } from './consentCommand.js'
import { invalidFor, type RestrictionOutcome } from './consentOutcome.js'
import { partiesOf } from './elementsInput.js'
import { placeOf } from './patientLookup.js'
import { appendRestrictionEvent, insertRestriction, isChartOf } from './restriction.store.js'

/** Record a restriction that was agreed to. It comes before every permit, from now on (164.522(a)). */
export function addRestriction(request: Request, input: AddRestrictionInput): Promise<RestrictionOutcome> {
  limitTerms(input)
  return onPerson<RestrictionOutcome>(
    request,
    {
      name: 'addRestriction',
      input,
      subject: 'Restriction',
      action: 'record',
      find: (session) => placeOf(session, input.patient),
    },
    (session, place) => agreeRestriction(session, place, input),
  )
}

/** @throws BAD_INPUT */
export function limitTerms(terms: RestrictionTermsInput): void {
  requireText('words', terms.words, 4_000)
  limitList('purposes', terms.purposes, 20)
  partiesOf('recipients', terms.recipients)
}

/** Under the person's lock, in the transaction of whatever the restriction is agreed to in. */
export async function agreeRestriction(
  session: Session,
  { patientId, facilityId }: Place,
  terms: RestrictionTermsInput,
): Promise<RestrictionOutcome> {
  const { chartId = null, selfPay, purposes } = terms
  const recipients = partiesOf('recipients', terms.recipients)
  if (chartId !== null && !(isUuid(chartId) && (await isChartOf(session, chartId, patientId))))
    return invalidFor([{ code: 'CHART_UNKNOWN', field: 'chartId', message: 'This person has no such chart.' }])
  if (selfPay && recipients.some((party) => party.kind !== 'HEALTH_PLAN'))
    return invalidFor([
      {
        code: 'NOT_A_PLAN',
        field: 'recipients',
        message: 'What was paid in full is kept from health plans; record anybody else as another restriction.',
      },
    ])
  const content = { recipients, words: terms.words.trim() }
  const restriction = { facilityId, patientId, chartId, selfPay, purposes, content }
  const restrictionId = await insertRestriction(session, restriction)
  await appendRestrictionEvent(session, { restrictionId, patientId, version: 1, type: 'AGREED', note: null })
  return { kind: 'RestrictionSaved', restrictionId }
}
