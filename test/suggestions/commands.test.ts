import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  AddSuggestionInput,
  DecideOnSuggestionInput,
  ReorderSuggestionsInput,
  SetAbstractInput,
} from '../../schema/inputs.js'
import { buildSchema } from '../../server/app/buildSchema.js'
import type { Sight } from '../../server/auth/sight.js'
import { seeChart } from '../../server/charts/chart.loader.js'
import { addSuggestion } from '../../server/suggestions/addSuggestion.command.js'
import { decideOnSuggestion } from '../../server/suggestions/decideOnSuggestion.command.js'
import { presentAbstractSet, presentDecision, presentReordered } from '../../server/suggestions/outcome.query.js'
import { overrideEdit } from '../../server/suggestions/overrideEdit.command.js'
import { reorderSuggestions } from '../../server/suggestions/reorderSuggestions.command.js'
import { setAbstract } from '../../server/suggestions/setAbstract.command.js'
import { undo } from '../../server/suggestions/undo.command.js'
import { editsOf, orderOf } from '../../server/suggestions/workingSet.js'
import { workingSetOf } from '../../server/suggestions/suggestion.loader.js'
import {
  type AddedChart,
  addChart,
  addPart,
  type ChartFacts,
  type ChartWorld,
  chartWorld,
  eventTypes,
  type LineFacts,
  memberId,
  requestAs,
  SUBMITTABLE,
} from '../support/charts.js'

const CODER = 'coder@demo.test'
const REVIEWER = 'reviewer@demo.test'

let world: ChartWorld
beforeAll(async () => {
  // What presenters say of masked fields is known from the schema's classes.
  buildSchema()
  world = await chartWorld()
})
afterAll(() => world.close())

const commandId = (): string => randomUUID()
type Given<T> = Partial<T> & { commandId?: string }

const decide = (email: string, suggestionId: string, given: Given<DecideOnSuggestionInput> = {}) =>
  decideOnSuggestion(requestAs(world, email), {
    commandId: commandId(),
    suggestionId,
    seenVersion: 1,
    decision: 'ACCEPT',
    ...given,
  })
const put = (email: string, chartId: string, given: Given<AddSuggestionInput> = {}) =>
  addSuggestion(requestAs(world, email), {
    commandId: commandId(),
    chartId,
    system: 'ICD10CM',
    code: 'E11.9',
    propose: false,
    ...given,
  })
const order = (
  email: string,
  chartId: string,
  given: Omit<Given<ReorderSuggestionsInput>, 'suggestionIds'> & { suggestionIds: string[] },
) => reorderSuggestions(requestAs(world, email), { commandId: commandId(), chartId, seenVersion: 1, ...given })
/** Undone by somebody who looked at the line just before, unless another version is given. */
const takeBack = async (email: string, suggestionId: string, seenVersion?: number) => {
  const [line] = await world.db.ownerSql`select version from suggestion where id::text = ${suggestionId}`
  return undo(requestAs(world, email), {
    commandId: commandId(),
    suggestionId,
    seenVersion: seenVersion ?? (line?.['version'] as number | undefined) ?? 1,
  })
}
const abstract = (email: string, chartId: string, given: Given<SetAbstractInput> = {}) =>
  setAbstract(requestAs(world, email), {
    commandId: commandId(),
    chartId,
    field: 'PAYER',
    seenVersion: 1,
    value: 'Aetna',
    ...given,
  })

/** The chart as its coder sees it, with what the tests below ask about. */
async function seen(chartId: string, email = CODER) {
  const request = requestAs(world, email)
  const session = await request.reading()
  const { row, sight } = await seeChart(session, chartId)
  const set = await workingSetOf(session, row)
  await request.close()
  return {
    row,
    sight: sight as Sight,
    set,
    edits: editsOf(set),
    order: orderOf(set),
    line: (id: string) => set.lines.find((l) => l.id === id)!,
  }
}

/** A chart with its coder and a second-level reviewer, who decides beside the coder. */
async function shared(facts: ChartFacts = {}): Promise<AddedChart> {
  const chart = await addChart(world, {
    coder: CODER,
    lines: [{ code: 'I10' }, { code: 'J18.9' }, { code: 'E11.9' }],
    ...facts,
  })
  await addPart(world, chart.chartId, REVIEWER, 'SECOND_LOOK')
  return chart
}

