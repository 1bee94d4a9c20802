import { randomUUID } from 'node:crypto'
import { keyOf } from '../../server/patients/patient.store.js'
import { openRequest } from '../../server/auth/request.js'
import { VAULT } from '../../server/vault/service.js'
import { RawSocket } from '../app/rawSocket.js'
import { type Account, EVERYONE, LAKESIDE, mayRead, type SecretWorld, type Standing } from './world.js'

/**
 * Two worlds that differ only in what a viewer may not see give the viewer the same bytes (design.md, section 1.4).
 * The worlds are one database before and after one change, so that every id and every time in them is the same. A
 * change is judged by the table of world.ts, written from the design: never by the product.
 */

export const CLASSES = ['ROW', 'ACCOUNT_REF', 'IDENTITY', 'CLINICAL', 'QUALITY', 'MONEY'] as const
export type ChangedClass = (typeof CLASSES)[number]

/** Ways by which an answer reaches a viewer. */
export const PATHS = [
  'chart',
  'list',
  'filter',
  'sort',
  'search',
  'count',
  'page',
  'cursor',
  'aggregate',
  'node',
  'history',
  'mutation',
  'export',
  'error',
  'snapshot',
  'event',
] as const
export type Path = (typeof PATHS)[number]

export interface Change {
  readonly kind: string
  readonly class: ChangedClass
  /** The standing it is about. */
  readonly chart: string
  make(): Promise<unknown>
}

// ---- who may see it -----------------------------------------------------------------------------------------------

const SEES_MONEY: ReadonlySet<Account> = new Set(['supervisor@demo.test', 'compliance@demo.test'])

/** A chart's row at all: design.md, section 3, once more from roles and parts. */
function seesRow(account: Account, standing: Standing): boolean {
  // A privacy officer sees the metadata of every chart of the tenant, and grants the restricted ones.
  if (account === 'privacy@demo.test') return standing.tenant === 'harbor'
  return mayRead(account, standing, 'ACCOUNT_REF')
}

export function entitled(account: Account, standing: Standing, changed: ChangedClass): boolean {
  if (changed === 'ROW') return seesRow(account, standing)
  if (changed === 'MONEY')
    return seesRow(account, standing) && (SEES_MONEY.has(account) || standing.parts[account] === 'CDI')
  return mayRead(account, standing, changed)
}

// ---- what is changed ----------------------------------------------------------------------------------------------

/** A change drawn by the seed; `random(n)` is a number below n. */
export type Draw = (random: (n: number) => number) => Change

