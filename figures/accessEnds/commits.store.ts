import type postgres from 'postgres'

/**
 * When the database says that something was committed, in milliseconds since the epoch: the order of an event and of a
 * change of access is the order of their commits, however long their answers took.
 */

/** Needs a start of the database before it counts. */
export const keepCommitTimes = async (sql: postgres.Sql): Promise<void> =>
  void (await sql.unsafe('alter system set track_commit_timestamp = on'))

/** The transaction in which a command had its outcome. */
export async function commandCommitted(sql: postgres.Sql, commandId: string): Promise<number> {
  const [row] = await sql<{ at: number }[]>`
    select (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000)::float8 as at
    from command_outcome where command_id = ${commandId}`
  if (!row) throw new Error('the command has no outcome')
  return row.at
}

export interface CommittedEvent {
  readonly cursor: string
  readonly at: number
}

/** Every event of a chart with the time of its commit, in order. */
export const eventsCommitted = (sql: postgres.Sql, chartId: string): Promise<CommittedEvent[]> =>
  sql<CommittedEvent[]>`
    select cursor::text, (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000)::float8 as at
    from chart_event where stream_id = ${chartId} order by seq` as unknown as Promise<CommittedEvent[]>

/** Of the row that a statement of this figure has just changed. */
export async function rowCommitted(sql: postgres.Sql, table: 'auth_session', id: string): Promise<number>
export async function rowCommitted(sql: postgres.Sql, table: 'client_token', id: string): Promise<number>
export async function rowCommitted(sql: postgres.Sql, table: string, id: string): Promise<number> {
  const [row] = await sql<{ at: number }[]>`
    select (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000)::float8 as at
    from ${sql(table)} where id::text = ${id}`
  if (!row) throw new Error(`${table} has no such row`)
  return row.at
}