describe('two people on one chart', () => {
  it('decide on different lines at the same moment, and both land', async () => {
    const { chartId, suggestionIds } = await shared()
    const outcomes = await Promise.all([
      decide(CODER, suggestionIds[0]!),
      decide(REVIEWER, suggestionIds[1]!),
      decide(REVIEWER, suggestionIds[2]!, { decision: 'REJECT', reason: 'not supported' }),
    ])
    expect(outcomes.map((o) => o.kind)).toEqual(['SuggestionDecided', 'SuggestionDecided', 'SuggestionDecided'])
    const chart = await seen(chartId)
    expect(suggestionIds.map((id) => [chart.line(id).status, chart.line(id).version])).toEqual([
      ['ACCEPTED', 2],
      ['ACCEPTED', 2],
      ['REJECTED', 2],
    ])
    expect(chart.order.suggestionIds).toHaveLength(2)
    expect(chart.order.version).toBe(3)
  })

  it('on one line get base, theirs and yours, and nothing is overwritten', async () => {
    const { chartId, suggestionIds } = await shared()
    const id = suggestionIds[0]!
    const input = {
      commandId: commandId(),
      suggestionId: id,
      seenVersion: 1,
      decision: 'REJECT' as const,
      reason: 'no',
      poa: null,
    }
    const outcomes = await Promise.all([
      decide(CODER, id, { poa: 'Y' }),
      decideOnSuggestion(requestAs(world, REVIEWER), input),
    ])
    const landed = outcomes.filter((o) => o.kind === 'SuggestionDecided')
    expect(landed).toHaveLength(1)
    const lost = outcomes.find((o) => o.kind !== 'SuggestionDecided')!
    expect(lost).toEqual({ kind: 'SuggestionChanged', chartId, suggestionId: id, seenVersion: 1 })

    const late = {
      commandId: commandId(),
      suggestionId: id,
      seenVersion: 1,
      decision: 'MODIFY' as const,
      code: 'E11.9',
    }
    const request = requestAs(world, REVIEWER)
    const presented = await presentDecision(await decideOnSuggestion(request, late), late, request)
    await request.close()
    const now = (await seen(chartId)).line(id)
    expect(presented).toMatchObject({
      __typename: 'SuggestionChanged',
      base: { id, version: 1, status: 'PROPOSED', code: 'I10' },
      theirs: { id, version: 2, status: now.status, decidedBy: { id: now.decidedBy } },
      yours: { decision: 'MODIFY', code: 'E11.9', role: null, poa: null },
    })
    expect(now.version).toBe(2)
  })

  it('get the base of a line that came in the place of another, too', async () => {
    const { suggestionIds } = await shared()
    const modified = await decide(CODER, suggestionIds[1]!, { decision: 'MODIFY', code: 'J15.9' })
    if (modified.kind !== 'SuggestionDecided') throw new Error(JSON.stringify(modified))
    const id = modified.replacementId!
    expect(await decide(CODER, id, { poa: 'N' })).toMatchObject({ kind: 'SuggestionDecided' })
    const input = {
      commandId: commandId(),
      suggestionId: id,
      seenVersion: 1,
      decision: 'ACCEPT' as const,
      poa: 'Y' as const,
    }
    const request = requestAs(world, REVIEWER)
    const presented = await presentDecision(await decideOnSuggestion(request, input), input, request)
    await request.close()
    expect(presented).toMatchObject({
      base: { id, version: 1, code: 'J15.9', poa: null },
      theirs: { version: 2, poa: 'N' },
    })
  })

  it('who make different lines principal conflict on the order', async () => {
    const lines = [
      SUBMITTABLE[0]!,
      { code: 'I10', status: 'ACCEPTED' as const },
      { code: 'E11.9', status: 'ACCEPTED' as const },
    ]
    const { chartId, suggestionIds } = await shared({ lines })
    const seenVersion = (await seen(chartId)).order.version
    const inputs = [1, 2].map((i) => ({
      seenVersion,
      suggestionIds: [...suggestionIds],
      principalId: suggestionIds[i]!,
    }))
    const outcomes = await Promise.all([order(CODER, chartId, inputs[0]!), order(REVIEWER, chartId, inputs[1]!)])
    expect(outcomes.map((o) => o.kind).sort()).toEqual(['OrderChanged', 'OrderSaved'])
    const won = outcomes[0]!.kind === 'OrderSaved' ? 1 : 2
    const after = await seen(chartId)
    expect(after.order).toMatchObject({ version: seenVersion + 1, principalId: suggestionIds[won]! })
    expect(after.order.suggestionIds[0]).toBe(suggestionIds[won])
    // The lines' own versions stay: whoever decides on one of them does not conflict with an order.
    expect(suggestionIds.map((id) => after.line(id).version)).toEqual([1, 1, 1])

    const third = {
      commandId: commandId(),
      chartId,
      seenVersion: seenVersion + 1,
      suggestionIds: [...suggestionIds],
      principalId: suggestionIds[0]!,
    }
    expect(await reorderSuggestions(requestAs(world, CODER), third)).toMatchObject({ kind: 'OrderSaved' })
    const stale = { ...third, commandId: commandId(), principalId: suggestionIds[1]! }
    const request = requestAs(world, CODER)
    const presented = await presentReordered(await reorderSuggestions(request, stale), stale, request)
    await request.close()
    expect(presented).toMatchObject({
      __typename: 'OrderChanged',
      base: { version: seenVersion + 1, principalId: suggestionIds[won]! },
      theirs: { version: seenVersion + 2, principalId: suggestionIds[0]! },
      yours: suggestionIds,
    })
  })

  it('cannot both be first: of two lines accepted as principal at once, one is', async () => {
    const { chartId, suggestionIds } = await shared()
    const outcomes = await Promise.all([
      decide(CODER, suggestionIds[0]!, { role: 'PRINCIPAL' }),
      decide(REVIEWER, suggestionIds[1]!, { role: 'PRINCIPAL' }),
    ])
    expect(outcomes.map((o) => o.kind).sort()).toEqual(['CommandInvalid', 'SuggestionDecided'])
    expect(outcomes.find((o) => o.kind === 'CommandInvalid')).toMatchObject({ problems: [{ code: 'PRINCIPAL_TAKEN' }] })
    expect((await seen(chartId)).order.principalId).toBeOneOf([suggestionIds[0], suggestionIds[1]])
  })

  it('on different fields of the abstract both land; on one field the second sees the first', async () => {
    const { chartId } = await shared()
    const both = await Promise.all([
      abstract(CODER, chartId),
      abstract(REVIEWER, chartId, { field: 'DISPOSITION', value: '03' }),
    ])
    expect(both.map((o) => o.kind)).toEqual(['ChartSaved', 'ChartSaved'])
    const input = { commandId: commandId(), chartId, field: 'PAYER' as const, seenVersion: 1, value: 'Cigna' }
    const request = requestAs(world, REVIEWER)
    const presented = await presentAbstractSet(await setAbstract(request, input), input, request)
    await request.close()
    expect(presented).toEqual({
      __typename: 'AbstractChanged',
      field: 'PAYER',
      base: 'Medicare',
      theirs: 'Aetna',
      theirVersion: 2,
      yours: 'Cigna',
    })
    const { row } = await seen(chartId)
    expect(row).toMatchObject({ payer: 'Aetna', disposition: '03' })
    expect(row.abstractMeta.DISPOSITION).toMatchObject({ version: 2, decidedBy: memberId(world, REVIEWER) })
  })
})

