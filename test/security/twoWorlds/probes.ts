import { randomUUID } from 'node:crypto'
import type { Account } from '../standings.js'
import type { SecretWorld } from '../world.js'
import type { Path } from './model.js'
import {
  type Answer,
  INBOX,
  LIST,
  NODE,
  NODES,
  OPEN_AUDIT,
  QUALITY,
  QUALITY_RESULT,
  QUEUE_BOARD,
  RUN_ENGINE,
  told,
  type Viewer,
} from './viewer.js'

export interface Probe {
  readonly path: Path
  ask(viewer: Viewer): Promise<string>
}

const SORTS = ['RECEIVED_ASC', 'RECEIVED_DESC', 'ACCOUNT_ASC', 'DISCHARGED_ASC', 'CHARGES_DESC'] as const

/** What of a chart's things is found by its id. */
async function idsOf(world: SecretWorld, chartId: string): Promise<string[]> {
  const ids: string[] = []
  for (const table of [
    'document',
    'document_version',
    'suggestion',
    'comment',
    'pend',
    'submission',
    'audit',
    'finding',
  ])
    for (const { id } of await world.server.db.ownerSql.unsafe<{ id: string }[]>(
      `select id from ${table} where chart_id = $1 order by id limit 6`,
      [chartId],
    ))
      ids.push(id)
  return ids
}

/**
 * Questions about one chart, and of lists in which it may stand. Drawn before the change and asked in both worlds: what
 * they hold of ids and cursors is the same in both.
 */
