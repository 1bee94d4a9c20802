import { jwtVerify, SignJWT } from 'jose'
import type { Clock } from '../kernel/clock.js'
import { unauthenticated } from '../kernel/errors.js'
import { isUuid, newId } from '../kernel/ids.js'
import { sha256 } from '../kernel/text.js'

/** What a verified access token or a redeemed ticket says. It says who may ask, never what they may see. */
export interface AccessClaims {
  /** auth_user.id */
  readonly userId: string
  /** auth_session.id: the identifier of the session, not the token that proves it. */
  readonly sessionId: string
  readonly orgId: string
  /** A third party's program: `sessionId` is its token's id, `userId` the person it acts for, or its own id. */
  readonly clientId?: string
}

/** Whom limits count: a person, a program, or a program as it acts for one person. */
export const askerOf = ({ userId, clientId }: Pick<AccessClaims, 'userId' | 'clientId'>): string =>
  clientId === undefined || clientId === userId ? userId : `${clientId}/${userId}`

/** Names by which a client compares what it is given. They say nothing of anybody and carry no right. */
export interface TokenNames {
  /** Whose it is: a person of an organisation, or a program, or a program as it acts for one person. */
  readonly subject: string
  /** Of which sign-in of that person, or which token of that program. */
  readonly signIn: string
}

export const namesOf = ({ userId, sessionId, orgId, clientId = '' }: AccessClaims): TokenNames => ({
  subject: sha256(`subject ${orgId} ${userId} ${clientId}`).slice(0, NAME_LENGTH),
  signIn: sha256(`sign-in ${orgId} ${sessionId}`).slice(0, NAME_LENGTH),
})

export interface AccessTokens {
  /** `expiresIn` in seconds. */
  sign(claims: AccessClaims): Promise<{ accessToken: string; expiresIn: number }>
  /** A token of a third party (RFC 9068): its row, which can be revoked, has the same id. */
  signClient(token: ClientToken): Promise<string>
  /**
   * The claims of a token we made for this use and that is in force now. Whether its session still lives, and the
   * person is still a member, only `loadViewer` knows.
   * @throws ChartroomError UNAUTHENTICATED, always the same, whatever is wrong with it
   */
  verify(token: string): Promise<AccessClaims>
}

export interface ClientToken {
  readonly orgId: string
  readonly clientId: string
  /** The person it acts for (auth_user.id), or the program itself. */
  readonly subject: string
  readonly tokenId: string
  readonly scope: string
  readonly issuedAt: Date
  readonly expiresAt: Date
}

export const ACCESS_TOKEN_SECONDS = 600

/** @param key 32 bytes: `vault.derive('access token')` */
export function createAccessTokens(options: { key: Uint8Array; issuer: string; clock: Clock }): AccessTokens {
  const { key, issuer, clock } = options
  if (key.byteLength < 32) throw new Error('an access token key has at least 256 bits (RFC 7518 section 3.2)')

  return {
    async sign({ userId, sessionId, orgId }) {
      const now = seconds(clock)
      const accessToken = await new SignJWT({ sid: sessionId, org: orgId })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setSubject(userId)
        .setJti(newId(now * 1000))
        .setIssuedAt(now)
        .setExpirationTime(now + ACCESS_TOKEN_SECONDS)
        .sign(key)
      return { accessToken, expiresIn: ACCESS_TOKEN_SECONDS }
    },
    async signClient({ orgId, clientId, subject, tokenId, scope, issuedAt, expiresAt }) {
      return new SignJWT({ org: orgId, client_id: clientId, scope })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setSubject(subject)
        .setJti(tokenId)
        .setIssuedAt(Math.floor(issuedAt.getTime() / 1000))
        .setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
        .sign(key)
    },
    async verify(token) {
      if (token.length > LONGEST) throw unauthenticated()
      // RFC 8725: the algorithm is ours, never the token's (3.1); issuer and audience are checked (3.8, 3.9); the type
      // keeps tokens that were made for another use apart (3.11; RFC 9068 section 2.1).
      const verified = await jwtVerify(token, key, {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer,
        audience: AUDIENCE,
        maxTokenAge: ACCESS_TOKEN_SECONDS,
        requiredClaims: ['sub', 'exp', 'iat', 'jti'],
        clockTolerance: SKEW_SECONDS,
        currentDate: clock.now(),
      }).catch(() => {
        throw unauthenticated()
      })
      const { sub, sid, org, jti, client_id: clientId } = verified.payload
      if (clientId !== undefined) {
        if (!isUuid(clientId) || !isName(sub) || !isUuid(jti) || !isUuid(org)) throw unauthenticated()
        return { userId: sub, sessionId: jti, orgId: org, clientId }
      }
      if (!isName(sub) || !isName(sid) || !isUuid(org)) throw unauthenticated()
      return { userId: sub, sessionId: sid, orgId: org }
    },
  }
}

/** The token of an `Authorization: Bearer` header (RFC 6750 section 2.1), if it has that form. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1]
}

const ALGORITHM = 'HS256'
const TYPE = 'at+jwt'
const AUDIENCE = 'chartroom'
const NAME_LENGTH = 32
/** Between the clocks of two nodes: one signs, the other verifies. */
const SKEW_SECONDS = 5
const LONGEST = 2_048

const seconds = (clock: Clock): number => Math.floor(clock.now().getTime() / 1000)
const isName = (value: unknown): value is string => typeof value === 'string' && value.length > 0 && value.length <= 64
