import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AccessClaims } from '../../server/auth/accessToken.js'
import { addPart, type ChartWorld } from '../support/charts.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'
import { FrameSocket } from './frameSocket.js'
import { plainServer } from './plainServer.js'

/*
 * For a client that asks with its own document and its own ids, every frame is the one that a plain graphql-ws server
 * sends with the same payloads, byte for byte (PROTOCOL.md: nothing above the transport needs a change to a client).
 */

const CODER = 'coder@demo.test'
const REVIEWER = 'reviewer@demo.test'
const AUDITOR = 'auditor@demo.test'
const SUPERVISOR = 'supervisor@demo.test'
const WHO = [CODER, REVIEWER, AUDITOR] as const

let server: TestServer
let plain: Awaited<ReturnType<typeof plainServer>>
const people = new Map<string, TestPerson>()
beforeAll(async () => {
  server = await testServer()
  const claims = new Map<string, AccessClaims>()
  for (const email of [...WHO, SUPERVISOR]) {
    const person = await server.signInAs(email)
    people.set(email, person)
    claims.set(email, person.claims)
  }
  plain = await plainServer(server.app, claims)
})
afterAll(async () => {
  await plain?.close()
  await server?.close()
})

/** The same operations on a socket of each server. */
class Pair {
  readonly ids = new Set<string>()

  private constructor(
    readonly real: FrameSocket,
    readonly plain: FrameSocket,
  ) {}

  static async open(email: string): Promise<Pair> {
    const ticket = await people.get(email)!.ticket()
    const sockets = await Promise.all([
      FrameSocket.acknowledged(server.url, { ticket }),
      FrameSocket.acknowledged(plain.url, { as: email }),
    ])
    return new Pair(...sockets)
  }

  subscribe(id: string, payload: Record<string, unknown>): void {
    this.ids.add(id)
    this.send({ type: 'subscribe', id, payload })
  }

  send(message: unknown): void {
    this.real.send(message)
    this.plain.send(message)
  }

  /** Until both have it on every one of these operations. */
  async have(text: string, ids: Iterable<string> = this.ids): Promise<void> {
    const lacking = (socket: FrameSocket) =>
      [...ids].filter((id) => !socket.of(id).some((frame) => frame.includes(text)))
    await expect
      .poll(() => ({ real: lacking(this.real), plain: lacking(this.plain) }), { timeout: 15_000, interval: 20 })
      .toEqual({ real: [], plain: [] })
  }

  /** @returns how many frames were compared */
  compare(): number {
    for (const id of this.ids) expect(this.real.of(id)).toEqual(this.plain.of(id))
    if (this.ids.size === 1) expect(this.real.frames).toEqual(this.plain.frames)
    expect(this.real.frames.length).toBe(this.plain.frames.length)
    return this.real.frames.length
  }

  async end(): Promise<void> {
    await Promise.all([this.real.end(), this.plain.end()])
  }
}

