import http from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { createClient, type RequestParams } from 'graphql-sse'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { HUB } from '../../server/live/wake.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'
import { RawSocket } from './rawSocket.js'

let server: TestServer
let coder: TestPerson
beforeAll(async () => {
  server = await testServer()
  coder = await server.signInAs('coder@demo.test')
})
afterAll(() => server.close())

// A follower or a stream that outlives its test is a leak.
afterEach(async () => {
  await Promise.all(opened.splice(0).map((stream) => stream.close()))
  const hub = server.app.services.get(HUB)
  for (let i = 0; i < 200 && (hub.size > 0 || server.app.streams.open.size > 0); i++) await delay(20)
  expect({ followers: hub.size, streams: server.app.streams.open.size }).toEqual({ followers: 0, streams: 0 })
})

const FOLLOW = `subscription Follow($id: ID!, $after: String) {
  chartStream(chartId: $id, after: $after) {
    __typename
    ... on ChartSnapshot { cursor chart { id status } comments { body author { displayName } } }
    ... on ChartEvents { events { cursor previous type actor { displayName } } }
    ... on StreamEnded { reason }
  }
}`
const PRESENCE = 'subscription ($id: ID!) { presence(chartId: $id) { present { presenceId } } }'

interface Event {
  readonly event: string
  readonly data: unknown
}

const opened: Stream[] = []

/** One POST whose answer is read event by event, as bytes come. */
class Stream {
  readonly events: Event[] = []
  comments: string[] = []
  readonly ended: Promise<void>
  #text = ''
  #changed: () => void = () => {}

