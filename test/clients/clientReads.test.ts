import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseScopes } from '../../server/auth/scope.js'
import { type AddedChart, SUBMITTABLE } from '../support/charts.js'
import { ALL, codeOf, reasonOf, type Registered, type VendorWorld, vendorWorld } from './support.js'

const ASSIGNER = 'urn:oid:2.16.840.1.113883.19.5'

let world: VendorWorld
let client: Registered
/** Two that a vendor may see, in two facilities, and one each that it may not. */
let charts: Record<'open' | 'other' | 'restricted' | 'held' | 'objected' | 'labelled', AddedChart>
const identifier = { assigner: ASSIGNER, type: 'MRN', value: randomUUID() }
const objecting = { assigner: ASSIGNER, type: 'MRN', value: randomUUID() }

const north = (): string => world.server.demo.harbor.facilities.north!

beforeAll(async () => {
  world = await vendorWorld()
  const { server } = world
  const documents = [{}, { type: 'ORDER', title: 'Order', text: 'Give ceftriaxone.' }]
  charts = {
    open: await server.addChart({
      facility: 'north',
      coder: 'coder@demo.test',
      documents,
      lines: SUBMITTABLE,
      patient: { identifiers: [identifier as never] },
    }),
    other: await server.addChart({ documents }),
    restricted: await server.addChart({ restricted: true }),
    held: await server.addChart({ identityHold: true }),
    objected: await server.addChart({ facility: 'north', patient: { identifiers: [objecting as never] } }),
    labelled: await server.addChart({ documents: [{ labels: ['PART2'] }] }),
  }
  client = await world.register()
  const { data } = await world.command(
    'addRestriction',
    { patient: { facilityId: north(), identifier: objecting }, selfPay: false, words: 'Not to vendors.' },
    world.privacy,
  )
  expect(data).toMatchObject({ addRestriction: { __typename: 'RestrictionSaved' } })
})
afterAll(() => world.close())

const LIST =
  'query ($first: Int!, $after: String) { charts(first: $first, after: $after) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }'

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

async function listed(token: string, first: number): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = []
  for (let after: string | null = null, pages = 1; ; pages++) {
    const { data, errors } = await world.ask(token, LIST, { first, after })
    expect(errors).toBeUndefined()
    const page = data!.charts as Page
    ids.push(...page.edges.map((edge) => edge.node.id))
    if (!page.pageInfo.hasNextPage) return { ids, pages }
    // A page that says there is more is a full one: what is hidden leaves no gap.
    expect(page.edges).toHaveLength(first)
    after = page.pageInfo.endCursor
  }
}

