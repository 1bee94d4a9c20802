import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addMember, asOwner } from '../../server/accounts/people.store.js'
import { ENDPOINTS } from '../../server/accounts/signIn.forward.js'
import { createSignIn } from '../../server/accounts/signIn.js'
import { systemClock } from '../../server/kernel/clock.js'
import { ISSUER, type PeopleWorld, peopleWorld, sessionOf } from '../support/people.js'
import { browser, send } from './client.fixture.js'

let world: PeopleWorld
beforeAll(async () => void (world = await peopleWorld()))
afterAll(() => world?.close())

const SESSION_COOKIE = 'chartroom.session_token'

describe('a browser', () => {
  it('signs in, gets access to its only organisation, and signs out', async () => {
    const page = browser(world)
    expect((await page.signIn('coder@demo.test')).status).toBe(200)
    const access = await page.send('POST', '/access')
    const { harbor } = world.demo
    expect(access.body.organisation).toEqual({ id: harbor.organisationId, name: harbor.name })
    const claims = await world.accessTokens.verify(String(access.body.accessToken))
    expect(claims).toMatchObject({ orgId: harbor.organisationId, userId: harbor.members['coder@demo.test']!.userId })

    const cookies = new Map(page.jar)
    expect((await page.send('POST', '/sign-out')).status).toBe(200)
    const account = createHash('sha256').update('coder@demo.test').digest('hex')
    expect(world.attempts.slice(-2)).toMatchObject([
      { outcome: 'SIGNED_IN', account },
      { outcome: 'SIGNED_OUT', account },
    ])
    expect(page.jar.has(SESSION_COOKIE)).toBe(false)
    for (const [name, value] of cookies) page.jar.set(name, value)
    expect((await page.send('POST', '/access')).status).toBe(401)
  })

  it('never sees the session token or a password in an answer, only in a cookie closed to scripts', async () => {
    const page = browser(world)
    const signedIn = await page.signIn('coder@demo.test')
    const [session] = await world.db.ownerSql<{ token: string }[]>`
      select token from auth_session order by created_at desc limit 1`
    const answers = [signedIn, await page.send('GET', '/get-session'), await page.send('POST', '/access')]
    answers.push(await page.send('POST', '/change-password', passwordChange(world.demo.password)))
    const [later] = await world.db.ownerSql<{ token: string }[]>`
      select token from auth_session order by created_at desc limit 1`
    for (const { status, text, headers } of answers) {
      expect(status).toBe(200)
      expect(headers.get('set-auth-token')).toBeNull()
      expect(headers.get('cache-control')).toBe('no-store')
      for (const secret of [session!.token, later!.token, world.demo.password]) expect(text).not.toContain(secret)
    }
    const cookie = signedIn.headers.getSetCookie().find((line) => line.startsWith(SESSION_COOKIE))
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Strict/)
    expect(cookie).toMatch(/Path=\/api\/auth;/)
  })

  it('loses its other sessions when it changes the password', async () => {
    const [here, elsewhere] = [browser(world), browser(world)]
    await here.signIn('coder2@demo.test')
    await elsewhere.signIn('coder2@demo.test')
    expect((await elsewhere.send('POST', '/access')).status).toBe(200)
    expect((await here.send('POST', '/change-password', passwordChange(world.demo.password))).status).toBe(200)
    expect((await elsewhere.send('POST', '/access')).status).toBe(401)
    expect((await here.send('POST', '/access')).status).toBe(200)
  })

  it('gets a cookie for https only from a server on https', async () => {
    const secure = createSignIn({
      applicationUrl: world.db.applicationUrl,
      baseUrl: 'https://chartroom.test',
      allowedOrigins: () => ['https://chartroom.test'],
      idleMinutes: 15,
      maxHours: 12,
      secret: world.db.vault.derive('sign-in'),
      clock: systemClock,
    })
    const response = await secure.handle(
      new Request('https://chartroom.test/api/auth/sign-in/email', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: 'https://chartroom.test' },
        body: JSON.stringify({ email: 'auditor@demo.test', password: world.demo.password }),
      }),
    )
    await secure.close()
    expect(response.headers.getSetCookie().filter((line) => /; Secure/.test(line))).toHaveLength(1)
  })
})

