import { randomUUID } from 'node:crypto'
import { type ExecutionResult, execute, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSchema } from '../../server/app/buildSchema.js'
import { createPageCursors, PAGE_CURSORS } from '../../server/auth/pageCursor.js'
import { type AddedChart, addChart, type ChartWorld, chartWorld, requestAs } from '../support/charts.js'
import { chartStream } from '../../server/review/chartStream.js'
import { addComment } from '../../server/review/addComment.command.js'

const CODER = 'coder@demo.test'
const SUPERVISOR = 'supervisor@demo.test'
const WORDS = ['Community-acquired pneumonia', 'Essential hypertension', 'Type 2 diabetes mellitus']
const CODES = ['J18.9', 'I10', 'E11.9']

const EVERYTHING = `query ($id: ID!) { chart(id: $id) {
  id status accountNumber disposition cursor facility { name } queue { name } patient { familyName identifiers { value } }
  documentCount documents { id version { title text } versions { number } }
  suggestions { id code title author { displayName } decidedBy { displayName } evidence { quote } access { can } }
  opportunities { topic evidence { quote } } order { principalId } edits { message override { by { displayName } } }
  comments { body author { displayName } } pends { reason by { displayName } } submissions { number codes { code } }
  audits { findings { explanation } } access { masked { field } can } } }`

const LIST = `query ($first: Int!) { charts(first: $first, sort: RECEIVED_ASC) { totalCount pageInfo { hasNextPage endCursor }
  edges { cursor node { id status accountNumber facility { name } queue { name } coderOfRecord { displayName } documentCount
    patient { familyName } access { can } } } } }`

const DECIDE = `mutation ($input: DecideOnSuggestionInput!) { decideOnSuggestion(input: $input) { __typename
  ... on SuggestionDecided { suggestion { id version } edits { message } } } }`

/**
 * How many statements each kind of operation sends (begin, set_config and commit left out), whatever the size of what it
 * is about. A number that changes is a decision, a number that grows with the data is a fault.
 */
describe('statements', () => {
  const schema = buildSchema()
  let world: ChartWorld
  let small: AddedChart
  let large: AddedChart
  beforeAll(async () => {
    world = await chartWorld()
    world.services.provide(PAGE_CURSORS, createPageCursors(world.db.vault.derive('page cursors')))
    small = await made(1)
    large = await made(12)
    await run(SUPERVISOR, LIST, { first: 1 })
  })
  afterAll(() => world.close())

  async function made(times: number): Promise<AddedChart> {
    const chart = await addChart(world, {
      coder: CODER,
      documents: Array.from({ length: times }, () => ({})),
      lines: Array.from({ length: times }, (_, i) => ({
        code: CODES[i % 3]!,
        evidence: [{ document: i, words: WORDS[i % 3]! }],
      })),
    })
    for (let i = 0; i < times; i++)
      await addComment(requestAs(world, CODER), {
        commandId: randomUUID(),
        chartId: chart.chartId,
        body: `comment ${i}`,
      })
    return chart
  }

  async function run(
    email: string,
    document: string,
    variables: object,
  ): Promise<{ sent: string[]; data: Record<string, unknown> }> {
    const request = requestAs(world, email)
    const before = world.db.statements.length
    const result = (await execute({
      schema,
      document: parse(document),
      variableValues: variables as Record<string, unknown>,
      contextValue: request,
    })) as ExecutionResult
    await request.close()
    if (result.errors) throw new Error('the operation failed', { cause: result.errors[0] })
    return { sent: world.db.statements.slice(before), data: result.data as Record<string, unknown> }
  }

  it('a chart with everything on it', async () => {
    const [one, many] = [
      await run(CODER, EVERYTHING, { id: small.chartId }),
      await run(CODER, EVERYTHING, { id: large.chartId }),
    ]
    expect((many.data.chart as { suggestions: unknown[] }).suggestions).toHaveLength(12)
    expect(many.sent).toHaveLength(one.sent.length)
    expect(many.sent.length).toBe(COUNTS.chart)
    expect(new Set(many.sent).size, 'the same statement twice').toBe(many.sent.length)
    // Who sees no content asks for no text, document, comment, opportunity or line.
    const masked = await run(SUPERVISOR, EVERYTHING, { id: large.chartId })
    expect(masked.sent.length).toBe(COUNTS.maskedChart)
  })

  it('a list of charts', async () => {
    for (let i = 0; i < 8; i++) await addChart(world, { documents: [] })
    for (const email of [SUPERVISOR, CODER]) {
      const [one, many] = [await run(email, LIST, { first: 1 }), await run(email, LIST, { first: 50 })]
      expect((many.data.charts as { edges: unknown[] }).edges.length).toBeGreaterThan(8)
      expect([one.sent.length, many.sent.length]).toEqual([COUNTS.list, COUNTS.list])
    }
  })

  it('a decision, its answer included', async () => {
    const counts = await Promise.all(
      [small, large].map(async (chart) => {
        const input = {
          commandId: randomUUID(),
          suggestionId: chart.suggestionIds[0]!,
          seenVersion: 1,
          decision: 'ACCEPT',
        }
        return () => run(CODER, DECIDE, { input })
      }),
    )
    for (const decide of counts) {
      expect((await decide()).sent.length).toBe(COUNTS.decide)
      // The same command again: found, not done.
      expect((await decide()).sent.length).toBe(COUNTS.decideAgain)
    }
  })

  it('one look of a stream: the first, and one for events, however many', async () => {
    const stream = await chartStream(world.services, world.claims.get(CODER)!, large.chartId, null)
    // Nothing is looked at before it is asked for, so that what is sent between is the look alone.
    const asked = async (): Promise<number> => {
      const before = world.db.statements.length
      expect((await stream.next()).done).toBe(false)
      return world.db.statements.slice(before).filter((text) => !isBeside(text)).length
    }
    expect(await asked()).toBe(COUNTS.firstLook)
    const say = (body: string) =>
      addComment(requestAs(world, CODER), { commandId: randomUUID(), chartId: large.chartId, body })
    await say('one')
    expect(await asked()).toBe(COUNTS.eventLook)
    for (let i = 0; i < 9; i++) await say(`many ${i}`)
    expect(await asked()).toBe(COUNTS.eventLook)
    await stream.return?.()
  })
})

/** What runs beside: the sweep of heads and epochs each second, and the node's one writer of access records. */
const isBeside = (text: string): boolean => /live_changes|access_(record|head|operation)/.test(text)

const COUNTS = {
  chart: 18,
  maskedChart: 9,
  list: 6,
  decide: 20,
  decideAgain: 11,
  firstLook: 14,
  eventLook: 4,
} as const
