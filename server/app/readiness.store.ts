import { readFileSync } from 'node:fs'
import path from 'node:path'
import type postgres from 'postgres'
import { packageRoot } from '../db/migrate.js'

/** Lets the application's role see which migrations have run, and nothing else of their table. */
export async function allowReadinessCheck(owner: postgres.Sql): Promise<void> {
  await owner`grant usage on schema drizzle to chartroom_app`
  await owner`grant select on drizzle.__drizzle_migrations to chartroom_app`
}

/** Whether every migration of this program has run. A newer node may have run more: that is fine. */
export async function migrationsAreCurrent(sql: postgres.Sql): Promise<boolean> {
  const [row] = await sql<{ newest: number | null }[]>`
    select max(created_at)::bigint as newest from drizzle.__drizzle_migrations`
  return row?.newest != null && row.newest >= newestMigration()
}

export async function databaseAnswers(sql: postgres.Sql): Promise<boolean> {
  await sql`select 1`
  return true
}

function newestMigration(): number {
  const journal = readFileSync(path.join(packageRoot(), 'migrations', 'meta', '_journal.json'), 'utf8')
  return Math.max(...(JSON.parse(journal) as { entries: { when: number }[] }).entries.map(({ when }) => when))
}
