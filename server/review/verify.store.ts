import type postgres from 'postgres'
import type { LoggedEvent } from '../live/log.js'

/** A connection of the database's owner, who sees every organisation: for checks of a whole database only. */
export type VerifySql = postgres.Sql

/**
 * One organisation after the other, set as the current one of a single connection: row level security holds the owner
 * too (FORCE), unless the owner is a superuser.
 */
export async function eachOrganisation(sql: VerifySql, work: (one: VerifySql) => Promise<void>): Promise<void> {
  const one = await sql.reserve()
  try {
    for (const { id } of await one<{ id: string }[]>`select id from organisation order by id`) {
      await one`select set_config('chartroom.org', ${id}, false)`
      await work(one)
    }
  } finally {
    await one`select set_config('chartroom.org', '', false)`.catch(() => {})
    one.release()
  }
}

interface Keyed {
  readonly orgId: string
  readonly patientId: string
  readonly kekId: string
  readonly wrapped: Uint8Array | null
}

export async function gapsInLogs(sql: VerifySql): Promise<{ streams: number; broken: number }> {
  const [row] = await sql<{ streams: number; broken: number }[]>`
    select count(*)::int as streams, count(*) filter (where head <> events or last <> events)::int as broken
    from (select s.head_seq as head, count(e.seq) as events, coalesce(max(e.seq), 0) as last
          from chart_stream s left join chart_event e on e.org_id = s.org_id and e.stream_id = s.id
          where s.org_id = chartroom_org()
          group by s.org_id, s.id, s.head_seq) t`
  return row ?? { streams: 0, broken: 0 }
}

/** Only patients whose key still exists: what was destroyed is meant not to open. */
export function everyEvent(sql: VerifySql): AsyncIterable<(LoggedEvent & Keyed)[]> {
  return sql<(LoggedEvent & Keyed)[]>`
    select e.*, k.kek_id, k.wrapped from chart_event e
    join patient_key k on k.org_id = e.org_id and k.patient_id = e.patient_id
    where e.org_id = chartroom_org() and k.wrapped is not null order by e.org_id, e.stream_id, e.seq`.cursor(
    500,
  ) as never
}

export function everyVersion(
  sql: VerifySql,
): AsyncIterable<(Keyed & { id: string; text: Uint8Array; textSha256: string })[]> {
  return sql<(Keyed & { id: string; text: Uint8Array; textSha256: string })[]>`
    select v.org_id, v.id, v.text, v.text_sha256, d.patient_id, k.kek_id, k.wrapped from document_version v
    join document d on d.org_id = v.org_id and d.id = v.document_id
    join patient_key k on k.org_id = d.org_id and k.patient_id = d.patient_id
    where v.org_id = chartroom_org() and k.wrapped is not null order by v.org_id, v.id`.cursor(100) as never
}

export function submissionRows(
  sql: VerifySql,
): Promise<(Keyed & { id: string; snapshot: Uint8Array; snapshotSha256: string })[]> {
  return sql<(Keyed & { id: string; snapshot: Uint8Array; snapshotSha256: string })[]>`
    select s.org_id, s.id, s.snapshot, s.snapshot_sha256, c.patient_id, k.kek_id, k.wrapped from submission s
    join chart c on c.org_id = s.org_id and c.id = s.chart_id
    join patient_key k on k.org_id = c.org_id and k.patient_id = c.patient_id
    where s.org_id = chartroom_org() and k.wrapped is not null` as unknown as Promise<
    (Keyed & { id: string; snapshot: Uint8Array; snapshotSha256: string })[]
  >
}