/** Every change there is, each of one class, on a chart where somebody sees it and somebody does not. */
export function changesOf(world: SecretWorld): readonly Draw[] {
  const { server, charts } = world
  const { ownerSql } = server.db
  const words = (random: (n: number) => number) => `Qz${random(2 ** 31).toString(36)}y${random(2 ** 31).toString(36)}`
  const one = <T>(random: (n: number) => number, items: readonly T[]): T => items[random(items.length)]!

  const column =
    (kind: string, changed: ChangedClass, on: readonly string[], name: string, value?: (n: number) => unknown): Draw =>
    (random) => {
      const chart = one(random, on)
      const to = value ? value(random(1_000_000)) : words(random)
      return {
        kind,
        class: changed,
        chart,
        make: () => ownerSql`update chart set ${ownerSql({ [name]: to } as never)} where id = ${charts.get(chart)!}`,
      }
    }

  const command =
    (kind: string, changed: ChangedClass, on: readonly (readonly [string, Account])[], send: Sender): Draw =>
    (random) => {
      const [chart, account] = one(random, on)
      const text = words(random)
      return { kind, class: changed, chart, make: () => send(account, charts.get(chart)!, text) }
    }
  const setField =
    (field: string): Sender =>
    async (account, chartId, value) => {
      const { data } = await world
        .as(account)
        .graphql('query ($id: ID!) { chart(id: $id) { abstractVersions { field version } } }', { id: chartId })
      const { abstractVersions } = data!.chart as { abstractVersions: { field: string; version: number }[] }
      const seenVersion = abstractVersions.find((line) => line.field === field)!.version
      await world.run(account, 'setAbstract', 'SetAbstractInput', '', { chartId, field, seenVersion, value })
    }

  const seenByMany = ['claimed', 'waiting', 'second look', 'southern', 'audited', 'given back']
  const CODING: readonly (readonly [string, Account])[] = [
    ['claimed', 'coder@demo.test'],
    ['second look', 'coder@demo.test'],
    ['southern', 'coder2@demo.test'],
    ['restricted', 'coder2@demo.test'],
  ]
  /** Seals words under the key of a chart's patient, as the product would. */
  const sealed = async (chart: string, plain: readonly (readonly [place: string, text: string])[]) => {
    const [row] = await ownerSql<{ orgId: string; patientId: string }[]>`
      select org_id, patient_id from chart where id = ${charts.get(chart)!}`
    const request = openRequest(server.app.services, world.as('supervisor@demo.test').claims)
    return request.writing(async (session) => {
      const key = await keyOf(session, row!.patientId)
      const sealer = session.services.get(VAULT).sealer(row!.orgId, row!.patientId, key)
      return plain.map(([place, text]) => Buffer.from(sealer.seal(place, text)))
    })
  }
  const identity: Draw = (random) => {
    // Neither is the first of those who see it: what comes after a cursor can hold it.
    const chart = one(random, ['second look', 'audited'])
    const familyName = words(random)
    return {
      kind: 'a name',
      class: 'IDENTITY',
      chart,
      async make() {
        const [row] = await ownerSql<{ patientId: string }[]>`
          select patient_id from chart where id = ${charts.get(chart)!}`
        const named = { familyName, givenNames: ['Odd'], birthDate: '1944-11-02', sex: 'FEMALE' }
        const [bytes] = await sealed(chart, [[`patient.identity/${row!.patientId}`, JSON.stringify(named)]])
        await ownerSql`update patient set identity = ${bytes!} where id = ${row!.patientId}`
      },
    }
  }
  const finding: Draw = (random) => {
    const text = words(random)
    return {
      kind: 'what an auditor found',
      class: 'QUALITY',
      chart: 'audited',
      async make() {
        const [row] = await ownerSql<
          { id: string }[]
        >`select id from finding where chart_id = ${charts.get('audited')!}`
        const [guideline, explanation] = await sealed('audited', [
          [`finding.guideline/${row!.id}`, text],
          [`finding.explanation/${row!.id}`, text],
        ])
        await ownerSql.begin(async (sql) => {
          await sql`set local session_replication_role = replica`
          await sql`update finding set guideline_sealed = ${guideline!}, explanation = ${explanation!} where id = ${row!.id}`
        })
      },
    }
  }
  const hiddenChart: Draw = (random) => {
    const [chart, facts] = one(random, [
      ['strange', { organisation: 'lakeside', facility: 'lake', coder: LAKESIDE }],
      ['restricted', { facility: 'north', coder: 'coder2@demo.test', restricted: true }],
      ['southern', { facility: 'south', coder: 'coder2@demo.test', queue: null }],
    ] as const)
    const accountNumber = words(random)
    return {
      kind: 'a chart more',
      class: 'ROW',
      chart,
      make: () => server.addChart({ ...facts, accountNumber, totalChargesCents: random(9_000_000) }),
    }
  }
  const hiddenRow = column('the day it came', 'ROW', ['strange', 'restricted', 'southern'], 'received_at', (n) => {
    return new Date(Date.UTC(2026, 0, 1) + n * 1_000)
  })
  const content: Draw = (random) => {
    const text = words(random)
    return {
      kind: 'what was exported',
      class: 'CLINICAL',
      chart: 'audited',
      async make() {
        const exports = await ownerSql<{ id: string }[]>`
          select id from export_record where chart_id = ${charts.get('audited')!}`
        const contents = await sealed(
          'audited',
          exports.map(({ id }) => [`export_record.content/${id}`, text]),
        )
        await ownerSql.begin(async (sql) => {
          // What left is never changed by the product; here another world is made, in which something else left.
          await sql`set local session_replication_role = replica`
          for (const [i, { id }] of exports.entries())
            await sql`update export_record set content = ${contents[i]!}, sha256 = ${text} where id = ${id}`
        })
      },
    }
  }
  const comment: Sender = async (account, chartId, text) =>
    world.run(account, 'addComment', 'AddCommentInput', '', { chartId, body: `Is it ${text}?` })

  const wait: Sender = async (account, chartId, note) =>
    world.run(account, 'pendChart', 'PendChartInput', '', { chartId, reason: 'OTHER', note })
  const HIDDEN: readonly (readonly [string, Account])[] = [
    ['restricted', 'coder2@demo.test'],
    ['strange', LAKESIDE],
  ]

  return [
    command('a reason to wait', 'ROW', HIDDEN, wait),
    column('charges', 'MONEY', seenByMany, 'total_charges_cents', (n) => n * 7),
    column('an account number', 'ACCOUNT_REF', seenByMany, 'account_number'),
    column('a payer', 'ACCOUNT_REF', seenByMany, 'payer'),
    column('a disposition', 'CLINICAL', ['claimed', 'second look', 'southern', 'audited'], 'disposition'),
    column('an attending provider', 'CLINICAL', ['claimed', 'second look', 'audited'], 'attending_provider'),
    command('a disposition, set by its coder', 'CLINICAL', CODING, setField('DISPOSITION')),
    command('an operating provider, set by its coder', 'CLINICAL', CODING, setField('OPERATING_PROVIDER')),
    command('a payer, set by its coder', 'ACCOUNT_REF', CODING, setField('PAYER')),
    command('a comment', 'CLINICAL', [...CODING, ['audited', 'coder@demo.test']], comment),
    identity,
    finding,
    hiddenChart,
    hiddenRow,
    content,
  ]
}

