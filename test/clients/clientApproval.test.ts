import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { intersectScopes, type Scope } from '../../server/auth/scope.js'
import { type ClientTerms, onlyNarrows } from '../../server/clients/narrowing.js'
import { isInNetworks, isNetworkWithin, normalNetwork } from '../../server/clients/networks.js'
import type { AddedChart } from '../support/charts.js'
import { ALL, codeOf, reasonOf, type VendorWorld, vendorWorld } from './support.js'

let world: VendorWorld
let chart: AddedChart
beforeAll(async () => {
  world = await vendorWorld()
  chart = await world.server.addChart({})
})
afterAll(() => world.close())

const TOKEN = { grant_type: 'client_credentials' }
const CHART = 'query ($id: ID!) { chart(id: $id) { id } }'

async function registered(agreementId: string, given: object = {}) {
  const { data } = await world.askRegister({ agreementId, scopes: ALL, ...given })
  const saved = data!.registerClient as { secret: string; client: { id: string; clientId: string } }
  return { ...saved.client, secret: saved.secret, agreementId }
}

const pending = async (subjectId: string) =>
  (
    (await world.privacy.graphql('{ approvals(first: 200) { id subjectId state summary } }')).data!.approvals as {
      id: string
      subjectId: string
      state: string
      summary: string
    }[]
  ).filter((it) => it.subjectId === subjectId && it.state === 'PENDING')

describe('a registration', () => {
  it('takes effect only when a second person has approved the agreement and the client, in any order', async () => {
    for (const order of [
      ['agreement', 'client'],
      ['client', 'agreement'],
    ] as const) {
      const agreementId = await world.agree()
      const client = await registered(agreementId)
      const ids = { agreement: agreementId, client: client.id }
      expect(await world.form('token', client, TOKEN)).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
      await world.approve(ids[order[0]])
      expect(await world.form('token', client, TOKEN)).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
      await world.approve(ids[order[1]])
      const token = await world.tokenOf(client)
      expect((await world.ask(token, CHART, { id: chart.chartId })).data).toEqual({ chart: { id: chart.chartId } })
    }
  })

  it('is approved by nobody who asked for it, is declined for good, and not approved under an agreement that has ended', async () => {
    const agreementId = await world.agree()
    const client = await registered(agreementId)
    const [request] = await pending(client.id)
    expect(request!.summary).toContain('system/Chart.rs')
    const own = await world.command('approve', { approvalId: request!.id }, world.admin)
    expect(reasonOf(own)).toBe('OWN_REQUEST')
    await expect(
      world.server.db.ownerSql`update client set approved_at = now(), approved_by = created_by where id = ${client.id}`,
    ).rejects.toThrow(/approved_by_a_second_person/)
    const declined = await world.command('decline', { approvalId: request!.id, reason: 'TOO_WIDE' }, world.privacy)
    expect(declined.data).toMatchObject({ decline: { __typename: 'ApprovalSaved' } })
    await world.approve(agreementId)
    expect((await world.form('token', client, TOKEN)).status).toBe(401)

    const late = await registered(agreementId)
    await world.command('endVendorAgreement', { agreementId })
    const [waiting] = await pending(late.id)
    const answer = await world.command('approve', { approvalId: waiting!.id }, world.privacy)
    expect(answer.data).toMatchObject({ approve: { problems: [{ code: 'AGREEMENT_ENDED' }] } })
  })
})

