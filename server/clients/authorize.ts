import { randomBytes } from 'node:crypto'
import { inContext, intersectScopes, isWithin, parseScopes, type Scope, scopeText } from '../auth/scope.js'
import type { Viewer } from '../auth/viewer.js'
import { loadViewer } from '../auth/viewer.store.js'
import type { Database } from '../db/pool.js'
import type { Clock } from '../kernel/clock.js'
import { ChartroomError } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { sha256 } from '../kernel/text.js'
import { clientInForce, insertCode, type RegisteredClient } from './client.store.js'

/** What a program asks a person for, checked as a whole (OAuth 2.1 section 4.1.1). */
export interface AskedAuthorization {
  readonly client: RegisteredClient
  readonly scopes: readonly Scope[]
  readonly redirectUri: string
  readonly state: string
  /** S256 (RFC 7636). */
  readonly codeChallenge: string
}

/** Whom the page is shown to: a person in force, in the organisation of the client. */
export interface Asked {
  readonly viewer: Viewer
  readonly userId: string
  readonly sessionId: string
}

/** Nobody is sent anywhere: who asks, or where to send people back to, is not known. */
export class UnknownClient extends Error {
  override readonly name = 'UnknownClient'
}

/** The person is sent back with it: the address is one that was registered. RFC 6749 section 4.1.2.1. */
export class AuthorizationRefused extends Error {
  override readonly name = 'AuthorizationRefused'
  constructor(
    readonly code:
      | 'invalid_request'
      | 'unsupported_response_type'
      | 'invalid_scope'
      | 'access_denied'
      | 'temporarily_unavailable',
    readonly redirectUri: string,
    readonly state: string | undefined,
  ) {
    super(code)
  }
}

export const CODE_SECONDS = 60

export interface Authorizations {
  /** @throws UnknownClient, AuthorizationRefused */
  check(query: URLSearchParams): Promise<AskedAuthorization>
  /** The person of a sign-in in the client's organisation; undefined where there is none now. */
  person(
    asked: AskedAuthorization,
    signedIn: { readonly userId: string; readonly sessionId: string },
  ): Promise<Asked | undefined>
  /** A code for one exchange within a minute, of this client, address and challenge alone. */
  allow(asked: AskedAuthorization, person: Asked): Promise<string>
}

export function createAuthorizations({ database, clock }: { database: Database; clock: Clock }): Authorizations {
  return {
    async check(query) {
      const client = await clientOf(one(query, 'client_id') ?? '')
      const redirectUri = one(query, 'redirect_uri') ?? ''
      // Compared as it is written (OAuth 2.1 section 2.3.1): nothing is parsed, completed or folded.
      if (!client?.redirectUris.includes(redirectUri)) throw new UnknownClient()
      const state = one(query, 'state')
      const refuse = (code: AuthorizationRefused['code']): never => {
        throw new AuthorizationRefused(code, redirectUri, state && STATE.test(state) ? state : undefined)
      }
      for (const name of PARAMETERS) if (query.getAll(name).length > 1) refuse('invalid_request')
      if (!state || !STATE.test(state)) return refuse('invalid_request')
      const responseType = one(query, 'response_type')
      if (responseType !== 'code') refuse(responseType ? 'unsupported_response_type' : 'invalid_request')
      const codeChallenge = one(query, 'code_challenge') ?? ''
      if (one(query, 'code_challenge_method') !== 'S256' || !CHALLENGE.test(codeChallenge)) refuse('invalid_request')
      const registered = inContext(intersectScopes(parse(client.scopes), parse(client.agreementScopes)), 'user')
      const text = one(query, 'scope')
      const scopes = text === undefined ? registered : parseScopes(text)
      if (!scopes || scopes.length === 0 || !isWithin(scopes, registered)) return refuse('invalid_scope')
      return { client, scopes, redirectUri, state, codeChallenge }
    },
    async person({ client }, { userId, sessionId }) {
      const claims = { userId, sessionId, orgId: client.orgId }
      const viewer = await database
        .read(client.orgId, (tx) => loadViewer(tx, claims, clock.now()))
        .catch((error: unknown) => {
          if (error instanceof ChartroomError && error.code === 'UNAUTHENTICATED') return undefined
          throw error
        })
      return viewer && { viewer, userId, sessionId }
    },
    async allow({ client, scopes, redirectUri, codeChallenge }, { viewer, userId, sessionId }) {
      const code = randomBytes(32).toString('base64url')
      const issuedAt = clock.now()
      await database.write(client.orgId, (tx) =>
        insertCode(tx, {
          orgId: client.orgId,
          codeHash: sha256(code),
          clientId: client.id,
          memberId: viewer.memberId,
          userId,
          sessionId,
          redirectUri,
          codeChallenge,
          scopes: scopes.map(scopeText),
          issuedAt,
          expiresAt: new Date(issuedAt.getTime() + CODE_SECONDS * 1000),
        }),
      )
      return code
    },
  }

  async function clientOf(clientId: string): Promise<RegisteredClient | undefined> {
    const [orgId, id, ...rest] = clientId.split('.')
    if (!isUuid(orgId) || !isUuid(id) || rest.length > 0) return undefined
    return database.read(orgId, (tx) => clientInForce(tx, orgId, id, clock.now()))
  }
}

/** A parameter that is there once; one that is there twice is refused by `check`, or names no client. */
const one = (query: URLSearchParams, name: string): string | undefined => {
  const values = query.getAll(name)
  return values.length === 1 ? values[0] : undefined
}

const parse = (texts: readonly string[]): readonly Scope[] => parseScopes(texts.join(' ')) ?? []
export const PARAMETERS = [
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
] as const
const CHALLENGE = /^[\w-]{43}$/
/** RFC 6749 appendix A.5, as long as anybody needs. */
const STATE = /^[\x20-\x7e]{1,500}$/
