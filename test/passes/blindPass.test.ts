import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { execute, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSchema } from '../../server/app/buildSchema.js'
import { openAudit } from '../../server/audits/openAudit.command.js'
import { openSecondLook } from '../../server/audits/openSecondLook.command.js'
import { breakGlass } from '../../server/charts/breakGlass.command.js'
import { pendChart } from '../../server/charts/pendChart.command.js'
import { ChartroomError } from '../../server/kernel/errors.js'
import { createPresenceBoard, PRESENCE } from '../../server/live/presence.js'
import { addPassLine } from '../../server/passes/addPassLine.command.js'
import { openBlindPass } from '../../server/passes/openBlindPass.command.js'
import { removePassLine } from '../../server/passes/removePassLine.command.js'
import { revealBlindPass } from '../../server/passes/revealBlindPass.command.js'
import { addComment } from '../../server/review/addComment.command.js'
import { chartStream } from '../../server/review/chartStream.js'
import { focusOn, presenceStream } from '../../server/review/presence.js'
import { verifyDatabase } from '../../server/review/verify.js'
import { addSuggestion } from '../../server/suggestions/addSuggestion.command.js'
import { decideOnSuggestion } from '../../server/suggestions/decideOnSuggestion.command.js'
import { overrideEdit } from '../../server/suggestions/overrideEdit.command.js'
import { reorderSuggestions } from '../../server/suggestions/reorderSuggestions.command.js'
import { undo } from '../../server/suggestions/undo.command.js'
import {
  addChart,
  type AddedChart,
  type ChartWorld,
  chartWorld,
  eventTypes,
  requestAs,
  submit,
  SUBMITTABLE,
} from '../support/charts.js'

const CODER = 'coder@demo.test'
const BLIND = 'reviewer@demo.test'
const OTHERS = [CODER, 'auditor@demo.test', 'supervisor@demo.test', 'compliance@demo.test', 'coder2@demo.test']

const schema = buildSchema()
let world: ChartWorld
beforeAll(async () => {
  world = await chartWorld(new Date('2026-06-01T14:00:00.000Z'))
  world.services.provide(PRESENCE, createPresenceBoard(world.clock, world.hub))
})
afterAll(async () => {
  world.services.get(PRESENCE).close()
  await world.close()
})

const LINE = 'id status version code author { id } decidedBy { id }'
const CHART = `query ($id: ID!, $ids: [ID!]!) {
  chart(id: $id) { id status cursor disposition patient { familyName } documents { id version { text } } documentCount
    suggestions { ${LINE} } opportunities { id topic } order { version suggestionIds } edits { key message }
    comments { id body } pends { id reason note } submissions { id number codes { code } } audits { id findings { id } }
    abstractVersions { field version } blindPass { id lines { id code title } } access { can masked { field reason } } }
  nodes(ids: $ids) { __typename id ... on Suggestion { ${LINE} } ... on Comment { body } ... on Submission { number } }
  explainAccess(id: $id, action: read) { can masked { field reason } } }`

/** Everything somebody is told of a chart on request, under the ids of everything that ever was on it. */
async function told(email: string, chartId: string): Promise<string> {
  const rows = await world.db.ownerSql<{ id: string }[]>`
    select id from suggestion where chart_id = ${chartId} union all select id from comment where chart_id = ${chartId}
    union all select id from submission where chart_id = ${chartId} union all select id from audit where chart_id = ${chartId}
    order by id limit 90`
  const request = requestAs(world, email)
  try {
    const variableValues = { id: chartId, ids: rows.map((row) => row.id) }
    const answer = await execute({ schema, document: parse(CHART), variableValues, contextValue: request })
    const { nodes, ...data } = answer.data as { nodes: (object | null)[] }
    return JSON.stringify([answer.errors?.map(String), data, nodes.filter((node) => node !== null)])
  } finally {
    await request.close()
  }
}

async function snapshot(email: string, chartId: string): Promise<string> {
  const stream = await chartStream(world.services, world.claims.get(email)!, chartId, null)
  const { value } = await stream.next()
  await stream.return!()
  // The item is resolved by the very fields that a subscription resolves it by.
  const variableValues = { id: chartId }
  const answer = await execute({ schema, document: SNAPSHOT, rootValue: value, variableValues, contextValue: {} })
  expect(answer.errors).toBeUndefined()
  return JSON.stringify(answer)
}

const SNAPSHOT = parse(`subscription ($id: ID!) { chartStream(chartId: $id) { ... on ChartSnapshot { cursor sight
  chart { id status abstractVersions { field } access { masked { field reason } } } documents { id }
  suggestions { ${LINE} } opportunities { id } order { version } edits { key } comments { id body } pends { id note }
  submissions { id number } } } }`)

