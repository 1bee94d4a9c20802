import postgres from 'postgres'
import { carriedBy, classesOf } from './rules.js'
import type { Commit } from './record.js'

/** The database itself, asked as its owner: what was committed, and by which command, by the transaction that wrote both. */

/** @returns by chart */
export const readLogs = (url: string, chartIds: readonly string[]): Promise<Map<string, Commit[]>> =>
  asked(url, async (sql) => {
    const rows = await sql<
      { chart_id: string; seq: string; cursor: string; type: string; subject_id: string; command_id: string | null }[]
    >`
      select e.stream_id as chart_id, e.seq, e.cursor, e.type, e.subject_id, o.command_id
      from chart_event e left join command_outcome o on o.xmin::text = e.xmin::text
      where e.stream_id = any(${chartIds as string[]}::uuid[]) order by e.stream_id, e.seq`
    const logs = new Map<string, Commit[]>(chartIds.map((id) => [id, []]))
    for (const row of rows)
      logs.get(row.chart_id)!.push({
        seq: Number(row.seq),
        cursor: row.cursor,
        type: row.type,
        subjectId: row.subject_id,
        commandId: row.command_id,
        classes: classesOf(row.type),
        carries: carriedBy(row.type),
      })
    return logs
  })

/** Which of these commands have an outcome on record. */
export const readKept = (url: string, commandIds: readonly string[]): Promise<Set<string>> =>
  asked(url, async (sql) => {
    const rows = await sql<{ command_id: string }[]>`
      select command_id from command_outcome where command_id = any(${commandIds as string[]}::uuid[])`
    return new Set(rows.map(({ command_id: id }) => id))
  })

/** Ends the connections on which nodes hear each other, as a database that is failed over does. */
export const endListeners = (url: string): Promise<number> =>
  asked(url, async (sql) => {
    const rows = await sql`
      select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'chartroom-signals'`
    return rows.length
  })

export const answers = (url: string): Promise<boolean> =>
  asked(url, (sql) => sql`select 1`).then(
    () => true,
    () => false,
  )

/** On a connection of its own: one that was open when the database was killed may never say so. */
async function asked<T>(url: string, work: (sql: postgres.Sql) => Promise<T> | PromiseLike<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 5 })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}