describe('a field of the abstract', () => {
  it('rests on words, as a code does: inside a version of this chart, or nothing is set', async () => {
    const { chartId, documents } = await shared()
    const [{ versionId, documentId, text }] = documents as [(typeof documents)[0]]
    const span = { versionId, start: 0, end: 9, kind: 'SUPPORTS' }
    expect(
      await abstract(CODER, chartId, {
        field: 'DISPOSITION',
        value: '03',
        evidence: [{ ...span, end: text.length + 1 }],
      }),
    ).toMatchObject({ kind: 'CommandInvalid', problems: [{ code: 'EVIDENCE_SPAN', field: 'evidence' }] })
    const elsewhere = await shared()
    expect(
      await abstract(CODER, chartId, {
        field: 'DISPOSITION',
        value: '03',
        evidence: [{ ...span, versionId: elsewhere.documents[0]!.versionId }],
      }),
    ).toMatchObject({ problems: [{ code: 'EVIDENCE_VERSION' }] })
    expect((await seen(chartId)).row.abstractMeta.DISPOSITION).toBeUndefined()

    expect(await abstract(CODER, chartId, { field: 'DISPOSITION', value: '03', evidence: [span] })).toMatchObject({
      kind: 'ChartSaved',
    })
    const line = async () => (await seen(chartId)).row.abstractMeta.DISPOSITION
    expect(await line()).toMatchObject({
      version: 2,
      evidence: [{ versionId, documentId, start: 0, end: 9, page: null }],
    })
    // The next value stands on its own evidence, not on that of the value before.
    await abstract(REVIEWER, chartId, { field: 'DISPOSITION', value: '01', seenVersion: 2 })
    expect(await line()).toEqual({
      version: 3,
      decidedBy: memberId(world, REVIEWER),
      decidedAt: expect.any(String) as string,
    })
  })
})

