import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixedClock } from '../../server/kernel/clock.js'
import { WAKER } from '../../server/live/wake.js'
import { type Message, RawSocket } from '../app/rawSocket.js'
import { type Account, EVERYONE, LAKESIDE, mayRead, type Standing } from './standings.js'
import { leaks, type SecretWorld, secretWorld } from './world.js'

/**
 * Rule LV36 on open sockets: everybody of both tenants follows a board and an inbox, something is changed that some of them
 * may not see, and then something that each may see. For those who may not see the change, what comes next is the other.
 */

const STREAMS = {
  queueBoard: `subscription { queueBoard { __typename
    ... on QueueBoardSnapshot { rows { ...R } } ... on QueueBoardChanged { rows { ...R } goneIds } ... on StreamEnded { reason } } }
    fragment R on QueueBoardRow { id queue { id name } facility { id } charts statuses { status charts }
      ages { fromDays toDays charts } oldestReceivedAt dueToday overdue owners { member { id } charts dueToday overdue }
      totalChargesCents masked { field reason } }`,
  inbox: `subscription { inbox { __typename
    ... on InboxSnapshot { items { ...I } } ... on InboxChanged { items { ...I } goneIds } ... on StreamEnded { reason } } }
    fragment I on InboxItem { id kind chartId subjectId accountNumber actor { id displayName } at dueAt readAt
      masked { field reason } }`,
} as const
type Path = keyof typeof STREAMS
const PATHS = Object.keys(STREAMS) as Path[]
const CLASSES = ['ROW', 'MONEY', 'CLINICAL'] as const

interface Change {
  readonly path: Path
  readonly class: (typeof CLASSES)[number]
  readonly kind: string
  readonly chart: string
  make(): Promise<unknown>
}

/** design.md, sections 3 and 6: supervisors have the worklists of their facilities, coders and CDI those of their teams. */
function onBoard(account: Account, standing: Standing, money: boolean): boolean {
  if (standing.restricted || (account === LAKESIDE) !== (standing.tenant === 'lakeside')) return false
  if (account === 'supervisor@demo.test') return true
  const works = account === 'coder@demo.test' || account === 'cdi@demo.test' || account === LAKESIDE
  return works && standing.queued && !money
}

/** A privacy officer sees the metadata of every chart of the tenant, and grants the restricted ones. */
const seesChart = (account: Account, standing: Standing): boolean =>
  account === 'privacy@demo.test' ? standing.tenant === 'harbor' : mayRead(account, standing, 'ACCOUNT_REF')

function maySee(account: Account, change: Change, standing: Standing): boolean {
  if (change.path === 'queueBoard') return onBoard(account, standing, change.class === 'MONEY')
  return change.class === 'CLINICAL' ? mayRead(account, standing, 'CLINICAL') : seesChart(account, standing)
}

/** A chart that each sees as long as nothing is done to it, for an entry that they may be shown. */
const OWN: Readonly<Partial<Record<Account, string>>> = {
  'coder@demo.test': 'waiting',
  'coder2@demo.test': 'southern',
  'reviewer@demo.test': 'waiting',
  'auditor@demo.test': 'audited',
  'cdi@demo.test': 'waiting',
  'supervisor@demo.test': 'waiting',
  'compliance@demo.test': 'waiting',
  'privacy@demo.test': 'waiting',
  [LAKESIDE]: 'strange',
}
/** Whoever works in a worklist that nothing else stands in. */
const BOARDS: readonly Account[] = ['supervisor@demo.test', 'coder@demo.test', 'cdi@demo.test']

let world: SecretWorld
const sockets = new Map<Account, RawSocket>()
const cells = new Map<string, { hidden: number; told: number }>()
let frames = 0
beforeAll(async () => {
  // Time stands still: a board that follows the day would change by it.
  world = await secretWorld({ clock: fixedClock(new Date()) })
  for (const account of EVERYONE) {
    const socket = await RawSocket.signedIn(world.server.url, await world.as(account).ticket())
    sockets.set(account, socket)
    for (const path of PATHS) {
      socket.subscribe(path, STREAMS[path])
      await socket.answer(path)
    }
  }
}, 300_000)
afterAll(async () => {
  const figures = { frames, cells: Object.fromEntries(cells) }
  const file = process.env.FIGURES_FILE
  if (file) writeFileSync(file, JSON.stringify({ figures }))
  else console.info(`boards and inboxes: ${JSON.stringify(figures)}`)
  for (const socket of sockets.values()) socket.ws.close()
  await world?.server.close()
})

