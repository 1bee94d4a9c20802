import type { Session } from '../auth/session.js'
import type { ImportedEncounter } from './import.decider.js'

/** The SQL of making a chart. */

export interface ReceivingFacility {
  readonly id: string
  /** IANA name. */
  readonly timeZone: string
  /** An agreement with its covered entity is in force today: without one we may not hold its data (164.504(e)). */
  readonly agreed: boolean
}

export async function receivingFacility(session: Session, id: string): Promise<ReceivingFacility | undefined> {
  const day = session.now.toISOString().slice(0, 10)
  const [row] = await session.tx<ReceivingFacility[]>`
    select f.id, f.time_zone, exists(
      select from agreement a where a.org_id = f.org_id and a.covered_entity_id = f.covered_entity_id
        and a.effective_from <= ${day} and (a.effective_to is null or a.effective_to >= ${day})) as agreed
    from facility f where f.org_id = ${session.viewer.orgId} and f.id = ${id}`
  return row
}

export async function queueExists(session: Session, id: string): Promise<boolean> {
  const rows = await session.tx`select from queue where org_id = ${session.viewer.orgId} and id = ${id}`
  return rows.length > 0
}

export async function accountExists(session: Session, facilityId: string, accountNumber: string): Promise<boolean> {
  const rows = await session.tx`
    select from chart
    where org_id = ${session.viewer.orgId} and facility_id = ${facilityId} and account_number = ${accountNumber}`
  return rows.length > 0
}

/**
 * Hold these names until the transaction ends: what does not exist yet has no row to lock. Always taken in one order,
 * so that two imports cannot wait for each other.
 *
 * @param names keyed hashes; nothing can be told from them
 */
export async function lockNames(session: Session, names: readonly Uint8Array[]): Promise<void> {
  const keys = [...new Set(names.map((name) => Buffer.from(name).readBigInt64BE(0)))].sort((a, b) => (a < b ? -1 : 1))
  for (const key of keys) await session.tx`select pg_advisory_xact_lock(${String(key)}::bigint)`
}

export interface NewChart {
  readonly id: string
  readonly facilityId: string
  readonly patientId: string
  readonly queueId: string | null
  readonly identityHold: boolean
  readonly restricted: boolean
  readonly engineState: string
  readonly encounter: ImportedEncounter
}

export async function insertChart(session: Session, { encounter, ...chart }: NewChart): Promise<void> {
  await session.tx`insert into chart ${session.tx({
    ...chart,
    ...encounter,
    orgId: session.viewer.orgId,
    status: 'READY',
    receivedAt: session.now,
    updatedAt: session.now,
  } as never)}`
}
