import type { Sql } from 'postgres'
import { openArtefact } from './artefact.js'
import type { CodeSystem, ReleaseGap, ReleaseInfo } from './model.js'

/** A release as the table has it, without its artefact. */
export interface StoredRelease extends ReleaseInfo {
  readonly source: string
  readonly gaps: readonly ReleaseGap[]
  /** ISO 8601, UTC. */
  readonly importedAt: string
}

/**
 * Saves an artefact. One statement, so it is there whole or not at all; the same content again only becomes the newest
 * of its name.
 * @returns its row as stored, and whether it was new
 */
export async function saveRelease(sql: Sql, artefact: Buffer): Promise<{ release: StoredRelease; isNew: boolean }> {
  const { info, sources } = openArtefact(artefact)
  const [row] = await sql<(StoredRow & { isNew: boolean })[]>`
    insert into code_release
      (id, system, name, effective_from, effective_to, code_count, billable_count, content_hash, source, gaps, artefact)
    values (
      ${info.id}, ${info.system}, ${info.name}, ${info.effectiveFrom}::text::date, ${info.effectiveTo}::text::date,
      ${info.codeCount}, ${info.billableCount}, ${info.contentHash}, ${sources.join('; ')}, ${[...info.gaps]}::text[],
      ${artefact}
    )
    on conflict (content_hash) do update set imported_at = clock_timestamp()
    returning ${columns(sql)}, (xmax = 0) as "isNew"`
  if (!row) throw new Error('The database returned no row for a saved code release.')
  return { release: storedRelease(row), isNew: row.isNew }
}

/** All releases ever imported, the newest import of a name first within its system. */
export async function listReleases(sql: Sql): Promise<readonly StoredRelease[]> {
  const rows = await sql<StoredRow[]>`
    select ${columns(sql)} from code_release order by system, effective_from desc, imported_at desc, id`
  return rows.map(storedRelease)
}

/** The artefacts that answer: of each name its last import, in the order in which they were imported. */
export async function loadArtefacts(sql: Sql): Promise<readonly Uint8Array[]> {
  const rows = await sql<{ artefact: Uint8Array }[]>`
    select artefact from (
      select distinct on (system, name) artefact, imported_at, id from code_release
      order by system, name, imported_at desc, id
    ) as newest order by imported_at, id`
  return rows.map((row) => row.artefact)
}

/** The content that answers under a name: what `ensureStarter` compares with. */
export async function currentHash(sql: Sql, system: CodeSystem, name: string): Promise<string | undefined> {
  const [row] = await sql<{ hash: string }[]>`
    select content_hash as hash from code_release where system = ${system} and name = ${name}
    order by imported_at desc, id limit 1`
  return row?.hash
}

interface StoredRow extends Omit<StoredRelease, 'system' | 'gaps'> {
  readonly system: string
  readonly gaps: readonly string[]
}

/** Dates leave as text, whatever the connection makes of dates; the aliases hold under its renaming of columns too. */
const columns = (sql: Sql) => sql`
  id, system, name, effective_from::text as "effectiveFrom", effective_to::text as "effectiveTo",
  code_count as "codeCount", billable_count as "billableCount", content_hash as "contentHash", source, gaps,
  to_char(imported_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "importedAt"`

const storedRelease = (row: StoredRow): StoredRelease => ({
  id: row.id,
  system: row.system as CodeSystem,
  name: row.name,
  effectiveFrom: row.effectiveFrom,
  effectiveTo: row.effectiveTo,
  codeCount: row.codeCount,
  billableCount: row.billableCount,
  contentHash: row.contentHash,
  source: row.source,
  gaps: row.gaps as readonly ReleaseGap[],
  importedAt: row.importedAt,
})