const told = (account: Account, path: Path): readonly Message[] =>
  sockets.get(account)!.received.filter((message) => message.id === path)

const memberOf = (account: Account): string => {
  const { harbor, lakeside } = world.server.demo
  return (harbor.members[account] ?? lakeside.members[account])!.memberId
}
const orgOf = (account: Account): string => world.as(account).claims.orgId
const orgOfChart = (chart: string): string =>
  orgOf(world.standings.get(chart)!.tenant === 'lakeside' ? LAKESIDE : 'admin@demo.test')
const wake = (orgId: string, streamId: string): void => world.server.app.services.get(WAKER).stream(orgId, streamId)

function changes(): Change[] {
  const { ownerSql } = world.server.db
  const { charts, server } = world
  const all = ['claimed', 'waiting', 'southern', 'restricted', 'strange', 'second look', 'audited']
  const column = (name: string, of: Change['class'], chart: string, value: unknown): Change => ({
    path: 'queueBoard',
    class: of,
    kind: name,
    chart,
    async make() {
      await ownerSql`update chart set ${ownerSql({ [name]: value } as never)} where id = ${charts.get(chart)!}`
      wake(orgOfChart(chart), charts.get(chart)!)
    },
  })
  const more = (chart: string, facts: Parameters<typeof server.addChart>[0]): Change => ({
    path: 'queueBoard',
    class: 'ROW',
    kind: 'a chart more',
    chart,
    async make() {
      const { chartId } = await server.addChart({ ...facts, totalChargesCents: 77 })
      wake(orgOfChart(chart), chartId)
    },
  })
  const wait = (chart: string, account: Account): Change => ({
    path: 'queueBoard',
    class: 'ROW',
    kind: 'a reason to wait',
    chart,
    make: () =>
      world.run(account, 'pendChart', 'PendChartInput', '', {
        chartId: charts.get(chart)!,
        reason: 'OTHER',
        note: `Until ${world.canary(chart, 'CLINICAL')}`,
      }),
  })
  const mention = (chart: string, account: Account): Change => ({
    path: 'inbox',
    class: 'CLINICAL',
    kind: 'a comment that names everybody',
    chart,
    make: () =>
      world.run(account, 'addComment', 'AddCommentInput', '', {
        chartId: charts.get(chart)!,
        body: `Look at ${world.canary(chart, 'CLINICAL')}`,
        mentionIds: EVERYONE.filter((it) => it !== account).map(memberOf),
      }),
  })
  const entry = (chart: string): Change => ({
    path: 'inbox',
    class: 'ROW',
    kind: 'an entry about a chart',
    chart,
    async make() {
      for (const account of EVERYONE)
        if (orgOf(account) === orgOfChart(chart)) await addEntry(account, charts.get(chart)!)
    },
  })
  const writers: readonly (readonly [string, Account])[] = [
    ['claimed', 'coder@demo.test'],
    ['second look', 'coder@demo.test'],
    ['southern', 'coder2@demo.test'],
    ['restricted', 'coder2@demo.test'],
    ['audited', 'coder@demo.test'],
    ['strange', LAKESIDE],
  ]
  return [
    ...all.map((chart, i) => column('total_charges_cents', 'MONEY', chart, 1_000 + i)),
    ...['southern', 'restricted', 'strange', 'claimed'].map((chart) =>
      column('received_at', 'ROW', chart, new Date(Date.UTC(2020, 0, 1))),
    ),
    more('strange', { organisation: 'lakeside', facility: 'lake', coder: LAKESIDE }),
    more('restricted', { facility: 'north', coder: 'coder2@demo.test', restricted: true }),
    more('southern', { facility: 'south', coder: 'coder2@demo.test', queue: null }),
    wait('restricted', 'coder2@demo.test'),
    wait('strange', LAKESIDE),
    ...writers.map(([chart, account]) => mention(chart, account)),
    ...all.map(entry),
  ]
}

async function addEntry(account: Account, chartId: string): Promise<string> {
  const id = randomUUID()
  await world.server.db.ownerSql`
    insert into inbox_item (org_id, id, member_id, kind, chart_id, at)
    values (${orgOf(account)}, ${id}, ${memberOf(account)}, 'CHART_ASSIGNED', ${chartId}, clock_timestamp())`
  wake(orgOf(account), memberOf(account))
  return id
}

