import type { RenewSessionInput } from '../../schema/members.js'
import type { Request } from '../auth/request.js'
import { ChartroomError } from '../kernel/errors.js'

/**
 * Goes on with another sign-in, or another token, on the socket that this was sent on: its subscriptions notice nothing. The
 * one before must still be in force; what has ended is not brought back.
 * @returns until when the socket stands now
 * @throws ChartroomError UNAUTHENTICATED, always the same, for a ticket that is none, spent, too old, or of anybody else;
 * FORBIDDEN (SCOPE) for a token that opens less than what the subscriptions began under
 */
export async function renewSession(request: Request, { ticket }: RenewSessionInput): Promise<Date> {
  if (!request.socket) throw new ChartroomError('REQUEST_REFUSED', 'Send this on the socket that it is to renew.')
  const { viewer } = await request.reading()
  // The new sign-in is read by itself, and this read would hold a connection that it needs.
  await request.close()
  return request.socket.renew(ticket, viewer)
}