  private constructor(
    readonly req: http.ClientRequest,
    readonly res: http.IncomingMessage,
  ) {
    res.setEncoding('utf8')
    res.on('data', (chunk: string) => this.#read(chunk))
    this.ended = new Promise((resolve) => {
      res.once('close', () => {
        resolve()
        this.#changed()
      })
    })
    res.on('error', () => {})
  }

  static async open(
    url: string,
    token: string | undefined,
    body: unknown,
    headers: http.OutgoingHttpHeaders = {},
  ): Promise<Stream> {
    const req = http.request(`${url}/graphql/stream`, {
      method: 'POST',
      agent: false,
      headers: {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
    })
    req.on('error', () => {})
    req.end(typeof body === 'string' ? body : JSON.stringify(body))
    const res = await new Promise<http.IncomingMessage>((resolve, reject) => {
      req.once('response', resolve)
      req.once('error', reject)
    })
    const stream = new Stream(req, res)
    opened.push(stream)
    return stream
  }

  /** The first event that matches, received already or to come. */
  async first(matches: (event: Event) => boolean): Promise<Event> {
    for (;;) {
      const found = this.events.find(matches)
      if (found) return found
      if (this.res.closed) throw new Error(`the stream ended after ${JSON.stringify(this.events)}`)
      await new Promise<void>((resolve) => (this.#changed = resolve))
    }
  }

  async close(): Promise<void> {
    if (this.res.closed) return
    this.req.destroy()
    await this.ended
  }

  /** All of it, of an answer that ends by itself. */
  async all(): Promise<readonly Event[]> {
    await this.ended
    return this.events
  }

  #read(chunk: string): void {
    this.#text += chunk
    for (let end = this.#text.indexOf('\n\n'); end >= 0; end = this.#text.indexOf('\n\n')) {
      const lines = this.#text.slice(0, end).split('\n')
      this.#text = this.#text.slice(end + 2)
      const field = (name: string) =>
        lines
          .find((line) => line.startsWith(`${name}:`))
          ?.slice(name.length + 1)
          .trim()
      const event = field('event')
      if (event === undefined) this.comments.push(field('') ?? '')
      else this.events.push({ event, data: field('data') ? JSON.parse(field('data')!) : undefined })
    }
    this.#changed()
  }
}

const open = (query: string, variables: Record<string, unknown> = {}, person: TestPerson = coder) =>
  Stream.open(server.url, person.accessToken, { query, variables })
const itemOf = ({ data }: Event) =>
  (data as { data: { chartStream: { __typename: string } & Record<string, unknown> } }).data.chartStream
const isItem = (name: string) => (event: Event) => event.event === 'next' && itemOf(event).__typename === name
/** Events that were committed one after the other may come in one item or in two. */
const oneByOne = (payloads: readonly unknown[]): unknown[] =>
  payloads.flatMap((payload) => {
    const { events, ...item } = itemOf({ event: 'next', data: payload })
    return events ? (events as unknown[]).map((event) => ({ ...item, event })) : [payload]
  })
const claim = (chartId: string) =>
  coder.graphql('mutation ($input: ChartCommandInput!) { claimChart(input: $input) { __typename } }', {
    input: { commandId: crypto.randomUUID(), chartId },
  })

describe('a stream over HTTP', () => {
  it('carries what a socket carries, word for word', async () => {
    const { chartId } = await server.addChart()
    const socket = await RawSocket.signedIn(server.url, await coder.ticket())
    socket.subscribe('s', FOLLOW, { id: chartId })
    socket.subscribe('p', PRESENCE, { id: chartId })
    const [stream, presence] = [await open(FOLLOW, { id: chartId }), await open(PRESENCE, { id: chartId })]
    expect(stream.res.statusCode).toBe(200)
    expect(stream.res.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': expect.stringContaining('no-store') as string,
      'x-content-type-options': 'nosniff',
    })
    await Promise.all([stream.first(isItem('ChartSnapshot')), socket.answer('s')])
    await claim(chartId)
    // What comes before a new snapshot is read is in it; here it is to come after, on both.
    const changed = (it: unknown) => JSON.stringify(it).includes('AccessChanged')
    await Promise.all([socket.next((m) => m.id === 's' && changed(m)), stream.first(changed)])
    await coder.graphql('mutation ($input: AddCommentInput!) { addComment(input: $input) { __typename } }', {
      input: { commandId: crypto.randomUUID(), chartId, body: 'Is this the principal diagnosis?' },
    })
    const isComment = (it: unknown) => JSON.stringify(it).includes('COMMENT_ADDED')
    await Promise.all([socket.next((m) => m.id === 's' && isComment(m)), stream.first(isComment)])
    const focus = { chartId, presenceId: crypto.randomUUID() }
    await coder.graphql('mutation ($input: FocusInput!) { focus(input: $input) }', { input: focus })
    const here = (it: unknown) => JSON.stringify(it).includes(focus.presenceId)
    await Promise.all([socket.next((m) => m.id === 'p' && here(m)), presence.first(here)])

    const sent = (id: string) => socket.received.filter((m) => m.id === id && m.type === 'next').map((m) => m.payload)
    const streamed = (it: Stream) => it.events.map(({ data }) => data)
    expect(oneByOne(streamed(stream))).toEqual(oneByOne(sent('s')))
    expect(oneByOne(sent('s')).length).toBeGreaterThan(2)
    expect(streamed(presence)).toEqual(sent('p'))
    await Promise.all([stream.close(), presence.close()])
    socket.ws.close()
    await socket.closed
  })

  it('answers what cannot be asked as an error of the operation, like a socket', async () => {
    const { chartId } = await server.addChart()
    const socket = await RawSocket.signedIn(server.url, await coder.ticket())
    const refused: [string, string, Record<string, unknown>?][] = [
      ['syntax', 'subscription {'],
      ['blank', ' '],
      ['query', '{ viewer { roles } }'],
      ['mutation', `mutation { focus(input: {chartId: "${chartId}", presenceId: "${chartId}"}) }`],
      ['introspection', 'subscription { __schema { types { name } } }'],
      ['unknown field', 'subscription { everything }'],
      ['proto', FOLLOW, JSON.parse(`{"id": "${chartId}", "__proto__": {"x": 1}}`) as Record<string, unknown>],
      ['variable', FOLLOW, {}],
      ['absent chart', FOLLOW, { id: crypto.randomUUID() }],
      ['deep', `subscription { presence(chartId: "x") ${'{ present '.repeat(20)} { presenceId } ${'}'.repeat(20)} }`],
    ]
    for (const [name, query, variables] of refused) {
      const stream = await Stream.open(server.url, coder.accessToken, { query, variables })
      if (stream.res.statusCode !== 200) {
        expect([name, stream.res.statusCode]).toEqual(['proto', 400])
        await stream.ended
        continue
      }
      const [next, complete, ...rest] = await stream.all()
      expect([complete?.event, rest], name).toEqual(['complete', []])
      socket.subscribe(name, query, variables)
      const { type, payload } = await socket.answer(name)
      const { errors } = next!.data as { errors: unknown }
      expect(errors, name).toEqual(type === 'error' ? payload : (payload as { errors: unknown }).errors)
      expect(JSON.stringify(errors), name).toMatch(/"code":"(REQUEST_REFUSED|BAD_INPUT|NOT_FOUND)"/)
    }
    socket.ws.close()
    await socket.closed
  })

  it('is refused by its status where nobody may ask at all', async () => {
    const { chartId } = await server.addChart()
    const body = { query: PRESENCE, variables: { id: chartId } }
    const statusOf = async (token: string | undefined, sent: unknown, headers: http.OutgoingHttpHeaders = {}) => {
      const { res, ended } = await Stream.open(server.url, token, sent, headers)
      await ended
      expect(res.headers['content-type'], String(res.statusCode)).toContain('application/json')
      return res.statusCode
    }
    const token = coder.accessToken
    expect(await statusOf(undefined, body)).toBe(401)
    expect(await statusOf(`${token}x`, body)).toBe(401)
    expect(await statusOf(await coder.ticket(), body)).toBe(401)
    expect(await statusOf(token, body, { origin: 'https://evil.example' })).toBe(403)
    expect(await statusOf(token, body, { 'content-type': 'text/plain' })).toBe(415)
    expect(await statusOf(token, body, { accept: 'application/json' })).toBe(406)
    expect(await statusOf(token, 'no JSON')).toBe(400)
    expect(await statusOf(token, [])).toBe(400)
    expect(await statusOf(token, '')).toBe(400)
    expect(await statusOf(token, `{"query":"${' '.repeat(300_000)}"}`)).toBe(413)
    for (const method of ['GET', 'PUT', 'DELETE'])
      expect((await fetch(`${server.url}/graphql/stream`, { method })).status, method).toBe(405)
  })

  it('lets go of everything when its reader leaves, also at once', async () => {
    const { chartId } = await server.addChart()
    for (let i = 0; i < 10; i++) {
      const stream = await open(FOLLOW, { id: chartId })
      if (i % 2) await stream.first(isItem('ChartSnapshot'))
      await stream.close()
    }
    // The check after each test counts what is left.
  })
})

describe('a reader that stops reading', () => {
  /** Events that are large as they leave: each holds its comment as often as a document may name it. */
  const LARGE = `subscription ($id: ID!, $after: String) { chartStream(chartId: $id, after: $after) {
    __typename
    ... on ChartSnapshot { cursor }
    ... on ChartEvents { events { cursor previous comment { ${Array.from({ length: 40 }, (_, i) => `b${i}: body`).join(' ')} } } }
  } }`
  interface Events {
    readonly events: readonly { readonly cursor: string; readonly previous: string }[]
  }
  const eventsOf = (stream: Stream) =>
    stream.events.flatMap((event) =>
      event.event === 'next' ? ((itemOf(event) as unknown as Events).events ?? []) : [],
    )

  it('holds one batch, delays nobody, is ended, and misses nothing when it comes back', async () => {
    const { chartId } = await server.addChart()
    const first = await open(LARGE, { id: chartId })
    const { cursor } = itemOf(await first.first(isItem('ChartSnapshot')))
    await first.close()
    await claim(chartId)
    const body = 'Is the type of the diabetes documented? '.repeat(40)
    for (let i = 0; i < 450; i += 15)
      await Promise.all(
        Array.from({ length: 15 }, () =>
          coder.graphql('mutation ($input: AddCommentInput!) { addComment(input: $input) { __typename } }', {
            input: { commandId: crypto.randomUUID(), chartId, body },
          }),
        ),
      )
    const [{ head }] = (await server.db.ownerSql`select head_seq as head from chart_stream where id = ${chartId}`) as [
      { head: string },
    ]
    const variables = { id: chartId, after: cursor as string }
    const stalled = await open(LARGE, variables)
    stalled.res.pause()
    const reading = await open(LARGE, variables)
    const positions = () => [...server.app.services.get(HUB).all()].map((it) => it.position()).sort((a, b) => a - b)
    while (eventsOf(reading).length < 450) await delay(20)
    // Two batches stand between them, and the reader that stopped has not been read for again.
    expect(positions().at(-1)).toBe(Number(head))
    expect(positions()[0]).toBeLessThanOrEqual(Number(head) - 200)
    await reading.close()

    for (let i = 0; i < 2_000 && server.app.streams.open.size > 0; i++) await delay(20)
    expect(server.app.streams.open.size).toBe(0)
    stalled.res.resume()
    await stalled.ended
    expect(stalled.events.map(({ event }) => event)).not.toContain('complete')
    const seen = eventsOf(stalled)
    const resumed = await open(LARGE, { id: chartId, after: seen.at(-1)?.cursor ?? cursor })
    while (seen.length + eventsOf(resumed).length < eventsOf(reading).length) await delay(20)
    const all = [...seen, ...eventsOf(resumed)]
    let last = cursor
    for (const event of all) {
      expect(event.previous).toBe(last)
      last = event.cursor
    }
    expect(last).toBe(eventsOf(reading).at(-1)!.cursor)
    await resumed.close()
  }, 120_000)
})

describe('the end of a stream over HTTP', () => {
  it('comes with the end of the sign-in, which it says', async () => {
    const { chartId } = await server.addChart()
    const person = await server.signInAs('coder2@demo.test')
    const [stream, bystander] = [await open(FOLLOW, { id: chartId }, person), await open(FOLLOW, { id: chartId })]
    await Promise.all([stream.first(isItem('ChartSnapshot')), bystander.first(isItem('ChartSnapshot'))])
    await person.signOut()
    const events = await stream.all()
    expect(events.slice(-2).map(({ event }) => event)).toEqual(['next', 'complete'])
    expect(itemOf(events.at(-2)!)).toMatchObject({ __typename: 'StreamEnded' })
    expect(bystander.res.closed).toBe(false)
    await bystander.close()
    const again = await open(FOLLOW, { id: chartId }, person)
    await again.ended
    expect(again.res.statusCode).toBe(200)
    expect(JSON.stringify(again.events)).toContain('UNAUTHENTICATED')
  })

  it('comes with a word when the server stops, and nothing is left', async () => {
    const stopping = await testServer()
    const person = await stopping.signInAs('coder@demo.test')
    const { chartId } = await stopping.addChart()
    const body = { query: FOLLOW, variables: { id: chartId } }
    const streams = await Promise.all(
      Array.from({ length: 5 }, () => Stream.open(stopping.url, person.accessToken, body)),
    )
    await Promise.all(streams.map((stream) => stream.first(isItem('ChartSnapshot'))))
    const hub = stopping.app.services.get(HUB)
    await stopping.close()
    for (const stream of streams) {
      const events = await stream.all()
      // Not completed: the client comes back.
      expect(events.map(({ event }) => event)).not.toContain('complete')
      expect(stream.comments.at(-1)).toBe('1012 Server is restarting')
    }
    expect(hub.size).toBe(0)
  })
})

describe('streams over HTTP and limits', () => {
  it('count as sockets do, by person and by address', async () => {
    const small = await testServer({ env: { sockets: { total: 5, perAddress: 3, perPerson: 2 } } })
    try {
      const [one, other] = await Promise.all([small.signInAs('coder@demo.test'), small.signInAs('coder2@demo.test')])
      const { chartId } = await small.addChart()
      const body = { query: PRESENCE, variables: { id: chartId } }
      const ask = async (person: TestPerson, from: string) =>
        Stream.open(small.url, person.accessToken, body, { 'x-forwarded-for': from })
      const socket = await RawSocket.signedIn(small.url, await one.ticket(), {
        headers: { 'x-forwarded-for': '198.51.100.1' },
      })
      const first = await ask(one, '198.51.100.1')
      expect(first.res.statusCode).toBe(200)
      const refused = await ask(one, '198.51.100.2')
      expect([refused.res.statusCode, refused.res.headers['retry-after']]).toEqual([429, '30'])
      await refused.ended
      socket.ws.close()
      await socket.closed
      let again = await ask(one, '198.51.100.2')
      for (let i = 0; i < 50 && again.res.statusCode !== 200; i++) {
        await again.ended
        await delay(20)
        again = await ask(one, '198.51.100.2')
      }
      expect(again.res.statusCode).toBe(200)
      const others = [await ask(other, '198.51.100.3'), await ask(other, '198.51.100.3')]
      expect(others.map(({ res }) => res.statusCode)).toEqual([200, 200])
      await Promise.all([first, again, ...others].map((stream) => stream.close()))
    } finally {
      await small.close()
    }
  })

  it('count as operations of their person', async () => {
    const small = await testServer({ env: { rates: { perAddress: 1_000, perPerson: 2 } } })
    try {
      const person = await small.signInAs('coder@demo.test')
      const { chartId } = await small.addChart()
      const body = { query: PRESENCE, variables: { id: chartId } }
      const ask = () => Stream.open(small.url, person.accessToken, body)
      const streams = [await ask(), await ask(), await ask()]
      expect(streams.map(({ res }) => res.statusCode)).toEqual([200, 200, 429])
      expect(streams[2]!.res.headers['retry-after']).toMatch(/^\d+$/)
      await Promise.all(streams.map((stream) => stream.close()))
    } finally {
      await small.close()
    }
  })
})

describe('the client of graphql-sse', () => {
  it('follows a chart, and resumes on the events after its last cursor', async () => {
    const { chartId } = await server.addChart()
    const client = createClient({
      url: `${server.url}/graphql/stream`,
      headers: () => ({ authorization: `Bearer ${coder.accessToken}` }),
      retryAttempts: 0,
    })
    const follow = (variables: Record<string, unknown>) => {
      const params: RequestParams = { query: FOLLOW, variables }
      return client.iterate<{ chartStream: Record<string, unknown> }>(params)
    }
    const first = follow({ id: chartId })
    const { value } = await first.next()
    const snapshot = (value as { data: { chartStream: { __typename: string; cursor: string } } }).data.chartStream
    expect(snapshot.__typename).toBe('ChartSnapshot')
    await first.return?.(undefined)
    await claim(chartId)
    const resumed = follow({ id: chartId, after: snapshot.cursor })
    const seen = JSON.stringify((await resumed.next()).value)
    expect(seen).toContain('ChartEvents')
    expect(seen).toContain(`"previous":"${snapshot.cursor}"`)
    await resumed.return?.(undefined)
    client.dispose()
  })

  it('is told of a mistake in its document as a result', async () => {
    const client = createClient({
      url: `${server.url}/graphql/stream`,
      headers: { authorization: `Bearer ${coder.accessToken}` },
      retryAttempts: 0,
    })
    const results: unknown[] = []
    for await (const result of client.iterate({ query: 'subscription {' })) results.push(result)
    expect(results).toEqual([{ errors: [expect.objectContaining({ extensions: { code: 'REQUEST_REFUSED' } })] }])
    client.dispose()
  })
})