describe('a command id', () => {
  it('sent again gives the first outcome, whatever happened since, and adds no event', async () => {
    const { chartId, suggestionIds } = await shared()
    const input = {
      commandId: commandId(),
      suggestionId: suggestionIds[0]!,
      seenVersion: 1,
      decision: 'ACCEPT' as const,
    }
    const [one, two, three] = await Promise.all([1, 2, 3].map(() => decideOnSuggestion(requestAs(world, CODER), input)))
    expect(one).toMatchObject({ kind: 'SuggestionDecided' })
    expect([two, three]).toEqual([one, one])
    await decide(REVIEWER, suggestionIds[0]!, { seenVersion: 2, decision: 'REJECT', reason: 'no' })
    const log = await eventTypes(world, chartId)
    expect(await decideOnSuggestion(requestAs(world, CODER), input)).toEqual(one)
    expect(await eventTypes(world, chartId)).toEqual(log)
    expect((await seen(chartId)).line(suggestionIds[0]!)).toMatchObject({ status: 'REJECTED', version: 3 })

    for (const other of [
      { ...input, seenVersion: 2 },
      { ...input, poa: 'Y' as const },
      { ...input, suggestionId: suggestionIds[1]! },
    ])
      await expect(decideOnSuggestion(requestAs(world, CODER), other)).rejects.toMatchObject({ code: 'COMMAND_REUSED' })
    await expect(takeBackAs(input.commandId, suggestionIds[0]!)).rejects.toMatchObject({ code: 'COMMAND_REUSED' })
    // What is left out and what is undefined are one input.
    expect(await decideOnSuggestion(requestAs(world, CODER), { ...input, code: undefined })).toEqual(one)
  })

  const takeBackAs = (id: string, suggestionId: string) =>
    undo(requestAs(world, CODER), { commandId: id, suggestionId, seenVersion: 2 })

  it('that is none is refused before anything is read', async () => {
    const { suggestionIds } = await shared()
    for (const id of ['', 'x', randomUUID().toUpperCase(), `${randomUUID()} `])
      await expect(decide(CODER, suggestionIds[0]!, { commandId: id })).rejects.toMatchObject({ code: 'BAD_INPUT' })
  })
})