describe('a program', () => {
  it('signs in without cookies and uses the session token it is answered', async () => {
    const signedIn = await send(world, 'POST', '/sign-in/email', credentials('auditor@demo.test'))
    const authorization = `Bearer ${String(signedIn.body.token)}`
    const access = await send(world, 'POST', '/access', undefined, { authorization })
    expect(access.status).toBe(200)
    const session = await send(world, 'GET', '/get-session', undefined, { authorization })
    expect(session.body.user).toMatchObject({ email: 'auditor@demo.test' })
    expect(session.text).not.toContain(String(signedIn.body.token))
  })
})

describe('refused sign-in', () => {
  it('answers alike for a wrong password and an unknown account', async () => {
    const wrong = await browser(world).signIn('coder@demo.test', 'not the password at all')
    const unknown = await browser(world).signIn('nobody@demo.test', 'not the password at all')
    expect(wrong.status).toBe(401)
    expect([unknown.status, unknown.text, headerNames(unknown.headers)]).toEqual([
      wrong.status,
      wrong.text,
      headerNames(wrong.headers),
    ])
    expect(world.attempts.slice(-2).map(({ outcome }) => outcome)).toEqual(['REFUSED', 'REFUSED'])
    expect(world.attempts.at(-1)!.account).toBe(createHash('sha256').update('nobody@demo.test').digest('hex'))
  })

  it('takes ten guesses at one account, from whatever address, and no right password after them', async () => {
    const from = (i: number) => ({ 'x-forwarded-for': `203.0.113.${i}` })
    for (let i = 0; i < 10; i++) {
      const guess = await send(
        world,
        'POST',
        '/sign-in/email',
        credentials('cdi@demo.test', `wrong password ${i}`),
        from(i),
      )
      expect(guess.status).toBe(401)
    }
    const right = await send(world, 'POST', '/sign-in/email', credentials('CDI@demo.test'), from(99))
    expect(right.status).toBe(429)
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(60)
    expect(world.attempts.at(-1)).toMatchObject({ outcome: 'THROTTLED', clientAddress: '203.0.113.99' })
    expect((await send(world, 'POST', '/sign-in/email', credentials('privacy@demo.test'), from(99))).status).toBe(200)
  })

  it('lets nobody sign themselves up', async () => {
    const body = { email: 'new@demo.test', name: 'New', password: 'a long enough password' }
    expect((await browser(world).send('POST', '/sign-up/email', body)).status).toBe(404)
    expect(await world.db.ownerSql`select from auth_user where email = 'new@demo.test'`).toHaveLength(0)
  })

  it('survives bodies of any form without a server error', async () => {
    const body = fc.oneof(fc.json(), fc.string(), fc.constant('{"email":"coder@demo.test","password":["x"]}'))
    const paths = ['/sign-in/email', '/access', '/change-password', '/two-factor/enable', '/two-factor/verify-totp']
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom(...paths), fc.nat(250), async (text, path, host) => {
        const answer = await send(world, 'POST', path, text, { 'x-forwarded-for': `198.51.100.${host}` })
        expect(answer.status).toBeGreaterThanOrEqual(400)
        expect(answer.status).toBeLessThan(500)
      }),
      { numRuns: 60 },
    )
    expect(world.errors).toEqual([])
  })

  it('refuses a body that is too large, or not JSON', async () => {
    const large = await send(world, 'POST', '/sign-in/email', credentials('coder@demo.test', 'x'.repeat(20_000)))
    expect([large.status, large.body.code]).toEqual([413, 'TOO_LARGE'])
    const form = await send(world, 'POST', '/sign-in/email', 'email=coder%40demo.test', {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect([form.status, form.body.code]).toEqual([400, 'REQUEST_REFUSED'])
  })
})

