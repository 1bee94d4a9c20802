import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHART_STATUSES, type ChartAction, type ChartStatus } from '../../schema/values.js'
import type { AddedChart } from '../support/charts.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'
import { HARBOR } from './standings.js'

/**
 * What `access.can` says and what the server does are one: in every state of a chart, for everybody, an act that is
 * listed is not refused, and one that is not listed is refused and changes nothing.
 */

let server: TestServer
const people = new Map<string, TestPerson>()
beforeAll(async () => {
  server = await testServer()
  for (const account of HARBOR) people.set(account, await server.signInAs(account))
})
afterAll(() => server.close())

const PARTS = { 'reviewer@demo.test': 'SECOND_LOOK', 'auditor@demo.test': 'AUDITOR', 'cdi@demo.test': 'CDI' } as const

/**
 * One command for each act, as a client would send it. `recordFinding` needs an audit that somebody opened, and
 * `unlabelDocument` a label.
 */
const COMMANDS: Readonly<
  Record<
    Exclude<ChartAction, 'read' | 'recordFinding' | 'unlabelDocument'>,
    readonly [string, string, (c: Made) => object]
  >
> = {
  claim: ['claimChart', 'ChartCommandInput', ofChart],
  release: ['releaseChart', 'ChartCommandInput', ofChart],
  decide: [
    'decideOnSuggestion',
    'DecideOnSuggestionInput',
    (c) => ({ suggestionId: c.line, seenVersion: 1, decision: 'ACCEPT' }),
  ],
  add: ['addSuggestion', 'AddSuggestionInput', (c) => ({ ...ofChart(c), system: 'ICD10CM', code: 'E11.9' })],
  reorder: [
    'reorderSuggestions',
    'ReorderSuggestionsInput',
    (c) => ({ ...ofChart(c), seenVersion: 1, suggestionIds: [] }),
  ],
  abstract: ['setAbstract', 'SetAbstractInput', (c) => ({ ...ofChart(c), field: 'PAYER', seenVersion: 1, value: 'X' })],
  override: ['overrideEdit', 'OverrideEditInput', (c) => ({ ...ofChart(c), editKey: 'x', reason: 'x' })],
  comment: ['addComment', 'AddCommentInput', (c) => ({ ...ofChart(c), body: 'x' })],
  pend: ['pendChart', 'PendChartInput', (c) => ({ ...ofChart(c), reason: 'QUERY' })],
  unpend: ['unpendChart', 'UnpendChartInput', ofChart],
  submit: ['submitChart', 'SubmitChartInput', (c) => ({ ...ofChart(c), seenCursor: randomUUID() })],
  return: ['returnChart', 'ReturnChartInput', (c) => ({ ...ofChart(c), note: 'x' })],
  reopen: ['reopenChart', 'ReopenChartInput', (c) => ({ ...ofChart(c), reason: 'DENIAL' })],
  export: ['exportChart', 'ExportChartInput', (c) => ({ ...ofChart(c), format: 'CSV' })],
  addDocument: ['addDocument', 'AddDocumentInput', (c) => ({ ...ofChart(c), document: DOCUMENT })],
  amendDocument: [
    'amendDocument',
    'AmendDocumentInput',
    (c) => ({ documentId: c.document, seenVersion: 1, document: DOCUMENT }),
  ],
  signDocument: ['signDocument', 'SignDocumentInput', (c) => ({ documentId: c.document, seenVersion: 1 })],
  labelDocument: [
    'labelDocument',
    'LabelDocumentInput',
    (c) => ({ documentId: c.document, seenVersion: 1, labels: ['HIV'] }),
  ],
  withdrawDocument: [
    'withdrawDocument',
    'WithdrawDocumentInput',
    (c) => ({ documentId: c.document, reason: 'DUPLICATE' }),
  ],
  runEngine: ['runEngine', 'ChartCommandInput', ofChart],
  openSecondLook: ['openSecondLook', 'ChartCommandInput', ofChart],
  openBlindPass: ['openBlindPass', 'ChartCommandInput', ofChart],
  openAudit: ['openAudit', 'OpenAuditInput', (c) => ({ ...ofChart(c), reason: 'FOCUSED' })],
  undo: ['undo', 'UndoInput', (c) => ({ suggestionId: c.line, seenVersion: 1 })],
  breakGlass: ['breakGlass', 'BreakGlassInput', (c) => ({ ...ofChart(c), reason: 'DEADLINE', note: 'x' })],
  assign: ['assignChart', 'AssignChartInput', (c) => ({ ...ofChart(c), memberId: randomUUID(), ...GIVEN })],
  askForHelp: ['askForHelp', 'AskForHelpInput', (c) => ({ suggestionId: c.line, reason: 'GUIDELINE' })],
  resolveIdentity: ['resolveIdentity', 'ResolveIdentityInput', (c) => ({ ...ofChart(c), decision: 'OTHER_PATIENT' })],
}

