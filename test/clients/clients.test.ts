import { randomUUID } from 'node:crypto'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { type Clock, fixedClock } from '../../server/kernel/clock.js'
import type { AddedChart } from '../support/charts.js'
import { post, type TestPerson, type TestServer, testServer } from '../support/server.js'

const AGREEMENT =
  'mutation ($input: RegisterVendorAgreementInput!) { registerVendorAgreement(input: $input) { __typename ... on VendorAgreementSaved { agreement { id scopes } } ... on CommandInvalid { problems { code } } } }'
const END = 'mutation ($input: EndVendorAgreementInput!) { endVendorAgreement(input: $input) { __typename } }'
const REGISTER =
  'mutation ($input: RegisterClientInput!) { registerClient(input: $input) { __typename ... on ClientSaved { secret client { id clientId } } ... on CommandInvalid { problems { code } } } }'
const command = (name: string) =>
  `mutation ($input: ClientCommandInput!) { ${name}(input: $input) { __typename ... on ClientSaved { secret client { id suspendedAt previousSecretUntil } } } }`

let server: TestServer
let admin: TestPerson
let chart: AddedChart
let clock: Clock & { advance(ms: number): void }
beforeAll(async () => {
  clock = fixedClock(new Date())
  server = await testServer({ clock })
  admin = await server.signInAs('admin@demo.test')
  chart = await server.addChart({})
})
afterAll(() => server.close())

interface Registered {
  readonly id: string
  readonly clientId: string
  readonly secret: string
  readonly agreementId: string
}
const ALL = ['system/Chart.r', 'system/Patient.r', 'system/DocumentReference.rs', 'system/Suggestion.rs']

async function facilityOf(chartId: string): Promise<string> {
  const [row] = await server.db.ownerSql<{ facility_id: string }[]>`select facility_id from chart where id = ${chartId}`
  return (
    (row as unknown as Record<string, string>).facility_id ?? (row as unknown as Record<string, string>).facilityId!
  )
}

async function agree(given: object = {}): Promise<string> {
  const input = {
    commandId: randomUUID(),
    vendorName: 'Vendor',
    facilityIds: [await facilityOf(chart.chartId)],
    purposes: ['PAYMENT'],
    scopes: ALL,
    effectiveFrom: new Date(clock.now().getTime() - 1_000).toISOString(),
    ...given,
  }
  const { data, errors } = await admin.graphql(AGREEMENT, { input })
  expect(errors).toBeUndefined()
  return (data!.registerVendorAgreement as { agreement: { id: string } }).agreement.id
}

async function register(scopes: readonly string[] = ALL, agreement: object = {}): Promise<Registered> {
  const agreementId = await agree(agreement)
  const input = { commandId: randomUUID(), agreementId, name: `Client ${randomUUID()}`, purpose: 'PAYMENT', scopes }
  const answers = [await admin.graphql(REGISTER, { input }), await admin.graphql(REGISTER, { input })]
  // Sent again it answers the same, the secret included.
  expect(answers[1]!.data).toEqual(answers[0]!.data)
  const { secret, client } = answers[0]!.data!.registerClient as {
    secret: string
    client: { id: string; clientId: string }
  }
  return { ...client, secret, agreementId }
}

async function form(path: string, { clientId, secret }: Registered, fields: Record<string, string>) {
  const response = await fetch(`${server.url}/oauth/${path}`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
    body: new URLSearchParams(fields),
  })
  const text = await response.text()
  return { status: response.status, body: (text ? JSON.parse(text) : {}) as Record<string, unknown> }
}

async function tokenOf(client: Registered, scope?: string): Promise<string> {
  const { status, body } = await form('token', client, { grant_type: 'client_credentials', ...(scope && { scope }) })
  expect(status).toBe(200)
  return body.access_token as string
}

const ask = (token: string, query: string, variables: object = {}) =>
  post(server.url, { query, variables }, { authorization: `Bearer ${token}` })
