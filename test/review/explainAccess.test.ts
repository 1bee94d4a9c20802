import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { randomUUID } from 'node:crypto'
import { CHART_ACTIONS, type ChartAction } from '../../schema/values.js'
import type { AddedChart } from '../support/charts.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'

let server: TestServer
const people = new Map<string, TestPerson>()
const PEOPLE = [
  'coder',
  'coder2',
  'reviewer',
  'auditor',
  'cdi',
  'supervisor',
  'compliance',
  'privacy',
  'admin',
  'provider',
]
const charts: AddedChart[] = []
beforeAll(async () => {
  server = await testServer()
  for (const name of PEOPLE) people.set(name, await server.signInAs(`${name}@demo.test`))
  charts.push(
    await server.addChart({ coder: 'coder@demo.test', documents: [{}, { labels: ['PART2'], title: 'Clinic' }] }),
    await server.addChart({ status: 'SUBMITTED', coder: 'coder2@demo.test', facility: 'south', queue: null }),
    await server.addChart({ restricted: true, coder: 'coder@demo.test' }),
    await server.addChart({ identityHold: true }),
  )
})
afterAll(() => server.close())

const memberOf = (name: string): string => server.demo.harbor.members[`${name}@demo.test`]!.memberId
const MASKED = 'masked { field reason }'

async function explain(who: string, id: string, action: ChartAction, memberId?: string) {
  const { data, errors } = await people
    .get(who)!
    .graphql(`query ($id: ID!, $m: ID) { explainAccess(id: $id, action: ${action}, memberId: $m) { can ${MASKED} } }`, {
      id,
      m: memberId ?? null,
    })
  return errors ? errors[0]!.extensions.code : (data!.explainAccess as { can: string[]; masked: { field: string }[] })
}

async function own(who: string, chartId: string) {
  const { data } = await people.get(who)!.graphql(`query ($id: ID!) { chart(id: $id) { access { can ${MASKED} } } }`, {
    id: chartId,
  })
  return (data!.chart as { access: { can: string[]; masked: { field: string; reason: string }[] } } | null)?.access
}

describe('explaining access', () => {
  it('says of a document what the document says of itself', async () => {
    const [plain, clinic] = charts[0]!.documents
    const { data } = await people
      .get('coder')!
      .graphql(`query ($id: ID!) { chart(id: $id) { documents { id access { can ${MASKED} } } } }`, {
        id: charts[0]!.chartId,
      })
    const documents = (data!.chart as { documents: { id: string; access: { can: string[]; masked: unknown[] } }[] })
      .documents
    for (const { documentId } of [plain!, clinic!]) {
      const { access } = documents.find((it) => it.id === documentId)!
      for (const action of ['read', 'withdrawDocument'] as const)
        expect(await explain('coder', documentId, action)).toEqual({
          masked: access.masked,
          can: access.can.filter((it) => it === action),
        })
    }
    // Hidden and absent alike.
    for (const who of ['admin', 'provider', 'supervisor'])
      expect(await explain(who, plain!.documentId, 'read')).toEqual(await explain(who, randomUUID(), 'read'))
    const { errors } = await people
      .get('supervisor')!
      .graphql('mutation ($input: BreakGlassInput!) { breakGlass(input: $input) { __typename } }', {
        input: { commandId: randomUUID(), chartId: charts[0]!.chartId, reason: 'DEADLINE', note: 'The bill is due.' },
      })
    expect(errors).toBeUndefined()
    expect(await explain('supervisor', clinic!.documentId, 'read')).toMatchObject({
      masked: expect.arrayContaining([{ field: 'version', reason: 'LABEL' }]),
    })
  })

  it('says of another what the other is told, by the same rules, to those who answer for access', async () => {
    let compared = 0
    for (const { chartId } of charts)
      for (const asker of ['supervisor', 'privacy', 'compliance']) {
        if (!(await own(asker, chartId))) continue
        for (const other of PEOPLE) {
          const theirs = await own(other, chartId)
          const actions = CHART_ACTIONS.filter((_, i) => i % 5 === compared % 5)
          for (const action of actions) {
            const answer = await explain(asker, chartId, action, memberOf(other))
            expect(answer, `${asker} ${other} ${action}`).toEqual({
              // What a label hides besides stands in the chart's own answer; here it is by class.
              masked: (theirs?.masked ?? []).filter((it) => it.reason !== 'LABEL'),
              can: (theirs?.can ?? []).filter((it) => it === action),
            })
            compared++
          }
        }
      }
    expect(compared).toBeGreaterThan(300)
  }, 120_000)

  it('of others is nobody else’s, nor of a chart that the asker does not see', async () => {
    const [chart, , restricted] = charts
    for (const asker of ['coder', 'auditor', 'reviewer', 'cdi', 'admin', 'provider'])
      expect(await explain(asker, chart!.chartId, 'read', memberOf('coder2'))).toBe('FORBIDDEN')
    expect(await explain('supervisor', chart!.chartId, 'read', randomUUID())).toBe('NOT_FOUND')
    expect(
      await explain('supervisor', chart!.chartId, 'read', server.demo.lakeside.members['lakeside@demo.test']!.memberId),
    ).toBe('NOT_FOUND')
    expect(await explain('supervisor', restricted!.chartId, 'read', memberOf('coder'))).toEqual(
      await explain('supervisor', randomUUID(), 'read', memberOf('coder')),
    )
  })

  it('tells of nobody’s blind pass', async () => {
    const { chartId } = charts[0]!
    const before = await explain('supervisor', chartId, 'openBlindPass', memberOf('reviewer'))
    const { errors } = await people
      .get('reviewer')!
      .graphql('mutation ($input: ChartCommandInput!) { openBlindPass(input: $input) { __typename } }', {
        input: { commandId: randomUUID(), chartId },
      })
    expect(errors).toBeUndefined()
    expect(before).toMatchObject({ can: ['openBlindPass'] })
    expect(await explain('supervisor', chartId, 'openBlindPass', memberOf('reviewer'))).toEqual(before)
    expect(await explain('reviewer', chartId, 'openBlindPass')).toMatchObject({
      can: [],
      masked: expect.arrayContaining([{ field: 'suggestions', reason: 'BLIND_PASS' }]),
    })
  })
})
