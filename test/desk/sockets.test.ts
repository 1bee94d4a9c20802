import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  InboxDocument,
  InboxStreamDocument,
  QueueBoardDocument,
  QueueBoardStreamDocument,
} from '../../client/generated/graphql.js'
import { RawSocket } from '../app/rawSocket.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'
import { type Desk, Fold, folded, type Item } from './deskSupport.js'

/** Rules LV33 to LV35 as a client has them: over sockets that break, by the client's own documents. */

const ASKED = {
  queueBoard: { stream: String(QueueBoardStreamDocument), query: String(QueueBoardDocument), rows: 'rows' },
  inbox: { stream: String(InboxStreamDocument), query: String(InboxDocument), rows: 'items' },
} as const
const DESKS = Object.keys(ASKED) as Desk[]
const CODERS = ['coder@demo.test', 'coder2@demo.test'] as const
const PEOPLE = [...CODERS, 'supervisor@demo.test', 'cdi@demo.test'] as const

interface Told {
  readonly __typename: string
  readonly changed?: readonly unknown[]
}

/** One person with both streams on one socket, who folds what comes. */
class Screen {
  readonly folds = { queueBoard: new Fold(), inbox: new Fold() }
  #socket: RawSocket | undefined
  #taken = 0

  constructor(
    readonly server: TestServer,
    readonly person: TestPerson,
  ) {}

  async open(): Promise<void> {
    this.#socket = await RawSocket.signedIn(this.server.url, await this.person.ticket())
    this.#taken = 0
    for (const desk of DESKS) this.#socket.subscribe(desk, ASKED[desk].stream)
  }

  /** As where the network goes away: without a word. What was shown stays until the next snapshot. */
  async cut(): Promise<void> {
    this.take()
    this.#socket!.ws.terminate()
    await this.#socket!.closed
  }

  take(): void {
    const { received } = this.#socket!
    for (const message of received.slice(this.#taken)) {
      if (!DESKS.includes(message.id as Desk)) continue
      expect(message.type, JSON.stringify(message)).toBe('next')
      const desk = message.id as Desk
      const told = (message.payload as { data: Record<Desk, Told> }).data[desk]
      // The client's document names what changed otherwise than what is there.
      this.folds[desk].take((told.changed ? { ...told, [ASKED[desk].rows]: told.changed } : told) as Item)
    }
    this.#taken = received.length
  }

  async isRight(desk: Desk): Promise<boolean> {
    const { query, rows } = ASKED[desk]
    const { data, errors } = await this.person.graphql(query)
    if (errors) throw new Error(JSON.stringify(errors))
    this.take()
    const fold = this.folds[desk]
    return fold.items.length > 0 && fold.folded === folded((data![desk] as Record<string, never[]>)[rows]!)
  }
}

let server: TestServer
const people = new Map<string, TestPerson>()
const chartIds: string[] = []
beforeAll(async () => {
  server = await testServer()
  for (const email of PEOPLE) people.set(email, await server.signInAs(email))
  for (const facts of [
    { facility: 'north' },
    { facility: 'south', queue: 'Emergency and clinic' },
    { facility: 'north', restricted: true },
    { facility: 'north', totalChargesCents: 100 },
  ] as const)
    chartIds.push((await server.addChart(facts)).chartId)
})
afterAll(() => server.close())

const ACTS = [
  'claimChart',
  'releaseChart',
  'pendChart',
  'unpendChart',
  'assignChart',
  'addComment',
  'markInboxRead',
] as const
const act = fc.record({ name: fc.constantFrom(...ACTS), chart: fc.nat(3), who: fc.nat(1) })
const moment = fc.record({
  together: fc.array(act, { minLength: 1, maxLength: 4 }),
  cut: fc.option(fc.nat(PEOPLE.length - 1)),
})
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

/** Refusals are a part of any history; faults are not. */
async function doIt({ name, chart, who }: Act): Promise<void> {
  const chartId = chartIds[chart]!
  const base = { commandId: randomUUID(), chartId }
  const ids = PEOPLE.map((email) => server.demo.harbor.members[email]!.memberId)
  const coder = people.get(CODERS[who]!)!
  const by = name === 'assignChart' ? people.get('supervisor@demo.test')! : coder
  let input: object = base
  let type = 'ChartCommandInput'
  if (name === 'pendChart') [type, input] = ['PendChartInput', { ...base, reason: 'OTHER', note: 'Wait.' }]
  if (name === 'unpendChart') type = 'UnpendChartInput'
  if (name === 'addComment') [type, input] = ['AddCommentInput', { ...base, body: 'Look.', mentionIds: ids }]
  if (name === 'assignChart')
    [type, input] = ['AssignChartInput', { ...base, memberId: ids[who], part: 'CODER_OF_RECORD', reason: 'WORKLOAD' }]
  if (name === 'markInboxRead') {
    const { data } = await by.graphql(String(InboxDocument))
    const { items } = data!.inbox as { items: { id: string }[] }
    if (items.length === 0) return
    ;[type, input] = ['MarkInboxReadInput', { commandId: randomUUID(), itemIds: items.slice(0, 2).map((it) => it.id) }]
  }
  const { errors } = await by.graphql(`mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`, {
    input,
  } as Record<string, unknown>)
  for (const error of errors ?? [])
    expect(error.extensions.code, JSON.stringify(error)).toBeOneOf(['NOT_FOUND', 'FORBIDDEN'])
}

describe('over sockets that break', () => {
  it('LV33, LV34: what a client folded is at rest what the query answers', async () => {
    let cuts = 0
    await fc.assert(
      fc.asyncProperty(fc.array(moment, { minLength: 3, maxLength: 8 }), async (history) => {
        const screens = PEOPLE.map((email) => new Screen(server, people.get(email)!))
        for (const screen of screens) await screen.open()
        for (const { together, cut } of history) {
          const reconnect = async (screen: Screen) => {
            cuts++
            await screen.cut()
            await screen.open()
          }
          await Promise.all([...together.map(doIt), ...(cut === null ? [] : [reconnect(screens[cut]!)])])
        }
        for (const screen of screens)
          for (const desk of DESKS)
            await expect.poll(() => screen.isRight(desk), { timeout: 20_000, interval: 50 }).toBe(true)
        for (const screen of screens) await screen.cut()
      }),
      { numRuns: 10, endOnFailure: true },
    )
    expect(cuts).toBeGreaterThan(5)
  }, 240_000)
})