const codeOf = (answer: Awaited<ReturnType<typeof ask>>) => answer.errors?.[0]?.extensions.code
const run = (name: string, client: Registered) =>
  admin.graphql(command(name), { input: { commandId: randomUUID(), clientId: client.id } })

const CHART = 'query ($id: ID!) { chart(id: $id) { id status accountNumber } }'
const id = () => ({ id: chart.chartId })

describe('registration', () => {
  it('is for administrators; to all others there is no such thing', async () => {
    const client = await register()
    for (const name of ['coder', 'supervisor', 'privacy', 'lakeside']) {
      const person = await server.signInAs(`${name}@demo.test`)
      expect((await person.graphql('{ clients { id } vendorAgreements { id } }')).data).toEqual({
        clients: [],
        vendorAgreements: [],
      })
      const input = { commandId: randomUUID(), clientId: client.id }
      expect(codeOf(await person.graphql(command('suspendClient'), { input }))).toBe('NOT_FOUND')
    }
  })

  it('takes nothing that the agreement does not include', async () => {
    const agreementId = await agree({ scopes: ['system/Chart.r', 'system/DocumentReference.r?category=ORDER'] })
    const base = { agreementId, name: randomUUID(), purpose: 'PAYMENT' }
    for (const [given, code] of [
      [{ scopes: ['system/Patient.r'] }, 'SCOPE_NOT_AGREED'],
      [{ scopes: ['system/Chart.rs'] }, 'SCOPE_NOT_AGREED'],
      [{ scopes: ['system/DocumentReference.r'] }, 'SCOPE_NOT_AGREED'],
      [{ scopes: ['system/Chart.r'], purpose: 'OPERATIONS' }, 'PURPOSE_NOT_AGREED'],
    ] as const) {
      const input = { commandId: randomUUID(), ...base, ...given }
      expect((await admin.graphql(REGISTER, { input })).data).toMatchObject({
        registerClient: { problems: [{ code }] },
      })
    }
    const input = { commandId: randomUUID(), ...base, scopes: ['system/*.rs'] }
    expect(codeOf(await admin.graphql(REGISTER, { input }))).toBe('BAD_INPUT')
  })
})

describe('tokens', () => {
  it('are at+jwt for ten minutes at most, introspected and revoked by their client alone', async () => {
    const [client, other] = [await register(), await register()]
    const token = await tokenOf(client)
    const [header, payload] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString())
    expect(JSON.parse(header!)).toMatchObject({ typ: 'at+jwt' })
    const { exp, iat, aud } = JSON.parse(payload!) as { exp: number; iat: number; aud: string }
    expect(exp - iat).toBeLessThanOrEqual(600)
    expect(aud).toBe('chartroom')
    expect((await form('introspect', client, { token })).body).toMatchObject({ active: true, exp })
    expect((await form('introspect', other, { token })).body).toEqual({ active: false })
    expect((await form('revoke', other, { token })).status).toBe(200)
    expect((await ask(token, CHART, id())).data).toMatchObject({ chart: { id: chart.chartId } })
    expect((await form('revoke', client, { token })).status).toBe(200)
    expect((await form('introspect', client, { token })).body).toEqual({ active: false })
    expect(codeOf(await ask(token, CHART, id()))).toBe('UNAUTHENTICATED')
  })

  it('are given for no wrong secret, no other grant and no scope beyond the registration', async () => {
    const client = await register(['system/Chart.r'])
    const grant = { grant_type: 'client_credentials' }
    expect(await form('token', { ...client, secret: 'wrong' }, grant)).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    })
    expect(await form('token', { ...client, clientId: `${randomUUID()}.${randomUUID()}` }, grant)).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    })
    expect((await form('token', client, { grant_type: 'password' })).body).toEqual({ error: 'unsupported_grant_type' })
    for (const scope of ['system/Patient.r', 'system/Chart.rs', 'system/*.r', 'openid', ''])
      expect((await form('token', client, { ...grant, scope })).body, scope).toEqual({ error: 'invalid_scope' })
  })

  it('come with the secret before for a day after a rotation, and no longer', async () => {
    const client = await register()
    const { secret } = (await run('rotateClientSecret', client)).data!.rotateClientSecret as { secret: string }
    expect(secret).not.toBe(client.secret)
    await tokenOf(client)
    await tokenOf({ ...client, secret })
    await server.db.ownerSql`update client set previous_secret_until = ${clock.now()} where id = ${client.id}`
    expect((await form('token', client, { grant_type: 'client_credentials' })).status).toBe(401)
    await tokenOf({ ...client, secret })
  })
})