describe('what is not there for a viewer', () => {
  it('is not found in the same words whether it is absent, hidden, foreign or no id at all, before anything else is said', async () => {
    const foreign = await addChart(world, {
      organisation: 'lakeside',
      coder: 'lakeside@demo.test',
      lines: [{ code: 'I10' }],
    })
    const hidden = await addChart(world, { restricted: true, lines: [{ code: 'I10' }] })
    const lines = [
      randomUUID(),
      foreign.suggestionIds[0]!,
      hidden.suggestionIds[0]!,
      'x',
      '',
      "'; select 1",
      randomUUID().toUpperCase(),
    ]
    const charts = [randomUUID(), foreign.chartId, hidden.chartId, 'x', '', lines[1]!]
    const said: string[] = []
    const ask = (work: Promise<unknown>) =>
      work.then(
        (value) => said.push(`answered ${JSON.stringify(value)}`),
        (error: Error & { code: string; detail: object }) =>
          said.push(JSON.stringify([error.name, error.code, error.message, error.detail])),
      )
    for (const email of [CODER, 'supervisor@demo.test', 'admin@demo.test']) {
      for (const id of lines) {
        await ask(decide(email, id))
        await ask(takeBack(email, id))
      }
      for (const id of charts) {
        await ask(put(email, id))
        await ask(order(email, id, { suggestionIds: [] }))
        await ask(abstract(email, id))
        await ask(
          overrideEdit(requestAs(world, email), { commandId: commandId(), chartId: id, editKey: 'k', reason: 'r' }),
        )
      }
    }
    expect(said.length).toBe(3 * (lines.length * 2 + charts.length * 4))
    expect(new Set(said).size).toBe(1)
    expect(said[0]).toContain('NOT_FOUND')
  })

  it('one who sees the chart and may not act hears why', async () => {
    const { chartId, suggestionIds } = await addChart(world, { coder: CODER, lines: [{ code: 'I10' }] })
    const held = await addChart(world, { coder: CODER, identityHold: true, lines: [{ code: 'I10' }] })
    const done = await addChart(world, { coder: CODER, status: 'SUBMITTED', lines: [{ code: 'I10' }] })
    const reason = (name: string) => ({ code: 'FORBIDDEN', detail: { reason: name } })
    await expect(decide('coder2@demo.test', suggestionIds[0]!)).rejects.toMatchObject(reason('NOT_CODER_OF_RECORD'))
    await expect(decide('supervisor@demo.test', suggestionIds[0]!)).rejects.toMatchObject(reason('ROLE'))
    await expect(decide(CODER, held.suggestionIds[0]!)).rejects.toMatchObject(reason('IDENTITY_HOLD'))
    await expect(takeBack(CODER, held.suggestionIds[0]!)).rejects.toMatchObject(reason('IDENTITY_HOLD'))
    await expect(put(CODER, held.chartId)).rejects.toMatchObject(reason('IDENTITY_HOLD'))
    await expect(abstract(CODER, held.chartId)).rejects.toMatchObject(reason('IDENTITY_HOLD'))
    await expect(decide(CODER, done.suggestionIds[0]!)).rejects.toMatchObject(reason('CHART_STATE'))
    await addPart(world, chartId, 'auditor@demo.test', 'AUDITOR')
    await expect(decide('auditor@demo.test', suggestionIds[0]!)).rejects.toMatchObject(reason('SEPARATION_OF_DUTIES'))
    // Both an auditor and a reviewer of the chart: the bar holds, also for what is not a line's decision.
    await addPart(world, chartId, 'auditor@demo.test', 'SECOND_LOOK')
    await expect(decide('auditor@demo.test', suggestionIds[0]!)).rejects.toMatchObject(reason('SEPARATION_OF_DUTIES'))
    await expect(abstract('auditor@demo.test', chartId)).rejects.toMatchObject(reason('SEPARATION_OF_DUTIES'))
    await expect(takeBack('auditor@demo.test', suggestionIds[0]!)).rejects.toMatchObject(reason('SEPARATION_OF_DUTIES'))
  })
})

