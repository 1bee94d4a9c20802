import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../../server/app/createApp.js'
import { CLOSE } from '../../server/live/closeCodes.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'
import { restart } from './restart.js'
import { NAMES, standardClient } from './standardClients.js'

const CODER = 'coder@demo.test'

let server: TestServer
let app: App
let coder: TestPerson
beforeAll(async () => {
  server = await testServer()
  app = server.app
  coder = await server.signInAs(CODER)
})
afterAll(async () => {
  await app?.close(500)
  await server?.close()
})

/** Whoever writes a client by hand asks for what it shows. */
const STREAM = `subscription Room($chartId: ID!, $after: String, $sight: ID) {
  chartStream(chartId: $chartId, after: $after, sight: $sight) {
    __typename
    ... on ChartSnapshot { cursor sight chart { id status } suggestions { id version } }
    ... on ChartEvents { events { cursor previous type comment { id body } } }
    ... on AccessChanged { change snapshot { cursor sight } }
    ... on StreamEnded { endReason: reason }
    ... on ResyncRequired { resyncReason: reason }
  }
}`

interface Item {
  readonly __typename: string
  readonly cursor?: string
  readonly sight?: string
  readonly events?: readonly { cursor: string; previous: string; comment: { body: string } | null }[]
}

/** What one subscription was told. */
class Told {
  readonly items: Item[] = []
  ends = 0
  error: unknown
  next = (data: unknown): void => void this.items.push((data as { chartStream: Item }).chartStream)
  ended = (error?: unknown): void => {
    this.ends++
    this.error ??= error
  }
  events = () => this.items.flatMap(({ events }) => events ?? [])
  said = () => this.events().map(({ comment }) => comment?.body)
}

async function say(chartId: string, body: string): Promise<void> {
  const { data } = await coder.graphql(
    'mutation($input: AddCommentInput!) { addComment(input: $input) { __typename } }',
    { input: { commandId: crypto.randomUUID(), chartId, body } },
  )
  expect(data).toEqual({ addComment: { __typename: 'CommentSaved' } })
}

const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 15_000, interval: 20 })

/** Each event names the one before it, and the first the cursor from which it goes on. */
function expectChain(events: ReturnType<Told['events']>, from: string): void {
  expect(events.map(({ previous }) => previous)).toEqual([from, ...events.map(({ cursor }) => cursor)].slice(0, -1))
}

