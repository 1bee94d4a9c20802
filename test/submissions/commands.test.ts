import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DecideOnSuggestionInput } from '../../schema/inputs.js'
import { buildSchema } from '../../server/app/buildSchema.js'
import { seeChart } from '../../server/charts/chart.loader.js'
import { signDocument } from '../../server/documents/signDocument.command.js'
import { JOBS, prepareJobs } from '../../server/jobs/index.js'
import { canonicalJson, sha256 } from '../../server/kernel/text.js'
import { reopenChart } from '../../server/submissions/reopenChart.command.js'
import { returnChart } from '../../server/submissions/returnChart.command.js'
import { snapshotOf, submissionsOf } from '../../server/submissions/submission.store.js'
import { presentSubmitted } from '../../server/submissions/submitted.query.js'
import { submitChart } from '../../server/submissions/submitChart.command.js'
import { addSuggestion } from '../../server/suggestions/addSuggestion.command.js'
import { decideOnSuggestion } from '../../server/suggestions/decideOnSuggestion.command.js'
import { overrideEdit } from '../../server/suggestions/overrideEdit.command.js'
import { reorderSuggestions } from '../../server/suggestions/reorderSuggestions.command.js'
import { setAbstract } from '../../server/suggestions/setAbstract.command.js'
import { undo } from '../../server/suggestions/undo.command.js'
import {
  type AddedChart,
  addChart,
  addPart,
  type ChartFacts,
  type ChartWorld,
  chartWorld,
  eventTypes,
  lastCursor,
  memberId,
  requestAs,
  SUBMITTABLE,
  submit,
} from '../support/charts.js'

const CODER = 'coder@demo.test'
const REVIEWER = 'reviewer@demo.test'
const SUPERVISOR = 'supervisor@demo.test'

let world: ChartWorld
beforeAll(async () => {
  buildSchema()
  world = await chartWorld()
  // Jobs are queued and stay queued: no worker runs here, as on a node that only answers.
  await prepareJobs(world.db.ownerSql)
  world.services.provide(JOBS, { wake: () => {} })
})
afterAll(() => world.close())

const commandId = (): string => randomUUID()
const send = (chartId: string, seenCursor: string, email = CODER) =>
  submitChart(requestAs(world, email), { commandId: commandId(), chartId, seenCursor })
const decide = (email: string, suggestionId: string, given: Partial<DecideOnSuggestionInput> = {}) =>
  decideOnSuggestion(requestAs(world, email), {
    commandId: commandId(),
    suggestionId,
    seenVersion: 1,
    decision: 'ACCEPT',
    ...given,
  })

async function ready(facts: ChartFacts = {}): Promise<AddedChart & { cursor: string }> {
  const chart = await addChart(world, { coder: CODER, lines: [...SUBMITTABLE, { code: 'Z87.891' }], ...facts })
  await addPart(world, chart.chartId, REVIEWER, 'SECOND_LOOK')
  return { ...chart, cursor: await lastCursor(world, chart.chartId) }
}

async function reading<T>(
  chartId: string,
  work: (
    seen: Awaited<ReturnType<typeof seeChart>> & {
      session: Awaited<ReturnType<ReturnType<typeof requestAs>['reading']>>
    },
  ) => Promise<T>,
): Promise<T> {
  const request = requestAs(world, CODER)
  try {
    const session = await request.reading()
    return await work({ ...(await seeChart(session, chartId)), session })
  } finally {
    await request.close()
  }
}

const frozen = (chartId: string, number?: number) =>
  reading(chartId, ({ session, row }) => snapshotOf(session, row, number))

