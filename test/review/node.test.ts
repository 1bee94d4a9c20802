import { execute, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAudit } from '../../server/audits/openAudit.command.js'
import { recordFinding } from '../../server/audits/recordFinding.command.js'
import { buildSchema } from '../../server/app/buildSchema.js'
import { pendChart } from '../../server/charts/pendChart.command.js'
import { unpendChart } from '../../server/charts/unpendChart.command.js'
import { addComment } from '../../server/review/addComment.command.js'
import { addChart, type ChartWorld, chartWorld, memberId, requestAs, SUBMITTABLE, submit } from '../support/charts.js'

const CODER = 'coder@demo.test'
const AUDITOR = 'auditor@demo.test'
const SUPERVISOR = 'supervisor@demo.test'
const STRANGER = 'lakeside@demo.test'

let world: ChartWorld
const schema = buildSchema()
beforeAll(async () => void (world = await chartWorld()))
afterAll(() => world.close())

/** What an account finds by these ids: the type, or null. */
async function typesOf(email: string, ids: readonly string[]): Promise<(string | null)[]> {
  const request = requestAs(world, email)
  try {
    const { data, errors } = await execute({
      schema,
      document: parse('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }'),
      variableValues: { ids },
      contextValue: request,
    })
    expect(errors).toBeUndefined()
    const nodes = data!.nodes as ({ __typename: string; id: string } | null)[]
    for (const [i, node] of nodes.entries()) if (node) expect(node.id).toBe(ids[i])
    return nodes.map((node) => node?.__typename ?? null)
  } finally {
    await request.close()
  }
}

/** One thing of every type that hangs on a chart, by type. */
async function oneOfEach(): Promise<ReadonlyMap<string, string>> {
  const chart = await addChart(world, { coder: CODER, lines: SUBMITTABLE })
  const { chartId } = chart
  const commandId = () => crypto.randomUUID()
  await addComment(requestAs(world, CODER), { commandId: commandId(), chartId, body: 'See the second page.' })
  await pendChart(requestAs(world, CODER), { commandId: commandId(), chartId, reason: 'MISSING_DOCUMENT' })
  await unpendChart(requestAs(world, CODER), { commandId: commandId(), chartId })
  await submit(world, CODER, chartId)
  const audit = await openAudit(requestAs(world, AUDITOR), { commandId: commandId(), chartId, reason: 'FOCUSED' })
  if (audit.kind !== 'AuditOpened') throw new Error(JSON.stringify(audit))
  await recordFinding(requestAs(world, AUDITOR), {
    commandId: commandId(),
    auditId: audit.auditId,
    kind: 'AGREE',
    element: 'PRINCIPAL_DIAGNOSIS',
    suggestionId: chart.suggestionIds[0]!,
    explanation: 'Established after study.',
  })
  const rows = await world.db.ownerSql<{ type: string; id: string }[]>`
    select 'Comment' as type, id from comment where chart_id = ${chartId}
    union all select 'Pend', id from pend where chart_id = ${chartId}
    union all select 'Submission', id from submission where chart_id = ${chartId}
    union all select 'Audit', id from audit where chart_id = ${chartId}
    union all select 'Finding', id from finding where chart_id = ${chartId}`
  return new Map([
    ['Chart', chartId],
    ['Document', chart.documents[0]!.documentId],
    ['DocumentVersion', chart.documents[0]!.versionId],
    ['Suggestion', chart.suggestionIds[0]!],
    ...rows.map(({ type, id }) => [type, id] as const),
  ])
}

describe('node', () => {
  it('finds every kind of thing of a chart, as far as the viewer would reach it through the chart', async () => {
    const things = await oneOfEach()
    const ids = [...things.values()]
    const expected = (visible: readonly string[]) => [...things.keys()].map((t) => (visible.includes(t) ? t : null))
    const work = ['Chart', 'Pend', 'Submission']
    const clinical = [...work, 'Document', 'DocumentVersion', 'Suggestion', 'Comment']
    expect(await typesOf(SUPERVISOR, ids)).toEqual(expected(work))
    expect(await typesOf(CODER, ids)).toEqual(expected(clinical))
    expect(await typesOf(AUDITOR, ids)).toEqual(expected([...clinical, 'Audit', 'Finding']))
    expect(await typesOf(STRANGER, ids)).toEqual(ids.map(() => null))
  })

  it('finds no words of a document that was withdrawn, under any version', async () => {
    const chart = await addChart(world, { coder: CODER })
    const { documentId, versionId } = chart.documents[0]!
    expect(await typesOf(CODER, [documentId, versionId])).toEqual(['Document', 'DocumentVersion'])
    await world.db.ownerSql`
      update document set withdrawn_at = now(), withdrawn_reason = 'WRONG_PATIENT' where id = ${documentId}`
    expect(await typesOf(CODER, [documentId, versionId])).toEqual(['Document', null])
  })

  it('finds colleagues, and where the viewer works, and nothing of another organisation', async () => {
    const { harbor, lakeside } = world.demo
    const [facility] = Object.values(harbor.facilities)
    const queue = harbor.queues.Inpatient!
    const ids = [harbor.organisationId, memberId(world, SUPERVISOR), facility!, queue, crypto.randomUUID(), 'x']
    expect(await typesOf(CODER, ids)).toEqual(['Organisation', 'Member', 'Facility', 'Queue', null, null])
    // Only worklists that one's own teams work.
    expect(await typesOf('provider@demo.test', [queue])).toEqual([null])
    // And only facilities that one has a grant for.
    const { south } = harbor.facilities
    expect(await typesOf('provider@demo.test', [south!])).toEqual(['Facility'])
    await world.db.ownerSql`
      delete from member_facility where member_id = ${memberId(world, 'provider@demo.test')} and facility_id = ${south!}`
    expect(await typesOf('provider@demo.test', [south!])).toEqual([null])
    const [theirs] = Object.values(lakeside.facilities)
    expect(await typesOf(CODER, [lakeside.organisationId, memberId(world, STRANGER), theirs!])).toEqual([
      null,
      null,
      null,
    ])
  })
})