type Sender = (account: Account, chartId: string, text: string) => Promise<unknown>

// ---- what is asked ------------------------------------------------------------------------------------------------

const NODE = `id status identityHold accountNumber payer serviceLine disposition attendingProvider operatingProvider
  totalChargesCents receivedAt lateDocument engineState documentCount submissionCount cursor patientClass
  patient { id familyName givenNames identifiers { value } } abstractVersions { field version decidedAt }
  suggestions { id version status code performer } order { version suggestionIds } comments { id version body }
  audits { id findings { id guideline explanation } } submissions { id number warningCount snapshotSha256 }
  blindPass { id lines { id code } } access { can masked { field reason } }`
const PAGE = `totalCount pageInfo { hasNextPage endCursor } edges { cursor node { ${NODE} } }`
const LIST = `query ($filter: ChartFilter! = {}, $sort: ChartSort! = RECEIVED_ASC, $first: Int! = 25, $after: String) {
  charts(filter: $filter, sort: $sort, first: $first, after: $after) { ${PAGE} } }`
const EVENT = `cursor previous type at actor { id } chart { status payer disposition totalChargesCents
  abstractVersions { field version } access { can } } suggestion { id version code } comment { body } order { version }
  edits { key } pend { reason note } document { id version { title } }`
const STREAM = `subscription ($id: ID!, $after: String) { chartStream(chartId: $id, after: $after) { __typename
  ... on ChartSnapshot { cursor chart { status receivedAt payer accountNumber disposition totalChargesCents
    abstractVersions { field version } } suggestions { id version code } order { version } comments { body }
    documents { id version { title } } submissions { number snapshotSha256 } pends { id note } }
  ... on ChartEvents { events { ${EVENT} } } ... on ResyncRequired { reason } } }`

