import type { FulfilPrivacyRequestInput } from '../../schema/privacyRequests.js'
import type { PrivacyRequestKind, RequestResultType } from '../../schema/values.js'
import type { Request } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { limitList } from '../charts/index.js'
import { agreeRestriction, insertDisclosure, limitTerms, lockPerson, prepareAccounting } from '../consents/index.js'
import { badInput } from '../kernel/errors.js'
import { isUuid, newId } from '../kernel/ids.js'
import { RESULT_OF, type RequestProblem } from './privacyRequest.decider.js'
import type { RequestView } from './privacyRequest.model.js'
import { appendResult, documentsOfPerson } from './privacyRequest.store.js'
import { recordSetCopy } from './recordSetCopy.js'
import { onRequest, type RequestOutcome } from './requestCommand.js'

/**
 * Do what was granted, and keep with the request what came of it: a copy is made and stands among the disclosures
 * (164.524), documents that hold an amendment are linked (164.526(c)(1)), a restriction is in force (164.522(a)), an
 * accounting is made (164.528). One transaction: a request is fulfilled where that was done, and nowhere else.
 */
export function fulfilPrivacyRequest(request: Request, input: FulfilPrivacyRequestInput): Promise<RequestOutcome> {
  limitList('documentIds', input.documentIds ?? [], 50)
  if (input.restriction) limitTerms(input.restriction)
  return onRequest(request, 'fulfilPrivacyRequest', 'fulfil', input, async (session, asked) => {
    const done = await WORK[asked.kind](session, asked, input)
    if ('code' in done) return done
    const { id: requestId, patientId } = asked
    const type: RequestResultType = RESULT_OF[asked.kind]
    for (const { subjectId, content } of done.results)
      await appendResult(session, { requestId, patientId, type, subjectId, content })
    return { change: {}, event: { type: 'FULFILLED', note: null } }
  })
}

interface Done {
  readonly results: readonly { readonly subjectId: string | null; readonly content: string | null }[]
}

type Work = (
  session: Session,
  asked: RequestView,
  input: FulfilPrivacyRequestInput,
) => Promise<Done | RequestProblem> | RequestProblem

const WORK: Readonly<Record<PrivacyRequestKind, Work>> = {
  async ACCESS(session, asked) {
    const content = await recordSetCopy(session, asked)
    if (typeof content !== 'string') return content
    const { patientId, facilityId } = asked
    const id = newId(session.now.getTime())
    await insertDisclosure(session, {
      id,
      patientId,
      facilityId,
      chartId: null,
      at: session.now,
      recipientName: RECIPIENT[asked.requester],
      recipientAddress: null,
      kind: 'MEDICAL_RECORD',
      submissionNumber: null,
      purpose: 'INDIVIDUAL_REQUEST',
      exemption: 'TO_THE_INDIVIDUAL',
      part2: false,
      throughName: null,
      consentIds: [],
      suspendedUntil: null,
    })
    return { results: [{ subjectId: id, content }] }
  },

  async AMENDMENT(session, asked, { documentIds }) {
    const named = [...new Set(documentIds ?? [])]
    if (named.length === 0)
      return missing('documentIds', 'Name the documents that hold the amendment, or a link to it.')
    const found = named.every(isUuid) ? await documentsOfPerson(session, asked, named, asked.receivedOn) : []
    if (found.length < named.length)
      return {
        code: 'NOT_AMENDED',
        field: 'documentIds',
        message: 'Each must be a document of this person that was added or amended since the request came in.',
      }
    return { results: named.map((subjectId) => ({ subjectId, content: null })) }
  },

  async RESTRICTION(session, asked, { restriction }) {
    if (!restriction) return missing('restriction', 'Say what was agreed to.')
    if (asked.paidInFull && !restriction.selfPay)
      return {
        code: 'PAID_IN_FULL',
        field: 'restriction',
        message: 'It was asked for what was paid in full: it is kept from health plans.',
      }
    await lockPerson(session, asked.patientId, 'change')
    const outcome = await agreeRestriction(session, asked, restriction)
    if (outcome.kind === 'CommandInvalid') return { ...outcome.problems[0]!, field: 'restriction' }
    return { results: [{ subjectId: outcome.restrictionId, content: null }] }
  },

  async ACCOUNTING(session, asked, { from, to }) {
    if (!from || !to) return missing('from', 'Say from which day and to which day.')
    const { json } = await prepareAccounting(session, asked, from, to)
    if (typeof json !== 'string') throw badInput('from', 'is no day.')
    return { results: [{ subjectId: null, content: json }] }
  },

  DELETION: () => ({
    code: 'NEEDS_APPROVAL',
    message: 'Ask for the deletion with this request’s id. It is fulfilled once a second privacy officer approves.',
  }),
}

const missing = (field: string, message: string): RequestProblem => ({ code: 'MISSING', field, message })

const RECIPIENT: Readonly<Record<RequestView['requester'], string>> = {
  INDIVIDUAL: 'The individual',
  PERSONAL_REPRESENTATIVE: 'The individual’s personal representative',
}
