import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditEvent } from '@medplum/fhirtypes'
import { createFhirValidator } from '../../server/exports/validateFhir.js'
import type { AddedChart } from '../support/charts.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'

const ASSIGNER = 'urn:oid:2.16.840.1.113883.19.5'
const NODE = `at action purpose outcome reasons classes breakGlass operationHash subjects
  member { id displayName } facilities { key }`
const QUERY = `query ($filter: AccessRecordFilter! = {}, $first: Int! = 50, $after: String) {
  accessRecords(filter: $filter, first: $first, after: $after) {
    edges { cursor node { ${NODE} } } pageInfo { hasNextPage endCursor } } }`

interface Node {
  readonly action: string
  readonly outcome: string
  readonly purpose: string
  readonly breakGlass: boolean
  readonly subjects: string[]
  readonly member: { id: string } | null
}
interface Page {
  readonly edges: { cursor: string; node: Node }[]
  readonly pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

let server: TestServer
let officer: TestPerson
let coder: TestPerson
let admin: TestPerson
let chart: AddedChart
let foreign: AddedChart
const mrn = randomUUID()

beforeAll(async () => {
  server = await testServer()
  officer = await server.signInAs('privacy@demo.test')
  coder = await server.signInAs('coder@demo.test')
  admin = await server.signInAs('admin@demo.test')
  chart = await server.addChart({
    facility: 'north',
    coder: 'coder@demo.test',
    patient: { familyName: 'Zyxommason', identifiers: [{ assigner: ASSIGNER, type: 'MRN', value: mrn }] },
  })
  foreign = await server.addChart({ organisation: 'lakeside' })
  for (let i = 0; i < 3; i++) await read(coder, chart.chartId)
  await read(coder, foreign.chartId)
  await read(await server.signInAs('lakeside@demo.test'), foreign.chartId)
})
afterAll(() => server.close())

const read = (who: TestPerson, id: string) =>
  who.graphql('query ($id: ID!) { chart(id: $id) { id patient { familyName } } }', { id })

async function page(who: TestPerson, variables: Record<string, unknown> = {}): Promise<Page> {
  const { data, errors } = await who.graphql(QUERY, variables)
  expect(errors).toBeUndefined()
  return data!.accessRecords as Page
}
const nodes = async (who: TestPerson, variables: Record<string, unknown> = {}): Promise<Node[]> =>
  (await page(who, variables)).edges.map((edge) => edge.node)
const bytes = async (who: TestPerson, variables: Record<string, unknown> = {}): Promise<string> => {
  const { status, data, errors } = await who.graphql(QUERY, variables)
  return JSON.stringify([status, data, errors])
}

const lookup = (value = mrn) => ({
  facilityId: server.demo.harbor.facilities.north!,
  identifier: { assigner: ASSIGNER, type: 'MRN', value },
})

describe('access records over the API', () => {
  it('tell a privacy officer who did what, to one person’s data, and nothing of who that is', async () => {
    const coderId = server.demo.harbor.members['coder@demo.test']!.memberId
    const ref = server.db.vault.subjectRef(officer.claims.orgId, chart.patientId)
    const byPerson = await nodes(officer, { filter: { patient: lookup(), memberId: coderId } })
    expect(byPerson).toHaveLength(3)
    for (const node of byPerson)
      expect(node).toMatchObject({
        action: 'query chart',
        purpose: 'PAYMENT',
        outcome: 'ALLOWED',
        member: { id: coderId },
        facilities: [{ key: 'north' }],
        subjects: [ref],
      })
    expect(await nodes(officer, { filter: { chartId: chart.chartId, memberId: coderId } })).toEqual(byPerson)
    const denied = await nodes(officer, { filter: { memberId: coderId, outcome: 'DENIED' } })
    expect(denied).toMatchObject([{ action: 'query chart', reasons: ['NOT_FOUND'], subjects: [] }])
    expect(await bytes(officer)).not.toContain('Zyxommason')
    expect(await bytes(officer)).not.toContain(chart.patientId)
  })

  it('stand in themselves, found or not', async () => {
    const officerId = server.demo.harbor.members['privacy@demo.test']!.memberId
    const count = async () => {
      const [row] = await server.db.ownerSql<{ count: number }[]>`
        select count(*)::int as count from access_record
        where actor_id = ${officerId} and action = 'query accessRecords' and purpose = 'OPERATIONS'`
      return row!.count
    }
    const before = await count()
    await nodes(officer, { filter: { patient: lookup(randomUUID()) } })
    await nodes(officer)
    expect(await count()).toBe(before + 2)
  })

  it('come a page at a time, each once, under a cursor of one’s own', async () => {
    // Looking adds records in front; what is behind stays where it is.
    const until = new Date(Date.now() + 1).toISOString()
    await new Promise((resolve) => setTimeout(resolve, 5))
    const whole = (await page(officer, { filter: { until } })).edges
    const seen: string[] = []
    let after: string | null = null
    do {
      const one: Page = await page(officer, { filter: { until }, first: 2, after })
      seen.push(...one.edges.map((edge) => JSON.stringify(edge.node)))
      after = one.pageInfo.hasNextPage ? one.pageInfo.endCursor : null
    } while (after)
    expect(seen).toEqual(whole.map((edge) => JSON.stringify(edge.node)))
    const { errors } = await admin.graphql(QUERY, { filter: { until }, after: whole[0]!.cursor })
    expect(errors![0]!.extensions.code).toBe('BAD_INPUT')
  })

  it('show an administrator only what touched no patient’s data', async () => {
    const change = await admin.graphql(
      'mutation ($input: MemberCommandInput!) { disableMember(input: $input) { __typename } }',
      { input: { commandId: randomUUID(), memberId: randomUUID(), seenVersion: 1 } },
    )
    expect(change.errors![0]!.extensions.code).toBe('NOT_FOUND')
    const shown = await nodes(admin, { first: 200 })
    expect(shown.map((node) => node.action)).toContain('mutation disableMember')
    for (const node of shown) expect(node.subjects).toEqual([])
    expect(shown.filter((node) => node.action === 'query chart')).toEqual([])
    const byChart = await bytes(admin, { filter: { chartId: chart.chartId } })
    expect(byChart).toBe(await bytes(admin, { filter: { chartId: randomUUID() } }))
  })

  it('are none to everybody else, and of others as of nobody, to the byte', async () => {
    const none = JSON.stringify([
      200,
      { accessRecords: { edges: [], pageInfo: { hasNextPage: false, endCursor: null } } },
      undefined,
    ])
    for (const email of ['coder@demo.test', 'supervisor@demo.test', 'auditor@demo.test', 'compliance@demo.test']) {
      const who = await server.signInAs(email)
      expect(await bytes(who)).toBe(none)
      expect(await bytes(who, { filter: { patient: lookup() } })).toBe(none)
    }
    for (const filter of [
      { chartId: foreign.chartId },
      { chartId: randomUUID() },
      { patient: lookup(randomUUID()) },
      { patient: { ...lookup(), facilityId: Object.values(server.demo.lakeside.facilities)[0]! } },
    ]) {
      const { data } = await officer.graphql(QUERY, { filter })
      expect((data!.accessRecords as Page).edges).toEqual([])
    }
    expect((await nodes(await server.signInAs('lakeside@demo.test'))).length).toBe(0)
  })

  it('are FHIR AuditEvents too, by the definitions of R4, each patient one entity and by no name', async () => {
    const validator = createFhirValidator()
    try {
      const { data } = await officer.graphql(
        `query { accessRecords(first: 200) { edges { node { action outcome purpose breakGlass subjects fhir } } } }`,
      )
      const edges = (data!.accessRecords as { edges: { node: Node & { fhir: string } }[] }).edges
      expect(edges.length).toBeGreaterThan(2)
      const entry = edges.map(({ node }) => ({
        fullUrl: `urn:uuid:${randomUUID()}`,
        resource: JSON.parse(node.fhir) as AuditEvent,
      }))
      expect(await validator.validate(JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }))).toEqual(
        [],
      )
      for (const { node } of edges) {
        const event = JSON.parse(node.fhir) as AuditEvent
        expect(event.outcome).toBe({ ALLOWED: '0', DENIED: '4', FAILED: '8' }[node.outcome])
        expect(event.purposeOfEvent?.[0]?.coding?.map((it) => it.code) ?? []).toEqual([
          ...({ PAYMENT: ['HPAYMT'], OPERATIONS: ['HOPERAT'], TREATMENT: ['TREAT'] }[node.purpose] ?? []),
          ...(node.breakGlass ? ['BTG'] : []),
        ])
        const patients = (event.entity ?? []).filter((it) => it.role?.code === '1')
        expect(patients.map((it) => it.what?.identifier?.value)).toEqual(node.subjects)
        expect(node.fhir).not.toContain('Zyxommason')
      }
    } finally {
      await validator.close()
    }
  })

