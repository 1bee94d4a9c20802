import { type GraphQLSchema, graphql } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSchema } from '../../server/app/buildSchema.js'
import { RESOLVERS } from '../../server/app/resolvers.js'
import { ExportsResolver } from '../../server/exports/exports.resolver.js'
import { addChart, type ChartWorld, chartWorld, requestAs, SUBMITTABLE, submit } from '../support/charts.js'

const CODER = 'coder@demo.test'
const AUDITOR = 'auditor@demo.test'
const SUPERVISOR = 'supervisor@demo.test'

describe('comments, audits and exports over GraphQL', () => {
  let world: ChartWorld
  let schema: GraphQLSchema
  beforeAll(async () => {
    world = await chartWorld()
    schema = buildSchema([...new Set([...RESOLVERS, ExportsResolver])])
  })
  afterAll(() => world.close())

  async function run(email: string, source: string, variableValues: Record<string, unknown>) {
    const request = requestAs(world, email)
    const { data, errors } = await graphql({ schema, source, variableValues, contextValue: request })
    await request.close()
    if (errors) throw new Error(errors.map((e) => `${e.path?.join('.')}: ${e.message}`).join('; '))
    return JSON.parse(JSON.stringify(data)) as Record<string, unknown>
  }

  const CHART = /* GraphQL */ `
    query ($id: ID!) {
      chart(id: $id) {
        comments { body author { displayName } resolvedAt }
        audits { reason auditor { displayName } findings { kind element explanation recordedBy { displayName } } }
      }
    }`

  it('go the whole way from a comment to an export, each seen by whom its class allows', async () => {
    const { chartId, suggestionIds } = await addChart(world, { coder: CODER, lines: SUBMITTABLE })
    const input = (more: object) => ({ input: { commandId: crypto.randomUUID(), ...more } })

    const { addComment } = await run(
      CODER,
      /* GraphQL */ `mutation ($input: AddCommentInput!) {
        addComment(input: $input) { __typename ... on CommentSaved { comment { id version body } } }
      }`,
      input({ chartId, suggestionId: suggestionIds[0], body: 'Controlled?' }),
    )
    expect(addComment).toMatchObject({ __typename: 'CommentSaved', comment: { version: 1, body: 'Controlled?' } })
    const { resolveComment } = await run(
      CODER,
      /* GraphQL */ `mutation ($input: ResolveCommentInput!) {
        resolveComment(input: $input) {
          __typename
          ... on CommentSaved { comment { version resolvedBy { displayName } } }
          ... on CommandInvalid { problems { code } }
        }
      }`,
      input({ commentId: (addComment as { comment: { id: string } }).comment.id, seenVersion: 1 }),
    )
    expect(resolveComment).toEqual({
      __typename: 'CommentSaved',
      comment: { version: 2, resolvedBy: { displayName: 'Dana Whitfield' } },
    })

    await submit(world, CODER, chartId)
    const { openAudit } = await run(
      AUDITOR,
      /* GraphQL */ `mutation ($input: OpenAuditInput!) {
        openAudit(input: $input) { __typename ... on AuditOpened { audit { id reason findings { id } } } }
      }`,
      input({ chartId, reason: 'PRE_BILL' }),
    )
    expect(openAudit).toMatchObject({ __typename: 'AuditOpened', audit: { reason: 'PRE_BILL', findings: [] } })
    const { recordFinding } = await run(
      AUDITOR,
      /* GraphQL */ `mutation ($input: RecordFindingInput!) {
        recordFinding(input: $input) {
          __typename
          ... on FindingRecorded { finding { kind element suggestionId explanation } }
          ... on CommandInvalid { problems { code message field } }
        }
      }`,
      input({
        auditId: (openAudit as { audit: { id: string } }).audit.id,
        element: 'PRINCIPAL_DIAGNOSIS',
        kind: 'AGREE',
        suggestionId: suggestionIds[0],
        explanation: 'Treated and documented.',
      }),
    )
    expect(recordFinding).toEqual({
      __typename: 'FindingRecorded',
      finding: {
        kind: 'AGREE',
        element: 'PRINCIPAL_DIAGNOSIS',
        suggestionId: suggestionIds[0],
        explanation: 'Treated and documented.',
      },
    })

    const comments = [
      { body: 'Controlled?', author: { displayName: 'Dana Whitfield' }, resolvedAt: expect.any(String) },
    ]
    const findings = [
      {
        kind: 'AGREE',
        element: 'PRINCIPAL_DIAGNOSIS',
        explanation: 'Treated and documented.',
        recordedBy: { displayName: 'Peter Lindqvist' },
      },
    ]
    const audits = [{ reason: 'PRE_BILL', auditor: { displayName: 'Peter Lindqvist' }, findings }]
    expect(await run(AUDITOR, CHART, { id: chartId })).toEqual({ chart: { comments, audits } })
    expect(await run(CODER, CHART, { id: chartId })).toEqual({ chart: { comments, audits: null } })
    // Compliance reads the clinical content of a chart under a finding, and of no other.
    expect(await run('compliance@demo.test', CHART, { id: chartId })).toEqual({ chart: { comments, audits } })
    expect(await run(SUPERVISOR, CHART, { id: chartId })).toEqual({ chart: { comments: null, audits: null } })

    const EXPORT = /* GraphQL */ `mutation ($input: ExportChartInput!) {
      exportChart(input: $input) {
        __typename
        ... on ChartExported { export { format sha256 content } warnings { code } }
      }
    }`
    const { exportChart } = await run(CODER, EXPORT, input({ chartId, format: 'CSV' }))
    const own = exportChart as { export: { sha256: string; content: string } }
    expect(own).toMatchObject({ __typename: 'ChartExported', warnings: [] })
    expect(own.export.content).toContain('"I10"')
    const { exportChart: sent } = await run(SUPERVISOR, EXPORT, input({ chartId, format: 'CSV' }))
    expect(sent).toEqual({
      __typename: 'ChartExported',
      export: { format: 'CSV', sha256: null, content: null },
      warnings: null,
    })
  })

  it('open a second look, and say so again', async () => {
    const { chartId } = await addChart(world, { coder: CODER })
    const LOOK = /* GraphQL */ `mutation ($input: ChartCommandInput!) {
      openSecondLook(input: $input) {
        __typename
        ... on ChartSaved { chart { id accountNumber access { can } } }
        ... on AlreadyDone { chart { id } }
      }
    }`
    const open = () => run('reviewer@demo.test', LOOK, { input: { commandId: crypto.randomUUID(), chartId } })
    const { openSecondLook } = await open()
    expect(openSecondLook).toMatchObject({ __typename: 'ChartSaved', chart: { id: chartId } })
    expect((openSecondLook as { chart: { access: { can: string[] } } }).chart.access.can).toContain('decide')
    expect(await open()).toEqual({ openSecondLook: { __typename: 'AlreadyDone', chart: { id: chartId } } })
  })
})
