import { randomUUID } from 'node:crypto'
import { type ExecutionResult, execute, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSchema } from '../../server/app/buildSchema.js'
import { openAudit } from '../../server/audits/openAudit.command.js'
import { recordFinding } from '../../server/audits/recordFinding.command.js'
import { createPageCursors, PAGE_CURSORS } from '../../server/auth/pageCursor.js'
import { openSecondLook } from '../../server/audits/openSecondLook.command.js'
import { decideOnSuggestion } from '../../server/suggestions/decideOnSuggestion.command.js'
import { Follower } from '../review/streamSupport.js'
import {
  type AddedChart,
  addChart,
  type ChartFacts,
  type ChartWorld,
  chartWorld,
  eventTypes,
  memberId,
  requestAs,
  SUBMITTABLE,
  submit,
} from '../support/charts.js'

/** docs/audits.md, end to end through the contract: closing, own results, disputes, and whom they are told. */

const CODER = 'coder@demo.test'
const CODER2 = 'coder2@demo.test'
const REVIEWER = 'reviewer@demo.test'
const AUDITOR = 'auditor@demo.test'
const COMPLIANCE = 'compliance@demo.test'
const WORDS = 'Quillfeather was never treated for it.'
const DAY = 86_400_000

const schema = buildSchema()
let world: ChartWorld
beforeAll(async () => {
  world = await chartWorld()
  world.services.provide(PAGE_CURSORS, createPageCursors(world.db.vault.derive('page cursors')))
})
afterAll(() => world.close())

interface Result {
  readonly id: string
  readonly auditId: string
  readonly chartId: string
  readonly accountNumber: string | null
  readonly member: { displayName: string }
  readonly score: { headline: { numerator: number; denominator: number }; overCoded: number }
  readonly recordedScore: Result['score']
  readonly findings: readonly {
    readonly id: string
    readonly version: number
    readonly state: string
    readonly explanation: string | null
    readonly can: readonly string[]
    readonly submitted: { code: string; evidence: { quote: string }[] } | null
    readonly history: readonly { type: string; comment: string | null }[]
  }[]
  readonly masked: readonly { field: string }[]
}

const FINDING = `id version state kind element explanation guideline dueAt can history { type reason comment by { id } }
  submitted { code title evidence { quote } } proposed { code title evidence { quote } }`
const RESULTS = `query ($first: Int! = 25, $after: String, $waitsFor: QualityWait) {
  qualityResults(first: $first, after: $after, waitsFor: $waitsFor) { pageInfo { hasNextPage endCursor } edges { cursor node {
    id auditId chartId accountNumber facility { name } member { displayName } auditor { displayName } reason
    score { policy policyVersion headline { numerator denominator } measures { name } overCoded underCoded }
    recordedScore { headline { numerator denominator } overCoded } findings { ${FINDING} } masked { field } } } } }`

async function run(email: string, document: string, variables: Record<string, unknown> = {}): Promise<ExecutionResult> {
  const request = requestAs(world, email)
  const result = (await execute({
    schema,
    document: parse(document),
    variableValues: variables,
    contextValue: request,
  })) as ExecutionResult
  await request.close()
  return result
}

async function resultsOf(email: string, variables: Record<string, unknown> = {}): Promise<Result[]> {
  const { data, errors } = await run(email, RESULTS, variables)
  if (errors) throw errors[0]!
  return (data!.qualityResults as { edges: { node: Result }[] }).edges.map(({ node }) => node)
}

/** The outcome of a command on a finding: its name and the code of its problem, or the code of the error. */
async function say(email: string, name: string, input: Record<string, unknown>): Promise<string> {
  const type =
    ({ acknowledgeFinding: 'FindingCommandInput' } as Record<string, string>)[name] ??
    `${name[0]!.toUpperCase()}${name.slice(1)}Input`
  const { data, errors } = await run(
    email,
    `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on CommandInvalid { problems { code } } } }`,
    { input: { commandId: randomUUID(), ...input } },
  )
  const error = errors?.[0]?.originalError as { code?: string; detail?: { reason?: string } } | undefined
  if (error) return [error.code, error.detail?.reason].filter(Boolean).join(':')
  const outcome = data![name] as { __typename: string; problems?: { code: string }[] }
  return outcome.problems?.[0]?.code ?? outcome.__typename
}