describe('a change of what is registered', () => {
  const terms = (given: object = {}) => ({ scopes: ALL, ...given })

  it('waits for a second person where it gives anything, and is in force at once where it only takes away', async () => {
    const client = await world.register(['system/Chart.r', 'system/Suggestion.r'])
    const change = (given: object) => world.command('changeClient', { clientId: client.id, ...terms(given) })
    const LINES = 'query ($id: ID!) { chart(id: $id) { suggestions { code } } }'
    const may = async (query: string) =>
      codeOf(await world.ask(await world.tokenOf(client), query, { id: chart.chartId })) === undefined

    expect(await may(LINES)).toBe(true)
    await change({ scopes: ['system/Chart.r'] })
    expect(await may(LINES)).toBe(false)
    expect(await pending(client.id)).toEqual([])
    await change({ scopes: ['system/Chart.r', 'system/Suggestion.r'] })
    expect(await may(LINES)).toBe(false)
    await world.approve(client.id)
    expect(await may(LINES)).toBe(true)
    // A token never has more than it was made with.
    const before = await world.tokenOf(client)
    await change({})
    await world.approve(client.id)
    expect(reasonOf(await world.ask(before, '{ charts { edges { cursor } } }'))).toBe('SCOPE')
    expect(await may('{ charts { edges { cursor } } }')).toBe(true)
  })

  it('ends tokens and streams that were let in by what is taken away, and no others', async () => {
    const client = await world.register(['system/Chart.r', 'system/DocumentReference.r', 'system/Suggestion.r'])
    const [token, other] = [await world.tokenOf(client), await world.tokenOf(await world.register())]
    const stream = await world.open<{ __typename: string; reason?: string }>(
      token,
      'subscription ($id: ID!) { chartStream(chartId: $id) { __typename ... on AccessChanged { snapshot { suggestions { code } } } ... on StreamEnded { reason } } }',
      { id: chart.chartId },
    )
    expect(await stream.next()).toEqual({ __typename: 'ChartSnapshot' })
    // What documents still open by class, lines must not: the stream was asked for under other scopes.
    await world.command('changeClient', {
      clientId: client.id,
      ...terms({ scopes: ['system/Chart.r', 'system/DocumentReference.r'] }),
    })
    expect(await stream.next()).toEqual({ __typename: 'StreamEnded', reason: 'TOKEN_REVOKED' })
    expect(codeOf(await world.ask(token, CHART, { id: chart.chartId }))).toBe('UNAUTHENTICATED')
    expect(codeOf(await world.ask(other, CHART, { id: chart.chartId }))).toBeUndefined()
    expect((await world.form('token', client, { ...TOKEN, scope: 'system/Suggestion.r' })).status).toBe(400)
    await stream.end()
    // More alone ends nothing; more and less at once does, once it is approved.
    const kept = await world.tokenOf(client)
    await world.command('changeClient', {
      clientId: client.id,
      ...terms({ scopes: ['system/Chart.r', 'system/DocumentReference.r', 'system/Patient.r'] }),
    })
    await world.approve(client.id)
    expect(codeOf(await world.ask(kept, CHART, { id: chart.chartId }))).toBeUndefined()
    await world.command('changeClient', { clientId: client.id, ...terms({ scopes: ['system/Chart.rs'] }) })
    expect(codeOf(await world.ask(kept, CHART, { id: chart.chartId }))).toBeUndefined()
    await world.approve(client.id)
    expect(codeOf(await world.ask(kept, CHART, { id: chart.chartId }))).toBe('UNAUTHENTICATED')
  })

  it('is of what was registered when it was asked for, and within the agreement', async () => {
    const client = await world.register(['system/Chart.r'], { agreement: { scopes: ['system/Chart.rs'] } })
    const change = (given: object) => world.command('changeClient', { clientId: client.id, ...terms(given) })
    expect((await change({})).data).toMatchObject({ changeClient: { problems: [{ code: 'SCOPE_NOT_AGREED' }] } })
    await change({ scopes: ['system/Chart.rs'] })
    const [first] = await pending(client.id)
    await change({ scopes: ['system/Chart.r'], costPerMinute: 100 })
    const answer = await world.command('approve', { approvalId: first!.id }, world.privacy)
    expect(answer.data).toMatchObject({ approve: { problems: [{ code: 'CLIENT_CHANGED' }] } })
    for (const person of ['coder', 'supervisor', 'privacy', 'lakeside']) {
      const other = await world.server.signInAs(`${person}@demo.test`)
      const refused = await world.command('changeClient', { clientId: client.id, ...terms() }, other)
      expect(codeOf(refused)).toBe('NOT_FOUND')
    }
  })

  it.each([
    ['scopes', ['system/*.r']],
    ['operationHashes', []],
    ['operationHashes', ['abc']],
    ['operationHashes', ['A'.repeat(64)]],
    ['operationHashes', ['a'.repeat(64), 'a'.repeat(64)]],
    ['operationHashes', Array.from({ length: 501 }, (_, i) => String(i).padStart(64, '0'))],
    ['costPerMinute', 0],
    ['costPerMinute', 50_000_001],
    ['networks', []],
    ['networks', ['10.0.0.0/33']],
    ['networks', ['example.org']],
    ['networks', ['10.0.0.1', '10.0.0.1/32']],
    ['redirectUris', ['http://example.org/back']],
    ['redirectUris', ['https://example.org/back#here']],
    ['redirectUris', ['https://someone@example.org/back']],
    ['redirectUris', ['/back']],
    ['redirectUris', ['javascript:alert(1)']],
    ['redirectUris', Array.from({ length: 11 }, (_, i) => `https://example.org/${i}`)],
  ])('is refused with %s out of form', async (field, value) => {
    const agreementId = await world.agree()
    // Beside it, what is in form is taken.
    const taken = {
      networks: ['192.0.2.0/24', '::1'],
      redirectUris: ['https://example.org/back', 'http://127.0.0.1:9/'],
    }
    expect((await world.askRegister({ agreementId, ...terms(taken) })).data).toMatchObject({
      registerClient: { __typename: 'ClientSaved' },
    })
    for (const answer of [
      await world.askRegister({ agreementId, ...terms({ [field]: value }) }),
      await world.command('changeClient', { clientId: randomUUID(), ...terms({ [field]: value }) }),
    ]) {
      expect([codeOf(answer), (answer.errors?.[0]?.extensions as { field?: string } | undefined)?.field]).toEqual([
        'BAD_INPUT',
        field,
      ])
    }
  })
})