describe('undo', () => {
  const kinds = async (outcome: ReturnType<typeof takeBack>) => {
    const done = await outcome
    return done.kind === 'UndoRefused' ? done.problem.code : done.kind
  }

  it('puts back what stood before the actor’s own last act, by a new act', async () => {
    const { chartId, suggestionIds } = await shared()
    const id = suggestionIds[0]!
    await decide(CODER, id, { poa: 'Y', modifiers: [] })
    await decide(CODER, id, { seenVersion: 2, decision: 'REJECT', reason: 'history only' })
    for (const version of [0, 2, 4]) expect(await kinds(takeBack(CODER, id, version))).toBe('BUILT_ON')
    expect(await kinds(takeBack(CODER, id))).toBe('Undone')
    expect((await seen(chartId)).line(id)).toMatchObject({
      status: 'ACCEPTED',
      poa: 'Y',
      version: 4,
      decisionReason: null,
      rank: 1,
    })
    expect((await eventTypes(world, chartId)).slice(-3)).toEqual([
      'SUGGESTION_ACCEPTED',
      'SUGGESTION_REJECTED',
      'SUGGESTION_ACCEPTED',
    ])
  })

  it('is for the last act alone, and for the actor alone', async () => {
    const { suggestionIds } = await shared()
    expect(await kinds(takeBack(CODER, suggestionIds[0]!))).toBe('NOT_YOURS')
    await decide(CODER, suggestionIds[0]!)
    expect(await kinds(takeBack(REVIEWER, suggestionIds[0]!))).toBe('NOT_YOURS')
    await decide(REVIEWER, suggestionIds[0]!, { seenVersion: 2, decision: 'REJECT', reason: 'no' })
    expect(await kinds(takeBack(CODER, suggestionIds[0]!))).toBe('NOT_YOURS')
  })

  it('withdraws a line that the act added, and the code that it put in the place of another', async () => {
    const { chartId, suggestionIds } = await shared()
    const added = await put(CODER, chartId, { code: 'Z87.891' })
    if (added.kind !== 'SuggestionAdded') throw new Error(JSON.stringify(added))
    expect(await kinds(takeBack(CODER, added.suggestionId))).toBe('Undone')
    expect((await seen(chartId)).line(added.suggestionId)).toMatchObject({ status: 'WITHDRAWN', rank: null })

    const id = suggestionIds[1]!
    for (const round of [1, 2]) {
      const { version } = (await seen(chartId)).line(id)
      const modified = await decide(CODER, id, { decision: 'MODIFY', code: 'J15.9', seenVersion: version })
      if (modified.kind !== 'SuggestionDecided') throw new Error(JSON.stringify(modified))
      const replacementId = modified.replacementId!
      expect(await kinds(takeBack(CODER, replacementId)), `round ${round}`).toBe('MODIFICATION')
      expect(await kinds(takeBack(CODER, id)), `round ${round}`).toBe('Undone')
      const chart = await seen(chartId)
      expect(chart.line(id)).toMatchObject({ status: 'PROPOSED', code: 'J18.9' })
      expect(chart.line(replacementId)).toMatchObject({ status: 'WITHDRAWN' })
      expect(await kinds(takeBack(CODER, replacementId)), `round ${round}`).toBe('MODIFICATION')
    }
  })

  it('of an act on a replacement gives back the replacement, not nothing', async () => {
    const { chartId, suggestionIds } = await shared()
    const modified = await decide(CODER, suggestionIds[1]!, { decision: 'MODIFY', code: 'J15.9', poa: 'Y' })
    const id = (modified as { replacementId: string }).replacementId
    await decide(CODER, id, { poa: 'N' })
    expect(await kinds(takeBack(CODER, id))).toBe('Undone')
    expect((await seen(chartId)).line(id)).toMatchObject({ status: 'ACCEPTED', poa: 'Y', version: 3 })
  })

  it('is refused where somebody built on it: decided the replacement, reordered, took the first place', async () => {
    const { chartId, suggestionIds } = await shared()
    const [a, b, c] = suggestionIds as [string, string, string]
    const modified = await decide(CODER, b, { decision: 'MODIFY', code: 'J15.9' })
    await decide(REVIEWER, (modified as { replacementId: string }).replacementId, { poa: 'Y' })
    expect(await kinds(takeBack(CODER, b))).toBe('BUILT_ON')

    await decide(CODER, a)
    const { order: before } = await seen(chartId)
    await order(REVIEWER, chartId, {
      seenVersion: before.version,
      suggestionIds: [...before.suggestionIds],
      principalId: a,
    })
    expect(await kinds(takeBack(CODER, a))).toBe('BUILT_ON')

    await decide(CODER, a, { seenVersion: 2, decision: 'REJECT', reason: 'no' })
    await decide(REVIEWER, c, { role: 'PRINCIPAL' })
    expect(await kinds(takeBack(CODER, a))).toBe('BUILT_ON')
  })

  it('of a later act leaves alone what an earlier modification put there', async () => {
    const { chartId, suggestionIds } = await shared()
    const id = suggestionIds[1]!
    const modified = await decide(CODER, id, { decision: 'MODIFY', code: 'J15.9' })
    const replacementId = (modified as { replacementId: string }).replacementId
    await decide(CODER, id, { seenVersion: 2 })
    expect(await kinds(takeBack(CODER, id))).toBe('Undone')
    const chart = await seen(chartId)
    expect(chart.line(id)).toMatchObject({ status: 'REJECTED' })
    expect(chart.line(replacementId)).toMatchObject({ status: 'ACCEPTED', version: 1 })
  })

  it('puts the principal back in its place, though it became that by a reorder', async () => {
    const { chartId, suggestionIds } = await shared()
    const [a, b] = suggestionIds as [string, string]
    await decide(CODER, a)
    await decide(CODER, b)
    const { order: before } = await seen(chartId)
    await order(CODER, chartId, { seenVersion: before.version, suggestionIds: [a, b], principalId: b })
    await decide(CODER, b, { seenVersion: 2, decision: 'REJECT', reason: 'a slip' })
    expect((await seen(chartId)).order.principalId).toBeNull()
    expect(await kinds(takeBack(CODER, b))).toBe('Undone')
    expect((await seen(chartId)).order).toMatchObject({ principalId: b, suggestionIds: [b, a] })
  })

  it('gives a line back a rank that is free', async () => {
    const { chartId, suggestionIds } = await shared()
    const [a, b, c] = suggestionIds as [string, string, string]
    await decide(CODER, a)
    await decide(CODER, b)
    await decide(CODER, b, { seenVersion: 2, decision: 'RETURN_TO_PROPOSED' })
    await decide(CODER, c)
    expect(await kinds(takeBack(CODER, b))).toBe('Undone')
    const chart = await seen(chartId)
    expect([a, b, c].map((id) => chart.line(id).rank)).toEqual([1, 3, 2])
  })
})

