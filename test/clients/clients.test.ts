import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../server/app/createApp.js'
import { loadEnv } from '../../server/app/env.js'
import { createLog } from '../../server/app/logger.js'
import { openDatabase } from '../../server/db/pool.js'
import { RawSocket } from '../app/rawSocket.js'
import type { AddedChart } from '../support/charts.js'
import { post, type TestPerson, type TestServer } from '../support/server.js'
import { codeOf, type Registered, type VendorWorld, vendorWorld } from './support.js'

const ALL = ['system/Chart.r', 'system/Patient.r', 'system/DocumentReference.rs', 'system/Suggestion.rs']

let world: VendorWorld
let server: TestServer
let admin: TestPerson
let chart: AddedChart
beforeAll(async () => {
  world = await vendorWorld()
  ;({ server, admin } = world)
  chart = await server.addChart({})
})
afterAll(() => world.close())

const register = (scopes: readonly string[] = ALL, agreement: object = {}): Promise<Registered> =>
  world.register(scopes, { agreement: { scopes: ALL, ...agreement } })
const agree = (given: object = {}) => world.agree({ scopes: ALL, ...given })
/** What two nodes have in common; the database each opens for itself. */
const secondApp = () => ({
  env: { ...loadEnv({ PORT: '0', LOG_LEVEL: 'error', ENGINE_WORKERS: '0', NODE_ENV: 'test' }) },
  applicationUrl: server.db.applicationUrl,
  vault: server.db.vault,
  clock: world.clock,
  log: createLog('error', { write: () => {} }),
})
const form: VendorWorld['form'] = (...given) => world.form(...given)
const tokenOf: VendorWorld['tokenOf'] = (...given) => world.tokenOf(...given)
const ask: VendorWorld['ask'] = (...given) => world.ask(...given)
const run = (name: string, client: Registered, person = admin) => world.command(name, { clientId: client.id }, person)

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
      expect(codeOf(await run('suspendClient', client, person))).toBe('NOT_FOUND')
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
      expect((await world.askRegister({ ...base, ...given })).data).toMatchObject({
        registerClient: { problems: [{ code }] },
      })
    }
    expect(codeOf(await world.askRegister({ ...base, scopes: ['system/*.rs'] }))).toBe('BAD_INPUT')
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
    await server.db.ownerSql`update client set previous_secret_until = ${world.clock.now()} where id = ${client.id}`
    expect((await form('token', client, { grant_type: 'client_credentials' })).status).toBe(401)
    await tokenOf({ ...client, secret })
  })
})

describe('tickets', () => {
  const ticketOf = async (token: string): Promise<string> => {
    const headers = { authorization: `Bearer ${token}` }
    const response = await fetch(`${server.url}/oauth/socket-ticket`, { method: 'POST', headers })
    return ((await response.json()) as { ticket: string }).ticket
  }

  it('of sockets are worth one handshake within half a minute', async () => {
    const token = await tokenOf(await register())
    const refused = async (ticket: string) => {
      const socket = (await RawSocket.open(server.url)) as RawSocket
      socket.send({ type: 'connection_init', payload: { ticket } })
      const admitted = socket.next(({ type }) => type === 'connection_ack')
      expect(await Promise.race([socket.closed, admitted])).toMatchObject({ code: 4403 })
      expect(socket.received).toEqual([])
    }
    const inTime = await ticketOf(token)
    const late = await ticketOf(token)
    world.clock.advance(29_999)
    const socket = await RawSocket.signedIn(server.url, inTime)
    await refused(inTime)
    world.clock.advance(1)
    await refused(late)
    socket.ws.close()
    await socket.closed
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
    const stream = await world.open<{ __typename: string; reason?: string }>(token, STREAM, id())
    expect((await stream.next())?.__typename).toBe('ChartSnapshot')
    return stream
  }

  it.each([
    ['CLIENT_SUSPENDED', async (client: Registered) => void (await run('suspendClient', client))],
    ['TOKEN_REVOKED', async (client: Registered, token: string) => void (await form('revoke', client, { token }))],
    [
      'AGREEMENT_LAPSED',
      async ({ agreementId }: Registered) => void (await world.command('endVendorAgreement', { agreementId })),
    ],
  ] as const)('ends with %s, and the next request is refused', async (reason, change) => {
    const client = await register()
    const token = await tokenOf(client)
    const stream = await openStream(token)
    await change(client, token)
    expect(await stream.next()).toEqual({ __typename: 'StreamEnded', reason })
    expect(codeOf(await ask(token, CHART, id()))).toBe('UNAUTHENTICATED')
    await stream.end()
  })

  it('ends by the clock with TOKEN_EXPIRED when its token does, after ten minutes', async () => {
    const client = await register()
    const token = await tokenOf(client)
    const stream = await openStream(token)
    world.clock.advance(600_000)
    expect(await stream.next()).toEqual({ __typename: 'StreamEnded', reason: 'TOKEN_EXPIRED' })
    expect(codeOf(await ask(token, CHART, id()))).toBe('UNAUTHENTICATED')
    expect((await form('introspect', client, { token })).body).toEqual({ active: false })
    await stream.end()
  })

  it.each([
    ['TOKEN_REVOKED', async (client: Registered, token: string) => void (await form('revoke', client, { token }))],
    ['CLIENT_SUSPENDED', async (client: Registered) => void (await run('suspendClient', client))],
  ] as const)('on a second node ends with %s of the first', async (reason, change) => {
    const database = openDatabase({ url: server.db.applicationUrl })
    const { env, ...shared } = secondApp()
    const second = await createApp({ env, database, ...shared })
    const url = `http://127.0.0.1:${await second.listen(0, '127.0.0.1')}`
    try {
      const client = await register()
      const token = await tokenOf(client)
      const stream = await world.open<{ __typename: string; reason?: string }>(token, STREAM, id(), { url })
      expect((await stream.next())?.__typename).toBe('ChartSnapshot')
      await change(client, token)
      expect(await stream.next()).toEqual({ __typename: 'StreamEnded', reason })
      const there = await post(url, { query: CHART, variables: id() }, { authorization: `Bearer ${token}` })
      expect(codeOf(there)).toBe('UNAUTHENTICATED')
      await stream.end()
    } finally {
      await second.close(500)
      await database.close()
    }
  })

  it('ends by the clock when its agreement does, and a token outlives no agreement', async () => {
    const until = new Date(world.clock.now().getTime() + 120_000)
    const client = await register(ALL, { effectiveUntil: until.toISOString() })
    const token = await tokenOf(client)
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { exp: number }
    expect(exp * 1000).toBeLessThanOrEqual(until.getTime())
    const stream = await openStream(token)
    world.clock.advance(120_000)
    expect((await stream.next())?.__typename).toBe('StreamEnded')
    expect(codeOf(await ask(token, CHART, id()))).toBe('UNAUTHENTICATED')
    expect((await form('token', client, { grant_type: 'client_credentials' })).status).toBe(401)
    await stream.end()
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
