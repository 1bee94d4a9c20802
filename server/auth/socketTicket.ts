import { randomBytes } from 'node:crypto'
import type { Database } from '../db/pool.js'
import type { Clock } from '../kernel/clock.js'
import { unauthenticated } from '../kernel/errors.js'
import { sha256 } from '../kernel/text.js'
import type { AccessClaims } from './accessToken.js'
import type { Viewer } from './viewer.js'

/**
 * One-time tickets for opening a socket. A browser cannot send a header with a WebSocket handshake, and a long-lived
 * token in an address or a first message ends in logs; a ticket is worth one handshake within half a minute, and the
 * database holds only its hash.
 */
export interface SocketTickets {
  /** `expiresIn` in seconds. @throws ChartroomError UNAUTHENTICATED if the session is gone */
  issue(claims: AccessClaims): Promise<{ ticket: string; expiresIn: number }>
  /**
   * Spends the ticket, also when it turns out to be too old. Of several that redeem it at once, one gets the claims.
   * @param clientAddress from where, for whoever may ask from some networks only
   * @throws ChartroomError UNAUTHENTICATED if it was spent, is too old or was never issued, or its session has ended
   */
  redeem(ticket: string, clientAddress?: string): Promise<AccessClaims>
}

/** A socket that can go on with another sign-in of the same person, or another token of the same program. */
export interface RenewableSocket {
  /**
   * @param before whoever it has been until now
   * @returns until when it stands now
   * @throws ChartroomError UNAUTHENTICATED, FORBIDDEN (SCOPE)
   */
  renew(ticket: string, before: Viewer): Promise<Date>
}

export const TICKET_SECONDS = 30

export function createSocketTickets(options: { database: Database; clock: Clock }): SocketTickets {
  const sql = options.database.outsideOrganisations
  const now = (): Date => options.clock.now()

  return {
    async issue({ userId, sessionId, orgId }) {
      const ticket = randomBytes(32).toString('base64url')
      const expiresAt = new Date(now().getTime() + TICKET_SECONDS * 1000)
      // Only beside a session that is there: the row's session reference would otherwise fail as an internal error.
      const issued = await sql`
        insert into socket_ticket (ticket_hash, session_id, org_id, expires_at)
        select ${sha256(ticket)}, s.id, ${orgId}, ${expiresAt}::timestamptz from auth_session s
        where s.id = ${sessionId} and s.user_id = ${userId} and s.expires_at > ${now()}
        returning ticket_hash`
      if (issued.length === 0) throw unauthenticated()
      return { ticket, expiresIn: TICKET_SECONDS }
    },
    async redeem(ticket) {
      if (!FORM.test(ticket)) throw unauthenticated()
      const [spent] = await sql<Spent[]>`
        with spent as (
          delete from socket_ticket where ticket_hash = ${sha256(ticket)} returning session_id, org_id, expires_at
        )
        select s.user_id, s.id as session_id, t.org_id from spent t join auth_session s on s.id = t.session_id
        where t.expires_at > ${now()} and s.expires_at > ${now()}`
      if (!spent) throw unauthenticated()
      return { userId: spent.userId, sessionId: spent.sessionId, orgId: spent.orgId }
    },
  }
}

interface Spent {
  userId: string
  sessionId: string
  orgId: string
}

const FORM = /^[\w-]{43}$/
