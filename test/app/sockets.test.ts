import type { IncomingMessage } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
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

// A follower, a socket or an operation that outlives its test is a leak.
afterEach(async () => {
  const hub = server.app.services.get(HUB)
  for (let i = 0; i < 100 && (hub.size > 0 || server.app.sockets.open.size > 0); i++) await delay(20)
  expect({ followers: hub.size, sockets: server.app.sockets.open.size }).toEqual({ followers: 0, sockets: 0 })
})

const signedIn = async (person: TestPerson = coder) => RawSocket.signedIn(server.url, await person.ticket())
const STREAM = `subscription Follow($id: ID!, $after: String) {
  chartStream(chartId: $id, after: $after) {
    __typename
    ... on ChartSnapshot { cursor chart { id status } }
    ... on ChartEvents { events { cursor previous type } }
    ... on StreamEnded { reason }
  }
}`
const PRESENCE = 'subscription ($id: ID!) { presence(chartId: $id) { present { presenceId } } }'
const itemOf = (message: { payload?: unknown }) =>
  (message.payload as { data: { chartStream: { __typename: string } & Record<string, unknown> } }).data.chartStream

describe('opening a socket', () => {
  const upgrade = async (headers: Record<string, string>, path?: string) => {
    const answer = await RawSocket.open(server.url, { headers, ...(path && { path }) })
    if (!(answer instanceof RawSocket)) return answer.statusCode
    answer.ws.close()
    await answer.closed
    return 101
  }

  it('is refused to pages of others before it is open', async () => {
    expect(await upgrade({})).toBe(101)
    expect(await upgrade({ origin: server.url })).toBe(101)
    expect(await upgrade({ origin: server.url.replace('127.0.0.1', 'localhost') })).toBe(101)
    for (const origin of [
      'https://evil.example',
      'null',
      '',
      `${server.url}.evil.example`,
      `${server.url}/`,
      'file://',
      server.url.toUpperCase(),
    ]) {
      expect(await upgrade({ origin }), origin).toBe(403)
    }
  })

  it('works at one address', async () => {
    for (const path of ['/', '/graphql/', '/graphqlx', '/api/auth/access'])
      expect(await upgrade({}, path), path).toBe(404)
    expect(await upgrade({}, '/graphql?x=1')).toBe(101)
  })

  it('answers a refusal as HTTP that nobody keeps', async () => {
    const answer = (await RawSocket.open(server.url, {
      headers: { origin: 'https://evil.example' },
    })) as IncomingMessage
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      connection: 'close',
    })
  })
})

describe('connection_init', () => {
  const closeOf = async (payload: unknown) => {
    const socket = (await RawSocket.open(server.url)) as RawSocket
    socket.send({ type: 'connection_init', payload })
    const closed = await socket.closed
    expect(socket.received).toEqual([])
    return closed
  }

  it('takes a fresh ticket, once, and nothing else', async () => {
    const spent = await coder.ticket()
    const socket = await RawSocket.signedIn(server.url, spent)
    for (const payload of [
      undefined,
      {},
      { ticket: spent },
      { ticket: 'x'.repeat(43) },
      { ticket: null },
      { ticket: { toString: 'x' } },
      { authorization: `Bearer ${coder.accessToken}` },
      { ticket: coder.accessToken },
      { ticket: await coder.ticket(), authorization: 'Bearer x' },
      [await coder.ticket()],
    ]) {
      expect(await closeOf(payload), JSON.stringify(payload)).toMatchObject({
        code: expect.toBeOneOf([4403, 4400]),
        reason: expect.stringMatching(/^(Forbidden|Invalid message received)$/),
      })
    }
    socket.ws.close()
    await socket.closed
  })

  it('of several at once with one ticket, one gets in', async () => {
    const ticket = await coder.ticket()
    const sockets = (await Promise.all(Array.from({ length: 8 }, () => RawSocket.open(server.url)))) as RawSocket[]
    for (const socket of sockets) socket.send({ type: 'connection_init', payload: { ticket } })
    const outcomes = await Promise.all(
      sockets.map((socket) =>
        Promise.race([
          socket.next((m) => m.type === 'connection_ack').then(() => 'in'),
          socket.closed.then(({ code }) => code),
        ]),
      ),
    )
    expect(outcomes.filter((it) => it === 'in')).toHaveLength(1)
    expect(outcomes.filter((it) => it === 4403)).toHaveLength(7)
    for (const socket of sockets) socket.ws.close()
    await Promise.all(sockets.map((socket) => socket.closed))
  })

  it('comes before anything else, once, and soon', async () => {
    const early = (await RawSocket.open(server.url)) as RawSocket
    early.subscribe('1', STREAM, { id: 'x' })
    expect((await early.closed).code).toBe(4401)
    const twice = await signedIn()
    twice.send({ type: 'connection_init', payload: { ticket: await coder.ticket() } })
    expect((await twice.closed).code).toBe(4429)
    const silent = (await RawSocket.open(server.url)) as RawSocket
    expect(await silent.closed).toEqual({ code: 4408, reason: 'Connection initialisation timeout' })
  })
})

