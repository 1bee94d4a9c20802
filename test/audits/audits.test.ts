import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AddSuggestionInput, RecordFindingInput } from '../../schema/inputs.js'
import { directoryOf } from '../../server/accounts/directory.js'
import { auditsLoader } from '../../server/audits/audit.loader.js'
import type { AuditView } from '../../server/audits/audit.model.js'
import { presentAudit } from '../../server/audits/audit.presenter.js'
import type { AuditPayload } from '../../server/audits/auditEvent.js'
import { openAudit } from '../../server/audits/openAudit.command.js'
import { openSecondLook } from '../../server/audits/openSecondLook.command.js'
import { recordFinding } from '../../server/audits/recordFinding.command.js'
import { sightOn as sightOf } from '../../server/auth/masking.js'
import { findCharts, sealerOf, seeChart } from '../../server/charts/index.js'
import { openPayload, readAfter } from '../../server/live/log.js'
import { reopenChart } from '../../server/submissions/reopenChart.command.js'
import { addSuggestion } from '../../server/suggestions/addSuggestion.command.js'
import { decideOnSuggestion } from '../../server/suggestions/decideOnSuggestion.command.js'
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

const CODER = 'coder@demo.test'
const REVIEWER = 'reviewer@demo.test'
const AUDITOR = 'auditor@demo.test'
const CANARY = 'Albumin of Quillfeather was 1.9, E44.0 is supported.'

let world: ChartWorld
beforeAll(async () => void (world = await chartWorld()))
afterAll(() => world.close())

const commandId = (): string => crypto.randomUUID()
const look = (email: string, chartId: string) =>
  openSecondLook(requestAs(world, email), { commandId: commandId(), chartId })
const audit = (email: string, chartId: string, submissionNumber?: number) =>
  openAudit(requestAs(world, email), { commandId: commandId(), chartId, reason: 'RANDOM_SAMPLE', submissionNumber })

async function submitted(facts: ChartFacts = {}): Promise<AddedChart> {
  const chart = await addChart(world, { coder: CODER, lines: SUBMITTABLE, ...facts })
  await submit(world, CODER, chart.chartId)
  return chart
}

async function audited(chartId: string, email = AUDITOR): Promise<string> {
  const outcome = await audit(email, chartId)
  if (outcome.kind !== 'AuditOpened') throw new Error(JSON.stringify(outcome))
  return outcome.auditId
}

/** What the member has standing on the chart, and its access epoch. */
async function standing(chartId: string, email: string): Promise<{ parts: string[]; epoch: number }> {
  const rows = await world.db.ownerSql<{ part: string | null; accessEpoch: number }[]>`
    select a.part, c.access_epoch from chart c
    left join assignment a on a.chart_id = c.id and a.member_id = ${memberId(world, email)} and a.ended_at is null
    where c.id = ${chartId} order by a.part`
  return { parts: rows.flatMap((row) => row.part ?? []), epoch: rows[0]!.accessEpoch }
}

