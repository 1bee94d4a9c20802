import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../demo/ports.js'
import { Person } from '../../figures/accessEnds/person.js'
import { Random } from '../../figures/history/random.js'
import { Wire } from '../../figures/history/wire.js'
import { ServerProcess } from '../../figures/serverProcess.js'
import { demoPassword } from '../../server/accounts/index.js'
import { type EmbeddedServer, startEmbedded } from '../../server/db/embedded.js'
import { type OwnerSql, openOwner } from '../../server/db/owner.js'
import { sha256 } from '../../server/kernel/text.js'
import { openKeyFile } from '../../server/vault/keyFile.js'
import { createVault } from '../../server/vault/vault.js'
import { type Message, RawSocket } from '../app/rawSocket.js'
import { until } from '../support/nodes.js'

const FOLLOW = `subscription ($chartId: ID!, $after: String, $sight: ID) {
  chartStream(chartId: $chartId, after: $after, sight: $sight) {
    __typename
    ... on ChartSnapshot { cursor sight }
    ... on ChartEvents { events { cursor previous } }
    ... on AccessChanged { snapshot { cursor sight } }
  }
}`
const PRESENCE = 'subscription ($chartId: ID!) { presence(chartId: $chartId) { present { presenceId } } }'
const RENEW = 'mutation ($input: RenewSessionInput!) { renewSession(input: $input) }'
const BOARD = `subscription { queueBoard { __typename
  ... on QueueBoardSnapshot { rows { id charts } } ... on QueueBoardChanged { rows { id charts } goneIds } } }`
const INBOX = `subscription { inbox { __typename
  ... on InboxSnapshot { items { id kind } } ... on InboxChanged { items { id kind } goneIds } } }`

interface StreamItem {
  readonly __typename: string
  readonly cursor?: string
  readonly sight?: string
  readonly snapshot?: { readonly cursor: string; readonly sight: string }
  readonly events?: readonly { readonly cursor: string; readonly previous: string }[]
}

/** A client as docs/live-client.md has it, written by hand: one socket, a chart and its presence, resumed from the last cursor. */
class Client {
  readonly cursors: string[] = []
  readonly codes: number[] = []
  present: readonly string[] = []
  socket: RawSocket | undefined
  connections = 0
  /** Where the chain did not hold. */
  gaps = 0
  #last: string | null = null
  #sight: string | null = null
  #over = false
  readonly #running: Promise<void>

  constructor(
    readonly person: Person,
    readonly chartId: string,
    /** Not the person's node itself where something lies between. */
    readonly url: string,
  ) {
    this.#running = this.#run()
  }

  get isLive(): boolean {
    return this.socket !== undefined && this.#last !== null
  }

  async stop(): Promise<void> {
    this.#over = true
    this.socket?.ws.terminate()
    await this.#running
  }