describe('submitChart', () => {
  it('freezes what stood, with its hash and the position it stands for', async () => {
    const { chartId, cursor, suggestionIds, documents } = await ready()
    expect(await send(chartId, cursor)).toMatchObject({ kind: 'ChartSubmitted', chartId })
    const { snapshot, sha256: hash } = (await frozen(chartId))!
    const log = await eventTypes(world, chartId)
    expect(log.at(-1)).toBe('CHART_SUBMITTED')
    expect(snapshot).toMatchObject({
      number: 1,
      atSeq: log.length - 1,
      codingDate: '2026-03-15',
      submittedBy: memberId(world, CODER),
    })
    expect(snapshot.lines.map((l) => l.id)).toEqual(suggestionIds.slice(0, 2))
    expect(snapshot.documents.map((d) => d.id)).toEqual(documents.map((d) => d.documentId))
    expect(snapshot.chart).toMatchObject({ status: 'SUBMITTED', submissionCount: 1 })
    expect(sha256(canonicalJson(snapshot))).toBe(hash)
    await expect(send(chartId, await lastCursor(world, chartId))).rejects.toMatchObject({
      detail: { reason: 'CHART_STATE' },
    })
  })

  it('is for the coder of record alone', async () => {
    const { chartId, cursor } = await ready()
    await expect(send(chartId, cursor, 'coder2@demo.test')).rejects.toMatchObject({
      detail: { reason: 'NOT_CODER_OF_RECORD' },
    })
    for (const email of [REVIEWER, SUPERVISOR])
      await expect(send(chartId, cursor, email)).rejects.toMatchObject({ detail: { reason: 'ROLE' } })
    const held = await ready({ identityHold: true })
    await expect(send(held.chartId, held.cursor)).rejects.toMatchObject({ detail: { reason: 'IDENTITY_HOLD' } })
  })

  it('refuses what its coder has not seen, and names it', async () => {
    type Act = (chart: AddedChart) => Promise<unknown>
    const [first, second, third] = [0, 1, 2].map((i) => (chart: AddedChart) => chart.suggestionIds[i]!)
    const acts: Record<string, [Act, (chart: AddedChart) => object]> = {
      'a line accepted': [(c) => decide(REVIEWER, third!(c)), (c) => ({ suggestionIds: [third!(c)] })],
      'a line rejected': [
        (c) => decide(REVIEWER, second!(c), { decision: 'REJECT', reason: 'no' }),
        (c) => ({ suggestionIds: [second!(c)] }),
      ],
      'a line taken back': [
        (c) => decide(REVIEWER, second!(c), { decision: 'RETURN_TO_PROPOSED' }),
        (c) => ({ suggestionIds: [second!(c)] }),
      ],
      'an acceptance undone': [
        async (c) => {
          await decide(REVIEWER, third!(c))
          await undo(requestAs(world, REVIEWER), {
            commandId: commandId(),
            suggestionId: third!(c),
            seenVersion: 2,
          })
        },
        (c) => ({ suggestionIds: [third!(c)] }),
      ],
      'the order': [
        (c) =>
          reorderSuggestions(requestAs(world, REVIEWER), {
            commandId: commandId(),
            chartId: c.chartId,
            seenVersion: 1,
            suggestionIds: [second!(c), first!(c)],
            principalId: second!(c),
          }),
        () => ({ suggestionIds: [], abstractFields: [], documentIds: [] }),
      ],
      'a field of the abstract': [
        (c) =>
          setAbstract(requestAs(world, REVIEWER), {
            commandId: commandId(),
            chartId: c.chartId,
            field: 'DISPOSITION',
            seenVersion: 1,
            value: '03',
          }),
        () => ({ abstractFields: ['DISPOSITION'] }),
      ],
      'a document': [
        (c) =>
          signDocument(requestAs(world, SUPERVISOR), {
            commandId: commandId(),
            documentId: c.documents[1]!.documentId,
            seenVersion: 1,
          }),
        (c) => ({ documentIds: [c.documents[1]!.documentId] }),
      ],
    }
    for (const [name, [act, named]] of Object.entries(acts)) {
      const chart = await ready({ documents: [{}, { signed: false, type: 'PROGRESS_NOTE', text: 'Stable.' }] })
      await act(chart)
      const outcome = await send(chart.chartId, chart.cursor)
      expect(outcome, name).toMatchObject({ kind: 'ChartChanged', ...named(chart) })
      const request = requestAs(world, CODER)
      const presented = (await presentSubmitted(outcome, request)) as {
        cursor: string
        lines: { suggestionId: string }[]
      }
      await request.close()
      expect(presented.cursor, name).toBe(await lastCursor(world, chart.chartId))
      expect((await frozen(chart.chartId, 1)) ?? null, name).toBeNull()
      // Having looked again, the coder may submit.
      expect((await send(chart.chartId, presented.cursor)).kind, name).toBeOneOf([
        'ChartSubmitted',
        'SubmissionBlocked',
      ])
    }
  })

  it('takes the coder’s own acts for seen, and refuses a cursor that the log does not have', async () => {
    const { chartId, cursor, suggestionIds } = await ready()
    await decide(CODER, suggestionIds[2]!)
    for (const unknown of [randomUUID(), '', 'x', cursor.toUpperCase(), (await ready()).cursor])
      expect(await send(chartId, unknown)).toMatchObject({
        kind: 'CommandInvalid',
        problems: [{ code: 'CURSOR_UNKNOWN' }],
      })
    expect(await send(chartId, cursor)).toMatchObject({ kind: 'ChartSubmitted' })
  })

  it('is blocked by a missing POA, by no code, and by a warning until somebody let it stand', async () => {
    const [first, second] = SUBMITTABLE
    const codes = async (chartId: string) => {
      const request = requestAs(world, CODER)
      const blocked = await presentSubmitted(await send(chartId, await lastCursor(world, chartId)), request)
      await request.close()
      return (blocked as { problems?: { code: string }[] }).problems?.map((p) => p.code)
    }
    const poa = await ready({ lines: [first!, { ...second!, poa: null }] })
    expect(await codes(poa.chartId)).toEqual(['POA_MISSING'])
    await decide(CODER, poa.suggestionIds[1]!, { poa: 'Y' })
    expect(await codes(poa.chartId)).toBeUndefined()

    const none = await ready({ lines: [{ code: 'I10' }] })
    expect(await codes(none.chartId)).toContain('NO_CODES')

    const { chartId } = await ready({ lines: [first!, second!, { ...second!, code: 'E10.9' }] })
    expect(await codes(chartId)).toEqual(['EXCLUDES1'])
    const { edits } = await reading(chartId, async ({ session, row }) => {
      const { editsOf, loadWorkingSet } = await import('../../server/suggestions/workingSet.js')
      return { edits: editsOf(await loadWorkingSet(session, row)) }
    })
    const [edit] = edits.filter((e) => e.ruleId === 'EXCLUDES1')
    await overrideEdit(requestAs(world, CODER), {
      commandId: commandId(),
      chartId,
      editKey: edit!.key,
      reason: 'two episodes',
    })
    expect(await codes(chartId)).toBeUndefined()
    expect((await frozen(chartId))!.snapshot.edits.find((e) => e.key === edit!.key)!.override).toMatchObject({
      reason: 'two episodes',
    })
    expect((await reading(chartId, ({ session, row }) => submissionsOf(session, row)))[0]).toMatchObject({
      warningCount: 1,
    })
  })

  it('sent twice at once makes one submission', async () => {
    const { chartId, cursor } = await ready()
    const input = { commandId: commandId(), chartId, seenCursor: cursor }
    const outcomes = await Promise.all([1, 2, 3].map(() => submitChart(requestAs(world, CODER), input)))
    expect(new Set(outcomes.map((o) => JSON.stringify(o))).size).toBe(1)
    expect(await reading(chartId, ({ session, row }) => submissionsOf(session, row))).toHaveLength(1)
    expect((await eventTypes(world, chartId)).filter((t) => t === 'CHART_SUBMITTED')).toHaveLength(1)
  })
})

