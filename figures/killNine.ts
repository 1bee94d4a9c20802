import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { type EmbeddedServer, startEmbedded } from '../server/db/embedded.js'
import type { Figure, Print } from './figure.js'

const ROUNDS = 6
const WRITERS = 8
const QUIET = { info: () => {}, error: () => {} }

/** Writers commit without pause; the database is killed with kill -9 in the middle; every answered commit is looked for. */
export const killNine: Figure = {
  name: 'kill-nine',
  shows: 'kill -9 of the embedded database in the middle of writing loses no commit that was answered',
  async run(print) {
    const folder = mkdtempSync(path.join(tmpdir(), 'chartroom-figure-'))
    chmodSync(folder, 0o711)
    const server = await startEmbedded(folder, QUIET)
    try {
      return await measure(server, folder, print)
    } finally {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function measure(
  server: EmbeddedServer,
  folder: string,
  print: Print,
): Promise<{ holds: boolean; figures: Record<string, number> }> {
  await once(server.ownerUrl, (sql) => sql`create table ledger (id int primary key, filler text)`)
  const answered = new Set<number>()
  const recovery: number[] = []
  let next = 0
  for (let round = 1; round <= ROUNDS; round++) {
    const sql = postgres(server.ownerUrl, { max: WRITERS, onnotice: () => {}, connect_timeout: 2 })
    const ended: unknown[] = []
    const writers = Array.from({ length: WRITERS }, async () => {
      for (;;) {
        const id = next++
        try {
          await sql`insert into ledger values (${id}, ${'x'.repeat(500)})`
          answered.add(id)
        } catch (error) {
          ended.push(error) // the kill: this commit was never answered
          return
        }
      }
    })
    const before = answered.size
    while (answered.size < before + 200) {
      if (ended.length === WRITERS) throw ended[0]
      await sleep(5)
    }
    process.kill(postmaster(folder), 'SIGKILL')
    const killed = performance.now()
    await Promise.all(writers)
    await sql.end({ timeout: 0 })
    await untilUp(server.ownerUrl)
    recovery.push(performance.now() - killed)
    print(`  round ${round} of ${ROUNDS}: ${answered.size} commits answered so far`)
  }
  const kept = new Set<number>()
  await once(server.ownerUrl, async (sql) => {
    for (const { id } of await sql<{ id: number }[]>`select id from ledger`) kept.add(id)
  })
  const lost = [...answered].filter((id) => !kept.has(id)).length
  return {
    holds: lost === 0 && answered.size > 0,
    figures: {
      kills: ROUNDS,
      'commits answered': answered.size,
      'commits lost': lost,
      'longest outage, ms': Math.round(Math.max(...recovery)),
    },
  }
}

async function untilUp(url: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await once(url, (sql) => sql`select 1`)
    } catch (error) {
      if (attempt > 600) throw error
      await sleep(50)
    }
  }
}

async function once(url: string, work: (sql: postgres.Sql) => PromiseLike<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 2 })
  try {
    await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

const postmaster = (folder: string): number =>
  Number(readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
