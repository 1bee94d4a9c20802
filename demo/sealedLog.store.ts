import postgres from 'postgres'
import type { Env } from '../server/app/env.js'
import { startEmbedded } from '../server/db/embedded.js'
import { openKeyFile } from '../server/vault/keyFile.js'
import { createVault } from '../server/vault/vault.js'
import type { RawEvent } from './projection.js'

/** The sealed log itself, read as the database's owner and opened with the key file: nothing the server presents. */
export interface RawLog {
  readonly events: readonly RawEvent[]
  readonly memberName: (id: unknown) => string | null
}

export async function readLog(env: Env, chartId: string): Promise<RawLog> {
  const server = await startEmbedded(env.dataDir, { info: () => {}, error: () => {} }, { role: 'command' })
  const sql = postgres(server.ownerUrl, { max: 1, onnotice: () => {} })
  try {
    const vault = createVault(openKeyFile(env.keyFile))
    const rows = await sql<Row[]>`
      select e.org_id, e.patient_id, e.cursor, e.type, e.at, e.actor_id, e.classes, e.payload, k.kek_id, k.wrapped
      from chart_event e join patient_key k on k.org_id = e.org_id and k.patient_id = e.patient_id
      where e.stream_id = ${chartId} order by e.seq`
    const names = new Map(
      (await sql<{ id: string; display_name: string }[]>`select id, display_name from member`).map((m) => [
        m.id,
        m.display_name,
      ]),
    )
    return {
      memberName: (id) => (typeof id === 'string' ? (names.get(id) ?? null) : null),
      events: rows.map((row) => {
        const sealer = vault.sealer(row.org_id, row.patient_id, { kekId: row.kek_id, wrapped: row.wrapped })
        return {
          cursor: row.cursor,
          type: row.type,
          at: row.at.toISOString(),
          actorId: row.actor_id,
          classes: row.classes,
          payload: JSON.parse(sealer.open(`chart_event.payload/${row.cursor}`, row.payload)) as Record<string, unknown>,
        }
      }),
    }
  } finally {
    await sql.end()
    await server.stop()
  }
}

interface Row {
  org_id: string
  patient_id: string
  cursor: string
  type: string
  at: Date
  actor_id: string | null
  classes: string[]
  payload: Uint8Array
  kek_id: string
  wrapped: Uint8Array | null
}