async function command(
  email: string,
  name: string,
  input: Record<string, unknown>,
  select = '__typename',
): Promise<Record<string, unknown>> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`
  const { data, errors } = await people
    .get(email)!
    .graphql(`mutation($input: ${TYPES[name] ?? type}!) { ${name}(input: $input) { ${select} } }`, {
      input: { commandId: crypto.randomUUID(), ...input },
    })
  expect(errors).toBeUndefined()
  return data![name] as Record<string, unknown>
}

const TYPES: Readonly<Record<string, string>> = { releaseChart: 'ChartCommandInput' }

async function cursorOf(chartId: string): Promise<string> {
  const [row] = await server.db.ownerSql<{ cursor: string }[]>`
    select cursor from chart_event where stream_id = ${chartId} order by seq desc limit 1`
  return row!.cursor
}

/** A comment that everybody here sees; answers its cursor. */
async function say(email: string, chartId: string, body: string): Promise<string> {
  expect((await command(email, 'addComment', { chartId, body })).__typename).toBe('CommentSaved')
  return cursorOf(chartId)
}

async function addReviewedChart(): Promise<{ chartId: string; suggestionIds: readonly string[] }> {
  const chart = await server.addChart({
    coder: CODER,
    lines: [
      { code: 'I10', evidence: [{ words: 'Essential hypertension' }] },
      { code: 'E11.9', evidence: [{ words: 'Type 2 diabetes mellitus' }] },
      { code: 'J18.9', evidence: [{ words: 'Community-acquired pneumonia' }] },
    ],
  })
  const { db, demo, app } = server
  const claims = new Map([...people].map(([email, person]) => [email, person.claims]))
  const world = { db, demo, services: app.services, claims } as unknown as ChartWorld
  await addPart(world, chart.chartId, REVIEWER, 'SECOND_LOOK')
  await addPart(world, chart.chartId, AUDITOR, 'AUDITOR')
  return chart
}

const SNAPSHOT = `cursor sight chart { id status accountNumber payer coderOfRecord { id displayName } }
  suggestions { id version code status rank role poa evidence { start end } } order { version suggestionIds principalId }
  comments { id body author { displayName } } edits { key } documents { id version { title } }`
const EVENT = `cursor previous type at actor { id displayName } suggestion { id version code status poa }
  order { version suggestionIds } comment { id body } chart { payer status } edits { key message }`

const OWN = `subscription ($id: ID!, $after: String) { chartStream(chartId: $id, after: $after) { __typename
  ... on ChartSnapshot { ${SNAPSHOT} } ... on ChartEvents { events { ${EVENT} } }
  ... on AccessChanged { change reason snapshot { ${SNAPSHOT} } } ... on StreamEnded { end: reason }
  ... on ResyncRequired { resync: reason } } }`

/** What clients make of one question: names, aliases, directives, order and the form of the text are theirs. */
const DOCUMENTS: readonly { readonly query: string; readonly variables?: object; readonly operationName?: string }[] = [
  { query: OWN },
  { query: OWN.replaceAll('\n', ' # a remark of the client, "quoted"\n\n\t') },
  {
    query: `query Other { viewer { member { id } } }
      subscription Room($chart: ID!, $lines: Boolean = true, $never: Boolean!) {
        room: chartStream(chartId: $chart) {
          kind: __typename
          ...Whole
          ... on ChartEvents { events { mark: cursor, before: previous, type @skip(if: $never)
            suggestion @include(if: $lines) { code, is: status } comment { body body text: body } } }
          again: __typename
        }
      }
      fragment Whole on ChartSnapshot { cursor chart { ...Head } suggestions @include(if: $never) { id } }
      fragment Head on ChartState { status, status2: status __typename }`,
    operationName: 'Room',
    variables: { never: false },
  },
  { query: OWN.replace('$after: String', '$after: String = null').replace('previous type at', 'at type previous') },
]

const variablesOf = (query: string, chartId: string, more: object = {}): object =>
  query.includes('$chart') ? { chart: chartId, ...more } : { id: chartId, ...more }

/** Ids are any text that the client likes. */
const IDS = ['1', crypto.randomUUID(), 'ünï\u2028"\\\n\u0000\u{1F600}', 'x'.repeat(300), ' ', '{"type":"next"}']

describe('every frame of chartStream is that of a plain graphql-ws server', () => {
  it('whatever documents and ids the clients choose, with one sight or several, while the chart is worked on', async () => {
    const { chartId, suggestionIds } = await addReviewedChart()
    const pairs = await Promise.all(WHO.map((email) => Pair.open(email)))
    let next = 0
    for (const pair of pairs)
      for (const { query, variables, operationName } of [...DOCUMENTS, ...DOCUMENTS]) {
        const id = next < IDS.length ? IDS[next]! : `op-${next}`
        next++
        pair.subscribe(id, {
          query,
          variables: variablesOf(query, chartId, variables),
          ...(operationName && { operationName }),
        })
      }
    const all = async (text: string) => {
      for (const pair of pairs) await pair.have(text)
    }
    await all('ChartSnapshot')
    await all(await say(CODER, chartId, 'Was it aspirated? "…" \u2028 </script> \u{1F600}'))
    await all(await say(REVIEWER, chartId, 'No.'))
    for (const suggestionId of suggestionIds)
      expect(
        await command(CODER, 'decideOnSuggestion', { suggestionId, seenVersion: 1, decision: 'ACCEPT', poa: 'Y' }),
      ).toEqual({ __typename: 'SuggestionDecided' })
    // Several commits in a row may be read at one look or at several: the chain is the same, the batches need not be.
    await all(await say(CODER, chartId, 'All three are done.'))
    for (const pair of pairs) {
      for (const id of pair.ids) expect(eventsIn(pair.real.of(id))).toEqual(eventsIn(pair.plain.of(id)))
      await pair.end()
    }
  })

  it('step by step, to the byte', async () => {
    const { chartId, suggestionIds } = await addReviewedChart()
    const pairs = await Promise.all(WHO.map((email) => Pair.open(email)))
    for (const [i, pair] of pairs.entries())
      for (const [j, { query, variables, operationName }] of DOCUMENTS.entries())
        pair.subscribe(j === 0 ? IDS[i]! : `op-${i}-${j}`, {
          query,
          variables: variablesOf(query, chartId, variables),
          ...(operationName && { operationName }),
        })
    const all = async (text: string) => {
      for (const pair of pairs) await pair.have(text)
    }
    const compare = () => pairs.map((pair) => pair.compare())
    await all('ChartSnapshot')
    compare()
    const acts: (() => Promise<unknown>)[] = [
      () => say(CODER, chartId, 'Was it aspirated? "…" \u2028 </script> \u{1F600}'),
      () => say(REVIEWER, chartId, 'No.'),
      ...suggestionIds.map(
        (suggestionId) => () =>
          command(CODER, 'decideOnSuggestion', { suggestionId, seenVersion: 1, decision: 'ACCEPT', poa: 'Y' }),
      ),
      () => command(CODER, 'setAbstract', { chartId, field: 'PAYER', value: 'Medicaid', seenVersion: 1 }),
      () => say(AUDITOR, chartId, 'Looks right.'),
    ]
    for (const act of acts) {
      await act()
      await all(await cursorOf(chartId))
      compare()
    }
    // One frame for the acknowledgement, one snapshot and one per act for each operation.
    for (const count of compare()) expect(count).toBe(1 + DOCUMENTS.length * (1 + acts.length))
    for (const pair of pairs) await pair.end()
  })

  it('also where the sight hides most of it, and where it changes', async () => {
    const { chartId, suggestionIds } = await addReviewedChart()
    const [coder, supervisor] = await Promise.all([Pair.open(CODER), Pair.open(SUPERVISOR)])
    for (const pair of [coder, supervisor])
      for (const id of ['a', 'b']) pair.subscribe(id, { query: OWN, variables: { id: chartId } })
    await Promise.all([coder.have('ChartSnapshot'), supervisor.have('ChartSnapshot')])
    const hidden = await say(CODER, chartId, 'Not for the supervisor.')
    await command(CODER, 'decideOnSuggestion', {
      suggestionId: suggestionIds[0],
      seenVersion: 1,
      decision: 'REJECT',
      reason: 'history only',
    })
    await coder.have(await cursorOf(chartId))
    await command(CODER, 'releaseChart', { chartId })
    await supervisor.have(await cursorOf(chartId))
    await coder.have('AccessChanged')
    for (const pair of [coder, supervisor]) pair.compare()
    expect(supervisor.real.frames.join()).not.toContain(hidden)
    await Promise.all([coder.end(), supervisor.end()])
  })

  it('after a cursor, at once and later; and with one that is not known', async () => {
    const { chartId } = await addReviewedChart()
    const pair = await Pair.open(CODER)
    const first = await say(CODER, chartId, 'one')
    const second = await say(CODER, chartId, 'two')
    const third = await say(CODER, chartId, 'three')
    pair.subscribe('a', { query: OWN, variables: { id: chartId, after: first } })
    await pair.have(third, ['a'])
    pair.subscribe('b', { query: OWN, variables: { id: chartId, after: second } })
    await pair.have(third, ['b'])
    pair.subscribe('c', { query: OWN, variables: { id: chartId, after: third } })
    pair.subscribe('d', { query: OWN, variables: { id: chartId, after: crypto.randomUUID() } })
    await pair.have('"complete"', ['d'])
    const fourth = await say(REVIEWER, chartId, 'four')
    await pair.have(fourth, ['a', 'b', 'c'])
    pair.compare()
    expect(pair.real.of('a').map((frame) => eventsIn([frame]).map(({ previous }) => previous))).toEqual([
      [first, second],
      [third],
    ])
    expect(pair.real.of('c')).toHaveLength(1)
    expect(pair.real.of('d')).toEqual([
      '{"id":"d","type":"next","payload":{"data":{"chartStream":{"__typename":"ResyncRequired","resync":"CURSOR_UNKNOWN"}}}}',
      '{"id":"d","type":"complete"}',
    ])
    await pair.end()
  })

  it('when the client completes, takes the id again, and hears no more of the first', async () => {
    const { chartId } = await addReviewedChart()
    const pair = await Pair.open(CODER)
    pair.subscribe('a', { query: OWN, variables: { id: chartId } })
    pair.subscribe('b', { query: OWN, variables: { id: chartId } })
    await pair.have('ChartSnapshot')
    pair.send({ type: 'complete', id: 'a' })
    await pair.have(await say(CODER, chartId, 'while a is not'), ['b'])
    pair.subscribe('a', { query: OWN, variables: { id: chartId, after: await cursorOf(chartId) } })
    const last = await say(CODER, chartId, 'while a is again')
    await pair.have(last)
    pair.compare()
    expect(pair.real.of('a')).toHaveLength(2)
    await pair.end()
  })

  it('when the stream ends: the last item, then complete', async () => {
    const { chartId } = await addReviewedChart()
    const person = await server.signInAs(CODER)
    const claims = new Map([['once', person.claims]])
    const other = await plainServer(server.app, claims)
    const sockets = await Promise.all([
      FrameSocket.acknowledged(server.url, { ticket: await person.ticket() }),
      FrameSocket.acknowledged(other.url, { as: 'once' }),
    ])
    for (const socket of sockets) {
      socket.send({ type: 'subscribe', id: 'a', payload: { query: OWN, variables: { id: chartId } } })
      await socket.until((frames) => frames.length === 2)
    }
    await person.signOut()
    for (const socket of sockets) await socket.until((frames) => frames.length === 4)
    const [real, plainly] = sockets
    expect(real!.frames).toEqual(plainly!.frames)
    expect(real!.frames.slice(2)).toEqual([
      '{"id":"a","type":"next","payload":{"data":{"chartStream":{"__typename":"StreamEnded","end":"SIGNED_OUT"}}}}',
      '{"id":"a","type":"complete"}',
    ])
    expect(await real!.closed).toEqual({ code: 4403, reason: 'Session ended' })
    await plainly!.end()
    await other.close()
  })

  it('when it is refused: absent, not visible, not valid', async () => {
    const pair = await Pair.open(CODER)
    const { chartId } = await server.addChart({ organisation: 'lakeside' })
    pair.subscribe('absent', { query: OWN, variables: { id: crypto.randomUUID() } })
    pair.subscribe('elsewhere', { query: OWN, variables: { id: chartId } })
    pair.subscribe('invalid', { query: 'subscription { chartStream(chartId: "x") { nonsense } }' })
    await pair.have('"complete"', ['absent', 'elsewhere'])
    await pair.have('"error"', ['invalid'])
    pair.compare()
    const [absent, elsewhere] = ['absent', 'elsewhere'].map((id) => pair.real.of(id)[0]!.replace(id, ''))
    expect(absent).toBe(elsewhere)
    expect(absent).toContain('"code":"NOT_FOUND"')
    await pair.end()
  })
})

describe('what breaks the protocol closes the socket as a plain server does', () => {
  const STREAM = { query: OWN, variables: { id: crypto.randomUUID() } }
  it.each([
    ['an id that is in use', [subscribe('a'), subscribe('a')]],
    ['a second connection_init', [{ type: 'connection_init' }]],
    ['no JSON', ['{']],
    ['a message of no known type', [{ type: 'start', id: 'a', payload: STREAM }]],
    ['an operation without a document', [{ type: 'subscribe', id: 'a', payload: {} }]],
    ['an operation without an id', [{ type: 'subscribe', payload: STREAM }]],
    ['an operation with an empty id', [{ type: 'subscribe', id: '', payload: STREAM }]],
  ])('%s', async (_what, messages) => {
    const { chartId } = await server.addChart({ coder: CODER })
    const pair = await Pair.open(CODER)
    for (const message of messages)
      pair.send(typeof message === 'function' ? (message as (id: string) => object)(chartId) : message)
    const [real, plainly] = await Promise.all([pair.real.closed, pair.plain.closed])
    expect(real).toEqual(plainly)
    expect(real.code).toBeGreaterThanOrEqual(4400)
  })

  it('and before connection_init nothing is answered', async () => {
    const sockets = await Promise.all([FrameSocket.open(server.url), FrameSocket.open(plain.url)])
    for (const socket of sockets) socket.send({ type: 'subscribe', id: 'a', payload: STREAM })
    const [real, plainly] = await Promise.all(sockets.map((socket) => socket.closed))
    expect(real).toEqual(plainly)
    expect(real!.code).toBe(4401)
  })

  it('answers a ping with the pong that belongs to it', async () => {
    const pair = await Pair.open(CODER)
    pair.send({ type: 'ping', payload: { mark: 'x' } })
    pair.send({ type: 'ping' })
    for (const socket of [pair.real, pair.plain]) await socket.until((frames) => frames.length === 3)
    pair.compare()
    await pair.end()
  })
})

function subscribe(id: string): (chartId: string) => object {
  return (chartId) => ({ type: 'subscribe', id, payload: { query: OWN, variables: { id: chartId } } })
}

interface Event {
  readonly previous?: string
}

/** Of frames, the items before the first event and then every event, whatever batches they came in. */
function eventsIn(frames: readonly string[]): readonly Event[] {
  return frames.flatMap((frame) => {
    const { payload } = JSON.parse(frame) as { payload?: { data?: Record<string, { events?: Event[] }> } }
    const item = Object.values(payload?.data ?? {})[0]
    return item?.events ?? (item ? [item as Event] : [])
  })
}