async function present(email: string, chartId: string): Promise<string[]> {
  const stream = await presenceStream(world.services, world.claims.get(email)!, chartId)
  const { value } = await stream.next()
  await stream.return!()
  return (value as { present: { presenceId: string }[] }).present.map((it) => it.presenceId)
}

const chartWithWork = (): Promise<AddedChart> =>
  addChart(world, { coder: CODER, status: 'IN_CODING', lines: [...SUBMITTABLE, { code: 'E11.9' }, { code: 'J18.9' }] })

const open = async (chartId: string, email = BLIND): Promise<string> => {
  const outcome = await openBlindPass(requestAs(world, email), { commandId: randomUUID(), chartId })
  if (outcome.kind !== 'BlindPassSaved') throw new Error(outcome.kind)
  return outcome.passId
}

const put = (passId: string, chart: AddedChart, code = 'I10', email = BLIND, more: object = {}) =>
  addPassLine(requestAs(world, email), {
    commandId: randomUUID(),
    passId,
    system: 'ICD10CM',
    code,
    evidence: [{ versionId: chart.documents[0]!.versionId, start: 0, end: 9, kind: 'SUPPORTS' } as never],
    ...more,
  } as never)

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'DONE',
    (error: unknown) =>
      error instanceof ChartroomError ? `${error.code}:${String(error.detail.reason ?? '')}` : String(error),
  )

type Act =
  | 'accept'
  | 'reject'
  | 'modify'
  | 'add'
  | 'propose'
  | 'comment'
  | 'reorder'
  | 'override'
  | 'undo'
  | 'secondLook'
  | 'focus'
const ACTS: readonly Act[] = [
  'accept',
  'reject',
  'modify',
  'add',
  'propose',
  'comment',
  'reorder',
  'override',
  'undo',
  'secondLook',
  'focus',
]

/** One act of the first pass, as its coder (or another reviewer) would do it; refused or done, as the chart stands. */
async function act(what: Act, n: number, chartId: string): Promise<void> {
  const { ownerSql } = world.db
  const lines = await ownerSql<{ id: string; version: number; status: string }[]>`
    select id, version, status from suggestion where chart_id = ${chartId} order by id`
  const line = lines[n % lines.length]!
  const base = { commandId: randomUUID() }
  const seen = { ...base, suggestionId: line.id, seenVersion: line.version }
  const as = requestAs(world, CODER)
  switch (what) {
    case 'accept':
    case 'reject':
      await decideOnSuggestion(as, { ...seen, decision: what === 'accept' ? 'ACCEPT' : 'REJECT', reason: 'x' } as never)
      break
    case 'modify':
      await decideOnSuggestion(as, { ...seen, decision: 'MODIFY', code: n % 2 ? 'E11.65' : 'I11.9' } as never)
      break
    case 'add':
    case 'propose':
      await addSuggestion(as, {
        ...base,
        chartId,
        system: 'ICD10CM',
        code: n % 2 ? 'N17.9' : 'E78.5',
        propose: what === 'propose',
      } as never)
      break
    case 'comment':
      await addComment(as, { ...base, chartId, body: `CANARY ${n}` } as never)
      break
    case 'reorder': {
      const accepted = lines.filter((l) => l.status === 'ACCEPTED').map((l) => l.id)
      const [row] = await ownerSql<{ v: number }[]>`select order_version as v from chart where id = ${chartId}`
      await reorderSuggestions(as, {
        ...base,
        chartId,
        seenVersion: row!.v,
        suggestionIds: accepted.reverse(),
      } as never)
      break
    }
    case 'override':
      await overrideEdit(as, { ...base, chartId, editKey: 'x', reason: 'It stands.' } as never)
      break
    case 'undo':
      await undo(as, seen as never)
      break
    case 'secondLook':
      await openSecondLook(requestAs(world, 'auditor@demo.test'), { ...base, chartId })
      break
    case 'focus':
      await focusOn(as, {
        presenceId: randomUUID(),
        chartId,
        suggestionId: line.id,
        editing: true,
        leaving: false,
      } as never)
      await as.close()
  }
}