describe.each(NAMES)('%s', (name) => {
  it('gets a snapshot and events, and goes on after its last cursor', async () => {
    const { chartId } = await server.addChart({ coder: CODER })
    const client = standardClient(name, server.url, coder.ticket, [])
    const first = new Told()
    const stop = client.follow(STREAM, { chartId }, first)
    await eventually(() => first.items[0]?.__typename).toBe('ChartSnapshot')
    const { cursor, sight } = first.items[0]!
    await say(chartId, 'one')
    await say(chartId, 'two')
    await eventually(first.said).toEqual(['one', 'two'])
    expectChain(first.events(), cursor!)
    stop()
    await say(chartId, 'three')
    await say(chartId, 'four')
    const last = first.events().at(-1)!.cursor
    const second = new Told()
    client.follow(STREAM, { chartId, after: last, sight }, second)
    await eventually(second.said).toEqual(['three', 'four'])
    await say(chartId, 'five')
    await eventually(second.said).toEqual(['three', 'four', 'five'])
    expectChain(second.events(), last)
    expect(second.items.map(({ __typename }) => __typename)).toEqual(second.items.map(() => 'ChartEvents'))
    expect([first.error, second.error, second.ends]).toEqual([undefined, undefined, 0])
    await client.close()
  })

  it('is told to begin anew, and that a chart is not there, and stays usable', async () => {
    const { chartId } = await server.addChart({ coder: CODER })
    const client = standardClient(name, server.url, coder.ticket, [])
    const lost = new Told()
    client.follow(STREAM, { chartId, after: crypto.randomUUID() }, lost)
    await eventually(() => lost.items).toEqual([{ __typename: 'ResyncRequired', resyncReason: 'CURSOR_UNKNOWN' }])
    const nothing = new Told()
    client.follow(STREAM, { chartId: crypto.randomUUID() }, nothing)
    await eventually(() => nothing.ends).toBeGreaterThan(0)
    expect(JSON.stringify(nothing.error)).toContain('There is nothing here that you may see.')
    expect(nothing.items).toEqual([])
    const again = new Told()
    client.follow(STREAM, { chartId }, again)
    await eventually(() => again.items[0]?.__typename).toBe('ChartSnapshot')
    await client.close()
  })

  it('comes back by itself after a restart, and through "try again later"', async () => {
    const { chartId } = await server.addChart({ coder: CODER })
    const closes: number[] = []
    const client = standardClient(name, server.url, coder.ticket, closes)
    const whole = new Told()
    client.follow(STREAM, { chartId }, whole)
    await eventually(() => whole.items[0]?.__typename).toBe('ChartSnapshot')
    const { cursor, sight } = whole.items[0]!
    const told = new Told()
    client.follow(STREAM, { chartId, after: cursor, sight }, told)
    await say(chartId, 'before')
    await eventually(() => [whole.said(), told.said()]).toEqual([['before'], ['before']])

    app = await restart(server, app)
    await eventually(() => whole.items.at(-1)?.__typename).toBe('ChartSnapshot')
    expect(closes[0]).toBe(1012)
    await say(chartId, 'after')
    // Sent again as it was: the one without a cursor has a new snapshot, the other exactly what came after the old one.
    await eventually(told.said).toEqual(['before', 'before', 'after'])
    expectChain(told.events().slice(1), cursor!)
    await eventually(whole.said).toEqual(['before', 'after'])
    expect(whole.items.map(({ __typename }) => __typename)).toEqual([
      'ChartSnapshot',
      'ChartEvents',
      'ChartSnapshot',
      'ChartEvents',
    ])

    // The database is away for a moment: a ticket cannot be redeemed.
    await server.db.ownerSql`revoke delete on socket_ticket from chartroom_app`
    closes.length = 0
    for (const socket of app.sockets.open) socket.close(CLOSE.TRY_LATER)
    await eventually(() => closes.filter((code) => code === 1013).length).toBeGreaterThan(1)
    await server.db.ownerSql`grant delete on socket_ticket to chartroom_app`
    await eventually(() => whole.items.filter(({ __typename }) => __typename === 'ChartSnapshot').length).toBe(3)
    await say(chartId, 'at last')
    await eventually(() => told.said().at(-1)).toBe('at last')
    expect(told.said().slice(-3)).toEqual(['before', 'after', 'at last'])
    expectChain(told.events().slice(-3), cursor!)
    expect([whole.error, told.error, whole.ends, told.ends]).toEqual([undefined, undefined, 0, 0])
    await client.close()
  })
})

describe('a close by this server', () => {
  /** Whether a standard client opens its socket again by itself: what the protocol's own client does by default. */
  const RETRIED: Readonly<Record<keyof typeof CLOSE, boolean>> = {
    RESTART: true,
    TRY_LATER: true,
    SLOW_READER: true,
    TOO_MANY_MESSAGES: true,
    TOO_MANY_SOCKETS: true,
    BAD_TICKET: true,
    SESSION_ENDED: true,
    INTERNAL: false,
  }

  it.each(Object.entries(CLOSE))('%s is one after which a standard client comes back, or not', async (key, reason) => {
    const { chartId } = await server.addChart({ coder: CODER })
    const closes: number[] = []
    // Its own rule for closes, and none of ours.
    const client = standardClient('the graphql-ws client', server.url, coder.ticket, closes, { shouldRetry: undefined })
    const told = new Told()
    client.follow(STREAM, { chartId }, told)
    await eventually(() => told.items.length).toBe(1)
    for (const socket of app.sockets.open) socket.close(reason)
    await eventually(() => closes).toEqual([reason.code])
    await eventually(() => told.items.length + told.ends).toBe(2)
    expect({ comesBack: told.ends === 0 }).toEqual({ comesBack: RETRIED[key as keyof typeof CLOSE] })
    await client.close()
    for (let i = 0; i < 100 && app.sockets.open.size > 0; i++) await delay(20)
  })
})