export async function probesOf(
  world: SecretWorld,
  chartName: string,
  random: (n: number) => number,
): Promise<readonly Probe[]> {
  const { ownerSql } = world.server.db
  const id = world.charts.get(chartName)!
  const standing = world.standings.get(chartName)!
  const one = <T>(items: readonly T[]): T => items[random(items.length)]!
  const list = (path: Path, variables: Record<string, unknown>): Probe => ({
    path,
    ask: async (viewer) => told(await viewer.graphql(LIST, variables)),
  })
  const sort = one(SORTS)
  const waitsFor = one(['CODER', 'AUDITOR', 'ME'])
  const statuses = ['READY', 'IN_CODING', 'PENDED', 'SUBMITTED', 'EXPORTED', 'REOPENED']
  const log = await ownerSql<{ cursor: string }[]>`
    select cursor from chart_event where stream_id = ${id} and 'WORK' = any(classes) order by seq`
  const [row] = await ownerSql<{ accountNumber: string }[]>`select account_number from chart where id = ${id}`
  const exports = await ownerSql<{ id: string }[]>`select id from export_record where chart_id = ${id} order by id`
  const things = await idsOf(world, id)
  const results = await ownerSql<{ id: string }[]>`select id from quality_result where chart_id = ${id} order by id`
  // Sent again under the id under which the audit was opened, or under the same id by somebody who never opened one.
  const replayed = world.sent
    .filter(({ variables }) => (variables.input as { chartId?: string }).chartId === id)
    .filter(({ query }) => query.includes(' openAudit('))
    .map(
      ({ variables }): Probe => ({ path: 'mutation', ask: async (v) => told(await v.graphql(OPEN_AUDIT, variables)) }),
    )
  const handed = new Map<Account, string>()
  return [
    {
      path: 'chart',
      ask: async (v) => told(await v.graphql(`query ($id: ID!) { chart(id: $id) { ${NODE} } }`, { id })),
    },
    {
      path: 'chart',
      async ask(v) {
        const query = `query ($id: ID!) { explainAccess(id: $id, action: read) { can masked { field reason } } }`
        const answers = await Promise.all([id, ...things].map(async (it) => told(await v.graphql(query, { id: it }))))
        return answers.join('\n')
      },
    },
    list('list', {}),
    list('filter', {
      filter: one([{ status: statuses }, { identityHold: standing.hold }, { mine: false }, { mine: true }]),
    }),
    list('filter', { filter: { patientClass: ['INPATIENT'], status: statuses } }),
    list('sort', { sort }),
    list('sort', { sort: 'RECEIVED_DESC' }),
    list('search', { filter: { accountNumber: row!.accountNumber.slice(0, 3) } }),
    // All of it but one character: it is sealed in the log of the chart too, and the database logs what it is asked.
    list('search', { filter: { accountNumber: row!.accountNumber.slice(0, -1) } }),
    list('count', { filter: { status: statuses }, first: 1 + random(25) }),
    list('count', { first: 25, sort }),
    {
      path: 'page',
      async ask(viewer) {
        const pages: string[] = []
        const first = 4
        for (let after: string | null = null, n = 0; n < 6; n++) {
          const answer: Answer = await viewer.graphql(LIST, { first, after })
          pages.push(told(answer))
          const connection = answer.data?.charts as
            | { pageInfo: { hasNextPage: boolean; endCursor: string } }
            | undefined
          if (!connection?.pageInfo.hasNextPage) break
          after = connection.pageInfo.endCursor
        }
        return pages.join('\n')
      },
    },
    {
      // A cursor that was handed out in the first world, and is presented in the second.
      path: 'cursor',
      async ask(viewer) {
        if (!handed.has(viewer.account)) {
          const { data } = await viewer.graphql(LIST, { first: 1 })
          handed.set(
            viewer.account,
            (data?.charts as { pageInfo: { endCursor: string } } | undefined)?.pageInfo.endCursor ?? '',
          )
        }
        return told(await viewer.graphql(LIST, { after: handed.get(viewer.account) || null }))
      },
    },
    {
      path: 'aggregate',
      ask: async (viewer) =>
        told(await viewer.graphql(LIST, { first: 25, filter: { facilityId: null, queueId: null } })),
    },
    { path: 'aggregate', ask: async (v) => told(await v.graphql(QUEUE_BOARD, {})) },
    { path: 'list', ask: async (v) => told(await v.graphql(INBOX, {})) },
    { path: 'quality', ask: async (v) => told(await v.graphql(QUALITY, {})) },
    {
      path: 'quality',
      ask: async (v) => told(await v.graphql(QUALITY, { waitsFor })),
    },
    ...results.map(
      (result): Probe => ({
        path: 'quality',
        ask: async (v) => told(await v.graphql(QUALITY_RESULT, { id: result.id })),
      }),
    ),
    { path: 'node', ask: async (v) => told(await v.graphql(NODES, { ids: [id, ...things] })) },
    { path: 'history', ask: (viewer) => viewer.frame({ id, after: log[0]!.cursor }) },
    { path: 'event', ask: (viewer) => viewer.frame({ id, after: log.at(-2)!.cursor }) },
    { path: 'snapshot', ask: (viewer) => viewer.frame({ id }) },
    { path: 'board', ask: (viewer) => viewer.deskFrame('board') },
    { path: 'inbox', ask: (viewer) => viewer.deskFrame('inbox') },
    {
      path: 'mutation',
      ask: async (viewer) =>
        told(await viewer.graphql(RUN_ENGINE, { input: { commandId: viewer.commandId(id), chartId: id } })),
    },
    ...replayed,
    {
      path: 'export',
      ask: async (viewer) =>
        told(
          await viewer.graphql(
            'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Export { format at sha256 submissionId content } } }',
            { ids: exports.length > 0 ? exports.map((e) => e.id) : [id] },
          ),
        ),
    },
    ...['DISPOSITION', 'PAYER'].map(
      (field): Probe => ({
        path: 'error',
        ask: async (viewer) =>
          told(
            await viewer.graphql(
              `mutation ($input: SetAbstractInput!) { setAbstract(input: $input) { __typename
                ... on AbstractChanged { base theirs theirVersion yours } ... on CommandInvalid { problems { code } } } }`,
              { input: { commandId: randomUUID(), chartId: id, field, seenVersion: 999_999, value: 'x' } },
            ),
          ),
      }),
    ),
  ]
}