async function audited(facts: ChartFacts = {}, by = AUDITOR): Promise<AddedChart & { auditId: string }> {
  const chart = await addChart(world, { coder: CODER, lines: SUBMITTABLE, ...facts })
  await submit(world, facts.coder ?? CODER, chart.chartId)
  const opened = await openAudit(requestAs(world, by), {
    commandId: randomUUID(),
    chartId: chart.chartId,
    reason: 'RANDOM_SAMPLE',
  })
  if (opened.kind !== 'AuditOpened') throw new Error(JSON.stringify(opened))
  return { ...chart, auditId: opened.auditId }
}

async function found(chart: AddedChart & { auditId: string }, line = 1, by = AUDITOR): Promise<string> {
  const outcome = await recordFinding(requestAs(world, by), {
    commandId: randomUUID(),
    auditId: chart.auditId,
    element: line === 0 ? 'PRINCIPAL_DIAGNOSIS' : 'SECONDARY_DIAGNOSIS',
    kind: 'DELETE',
    suggestionId: chart.suggestionIds[line]!,
    explanation: WORDS,
  })
  if (outcome.kind !== 'FindingRecorded') throw new Error(JSON.stringify(outcome))
  return outcome.findingId
}

const close = (chart: { auditId: string }, seenVersion = 2, by = AUDITOR) =>
  say(by, 'closeAudit', { auditId: chart.auditId, seenVersion })

/** A closed audit with one finding against the coder's second code. */
async function judged(facts: ChartFacts = {}) {
  const chart = await audited(facts)
  const findingId = await found(chart)
  expect(await close(chart)).toBe('AuditClosed')
  return { ...chart, findingId }
}

const mine = async (email: string, auditId: string) => (await resultsOf(email)).filter((it) => it.auditId === auditId)
const dispute = (email: string, findingId: string, seenVersion = 1) =>
  say(email, 'disputeFinding', { findingId, seenVersion, reason: 'GUIDELINE_READ_OTHERWISE', comment: 'See I.A.19.' })

describe('closeAudit (rules 1 to 4)', () => {
  it('closes one’s own audit once, on the ledger that was seen, into its own log alone', async () => {
    const chart = await audited()
    await found(chart)
    const log = await eventTypes(world, chart.chartId)
    expect(await close(chart, 1)).toBe('AuditChanged')
    expect(await close(chart)).toBe('AuditClosed')
    expect(await close(chart, 3)).toBe('AUDIT_CLOSED')
    expect(await eventTypes(world, chart.auditId)).toEqual(['AUDIT_OPENED', 'FINDING_RECORDED', 'AUDIT_CLOSED'])
    expect(await eventTypes(world, chart.chartId)).toEqual(log)
    await expect(world.db.ownerSql`update audit set status = 'OPEN' where id = ${chart.auditId}`).rejects.toThrow(
      'stays closed',
    )
    await expect(
      world.db.ownerSql`update quality_result set closed_at = now() where audit_id = ${chart.auditId}`,
    ).rejects.toThrow()
  })

  it('is the auditor’s own; to whoever sees no quality the audit is not there', async () => {
    const chart = await audited()
    expect(await close(chart, 1, COMPLIANCE)).toBe('FORBIDDEN:NOT_ASSIGNED')
    const absent = await close({ auditId: randomUUID() }, 1, CODER)
    expect(absent).toBe('NOT_FOUND')
    for (const email of [CODER, CODER2, 'supervisor@demo.test', 'lakeside@demo.test'])
      expect(await close(chart, 1, email)).toBe(absent)
  })

  it('ends the auditor’s part and narrows open streams; a dispute gives it back until it is answered', async () => {
    const chart = await audited()
    await found(chart)
    const sees = async () => {
      const { data } = await run(
        AUDITOR,
        'query ($id: ID!) { chart(id: $id) { patient { familyName } audits { id } } }',
        {
          id: chart.chartId,
        },
      )
      const { patient, audits } = data!.chart as { patient: { familyName: string | null }; audits: object[] | null }
      return [patient.familyName !== null, audits !== null]
    }
    const stream = await Follower.on(world, AUDITOR, chart.chartId)
    const changes = () => stream.items.flatMap((it) => (it.__typename === 'AccessChanged' ? [it.change] : []))
    const changed = async (...to: string[]) => {
      await stream.until(() => changes().length >= to.length)
      expect(changes()).toEqual(to)
    }
    await stream.untilType('ChartSnapshot')
    expect(await sees()).toEqual([true, true])
    expect(await close(chart)).toBe('AuditClosed')
    await changed('NARROWED')
    expect(await sees()).toEqual([false, false])
    expect(await mine(AUDITOR, chart.auditId)).toHaveLength(1)
    const [{ id: findingId }] = (await world.db
      .ownerSql`select id from finding where audit_id = ${chart.auditId}`) as unknown as [{ id: string }]
    expect(await dispute(CODER, findingId)).toBe('FindingSaved')
    await changed('NARROWED', 'RESTORED')
    expect(await sees()).toEqual([true, true])
    const answer = { findingId, seenVersion: 2, answer: 'UPHOLD', comment: 'It stands.' }
    expect(await say(AUDITOR, 'answerDispute', answer)).toBe('FindingSaved')
    await changed('NARROWED', 'RESTORED', 'NARROWED')
    expect(await sees()).toEqual([false, false])
    await stream.stop()
    const [{ n }] = (await world.db.ownerSql`select count(*)::int as n from assignment
      where chart_id = ${chart.chartId} and part = 'AUDITOR' and ended_at is null`) as unknown as [{ n: number }]
    expect(n).toBe(0)
  })

  it('answers a command that is sent again with its first outcome', async () => {
    const chart = await audited()
    const commandId = randomUUID()
    const send = () => say(AUDITOR, 'closeAudit', { commandId, auditId: chart.auditId, seenVersion: 1 })
    expect([await send(), await send()]).toEqual(['AuditClosed', 'AuditClosed'])
    const [count] = await world.db
      .ownerSql`select count(*)::int as n from quality_result where audit_id = ${chart.auditId}`
    expect(count).toEqual({ n: 1 })
  })
})

