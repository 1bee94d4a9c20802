import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { HUB } from '../../server/live/wake.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'
import { type VendorWorld, vendorWorld } from '../clients/support.js'
import { type Message, RawSocket } from './rawSocket.js'

const RENEW = 'mutation Renew($input: RenewSessionInput!) { renewSession(input: $input) }'
const FOLLOW = `subscription Follow($id: ID!) {
  chartStream(chartId: $id) {
    __typename
    ... on ChartSnapshot { cursor }
    ... on ChartEvents { events { cursor previous type } }
    ... on AccessChanged { snapshot { cursor } }
    ... on StreamEnded { reason }
  }
}`
const PRESENCE = 'subscription ($id: ID!) { presence(chartId: $id) { present { presenceId } } }'

interface Answer {
  readonly data?: { readonly renewSession: string } | null
  readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[]
}

let n = 0
/** What a socket answers to one renewal, which then is over. */
async function renew(socket: RawSocket, ticket: unknown, query = RENEW): Promise<Answer> {
  const id = `renewal ${++n}`
  socket.subscribe(id, query, { input: { ticket } })
  const { type, payload } = await socket.answer(id)
  if (type === 'error') return { errors: payload as Answer['errors'] }
  await socket.next((m) => m.id === id && m.type === 'complete')
  return payload as Answer
}
const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions.code
const itemsOf = (socket: RawSocket, id: string) =>
  socket.received
    .filter((m) => m.id === id && m.type === 'next')
    .map((m) => (m.payload as { data: { chartStream: Record<string, unknown> } }).data.chartStream)
const saw = (socket: RawSocket, id: string, word: string): Promise<Message> =>
  socket.next((m) => m.id === id && JSON.stringify(m.payload).includes(word))

describe('renewSession on a socket', () => {
  let server: TestServer
  const sockets: RawSocket[] = []
  beforeAll(async () => void (server = await testServer()))
  afterAll(() => server.close())
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.ws.close()
    const hub = server.app.services.get(HUB)
    for (let i = 0; i < 200 && (hub.size > 0 || server.app.sockets.open.size > 0); i++) await delay(20)
    expect({ followers: hub.size, sockets: server.app.sockets.open.size }).toEqual({ followers: 0, sockets: 0 })
  })

  const open = async (person: TestPerson): Promise<RawSocket> => {
    const socket = await RawSocket.signedIn(server.url, await person.ticket())
    sockets.push(socket)
    return socket
  }
  const endsAt = async ({ claims }: TestPerson, at?: Date): Promise<Date> => {
    if (at) await server.db.ownerSql`update auth_session set expires_at = ${at} where id = ${claims.sessionId}`
    const [row] = await server.db.ownerSql<{ expiresAt: Date }[]>`
      select expires_at from auth_session where id = ${claims.sessionId}`
    return row!.expiresAt
  }

  it('goes on with another sign-in: no subscription notices, and the end moves', async () => {
    const { chartId } = await server.addChart()
    const [first, second] = [await server.signInAs('coder@demo.test'), await server.signInAs('coder@demo.test')]
    const socket = await open(first)
    socket.subscribe('s', FOLLOW, { id: chartId })
    socket.subscribe('p', PRESENCE, { id: chartId })
    await Promise.all([socket.answer('s'), socket.answer('p')])
    await endsAt(second, new Date(Date.now() + 3_600_000))

    const answer = await renew(socket, await second.ticket())
    expect(answer.errors).toBeUndefined()
    expect(new Date(answer.data!.renewSession)).toEqual(await endsAt(second))
    await first.signOut()
    // Longer than the sweep takes to find out who signed out: a bystander of that sign-in is gone by then.
    const bystander = await RawSocket.signedIn(server.url, await second.ticket())
    sockets.push(bystander)
    await delay(2_500)
    expect(socket.ws.readyState).toBe(socket.ws.OPEN)

    const input = { commandId: crypto.randomUUID(), chartId }
    await second.graphql('mutation ($input: ChartCommandInput!) { claimChart(input: $input) { __typename } }', {
      input,
    })
    await second.graphql('mutation ($input: AddCommentInput!) { addComment(input: $input) { __typename } }', {
      input: { ...input, commandId: crypto.randomUUID(), body: 'Still here.' },
    })
    await saw(socket, 's', 'COMMENT_ADDED')
    const presenceId = crypto.randomUUID()
    await second.graphql('mutation ($input: FocusInput!) { focus(input: $input) }', { input: { chartId, presenceId } })
    await saw(socket, 'p', presenceId)
    const items = itemsOf(socket, 's')
    expect(items.filter((it) => ['StreamEnded', 'ResyncRequired'].includes(it.__typename as string))).toEqual([])
    let last: unknown = items[0]!.cursor
    for (const item of items.slice(1)) {
      if (item.snapshot) last = (item.snapshot as { cursor: unknown }).cursor
      for (const event of (item.events ?? []) as { cursor: unknown; previous: unknown }[]) {
        expect(event.previous).toBe(last)
        last = event.cursor
      }
    }
    expect(socket.received.filter((m) => m.type === 'complete').map((m) => m.id)).toEqual([
      expect.stringMatching(/^renewal/),
    ])

    // It is the second sign-in's now.
    await second.signOut()
    expect(await socket.closed).toEqual({ code: 4403, reason: 'Session ended' })
    expect(itemsOf(socket, 's').at(-1)).toMatchObject({ __typename: 'StreamEnded' })
  })

  it('takes no ticket of anybody else, none that was spent, and none that is none, and spends what it is given', async () => {
    const { chartId } = await server.addChart()
    const [own, again, other] = [
      await server.signInAs('coder@demo.test'),
      await server.signInAs('coder@demo.test'),
      await server.signInAs('coder2@demo.test'),
    ]
    const socket = await open(own)
    socket.subscribe('s', FOLLOW, { id: chartId })
    await socket.answer('s')
    const theirs = await other.ticket()
    const spent = await again.ticket()
    expect(codeOf(await renew(socket, spent))).toBeUndefined()
    const refusals = [
      await renew(socket, theirs),
      await renew(socket, spent),
      await renew(socket, 'x'.repeat(43)),
      await renew(socket, ''),
      await renew(socket, again.accessToken),
    ]
    for (const refusal of refusals) expect(refusal).toEqual(refusals[0])
    expect(codeOf(refusals[0]!)).toBe('UNAUTHENTICATED')
    // Nobody finds out whose it was and uses it then.
    const later = (await RawSocket.open(server.url)) as RawSocket
    later.send({ type: 'connection_init', payload: { ticket: theirs } })
    expect((await later.closed).code).toBe(4403)
    expect(socket.ws.readyState).toBe(socket.ws.OPEN)
    expect(socket.received.filter((m) => m.id === 's' && m.type !== 'next')).toEqual([])
    expect(codeOf(await renew(socket, 7))).toBe('BAD_INPUT')
  })

  it('is the one command that a socket takes, alone', async () => {
    const person = await server.signInAs('coder@demo.test')
    const socket = await open(person)
    const ticket = await person.ticket()
    const field = `renewSession(input: {ticket: "${ticket}"})`
    const focus = `focus(input: {chartId: "${crypto.randomUUID()}", presenceId: "${crypto.randomUUID()}"})`
    for (const query of [
      `mutation { ${field} again: ${field} }`,
      `mutation { ${field} ${focus} }`,
      `mutation { ${field} @skip(if: true) }`,
      `mutation { ...F } fragment F on Mutation { ${field} }`,
      `mutation { ${focus} }`,
      '{ viewer { roles } }',
    ])
      expect(codeOf(await renew(socket, ticket, query)), query).toBe('REQUEST_REFUSED')
    const overHttp = await person.graphql(RENEW, { input: { ticket } })
    expect(overHttp.errors?.[0]?.extensions.code).toBe('REQUEST_REFUSED')
    // None of these spent it.
    expect(codeOf(await renew(socket, ticket, `mutation { mine: ${field} }`))).toBeUndefined()
  })

  it('stands in the access records, whether it was let in or not', async () => {
    const person = await server.signInAs('coder@demo.test')
    const socket = await open(person)
    const outcomes = async (): Promise<string[]> => {
      const rows = await server.db.ownerSql<{ outcome: string }[]>`
        select outcome from access_record where action = 'mutation renewSession' order by seq`
      return rows.map(({ outcome }) => outcome)
    }
    const before = (await outcomes()).length
    await renew(socket, await person.ticket())
    await renew(socket, 'x'.repeat(43))
    expect((await outcomes()).slice(before)).toEqual(['ALLOWED', 'DENIED'])
  })
})

