import type { AddRestrictionInput } from '../../schema/consentInputs.js'
import type { Request } from '../auth/request.js'
import { limitList, requireText } from '../charts/index.js'
import { isUuid } from '../kernel/ids.js'
import { onPerson } from './consentCommand.js'
import { invalidFor, type RestrictionOutcome } from './consentOutcome.js'
import { partiesOf } from './elementsInput.js'
import { placeOf } from './patientLookup.js'
import { appendRestrictionEvent, insertRestriction, isChartOf } from './restriction.store.js'

/** Record a restriction that was agreed to. It comes before every permit, from now on (164.522(a)). */
export function addRestriction(request: Request, input: AddRestrictionInput): Promise<RestrictionOutcome> {
  requireText('words', input.words, 4_000)
  limitList('purposes', input.purposes, 20)
  const recipients = partiesOf('recipients', input.recipients)
  return onPerson<RestrictionOutcome>(
    request,
    {
      name: 'addRestriction',
      input,
      subject: 'Restriction',
      action: 'record',
      find: (session) => placeOf(session, input.patient),
    },
    async (session, { patientId, facilityId }) => {
      const { chartId = null, selfPay, purposes } = input
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
      const content = { recipients, words: input.words.trim() }
      const restriction = { facilityId, patientId, chartId, selfPay, purposes, content }
      const restrictionId = await insertRestriction(session, restriction)
      await appendRestrictionEvent(session, { restrictionId, patientId, version: 1, type: 'AGREED', note: null })
      return { kind: 'RestrictionSaved', restrictionId }
    },
  )
}
