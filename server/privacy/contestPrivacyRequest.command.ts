import type { ContestPrivacyRequestInput } from '../../schema/privacyRequests.js'
import type { Request } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { limitList, requireText } from '../charts/index.js'
import { isUuid } from '../kernel/ids.js'
import { contest, isProblem, type RequestProblem } from './privacyRequest.decider.js'
import type { RequestView } from './privacyRequest.model.js'
import { appendResult, documentsOfPerson } from './privacyRequest.store.js'
import { onRequest, type RequestOutcome } from './requestCommand.js'

/**
 * Record that the person disagrees: a review by somebody else of denied access, and with a denied amendment the statement,
 * which is linked to the documents that it is about and goes with them from then on (45 CFR 164.526(d)(4), (d)(5)).
 */
export function contestPrivacyRequest(request: Request, input: ContestPrivacyRequestInput): Promise<RequestOutcome> {
  requireText('statement', input.statement, 4_000)
  limitList('documentIds', input.documentIds ?? [], 50)
  return onRequest(request, 'contestPrivacyRequest', 'contest', input, async (session, asked) => {
    const change = contest(asked)
    if (isProblem(change)) return change
    if (asked.kind === 'AMENDMENT') {
      const problem = await link(session, asked, input.documentIds ?? [])
      if (problem) return problem
    }
    return { change, event: { type: 'CONTESTED', note: input.statement.trim() } }
  })
}

async function link(
  session: Session,
  asked: RequestView,
  documentIds: readonly string[],
): Promise<RequestProblem | undefined> {
  const named = [...new Set(documentIds)]
  if (named.length === 0)
    return { code: 'MISSING', field: 'documentIds', message: 'Name the documents that the statement is about.' }
  const found = named.every(isUuid) ? await documentsOfPerson(session, asked, named) : []
  if (found.length < named.length)
    return { code: 'NOT_OF_PERSON', field: 'documentIds', message: 'Each must be a document of this person.' }
  const { id: requestId, patientId } = asked
  for (const subjectId of named)
    await appendResult(session, { requestId, patientId, type: 'DISAGREEMENT', subjectId, content: null })
  return undefined
}
