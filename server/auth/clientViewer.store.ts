import type { Tx } from '../db/pool.js'
import { unauthenticated } from '../kernel/errors.js'
import type { AccessClaims } from './accessToken.js'
import { type ClientGrant, inContext, intersectScopes, parseScopes, type Scope } from './scope.js'
import type { Viewer } from './viewer.js'

/**
 * A third party's program as it may act now: its token is neither revoked nor expired, the client is not suspended, and
 * its agreement is in force. Scopes are the intersection of all three, taken anew each time.
 * @throws ChartroomError UNAUTHENTICATED, always the same
 */
export async function loadClientViewer(tx: Tx, claims: AccessClaims, now: Date): Promise<Viewer> {
  const [row] = await tx<ClientRow[]>`
    select c.name, c.purpose, c.scopes as client_scopes, t.scopes as token_scopes, t.expires_at,
      a.vendor_name, a.scopes as agreement_scopes, a.facility_ids, a.purposes, a.effective_until,
      c.access_epoch + a.access_epoch as client_epoch, o.access_epoch as org_epoch
    from client_token t
    join client c on c.org_id = t.org_id and c.id = t.client_id and c.suspended_at is null
    join vendor_agreement a on a.org_id = c.org_id and a.id = c.agreement_id and a.ended_at is null
      and a.effective_from <= ${now} and (a.effective_until is null or a.effective_until > ${now})
    join organisation o on o.id = t.org_id
    where t.org_id = ${claims.orgId} and t.id = ${claims.sessionId} and t.client_id = ${claims.clientId!}
      and t.revoked_at is null and t.expires_at > ${now}`
  if (!row || !row.purposes.includes(row.purpose)) throw unauthenticated()
  const ends = row.effectiveUntil
  return {
    orgId: claims.orgId,
    memberId: claims.clientId!,
    userId: claims.userId,
    sessionId: claims.sessionId,
    displayName: row.name,
    roles: [],
    facilityIds: row.facilityIds,
    teamIds: [],
    queueIds: [],
    memberEpoch: row.clientEpoch,
    orgEpoch: row.orgEpoch,
    client: {
      actsFor: 'ITSELF',
      scopes: inContext(
        intersectScopes(
          intersectScopes(scopes(row.tokenScopes), scopes(row.clientScopes)),
          scopes(row.agreementScopes),
        ),
        'system',
      ),
      purpose: row.purpose,
      vendor: row.vendorName,
      until: ends && ends < row.expiresAt ? ends : row.expiresAt,
    },
  }
}

export type ClientEnd = 'TOKEN_REVOKED' | 'TOKEN_EXPIRED' | 'CLIENT_SUSPENDED' | 'AGREEMENT_LAPSED'

/** Why a third party is refused that was admitted before. */
export async function whyClientEnded(tx: Tx, claims: AccessClaims, now: Date): Promise<ClientEnd> {
  const [row] = await tx<{ suspended: boolean; lapsed: boolean; expired: boolean }[]>`
    select c.suspended_at is not null as suspended, t.expires_at <= ${now} as expired,
      a.ended_at is not null or a.effective_from > ${now} or coalesce(a.effective_until <= ${now}, false) as lapsed
    from client_token t
    join client c on c.org_id = t.org_id and c.id = t.client_id
    join vendor_agreement a on a.org_id = c.org_id and a.id = c.agreement_id
    where t.org_id = ${claims.orgId} and t.id = ${claims.sessionId}`
  // The rows of tokens go some time after they have expired.
  if (!row) return 'TOKEN_EXPIRED'
  if (row.lapsed) return 'AGREEMENT_LAPSED'
  if (row.suspended) return 'CLIENT_SUSPENDED'
  return row.expired ? 'TOKEN_EXPIRED' : 'TOKEN_REVOKED'
}

/** Rows hold what was parsed; what is none any more grants nothing. */
const scopes = (texts: readonly string[]): readonly Scope[] => parseScopes(texts.join(' ')) ?? []

interface ClientRow {
  readonly name: string
  readonly purpose: ClientGrant['purpose']
  readonly clientScopes: string[]
  readonly tokenScopes: string[]
  readonly agreementScopes: string[]
  readonly expiresAt: Date
  readonly vendorName: string
  readonly facilityIds: string[]
  readonly purposes: string[]
  readonly effectiveUntil: Date | null
  readonly clientEpoch: number
  readonly orgEpoch: number
}
