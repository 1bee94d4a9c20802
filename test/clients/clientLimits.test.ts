import fc from 'fast-check'
import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClientBudgets } from '../../server/app/clientLimits.js'
import { costOf } from '../../server/app/limits.js'
import { sha256 } from '../../server/kernel/text.js'
import type { AddedChart } from '../support/charts.js'
import { ALL, codeOf, reasonOf, type Registered, type VendorWorld, vendorWorld } from './support.js'

let world: VendorWorld
let chart: AddedChart
beforeAll(async () => {
  world = await vendorWorld()
  chart = await world.server.addChart({})
})
afterAll(() => world.close())

const TOKEN = { grant_type: 'client_credentials' }
const CHART = 'query ($id: ID!) { chart(id: $id) { id } }'
const STREAM =
  'subscription ($id: ID!) { chartStream(chartId: $id) { __typename ... on ChartSnapshot { chart { id } } } }'
const id = () => ({ id: chart.chartId })
const limited = (given: object) => world.register(ALL, { client: given })

async function lastRecord(client: Registered) {
  const [row] = await world.server.db.ownerSql`
    select action, outcome, detail, actor_id from access_record where detail ->> 'client' = ${client.id} order by seq desc limit 1`
  return row as unknown as { action: string; outcome: string; detail: { reasons?: string[] }; actorId: string | null }
}

describe('networks', () => {
  const inside = { 'x-forwarded-for': '192.0.2.7' }
  const outside = { 'x-forwarded-for': '198.51.100.7' }

  it('are where tokens are given, introspected and used, over HTTP and sockets alike', async () => {
    const client = await limited({ networks: ['192.0.2.0/24', '2001:db8::/32'] })
    for (const headers of [outside, {}]) {
      expect(await world.form('token', client, TOKEN, headers)).toMatchObject({
        status: 401,
        body: { error: 'invalid_client' },
      })
      expect(await lastRecord(client)).toMatchObject({
        action: 'client refused',
        outcome: 'DENIED',
        actorId: null,
        detail: { reasons: ['NETWORK'] },
      })
    }
    const { status, body } = await world.form('token', client, TOKEN, { 'x-forwarded-for': '2001:db8::1' })
    expect(status).toBe(200)
    const token = body.access_token as string
    expect((await world.ask(token, CHART, id(), inside)).data).toMatchObject({ chart: id() })
    expect(reasonOf(await world.ask(token, CHART, id(), outside))).toBe('NETWORK')
    expect(await lastRecord(client)).toMatchObject({ outcome: 'DENIED', detail: { reasons: ['FORBIDDEN:NETWORK'] } })
    expect((await world.form('introspect', client, { token }, inside)).body).toMatchObject({ active: true })
    expect((await world.form('introspect', client, { token }, outside)).status).toBe(401)

    const ticket = await fetch(`${world.server.url}/oauth/socket-ticket`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, ...outside },
    })
    expect([ticket.status, await ticket.json()]).toMatchObject([403, { code: 'FORBIDDEN' }])
    const stream = await world.open<{ __typename: string }>(token, STREAM, id(), { headers: inside })
    expect(await stream.next()).toMatchObject({ __typename: 'ChartSnapshot' })
    // A ticket is good for no socket from elsewhere.
    const carried = await world.server.app.clientTokens.ticket(token, '192.0.2.7')
    await expect(world.server.app.tickets.redeem(carried.ticket, '198.51.100.7')).rejects.toMatchObject({
      detail: { reason: 'NETWORK' },
    })
    // Taken away, it ends what is open from there.
    await world.command('changeClient', { clientId: client.id, scopes: ALL, networks: ['2001:db8::/32'] })
    expect(await stream.next()).toEqual({ __typename: 'StreamEnded' })
    await stream.end()
  })
})

describe('registered operations', () => {
  it('are sent as they were registered, and nothing else is even read', async () => {
    const client = await limited({ operationHashes: [sha256(CHART), sha256(STREAM)] })
    const token = await world.tokenOf(client)
    expect((await world.ask(token, CHART, id())).data).toMatchObject({ chart: id() })
    // What is no document at all answers the same, so that nothing was spent on finding out.
    for (const text of [`${CHART} `, '{ charts { edges { cursor } } }', '{{{', `{${' a'.repeat(60_000)}}`]) {
      const answer = await world.ask(token, text, id())
      expect([codeOf(answer), reasonOf(answer)], text.slice(0, 40)).toEqual(['FORBIDDEN', 'OPERATION_NOT_REGISTERED'])
    }
    expect(await lastRecord(client)).toMatchObject({
      action: 'operation',
      outcome: 'DENIED',
      detail: { reasons: ['FORBIDDEN:OPERATION_NOT_REGISTERED'] },
    })
    const stream = await world.open<{ __typename: string }>(token, STREAM, id())
    expect(await stream.next()).toMatchObject({ __typename: 'ChartSnapshot' })
    await stream.end()
    const other = await world.open(token, `${STREAM} `, id())
    await expect(other.next()).rejects.toMatchObject([{ extensions: { reason: 'OPERATION_NOT_REGISTERED' } }])
    await other.end()
  })

  it('are within the scopes all the same', async () => {
    const query = 'query ($id: ID!) { chart(id: $id) { totalChargesCents } }'
    const client = await limited({ operationHashes: [sha256(query)] })
    expect(reasonOf(await world.ask(await world.tokenOf(client), query, id()))).toBe('SCOPE')
  })
})