describe('renewSession of a program', () => {
  let world: VendorWorld
  beforeAll(async () => void (world = await vendorWorld()))
  afterAll(() => world.close())

  const ticketOf = async (token: string): Promise<string> => {
    const { ticket } = await world.server.app.clientTokens.ticket(token, '127.0.0.1')
    return ticket
  }

  it('goes on with another token of the same program that opens as much', async () => {
    const { chartId } = await world.server.addChart()
    const scopes = ['system/Chart.rs', 'system/Suggestion.rs']
    const [client, rival] = [await world.register(scopes), await world.register(scopes)]
    const first = await world.tokenOf(client)
    const socket = await RawSocket.signedIn(world.server.url, await ticketOf(first))
    socket.subscribe('s', FOLLOW, { id: chartId })
    await socket.answer('s')
    expect(codeOf(await renew(socket, await ticketOf(await world.tokenOf(rival))))).toBe('UNAUTHENTICATED')
    const narrower = await renew(socket, await ticketOf(await world.tokenOf(client, 'system/Chart.rs')))
    expect(narrower.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'SCOPE' })

    world.clock.advance(300_000)
    const second = await world.tokenOf(client)
    const { data } = await renew(socket, await ticketOf(second))
    // A token lives for ten minutes, in whole seconds.
    expect(new Date(data!.renewSession).getTime() - world.clock.now().getTime()).toBeGreaterThan(590_000)
    // The first one would have ended by now.
    world.clock.advance(400_000)
    await delay(2_500)
    expect(socket.ws.readyState).toBe(socket.ws.OPEN)
    await world.form('revoke', client, { token: second })
    expect((await socket.closed).code).toBe(4403)
    expect(itemsOf(socket, 's').at(-1)).toMatchObject({ __typename: 'StreamEnded', reason: 'TOKEN_REVOKED' })
  })
})