describe('a submission', () => {
  it('never changes: not by reopening, not by what is decided then; the next one is number 2', async () => {
    const { chartId, cursor, suggestionIds } = await ready()
    await send(chartId, cursor)
    const one = (await frozen(chartId, 1))!
    const bytes = () => world.db.ownerSql<{ snapshot: Uint8Array; snapshotSha256: string }[]>`
      select snapshot, snapshot_sha256 from submission where chart_id = ${chartId} and number = 1`
    const [kept] = await bytes()

    await reopenChart(requestAs(world, CODER), { commandId: commandId(), chartId, reason: 'CODER_ERROR' })
    await decide(CODER, suggestionIds[1]!, { decision: 'REJECT', reason: 'history only' })
    await addSuggestion(requestAs(world, CODER), {
      commandId: commandId(),
      chartId,
      system: 'ICD10CM',
      code: 'J18.9',
      poa: 'Y',
      propose: false,
    })
    await setAbstract(requestAs(world, CODER), {
      commandId: commandId(),
      chartId,
      field: 'PAYER',
      seenVersion: 1,
      value: 'Aetna',
    })
    await submit(world, CODER, chartId)

    expect(await frozen(chartId, 1)).toEqual(one)
    expect((await bytes())[0]).toEqual(kept)
    const two = (await frozen(chartId))!
    expect(two.snapshot.number).toBe(2)
    expect(two.sha256).not.toBe(one.sha256)
    expect(two.snapshot.lines.map((l) => l.code)).toEqual(['I10', 'J18.9'])
    expect(one.snapshot.lines.map((l) => l.code)).toEqual(['I10', 'E11.9'])
    expect(
      (await reading(chartId, ({ session, row }) => submissionsOf(session, row))).map((s) => [
        s.number,
        s.snapshotSha256,
      ]),
    ).toEqual([
      [1, one.sha256],
      [2, two.sha256],
    ])
  })

  it('comes back to its coder with a note, or is reopened with a reason, by those who may', async () => {
    const { chartId, cursor } = await ready()
    const back = (email: string, note = 'Look at the POA of E11.9.') =>
      returnChart(requestAs(world, email), { commandId: commandId(), chartId, note })
    await expect(back(REVIEWER)).rejects.toMatchObject({ detail: { reason: 'CHART_STATE' } })
    await send(chartId, cursor)
    await expect(back('coder2@demo.test')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect((async () => back(REVIEWER, ' '))()).rejects.toMatchObject({ code: 'BAD_INPUT' })
    expect(await back(REVIEWER)).toMatchObject({ kind: 'ChartSaved' })
    expect(await reading(chartId, async ({ row }) => row)).toMatchObject({
      status: 'REOPENED',
      coderOfRecordId: memberId(world, CODER),
    })
    // The note blocks nothing.
    await submit(world, CODER, chartId)
    await expect(
      reopenChart(requestAs(world, 'auditor@demo.test'), { commandId: commandId(), chartId, reason: 'AUDIT_FINDING' }),
    ).rejects.toMatchObject({ detail: { reason: 'ROLE' } })
    expect(
      await reopenChart(requestAs(world, SUPERVISOR), { commandId: commandId(), chartId, reason: 'DENIAL' }),
    ).toMatchObject({ kind: 'ChartSaved' })
  })
})