const anyNetwork = fc.oneof(
  fc
    .record({
      parts: fc.array(fc.constantFrom(0, 1, 10, 255), { minLength: 4, maxLength: 4 }),
      bits: fc.integer({ min: 0, max: 32 }),
    })
    .map(({ parts, bits }) => `${parts.join('.')}/${bits}`),
  fc
    .record({
      part: fc.constantFrom('2001:db8::', '2001:db8:1::', '::1', 'fe80::'),
      bits: fc.integer({ min: 0, max: 128 }),
    })
    .map(({ part, bits }) => `${part}/${bits}`),
)
const anyAddress = fc.oneof(
  fc.array(fc.constantFrom(0, 1, 10, 255), { minLength: 4, maxLength: 4 }).map((parts) => parts.join('.')),
  fc.constantFrom('2001:db8::1', '2001:db8:1::9', '::1', 'fe80::1'),
)

/** Bits of an address, written out: made without the code under test. */
function bitsOf(address: string): string {
  if (!address.includes(':'))
    return address
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('')
  const [left = '', right = ''] = address.split('::')
  const groups = (text: string) => (text === '' ? [] : text.split(':'))
  const middle = Array<string>(8 - groups(left).length - groups(right).length).fill('0')
  return [...groups(left), ...middle, ...groups(right)]
    .map((it) => Number.parseInt(it, 16).toString(2).padStart(16, '0'))
    .join('')
}
function isIn(address: string, network: string): boolean {
  const [base, bits] = network.split('/') as [string, string]
  return (
    address.includes(':') === base.includes(':') &&
    bitsOf(address).slice(0, Number(bits)) === bitsOf(base).slice(0, Number(bits))
  )
}

describe('networks', () => {
  it('hold the addresses whose first bits are theirs, also as IPv6 writes those of IPv4', () => {
    fc.assert(
      fc.property(fc.array(anyNetwork, { minLength: 1, maxLength: 4 }), anyAddress, (networks, address) => {
        const normal = networks.map((it) => normalNetwork(it)!)
        const inside = networks.some((it) => isIn(address, it))
        expect(isInNetworks(address, normal)).toBe(inside)
        if (!address.includes(':')) expect(isInNetworks(`::ffff:${address}`, normal)).toBe(inside)
      }),
      { numRuns: 1_000 },
    )
    for (const nothing of ['', 'unknown', '10.0.0', 'example.org'])
      expect(isInNetworks(nothing, ['0.0.0.0/0'])).toBe(false)
  })

  it('within others hold no address that the others do not', () => {
    fc.assert(
      fc.property(anyNetwork, anyNetwork, anyAddress, (inner, outer, address) => {
        if (isNetworkWithin(inner, outer) && isIn(address, inner)) expect(isIn(address, outer)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('what only takes away', () => {
  const HASHES = ['a', 'b', 'c'].map((it) => it.repeat(64))
  const NETWORKS = ['10.0.0.0/8', '10.1.0.0/16', '192.0.2.0/24', '2001:db8::/32']
  const arbitrary: fc.Arbitrary<ClientTerms> = fc.record({
    scopes: fc
      .subarray(['Chart', 'Patient', 'Suggestion'] as const)
      .map((list) =>
        list.map((resource): Scope => ({ context: 'system', resource, interactions: ['r'], category: null })),
      ),
    operationHashes: fc.option(fc.subarray(HASHES, { minLength: 1 })),
    costPerMinute: fc.option(fc.constantFrom(1, 10, 100)),
    networks: fc.option(fc.subarray(NETWORKS, { minLength: 1 })),
    redirectUris: fc.subarray(['https://a.example/', 'https://b.example/']),
  })

  /** Whether one act is possible under some terms: asked of every act there is. */
  function* acts() {
    for (const resource of ['Chart', 'Patient', 'Suggestion'])
      for (const hash of [...HASHES, 'd'.repeat(64)])
        for (const address of ['10.1.0.1', '10.2.0.1', '192.0.2.1', '203.0.113.1', '2001:db8::1'])
          for (const cost of [1, 10, 100, 1_000]) yield { resource, hash, address, cost }
  }
  const allows = (
    terms: ClientTerms,
    act: { resource: string; hash: string; address: string; cost: number },
  ): boolean =>
    terms.scopes.some((it) => it.resource === act.resource) &&
    (terms.operationHashes === null || terms.operationHashes.includes(act.hash)) &&
    (terms.networks === null || terms.networks.some((it) => isIn(act.address, it))) &&
    (terms.costPerMinute === null || act.cost <= terms.costPerMinute)

  it('lets nothing be done that could not be done before, over random terms', () => {
    let narrower = 0
    fc.assert(
      fc.property(arbitrary, arbitrary, (before, after) => {
        if (!onlyNarrows(before, after)) return
        narrower++
        for (const act of acts()) if (allows(after, act)) expect(allows(before, act)).toBe(true)
        expect(after.redirectUris.every((it) => before.redirectUris.includes(it))).toBe(true)
        expect(intersectScopes(after.scopes, before.scopes)).toHaveLength(after.scopes.length)
      }),
      { numRuns: 5_000 },
    )
    expect(narrower).toBeGreaterThan(50)
  })

  it('is what leaves everything as it is', () => {
    fc.assert(
      fc.property(arbitrary, (terms) => {
        expect(onlyNarrows(terms, terms)).toBe(true)
      }),
    )
  })
})