  it('are asked for in bounds', async () => {
    const code = async (variables: Record<string, unknown>) =>
      (await officer.graphql(QUERY, variables)).errors?.[0]?.extensions.code
    for (const first of [0, -1, 201]) expect(await code({ first })).toBe('BAD_INPUT')
    expect(await code({ filter: { memberId: 'x' } })).toBe('BAD_INPUT')
    expect(await code({ filter: { chartId: 'x' } })).toBe('BAD_INPUT')
    const at = new Date().toISOString()
    expect(await code({ filter: { from: at, until: at } })).toBe('BAD_INPUT')
  })

  it('cost a read one commit, which many reads share', async () => {
    const member = server.demo.harbor.members['coder@demo.test']!.memberId
    const written = async () => {
      const [row] = await server.db.ownerSql<{ records: number; commits: number }[]>`
        select count(*)::int as records, count(distinct xmin::text)::int as commits from access_record
        where actor_id = ${member} and action = 'query chart' and outcome = 'ALLOWED'`
      return row!
    }
    const before = await written()
    await read(coder, chart.chartId)
    const alone = await written()
    expect([alone.records - before.records, alone.commits - before.commits]).toEqual([1, 1])
    await Promise.all(Array.from({ length: 60 }, () => read(coder, chart.chartId)))
    const together = await written()
    expect(together.records - alone.records).toBe(60)
    expect(together.commits - alone.commits).toBeLessThan(60)
  })

