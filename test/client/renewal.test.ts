import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import {
  type Chartroom,
  type ChartroomOptions,
  ChartroomClientError,
  type LiveState,
  TypedDocumentString,
  ViewerDocument,
} from '../../client/live/index.js'
import { createNodeChartroom } from '../../client/live/node.js'
import { systemTimers } from '../../client/live/timers.js'
import { type VendorWorld, vendorWorld } from '../clients/support.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'

const CODER = 'coder@demo.test'
const OTHER = 'coder2@demo.test'

/** Time that a test moves on: what waits for minutes waits for the test, and the rest is as ever. */
function movable() {
  let ahead = 0
  let count = 0
  const waiting = new Map<string, () => void>()
  return {
    timers: {
      ...systemTimers,
      random: () => 0,
      now: () => Date.now() + ahead,
      setTimeout(callback: () => void, milliseconds: number): unknown {
        if (milliseconds < 60_000) return systemTimers.setTimeout(callback, milliseconds)
        const name = `waits ${++count}`
        waiting.set(name, callback)
        return name
      },
      clearTimeout(handle: unknown): void {
        if (!waiting.delete(handle as string)) systemTimers.clearTimeout(handle)
      },
    },
    /** Resolves once something waits for minutes, as a socket does for its next renewal. */
    awaited: () => expect.poll(() => waiting.size, { timeout: 20_000 }).toBeGreaterThan(0),
    /** Access tokens are nearly over. */
    pass(milliseconds = 560_000): void {
      ahead += milliseconds
      for (const [name, callback] of [...waiting]) if (waiting.delete(name)) callback()
    },
  }
}

class Counted extends WebSocket {
  static opened = 0
  constructor(...args: ConstructorParameters<typeof WebSocket>) {
    super(...args)
    Counted.opened++
  }
}

type Fetch = typeof globalThis.fetch
const pathOf = (input: Parameters<Fetch>[0]) => new URL(String(input)).pathname

const rooms: Chartroom[] = []
afterEach(() => {
  for (const room of rooms.splice(0)) room.close()
})

function newRoom(options: ChartroomOptions) {
  const time = movable()
  const room = createNodeChartroom({ ...options, webSocket: Counted, timers: time.timers })
  rooms.push(room)
  return { room, time }
}

