import { createHash, randomBytes, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AddedChart, SUBMITTABLE } from '../support/charts.js'
import type { TestPerson } from '../support/server.js'
import { codeOf, type Registered, type VendorWorld, vendorWorld } from './support.js'

const BACK = 'https://app.example/back'
const OTHER = 'https://app.example/other?x=1'
const USER = ['user/Chart.rs', 'user/Patient.r', 'user/DocumentReference.r', 'user/Suggestion.r']
const SYSTEM = USER.map((scope) => scope.replace('user/', 'system/'))

let world: VendorWorld
let client: Registered
let mine: AddedChart
let cookies: Map<string, string>
beforeAll(async () => {
  world = await vendorWorld()
  client = await registerApp()
  mine = await world.server.addChart({ coder: 'coder@demo.test', lines: SUBMITTABLE })
  cookies = new Map()
})
afterAll(() => world.close())

const registerApp = (scopes: readonly string[] = [...USER, ...SYSTEM], given: object = {}): Promise<Registered> =>
  world.register(scopes, {
    agreement: { scopes: [...USER, ...SYSTEM] },
    client: { redirectUris: [BACK, OTHER], ...given },
  })

const verifierOf = (): string => randomBytes(32).toString('base64url')
const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')

/** The cookie of a sign-in with a password, as a browser keeps it. */
async function cookieOf(email: string, anew = false): Promise<string> {
  const { server } = world
  if (!cookies.has(email) || anew) {
    const response = await fetch(`${server.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: JSON.stringify({ email, password: server.demo.password }),
    })
    expect(response.status).toBe(200)
    cookies.set(
      email,
      response.headers
        .getSetCookie()
        .map((line) => line.split(';')[0]!)
        .join('; '),
    )
    // The page's clock is the test's: the sign-in lasts as long as the test moves it.
    await server.db.ownerSql`update auth_session set expires_at = ${new Date(world.clock.now().getTime() + 86_400_000)}`
  }
  return cookies.get(email)!
}

interface Sent {
  readonly query: Record<string, string>
  readonly verifier: string
}
function request(of: Registered = client, given: Record<string, string | undefined> = {}): Sent {
  const verifier = verifierOf()
  const query = {
    response_type: 'code',
    client_id: of.clientId,
    redirect_uri: BACK,
    scope: USER.join(' '),
    state: 'xyz 1',
    code_challenge: challengeOf(verifier),
    code_challenge_method: 'S256',
    ...given,
  }
  return {
    verifier,
    query: Object.fromEntries(Object.entries(query).filter((it): it is [string, string] => it[1] !== undefined)),
  }
}

const get = (path: string, query: Record<string, string> | string, cookie?: string) =>
  fetch(`${world.server.url}${path}?${new URLSearchParams(query).toString()}`, {
    redirect: 'manual',
    headers: cookie ? { cookie } : {},
  })
const answer = (query: Record<string, string>, cookie: string, how = 'allow', headers: Record<string, string> = {}) =>
  fetch(`${world.server.url}/api/auth/oauth/consent`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, origin: world.server.url, ...headers },
    body: new URLSearchParams({ ...query, answer: how }),
  })
const locationOf = (response: Response): URL => new URL(response.headers.get('location')!)

async function codeFor(email: string, sent: Sent): Promise<string> {
  const response = await answer(sent.query, await cookieOf(email))
  expect(response.status, await response.text()).toBe(303)
  return locationOf(response).searchParams.get('code')!
}
const exchange = (of: Registered, code: string, verifier: string, redirectUri = BACK) =>
  world.form('token', of, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  })
async function tokenFor(email: string, of: Registered = client, scope?: string): Promise<string> {
  const sent = request(of, scope ? { scope } : {})
  const { status, body } = await exchange(of, await codeFor(email, sent), sent.verifier)
  expect(status, JSON.stringify(body)).toBe(200)
  return body.access_token as string
}

const CHART = 'query ($id: ID!) { chart(id: $id) { id } }'
const id = () => ({ id: mine.chartId })

describe('a program that acts for a person', () => {
  it('asks on a page of ours, and gets a token of the person’s scopes for ten minutes at most', async () => {
    const sent = request()
    const first = await get('/oauth/authorize', sent.query)
    expect(first.status).toBe(200)
    expect(await first.text()).toContain('/api/auth/oauth/consent?')
    const page = await get('/api/auth/oauth/consent', sent.query, await cookieOf('coder@demo.test'))
    const text = await page.text()
    expect(page.status).toBe(200)
    for (const words of ['Vendor', 'Client ', 'documents', 'for payment', 'app.example']) expect(text).toContain(words)
    expect(text).not.toMatch(/<script/i)
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self' https://app.example;")
    expect(page.headers.get('cache-control')).toBe('no-store')

    const allowed = await answer(sent.query, await cookieOf('coder@demo.test'))
    const back = locationOf(allowed)
    expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([BACK, 'xyz 1'])
    const { status, body } = await exchange(client, back.searchParams.get('code')!, sent.verifier)
    expect(status).toBe(200)
    expect(body).toMatchObject({ token_type: 'Bearer', scope: USER.join(' ') })
    expect(body.refresh_token).toBeUndefined()
    const token = body.access_token as string
    const [header, payload] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString())
    expect(JSON.parse(header!)).toMatchObject({ typ: 'at+jwt' })
    const { exp, iat, aud, sub, iss } = JSON.parse(payload!) as Record<'exp' | 'iat', number> &
      Record<'aud' | 'sub' | 'iss', string>
    expect(back.searchParams.get('iss')).toBe(iss)
    expect([exp - iat, aud]).toEqual([600, 'chartroom'])
    expect((await world.form('introspect', client, { token })).body).toMatchObject({
      active: true,
      sub,
      scope: USER.join(' '),
    })
    expect((await world.ask(token, CHART, id())).data).toEqual({ chart: id() })
    expect(
      codeOf(
        await world.ask(token, 'mutation ($i: ChartCommandInput!) { claimChart(input: $i) { __typename } }', {
          i: { commandId: randomUUID(), chartId: mine.chartId },
        }),
      ),
    ).toBe('FORBIDDEN')
    expect((await world.form('revoke', client, { token })).status).toBe(200)
    expect(codeOf(await world.ask(token, CHART, id()))).toBe('UNAUTHENTICATED')
  })

  it('finds the addresses by itself', async () => {
    const response = await fetch(`${world.server.url}/.well-known/oauth-authorization-server`)
    const found = (await response.json()) as Record<string, string>
    expect(found).toMatchObject({ response_types_supported: ['code'], code_challenge_methods_supported: ['S256'] })
    const there = async (name: string, method: string) =>
      (await fetch(`${world.server.url}${new URL(found[name]!).pathname}`, { method })).status
    expect(await there('authorization_endpoint', 'GET')).toBe(400)
    for (const name of ['token_endpoint', 'introspection_endpoint', 'revocation_endpoint'])
      expect(await there(name, 'POST'), name).toBe(400)
  })

  it('is on record under the person’s name and its own: what was allowed, and what was read', async () => {
    const token = await tokenFor('coder@demo.test')
    await world.ask(token, CHART, id())
    const { memberId } = world.server.demo.harbor.members['coder@demo.test']!
    const rows = await world.server.db.ownerSql`
      select action, purpose, outcome, detail from access_record
      where actor_id = ${memberId} and detail ->> 'client' = ${client.id} order by seq desc limit 3`
    expect(rows.map(({ action }) => action)).toEqual(['query chart', 'client token', 'client authorization'])
    expect(rows[0]).toMatchObject({ purpose: 'PAYMENT', outcome: 'ALLOWED', detail: { recipient: 'Vendor' } })
  })

  it('sees nothing that the person does not see, and nothing that its scopes do not name', async () => {
    const { server } = world
    const charts = [
      mine,
      await server.addChart({ facility: Object.keys(server.demo.harbor.facilities)[1]!, lines: SUBMITTABLE }),
      await server.addChart({ restricted: true, coder: 'coder@demo.test' }),
      await server.addChart({ identityHold: true }),
      await server.addChart({ documents: [{ labels: ['MENTAL_HEALTH'] }], coder: 'coder@demo.test' }),
      await server.addChart({ organisation: 'lakeside', documents: [] }),
    ]
    const FIELDS = [
      'accountNumber',
      'patient { familyName }',
      'documents { id version { text } }',
      'suggestions { code }',
    ]
    const NEEDS: Readonly<Record<string, string>> = {
      accountNumber: 'Chart',
      'patient { familyName }': 'Patient',
      'documents { id version { text } }': 'DocumentReference',
      'suggestions { code }': 'Suggestion',
    }
    const people = ['coder', 'reviewer', 'cdi', 'supervisor', 'compliance', 'provider', 'privacy', 'admin']
    const [tokens, persons] = [new Map<string, string>(), new Map<string, TestPerson>()]
    let [same, less] = [0, 0]
    const compare = async (name: string, { chartId }: AddedChart, scopes: readonly string[], field: string) => {
      const email = `${name}@demo.test`
      const scope = ['user/Chart.rs', ...scopes].join(' ')
      const key = `${email} ${scope}`
      if (!tokens.has(key)) tokens.set(key, await tokenFor(email, client, scope))
      if (!persons.has(email)) persons.set(email, await server.signInAs(email))
      const query = `query ($id: ID!) { chart(id: $id) { ${field} } }`
      const { accessToken } = await server.app.accessTokens.sign(persons.get(email)!.claims)
      const own = (await world.ask(accessToken, query, { id: chartId })).data
      const asked = await world.ask(tokens.get(key)!, query, { id: chartId })
      if (!scope.includes(NEEDS[field]!)) {
        expect([codeOf(asked), asked.data ?? null]).toEqual(['FORBIDDEN', null])
        return
      }
      expect(asked.errors).toBeUndefined()
      if (!isPartOf(asked.data, own))
        throw new Error(`${key}: ${JSON.stringify(asked.data)} is no part of ${JSON.stringify(own)}`)
      if (JSON.stringify(asked.data) === JSON.stringify(own)) same++
      else less++
    }
    // Everybody on every chart under all scopes; then under random ones.
    for (const name of people)
      for (const each of charts) for (const field of FIELDS) await compare(name, each, USER.slice(1), field)
    expect(same).toBeGreaterThan(100)
    expect(less).toBeGreaterThan(5)
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('coder', 'supervisor'),
        fc.constantFrom(...charts),
        fc.subarray(USER.slice(1)),
        fc.constantFrom(...FIELDS),
        compare,
      ),
      { numRuns: 40 },
    )
    const list = '{ charts(first: 100) { edges { node { id } } } }'
    const ids = (data: unknown) =>
      (data as { charts: { edges: { node: { id: string } }[] } }).charts.edges.map((edge) => edge.node.id)
    for (const name of people) {
      const token = await tokenFor(`${name}@demo.test`)
      const { accessToken } = await server.app.accessTokens.sign((await server.signInAs(`${name}@demo.test`)).claims)
      const own = ids((await world.ask(accessToken, list)).data)
      for (const seen of ids((await world.ask(token, list)).data)) expect(own, name).toContain(seen)
    }
  })
})

/** Whether an answer says nothing that another does not: null, or the same, down to the leaves. */
function isPartOf(part: unknown, whole: unknown): boolean {
  if (part === null || part === undefined) return true
  if (Array.isArray(part)) return Array.isArray(whole) && part.every((it, i) => isPartOf(it, whole[i]))
  if (typeof part !== 'object') return part === whole
  return (
    typeof whole === 'object' &&
    whole !== null &&
    Object.entries(part).every(([key, value]) => isPartOf(value, (whole as Record<string, unknown>)[key]))
  )
}

describe('a code', () => {
  it('is exchanged once; a second time it ends what it was exchanged for', async () => {
    const sent = request()
    const code = await codeFor('coder@demo.test', sent)
    const first = await exchange(client, code, sent.verifier)
    const token = first.body.access_token as string
    expect((await world.ask(token, CHART, id())).data).toEqual({ chart: id() })
    expect(await exchange(client, code, sent.verifier)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect(codeOf(await world.ask(token, CHART, id()))).toBe('UNAUTHENTICATED')
    const many = request()
    const shared = await codeFor('coder@demo.test', many)
    const all = await Promise.all(Array.from({ length: 6 }, () => exchange(client, shared, many.verifier)))
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it('is of one client, one address and one verifier, for a minute', async () => {
    const other = await registerApp()
    const wrong: [string, (code: string, sent: Sent) => Promise<{ status: number; body: object }>][] = [
      ['another client', (code, sent) => exchange(other, code, sent.verifier)],
      ['another registered address', (code, sent) => exchange(client, code, sent.verifier, OTHER)],
      ['another verifier', (code) => exchange(client, code, verifierOf())],
      ['the challenge for a verifier', (code, sent) => exchange(client, code, sent.query.code_challenge!)],
      ['another code', (_code, sent) => exchange(client, verifierOf(), sent.verifier)],
    ]
    for (const [what, attempt] of wrong) {
      const sent = request()
      const code = await codeFor('coder@demo.test', sent)
      expect(await attempt(code, sent), what).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
      // What the client itself got wrong is spent; what others tried is not.
      const mineYet = what === 'another client' || what === 'another code'
      expect((await exchange(client, code, sent.verifier)).status, what).toBe(mineYet ? 200 : 400)
    }
    for (const missing of ['code', 'redirect_uri', 'code_verifier']) {
      const fields: Record<string, string> = { code: 'a', redirect_uri: BACK, code_verifier: verifierOf() }
      delete fields[missing]
      expect(await world.form('token', client, { grant_type: 'authorization_code', ...fields })).toMatchObject({
        status: 400,
        body: { error: 'invalid_request' },
      })
    }
    const late = request()
    const code = await codeFor('coder@demo.test', late)
    world.clock.advance(60_000)
    expect((await exchange(client, code, late.verifier)).body).toEqual({ error: 'invalid_grant' })
  })

  it('comes from the person alone: not from another site’s page, not without a sign-in, not for another organisation', async () => {
    const { query } = request()
    const foreign = await answer(query, await cookieOf('coder@demo.test'), 'allow', { origin: 'https://evil.example' })
    expect([foreign.status, foreign.headers.get('location')]).toEqual([400, null])
    const bare = await fetch(`${world.server.url}/api/auth/oauth/consent`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: await cookieOf('coder@demo.test') },
      body: new URLSearchParams({ ...query, answer: 'allow' }),
    })
    expect([bare.status, bare.headers.get('location')]).toEqual([400, null])
    for (const cookie of ['', await cookieOf('lakeside@demo.test')]) {
      for (const response of [await get('/api/auth/oauth/consent', query, cookie), await answer(query, cookie)])
        expect([response.status, response.headers.get('location')]).toEqual([401, null])
    }
    const { accessToken } = await world.server.signInAs('coder@demo.test')
    const byToken = await answer(query, '', 'allow', { authorization: `Bearer ${accessToken}` })
    expect([byToken.status, byToken.headers.get('location')]).toEqual([401, null])
    const refused = await answer(query, await cookieOf('coder@demo.test'), 'refuse')
    expect(locationOf(refused).searchParams.get('error')).toBe('access_denied')
  })
})

describe('a request', () => {
  it('sends nobody anywhere where client or address are not exactly registered ones', async () => {
    for (const given of [
      { redirect_uri: `${BACK}/` },
      { redirect_uri: BACK.toUpperCase() },
      { redirect_uri: `${BACK}?a=1` },
      { redirect_uri: 'https://app.example/' },
      { redirect_uri: 'https://evil.example/back' },
      { redirect_uri: undefined },
      { client_id: undefined },
      { client_id: `${client.clientId.split('.')[0]}.${randomUUID()}` },
      { client_id: 'nobody' },
    ]) {
      const { query } = request(client, given)
      for (const path of ['/oauth/authorize', '/api/auth/oauth/consent']) {
        const response = await get(path, query, await cookieOf('coder@demo.test'))
        expect([response.status, response.headers.get('location')], JSON.stringify(given)).toEqual([400, null])
      }
      const posted = await answer(query, await cookieOf('coder@demo.test'))
      expect([posted.status, posted.headers.get('location')]).toEqual([400, null])
    }
    const twice = `${new URLSearchParams(request().query).toString()}&client_id=${client.clientId}`
    expect((await get('/oauth/authorize', twice)).status).toBe(400)
  })

  it.each([
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ response_type: undefined }, 'invalid_request'],
    [{ code_challenge_method: 'plain' }, 'invalid_request'],
    [{ code_challenge_method: undefined }, 'invalid_request'],
    [{ code_challenge: undefined }, 'invalid_request'],
    [{ code_challenge: 'short' }, 'invalid_request'],
    [{ state: undefined }, 'invalid_request'],
    [{ scope: 'system/Chart.r' }, 'invalid_scope'],
    [{ scope: 'user/Consent.r' }, 'invalid_scope'],
    [{ scope: 'user/*.r' }, 'invalid_scope'],
    [{ scope: 'openid' }, 'invalid_scope'],
  ] as const)('with %j is sent back with %s', async (given, error) => {
    const { query } = request(client, given)
    for (const response of [
      await get('/oauth/authorize', query),
      await get('/api/auth/oauth/consent', query, await cookieOf('coder@demo.test')),
      await answer(query, await cookieOf('coder@demo.test')),
    ]) {
      const back = locationOf(response)
      expect([back.origin + back.pathname, back.searchParams.get('error')]).toEqual([BACK, error])
      expect(back.searchParams.get('state')).toBe('state' in given ? null : 'xyz 1')
      expect(back.searchParams.get('code')).toBeNull()
    }
  })

  it('of a program for itself, or of one that is not in force, is refused', async () => {
    const alone = await registerApp(SYSTEM)
    const { query } = request(alone)
    expect(locationOf(await get('/oauth/authorize', query)).searchParams.get('error')).toBe('invalid_scope')
    const app = await registerApp()
    const sent = request(app)
    const code = await codeFor('coder@demo.test', sent)
    await world.command('suspendClient', { clientId: app.id })
    expect((await get('/oauth/authorize', sent.query)).status).toBe(400)
    expect((await exchange(app, code, sent.verifier)).status).toBe(401)
  })

  it('shows names as text', async () => {
    const app = await world.register(USER, {
      agreement: { scopes: USER, vendorName: '<b onload="x">V&V</b>' },
      client: { redirectUris: [BACK], name: `<script>alert("${randomUUID()}")</script>` },
    })
    const page = await get(
      '/api/auth/oauth/consent',
      request(app, { state: '"><img src=x>' }).query,
      await cookieOf('coder@demo.test'),
    )
    const text = await page.text()
    expect(text).toContain('&#60;script&#62;alert')
    expect(text).toContain('V&#38;V')
    expect(text).not.toMatch(/<(script|b|img)\b/)
  })
})

describe('it ends', () => {
  const STREAM =
    'subscription ($id: ID!) { chartStream(chartId: $id) { __typename ... on ChartSnapshot { chart { id } } ... on StreamEnded { reason } } }'
  const open = async (token: string) => {
    const stream = await world.open<{ __typename: string; reason?: string }>(token, STREAM, id())
    expect((await stream.next())?.__typename).toBe('ChartSnapshot')
    return stream
  }
  const sql = () => world.server.db.ownerSql
  const memberId = () => world.server.demo.harbor.members['coder@demo.test']!.memberId

  it.each([
    [
      'SIGNED_OUT',
      'the person signs out',
      async (): Promise<void> => {
        const response = await fetch(`${world.server.url}/api/auth/sign-out`, {
          method: 'POST',
          headers: {
            cookie: await cookieOf('coder@demo.test'),
            origin: world.server.url,
            'content-type': 'application/json',
          },
          body: '{}',
        })
        expect(response.status).toBe(200)
        cookies.clear()
      },
      async (): Promise<void> => {},
    ],
    [
      'MEMBER_DISABLED',
      'the person is disabled',
      async (): Promise<void> =>
        void (await sql()`update member set disabled_at = now(), access_epoch = access_epoch + 1 where id = ${memberId()}`),
      async (): Promise<void> =>
        void (await sql()`update member set disabled_at = null, access_epoch = access_epoch + 1 where id = ${memberId()}`),
    ],
    [
      'UNASSIGNED',
      'the person loses the role',
      async (): Promise<void> =>
        void (await sql()`update member set roles = '{PROVIDER}', access_epoch = access_epoch + 1 where id = ${memberId()}`),
      async (): Promise<void> =>
        void (await sql()`update member set roles = '{CODER}', access_epoch = access_epoch + 1 where id = ${memberId()}`),
    ],
    [
      'CLIENT_SUSPENDED',
      'the program is suspended',
      async (): Promise<void> => void (await world.command('suspendClient', { clientId: client.id })),
      async (): Promise<void> => void (await world.command('resumeClient', { clientId: client.id })),
    ],
  ] as const)('with %s when %s', async (reason, _what, change, back) => {
    const token = await tokenFor('coder@demo.test')
    const stream = await open(token)
    await change()
    expect(await stream.next()).toEqual({ __typename: 'StreamEnded', reason })
    const after = await world.ask(token, CHART, id())
    if (reason === 'UNASSIGNED') expect(after.data).toEqual({ chart: null })
    else expect(codeOf(after)).toBe('UNAUTHENTICATED')
    await back()
    await stream.end()
  })

  it('with a code that was not exchanged when the person had signed out', async () => {
    const sent = request()
    const code = await codeFor('coder@demo.test', sent)
    await sql()`delete from auth_session where user_id = ${world.server.demo.harbor.members['coder@demo.test']!.userId}`
    cookies.clear()
    expect((await exchange(client, code, sent.verifier)).body).toEqual({ error: 'invalid_grant' })
  })
})