describe('own results (rules 5 to 8)', () => {
  it('are told to the person they judge with score, words and codes, and to no colleague', async () => {
    const chart = await judged()
    const [own] = await mine(CODER, chart.auditId)
    expect(own).toMatchObject({
      accountNumber: chart.accountNumber,
      score: {
        policy: 'UNION',
        policyVersion: 1,
        headline: { numerator: 1, denominator: 2 },
        overCoded: 1,
        underCoded: 0,
      },
      findings: [
        {
          id: chart.findingId,
          version: 1,
          state: 'RECORDED',
          explanation: WORDS,
          can: ['ACKNOWLEDGE', 'DISPUTE'],
          submitted: { code: 'E11.9', evidence: [{ quote: 'Type 2 diabetes mellitus' }] },
          proposed: null,
        },
      ],
      masked: [],
    })
    for (const email of [
      CODER2,
      REVIEWER,
      'supervisor@demo.test',
      'privacy@demo.test',
      'admin@demo.test',
      'cdi@demo.test',
    ])
      expect(await mine(email, chart.auditId), email).toEqual([])
    const [seen] = await mine(COMPLIANCE, chart.auditId)
    expect(seen).toMatchObject({ id: own!.id, findings: [{ explanation: WORDS, can: [] }] })
  })

  it('are there from the closing on, not before', async () => {
    const chart = await audited()
    await found(chart)
    expect(await mine(CODER, chart.auditId)).toEqual([])
    expect(await close(chart)).toBe('AuditClosed')
    expect(await mine(CODER, chart.auditId)).toHaveLength(1)
  })

  it('hold whoever last decided a line, each for their own lines and no other’s', async () => {
    const chart = await addChart(world, {
      coder: CODER,
      lines: [...SUBMITTABLE, { code: 'J18.9', poa: 'Y', evidence: [{ words: 'pneumonia' }] }],
    })
    await openSecondLook(requestAs(world, REVIEWER), { commandId: randomUUID(), chartId: chart.chartId })
    const accepted = await decideOnSuggestion(requestAs(world, REVIEWER), {
      commandId: randomUUID(),
      suggestionId: chart.suggestionIds[2]!,
      seenVersion: 1,
      decision: 'ACCEPT',
      poa: 'Y',
    })
    expect(accepted).toMatchObject({ kind: 'SuggestionDecided' })
    await submit(world, CODER, chart.chartId)
    const opened = await openAudit(requestAs(world, AUDITOR), {
      commandId: randomUUID(),
      chartId: chart.chartId,
      reason: 'FOCUSED',
    })
    const withAudit = { ...chart, auditId: (opened as { auditId: string }).auditId }
    const [ofCoder, ofReviewer] = [await found(withAudit, 1), await found(withAudit, 2)]
    expect(await close(withAudit, 3)).toBe('AuditClosed')
    const [coder] = await mine(CODER, withAudit.auditId)
    const [reviewer] = await mine(REVIEWER, withAudit.auditId)
    expect(coder).toMatchObject({ findings: [{ id: ofCoder }], score: { headline: { numerator: 1, denominator: 2 } } })
    expect(reviewer).toMatchObject({
      findings: [{ id: ofReviewer }],
      score: { headline: { numerator: 0, denominator: 1 } },
    })
    expect(await dispute(REVIEWER, ofCoder)).toBe('NOT_FOUND')
    expect(await mine(COMPLIANCE, withAudit.auditId)).toHaveLength(2)
    expect(await mine(AUDITOR, withAudit.auditId)).toHaveLength(2)
  })

  it('stay with a coder who has the chart no more: the quality, without what the chart alone opens', async () => {
    const chart = await judged()
    await world.db.ownerSql`update chart set coder_of_record_id = ${memberId(world, CODER2)}, queue_id = null,
      access_epoch = access_epoch + 1 where id = ${chart.chartId}`
    const [own] = await mine(CODER, chart.auditId)
    expect(own).toMatchObject({ accountNumber: null, findings: [{ explanation: WORDS, submitted: null }] })
    expect(own!.masked.map((it) => it.field).sort()).toEqual(['accountNumber', 'facility'])
    // The next coder is a colleague.
    expect(await mine(CODER2, chart.auditId)).toEqual([])
    expect(await dispute(CODER, chart.findingId)).toBe('FindingSaved')
  })

  it('are not there on a restricted chart without a part on it, nor for whoever lost the role or the facility', async () => {
    const chart = await judged()
    const at = (set: object) =>
      world.db.ownerSql`update chart set ${world.db.ownerSql(set as never)} where id = ${chart.chartId}`
    await at({ restricted: true })
    expect(await mine(CODER, chart.auditId)).toHaveLength(1)
    expect(await mine(COMPLIANCE, chart.auditId)).toEqual([])
    await at({ coderOfRecordId: memberId(world, CODER2) })
    expect(await mine(CODER, chart.auditId)).toEqual([])
    expect(await dispute(CODER, chart.findingId)).toBe('NOT_FOUND')
    await at({ coderOfRecordId: memberId(world, CODER), restricted: false })
    const me = memberId(world, CODER)
    await world.db.ownerSql`update member set roles = '{CDI}' where id = ${me}`
    expect(await resultsOf(CODER)).toEqual([])
    await world.db.ownerSql`update member set roles = '{CODER}' where id = ${me}`
    expect(await mine(CODER, chart.auditId)).toHaveLength(1)
  })
})

