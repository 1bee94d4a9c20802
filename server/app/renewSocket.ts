import type { AccessClaims } from '../auth/accessToken.js'
import { readOnce } from '../auth/request.js'
import { isWithin } from '../auth/scope.js'
import type { SocketTickets } from '../auth/socketTicket.js'
import type { Viewer } from '../auth/viewer.js'
import { sessionEnds } from '../auth/viewer.store.js'
import { forbidden, unauthenticated } from '../kernel/errors.js'
import type { Services } from '../kernel/services.js'

export interface Renewal {
  readonly sessionId: string
  /** Until when it stands. */
  readonly until: Date
}

/**
 * What a ticket renews a socket to. The ticket is spent in any case: nobody tries out for whom it is.
 * @param before whoever the socket belongs to
 * @throws ChartroomError UNAUTHENTICATED, FORBIDDEN (SCOPE)
 */
export async function renewalOf(
  options: { readonly services: Services; readonly tickets: SocketTickets },
  ticket: string,
  { claims, clientAddress }: { readonly claims: AccessClaims; readonly clientAddress: string },
  before: Viewer,
): Promise<Renewal> {
  const renewed = await options.tickets.redeem(ticket, clientAddress)
  const { sessionId, userId, orgId, clientId } = renewed
  if (userId !== claims.userId || orgId !== claims.orgId || clientId !== claims.clientId) throw unauthenticated()
  const until = await readOnce(options.services, renewed, async ({ viewer: { client }, tx }) => {
    if (!client) return sessionEnds(tx, sessionId)
    // Its open subscriptions were let in by the scopes of before, and nobody asks again.
    if (!before.client || !isWithin(before.client.scopes, client.scopes)) throw forbidden('SCOPE')
    return client.until
  })
  return { sessionId, until }
}