  it('say what was read under a broken glass', async () => {
    const broken = await officer.graphql(
      `mutation ($input: BreakGlassInput!) { breakGlass(input: $input) { __typename
        ... on GlassBroken { breakGlass { id state note canReview masked { field } } chart { access { can } patient { familyName } } } } }`,
      {
        input: {
          commandId: randomUUID(),
          chartId: chart.chartId,
          reason: 'PRIVACY_INCIDENT',
          note: 'A complaint about this stay.',
        },
      },
    )
    expect(broken.errors).toBeUndefined()
    expect(broken.data!.breakGlass).toMatchObject({
      __typename: 'GlassBroken',
      breakGlass: { state: 'WAITING', note: null, canReview: false },
      chart: { patient: { familyName: 'Zyxommason' } },
    })
    await read(officer, chart.chartId)
    const [latest] = await nodes(officer, { filter: { chartId: chart.chartId }, first: 1 })
    expect(latest).toMatchObject({ breakGlass: true, purpose: 'OPERATIONS' })
    expect(server.log.some((line) => line.includes('"break-glass"'))).toBe(true)
  })
  it('are of a viewer’s facilities alone, all that a record names', async () => {
    const { members, facilities } = server.demo.harbor
    const southern = await server.addChart({ facility: 'south', coder: 'coder@demo.test' })
    await read(coder, southern.chartId)
    const both = { ids: [chart.chartId, southern.chartId] }
    await coder.graphql('query Both($ids: [ID!]!) { nodes(ids: $ids) { ... on Chart { id } } }', both)
    const actions = async () => (await nodes(officer, { first: 5 })).map((node) => node.action)
    expect(await actions()).toContain('query nodes')
    await server.db.ownerSql`
      delete from member_facility
      where member_id = ${members['privacy@demo.test']!.memberId} and facility_id = ${facilities.south!}`
    await read(coder, chart.chartId)
    const shown = (await page(officer, { first: 200 })).edges.map(({ node }) => node)
    expect(shown[0]).toMatchObject({ action: 'query chart' })
    expect(shown.map((node) => node.action)).not.toContain('query nodes')
    expect(JSON.stringify(shown)).not.toContain('"south"')
  })
})