describe('a budget of cost', () => {
  const LIST = 'query ($first: Int!) { charts(first: $first) { edges { node { id } } } }'
  const cost = (first: number): number => {
    const document = parse(LIST)
    return costOf(world.server.app.schema, document, document.definitions[0] as never, { first })
  }

  it('is what the operations of a program cost together in a minute, whichever its tokens', async () => {
    const client = await limited({ costPerMinute: 3 * cost(10) + 1 })
    const [one, two] = [await world.tokenOf(client), await world.tokenOf(client)]
    for (const token of [one, two, one])
      expect((await world.ask(token, LIST, { first: 10 })).errors, 'within').toBeUndefined()
    const refused = await world.ask(two, LIST, { first: 10 })
    expect([refused.status, codeOf(refused)]).toEqual([429, 'RATE_LIMITED'])
    const wait = Number(refused.headers.get('retry-after'))
    expect(wait).toBeGreaterThanOrEqual(1)
    expect(wait).toBeLessThanOrEqual(60)
    // What was refused took nothing: one that fits is answered, and then none is.
    expect((await world.ask(one, CHART, id())).errors).toBeUndefined()
    expect(codeOf(await world.ask(one, CHART, id()))).toBe('RATE_LIMITED')
    const stream = await world.open(one, STREAM, id())
    await expect(stream.next()).rejects.toMatchObject([
      { extensions: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) as number } },
    ])
    await stream.end()
    // Others have their own.
    const other = await limited({ costPerMinute: cost(10) })
    expect((await world.ask(await world.tokenOf(other), LIST, { first: 10 })).errors).toBeUndefined()
  })

  it('refuses for good what no minute has room for', async () => {
    const client = await limited({ costPerMinute: cost(10) })
    const answer = await world.ask(await world.tokenOf(client), LIST, { first: 11 })
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'REQUEST_REFUSED', limit: 'cost', most: cost(10) })
  })

  it('takes every operation that fits and none that does not, over random ones on two nodes', async () => {
    const { id: clientId } = await limited({ costPerMinute: 1 })
    const { database, ownerSql } = world.server.db
    const orgId = world.admin.claims.orgId
    const nodes = [1, 2].map(() => createClientBudgets(database, world.clock))
    await fc.assert(
      fc.asyncProperty(
        // Also budgets that are spent to the last point, and operations that cost nothing to answer.
        fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 200 })),
        fc.array(
          fc.tuple(fc.nat({ max: 1 }), fc.oneof(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 120 }))),
          {
            maxLength: 30,
          },
        ),
        async (budget, costs) => {
          await ownerSql`delete from client_spending`
          let left = budget
          for (const [node, each] of costs) {
            const taken = await nodes[node]!.take({ orgId, clientId }, budget, each).then(
              () => true,
              () => false,
            )
            const weight = Math.max(1, each)
            expect(taken).toBe(weight <= left)
            if (taken) left -= weight
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  it('is spent by as many as fit where both nodes are asked at once, and is whole again after a minute', async () => {
    const { id: clientId } = await limited({ costPerMinute: 7 })
    const orgId = world.admin.claims.orgId
    const nodes = [1, 2].map(() => createClientBudgets(world.server.db.database, world.clock))
    const ask = async () => {
      const asked = Array.from({ length: 20 }, (_, i) => nodes[i % 2]!.take({ orgId, clientId }, 7, 1))
      const told = await Promise.allSettled(asked)
      for (const it of told) if (it.status === 'rejected') expect(it.reason).toMatchObject({ code: 'RATE_LIMITED' })
      return told.filter((it) => it.status === 'fulfilled').length
    }
    expect(await ask()).toBe(7)
    world.clock.advance(59_000)
    expect(await ask()).toBe(0)
    world.clock.advance(1_000)
    expect(await ask()).toBe(7)
  })
})

describe('refused credentials', () => {
  it('are on record with the organisation they name, and with none where there is no such one', async () => {
    const client = await world.register()
    const [orgId] = client.clientId.split('.')
    const refuse = async (clientId: string, secret: string, inOrg: string) => {
      expect(await world.form('token', { clientId, secret }, TOKEN)).toMatchObject({
        status: 401,
        body: { error: 'invalid_client' },
      })
      const rows = await world.server.db.ownerSql<{ detail: object }[]>`
        select detail from access_record where org_id = ${inOrg} and action = 'client refused' and outcome = 'DENIED'
          and actor_id is null order by seq desc`
      return { count: rows.length, detail: rows[0]?.detail }
    }
    const reasons = ['invalid_client']
    expect((await refuse(client.clientId, 'wrong', orgId!)).detail).toEqual({ client: client.id, reasons })
    const nobody = '11111111-1111-4111-8111-111111111111'
    expect((await refuse(`${orgId}.${nobody}`, client.secret, orgId!)).detail).toEqual({ client: nobody, reasons })
    const elsewhere = '00000000-0000-0000-0000-000000000000'
    expect(await refuse(`${nobody}.${client.id}`, client.secret, elsewhere)).toMatchObject({ count: 1 })
    expect(await refuse('nobody', client.secret, elsewhere)).toEqual({ count: 2, detail: { reasons } })
    await world.form('token', client, { ...TOKEN, scope: 'system/Patient.rs' })
    expect(await lastRecord(client)).toMatchObject({ outcome: 'DENIED', detail: { reasons: ['invalid_scope'] } })
  })
})
