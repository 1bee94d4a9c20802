import { randomBytes } from 'node:crypto'
import { ACCESS_TOKEN_SECONDS, type AccessClaims, type AccessTokens } from '../auth/accessToken.js'
import { inContext, intersectScopes, isWithin, parseScopes, scopeText } from '../auth/scope.js'
import { TICKET_SECONDS } from '../auth/socketTicket.js'
import type { Viewer } from '../auth/viewer.js'
import { loadViewer } from '../auth/viewer.store.js'
import type { Database } from '../db/pool.js'
import type { Clock } from '../kernel/clock.js'
import { ChartroomError, forbidden, unauthenticated } from '../kernel/errors.js'
import { isUuid, newId } from '../kernel/ids.js'
import { sha256 } from '../kernel/text.js'
import { NO_ORGANISATION } from '../trail/writer.js'
import type { Vault } from '../vault/vault.js'
import {
  clientInForce,
  insertTicket,
  insertToken,
  isOrganisation,
  type RegisteredClient,
  revokeToken,
  spendTicket,
  tokenOf,
} from './client.store.js'
import { isInNetworks } from './networks.js'
import { clientSecret, isSecret, publicId } from './clientSecret.js'

export interface ClientCredentials {
  readonly clientId: string
  readonly secret: string
  /** From where it asks. */
  readonly clientAddress: string
}

/** Whoever was refused, as far as that is known: for the access records. */
export interface RefusedAttempt {
  /** NO_ORGANISATION where there is none of that id. */
  readonly orgId: string
  readonly clientId: string | undefined
  readonly reason: string
}

/** RFC 6749 section 5.2. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError'
  constructor(
    readonly code:
      | 'invalid_request'
      | 'invalid_client'
      | 'invalid_grant'
      | 'unauthorized_client'
      | 'unsupported_grant_type'
      | 'invalid_scope',
    readonly attempt?: RefusedAttempt,
  ) {
    super(code)
  }
}

export interface GrantedToken {
  readonly orgId: string
  readonly clientId: string
  readonly accessToken: string
  readonly expiresIn: number
  readonly scope: string
}

export interface ClientTokens {
  /** Client credentials (RFC 6749 section 4.4; OAuth 2.1). Without `scope`, all that is registered. @throws OAuthError */
  grant(credentials: ClientCredentials, scope: string | undefined): Promise<GrantedToken>
  /** RFC 7662: of the client's own tokens; every other one is not active, in the same words. @throws OAuthError */
  introspect(credentials: ClientCredentials, token: string): Promise<Readonly<Record<string, unknown>>>
  /** RFC 7009: done, also where there was nothing to revoke. @throws OAuthError */
  revoke(credentials: ClientCredentials, token: string): Promise<{ readonly orgId: string; readonly clientId: string }>
  /** A one-time ticket for a socket. @throws ChartroomError UNAUTHENTICATED, FORBIDDEN (NETWORK) */
  ticket(accessToken: string, clientAddress: string): Promise<{ ticket: string; expiresIn: number }>
  /** @throws ChartroomError UNAUTHENTICATED, FORBIDDEN (NETWORK) */
  redeem(ticket: string, clientAddress?: string): Promise<AccessClaims>
}

