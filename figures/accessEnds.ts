import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { demoPassword } from '../server/accounts/index.js'
import { loadEnv } from '../server/app/env.js'
import { startServer } from '../server/app/main.js'
import { startEmbedded } from '../server/db/embedded.js'
import { openKeyFile } from '../server/vault/keyFile.js'
import { createVault } from '../server/vault/vault.js'
import { CAUSES, type Cause } from './accessEnds/causes.js'
import { Person } from './accessEnds/person.js'
import { Watcher } from './accessEnds/watcher.js'
import type { Figure, Finding, Print } from './figure.js'

const ROUNDS = 4
const MODES = ['idle', 'flowing', 'unread'] as const
type Mode = (typeof MODES)[number]

/**
 * Access is taken away in every way there is, while its stream is idle, while events flow, and while its reader does not
 * read; on the node that serves the stream and on another one, each a server with its own pool, hub and listener.
 */
export const accessEnds: Figure = {
  name: 'access-ends',
  shows:
    'no event committed after a change of access is delivered under the sight of before, and streams change or end within a second, on one node and on two',
  async run(print) {
    const folder = mkdtempSync(path.join(tmpdir(), 'chartroom-figure-'))
    chmodSync(folder, 0o711)
    const database = await startEmbedded(path.join(folder, 'database'), { info: () => {}, error: () => {} })
    const nodes: Awaited<ReturnType<typeof startServer>>[] = []
    const sql = postgres(database.ownerUrl, { max: 2, onnotice: () => {} })
    try {
      const urls: string[] = []
      for (const demo of [true, false]) {
        const port = await freePort()
        const env = loadEnv({
          CHARTROOM_DATA: folder,
          DATABASE_URL: database.ownerUrl,
          PORT: String(port),
          LOG_LEVEL: 'silent',
          REQUESTS_PER_ADDRESS: '1000000',
          REQUESTS_PER_PERSON: '1000000',
        })
        nodes.push(await startServer({ env, demo, charts: false }))
        urls.push(`http://127.0.0.1:${port}`)
      }
      const password = demoPassword(createVault(openKeyFile(path.join(folder, 'keys.json'))))
      return await measure(urls as [string, string], password, sql, print)
    } finally {
      await sql.end()
      for (const node of nodes) await node.stop()
      await database.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

interface Times {
  readonly change: number[]
  readonly lastEvent: number[]
}

async function measure(
  urls: readonly [string, string],
  password: string,
  sql: postgres.Sql,
  print: Print,
): Promise<Finding> {
  const admin = await Person.signIn(urls[0], 'admin@demo.test', password)
  const writer = await Person.signIn(urls[0], 'reviewer@demo.test', password)
  const supervisor = await Person.signIn(urls[0], 'supervisor@demo.test', password)
  const { queueId } = await Person.signIn(urls[0], 'coder2@demo.test', password)
  const known = new Map<string, Person>()
  const viewers = async (url: string, email: string): Promise<Person> => {
    const key = `${url} ${email}`
    const person = known.get(key)
    if (person && (await person.isSignedIn())) return person
    known.set(key, await Person.signIn(url, email, password))
    return known.get(key)!
  }
  const all: Record<Mode, Times> = { idle: times(), flowing: times(), unread: times() }
  let runs = 0
  let late = 0
  let delivered = 0
  for (const cause of CAUSES)
    for (const nodes of [1, 2] as const) {
      const own: Times = times()
      let ownLate = 0
      for (const mode of MODES)
        for (let round = 0; round < ROUNDS; round++) {
          const one = await run(cause, mode, urls[nodes - 1]!, { admin, writer, supervisor, queueId, viewers, sql })
          runs++
          ownLate += one.late
          delivered += one.delivered
          own.change.push(one.change)
          all[mode].change.push(one.change)
          if (one.lastEvent !== undefined) {
            own.lastEvent.push(one.lastEvent)
            all[mode].lastEvent.push(one.lastEvent)
          }
        }
      late += ownLate
      print(
        `  ${cause.name}, ${nodes === 1 ? 'same node' : 'other node'}: ${cause.ends ?? 'narrows'} after ${spread(own.change)} ms; ` +
          `last event of before ${own.lastEvent.length > 0 ? `after ${spread(own.lastEvent)} ms` : 'was before'}; ` +
          `${ownLate} late`,
      )
    }
  const everything = MODES.flatMap((mode) => all[mode].change)
  const lastEvents = MODES.flatMap((mode) => all[mode].lastEvent)
  return {
    holds:
      late === 0 &&
      runs === CAUSES.length * 2 * MODES.length * ROUNDS &&
      delivered > 0 &&
      Math.max(...all.idle.change) <= 1_000 &&
      quantile(lastEvents.length > 0 ? lastEvents : [0], 0.99) <= 1_000,
    figures: {
      causes: CAUSES.length,
      runs,
      'events delivered before the changes': delivered,
      'events committed after a change and delivered under the sight of before': late,
      'to the change or end, p50/p99/max ms': spread(everything),
      'the same on idle streams': spread(all.idle.change),
      'the same while events flow': spread(all.flowing.change),
      'the same once an unread socket is read again': spread(all.unread.change),
      'to the last event of before, p50/p99/max ms': lastEvents.length > 0 ? spread(lastEvents) : 'none left after',
    },
  }
}

interface Cast {
  readonly admin: Person
  readonly writer: Person
  readonly supervisor: Person
  readonly queueId: string
  /** Signed in anew only where the sign-in was ended: those of an address are counted. */
  readonly viewers: (url: string, email: string) => Promise<Person>
  readonly sql: postgres.Sql
}

/** One chart, one viewer with a stream, one change. Times are milliseconds from the commit as the database knows it. */
async function run(cause: Cause, mode: Mode, url: string, cast: Cast) {
  const viewer = await cast.viewers(url, cause.viewer)
  const chartId = await cast.supervisor.newChart(cast.queueId)
  if (cause.codes) await viewer.claim(chartId)
  await cast.writer.review(chartId)
  const watcher = await Watcher.on(url, await viewer.ticket(), chartId)
  await watcher.seen('ChartSnapshot')

  const said: { before: Set<string>; after: Set<string> } = { before: new Set(), after: new Set() }
  const say = async (word: 'before' | 'after'): Promise<void> => {
    const body = `${word} ${randomUUID()}`
    said[word].add(body)
    await cast.writer.comment(chartId, body)
  }
  const talk = async (word: 'before' | 'after', n: number): Promise<void> => {
    for (let i = 0; i < n; i++) await say(word)
  }
  if (mode !== 'idle') await talk('before', 3)
  if (mode === 'unread') {
    watcher.pause()
    await talk('before', 10)
  }
  const flowing = mode === 'flowing' ? Promise.all([talk('before', 6), talk('before', 6)]) : Promise.resolve()
  const { committed, undo } = await cause.apply({ ...cast, viewer, chartId })
  await flowing
  if (mode !== 'idle') await talk('after', 4)
  let from = committed
  if (mode === 'unread') {
    await sleep(50)
    from = Date.now()
    watcher.resume()
  }
  const changed = await watcher.changed(cause.ends)
  await sleep(30)
  watcher.close()

  const comments = await cast.sql<{ cursor: string }[]>`
    select cursor from chart_event where stream_id = ${chartId} and type = 'COMMENT_ADDED' order by seq`
  await undo()
  // What was said after the change was answered was committed after it. Its cursors may come after an `AccessChanged`,
  // under the new sight; its words never.
  const after = comments.slice(comments.length - said.after.size).map(({ cursor }) => cursor)
  const late = watcher.frames.filter(
    ({ text }, i) =>
      [...said.after].some((body) => text.includes(body)) ||
      ((i < changed.index || cause.ends !== undefined) && after.some((cursor) => text.includes(cursor))),
  ).length
  const before = watcher.frames.filter((frame) => [...said.before].some((body) => frame.text.includes(body)))
  const lastBefore = before.at(-1)?.at
  return {
    late,
    delivered: before.length,
    change: Math.max(0, changed.at - from),
    lastEvent: lastBefore !== undefined && lastBefore > from ? lastBefore - from : undefined,
  }
}

const times = (): Times => ({ change: [], lastEvent: [] })

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)]!
}

const spread = (values: readonly number[]): string =>
  [0.5, 0.99, 1].map((q) => Math.round(quantile(values, q))).join('/')

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
