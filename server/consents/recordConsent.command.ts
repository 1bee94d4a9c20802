import type { RecordConsentInput } from '../../schema/consentInputs.js'
import type { Request } from '../auth/request.js'
import { appendConsentEvent, insertConsent } from './consent.store.js'
import { onPerson } from './consentCommand.js'
import { type ConsentOutcome, invalidFor } from './consentOutcome.js'
import { elementsOf } from './elementsInput.js'
import { type FhirConsentProblem, readFhirConsent } from './fhirConsentIn.js'
import { placeOf } from './patientLookup.js'
import type { ConsentContent } from './record.model.js'

/** Record what a signed form says, as a draft: it permits nothing until it is complete and put in force. */
export function recordConsent(request: Request, input: RecordConsentInput): Promise<ConsentOutcome> {
  const elements = elementsOf(input.elements)
  return onPerson<ConsentOutcome>(
    request,
    {
      name: 'recordConsent',
      input,
      subject: 'Consent',
      action: 'record',
      find: (session) => placeOf(session, input.patient),
    },
    async (session, { patientId, facilityId }) => {
      const read = input.fhir == null ? null : readFhirConsent(input.fhir)
      if (read && !read.ok) return invalidFor([{ code: read.problem, field: 'fhir', message: SENTENCES[read.problem] }])
      const content: ConsentContent = { elements, rules: read ? read.rules : null }
      const consentId = await insertConsent(session, { facilityId, patientId, kind: input.kind, content })
      await appendConsentEvent(session, { consentId, patientId, version: 1, type: 'RECORDED', content })
      return { kind: 'ConsentSaved', consentId }
    },
  )
}

const SENTENCES: Readonly<Record<FhirConsentProblem, string>> = {
  NOT_JSON: 'This is not JSON. Send one FHIR R4 Consent resource.',
  NOT_A_CONSENT: 'This is not a FHIR R4 Consent. Send one resource, as its source wrote it.',
  NOT_ACTIVE: 'Only an active Consent has rules. Ask its source for the one in force.',
  MODIFIED: 'The resource has modifiers whose meaning is not known here. Enter the form by hand.',
  PROVISION_WITHOUT_TYPE: 'A nested provision says neither permit nor deny. Ask its source to correct it.',
  TOO_LARGE: 'The resource has too many provisions. Enter the form by hand.',
}
