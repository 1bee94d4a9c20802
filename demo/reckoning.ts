import type { Env } from '../server/app/env.js'
import type { Followed } from './actors.js'
import { hashOf, project } from './projection.js'
import type { Story } from './promises.js'
import { type RawLog, readLog } from './sealedLog.store.js'
import type { ActorRow, DemoTable } from './table.js'

export async function count(
  env: Env,
  chartId: string,
  all: Readonly<Record<string, Followed>>,
  story: Story,
): Promise<DemoTable> {
  story.chapter('What was written and what everybody received')
  const log = await readLog(env, chartId)
  const place = new Map(log.events.map((e, i) => [e.cursor, i]))
  const starts = Object.fromEntries(
    Object.entries(all).map(([actor, f]) => [actor, place.get(f.spans.at(-1)?.from ?? '') ?? -1]),
  )
  // Who sees the same is compared over the same span: from where the later of them began to see it.
  const together = Math.max(starts.Coder!, starts.Reviewer!)
  const begin = { ...starts, Coder: together, Reviewer: together } as Record<string, number>
  const rows = await Promise.all(
    Object.entries(all).map(([actor, followed]) => rowOf(actor, followed, log, place, begin[actor]!, SIGHTS[actor]!)),
  )
  for (const f of Object.values(all)) f.live.close()
  for (const row of rows) {
    story.promise(
      `${row.actor}: nothing lost, nothing doubled (${row.delivered} events)`,
      row.losses === 0 && row.duplicates === 0,
      `${row.losses} lost, ${row.duplicates} doubled`,
    )
    story.promise(
      `${row.actor}: what was received is the log under that sight, hash for hash`,
      row.received === row.projected,
    )
  }
  const hash = (actor: string) => rows.find((r) => r.actor === actor)!.received
  story.promise('Coder and reviewer, of equal sight, share their hash', hash('Coder') === hash('Reviewer'))
  story.promise('The supervisor’s differs', hash('Supervisor') !== hash('Coder'))
  return { eventsWritten: log.events.length, rows }
}

const SIGHTS: Readonly<Record<string, readonly string[]>> = {
  Coder: ['ACCOUNT_REF', 'IDENTITY', 'CLINICAL'],
  Reviewer: ['ACCOUNT_REF', 'IDENTITY', 'CLINICAL', 'QUALITY'],
  Auditor: ['ACCOUNT_REF', 'IDENTITY', 'CLINICAL', 'QUALITY'],
  Supervisor: ['ACCOUNT_REF', 'MONEY'],
}

async function rowOf(
  actor: string,
  followed: Followed,
  log: RawLog,
  place: ReadonlyMap<string, number>,
  begin: number,
  granted: readonly string[],
): Promise<ActorRow> {
  const inSpan = (event: unknown) => (place.get((event as { cursor: string }).cursor) ?? -1) > begin
  const expected = project(log.events, new Set(granted), log.memberName).filter(inSpan)
  const last = (expected.at(-1) as { cursor: string } | undefined)?.cursor
  if (last) await followed.live.until((m) => m.cursor === last)
  const events = followed.spans.at(-1)!.events.filter(inSpan)
  const seen = new Set(followed.cursors)
  return {
    actor,
    expected: expected.length,
    delivered: events.length,
    duplicates: followed.cursors.length - seen.size,
    losses: expected.filter((e) => !seen.has((e as { cursor: string }).cursor)).length,
    received: hashOf(events as never),
    projected: hashOf(expected),
  }
}
