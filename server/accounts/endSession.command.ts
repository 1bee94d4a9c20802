import type { EndSessionInput } from '../../schema/members.js'
import type { Request } from '../auth/request.js'
import { allows } from '../auth/rules.js'
import { badInput, notFound } from '../kernel/errors.js'
import { deleteSession, liveSessionsIn } from './liveSession.store.js'
import { memberRulesOf, organisationCommand } from './memberCommand.js'

export interface SessionEndedOutcome {
  readonly kind: 'SessionEnded'
  readonly sessionId: string
}

/**
 * End somebody's sign-in: its next request is refused, its streams end with a word, and its sockets close.
 * @throws NOT_FOUND where there is none in force that the caller sees
 */
export function endSession(request: Request, input: EndSessionInput): Promise<SessionEndedOutcome> {
  const { sessionId } = input
  if (sessionId.length > 100 || sessionId.includes('\0')) throw badInput('sessionId', 'is no id of a session.')
  return organisationCommand<SessionEndedOutcome>(request, 'endSession', input, async (session) => {
    const [found] = await liveSessionsIn(session.tx, session.viewer.orgId, session.now, sessionId)
    if (!found || !allows(memberRulesOf(session), 'end', 'LiveSession', found)) throw notFound()
    return async () => {
      await deleteSession(session.tx, sessionId)
      return { kind: 'SessionEnded', sessionId }
    }
  })
}