describe('the socket of a person', () => {
  let server: TestServer
  beforeAll(async () => void (server = await testServer()))
  afterAll(() => server?.close())

  const credentials = (email = CODER) => ({ email, password: server.demo.password })
  const renewals = async (): Promise<string[]> => {
    const rows = await server.db.ownerSql<{ outcome: string }[]>`
      select outcome from access_record where action = 'mutation renewSession' order by seq`
    return rows.map(({ outcome }) => outcome)
  }

  const tokenOf = async ({ claims }: TestPerson): Promise<string> => {
    const [row] = await server.db.ownerSql<{ token: string }[]>`
      select token from auth_session where id = ${claims.sessionId}`
    return row!.token
  }
  const memberOf = async (email: string): Promise<string> => {
    const { userId } = server.demo.harbor.members[email]!
    const [row] = await server.db.ownerSql<{ id: string }[]>`select id from member where user_id = ${userId}`
    return row!.id
  }

  it('is renewed before the token behind it expires, and no stream notices', async () => {
    const { chartId } = await server.addChart({ coder: CODER })
    const { room, time } = newRoom({ url: server.url, credentials: credentials() })
    const chart = room.openChart(chartId)
    await chart.ready()
    const states = new Set<LiveState>()
    chart.subscribe(() => states.add(chart.state))
    const [opened, before] = [Counted.opened, (await renewals()).length]
    for (const round of [1, 2]) {
      time.pass()
      await expect.poll(renewals, { timeout: 20_000 }).toHaveLength(before + round)
      await time.awaited()
      await chart.addComment({ body: `after ${round}` })
      await chart.until((it) => it.comments.length === round && it.pending.size === 0)
    }
    expect((await renewals()).slice(before)).toEqual(['ALLOWED', 'ALLOWED'])
    expect(chart.getSnapshot().facts).toMatchObject({ snapshots: 1, gaps: 0, duplicates: 0, resumes: 0 })
    expect([Counted.opened - opened, [...states]]).toEqual([0, ['live']])
  })

  it('goes on under another sign-in of the same person, also when the one before ends', async () => {
    const { chartId } = await server.addChart({ coder: CODER })
    const { room } = newRoom({ url: server.url })
    await room.signIn(credentials())
    const chart = room.openChart(chartId)
    await chart.ready()
    const { member } = await room.viewer()
    const [opened, before] = [Counted.opened, (await renewals()).length]
    await room.signIn(credentials())
    await expect.poll(renewals, { timeout: 20_000 }).toHaveLength(before + 1)
    const ended = await server.db.ownerSql`
      delete from auth_session where id in (
        select s.id from auth_session s join member m on m.user_id = s.user_id
        where m.id = ${member.id} order by s.created_at desc offset 1) returning id`
    expect(ended.length).toBeGreaterThan(0)
    // The sweep has found out who is gone by the time that it ends a stream of theirs.
    const bystander = await server.signInAs(CODER)
    const theirs = newRoom({ url: server.url, fetch: asSession(await tokenOf(bystander)) }).room
    expect(await theirs.restore()).toBe(true)
    const watched = theirs.openChart(chartId)
    await watched.ready()
    await bystander.signOut()
    await watched.until((it) => it.state === 'ended')
    await chart.addComment({ body: 'still here' })
    await chart.until((it) => it.comments.length === 1 && it.pending.size === 0)
    expect(chart.getSnapshot().facts).toMatchObject({ snapshots: 1, resumes: 0 })
    // Theirs is the one that was opened.
    expect(Counted.opened - opened).toBe(1)
  })

  it('is made anew where the renewal is refused: it says so meanwhile, and nothing is lost', async () => {
    const { chartId } = await server.addChart({ coder: CODER })
    let spoilt = 0
    const fetch: Fetch = async (input, init) => {
      if (pathOf(input) !== '/api/auth/socket-ticket' || spoilt !== 1) return globalThis.fetch(input, init)
      spoilt++
      return Response.json({ ticket: 'x'.repeat(43), expiresIn: 30 })
    }
    const { room, time } = newRoom({ url: server.url, credentials: credentials(), fetch })
    const chart = room.openChart(chartId)
    await chart.ready()
    const states = new Set<LiveState>()
    chart.subscribe(() => states.add(chart.state))
    const before = (await renewals()).length
    spoilt = 1
    time.pass()
    await chart.until((it) => it.facts.resumes === 1)
    expect((await renewals()).slice(before)).toEqual(['DENIED'])
    await chart.addComment({ body: 'after it' })
    await chart.until((it) => it.comments.length === 1 && it.pending.size === 0)
    expect([...states]).toEqual(['resuming', 'live'])
    expect(chart.getSnapshot().facts).toMatchObject({ snapshots: 1, gaps: 0, duplicates: 0 })
  })

  it('is left when the token is of somebody else: nothing is resumed, kept or sent', async () => {
    const { chartId } = await server.addChart({ coder: CODER, lines: [{ code: 'I10' }] })
    const hers = asSession(await tokenOf(await server.signInAs(OTHER)))
    let network: Fetch = globalThis.fetch
    const fetch: Fetch = (input, init) => network(input, init)
    const { room, time } = newRoom({ url: server.url, credentials: credentials(), fetch })
    const chart = room.openChart(chartId)
    await chart.ready()
    expect((await room.viewer()).member.id).toBe(await memberOf(CODER))
    const subject = room.getSession().subject
    const seen: unknown[] = []
    room.onSession(() => seen.push(room.getSession().status))
    network = hers
    time.pass()
    const [line] = chart.getSnapshot().suggestions
    await expect(chart.decide(line!.id, { decision: 'ACCEPT', poa: 'Y' })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    })
    expect(chart.getSnapshot()).toMatchObject({ state: 'ended', endedReason: 'UNAUTHENTICATED', chart: null })
    expect([chart.getSnapshot().suggestions, chart.getSnapshot().presence]).toEqual([[], []])
    expect(seen).toEqual(['signedOut', 'signedIn'])
    expect(room.getSession().subject).not.toBe(subject)
    expect((await room.viewer()).member.id).toBe(await memberOf(OTHER))
    const [row] = await server.db.ownerSql`select status from suggestion where id = ${line!.id}`
    expect(row).toEqual({ status: 'PROPOSED' })
    // What is opened now is opened by whoever is here now, from its beginning.
    const again = room.openChart(chartId)
    await again.until((it) => it.chart !== null || it.state === 'ended').catch(() => {})
    expect(again.getSnapshot().facts.resumes).toBe(0)
  })
})

