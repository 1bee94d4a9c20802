import type { Tx } from '../db/pool.js'
import { unauthenticated } from '../kernel/errors.js'
import type { AccessClaims } from './accessToken.js'
import { type ClientGrant, inContext, intersectScopes, parseScopes, type Scope } from './scope.js'
import type { Viewer } from './viewer.js'

/**
 * A third party's program as it may act now: what `client_tokens_in_force` says, and no other condition. Scopes are the
 * intersection of those of the token, the registration and the agreement, taken anew each time.
 *
 * One that acts for a person is that person within these scopes: with the person's own roles, parts and teams, in the
 * facilities that both have.
 * @param loadPerson the person of a sign-in
 * @throws ChartroomError UNAUTHENTICATED, always the same
 */
export async function loadClientViewer(
  tx: Tx,
  claims: AccessClaims,
  now: Date,
  loadPerson: (tx: Tx, claims: AccessClaims, now: Date) => Promise<Viewer>,
): Promise<Viewer> {
  const [row] = await tx<ClientRow[]>`
    select c.name, c.purpose, c.scopes as client_scopes, c.operation_hashes, c.cost_per_minute, c.networks,
      t.scopes as token_scopes, t.user_id, t.session_id, a.vendor_name, a.scopes as agreement_scopes, a.facility_ids,
      f.epoch, f.ends, o.access_epoch as org_epoch
    from client_tokens_in_force(${claims.orgId}, ${now}) f
    join client_token t on t.org_id = ${claims.orgId} and t.id = f.token_id
    join client c on c.org_id = ${claims.orgId} and c.id = f.client_id
    join vendor_agreement a on a.org_id = ${claims.orgId} and a.id = f.agreement_id
    join organisation o on o.id = ${claims.orgId}
    where f.token_id = ${claims.sessionId} and f.client_id = ${claims.clientId!}`
  if (!row || (row.userId ?? claims.clientId) !== claims.userId) throw unauthenticated()
  const { userId, sessionId } = row
  const person =
    userId !== null && sessionId !== null
      ? await loadPerson(tx, { userId, sessionId, orgId: claims.orgId }, now)
      : undefined
  const agreed = intersectScopes(
    intersectScopes(scopes(row.tokenScopes), scopes(row.clientScopes)),
    scopes(row.agreementScopes),
  )
  const client: ClientGrant = {
    actsFor: person ? 'PERSON' : 'ITSELF',
    scopes: inContext(agreed, person ? 'user' : 'system'),
    purpose: row.purpose,
    vendor: row.vendorName,
    until: row.ends,
    limits: { operationHashes: row.operationHashes, costPerMinute: row.costPerMinute, networks: row.networks },
  }
  const { facilityIds, epoch: memberEpoch, orgEpoch } = row
  const shared = { sessionId: claims.sessionId, memberEpoch, orgEpoch, client }
  if (person) return { ...person, ...shared, facilityIds: person.facilityIds.filter((id) => facilityIds.includes(id)) }
  return {
    ...shared,
    orgId: claims.orgId,
    memberId: claims.clientId!,
    userId: claims.userId,
    displayName: row.name,
    roles: [],
    facilityIds,
    teamIds: [],
    queueIds: [],
  }
}

export type ClientEnd =
  | 'TOKEN_REVOKED'
  | 'TOKEN_EXPIRED'
  | 'CLIENT_SUSPENDED'
  | 'AGREEMENT_LAPSED'
  | 'MEMBER_DISABLED'
  | 'SESSION_EXPIRED'
  | 'SIGNED_OUT'

/** Why a third party is refused that was admitted before. */
export async function whyClientEnded(tx: Tx, claims: AccessClaims, now: Date): Promise<ClientEnd> {
  const [row] = await tx<Ended[]>`
    select c.suspended_at is not null as suspended, t.expires_at <= ${now} as expired, t.revoked_at is not null as revoked,
      a.ended_at is not null or a.effective_from > ${now} or coalesce(a.effective_until <= ${now}, false) as lapsed,
      t.member_id is not null and not exists (select from member m
        where m.org_id = t.org_id and m.id = t.member_id and m.disabled_at is null) as disabled,
      t.session_id is not null and exists (select from auth_session s
        where s.id = t.session_id and s.expires_at <= ${now}) as left_alone,
      t.session_id is not null and not exists (select from auth_session s where s.id = t.session_id) as signed_out
    from client_token t
    join client c on c.org_id = t.org_id and c.id = t.client_id
    join vendor_agreement a on a.org_id = c.org_id and a.id = c.agreement_id
    where t.org_id = ${claims.orgId} and t.id = ${claims.sessionId}`
  // The rows of tokens go some time after they have expired.
  if (!row) return 'TOKEN_EXPIRED'
  if (row.lapsed) return 'AGREEMENT_LAPSED'
  if (row.suspended) return 'CLIENT_SUSPENDED'
  if (row.revoked) return 'TOKEN_REVOKED'
  if (row.disabled) return 'MEMBER_DISABLED'
  if (row.signedOut) return 'SIGNED_OUT'
  if (row.leftAlone) return 'SESSION_EXPIRED'
  return row.expired ? 'TOKEN_EXPIRED' : 'TOKEN_REVOKED'
}

type Ended = Readonly<
  Record<'suspended' | 'expired' | 'revoked' | 'lapsed' | 'disabled' | 'leftAlone' | 'signedOut', boolean>
>

/** Rows hold what was parsed; what is none any more grants nothing. */
const scopes = (texts: readonly string[]): readonly Scope[] => parseScopes(texts.join(' ')) ?? []

interface ClientRow {
  readonly name: string
  readonly purpose: ClientGrant['purpose']
  readonly clientScopes: string[]
  readonly operationHashes: string[] | null
  readonly costPerMinute: number | null
  readonly networks: string[] | null
  readonly tokenScopes: string[]
  readonly userId: string | null
  readonly sessionId: string | null
  readonly agreementScopes: string[]
  readonly vendorName: string
  readonly facilityIds: string[]
  readonly epoch: number
  readonly ends: Date
  readonly orgEpoch: number
}
