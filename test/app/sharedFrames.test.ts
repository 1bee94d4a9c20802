import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { getNamedType, type GraphQLObjectType, type GraphQLUnionType, isAbstractType, isObjectType } from 'graphql'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { buildSchema } from '../../server/app/buildSchema.js'
import { HUB } from '../../server/live/wake.js'
import { FEEDS } from '../../server/review/chartFeed.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'
import { type Message, RawSocket } from './rawSocket.js'

const schema = buildSchema()
let server: TestServer
let coder: TestPerson
beforeAll(async () => {
  // Whoever does not read answers no ping either, and is gone by that before long: here only slowness ends anybody.
  server = await testServer({ rhythm: { pingEveryMs: 600_000, pongWithinMs: 600_000, tickMs: 1_000 } })
  coder = await server.signInAs('coder@demo.test')
})
afterAll(() => server.close())

// A follower, a feed or a socket that outlives its test is a leak.
afterEach(async () => {
  const hub = server.app.services.get(HUB)
  const feeds = server.app.services.get(FEEDS)
  const left = () => [hub.size, feeds.size, server.app.sockets.open.size]
  for (let i = 0; i < 200 && left().some((n) => n > 0); i++) await delay(20)
  expect(left()).toEqual([0, 0, 0])
})

const signedIn = async () => RawSocket.signedIn(server.url, await coder.ticket())
const nextsOf = (socket: RawSocket, id: string): Message[] =>
  socket.received.filter((it) => it.id === id && it.type === 'next')

async function ask(query: string, input: Record<string, unknown>): Promise<void> {
  const { errors } = await coder.graphql(query, { input: { commandId: randomUUID(), ...input } })
  expect(errors).toBeUndefined()
}
const comment = (chartId: string, body: string) =>
  ask('mutation ($input: AddCommentInput!) { addComment(input: $input) { __typename } }', { chartId, body })
/** Every object type that a selection on one of these can reach. */
function reachable(from: readonly GraphQLObjectType[]): Set<string> {
  const found = new Set<string>()
  const open = [...from]
  for (let type = open.pop(); type; type = open.pop()) {
    if (found.has(type.name)) continue
    found.add(type.name)
    for (const field of Object.values(type.getFields())) {
      const named = getNamedType(field.type)
      if (isObjectType(named)) open.push(named)
      else if (isAbstractType(named)) open.push(...schema.getPossibleTypes(named))
    }
  }
  return found
}

/** Field resolvers of their own, as the decorators keep them. */
interface Decorated {
  readonly fieldResolvers: readonly {
    readonly kind: 'internal' | 'external'
    readonly methodName: string
    readonly getObjectType?: () => { readonly name: string }
  }[]
}

describe('what followers share', () => {
  it('is resolved from the item alone: no field that a stream reaches has a resolver that could ask who reads', () => {
    const { fieldResolvers } = (globalThis as unknown as { TypeGraphQLMetadataStorage: Decorated })
      .TypeGraphQLMetadataStorage
    const external = fieldResolvers.filter((it) => it.kind === 'external')
    expect(external.length).toBeGreaterThan(10)
    const types = reachable(schema.getPossibleTypes(schema.getType('ChartStreamItem') as GraphQLUnionType) as never)
    expect(types.size).toBeGreaterThan(15)
    const asking = external.map((it) => `${it.getObjectType?.().name}.${it.methodName}`)
    expect(asking.filter((name) => types.has(name.split('.')[0]!))).toEqual([])
  })

  it('differs by the operation’s id alone, whatever the id is', async () => {
    const chart = await server.addChart({ coder: 'coder@demo.test', lines: [{ code: 'I10' }] })
    const query = `subscription ($id: ID!, $after: String) { chartStream(chartId: $id, after: $after) { __typename
      ... on ChartSnapshot { cursor } ... on ChartEvents { events { cursor previous type at comment { body } } } } }`
    const socket = await signedIn()
    const ids = ['1', 'an id "with" quotes \\ and \u{1F4C4}', 'x'.repeat(200)]
    for (const id of ids) socket.subscribe(id, query, { id: chart.chartId })
    await Promise.all(ids.map((id) => socket.answer(id)))
    for (let i = 0; i < 6; i++) await comment(chart.chartId, `${i} ${'ü'.repeat(i * 40)}`)
    const eventsOf = (id: string) =>
      nextsOf(socket, id).flatMap((it) => {
        const { chartStream } = (it.payload as { data: { chartStream: { events?: unknown[] } } }).data
        return chartStream.events ?? []
      })
    for (let i = 0; i < 250 && ids.some((id) => eventsOf(id).length < 6); i++) await delay(20)
    for (const id of ids) expect(eventsOf(id)).toEqual(eventsOf(ids[0]!))
    expect(eventsOf(ids[0]!)).toHaveLength(6)
    socket.ws.close()
    await socket.closed
  })
})

describe('a reader that stops reading', () => {
  // What a socket's two ends hold by themselves is some megabytes: each event is made to weigh.
  const bodies = Array.from({ length: 40 }, (_, i) => `b${i}: body`).join(' ')
  const query = `subscription ($id: ID!, $after: String) { chartStream(chartId: $id, after: $after) { __typename
    ... on ChartSnapshot { cursor } ... on ChartEvents { events { cursor previous comment { ${bodies} } } }
    ... on ResyncRequired { reason } } }`
  const light = `subscription ($id: ID!) { chartStream(chartId: $id) { __typename ... on ChartSnapshot { cursor }
    ... on ChartEvents { events { cursor previous } } } }`
  interface Heard {
    readonly cursor: string
    readonly previous: string | null
  }
  const heardBy = (socket: RawSocket): Heard[] =>
    nextsOf(socket, 's').flatMap(
      (it) => (it.payload as { data: { chartStream: { events?: Heard[] } } }).data.chartStream.events ?? [],
    )

  it('is ended by name, holds up nobody, and has everything once it comes back', async () => {
    const { chartId } = await server.addChart({ coder: 'coder@demo.test', lines: [{ code: 'I10' }] })
    const [slow, quick] = await Promise.all([signedIn(), signedIn()])
    slow.subscribe('s', query, { id: chartId })
    quick.subscribe('s', light, { id: chartId })
    await Promise.all([slow.answer('s'), quick.answer('s')])
    await comment(chartId, 'both are here')
    await comment(chartId, 'both rest')
    slow.ws.pause()
    const body = 'w'.repeat(1_900)
    const said = 180
    for (let i = 0; i < said; i++) await comment(chartId, body)
    for (let i = 0; i < 500 && heardBy(quick).length < said + 2; i++) await delay(20)
    const all = heardBy(quick)
    expect(all).toHaveLength(said + 2)

    slow.ws.resume()
    expect(await slow.closed).toEqual({ code: 1013, reason: 'Reads too slowly' })
    const before = heardBy(slow)
    expect(before.length).toBeLessThan(all.length)
    const back = await signedIn()
    back.subscribe('s', query, { id: chartId, after: before.at(-1)!.cursor })
    for (let i = 0; i < 500 && heardBy(back).length < all.length - before.length; i++) await delay(20)
    const links = ({ cursor, previous }: Heard) => ({ cursor, previous })
    expect([...before, ...heardBy(back)].map(links)).toEqual(all.map(links))
    for (const socket of [quick, back]) {
      socket.ws.close()
      await socket.closed
    }
  }, 120_000)
})