describe('a client’s list of charts', () => {
  it('holds those that rest on a basis, page by page, and nothing tells of the others', async () => {
    const token = await world.tokenOf(client)
    const seen = [charts.open, charts.other, charts.labelled].map((it) => it.chartId)
    for (const first of [1, 2, 3, 50]) {
      const { ids, pages } = await listed(token, first)
      expect([...ids].sort()).toEqual([...seen].sort())
      expect(pages).toBe(Math.ceil(seen.length / first))
    }
    for (const { chartId } of Object.values(charts)) {
      const { data } = await world.ask(token, 'query ($id: ID!) { chart(id: $id) { id } }', { id: chartId })
      expect(data).toEqual({ chart: seen.includes(chartId) ? { id: chartId } : null })
    }
    // What was looked at and left out is no refusal, and the record names nobody of it.
    const [record] = await world.server.db.ownerSql`
      select outcome, detail, subject_refs from access_record
      where actor_id = ${client.id} and action = 'query charts' order by seq desc limit 1`
    expect(record).toMatchObject({ outcome: 'ALLOWED' })
    expect((record as unknown as { subjectRefs: string[] }).subjectRefs).toHaveLength(3)
  })

  it('is the same to the byte, but for sealed cursors, whatever there is that it does not hold', async () => {
    const token = await world.tokenOf(client)
    const pages = async () => {
      const answers: string[] = []
      for (const first of [1, 2, 5])
        for (let after: string | null = null, more = true; more; ) {
          const { data, errors } = await world.ask(token, LIST, { first, after })
          const page = data!.charts as Page
          answers.push(JSON.stringify([page.edges.map((edge) => edge.node.id), page.pageInfo.hasNextPage, errors]))
          ;[after, more] = [page.pageInfo.endCursor, page.pageInfo.hasNextPage]
        }
      return answers
    }
    const before = await pages()
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('restricted', 'held', 'objected', 'lakeside'), { minLength: 1, maxLength: 4 }),
        async (hidden) => {
          for (const why of hidden)
            await world.server
              .addChart({
                ...(why === 'lakeside' ? { organisation: 'lakeside' as const, documents: [] } : { facility: 'north' }),
                restricted: why === 'restricted',
                identityHold: why === 'held',
                accountNumber: `${randomUUID().slice(0, 1)}-${randomUUID()}`,
              })
              .then(async ({ chartId }) => {
                // The same person as the one who objected.
                if (why === 'objected')
                  await world.server.db.ownerSql`
                  update chart set patient_id = ${charts.objected.patientId} where id = ${chartId}`
              })
          expect(await pages()).toEqual(before)
        },
      ),
      { numRuns: 8 },
    )
  })

  it('is of the agreement’s facilities, takes both letters, and no order or filter by what is masked', async () => {
    const here = await world.register(ALL, { agreement: { facilityIds: [north()] } })
    expect((await listed(await world.tokenOf(here), 10)).ids).not.toContain(charts.objected.chartId)
    const token = await world.tokenOf(client)
    expect(codeOf(await world.ask(await world.tokenOf(client, 'system/Chart.r'), LIST, { first: 1 }))).toBe('FORBIDDEN')
    for (const query of ['{ charts(sort: CHARGES_DESC) { edges { cursor } } }', '{ charts { totalCount } }'])
      expect(codeOf(await world.ask(token, query)), query).toBe('FORBIDDEN')
    const { data } = await world.ask(
      token,
      'query ($a: String) { charts(filter: { accountNumber: $a }) { edges { node { id } } } }',
      { a: charts.open.accountNumber },
    )
    expect(data).toEqual({ charts: { edges: [{ node: { id: charts.open.chartId } }] } })
  })
})

describe('a client’s documents', () => {
  it('are found by id under the scope, of the types it names, and as files by no token', async () => {
    const query = 'query ($id: ID!) { document(id: $id) { id version { type text } } }'
    const [summary, order] = charts.open.documents
    const all = await world.tokenOf(client)
    expect((await world.ask(all, query, { id: summary!.documentId })).data).toMatchObject({
      document: { version: { type: 'DISCHARGE_SUMMARY', text: summary!.text } },
    })
    const orders = await world.tokenOf(client, 'system/Chart.r system/DocumentReference.r?category=ORDER')
    expect((await world.ask(orders, query, { id: order!.documentId })).data).toMatchObject({
      document: { version: { type: 'ORDER' } },
    })
    const hidden = await world.ask(orders, query, { id: summary!.documentId })
    expect([hidden.data, hidden.errors]).toEqual([{ document: null }, undefined])
    // Lines cite words; whoever reads lines alone gets no file either.
    const response = await fetch(`${world.server.url}/documents/${summary!.versionId}/original`, {
      headers: { authorization: `Bearer ${await world.tokenOf(client, 'system/Chart.r system/Suggestion.r')}` },
    })
    expect([response.status, await response.json()]).toMatchObject([403, { code: 'FORBIDDEN' }])
  })

  it('are quoted under lines to whoever reads both', async () => {
    const query = 'query ($id: ID!) { chart(id: $id) { suggestions { code evidence { quote } } } }'
    const { data } = await world.ask(await world.tokenOf(client), query, { id: charts.open.chartId })
    expect(data).toMatchObject({
      chart: { suggestions: [{ code: 'I10', evidence: [{ quote: 'Essential hypertension' }] }, { code: 'E11.9' }] },
    })
    for (const scope of [
      'system/Chart.r system/Suggestion.r',
      'system/Chart.r system/Suggestion.r system/DocumentReference.r?category=DISCHARGE_SUMMARY',
    ])
      expect(reasonOf(await world.ask(await world.tokenOf(client, scope), query, { id: charts.open.chartId }))).toBe(
        'SCOPE',
      )
  })
})

