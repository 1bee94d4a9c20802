import { createHash, randomBytes } from 'node:crypto'
import {
  ACCESS_TOKEN_SECONDS,
  type AccessClaims,
  type AccessTokens,
  namesOf,
  type TokenNames,
} from '../auth/accessToken.js'
import { inContext, intersectScopes, isWithin, parseScopes, type Scope, scopeText } from '../auth/scope.js'
import { TICKET_SECONDS } from '../auth/socketTicket.js'
import type { Viewer } from '../auth/viewer.js'
import { loadViewer } from '../auth/viewer.store.js'
import type { Database, Tx } from '../db/pool.js'
import type { Clock } from '../kernel/clock.js'
import { ChartroomError, forbidden, unauthenticated } from '../kernel/errors.js'
import { isUuid, newId } from '../kernel/ids.js'
import { sha256 } from '../kernel/text.js'
import { NO_ORGANISATION } from '../trail/writer.js'
import type { Vault } from '../vault/vault.js'
import {
  clientInForce,
  type CodeRow,
  insertTicket,
  insertToken,
  isOrganisation,
  lockCode,
  type RegisteredClient,
  revokeToken,
  spendCode,
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
  /** The member it acts for, or the program itself. */
  readonly actorId: string
  readonly tokenId: string
  readonly accessToken: string
  readonly expiresIn: number
  readonly scope: string
}

/** What a program sends for a person's code (RFC 6749 section 4.1.3, RFC 7636 section 4.5). */
export interface CodeExchange {
  readonly code: string
  readonly redirectUri: string
  readonly verifier: string
}

export interface ClientTokens {
  /**
   * A token that acts for the person who gave the code, in the sign-in in which they gave it. A code that comes twice
   * ends what it was exchanged for. @throws OAuthError
   */
  exchange(credentials: ClientCredentials, exchange: CodeExchange): Promise<GrantedToken>
  /** Client credentials (RFC 6749 section 4.4; OAuth 2.1). Without `scope`, all that is registered. @throws OAuthError */
  grant(credentials: ClientCredentials, scope: string | undefined): Promise<GrantedToken>
  /** RFC 7662: of the client's own tokens; every other one is not active, in the same words. @throws OAuthError */
  introspect(credentials: ClientCredentials, token: string): Promise<Readonly<Record<string, unknown>>>
  /** RFC 7009: done, also where there was nothing to revoke. @throws OAuthError */
  revoke(credentials: ClientCredentials, token: string): Promise<{ readonly orgId: string; readonly clientId: string }>
  /** A one-time ticket for a socket, and whose it is. @throws ChartroomError UNAUTHENTICATED, FORBIDDEN (NETWORK) */
  ticket(accessToken: string, clientAddress: string): Promise<{ ticket: string; expiresIn: number } & TokenNames>
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
      return database.write(orgId, (tx) => issue(tx, client, asked, null))
    },
    async exchange(credentials, { code, redirectUri, verifier }) {
      const client = await authenticate(credentials)
      const { orgId, id: clientId } = client
      const now = clock.now()
      const codeHash = sha256(code)
      const granted = await database.write(orgId, async (tx) => {
        const row = await lockCode(tx, orgId, clientId, codeHash)
        if (!row) return undefined
        if (row.spentAt !== null) {
          if (row.tokenId !== null) await revokeToken(tx, orgId, clientId, row.tokenId, now)
          return undefined
        }
        const holds =
          row.expiresAt > now && row.redirectUri === redirectUri && row.codeChallenge === challengeOf(verifier)
        const inForce = holds && (await isSignedIn(tx, row, now))
        // Also a wrong attempt spends it: nobody tries verifiers out.
        const token = inForce ? await issue(tx, client, parse(row.scopes), row) : undefined
        await spendCode(tx, orgId, codeHash, token?.tokenId ?? null, now)
        return token
      })
      if (!granted) throw new OAuthError('invalid_grant', { orgId, clientId, reason: 'invalid_grant' })
      return granted
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
          sub: row.userId ?? clientId,
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
      return { ticket: `${claims.orgId}.${secret}`, expiresIn: TICKET_SECONDS, ...namesOf(claims) }
    },
    async redeem(ticket, clientAddress = '') {
      const [orgId, secret, ...rest] = ticket.split('.')
      if (!isUuid(orgId) || secret === undefined || !TICKET.test(secret) || rest.length > 0) throw unauthenticated()
      const now = clock.now()
      // Spent also where it turns out to be too old.
      const spent = await database.write(orgId, (tx) => spendTicket(tx, orgId, sha256(secret)))
      if (!spent || spent.expiresAt <= now) throw unauthenticated()
      const { clientId, tokenId, userId } = spent
      const claims = { userId, sessionId: tokenId, orgId, clientId }
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

  async function issue(
    tx: Tx,
    client: RegisteredClient,
    asked: readonly Scope[],
    person: Pick<CodeRow, 'memberId' | 'userId' | 'sessionId'> | null,
  ): Promise<GrantedToken> {
    const { orgId, id: clientId } = client
    const issued = clock.now()
    // Whole seconds: what the token says and what its row says are the same instant.
    const issuedAt = new Date(Math.floor(issued.getTime() / 1000) * 1000)
    const longest = new Date(issuedAt.getTime() + ACCESS_TOKEN_SECONDS * 1000)
    const expiresAt = client.effectiveUntil && client.effectiveUntil < longest ? client.effectiveUntil : longest
    if (expiresAt <= issuedAt) throw new OAuthError('invalid_client', { orgId, clientId, reason: 'AGREEMENT_LAPSED' })
    const tokenId = newId(issued.getTime())
    const scopes = asked.map(scopeText)
    const { memberId = null, userId = null, sessionId = null } = person ?? {}
    await insertToken(tx, { id: tokenId, orgId, clientId, scopes, issuedAt, expiresAt, memberId, userId, sessionId })
    const scope = scopes.join(' ')
    const subject = userId ?? clientId
    const accessToken = await accessTokens.signClient({ orgId, clientId, subject, scope, tokenId, issuedAt, expiresAt })
    const expiresIn = Math.floor((expiresAt.getTime() - issuedAt.getTime()) / 1000)
    return { orgId, clientId, actorId: memberId ?? clientId, tokenId, scope, accessToken, expiresIn }
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

/** S256 (RFC 7636 section 4.2); of what is no verifier, what no code has. */
const challengeOf = (verifier: string): string | undefined =>
  VERIFIER.test(verifier) ? createHash('sha256').update(verifier).digest('base64url') : undefined

/** Whether the person of a code is still signed in there, and a member. */
const isSignedIn = (tx: Tx, { userId, sessionId, orgId }: CodeRow, now: Date): Promise<boolean> =>
  loadViewer(tx, { userId, sessionId, orgId }, now).then(
    () => true,
    (error: unknown) => {
      if (error instanceof ChartroomError && error.code === 'UNAUTHENTICATED') return false
      throw error
    },
  )

const VERIFIER = /^[\w.~-]{43,128}$/
const INACTIVE = { active: false }
const TICKET = /^[\w-]{43}$/
const parse = (texts: readonly string[]) => parseScopes(texts.join(' ')) ?? []
const seconds = (at: Date): number => Math.floor(at.getTime() / 1000)