describe('what a client reads', () => {
  it('is what its scopes name; the rest is refused before anything is read, row or no row', async () => {
    const token = await tokenOf(await register(), 'system/Chart.r')
    expect((await ask(token, CHART, id())).data).toMatchObject({ chart: { accountNumber: chart.accountNumber } })
    for (const query of [
      'query ($id: ID!) { chart(id: $id) { patient { familyName } } }',
      'query ($id: ID!) { chart(id: $id) { documents { id } } }',
      'query ($id: ID!) { chart(id: $id) { suggestions { code } } }',
      'query ($id: ID!) { chart(id: $id) { totalChargesCents } }',
      'query ($id: ID!) { chart(id: $id) { audits { id } } }',
      'query ($id: ID!) { node(id: $id) { ... on Patient { familyName } } }',
      'query ($id: ID!) { node(id: $id) { __typename } }',
      'query ($id: ID!) { consent(id: $id) { id } }',
    ])
      for (const chartId of [chart.chartId, randomUUID()]) {
        const answer = await ask(token, query, { id: chartId })
        expect([codeOf(answer), answer.data ?? null], query).toEqual(['FORBIDDEN', null])
      }
    expect(codeOf(await ask(token, '{ charts { totalCount } }'))).toBe('FORBIDDEN')
    expect(codeOf(await ask(token, '{ memberships { id } }'))).toBe('FORBIDDEN')
  })

  it('is of the facilities of the agreement, and of no chart that is restricted or whose patient is in doubt', async () => {
    const there = await tokenOf(await register())
    expect((await ask(there, CHART, id())).data).toMatchObject({ chart: { id: chart.chartId } })
    const [other] = await server.db.ownerSql<{ id: string }[]>`
      select f.id from facility f join chart c on c.org_id = f.org_id and c.facility_id <> f.id
      where c.id = ${chart.chartId} limit 1`
    const elsewhere = await tokenOf(await register(ALL, { facilityIds: [other!.id] }))
    expect((await ask(elsewhere, CHART, id())).data).toEqual({ chart: null })
    for (const column of ['restricted', 'identity_hold']) {
      const hidden = await server.addChart({})
      expect((await ask(there, CHART, { id: hidden.chartId })).data).toMatchObject({ chart: { id: hidden.chartId } })
      await server.db.ownerSql`update chart set ${server.db.ownerSql(column)} = true where id = ${hidden.chartId}`
      expect((await ask(there, CHART, { id: hidden.chartId })).data, column).toEqual({ chart: null })
    }
  })

  it('rests on the agreement of the facility: without one in force there is no chart', async () => {
    const token = await tokenOf(await register())
    const sql = server.db.ownerSql
    const before = await sql`select id, purposes from agreement`
    await sql`update agreement set purposes = '{}'`
    expect((await ask(token, CHART, id())).data).toEqual({ chart: null })
    for (const { id: agreementId, purposes } of before)
      await sql`update agreement set purposes = ${purposes as string[]} where id = ${agreementId as string}`
    expect((await ask(token, CHART, id())).data).toMatchObject({ chart: { id: chart.chartId } })
  })

  it('of documents is the types its scope names', async () => {
    const query = 'query ($id: ID!) { chart(id: $id) { documents { id version { type } } } }'
    const all = await tokenOf(await register())
    const types = ((await ask(all, query, id())).data!.chart as { documents: { version: { type: string } }[] })
      .documents
    expect(types.length).toBeGreaterThan(0)
    const other = await tokenOf(await register(), 'system/Chart.r system/DocumentReference.rs?category=ORDER')
    expect((await ask(other, query, id())).data).toEqual({ chart: { documents: [] } })
    expect(codeOf(await ask(other, 'query ($id: ID!) { chart(id: $id) { documentCount } }', id()))).toBe('FORBIDDEN')
  })

  it('changes nothing', async () => {
    const token = await tokenOf(await register())
    const claim = 'mutation ($input: ChartCommandInput!) { claimChart(input: $input) { __typename } }'
    const answer = await ask(token, claim, { input: { commandId: randomUUID(), chartId: chart.chartId } })
    expect(codeOf(answer)).toBe('FORBIDDEN')
  })

  it('is on record with its recipient and purpose', async () => {
    const client = await register()
    await ask(await tokenOf(client), CHART, id())
    const rows = await server.db.ownerSql`
      select action, purpose, detail from access_record where actor_id = ${client.id} order by seq`
    expect(rows.map(({ action }) => action)).toEqual(['client token', 'query chart'])
    expect(rows[1]).toMatchObject({ purpose: 'PAYMENT', detail: { client: client.id, recipient: 'Vendor' } })
  })
})