describe('a code put on a chart', () => {
  it('is checked against the table of its date, its kind, units, modifiers and evidence', async () => {
    const { chartId, documents } = await shared()
    const { versionId, text } = documents[0]!
    const other = await shared()
    const cases: [Partial<AddSuggestionInput>, string][] = [
      [{ code: 'X99.9' }, 'CODE_NOT_IN_TABLE'],
      [{ code: 'E11' }, 'CODE_NOT_BILLABLE'],
      [{ kind: 'PROCEDURE' }, 'KIND'],
      [{ units: 0 }, 'UNITS'],
      [{ units: -3 }, 'UNITS'],
      [{ modifiers: ['lt'] }, 'MODIFIER'],
      [{ role: 'PROCEDURE' }, 'ROLE'],
      [{ role: 'FIRST_LISTED' }, 'ROLE'],
      [{ code: 'W19.XXXA', role: 'PRINCIPAL' }, 'NEVER_PRINCIPAL'],
      [{ poa: 'EXEMPT' }, 'POA_NOT_EXEMPT'],
      [
        { evidence: [{ versionId: other.documents[0]!.versionId, start: 0, end: 1, kind: 'SUPPORTS' }] },
        'EVIDENCE_VERSION',
      ],
      [{ evidence: [{ versionId, start: 0, end: text.length + 1, kind: 'SUPPORTS' }] }, 'EVIDENCE_SPAN'],
      [{ evidence: [{ versionId, start: 5, end: 5, kind: 'SUPPORTS' }] }, 'EVIDENCE_SPAN'],
      [{ evidence: [{ versionId, page: 1, kind: 'SUPPORTS' }] }, 'EVIDENCE_PAGE'],
      [{ evidence: [{ versionId, kind: 'SUPPORTS' }] }, 'EVIDENCE_SPAN'],
    ]
    const before = await eventTypes(world, chartId)
    for (const [given, problem] of cases)
      expect(await put(CODER, chartId, given), JSON.stringify(given)).toMatchObject({
        kind: 'CommandInvalid',
        problems: [{ code: problem }],
      })
    for (const given of [
      { code: 'x'.repeat(21) },
      { code: 'E11.9\u0000' },
      { performer: '\ud800' },
      { modifiers: ['25', '25', '25', '25', '25'] },
    ])
      await expect((async () => put(CODER, chartId, given))(), JSON.stringify(given)).rejects.toMatchObject({
        code: 'BAD_INPUT',
      })
    expect(await eventTypes(world, chartId)).toEqual(before)
    for (const modifiers of [['lt'], ['25', '26', '27', '28', '29'], ['\u0000\u0000']])
      expect(await decide(CODER, (await shared()).suggestionIds[0]!, { modifiers })).toMatchObject({
        problems: [{ code: 'MODIFIER' }],
      })
  })

  it('stands at once for its coder, and stays a proposal where that is asked', async () => {
    const { chartId } = await shared({ lines: [] })
    const one = await put(CODER, chartId, { code: 'e119'.toUpperCase(), poa: 'Y' })
    const two = await put(CODER, chartId, { code: 'W19.XXXA', propose: true })
    const chart = await seen(chartId)
    expect(chart.line((one as { suggestionId: string }).suggestionId)).toMatchObject({
      code: 'E11.9',
      status: 'ACCEPTED',
      rank: 1,
      role: 'SECONDARY',
    })
    expect(chart.line((two as { suggestionId: string }).suggestionId)).toMatchObject({
      status: 'PROPOSED',
      rank: null,
      role: 'EXTERNAL_CAUSE',
      decidedBy: null,
    })
    expect(chart.order).toMatchObject({ version: 2, suggestionIds: [(one as { suggestionId: string }).suggestionId] })
  })
})