describe('origins', () => {
  const foreign = ['https://evil.test', 'null', `${ISSUER}.evil.test`, 'http://127.0.0.1:1']

  it.each(foreign)('refuses what a page of %s sends with the cookie of a person', async (origin) => {
    const page = browser(world)
    await page.signIn('supervisor@demo.test')
    for (const endpoint of [...ENDPOINTS, 'POST /access', 'POST /socket-ticket']) {
      const [method, path] = endpoint.split(' ') as [string, string]
      const answer = await page.send(method, path, method === 'GET' ? undefined : {}, { origin })
      expect([endpoint, answer.status, answer.body.code]).toEqual([endpoint, 400, 'REQUEST_REFUSED'])
    }
    expect((await page.send('POST', '/access')).status).toBe(200)
  })

  it('refuses a cookie without an origin', async () => {
    const page = browser(world)
    await page.signIn('supervisor@demo.test')
    const cookie = [...page.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    expect((await send(world, 'POST', '/access', {}, { cookie })).status).toBe(400)
  })
})

describe('organisations', () => {
  it('asks which, of several, and gives none that the person does not work for', async () => {
    const { harbor, lakeside } = world.demo
    const { userId } = harbor.members['provider@demo.test']!
    await asOwner(world.db.ownerSql, lakeside.organisationId, (tx) =>
      addMember(tx, {
        orgId: lakeside.organisationId,
        userId,
        displayName: 'Dr. Alice Moreau',
        roles: ['PROVIDER'],
        facilityIds: [],
        teamIds: [],
      }),
    )
    const page = browser(world)
    await page.signIn('provider@demo.test')
    const asked = await page.send('POST', '/access')
    expect(asked.status).toBe(400)
    expect(asked.body.organisations).toEqual([
      { id: harbor.organisationId, name: harbor.name },
      { id: lakeside.organisationId, name: lakeside.name },
    ])
    const chosen = await page.send('POST', '/access', { organisationId: lakeside.organisationId })
    expect(chosen.body.organisation).toMatchObject({ id: lakeside.organisationId })

    const other = browser(world)
    await other.signIn('lakeside@demo.test')
    expect((await other.send('POST', '/access', { organisationId: harbor.organisationId })).status).toBe(404)
  })

  it('gives no access to a person whose only member is disabled', async () => {
    const page = browser(world)
    await page.signIn('compliance@demo.test')
    await world.db.ownerSql`update member set disabled_at = now() where display_name = 'Victor Amadi'`
    const answer = await page.send('POST', '/access')
    expect([answer.status, answer.body.code]).toEqual([403, 'FORBIDDEN'])
  })
})

describe('the end of a session', () => {
  it('comes when it was idle for too long', async () => {
    const page = browser(world)
    await page.signIn('reviewer@demo.test')
    const [row] = await world.db.ownerSql<{ minutes: number }[]>`
      select extract(epoch from expires_at - created_at)::int / 60 as minutes from auth_session
      order by created_at desc limit 1`
    expect(row).toEqual({ minutes: 15 })
    await world.db.ownerSql`
      update auth_session set expires_at = now() - interval '1 second'
      where user_id = ${world.demo.harbor.members['reviewer@demo.test']!.userId}`
    expect((await page.send('POST', '/access')).status).toBe(401)
    expect((await page.send('GET', '/get-session')).text).toBe('null')
  })

  it('is not put off by asking for access, tickets or the session', async () => {
    const page = browser(world)
    await page.signIn('reviewer@demo.test')
    const { userId } = world.demo.harbor.members['reviewer@demo.test']!
    await world.db.ownerSql`update auth_session set expires_at = now() + interval '1 minute' where user_id = ${userId}`
    const ends = () => world.db.ownerSql`select expires_at from auth_session where user_id = ${userId}`
    const before = await ends()
    const { body } = await page.send('POST', '/access')
    const authorization = `Bearer ${String(body.accessToken)}`
    expect((await page.send('POST', '/socket-ticket', undefined, { authorization })).status).toBe(200)
    await page.send('GET', '/get-session')
    expect(await ends()).toEqual(before)
  })

  it('comes with a new password and with the removal of a second factor by an administrator', async () => {
    const { signIn } = world
    for (const end of [
      () => signIn.setPassword('admin@demo.test', 'an entirely new password'),
      () => signIn.removeSecondFactor('admin@demo.test'),
    ]) {
      const { sessionId } = await sessionOf(world, 'admin@demo.test')
      expect(await end()).toBe(true)
      expect(await world.db.ownerSql`select from auth_session where id = ${sessionId}`).toHaveLength(0)
    }
    expect((await browser(world).signIn('admin@demo.test')).status).toBe(401)
    expect((await browser(world).signIn('admin@demo.test', 'an entirely new password')).status).toBe(200)
    expect(await signIn.setPassword('nobody@demo.test', 'an entirely new password')).toBe(false)
    await expect(signIn.setPassword('admin@demo.test', 'elevenchars')).rejects.toThrow(/12 to 128/)
  })
})

function credentials(email: string, password = world.demo.password) {
  return { email, password }
}

/** To itself, so that other tests can go on signing in. */
const passwordChange = (password: string) => ({ currentPassword: password, newPassword: password })

const headerNames = (headers: Headers): string[] => [...headers.keys()].sort()