describe('a blind pass', () => {
  it('takes whoever opens it off everybody’s page at that moment, before they say again where they are', async () => {
    const { chartId } = await chartWithWork()
    const presenceId = randomUUID()
    const here = requestAs(world, BLIND)
    await focusOn(here, { presenceId, chartId, editing: false, leaving: false } as never)
    await here.close()
    const stream = await presenceStream(world.services, world.claims.get(CODER)!, chartId)
    const shown = async () =>
      ((await stream.next()).value as { present: { presenceId: string }[] }).present.map((it) => it.presenceId)
    expect(await shown()).toEqual([presenceId])
    const passId = await open(chartId)
    expect(await shown()).toEqual([])
    expect(await present(BLIND, chartId)).toEqual([presenceId])
    await revealBlindPass(requestAs(world, BLIND), { commandId: randomUUID(), passId })
    expect(await shown()).toEqual([presenceId])
    await stream.return!()
  })

  it('is told not one byte of what the first pass does, by any way, whatever that is', async () => {
    let changed = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...ACTS), fc.nat({ max: 9 })), { minLength: 1, maxLength: 8 }),
        async (acts) => {
          const chart = await chartWithWork()
          const { chartId } = chart
          const passId = await open(chartId)
          await put(passId, chart)
          const stream = await chartStream(world.services, world.claims.get(BLIND)!, chartId, null)
          const first = (await stream.next()).value as { cursor: string | null }
          const before = [await told(BLIND, chartId), await snapshot(BLIND, chartId), await present(BLIND, chartId)]
          const coderBefore = await told(CODER, chartId)
          for (const [what, n] of acts) await act(what, n, chartId)
          expect([await told(BLIND, chartId), await snapshot(BLIND, chartId), await present(BLIND, chartId)]).toEqual(
            before,
          )
          if ((await told(CODER, chartId)) !== coderBefore) changed++
          // What comes next in the stream is what comes after all that, and follows on what was seen last before it.
          await pendChart(requestAs(world, CODER), {
            commandId: randomUUID(),
            chartId,
            reason: 'QUERY',
            note: 'CANARY',
          } as never)
          const next = (await stream.next()).value as { events: { type: string; previous: string | null }[] }
          expect(next.events).toMatchObject([{ type: 'CHART_PENDED', previous: first.cursor }])
          await stream.return!()
          expect(await told(BLIND, chartId)).not.toContain('CANARY')
        },
      ),
      { numRuns: 25 },
    )
    // The same acts do change what the coder is told.
    expect(changed).toBeGreaterThan(10)
  }, 240_000)

  it('tells nobody else one byte of what is done in it, until it is revealed', async () => {
    const chart = await chartWithWork()
    const { chartId } = chart
    const all = async () =>
      JSON.stringify(
        await Promise.all(
          OTHERS.map(async (who) => [
            await told(who, chartId),
            await snapshot(who, chartId),
            await present(who, chartId),
          ]),
        ),
      )
    const events = await eventTypes(world, chartId)
    const before = await all()
    const passId = await open(chartId)
    // What is compared is what is told.
    expect(await snapshot(CODER, chartId)).toContain('"code":"I10"')
    expect(await snapshot(BLIND, chartId)).toContain(chart.documents[0]!.documentId)
    expect(await snapshot(BLIND, chartId)).not.toContain('"code"')
    await put(passId, chart)
    const second = await put(passId, chart, 'E11.9')
    expect(second.kind).toBe('BlindPassSaved')
    const [row] = await world.db.ownerSql<{ id: string }[]>`
      select id from pass_line where pass_id = ${passId} and code = 'I10'`
    await removePassLine(requestAs(world, BLIND), { commandId: randomUUID(), passId, lineId: row!.id })
    const here = requestAs(world, BLIND)
    const presenceId = randomUUID()
    await focusOn(here, { presenceId, chartId, editing: false, leaving: false } as never)
    await here.close()
    expect(await present(BLIND, chartId)).toEqual([presenceId])
    expect(await all()).toBe(before)
    expect(await eventTypes(world, chartId)).toEqual(events)
    // Its own log is its own, gap-free.
    expect(await eventTypes(world, passId)).toEqual([
      'SUGGESTION_PROPOSED',
      'SUGGESTION_PROPOSED',
      'SUGGESTION_WITHDRAWN',
    ])

    expect((await revealBlindPass(requestAs(world, BLIND), { commandId: randomUUID(), passId })).kind).toBe(
      'ChartSaved',
    )
    expect((await eventTypes(world, chartId)).slice(events.length)).toEqual(['PASS_REVEALED', 'SUGGESTION_PROPOSED'])
    const coder = JSON.parse(await told(CODER, chartId)) as [
      unknown,
      { chart: { suggestions: { code: string; status: string }[] } },
    ]
    expect(coder[1].chart.suggestions).toContainEqual(
      expect.objectContaining({ code: 'E11.9', status: 'PROPOSED', decidedBy: null }),
    )
    for (const check of await verifyDatabase(world.db.ownerSql, world.db.vault))
      expect(check).toMatchObject({ holds: true })
  }, 60_000)

  it('reads what the coder reads, and says why it sees no code', async () => {
    const chart = await chartWithWork()
    const passId = await open(chart.chartId)
    await put(passId, chart)
    const [errors, data] = JSON.parse(await told(BLIND, chart.chartId)) as [unknown, { chart: Record<string, unknown> }]
    expect(errors).toBeNull()
    expect(data.chart).toMatchObject({
      patient: { familyName: 'Quillfeather' },
      suggestions: null,
      opportunities: null,
      order: null,
      edits: null,
      comments: null,
      audits: null,
      submissions: [],
      abstractVersions: [],
      blindPass: { id: passId, lines: [{ code: 'I10', title: 'Essential hypertension' }] },
      access: { can: ['read'] },
    })
    expect(data.chart.documents).toHaveLength(1)
    const { masked } = data.chart.access as { masked: { field: string; reason: string }[] }
    expect(masked).toContainEqual({ field: 'suggestions', reason: 'BLIND_PASS' })
  })

  it('touches nothing of the chart, and is nobody else’s', async () => {
    const chart = await chartWithWork()
    const { chartId } = chart
    const passId = await open(chartId)
    const base = () => ({ commandId: randomUUID(), chartId })
    expect(await open(chartId)).toBe(passId)
    for (const work of [
      () =>
        addSuggestion(requestAs(world, BLIND), { ...base(), system: 'ICD10CM', code: 'I10', propose: true } as never),
      () => openSecondLook(requestAs(world, BLIND), base()),
      () => addComment(requestAs(world, BLIND), { ...base(), body: 'x' } as never),
    ])
      expect(await codeOf(work())).toBe('FORBIDDEN:BLIND_PASS')
    for (const who of OTHERS) {
      expect(await codeOf(put(passId, chart, 'I10', who))).toBe('NOT_FOUND:')
      expect(await codeOf(revealBlindPass(requestAs(world, who), { commandId: randomUUID(), passId }))).toBe(
        'NOT_FOUND:',
      )
    }
    expect(await put(passId, chart, 'I10', BLIND, { evidence: [] })).toMatchObject({
      problems: [{ code: 'EVIDENCE_REQUIRED' }],
    })
    expect(await put(passId, chart, 'X99.99')).toMatchObject({ kind: 'CommandInvalid' })
  })

  it('is opened by whoever has seen nothing of the first, once', async () => {
    const chart = await chartWithWork()
    const { chartId } = chart
    const base = () => ({ commandId: randomUUID(), chartId })
    const tried = (who: string) => codeOf(openBlindPass(requestAs(world, who), base()))
    for (const who of [CODER, 'coder2@demo.test', 'supervisor@demo.test', 'compliance@demo.test'])
      expect(await tried(who)).toMatch(/^FORBIDDEN:(ROLE|SEPARATION_OF_DUTIES)$/)
    await openSecondLook(requestAs(world, 'auditor@demo.test'), base())
    expect(await tried('auditor@demo.test')).toBe('FORBIDDEN:SEPARATION_OF_DUTIES')
    // Also when the part has ended.
    await world.db
      .ownerSql`update assignment set ended_at = ${world.clock.now()} where chart_id = ${chartId} and part = 'SECOND_LOOK'`
    expect(await tried('auditor@demo.test')).toBe('FORBIDDEN:SEPARATION_OF_DUTIES')

    const passId = await open(chartId)
    await revealBlindPass(requestAs(world, BLIND), { commandId: randomUUID(), passId })
    expect(await tried(BLIND)).toBe('FORBIDDEN:SEPARATION_OF_DUTIES')
    expect(await codeOf(put(passId, chart))).toBe('NOT_FOUND:')
    await expect(world.db.ownerSql`update coding_pass set revealed_at = null where id = ${passId}`).rejects.toThrow(
      /revealed/,
    )
  })

  it('ends with the role, is opened by no broken glass, and leads to an audit once it is revealed', async () => {
    const { chartId, ...rest } = await addChart(world, { coder: CODER, lines: [...SUBMITTABLE] })
    await submit(world, CODER, chartId)
    const chart = { chartId, ...rest }
    const passId = await open(chartId)
    await put(passId, chart)
    const member = world.demo.harbor.members[BLIND]!.memberId
    const { ownerSql } = world.db
    await ownerSql`update member set roles = '{AUDITOR,SUPERVISOR,COMPLIANCE}' where id = ${member}`
    const glass = { commandId: randomUUID(), chartId, reason: 'DEADLINE' as const, note: 'x' }
    expect(await codeOf(breakGlass(requestAs(world, BLIND), glass))).toBe('FORBIDDEN:BLIND_PASS')
    expect(await told(BLIND, chartId)).not.toContain('"number":1')
    await ownerSql`update member set roles = '{SUPERVISOR}' where id = ${member}`
    expect(await codeOf(put(passId, chart))).toBe('NOT_FOUND:')
    await ownerSql`update member set roles = '{AUDITOR}' where id = ${member}`
    await revealBlindPass(requestAs(world, BLIND), { commandId: randomUUID(), passId })
    const audit = await openAudit(requestAs(world, BLIND), {
      commandId: randomUUID(),
      chartId,
      reason: 'FOCUSED',
    } as never)
    expect(audit.kind).toBe('AuditOpened')
    expect(await told(BLIND, chartId)).toContain('"number":1')
  })
})