describe('edits', () => {
  it('change with the lines, are told in the same event, and a reason holds only for what it was given for', async () => {
    const lines: LineFacts[] = [SUBMITTABLE[0]!, { code: 'E10.9', status: 'ACCEPTED' }]
    const { chartId } = await shared({ lines })
    const added = await put(CODER, chartId, { code: 'E11.9', poa: 'Y' })
    const { suggestionId } = added as { suggestionId: string }
    const excludes = async () => (await seen(chartId)).edits.filter((e) => e.ruleId === 'EXCLUDES1')
    const [edit] = await excludes()
    expect(edit).toMatchObject({ severity: 'WARNING', overridable: true, override: null })
    const override = (editKey: string, reason = 'unrelated') =>
      overrideEdit(requestAs(world, CODER), { commandId: commandId(), chartId, editKey, reason })
    expect(await override('EXCLUDES1 nothing')).toMatchObject({ problems: [{ code: 'EDIT_GONE' }] })
    await expect((async () => override(edit!.key, ' \n'))()).rejects.toMatchObject({ code: 'BAD_INPUT' })
    expect(await override(edit!.key)).toMatchObject({ kind: 'EditOverridden' })
    expect((await excludes())[0]!.override).toMatchObject({ reason: 'unrelated', memberId: memberId(world, CODER) })
    // Another code on the line, another finding.
    await decide(CODER, suggestionId, { decision: 'MODIFY', code: 'E11.65' })
    expect((await excludes()).map((e) => e.override)).toEqual([null])
  })

  it('that are errors take no override', async () => {
    const { chartId } = await shared({ lines: [{ code: 'I10', status: 'ACCEPTED' }] })
    const { edits } = await seen(chartId)
    const error = edits.find((e) => e.ruleId === 'NO_PRINCIPAL')!
    expect(
      await overrideEdit(requestAs(world, CODER), { commandId: commandId(), chartId, editKey: error.key, reason: 'x' }),
    ).toMatchObject({
      problems: [{ code: 'NOT_OVERRIDABLE' }],
    })
  })
})

describe('the abstract', () => {
  it('refuses days that do not exist, a stay that runs backward, and an empty class, and says which field changed', async () => {
    const { chartId } = await shared()
    const cases: [Given<SetAbstractInput>, string][] = [
      [{ field: 'DISCHARGED_AT', value: '2026-02-30T10:00:00Z' }, 'NOT_AN_INSTANT'],
      [{ field: 'SERVICE_DATE', value: '0000-01-01' }, 'NOT_A_DATE'],
      [{ field: 'DISCHARGED_AT', value: '2026-03-01T10:00:00Z' }, 'STAY'],
      [{ field: 'PATIENT_CLASS', value: null }, 'REQUIRED'],
    ]
    for (const [given, problem] of cases)
      expect(await abstract(CODER, chartId, given), JSON.stringify(given)).toMatchObject({
        problems: [{ code: problem }],
      })
    expect(
      await abstract(CODER, chartId, { field: 'DISCHARGED_AT', value: '2026-03-20T10:00:00-04:00' }),
    ).toMatchObject({ kind: 'ChartSaved' })
    expect((await seen(chartId)).row.dischargedAt).toEqual(new Date('2026-03-20T14:00:00Z'))
  })
})