describe('the socket of a program', () => {
  let world: VendorWorld
  beforeAll(async () => void (world = await vendorWorld()))
  afterAll(() => world?.close())

  const FOLLOW = new TypedDocumentString<{ chartStream: { __typename: string } }, { id: string }>(
    `subscription Follow($id: ID!) { chartStream(chartId: $id) { __typename ... on ChartSnapshot { cursor } } }`,
  )

  function follow(room: Chartroom, chartId: string) {
    const items: string[] = []
    let began: () => void
    const first = new Promise<void>((resolve) => (began = resolve))
    const ended = new Promise<ChartroomClientError | undefined>((resolve) => {
      room.subscribe(
        FOLLOW,
        { id: chartId },
        {
          next({ chartStream }) {
            items.push(chartStream.__typename)
            began()
          },
          ended: resolve,
        },
      )
    })
    return { items, first, ended }
  }

  it('goes on with token after token, and ends with the program that it was for', async () => {
    const { chartId } = await world.server.addChart()
    const [mine, rival] = [await world.register(), await world.register()]
    let whose = mine
    let given = 0
    const accessToken = async () => {
      given++
      return { accessToken: await world.tokenOf(whose), expiresIn: 600 }
    }
    const { room, time } = newRoom({ url: world.server.url, accessToken })
    const { items, first, ended } = follow(room, chartId)
    await first
    const opened = Counted.opened
    const sessionOf = () => [...world.server.app.sockets.open].map(({ claims }) => claims?.sessionId)
    for (let round = 0; round < 3; round++) {
      const before = sessionOf()
      world.clock.advance(560_000)
      time.pass()
      await expect.poll(sessionOf, { timeout: 20_000 }).not.toEqual(before)
      await time.awaited()
    }
    expect([items, given, Counted.opened - opened]).toEqual([['ChartSnapshot'], 4, 0])
    expect(room.getSession()).toMatchObject({ status: 'signedIn', organisation: null })
    whose = rival
    time.pass()
    expect(await ended).toMatchObject({ code: 'UNAUTHENTICATED' })
    const other = follow(room, chartId)
    await other.first
    expect(other.items).toEqual(['ChartSnapshot'])
  })

  it('ends where there is no next token', async () => {
    const { chartId } = await world.server.addChart()
    const client = await world.register()
    let revoked = false
    const accessToken = async () => {
      if (revoked) throw new ChartroomClientError('UNAUTHENTICATED')
      return { accessToken: await world.tokenOf(client), expiresIn: 600 }
    }
    const { room, time } = newRoom({ url: world.server.url, accessToken })
    const { first, ended } = follow(room, chartId)
    await first
    revoked = true
    time.pass()
    expect(await ended).toMatchObject({ code: 'UNAUTHENTICATED' })
    await expect(room.query(ViewerDocument, {})).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })
})

/** The network of a browser that has the cookie of this session. */
const asSession =
  (token: string): Fetch =>
  (input, init) =>
    pathOf(input) === '/api/auth/access'
      ? globalThis.fetch(input, { ...init, headers: { ...init?.headers, authorization: `Bearer ${token}` } })
      : globalThis.fetch(input, init)
