import { createHmac, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import {
  ACCESS_TOKEN_SECONDS,
  type AccessClaims,
  bearerToken,
  createAccessTokens,
} from '../../server/auth/accessToken.js'
import { fixedClock } from '../../server/kernel/clock.js'
import { newId } from '../../server/kernel/ids.js'

const key = randomBytes(32)
const issuer = 'https://chartroom.test'
const start = new Date('2026-03-02T10:00:00.400Z')
const now = Math.floor(start.getTime() / 1000)
const claims: AccessClaims = { userId: 'u'.repeat(32), sessionId: 's'.repeat(32), orgId: newId() }

describe('an access token', () => {
  it('says what was signed, for ten minutes and no longer', async () => {
    const clock = fixedClock(start)
    const tokens = createAccessTokens({ key, issuer, clock })
    const { accessToken, expiresIn } = await tokens.sign(claims)
    expect(expiresIn).toBe(ACCESS_TOKEN_SECONDS)
    expect(await tokens.verify(accessToken)).toEqual(claims)
    clock.advance(ACCESS_TOKEN_SECONDS * 1000)
    expect(await tokens.verify(accessToken)).toEqual(claims) // five seconds between two nodes' clocks
    clock.advance(6_000)
    await refused(tokens.verify(accessToken))
  })

  it('is a JWT of the type for access tokens and holds identifiers only', async () => {
    const { accessToken } = await createAccessTokens({ key, issuer, clock: fixedClock(start) }).sign(claims)
    const [header, payload] = accessToken.split('.').slice(0, 2).map(decode)
    expect(header).toEqual({ alg: 'HS256', typ: 'at+jwt' })
    expect(Object.keys(payload).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'org', 'sid', 'sub'])
    expect(payload.exp - payload.iat).toBeLessThanOrEqual(600)
  })

  it('is refused whichever single bit of it is turned', async () => {
    const tokens = createAccessTokens({ key, issuer, clock: fixedClock(start) })
    const { accessToken } = await tokens.sign(claims)
    const parts = accessToken.split('.').map((part) => Buffer.from(part, 'base64url'))
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.nat(), async (part, at) => {
        const bytes = Buffer.from(parts[part]!)
        const bit = at % (bytes.length * 8)
        bytes[bit >> 3]! ^= 1 << (bit & 7)
        const turned = parts.map((old, i) => (i === part ? bytes : old).toString('base64url')).join('.')
        await refused(tokens.verify(turned))
      }),
      { numRuns: 500 },
    )
  })

  it('is refused when it is any other text', async () => {
    const tokens = createAccessTokens({ key, issuer, clock: fixedClock(start) })
    const { accessToken } = await tokens.sign(claims)
    const texts = fc.oneof(
      fc.string(),
      fc.nat(accessToken.length - 1).map((n) => accessToken.slice(0, n)),
      fc.constantFrom(`${accessToken}.`, `${accessToken}.${accessToken}`, ` ${accessToken}`, accessToken.toUpperCase()),
      fc.constant(`${accessToken}${'A'.repeat(3_000)}`),
    )
    await fc.assert(fc.asyncProperty(texts, (text) => refused(tokens.verify(text))))
  })

  const good = { sid: claims.sessionId, org: claims.orgId }
  const bad: Record<string, () => Promise<string> | string> = {
    'no algorithm': () =>
      new UnsecuredJWT(good)
        .setIssuer(issuer)
        .setAudience('chartroom')
        .setSubject('u')
        .setJti('j')
        .setIssuedAt(now)
        .setExpirationTime(now + 60)
        .encode(),
    'no algorithm, with the right type': () => unsigned({ alg: 'none', typ: 'at+jwt' }),
    'another algorithm of the same key': () => forged({}, { alg: 'HS512' }),
    'another key': () => forged({}, {}, randomBytes(32)),
    'an empty key': () => byHand({ alg: 'HS256', typ: 'at+jwt' }, ''),
    'another audience': () => forged({ aud: 'chartroom-files' }),
    'no audience': () => forged({ aud: undefined }),
    'another issuer': () => forged({ iss: 'https://evil.test' }),
    'no issuer': () => forged({ iss: undefined }),
    'the type of an identity token': () => forged({}, { typ: 'JWT' }),
    'the type of a logout token': () => forged({}, { typ: 'logout+jwt' }),
    'no type': () => forged({}, { typ: undefined }),
    'a critical header that nobody knows': () => byHand({ alg: 'HS256', typ: 'at+jwt', crit: ['x'], x: 1 }),
    'an end in the past': () => forged({ iat: now - 500, exp: now - 6 }),
    'no end': () => forged({ exp: undefined }),
    'no start': () => forged({ iat: undefined }),
    'a start in the future': () => forged({ iat: now + 60, exp: now + 120 }),
    'a start too long ago, whatever its end': () => forged({ iat: now - 700, exp: now + 9_999 }),
    'a time before which it is not valid': () => forged({ nbf: now + 60 }),
    'no identifier': () => forged({ jti: undefined }),
    'no subject': () => forged({ sub: undefined }),
    'an empty subject': () => forged({ sub: '' }),
    'no session': () => forged({ sid: undefined }),
    'a session that is no text': () => forged({ sid: 7 }),
    'no organisation': () => forged({ org: undefined }),
    'an organisation that is no identifier': () => forged({ org: "' or true --" }),
  }

  it.each(Object.keys(bad))('is refused with %s', async (name) => {
    const tokens = createAccessTokens({ key, issuer, clock: fixedClock(start) })
    await refused(tokens.verify(await bad[name]!()))
  })

  it('is accepted when the same forging leaves everything right', async () => {
    const tokens = createAccessTokens({ key, issuer, clock: fixedClock(start) })
    expect(await tokens.verify(await forged({}))).toEqual({ ...claims, userId: 'u' })
    expect(await tokens.verify(byHand({ alg: 'HS256', typ: 'at+jwt' }))).toEqual({ ...claims, userId: 'u' })
  })

  it('takes no key below 256 bits', () => {
    expect(() => createAccessTokens({ key: randomBytes(31), issuer, clock: fixedClock(start) })).toThrow(/256 bits/)
  })

  function payload(changes: Record<string, unknown> = {}): Record<string, unknown> {
    const all = { ...good, iss: issuer, aud: 'chartroom', sub: 'u', jti: 'j', iat: now, exp: now + 60, ...changes }
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
  }

  function forged(
    changes: Record<string, unknown>,
    header: Record<string, unknown> = {},
    signer = key,
  ): Promise<string> {
    return new SignJWT(payload(changes))
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', ...header } as { alg: string })
      .sign(header.alg === 'HS512' ? Buffer.concat([signer, signer]) : signer)
  }

  function byHand(header: object, signer: string | Buffer = key): string {
    const signed = `${encode(header)}.${encode(payload())}`
    return `${signed}.${createHmac('sha256', signer).update(signed).digest('base64url')}`
  }

  function unsigned(header: object): string {
    return `${encode(header)}.${encode(payload())}.`
  }
})

describe('bearerToken', () => {
  it.each([
    ['Bearer a.b-c_d', 'a.b-c_d'],
    ['bearer a', 'a'],
    ['Bearer', undefined],
    ['Bearer a b', undefined],
    ['Basic a', undefined],
    ['xBearer a', undefined],
    [undefined, undefined],
  ])('finds in %s the token %s', (header, token) => expect(bearerToken(header)).toBe(token))
})

const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Always the same refusal: what was wrong with a token is nobody's business. */
async function refused(verifying: Promise<unknown>): Promise<void> {
  await expect(verifying).rejects.toMatchObject({ code: 'UNAUTHENTICATED', detail: {} })
}