export function createClientTokens(options: {
  database: Database
  vault: Vault
  clock: Clock
  accessTokens: AccessTokens
}): ClientTokens {
  const { database, vault, clock, accessTokens } = options

  return {
    async grant(credentials, scope) {
      const client = await authenticate(credentials)
      const { orgId, id: clientId } = client
      const registered = inContext(intersectScopes(parse(client.scopes), parse(client.agreementScopes)), 'system')
      const asked = scope === undefined ? registered : parseScopes(scope)
      if (!asked || asked.length === 0 || !isWithin(asked, registered))
        throw new OAuthError('invalid_scope', { orgId, clientId, reason: 'invalid_scope' })
      const issued = clock.now()
      // Whole seconds: what the token says and what its row says are the same instant.
      const issuedAt = new Date(Math.floor(issued.getTime() / 1000) * 1000)
      const longest = new Date(issuedAt.getTime() + ACCESS_TOKEN_SECONDS * 1000)
      const expiresAt = client.effectiveUntil && client.effectiveUntil < longest ? client.effectiveUntil : longest
      const tokenId = newId(issued.getTime())
      const scopes = asked.map(scopeText)
      const row = { id: tokenId, orgId, clientId, scopes, issuedAt, expiresAt }
      if (expiresAt <= issuedAt) throw new OAuthError('invalid_client')
      await database.write(orgId, (tx) => insertToken(tx, row))
      const granted = { orgId, clientId, scope: scopes.join(' ') }
      const accessToken = await accessTokens.signClient({ ...granted, tokenId, issuedAt, expiresAt })
      return { ...granted, accessToken, expiresIn: Math.floor((expiresAt.getTime() - issuedAt.getTime()) / 1000) }
    },
    async introspect(credentials, token) {
      const { orgId, id: clientId } = await authenticate(credentials)
      const claims = await ownClaims(token, orgId, clientId)
      if (!claims) return INACTIVE
      return database.read(orgId, async (tx) => {
        const viewer = await loadViewer(tx, claims, clock.now()).catch((error: unknown) => {
          if (error instanceof ChartroomError && error.code === 'UNAUTHENTICATED') return undefined
          throw error
        })
        const row = await tokenOf(tx, orgId, clientId, claims.sessionId)
        if (!viewer || !row) return INACTIVE
        return {
          active: true,
          scope: viewer.client!.scopes.map(scopeText).join(' '),
          client_id: publicId(orgId, clientId),
          token_type: 'Bearer',
          sub: clientId,
          jti: row.id,
          iat: seconds(row.issuedAt),
          exp: seconds(row.expiresAt),
        }
      })
    },
    async revoke(credentials, token) {
      const { orgId, id: clientId } = await authenticate(credentials)
      const claims = await ownClaims(token, orgId, clientId)
      if (claims) await database.write(orgId, (tx) => revokeToken(tx, orgId, clientId, claims.sessionId, clock.now()))
      return { orgId, clientId }
    },
    async ticket(accessToken, clientAddress) {
      const claims = await accessTokens.verify(accessToken)
      if (claims.clientId === undefined) throw unauthenticated()
      const secret = randomBytes(32).toString('base64url')
      const now = clock.now()
      await database.write(claims.orgId, async (tx) => {
        checkNetwork(await loadViewer(tx, claims, now), clientAddress)
        const expiresAt = new Date(now.getTime() + TICKET_SECONDS * 1000)
        await insertTicket(tx, {
          orgId: claims.orgId,
          ticketHash: sha256(secret),
          tokenId: claims.sessionId,
          expiresAt,
        })
      })
      return { ticket: `${claims.orgId}.${secret}`, expiresIn: TICKET_SECONDS }
    },
    async redeem(ticket, clientAddress = '') {
      const [orgId, secret, ...rest] = ticket.split('.')
      if (!isUuid(orgId) || secret === undefined || !TICKET.test(secret) || rest.length > 0) throw unauthenticated()
      const now = clock.now()
      // Spent also where it turns out to be too old.
      const spent = await database.write(orgId, (tx) => spendTicket(tx, orgId, sha256(secret)))
      if (!spent || spent.expiresAt <= now) throw unauthenticated()
      const { clientId, tokenId } = spent
      const claims = { userId: clientId, sessionId: tokenId, orgId, clientId }
      checkNetwork(await database.read(orgId, (tx) => loadViewer(tx, claims, now)), clientAddress)
      return claims
    },
  }

  async function authenticate({ clientId, secret, clientAddress }: ClientCredentials): Promise<RegisteredClient> {
    const [orgId, id, ...rest] = clientId.split('.')
    if (!isUuid(orgId) || !isUuid(id) || rest.length > 0)
      throw new OAuthError('invalid_client', { orgId: NO_ORGANISATION, clientId: undefined, reason: 'invalid_client' })
    const now = clock.now()
    const { client, known } = await database.read(orgId, async (tx) => ({
      client: await clientInForce(tx, orgId, id, now),
      known: await isOrganisation(tx, orgId),
    }))
    const refused = (reason: string): OAuthError =>
      new OAuthError('invalid_client', { orgId: known ? orgId : NO_ORGANISATION, clientId: id, reason })
    const version = client?.secretVersion ?? 1
    // Compared in any case, so that the time tells nobody which ids there are.
    const current = isSecret(secret, clientSecret(vault, orgId, id, version))
    const before = isSecret(secret, clientSecret(vault, orgId, id, version - 1))
    const overlaps = client?.previousSecretUntil != null && client.previousSecretUntil > now
    if (!client || !(current || (before && overlaps))) throw refused('invalid_client')
    // In the words of every other refusal: where it might ask from is told to nobody.
    if (client.networks && !isInNetworks(clientAddress, client.networks)) throw refused('NETWORK')
    return client
  }

  async function ownClaims(token: string, orgId: string, clientId: string): Promise<AccessClaims | undefined> {
    const claims = await accessTokens.verify(token).catch(() => undefined)
    return claims?.orgId === orgId && claims.clientId === clientId ? claims : undefined
  }
}

function checkNetwork({ client }: Viewer, clientAddress: string): void {
  const networks = client?.limits.networks
  if (networks && !isInNetworks(clientAddress, networks)) throw forbidden('NETWORK')
}

const INACTIVE = { active: false }
const TICKET = /^[\w-]{43}$/
const parse = (texts: readonly string[]) => parseScopes(texts.join(' ')) ?? []
const seconds = (at: Date): number => Math.floor(at.getTime() / 1000)