export interface Probe {
  readonly path: Path
  ask(viewer: Viewer): Promise<string>
}

/** One person with a socket, and what belongs to this person alone. */
export class Viewer {
  #socket: RawSocket | undefined
  #n = 0
  readonly #commands = new Map<string, string>()

  constructor(
    readonly world: SecretWorld,
    readonly account: Account,
  ) {}

  async graphql(query: string, variables: Record<string, unknown>): Promise<Answer> {
    const { status, data, errors } = await this.world.as(this.account).graphql(query, variables)
    return { status, data, errors } as Answer
  }

  /** The first frame of a stream. */
  async frame(variables: Record<string, unknown>): Promise<string> {
    this.#socket ??= await RawSocket.signedIn(this.world.server.url, await this.world.as(this.account).ticket())
    const id = String(this.#n++)
    this.#socket.subscribe(id, STREAM, variables)
    const { type, payload } = await this.#socket.answer(id)
    this.#socket.send({ type: 'complete', id })
    this.#socket.received.length = 0
    return JSON.stringify([type, payload])
  }

  /** The same command of the same person is one command, whenever it is sent. */
  commandId(of: string): string {
    const known = this.#commands.get(of) ?? randomUUID()
    this.#commands.set(of, known)
    return known
  }

  close(): void {
    this.#socket?.ws.close()
  }
}

interface Answer {
  readonly status: number
  readonly data: Record<string, unknown> | null
  readonly errors: unknown
}

/** Sealed cursors are random by nature: compared by their place and their length alone. */
const told = ({ status, data, errors }: Answer): string =>
  JSON.stringify([status, data, errors]).replace(
    /("(?:cursor|endCursor)":)"([A-Za-z0-9_-]{40,})"/g,
    (_all, key: string, cursor: string) =>
      /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(cursor) ? `${key}"${cursor}"` : `${key}"${cursor.length}"`,
  )

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

const NODES = `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id
  ... on Chart { ${NODE} } ... on Suggestion { version code } ... on Comment { body version }
  ... on Audit { findings { id guideline } } ... on Finding { explanation guideline }
  ... on Submission { snapshotSha256 warningCount } ... on DocumentVersion { title text } ... on Pend { note } } }`
const OUTCOME = `{ __typename ... on ChartSaved { chart { ${NODE} } } ... on AlreadyDone { chart { ${NODE} } }
  ... on CommandInvalid { problems { code message field } } }`

const RUN_ENGINE = `mutation ($input: ChartCommandInput!) { runEngine(input: $input) ${OUTCOME} }`
const OPEN_AUDIT = `mutation ($input: OpenAuditInput!) { openAudit(input: $input) { __typename
  ... on AuditOpened { audit { id findings { id guideline explanation } } } ... on CommandInvalid { problems { code } } } }`

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
  const statuses = ['READY', 'IN_CODING', 'PENDED', 'SUBMITTED', 'EXPORTED', 'REOPENED']
  const log = await ownerSql<{ cursor: string }[]>`
    select cursor from chart_event where stream_id = ${id} and 'WORK' = any(classes) order by seq`
  const [row] = await ownerSql<{ accountNumber: string }[]>`select account_number from chart where id = ${id}`
  const exports = await ownerSql<{ id: string }[]>`select id from export_record where chart_id = ${id} order by id`
  const things = await idsOf(world, id)
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
    list('search', { filter: { accountNumber: row!.accountNumber } }),
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
    { path: 'node', ask: async (v) => told(await v.graphql(NODES, { ids: [id, ...things] })) },
    { path: 'history', ask: (viewer) => viewer.frame({ id, after: log[0]!.cursor }) },
    { path: 'event', ask: (viewer) => viewer.frame({ id, after: log.at(-2)!.cursor }) },
    { path: 'snapshot', ask: (viewer) => viewer.frame({ id }) },
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

// ---- comparing ----------------------------------------------------------------------------------------------------

export interface Compared {
  readonly changes: number
  readonly asked: number
  /** Triples of a viewer who may not see the change, a query whose answer changed for one who may, and the change. */
  readonly counted: number
  readonly differing: readonly Difference[]
  /** Counted triples by `path/class`. */
  readonly cells: ReadonlyMap<string, number>
  /** Milliseconds of the answers of counted triples, in the first world and in the second. */
  readonly times: readonly [number[], number[]]
}

export interface Difference {
  readonly account: Account
  readonly path: Path
  readonly class: ChangedClass
  readonly kind: string
  readonly chart: string
  readonly before: string
  readonly after: string
}

/** Every command that is sent again has its outcome. No engine runs on this server: nothing changes by itself. */
async function settle(world: SecretWorld, viewers: readonly Viewer[]): Promise<void> {
  for (const viewer of viewers)
    for (const id of world.charts.values())
      await viewer.graphql(RUN_ENGINE, { input: { commandId: viewer.commandId(id), chartId: id } })
}

/**
 * Makes random changes, each kind at least once, until enough triples count or so many changes are made.
 * @param until `unentitled`: of those who may not see a change so many are asked, drawn anew for each
 */
export async function compareWorlds(
  world: SecretWorld,
  random: (n: number) => number,
  until: { readonly triples: number; readonly changes: number; readonly unentitled: number },
  onProgress: (counted: number) => void = () => {},
): Promise<Compared> {
  const draws = changesOf(world)
  const viewers = EVERYONE.map((account) => new Viewer(world, account))
  const cells = new Map<string, number>()
  const differing: Difference[] = []
  const times: [number[], number[]] = [[], []]
  let [changes, counted, asked] = [0, 0, 0]
  const ask = async (probes: readonly Probe[], asking: readonly Viewer[]) => {
    const answers = new Map<Account, { text: string; ms: number }[]>()
    await Promise.all(
      asking.map(async (viewer) => {
        const own: { text: string; ms: number }[] = []
        for (const probe of probes) {
          const begun = performance.now()
          const text = await probe.ask(viewer)
          own.push({ text, ms: performance.now() - begun })
          asked++
        }
        answers.set(viewer.account, own)
      }),
    )
    return answers
  }
  try {
    await settle(world, viewers)
    while (changes < draws.length || (counted < until.triples && changes < until.changes)) {
      // Each kind once in a row, in an order the seed decides, so that none is left to luck.
      const change = draws[changes % draws.length]!(random)
      const probes = await probesOf(world, change.chart, random)
      const standing = world.standings.get(change.chart)!
      const [may, mayNot] = [true, false].map((wanted) =>
        viewers.filter(({ account }) => entitled(account, standing, change.class) === wanted),
      ) as [Viewer[], Viewer[]]
      while (mayNot.length > until.unentitled) mayNot.splice(random(mayNot.length), 1)
      const before = await ask(probes, [...may, ...mayNot])
      await change.make()
      const after = await ask(probes, [...may, ...mayNot])
      changes++
      for (const [i, probe] of probes.entries()) {
        const changed = may.some(({ account }) => before.get(account)![i]!.text !== after.get(account)![i]!.text)
        if (!changed) continue
        for (const { account } of mayNot) {
          const [first, second] = [before.get(account)![i]!, after.get(account)![i]!]
          counted++
          times[0].push(first.ms)
          times[1].push(second.ms)
          const cell = `${probe.path}/${change.class}`
          cells.set(cell, (cells.get(cell) ?? 0) + 1)
          if (first.text !== second.text)
            differing.push({
              account,
              path: probe.path,
              class: change.class,
              kind: change.kind,
              chart: change.chart,
              before: first.text,
              after: second.text,
            })
        }
      }
      onProgress(counted)
    }
  } finally {
    for (const viewer of viewers) viewer.close()
  }
  return { changes, asked, counted, differing, cells, times }
}