describe('an open stream of a client', () => {
  const STREAM =
    'subscription ($id: ID!) { chartStream(chartId: $id) { __typename ... on ChartSnapshot { chart { id } } ... on StreamEnded { reason } } }'

  async function openStream(token: string) {
    const response = await fetch(`${server.url}/oauth/socket-ticket`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    })
    const { ticket } = (await response.json()) as { ticket: string }
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { ticket },
      retryAttempts: 0,
    })
    const items = client.iterate<{ chartStream: { __typename: string; reason?: string } }>({
      query: STREAM,
      variables: id(),
    })
    const next = async () => (await items.next()).value?.data?.chartStream
    expect((await next())?.__typename).toBe('ChartSnapshot')
    return { next, client }
  }

  it.each([
    ['CLIENT_SUSPENDED', async (client: Registered) => void (await run('suspendClient', client))],
    ['TOKEN_REVOKED', async (client: Registered, token: string) => void (await form('revoke', client, { token }))],
    [
      'AGREEMENT_LAPSED',
      async ({ agreementId }: Registered) =>
        void (await admin.graphql(END, { input: { commandId: randomUUID(), agreementId } })),
    ],
  ] as const)('ends with %s, and the next request is refused', async (reason, change) => {
    const client = await register()
    const token = await tokenOf(client)
    const stream = await openStream(token)
    await change(client, token)
    expect(await stream.next()).toEqual({ __typename: 'StreamEnded', reason })
    expect(codeOf(await ask(token, CHART, id()))).toBe('UNAUTHENTICATED')
    await stream.client.dispose()
  })

  it('ends by the clock when its agreement does, and a token outlives no agreement', async () => {
    const until = new Date(clock.now().getTime() + 120_000)
    const client = await register(ALL, { effectiveUntil: until.toISOString() })
    const token = await tokenOf(client)
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { exp: number }
    expect(exp * 1000).toBeLessThanOrEqual(until.getTime())
    const stream = await openStream(token)
    clock.advance(120_000)
    expect((await stream.next())?.__typename).toBe('StreamEnded')
    expect(codeOf(await ask(token, CHART, id()))).toBe('UNAUTHENTICATED')
    expect((await form('token', client, { grant_type: 'client_credentials' })).status).toBe(401)
    await stream.client.dispose()
  })

  it('is resumed with the client: the same token asks again', async () => {
    const client = await register()
    const token = await tokenOf(client)
    await run('suspendClient', client)
    expect(codeOf(await ask(token, CHART, id()))).toBe('UNAUTHENTICATED')
    await run('resumeClient', client)
    expect((await ask(token, CHART, id())).data).toMatchObject({ chart: { id: chart.chartId } })
  })

  it('is refused where it asks for more than its scopes', async () => {
    const token = await tokenOf(await register(), 'system/Patient.r')
    await expect(openStream(token)).rejects.toBeDefined()
  })
})