describe('an operation on a socket', () => {
  it('that cannot be read ends alone', async () => {
    const { chartId } = await server.addChart()
    const socket = await signedIn()
    socket.subscribe('good', STREAM, { id: chartId })
    expect(itemOf(await socket.answer('good'))).toMatchObject({ __typename: 'ChartSnapshot', chart: { id: chartId } })
    const refused: [string, string, Record<string, unknown>?][] = [
      ['syntax', 'subscription {'],
      ['empty', ' '],
      ['query', '{ viewer { roles } }'],
      ['mutation', `mutation { focus(input: {chartId: "${chartId}", presenceId: "${chartId}"}) }`],
      ['introspection', 'subscription { __schema { types { name } } }'],
      [
        'two roots',
        `subscription { a: presence(chartId: "${chartId}") { present { presenceId } } b: presence(chartId: "${chartId}") { present { presenceId } } }`,
      ],
      ['unknown field', 'subscription { everything }'],
      ['proto', STREAM, JSON.parse(`{"id": "${chartId}", "__proto__": {"x": 1}}`) as Record<string, unknown>],
    ]
    for (const [id, query, variables] of refused) {
      socket.subscribe(id, query, variables)
      const { type, payload } = await socket.answer(id)
      expect([type, (payload as { extensions: { code: string } }[])[0]!.extensions.code], id).toEqual([
        'error',
        'REQUEST_REFUSED',
      ])
    }
    // The other one lives on.
    const claim = await coder.graphql(
      'mutation ($input: ChartCommandInput!) { claimChart(input: $input) { __typename } }',
      {
        input: { commandId: crypto.randomUUID(), chartId },
      },
    )
    expect(claim.data).toEqual({ claimChart: { __typename: 'ChartSaved' } })
    const events = await socket.next(
      (m) => m.id === 'good' && m.type === 'next' && itemOf(m).__typename !== 'ChartSnapshot',
    )
    expect(itemOf(events).__typename).toMatch(/ChartEvents|AccessChanged/)
    socket.ws.close()
    await socket.closed
  })

  it('answers the same for a chart that is another tenant’s and one that is nobody’s', async () => {
    const foreign = await server.addChart({ organisation: 'lakeside' })
    const socket = await signedIn()
    socket.subscribe('foreign', STREAM, { id: foreign.chartId })
    socket.subscribe('absent', STREAM, { id: crypto.randomUUID() })
    const [one, other] = await Promise.all([socket.answer('foreign'), socket.answer('absent')])
    expect(one.payload).toEqual(other.payload)
    expect(one.payload).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] })
    await socket.next((m) => m.id === 'absent' && m.type === 'complete')
    socket.ws.close()
    await socket.closed
  })

  it('ends when the client completes it, also at once', async () => {
    const { chartId } = await server.addChart()
    const socket = await signedIn()
    for (let i = 0; i < 20; i++) {
      socket.subscribe(`s${i}`, STREAM, { id: chartId })
      if (i % 2) await socket.answer(`s${i}`)
      socket.send({ type: 'complete', id: `s${i}` })
    }
    const hub = server.app.services.get(HUB)
    for (let i = 0; i < 100 && hub.size > 0; i++) await delay(20)
    expect(hub.size).toBe(0)
    socket.ws.close()
    await socket.closed
  })

  it('is one of a bounded number', async () => {
    const { chartId } = await server.addChart()
    const socket = await signedIn()
    for (let i = 0; i < 40; i++) socket.subscribe(`p${i}`, PRESENCE, { id: chartId })
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => socket.answer(`p${i}`)))
    const refused = answers.filter(({ type }) => type === 'error')
    expect(refused).toHaveLength(8)
    expect(refused[0]!.payload).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }])
    socket.ws.close()
    await socket.closed
  })
})

describe('a socket that does what none should', () => {
  const end = async (abuse: (socket: RawSocket) => void) => {
    const socket = await signedIn()
    abuse(socket)
    return (await socket.closed).code
  }

  it('is closed by name', async () => {
    expect(await end((s) => s.send('x'.repeat(64 * 1024 + 1)))).toBe(1009)
    expect(await end((s) => s.send('no JSON'))).toBe(4400)
    expect(await end((s) => s.send({ type: 'subscribe', id: '', payload: { query: STREAM } }))).toBe(4400)
    expect(await end((s) => s.send({ type: 'connection_ack' }))).toBe(4500)
    expect(await end((s) => s.ws.send(Buffer.from([0, 1, 2])))).toBe(4400)
    const fragments = (s: RawSocket) => {
      for (let i = 0; i < 200; i++) s.ws.send('{', { fin: false })
    }
    expect(await end(fragments)).toBe(1008)
    // ws itself drops who does not read its pongs.
    expect(await end((s) => void Array.from({ length: 400 }, () => s.ws.ping()))).toBeOneOf([1006, 1013])
    expect(await end((s) => void Array.from({ length: 400 }, () => s.send({ type: 'ping' })))).toBe(1013)
    // And the server is there for the others.
    expect((await coder.graphql('{ viewer { roles } }')).status).toBe(200)
  })
})