describe('a client’s consents', () => {
  async function record(kind: string, who: object): Promise<string> {
    const { data } = await world.command(
      'recordConsent',
      { patient: { facilityId: north(), identifier: who }, kind, elements: { description: 'My records' } },
      world.privacy,
    )
    return (data!.recordConsent as { consent: { id: string } }).consent.id
  }
  const ONE =
    'query ($id: ID!) { consent(id: $id) { id kind status inForce facility { key } access { can masked { field } } } }'
  const OF = 'query ($p: PatientLookupInput!) { consents(patient: $p) { id } }'

  it('are what is in force and for what, of persons who may be disclosed, and never that there is treatment', async () => {
    const authorization = await record('HIPAA_AUTHORIZATION', identifier)
    const treatment = await record('PART2_TPO', identifier)
    const kept = await record('HIPAA_AUTHORIZATION', objecting)
    const token = await world.tokenOf(client)
    const found = await world.ask(token, ONE, { id: authorization })
    expect(found.data).toMatchObject({
      consent: { id: authorization, kind: 'HIPAA_AUTHORIZATION', inForce: false, access: { can: [] } },
    })
    const absent = await world.ask(token, ONE, { id: randomUUID() })
    for (const id of [treatment, kept]) {
      const answer = await world.ask(token, ONE, { id })
      expect([answer.status, answer.data, answer.errors]).toEqual([absent.status, absent.data, absent.errors])
    }
    const lookup = (of: object) => ({ p: { facilityId: north(), identifier: of } })
    expect((await world.ask(token, OF, lookup(identifier))).data).toEqual({ consents: [{ id: authorization }] })
    expect((await world.ask(token, OF, lookup(objecting))).data).toEqual({ consents: [] })
    expect(codeOf(await world.ask(await world.tokenOf(client, 'system/Consent.r'), OF, lookup(identifier)))).toBe(
      'FORBIDDEN',
    )
  })
})

describe('a token', () => {
  it('never answers more than the scopes it names, whatever else is registered', async () => {
    const probes: Readonly<Record<string, readonly string[]>> = {
      'chart(id: $id) { accountNumber }': ['Chart.r'],
      'chart(id: $id) { patient { familyName } }': ['Chart.r', 'Patient.r'],
      'chart(id: $id) { documents { id } }': ['Chart.r', 'DocumentReference.r'],
      'chart(id: $id) { suggestions { code } }': ['Chart.r', 'Suggestion.r'],
      'charts { edges { node { id } } }': ['Chart.r', 'Chart.s'],
    }
    const subsets = fc.subarray(['system/Chart.rs', 'system/Chart.r', ...ALL.slice(1)], { minLength: 1 })
    await fc.assert(
      fc.asyncProperty(subsets, async (scopes) => {
        const token = await world.tokenOf(client, scopes.join(' '))
        // Chart.rs beside Chart.r is Chart.rs: one holds the other.
        const acts = parseScopes(scopes.join(' '))!.flatMap((it) => it.interactions.map((i) => `${it.resource}.${i}`))
        for (const [selection, needs] of Object.entries(probes)) {
          const query = `query${selection.includes('$id') ? ' ($id: ID!)' : ''} { ${selection} }`
          const answer = await world.ask(token, query, { id: charts.open.chartId })
          expect(codeOf(answer) === undefined, `${scopes.join(' ')}: ${selection}`).toBe(
            needs.every((need) => acts.includes(need)),
          )
        }
      }),
      { numRuns: 25 },
    )
  })
})
