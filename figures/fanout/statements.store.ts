import type { OwnerSql } from '../../server/db/owner.js'

/** How often the application's role asked for what, as the database server counts it. */
export interface Counted {
  readonly statement: string
  readonly calls: number
}

export const STATEMENT_COUNTER = 'pg_stat_statements'

export const countStatements = async (sql: OwnerSql): Promise<void> =>
  void (await sql.unsafe(`create extension if not exists ${STATEMENT_COUNTER}`))

export const forgetStatements = async (sql: OwnerSql): Promise<void> =>
  void (await sql`select pg_stat_statements_reset()`)

/** Statements that read or write rows: the frame of a transaction (begin, set_config, commit) asks for nothing. */
export async function statementsAsked(sql: OwnerSql, role: string): Promise<Counted[]> {
  const rows = await sql<Counted[]>`
    select regexp_replace(s.query, '\\s+', ' ', 'g') as statement, sum(s.calls)::int as calls
    from pg_stat_statements s join pg_roles r on r.oid = s.userid
    where r.rolname = ${role} and s.query !~* '^\\s*(begin|commit|rollback|set|reset|listen|select set_config|discard)'
    group by 1 order by 2 desc`
  return rows.map(({ statement, calls }) => ({ statement, calls }))
}
