import type { RecordDisclosureInput } from '../../schema/disclosures.js'
import type { Request } from '../auth/request.js'
import { limitPast, limitText, requireText } from '../charts/index.js'
import { badInput } from '../kernel/errors.js'
import { newId } from '../kernel/ids.js'
import { onPerson } from './consentCommand.js'
import { insertDisclosure } from './disclosureRecord.store.js'
import { placeOf } from './patientLookup.js'

export interface DisclosureOutcome {
  readonly kind: 'DisclosureRecorded'
  readonly disclosureId: string
}

/**
 * Record what left by another way than through here: on paper, to an agency, by mistake. Facts from closed lists and the
 * recipient, no free text about the person. Never changed afterwards; what was recorded wrongly stands beside its correction.
 */
export function recordDisclosure(request: Request, input: RecordDisclosureInput): Promise<DisclosureOutcome> {
  requireText('recipientName', input.recipientName, 200)
  limitPast('at', input.at)
  limitPast('suspendedUntil', input.suspendedUntil)
  limitText('through', input.through, 200)
  limitText('recipientAddress', input.recipientAddress, 400)
  return onPerson<DisclosureOutcome>(
    request,
    {
      name: 'recordDisclosure',
      input,
      subject: 'Consent',
      action: 'record',
      find: (session) => placeOf(session, input.patient),
    },
    async (session, place) => {
      if (input.at > session.now) throw badInput('at', 'lies in the future.')
      const disclosureId = newId(session.now.getTime())
      await insertDisclosure(session, {
        ...place,
        id: disclosureId,
        chartId: null,
        at: input.at,
        recipientName: input.recipientName.trim(),
        recipientAddress: input.recipientAddress?.trim() || null,
        kind: input.kind,
        submissionNumber: null,
        purpose: input.purpose,
        exemption: input.exemption ?? null,
        part2: input.part2,
        throughName: input.through?.trim() || null,
        consentIds: [],
        suspendedUntil: input.suspendedUntil ?? null,
      })
      return { kind: 'DisclosureRecorded', disclosureId }
    },
  )
}