interface Made {
  readonly chart: string
  readonly document: string
  readonly line: string
}

function ofChart({ chart }: Made): { chartId: string } {
  return { chartId: chart }
}
const GIVEN = { part: 'CDI', reason: 'WORKLOAD' }
const DOCUMENT = {
  uploadId: randomUUID(),
  title: 'x',
  type: 'OTHER',
  authorRole: 'OTHER',
  signed: true,
  encounterPart: 'DURING',
}

interface Situation {
  readonly status: ChartStatus
  readonly hold: boolean
  /** Reviewer, auditor and CDI stand on the chart, each in their part. */
  readonly staffed: boolean
}

const SITUATIONS: readonly Situation[] = CHART_STATUSES.flatMap((status) =>
  [false, true].flatMap((hold) => [false, true].map((staffed) => ({ status, hold, staffed }))),
)

async function make({ status, hold, staffed }: Situation): Promise<Made> {
  const made: AddedChart = await server.addChart({
    status,
    identityHold: hold,
    coder: status === 'READY' ? null : 'coder@demo.test',
    documents: [{ signed: false, text: 'Essential hypertension.' }],
    lines: [{ code: 'I10' }],
  })
  const { organisationId, members } = server.demo.harbor
  if (staffed)
    for (const [account, part] of Object.entries(PARTS))
      await server.db.ownerSql`
        insert into assignment (org_id, id, chart_id, member_id, part, started_at)
        values (${organisationId}, ${randomUUID()}, ${made.chartId}, ${members[account]!.memberId}, ${part}, now())`
  return { chart: made.chartId, document: made.documents[0]!.documentId, line: made.suggestionIds[0]! }
}

async function canOf(person: TestPerson, chart: string): Promise<readonly string[] | null> {
  const answer = await person.graphql('query ($id: ID!) { chart(id: $id) { access { can } } }', { id: chart })
  return (answer.data!.chart as { access: { can: string[] } } | null)?.access.can ?? null
}

/** Whether it was let through, whatever became of it. To ask for what is so already is neither, and changes nothing. */
async function tried(
  person: TestPerson,
  action: keyof typeof COMMANDS,
  made: Made,
): Promise<'REFUSED' | 'ALREADY_DONE' | 'LET_THROUGH'> {
  const [name, type, input] = COMMANDS[action]
  const answer = await person.graphql(`mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`, {
    input: { commandId: randomUUID(), ...input(made) },
  })
  const code = answer.errors?.[0]?.extensions.code
  expect(code, `${action} ${JSON.stringify(answer.errors)}`).toBeOneOf([undefined, 'FORBIDDEN', 'NOT_FOUND'])
  if (code !== undefined) return 'REFUSED'
  return (answer.data![name] as { __typename: string }).__typename === 'AlreadyDone' ? 'ALREADY_DONE' : 'LET_THROUGH'
}

const stateOf = async (chart: string): Promise<string> => {
  const rows = await server.db.ownerSql<{ text: string }[]>`
    select c::text || s.head_seq as text from chart c join chart_stream s on s.id = c.id where c.id = ${chart}`
  return rows[0]!.text
}

describe('access.can and the server agree', () => {
  it.each(SITUATIONS)(
    'on a chart $status, hold $hold, staffed $staffed',
    async (situation) => {
      const actions = Object.keys(COMMANDS) as (keyof typeof COMMANDS)[]
      const shared = await make(situation)
      const before = await stateOf(shared.chart)
      const allowed: [string, keyof typeof COMMANDS][] = []
      for (const [account, person] of people) {
        const can = await canOf(person, shared.chart)
        for (const action of actions) {
          if (can?.includes(action)) allowed.push([account, action])
          else expect(await tried(person, action, shared), `${account} may not ${action}`).not.toBe('LET_THROUGH')
        }
        expect(await canOf(person, shared.chart)).toEqual(can)
      }
      // Nothing of all that was refused left a trace on the chart or in its log.
      expect(await stateOf(shared.chart)).toBe(before)
      for (const [account, action] of allowed)
        expect(await tried(people.get(account)!, action, await make(situation)), `${account} may ${action}`).not.toBe(
          'REFUSED',
        )
      expect(allowed.length).toBeGreaterThan(0)
    },
    120_000,
  )
})