  async #run(): Promise<void> {
    while (!this.#over) {
      const socket = await this.#open().catch(() => undefined)
      if (socket) {
        this.codes.push((await socket.closed).code)
        this.socket = undefined
      } else await sleep(50)
    }
  }

  async #open(): Promise<RawSocket> {
    const socket = await RawSocket.signedIn(this.url, await this.person.ticket())
    socket.ws.on('message', (data) => this.#take(JSON.parse(String(data)) as Message))
    const { chartId } = this
    socket.subscribe('s', FOLLOW, { chartId, after: this.#last, sight: this.#sight })
    socket.subscribe('p', PRESENCE, { chartId })
    this.connections++
    this.socket = socket
    // It was over before it was open.
    if (this.#over) socket.ws.terminate()
    return socket
  }

  #take({ id, type, payload }: Message): void {
    if (type !== 'next') return
    const { data } = payload as {
      data: { chartStream?: StreamItem; presence?: { present: readonly { presenceId: string }[] } }
    }
    if (id === 'p' && data.presence) this.present = data.presence.present.map((it) => it.presenceId)
    const item = id === 's' ? data.chartStream : undefined
    const shown = item?.snapshot ?? (item?.__typename === 'ChartSnapshot' ? item : undefined)
    if (shown) {
      this.#last = shown.cursor!
      this.#sight = shown.sight!
      this.cursors.push(shown.cursor!)
    }
    for (const { cursor, previous } of item?.events ?? []) {
      if (previous !== this.#last) this.gaps++
      this.#last = cursor
      this.cursors.push(cursor)
    }
  }
}

/** Whole servers, started as anybody starts them, of which one is lost, cut off, or told to stop while much goes on. */
describe('a server as a process of its own', { timeout: 240_000 }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'chartroom-processes-'))
  let database: EmbeddedServer
  let owner: OwnerSql
  let server: ServerProcess
  let port: number
  let metricsUrl: string
  let coder: Person
  let supervisor: Person
  const clients: Client[] = []
  const token = 'a'.repeat(40)

  beforeAll(async () => {
    // Started as root, the database runs as another user, who must be able to enter.
    chmodSync(folder, 0o711)
    database = await startEmbedded(path.join(folder, 'database'), { info: () => {}, error: () => {} })
    owner = openOwner(database.ownerUrl)
    port = await freePort()
    const metricsPort = await freePort()
    metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`
    const tokenFile = path.join(folder, 'metrics.token')
    writeFileSync(tokenFile, token)
    const settings = {
      CHARTROOM_DATA: folder,
      DATABASE_URL: database.ownerUrl,
      PORT: String(port),
      LOG_LEVEL: 'silent',
      ENGINE_WORKERS: '0',
      SESSION_IDLE_MINUTES: '600',
      REQUESTS_PER_ADDRESS: '10000000',
      REQUESTS_PER_PERSON: '10000000',
      METRICS_TOKEN_FILE: tokenFile,
      METRICS_LISTEN: `127.0.0.1:${metricsPort}`,
    }
    const url = `http://127.0.0.1:${port}`
    server = new ServerProcess(url, settings, ['--demo'])
    await server.start()
    const password = demoPassword(createVault(openKeyFile(path.join(folder, 'keys.json'))))
    coder = await Person.signIn(url, 'coder@demo.test', password)
    supervisor = await Person.signIn(url, 'supervisor@demo.test', password)
  }, 240_000)
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.stop()))
  })
  afterAll(async () => {
    await server.stop()
    await owner.end({ timeout: 5 })
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function follow(chartId: string, person = coder, url = server.url): Promise<Client> {
    const client = new Client(person, chartId, url)
    clients.push(client)
    await until(() => client.isLive)
    return client
  }
  async function newChart(): Promise<string> {
    const { chartId } = await supervisor.newChart(coder.queueId)
    await coder.claim(chartId)
    return chartId
  }
  const logOf = async (chartId: string): Promise<string[]> => {
    const rows = await owner<{ cursor: string }[]>`
      select cursor from chart_event where stream_id = ${chartId} order by seq`
    return rows.map(({ cursor }) => cursor)
  }
  /** Nothing was lost and nothing came twice: from where it began on, it is the log. */
  async function hasAll(client: Client): Promise<void> {
    const log = await logOf(client.chartId)
    await until(() => client.cursors.at(-1) === log.at(-1))
    expect(client.cursors).toEqual(log.slice(log.indexOf(client.cursors[0]!)))
    expect(client.gaps).toBe(0)
  }
  /** Says so until somebody hears it: always the same command, so that it is done once. */
  async function comment(chartId: string, body: string): Promise<void> {
    const commandId = crypto.randomUUID()
    for (;;)
      try {
        return void (await coder.command('addComment', 'AddCommentInput', '__typename', { chartId, body }, commandId))
      } catch {
        await sleep(50)
      }
  }
  async function focus(chartId: string): Promise<string> {
    const presenceId = crypto.randomUUID()
    await coder.act('mutation ($input: FocusInput!) { focus(input: $input) }', { input: { chartId, presenceId } })
    return presenceId
  }
  /** How often a ticket lets somebody in. */
  async function admitted(ticket: string, times: number): Promise<number> {
    let admissions = 0
    for (let i = 0; i < times; i++) {
      const socket = (await RawSocket.open(server.url)) as RawSocket
      socket.send({ type: 'connection_init', payload: { ticket } })
      const acknowledged = socket.next((it) => it.type === 'connection_ack').then(() => true)
      if (await Promise.race([acknowledged, socket.closed.then(() => false)])) admissions++
      socket.ws.terminate()
    }
    return admissions
  }

  /** Two moments in a renewal, each held open by a lock of somebody else: the ticket is about to be spent; it is spent. */
  const MOMENTS = {
    'before its ticket is spent': {
      hold: (tx: OwnerSql, ticket: string) =>
        tx`select from socket_ticket where ticket_hash = ${sha256(ticket)} for update`,
      isReached: async () => {
        const [row] = await owner<{ n: number }[]>`
          select count(*)::int as n from pg_stat_activity
          where wait_event_type = 'Lock' and query like '%delete from socket_ticket%' and pid <> pg_backend_pid()`
        return row!.n > 0
      },
      most: 1,
    },
    'when its ticket is spent and it is not answered': {
      // It may not be answered before it is on record.
      hold: (tx: OwnerSql) => tx`lock table access_record in share mode`,
      isReached: async (ticket: string) => {
        const rows = await owner`select from socket_ticket where ticket_hash = ${sha256(ticket)}`
        return rows.length === 0
      },
      most: 0,
    },
  }
  it.each(Object.entries(MOMENTS))('dies in the middle of a renewal, %s', async (_when, { hold, isReached, most }) => {
    const chartId = await newChart()
    const client = await follow(chartId)
    await comment(chartId, 'Before.')
    const ticket = await coder.ticket()
    let letGo = (): void => {}
    let held: Promise<unknown> | undefined
    await new Promise<void>((resolve, reject) => {
      held = owner.begin(async (tx) => {
        await hold(tx as unknown as OwnerSql, ticket)
        resolve()
        await new Promise<void>((go) => (letGo = go))
      })
      held.catch(reject)
    })
    const socket = client.socket!
    socket.subscribe('renewal', RENEW, { input: { ticket } })
    let again: Promise<void> | undefined
    try {
      await until(() => isReached(ticket))
      again = server.killAndStartAgain()
      await socket.closed
    } finally {
      letGo()
      await held
    }
    await again

    // Nobody was told that it went well, and at most one finds out that it did not.
    expect(socket.received.filter(({ id }) => id === 'renewal')).toEqual([])
    expect(await admitted(ticket, 3)).toBeLessThanOrEqual(most)
    await until(() => client.connections === 2 && client.isLive)
    await comment(chartId, 'After.')
    await hasAll(client)
    const presenceId = await focus(chartId)
    await until(() => client.present.includes(presenceId))
    // And it can be renewed as if nothing had been.
    client.socket!.subscribe('again', RENEW, { input: { ticket: await coder.ticket() } })
    const { type, payload } = await client.socket!.answer('again')
    expect([type, (payload as { errors?: unknown }).errors]).toEqual(['next', undefined])
    await comment(chartId, 'After the renewal.')
    await hasAll(client)
    expect(client.connections).toBe(2)
  })

  async function metric(name: string): Promise<number> {
    const text = await (await fetch(metricsUrl, { headers: { authorization: `Bearer ${token}` } })).text()
    const line = text.split('\n').find((it) => it.startsWith(`${name} `))
    return line === undefined ? 0 : Number(line.slice(name.length + 1))
  }
  const DEAD = 'chartroom_connections_dropped_total{reason="DEAD_PEER"}'

  it('lets go of a board and an inbox whose network is gone without a word, which are whole when their readers are back', async () => {
    await newChart()
    const wire = await Wire.to(port)
    const through = `http://127.0.0.1:${wire.port}`
    const first = async (person: Person, query: string, url: string) => {
      const socket = await RawSocket.signedIn(url, await person.ticket())
      socket.subscribe('s', query)
      const { payload } = await socket.answer('s')
      return { socket, shown: (payload as { data: Record<string, { rows?: unknown; items?: unknown }> }).data }
    }
    const dropped = await metric(DEAD)
    const followers = await metric('chartroom_followers')
    const [board, inbox] = [await first(supervisor, BOARD, through), await first(coder, INBOX, through)]
    expect((await metric('chartroom_followers')) - followers).toBe(2)
    wire.cutSome(new Random(1), 1)
    // Meanwhile there is a chart more, which is given to the coder.
    const { chartId } = await supervisor.newChart(coder.queueId)
    const assigned = { chartId, memberId: coder.memberId, part: 'CODER_OF_RECORD', reason: 'WORKLOAD' }
    await supervisor.command('assignChart', 'AssignChartInput', '__typename', assigned)
    await until(async () => (await metric(DEAD)) === dropped + 2)
    expect(await metric('chartroom_followers')).toBe(followers)
    // The other side was told nothing, and heard nothing of what happened.
    expect([board, inbox].map(({ socket }) => [socket.ws.readyState, socket.received.length])).toEqual([
      [1, 2],
      [1, 2],
    ])
    const back = [await first(supervisor, BOARD, through), await first(coder, INBOX, through)]
    const direct = [await first(supervisor, BOARD, server.url), await first(coder, INBOX, server.url)]
    expect(back.map(({ shown }) => shown)).toEqual(direct.map(({ shown }) => shown))
    expect(back[0]!.shown).not.toEqual(board.shown)
    expect(back[1]!.shown).not.toEqual(inbox.shown)
    for (const { socket } of [board, inbox, ...back, ...direct]) socket.ws.terminate()
    await wire.close()
  })

  it('stops while much is written and followed: its sockets close one after the other, and each goes on where it stood', async () => {
    const charts = [await newChart(), await newChart()]
    const followers = await Promise.all(Array.from({ length: 40 }, (_, i) => follow(charts[i % 2]!)))
    let writing = true
    const writers = charts.map(async (chartId) => {
      for (let n = 0; writing; n++) await comment(chartId, `Number ${n}.`)
    })
    const before = Math.max(...followers.map(({ cursors }) => cursors.length))
    await until(() => followers.every(({ cursors }) => cursors.length > before + 5))
    // Of one person who opens so much at once, some were told to come back a little later.
    const connections = followers.map((client) => client.connections)
    const closed = followers.map(async ({ socket }) => {
      const { code } = await socket!.closed
      return { code, at: performance.now() }
    })
    await server.stop()
    const told = await Promise.all(closed)
    await server.start()
    await until(() => followers.every((client, i) => client.connections > connections[i]! && client.isLive))
    writing = false
    await Promise.all(writers)
    expect(new Set(told.map(({ code }) => code))).toEqual(new Set([1012]))
    const at = told.map((it) => it.at).sort((a, b) => a - b)
    // A timer is never early: of two seconds, thirty-nine fortieths lie between the first and the last.
    expect(at.at(-1)! - at[0]!).toBeGreaterThan(1_000)
    for (const client of followers) await hasAll(client)
  })
})
