import type postgres from 'postgres'
import type { Search } from './search.js'

interface Searched {
  /** By `table.column`. */
  readonly found: ReadonlyMap<string, ReadonlySet<string>>
  readonly bytes: number
}

/** Everything that any column of any table holds, jobs, outcomes and access records included, read as its owner. */
export async function searchTables(sql: postgres.Sql, search: Search): Promise<Searched> {
  const tables = await sql<{ schema: string; table: string }[]>`
    select table_schema as schema, table_name as "table" from information_schema.tables
    where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`
  const found = new Map<string, Set<string>>()
  let bytes = 0
  for (const { schema, table } of tables) {
    const rows = sql.unsafe(`select to_jsonb(t)::text as text from "${schema}"."${table}" t`).cursor(200)
    for await (const page of rows as AsyncIterable<{ text: string }[]>)
      for (const { text } of page) {
        bytes += text.length
        if (search.in(text).size === 0) continue
        for (const [column, value] of Object.entries(JSON.parse(text) as Record<string, unknown>)) {
          const place = `${table}.${column}`
          for (const word of search.in(typeof value === 'string' ? value : JSON.stringify(value)))
            found.set(place, (found.get(place) ?? new Set()).add(word))
        }
      }
  }
  return { found, bytes }
}
