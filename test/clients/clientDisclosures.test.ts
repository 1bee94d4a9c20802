import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AddedChart, SUBMITTABLE } from '../support/charts.js'
import { codeOf, type VendorWorld, vendorWorld } from './support.js'

let world: VendorWorld
let charts: AddedChart[]
beforeAll(async () => {
  world = await vendorWorld()
  charts = await Promise.all([1, 2, 3].map(() => world.server.addChart({ facility: 'north', lines: SUBMITTABLE })))
})
afterAll(() => world.close())

interface Row {
  readonly chartId: string | null
  readonly kind: string
  readonly purpose: string
  readonly recipientName: string
  readonly exemption: string | null
  readonly memberId: string
}
async function disclosures(vendor: string): Promise<Row[]> {
  const rows = await world.server.db.ownerSql`
    select chart_id, kind, purpose, recipient_name, exemption, member_id from disclosure
    where recipient_name = ${vendor} order by recorded_at, id`
  return rows as unknown as Row[]
}
async function app(): Promise<{ vendor: string; id: string; token: () => Promise<string> }> {
  const vendor = `Vendor ${randomUUID()}`
  const client = await world.register(undefined, { agreement: { vendorName: vendor } })
  return { vendor, id: client.id, token: () => world.tokenOf(client) }
}
const chartOf = (i: number) => ({ id: charts[i]!.chartId })
const TEXT = 'query ($id: ID!) { chart(id: $id) { documents { version { text } } } }'

describe('what a program is shown', () => {
  it('is a disclosure to its vendor for its purpose, exempt from accountings, of the most that was told', async () => {
    const { vendor, id, token } = await app()
    const one = await token()
    await world.ask(one, TEXT, chartOf(0))
    await world.ask(one, 'query ($id: ID!) { chart(id: $id) { patient { familyName } } }', chartOf(1))
    await world.ask(one, 'query ($id: ID!) { chart(id: $id) { accountNumber } }', chartOf(2))
    const shared = {
      purpose: 'PAYMENT',
      recipientName: vendor,
      exemption: 'TREATMENT_PAYMENT_OPERATIONS',
      memberId: id,
    }
    expect(await disclosures(vendor)).toEqual([
      { chartId: charts[0]!.chartId, kind: 'MEDICAL_RECORD', ...shared },
      { chartId: charts[1]!.chartId, kind: 'DEMOGRAPHICS', ...shared },
      { chartId: charts[2]!.chartId, kind: 'BILLING_RECORD', ...shared },
    ])
  })

  it('is one of each chart, kind and token, however often and however many at once it is asked', async () => {
    const { vendor, token } = await app()
    const one = await token()
    for (let i = 0; i < 3; i++) await world.ask(one, TEXT, chartOf(0))
    expect(await disclosures(vendor)).toHaveLength(1)
    const many = await Promise.all(Array.from({ length: 8 }, () => token()))
    const answers = await Promise.all(many.map((each) => world.ask(each, TEXT, chartOf(1))))
    for (const answer of answers) expect(answer.errors).toBeUndefined()
    expect(await disclosures(vendor)).toHaveLength(9)
    await world.ask(one, '{ charts { edges { node { accountNumber } } } }')
    const listed = (await disclosures(vendor)).slice(9)
    expect(listed.map(({ chartId }) => chartId).sort()).toEqual(charts.map(({ chartId }) => chartId).sort())
  })

  it('is none where nothing of a person was told', async () => {
    const { vendor, token } = await app()
    const one = await token()
    await world.ask(one, 'query ($id: ID!) { chart(id: $id) { id status } }', chartOf(0))
    await world.ask(one, TEXT, { id: randomUUID() })
    await world.ask(one, 'query ($id: ID!) { chart(id: $id) { totalChargesCents } }', chartOf(0))
    expect(await disclosures(vendor)).toEqual([])
  })

  it('of a consent is one about its person', async () => {
    const { vendor, token } = await app()
    const identifier = { assigner: 'urn:oid:2.16.840.1.113883.19.5', type: 'MRN', value: randomUUID() }
    await world.server.addChart({ facility: 'north', patient: { identifiers: [identifier as never] } })
    const patient = { facilityId: world.server.demo.harbor.facilities.north!, identifier }
    const { data } = await world.command(
      'recordConsent',
      { patient, kind: 'HIPAA_AUTHORIZATION', elements: { description: 'My records' } },
      world.privacy,
    )
    const { id } = (data!.recordConsent as { consent: { id: string } }).consent
    const one = await token()
    for (const _ of [1, 2])
      expect((await world.ask(one, 'query ($id: ID!) { consent(id: $id) { inForce } }', { id })).errors).toBeUndefined()
    await world.ask(one, 'query ($p: PatientLookupInput!) { consents(patient: $p) { id } }', { p: patient })
    expect(await disclosures(vendor)).toMatchObject([{ chartId: null, kind: 'DEMOGRAPHICS', purpose: 'PAYMENT' }])
  })

  it('over a stream is one too', async () => {
    const { vendor, token } = await app()
    const stream = await world.open<{ __typename: string }>(
      await token(),
      'subscription ($id: ID!) { chartStream(chartId: $id) { __typename ... on ChartSnapshot { documents { version { title } } } } }',
      chartOf(0),
    )
    expect((await stream.next())?.__typename).toBe('ChartSnapshot')
    expect(await disclosures(vendor)).toMatchObject([{ chartId: charts[0]!.chartId, kind: 'MEDICAL_RECORD' }])
    await stream.end()
  })

  it('is not told where it could not be recorded', async () => {
    const { vendor, token } = await app()
    const one = await token()
    const sql = world.server.db.ownerSql
    await sql`revoke insert on disclosure from chartroom_app`
    try {
      const answer = await world.ask(one, TEXT, chartOf(0))
      expect([codeOf(answer), JSON.stringify(answer.data ?? null)]).toEqual(['UNAVAILABLE', 'null'])
    } finally {
      await sql`grant insert on disclosure to chartroom_app`
    }
    expect((await world.ask(one, TEXT, chartOf(0))).errors).toBeUndefined()
    expect(await disclosures(vendor)).toHaveLength(1)
  })
})