describe('openSecondLook', () => {
  it('puts the reviewer on the chart once, at a new access epoch', async () => {
    const { chartId } = await addChart(world, { coder: CODER, lines: [{ code: 'I10' }] })
    const before = await standing(chartId, REVIEWER)
    expect(await look(REVIEWER, chartId)).toEqual({ kind: 'ChartSaved', chartId })
    expect(await look(REVIEWER, chartId)).toEqual({ kind: 'AlreadyDone', chartId })
    expect(await standing(chartId, REVIEWER)).toEqual({ parts: ['SECOND_LOOK'], epoch: before.epoch + 1 })
    expect((await eventTypes(world, chartId)).filter((type) => type === 'SECOND_LOOK_OPENED')).toHaveLength(1)
    const request = requestAs(world, REVIEWER)
    const { sight } = await seeChart(await request.reading(), chartId)
    await request.close()
    expect([...sight.classes]).toEqual(expect.arrayContaining(['CLINICAL', 'IDENTITY', 'QUALITY']))
  })

  it('is for auditors alone, never for the coder of record, and not while the identity is on hold', async () => {
    const { chartId } = await addChart(world, { coder: CODER })
    await expect(look(CODER, chartId)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(look('coder2@demo.test', chartId)).rejects.toMatchObject({ detail: { reason: 'ROLE' } })
    await expect(look('lakeside@demo.test', chartId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const held = await addChart(world, { identityHold: true })
    await expect(look(REVIEWER, held.chartId)).rejects.toMatchObject({ detail: { reason: 'IDENTITY_HOLD' } })
  })

  it('lets the reviewer decide on lines, who then can never audit the chart, even after the line was decided anew', async () => {
    const { chartId, suggestionIds } = await addChart(world, {
      coder: CODER,
      lines: [...SUBMITTABLE, { code: 'I50.9', evidence: [{ words: 'pneumonia' }] }],
    })
    await look(REVIEWER, chartId)
    const decide = (email: string, seenVersion: number, decision: 'ACCEPT' | 'REJECT' | 'RETURN_TO_PROPOSED') =>
      decideOnSuggestion(requestAs(world, email), {
        commandId: commandId(),
        suggestionId: suggestionIds[2]!,
        seenVersion,
        decision,
        reason: 'not supported',
      })
    expect(await decide(REVIEWER, 1, 'REJECT')).toMatchObject({ kind: 'SuggestionDecided' })
    expect(await decide(CODER, 2, 'RETURN_TO_PROPOSED')).toMatchObject({ kind: 'SuggestionDecided' })
    await submit(world, CODER, chartId)
    // No line remembers the reviewer any more; the log does.
    await expect(audit(REVIEWER, chartId)).rejects.toMatchObject({ detail: { reason: 'SEPARATION_OF_DUTIES' } })
    expect(await audit(AUDITOR, chartId)).toMatchObject({ kind: 'AuditOpened' })
  })
})

describe('openAudit', () => {
  it('opens an audit of the newest submission with a log of its own', async () => {
    const { chartId } = await submitted()
    const before = await standing(chartId, AUDITOR)
    const auditId = await audited(chartId)
    expect(await standing(chartId, AUDITOR)).toEqual({ parts: ['AUDITOR'], epoch: before.epoch + 1 })
    expect((await eventTypes(world, chartId)).at(-1)).toBe('AUDIT_OPENED')
    expect(await eventTypes(world, auditId)).toEqual(['AUDIT_OPENED'])
    const [row] = await world.db.ownerSql`
      select a.status, a.reason, s.number from audit a join submission s on s.id = a.submission_id where a.id = ${auditId}`
    expect(row).toEqual({ status: 'OPEN', reason: 'RANDOM_SAMPLE', number: 1 })
  })

  it('takes an earlier submission by its number, and one of one person at a time', async () => {
    const { chartId } = await submitted()
    await reopenChart(requestAs(world, CODER), { commandId: commandId(), chartId, reason: 'CODER_ERROR' })
    await submit(world, CODER, chartId)
    expect(await audit(AUDITOR, chartId, 3)).toMatchObject({ problems: [{ code: 'SUBMISSION_UNKNOWN' }] })
    expect(await audit(AUDITOR, chartId, 1)).toMatchObject({ kind: 'AuditOpened' })
    expect(await audit(AUDITOR, chartId, 1)).toMatchObject({ problems: [{ code: 'AUDIT_OPEN' }] })
    expect(await audit(AUDITOR, chartId)).toMatchObject({ kind: 'AuditOpened' })
    expect(await audit(REVIEWER, chartId)).toMatchObject({ kind: 'AuditOpened' })
    expect((await standing(chartId, AUDITOR)).parts).toEqual(['AUDITOR'])
  })

  it('waits for a submission and refuses who coded the chart', async () => {
    const { chartId } = await addChart(world, { coder: CODER, lines: SUBMITTABLE })
    await expect(audit(AUDITOR, chartId)).rejects.toMatchObject({ detail: { reason: 'CHART_STATE' } })
    await submit(world, CODER, chartId)
    await expect(audit(CODER, chartId)).rejects.toMatchObject({ detail: { reason: 'SEPARATION_OF_DUTIES' } })
    await expect(audit('coder2@demo.test', chartId)).rejects.toMatchObject({ detail: { reason: 'ROLE' } })
  })

  it('opens one audit for two requests of one command', async () => {
    const { chartId } = await submitted()
    const input = { commandId: commandId(), chartId, reason: 'FOCUSED' }
    const [one, two] = await Promise.all([1, 2].map(() => openAudit(requestAs(world, AUDITOR), input)))
    expect(two).toEqual(one)
    const [count] = await world.db.ownerSql`select count(*)::int as n from audit where chart_id = ${chartId}`
    expect(count).toEqual({ n: 1 })
  })
})

describe('recordFinding', () => {
  const find = (email: string, auditId: string, more: Partial<RecordFindingInput>) =>
    recordFinding(requestAs(world, email), {
      commandId: commandId(),
      auditId,
      element: 'SECONDARY_DIAGNOSIS',
      kind: 'AGREE',
      explanation: 'Supported.',
      ...more,
    })
  const propose = async (chart: AddedChart, code: string, more: Partial<AddSuggestionInput> = {}): Promise<string> => {
    const words = 'Community-acquired pneumonia'
    const start = chart.documents[0]!.text.indexOf(words)
    const outcome = await addSuggestion(requestAs(world, AUDITOR), {
      commandId: commandId(),
      chartId: chart.chartId,
      system: 'ICD10CM',
      code,
      evidence: [{ versionId: chart.documents[0]!.versionId, start, end: start + words.length, kind: 'SUPPORTS' }],
      propose: true,
      ...more,
    })
    if (outcome.kind !== 'SuggestionAdded') throw new Error(JSON.stringify(outcome))
    return outcome.suggestionId
  }
  const auditsSeenBy = async (email: string, chartId: string): Promise<AuditView[]> => {
    const request = requestAs(world, email)
    const session = await request.reading()
    const [row] = await findCharts(session, [chartId])
    const audits = await auditsLoader(session).load(row!)
    await request.close()
    return audits
  }

  it('enters the ledger and the audit’s own log, and leaves submission and chart as they were', async () => {
    const chart = await submitted()
    const auditId = await audited(chart.chartId)
    const proposal = await propose(chart, 'I50.9')
    const frozen = () => world.db.ownerSql`
      select snapshot_sha256, snapshot from submission where chart_id = ${chart.chartId}`
    const log = await eventTypes(world, chart.chartId)
    const before = await frozen()

    const added = await find(AUDITOR, auditId, {
      kind: 'ADD',
      proposedSuggestionId: proposal,
      guideline: 'III.A',
      explanation: CANARY,
    })
    expect(added).toMatchObject({ kind: 'FindingRecorded', auditId })
    world.clock.advance(1_000)
    expect(await find(AUDITOR, auditId, { suggestionId: chart.suggestionIds[1]! })).toMatchObject({
      kind: 'FindingRecorded',
    })

    expect(await frozen()).toEqual(before)
    expect(await eventTypes(world, chart.chartId)).toEqual(log)
    expect(await eventTypes(world, auditId)).toEqual(['AUDIT_OPENED', 'FINDING_RECORDED', 'FINDING_RECORDED'])
    const [view] = await auditsSeenBy(AUDITOR, chart.chartId)
    expect(view!.findings).toMatchObject([
      { kind: 'ADD', suggestionId: null, proposedSuggestionId: proposal, guideline: 'III.A', explanation: CANARY },
      { kind: 'AGREE', suggestionId: chart.suggestionIds[1], proposedSuggestionId: null, guideline: null },
    ])

    const request = requestAs(world, AUDITOR)
    const session = await request.reading()
    const { row } = await seeChart(session, chart.chartId)
    const events = await readAfter(session.tx, row.orgId, auditId, 1, 10)
    await request.close()
    expect(events.map((e) => (openPayload(sealerOf(session, row), e) as AuditPayload).finding)).toEqual(view!.findings)
    expect(events.map((e) => [e.classes, e.citedDocumentIds])).toEqual([
      [['QUALITY'], [chart.documents[0]!.documentId]],
      [['QUALITY'], [chart.documents[0]!.documentId]],
    ])
    const sealed = await world.db.ownerSql<{ explanation: Uint8Array }[]>`select explanation from finding`
    for (const { explanation } of sealed) expect(Buffer.from(explanation).includes('Quillfeather')).toBe(false)
  })

  it('refuses what does not fit the submission, and keeps nothing of it', async () => {
    const chart = await submitted()
    const auditId = await audited(chart.chartId)
    const [principal] = chart.suggestionIds
    const cases: [Partial<RecordFindingInput>, string][] = [
      [{ suggestionId: crypto.randomUUID() }, 'LINE_NOT_SUBMITTED'],
      [{ suggestionId: principal! }, 'LINE_OF_OTHER_ELEMENT'],
      [{ kind: 'DELETE' }, 'LINE_REQUIRED'],
      [{ kind: 'ADD' }, 'PROPOSAL_REQUIRED'],
      [{ kind: 'ADD', proposedSuggestionId: principal! }, 'PROPOSAL_UNKNOWN'],
      [{ element: 'SEQUENCE', kind: 'DELETE' }, 'KIND_OF_ELEMENT'],
    ]
    for (const [more, code] of cases)
      expect(await find(AUDITOR, auditId, more)).toMatchObject({ kind: 'CommandInvalid', problems: [{ code }] })
    for (const explanation of ['', ' ', 'x'.repeat(4_001)])
      await expect(Promise.resolve().then(() => find(AUDITOR, auditId, { explanation }))).rejects.toMatchObject({
        code: 'BAD_INPUT',
      })
    expect((await auditsSeenBy(AUDITOR, chart.chartId))[0]!.findings).toEqual([])
    expect(await eventTypes(world, auditId)).toEqual(['AUDIT_OPENED'])
  })

  it('judges one element of one line once, also when two windows do it at the same moment', async () => {
    const chart = await submitted()
    const auditId = await audited(chart.chartId)
    const outcomes = await Promise.all(
      (['AGREE', 'DELETE'] as const).map((kind) =>
        find(AUDITOR, auditId, { kind, suggestionId: chart.suggestionIds[1]! }),
      ),
    )
    expect(outcomes.map((o) => (o.kind === 'CommandInvalid' ? o.problems[0]!.code : o.kind)).sort()).toEqual([
      'ALREADY_FOUND',
      'FindingRecorded',
    ])
  })

  it('is for the audit’s own auditor while it is open; to who sees no quality it does not exist', async () => {
    const chart = await submitted()
    const auditId = await audited(chart.chartId)
    await audited(chart.chartId, REVIEWER)
    const line = { suggestionId: chart.suggestionIds[1]! }
    const absent = await find(CODER, crypto.randomUUID(), line).catch((e: unknown) => e)
    expect(absent).toMatchObject({ code: 'NOT_FOUND' })
    for (const [email, id] of [
      [CODER, auditId],
      ['supervisor@demo.test', auditId],
      ['lakeside@demo.test', auditId],
      [AUDITOR, 'x'],
    ] as const)
      expect(await find(email, id, line).catch((e: unknown) => e)).toEqual(absent)
    await expect(find(REVIEWER, auditId, line)).rejects.toMatchObject({ detail: { reason: 'NOT_ASSIGNED' } })
    await expect(find('compliance@demo.test', auditId, line)).rejects.toMatchObject({ detail: { reason: 'ROLE' } })
    await world.db.ownerSql`update audit set status = 'CLOSED' where id = ${auditId}`
    expect(await find(AUDITOR, auditId, line)).toMatchObject({ problems: [{ code: 'AUDIT_CLOSED' }] })
  })

  it('compares with the submission it was opened on, whatever the chart has become', async () => {
    const chart = await submitted()
    const auditId = await audited(chart.chartId)
    await reopenChart(requestAs(world, CODER), {
      commandId: commandId(),
      chartId: chart.chartId,
      reason: 'AUDIT_FINDING',
    })
    const rejected = await decideOnSuggestion(requestAs(world, CODER), {
      commandId: commandId(),
      suggestionId: chart.suggestionIds[1]!,
      seenVersion: 1,
      decision: 'REJECT',
      reason: 'not treated',
    })
    expect(rejected).toMatchObject({ kind: 'SuggestionDecided' })
    expect(await find(AUDITOR, auditId, { kind: 'DELETE', suggestionId: chart.suggestionIds[1]! })).toMatchObject({
      kind: 'FindingRecorded',
    })
  })

  it('is presented whole under the sight of the chart', async () => {
    const chart = await submitted()
    const auditId = await audited(chart.chartId)
    await find(AUDITOR, auditId, { suggestionId: chart.suggestionIds[1]! })
    const request = requestAs(world, AUDITOR)
    const session = await request.reading()
    const { row, sight } = await seeChart(session, chart.chartId)
    const [view] = await auditsLoader(session).load(row)
    const shown = presentAudit(view!, sight, await directoryOf(session), [])
    await request.close()
    expect(shown).toMatchObject({ id: auditId, auditor: { displayName: 'Peter Lindqvist' }, closedAt: null })
    expect([shown, ...shown.findings!].map(sightOf)).toEqual([sight, sight])
  })
})