describe('a finding about oneself (rules 9 to 14)', () => {
  it('is acknowledged by the person alone, once', async () => {
    const chart = await judged()
    const acknowledge = (email: string, seenVersion: number) =>
      say(email, 'acknowledgeFinding', { findingId: chart.findingId, seenVersion })
    expect(await acknowledge(AUDITOR, 1)).toBe('FORBIDDEN:ROLE')
    expect(await acknowledge(COMPLIANCE, 1)).toBe('FORBIDDEN:ROLE')
    expect(await acknowledge(CODER2, 1)).toBe('NOT_FOUND')
    expect(await acknowledge(CODER, 2)).toBe('FindingChanged')
    expect(await acknowledge(CODER, 1)).toBe('FindingSaved')
    expect(await acknowledge(CODER, 2)).toBe('FINDING_STATE')
    expect((await eventTypes(world, chart.auditId)).at(-1)).toBe('FINDING_ACKNOWLEDGED')
  })

  it('is disputed with words until it is due, and the auditor who agrees re-scores it, both values kept', async () => {
    const chart = await judged()
    expect(
      await say(CODER, 'disputeFinding', {
        findingId: chart.findingId,
        seenVersion: 1,
        reason: 'FACILITY_POLICY',
        comment: ' ',
      }),
    ).toBe('BAD_INPUT')
    expect(await dispute(CODER, chart.findingId)).toBe('FindingSaved')
    expect((await resultsOf(AUDITOR, { waitsFor: 'AUDITOR' })).map((it) => it.auditId)).toContain(chart.auditId)
    const answer = { findingId: chart.findingId, seenVersion: 2, answer: 'AGREE', comment: 'You are right.' }
    expect(await say(CODER, 'answerDispute', answer)).toBe('FORBIDDEN:ROLE')
    expect(await say(AUDITOR, 'answerDispute', answer)).toBe('FindingSaved')
    const [own] = await mine(CODER, chart.auditId)
    expect(own).toMatchObject({
      score: { headline: { numerator: 2, denominator: 2 }, overCoded: 0 },
      recordedScore: { headline: { numerator: 1, denominator: 2 }, overCoded: 1 },
      findings: [
        { state: 'OVERTURNED', can: [], history: [{ comment: 'See I.A.19.' }, { comment: 'You are right.' }] },
      ],
    })
    expect((await eventTypes(world, chart.auditId)).slice(-2)).toEqual(['FINDING_DISPUTED', 'FINDING_DECIDED'])
    const sealed = await world.db.ownerSql<
      { comment: Uint8Array }[]
    >`select comment from finding_step where comment is not null`
    for (const { comment } of sealed) expect(Buffer.from(comment).includes('You are right')).toBe(false)
  })

  it('goes past its due date as it is, though another clock would allow it', async () => {
    const chart = await judged()
    world.clock.advance(8 * DAY)
    expect(await dispute(CODER, chart.findingId)).toBe('PAST_DUE')
    expect((await mine(CODER, chart.auditId))[0]!.findings[0]).toMatchObject({ state: 'RECORDED', can: [] })
    expect((await resultsOf(CODER, { waitsFor: 'CODER' })).map((it) => it.auditId)).not.toContain(chart.auditId)
  })

  it('is escalated where the auditor stands by it, and decided by somebody who is neither', async () => {
    const chart = await judged()
    const of = (seenVersion: number, more: object = {}) => ({
      findingId: chart.findingId,
      seenVersion,
      comment: 'Why.',
      ...more,
    })
    expect(await say(CODER, 'escalateFinding', of(1))).toBe('FINDING_STATE')
    expect(await dispute(CODER, chart.findingId)).toBe('FindingSaved')
    expect(await say(AUDITOR, 'answerDispute', of(2, { answer: 'UPHOLD' }))).toBe('FindingSaved')
    expect((await mine(CODER, chart.auditId))[0]!.findings[0]!.can).toEqual(['ACKNOWLEDGE', 'ESCALATE'])
    expect(await say(COMPLIANCE, 'decideDispute', of(3, { verdict: 'OVERTURN' }))).toBe('FINDING_STATE')
    expect(await say(CODER, 'escalateFinding', of(3))).toBe('FindingSaved')
    expect((await resultsOf(COMPLIANCE, { waitsFor: 'DECIDER' })).map((it) => it.auditId)).toEqual([chart.auditId])
    expect(await say(AUDITOR, 'decideDispute', of(4, { verdict: 'CONFIRM' }))).toBe('FORBIDDEN:SEPARATION_OF_DUTIES')
    expect(await say(CODER, 'decideDispute', of(4, { verdict: 'OVERTURN' }))).toBe('FORBIDDEN:SEPARATION_OF_DUTIES')
    expect(await say(COMPLIANCE, 'decideDispute', of(4, { verdict: 'CONFIRM' }))).toBe('FindingSaved')
    expect((await mine(CODER, chart.auditId))[0]).toMatchObject({
      score: { headline: { numerator: 1, denominator: 2 } },
      findings: [{ state: 'CONFIRMED', version: 5, can: [] }],
    })
  })

  it('is decided by no auditor or coder of it who has the right besides', async () => {
    const chart = await judged()
    expect(await dispute(CODER, chart.findingId)).toBe('FindingSaved')
    expect(
      await say(AUDITOR, 'answerDispute', {
        findingId: chart.findingId,
        seenVersion: 2,
        answer: 'ESCALATE',
        comment: 'You say.',
      }),
    ).toBe('FindingSaved')
    const decide = (email: string) =>
      say(email, 'decideDispute', { findingId: chart.findingId, seenVersion: 3, verdict: 'CONFIRM', comment: 'So.' })
    for (const [email, own] of [
      [AUDITOR, 'AUDITOR'],
      [CODER, 'CODER'],
    ] as const) {
      const id = memberId(world, email)
      await world.db.ownerSql`update member set roles = ${[own, 'COMPLIANCE']} where id = ${id}`
      expect((await mine(email, chart.auditId))[0]!.findings[0]!.can).toEqual([])
      expect(await decide(email)).toBe('FORBIDDEN:SEPARATION_OF_DUTIES')
      await world.db.ownerSql`update member set roles = ${[own]} where id = ${id}`
    }
    expect(await decide(COMPLIANCE)).toBe('FindingSaved')
  })

  it('shows in `can` exactly what its commands let through', async () => {
    const chart = await judged()
    const commands = [
      ['ACKNOWLEDGE', 'acknowledgeFinding', {}],
      ['DISPUTE', 'disputeFinding', { reason: 'FACILITY_POLICY', comment: 'x' }],
      ['ESCALATE', 'escalateFinding', { comment: 'x' }],
      ['ANSWER', 'answerDispute', { answer: 'UPHOLD', comment: 'x' }],
      ['DECIDE', 'decideDispute', { verdict: 'CONFIRM', comment: 'x' }],
    ] as const
    // Along the longest way a finding can go, everybody tries everything that is not the next step.
    const way = [
      [CODER, 'DISPUTE'],
      [AUDITOR, 'ANSWER'],
      [CODER, 'ESCALATE'],
      [COMPLIANCE, 'DECIDE'],
    ] as const
    for (const [i, [whose, next]] of way.entries()) {
      for (const email of [CODER, AUDITOR, COMPLIANCE]) {
        const { can, version } = (await mine(email, chart.auditId))[0]!.findings[0]!
        expect(version).toBe(i + 1)
        for (const [act, name, input] of commands) {
          if (can.includes(act)) continue
          const outcome = await say(email, name, { findingId: chart.findingId, seenVersion: version, ...input })
          expect(outcome, `${email} ${act}`).toMatch(/^(FORBIDDEN|FINDING_STATE)/)
        }
        expect(can.includes(next)).toBe(email === whose)
      }
      const [, name, input] = commands.find(([act]) => act === next)!
      expect(await say(whose, name, { findingId: chart.findingId, seenVersion: i + 1, ...input })).toBe('FindingSaved')
    }
  })
})