interface Rows {
  readonly __typename: string
  readonly rows?: readonly { readonly id: string; readonly charts: number }[]
  readonly items?: readonly { readonly id: string }[]
  readonly goneIds?: readonly string[]
}
const itemOf = (message: Message, path: Path): Rows => (message.payload as { data: Record<Path, Rows> }).data[path]
const idsIn = (message: Message, path: Path): string[] => {
  const { rows, items, goneIds } = itemOf(message, path)
  return [...(rows ?? items ?? []).map((it) => it.id), ...(goneIds ?? [])]
}

describe('a change that somebody may not see', () => {
  it('LV36: changes no byte of their board and their inbox, and sends no frame', async () => {
    const { harbor } = world.server.demo
    const markerRow = `${harbor.queues['Emergency and clinic']!}.${harbor.facilities.north!}`
    for (const account of BOARDS) expect(idsIn(told(account, 'queueBoard')[0]!, 'queueBoard')).not.toContain(markerRow)
    let markers = 0
    for (const change of changes()) {
      const standing = world.standings.get(change.chart)!
      const before = new Map(EVERYONE.map((it) => [it, PATHS.map((path) => told(it, path).length)] as const))
      await change.make()

      // What each may see.
      markers++
      const { chartId } = await world.server.addChart({ facility: 'north', queue: 'Emergency and clinic' })
      wake(harbor.organisationId, chartId)
      const entries = new Map<Account, string>()
      for (const [account, chart] of Object.entries(OWN) as [Account, string][])
        entries.set(account, await addEntry(account, world.charts.get(chart)!))
      const isMarked = (account: Account, path: Path) => (message: Message) =>
        message.id === path &&
        message.type === 'next' &&
        (path === 'inbox'
          ? idsIn(message, path).includes(entries.get(account)!)
          : (itemOf(message, path).rows ?? []).some((row) => row.id === markerRow && row.charts === markers))
      for (const account of BOARDS) await sockets.get(account)!.next(isMarked(account, 'queueBoard'))
      for (const account of entries.keys()) await sockets.get(account)!.next(isMarked(account, 'inbox'))

      for (const account of EVERYONE) {
        for (const [i, path] of PATHS.entries()) {
          const since = told(account, path).slice(before.get(account)![i])
          const marked = path === 'inbox' ? entries.get(account) : BOARDS.includes(account) ? markerRow : undefined
          const others = since.flatMap((message) => idsIn(message, path)).filter((id) => id !== marked)
          const what = `${account}: ${path}, ${change.kind} on ${change.chart}`
          if (path !== change.path) continue
          const cell = cellOf(path, change.class)
          if (maySee(account, change, standing)) {
            if (others.length > 0) cell.told++
          } else {
            expect(others, what).toEqual([])
            expect(since.length, what).toBe(marked === undefined ? 0 : 1)
            cell.hidden++
          }
        }
      }
    }
    for (const account of EVERYONE)
      for (const message of sockets.get(account)!.received) {
        frames++
        expect(leaks(world, account, JSON.stringify(message)), account).toEqual([])
      }
    // Those who may see a change are told it: without this a server that tells nothing would pass.
    for (const [path, of] of [
      ['queueBoard', 'ROW'],
      ['queueBoard', 'MONEY'],
      ['inbox', 'ROW'],
      ['inbox', 'CLINICAL'],
    ] as const) {
      const { hidden, told: seen } = cellOf(path, of)
      expect([hidden > 20, seen > 2], `${path}/${of} ${hidden} ${seen}`).toEqual([true, true])
    }
  }, 300_000)

  it('is not even a frame to whoever is shown nothing at all', () => {
    // No worklist, no chart: whatever happened above.
    expect(told('coder2@demo.test', 'queueBoard').map(({ type }) => type)).toEqual(['next'])
    for (const account of ['admin@demo.test', 'provider@demo.test'] as const) {
      expect(told(account, 'inbox').map(({ type }) => type)).toEqual(['next'])
      expect(idsIn(told(account, 'inbox')[0]!, 'inbox')).toEqual([])
    }
    for (const account of [
      'reviewer@demo.test',
      'compliance@demo.test',
      'privacy@demo.test',
      'admin@demo.test',
    ] as const)
      expect(
        told(account, 'queueBoard').map(
          ({ type, payload = null }) => `${type} ${JSON.stringify(payload).includes('FORBIDDEN')}`,
        ),
        account,
      ).toEqual(['next true', 'complete false'])
  })
})

function cellOf(path: Path, of: string): { hidden: number; told: number } {
  const key = `${path}/${of}`
  const cell = cells.get(key) ?? { hidden: 0, told: 0 }
  cells.set(key, cell)
  return cell
}