describe('the end of a sign-in', () => {
  it('is said by the stream, and then the socket is closed', async () => {
    const { chartId } = await server.addChart()
    const person = await server.signInAs('coder2@demo.test')
    const [socket, bystander] = [await signedIn(person), await signedIn()]
    const [idle] = [await signedIn(person)]
    for (const it of [socket, bystander]) {
      it.subscribe('s', STREAM, { id: chartId })
      await it.answer('s')
    }
    await person.signOut()
    expect(await socket.closed).toEqual({ code: 4403, reason: 'Session ended' })
    expect(await idle.closed).toEqual({ code: 4403, reason: 'Session ended' })
    const last = socket.received.filter((m) => m.type === 'next').at(-1)!
    expect(itemOf(last).__typename).toBe('StreamEnded')
    expect(socket.received.at(-1)).toMatchObject({ type: 'complete', id: 's' })
    expect(bystander.ws.readyState).toBe(bystander.ws.OPEN)
    bystander.ws.close()
    await bystander.closed
  })

  it('comes with the member’s', async () => {
    const person = await server.signInAs('reviewer@demo.test')
    const socket = await signedIn(person)
    await server.db.ownerSql`update member set disabled_at = now() where user_id = ${person.claims.userId}`
    expect((await socket.closed).code).toBe(4403)
  })
})

describe('sockets and the whole server', () => {
  it('are bounded by address and in all', async () => {
    const small = await testServer({ env: { sockets: { total: 3, perAddress: 2, perPerson: 3 } } })
    try {
      const open = (from: string) => RawSocket.open(small.url, { headers: { 'x-forwarded-for': from } })
      const a = [await open('198.51.100.1'), await open('198.51.100.1')] as RawSocket[]
      expect(((await open('198.51.100.1')) as IncomingMessage).statusCode).toBe(429)
      const b = (await open('198.51.100.2')) as RawSocket
      expect(((await open('198.51.100.3')) as IncomingMessage).statusCode).toBe(503)
      a[0]!.ws.close()
      await a[0]!.closed
      let again = await open('198.51.100.1')
      for (let i = 0; i < 50 && !(again instanceof RawSocket); i++) {
        await delay(20)
        again = await open('198.51.100.1')
      }
      expect(again).toBeInstanceOf(RawSocket)
      expect(b.ws.readyState).toBe(b.ws.OPEN)
    } finally {
      await small.close()
    }
  })

  it('are bounded by person, whatever the address', async () => {
    const small = await testServer({ env: { sockets: { total: 10, perAddress: 10, perPerson: 2 } } })
    try {
      const [one, other] = await Promise.all([small.signInAs('coder@demo.test'), small.signInAs('coder2@demo.test')])
      const open = async (person: typeof one, from: string): Promise<RawSocket> => {
        const socket = (await RawSocket.open(small.url, { headers: { 'x-forwarded-for': from } })) as RawSocket
        socket.send({ type: 'connection_init', payload: { ticket: await person.ticket() } })
        return socket
      }
      const admitted = (socket: RawSocket) =>
        Promise.race([socket.next(({ type }) => type === 'connection_ack').then(() => true), socket.closed])
      const first = await open(one, '198.51.100.1')
      expect(await admitted(first)).toBe(true)
      expect(await admitted(await open(one, '198.51.100.2'))).toBe(true)
      expect(await admitted(await open(one, '198.51.100.3'))).toEqual({ code: 1013, reason: 'Too many sockets' })
      expect(await admitted(await open(other, '198.51.100.1'))).toBe(true)
      first.ws.close()
      await first.closed
      await vi.waitFor(async () => {
        expect(await admitted(await open(one, '198.51.100.4'))).toBe(true)
      })
    } finally {
      await small.close()
    }
  })

  it('end with a word when the server stops', async () => {
    const stopping = await testServer()
    const person = await stopping.signInAs('coder@demo.test')
    const { chartId } = await stopping.addChart()
    const sockets = await Promise.all(
      Array.from({ length: 5 }, async () => RawSocket.signedIn(stopping.url, await person.ticket())),
    )
    for (const socket of sockets) socket.subscribe('s', STREAM, { id: chartId })
    await Promise.all(sockets.map((socket) => socket.answer('s')))
    const closed = Promise.all(sockets.map((socket) => socket.closed))
    await stopping.close()
    expect(new Set((await closed).map(({ code, reason }) => `${code} ${reason}`))).toEqual(
      new Set(['1012 Server is restarting']),
    )
    expect(stopping.app.services.get(HUB).size).toBe(0)
  })
})
