import type { Database } from '../../server/db/pool.js'
import { appendEvents } from '../../server/live/log.js'
import type { Vault, WrappedKey } from '../../server/vault/vault.js'
import type { LogPlaceOfChart } from './wire.js'

/** One event as it stands in the log. */
export interface Logged {
  readonly cursor: string
  readonly previous: string | null
  readonly at: Date
}

export interface EventLog {
  /** The last event; null before the first. */
  readonly head: string | null
  /** Seals one event and commits it under the chart's lock, as every command does. */
  append(): Promise<Logged>
}

/** What happens over and over: a line of the chart is decided. */
const decided = ({ chartId, actorId }: LogPlaceOfChart, at: Date): object => ({
  suggestion: {
    id: '01890a5d-ac96-774b-bcce-b302099a8057',
    chartId,
    version: 7,
    status: 'ACCEPTED',
    origin: 'ENGINE',
    system: 'ICD10CM',
    code: 'J18.9',
    title: 'Pneumonia, unspecified organism',
    kind: 'DIAGNOSIS',
    role: 'SECONDARY',
    rank: 4,
    poa: 'Y',
    poaProposed: 'Y',
    poaExempt: false,
    modifiers: [],
    units: null,
    performedOn: null,
    performer: null,
    confidence: 0.94,
    reason:
      'Stated by the attending provider in the discharge summary and treated with antibiotics throughout the stay; no organism is named anywhere in the record.',
    replaces: null,
    evidenceStale: false,
    authorId: null,
    decidedBy: actorId,
    decidedAt: at.toISOString(),
    decisionReason: null,
    evidence: [],
  },
})

/** The step that every contestant takes before it sends: the same statements, the same key, the same bytes. */
export async function openEventLog(database: Database, vault: Vault, place: LogPlaceOfChart): Promise<EventLog> {
  const { orgId, chartId, patientId, actorId } = place
  const { key, head } = await database.read(orgId, async (tx) => {
    const [row] = await tx<WrappedKey[]>`
      select kek_id, wrapped from patient_key where org_id = ${orgId} and patient_id = ${patientId}`
    const [last] = await tx<{ cursor: string }[]>`
      select cursor from chart_event where org_id = ${orgId} and stream_id = ${chartId} order by seq desc limit 1`
    if (!row) throw new Error('the patient has no key')
    return { key: row, head: last?.cursor ?? null }
  })
  const sealer = vault.sealer(orgId, patientId, key)
  const log = {
    head,
    async append(): Promise<Logged> {
      const at = new Date()
      let cursor = ''
      // The cursor is given as the event is sealed: the place it is sealed for ends with it.
      const noting: typeof sealer = {
        ...sealer,
        seal(sealedFor, plain) {
          cursor = sealedFor.slice(sealedFor.lastIndexOf('/') + 1)
          return sealer.seal(sealedFor, plain)
        },
      }
      await database.write(orgId, async (tx) => {
        await tx`select from chart where org_id = ${orgId} and id = ${chartId} for update`
        await appendEvents(tx, { orgId, streamId: chartId, chartId, patientId }, noting, actorId, at, [
          {
            type: 'SUGGESTION_ACCEPTED',
            subjectId: chartId,
            citedDocumentIds: [],
            classes: ['WORK', 'CLINICAL'],
            payload: decided(place, at),
          },
        ])
      })
      const { head: previous } = log
      log.head = cursor
      return { cursor, previous, at }
    },
  }
  return log
}