describe('the list', () => {
  it('is paged by sealed cursors bound to its viewer and filter, and takes as many statements for many as for one', async () => {
    for (let i = 0; i < 3; i++) await judged()
    const all = (await resultsOf(CODER, { first: 100 })).map((it) => it.id)
    const paged: string[] = []
    let after: string | null = null
    for (;;) {
      const { data } = await run(CODER, RESULTS, { first: 2, after })
      const page = data!.qualityResults as {
        edges: { node: Result }[]
        pageInfo: { hasNextPage: boolean; endCursor: string }
      }
      paged.push(...page.edges.map(({ node }) => node.id))
      if (!page.pageInfo.hasNextPage) break
      after = page.pageInfo.endCursor
    }
    expect(paged).toEqual(all)
    expect(new Set(all).size).toBe(all.length)
    expect((await run(COMPLIANCE, RESULTS, { after })).errors?.[0]?.originalError).toMatchObject({ code: 'BAD_INPUT' })
    expect((await run(CODER, RESULTS, { after, waitsFor: 'CODER' })).errors?.[0]?.originalError).toMatchObject({
      code: 'BAD_INPUT',
    })
    // What waits for the viewer is exactly that in which the viewer can say something now.
    for (const email of [CODER, AUDITOR, COMPLIANCE, 'coder2@demo.test', 'admin@demo.test']) {
      const every = await resultsOf(email, { first: 100 })
      const mine = every.filter((it) => it.findings.some((one) => one.can.length > 0)).map((it) => it.id)
      expect((await resultsOf(email, { first: 100, waitsFor: 'ME' })).map((it) => it.id)).toEqual(mine)
      if (email === CODER) expect([mine.length > 0, mine.length < every.length]).toEqual([true, true])
    }
    for (const first of [0, 101])
      await expect(resultsOf(CODER, { first })).rejects.toMatchObject({ originalError: { code: 'BAD_INPUT' } })
    const sent = async (first: number) => {
      const before = world.db.statements.length
      await resultsOf(CODER, { first })
      return world.db.statements.slice(before).length
    }
    await sent(100)
    expect([await sent(2), await sent(100)]).toEqual([COUNT, COUNT])
  })
})

/** Session, page, charts, audits, findings, their steps, texts. */
const COUNT = 7
