import { and, eq, inArray, sql } from 'drizzle-orm'
import type { LiftReason, Purpose } from '../../schema/values.js'
import type { Ability } from '../auth/rules.js'
import { accessibleBy, type Entity } from '../auth/rulesToSql.js'
import type { Session } from '../auth/session.js'
import { newId } from '../kernel/ids.js'
import { keyOf, type PatientKey, patientSealer } from '../patients/index.js'
import { runBuilt, sameAs } from './consent.store.js'
import { restriction } from './consents.table.js'
import type { LifeEvent, RestrictionContent, RestrictionView } from './record.model.js'

/** The SQL of restrictions. Whom they keep out and the person's words are sealed with the patient's key. */

const RESTRICTION_ENTITY: Entity = { name: 'Restriction', table: restriction, relations: {} }

export async function listRestrictions(
  session: Session,
  ability: Ability,
  patientIds: readonly string[],
): Promise<readonly string[]> {
  if (patientIds.length === 0) return []
  const where = and(
    eq(restriction.orgId, session.viewer.orgId),
    inArray(restriction.patientId, [...patientIds]),
    accessibleBy(ability, 'read', RESTRICTION_ENTITY),
  )!
  const rows = await runBuilt<{ id: string }>(
    session,
    sql`select ${restriction.id} as id from ${restriction} where ${where} order by ${restriction.id}`,
  )
  return rows.map((row) => row.id)
}

export async function restrictionsByIds(session: Session, ids: readonly string[]): Promise<RestrictionView[]> {
  const rows = await session.tx<RestrictionRow[]>`
    select r.org_id, r.id, r.facility_id, r.patient_id, r.chart_id, r.self_pay, r.purposes, r.version, r.content,
      r.agreed_at, r.lifted_at, r.lift_reason, k.kek_id, k.wrapped, (
        select q.request_id from privacy_request_result q
        where q.org_id = r.org_id and q.subject_id = r.id and q.type = 'RESTRICTION' limit 1) as request_id
    from restriction r join patient_key k on k.org_id = r.org_id and k.patient_id = r.patient_id
    where r.org_id = ${session.viewer.orgId} and r.id = any(${ids as string[]}::uuid[]) and k.destroyed_at is null
    order by r.id`
  return rows.map((row) => viewOf(session, row))
}

/** Every restriction of a person, under whichever of their merged records it was agreed. */
export async function restrictionsOfPatient(session: Session, patientId: string): Promise<RestrictionView[]> {
  const rows = await session.tx<{ id: string }[]>`
    select id from restriction
    where org_id = ${session.viewer.orgId} and patient_id = any(${await sameAs(session, patientId)}::uuid[])`
  return restrictionsByIds(
    session,
    rows.map((row) => row.id),
  )
}

export async function placeOfRestriction(
  session: Session,
  id: string,
): Promise<{ patientId: string; facilityId: string } | undefined> {
  const [row] = await session.tx<{ patientId: string; facilityId: string }[]>`
    select patient_id, facility_id from restriction where org_id = ${session.viewer.orgId} and id = ${id} and exists (
      select from patient p where p.org_id = restriction.org_id and p.id = restriction.patient_id and p.deleted_at is null)`
  return row
}

/** Whether a chart is one of this person's. */
export async function isChartOf(session: Session, chartId: string, patientId: string): Promise<boolean> {
  const rows = await session.tx`
    select from chart where org_id = ${session.viewer.orgId} and id = ${chartId}
      and patient_id = any(${await sameAs(session, patientId)}::uuid[])`
  return rows.length > 0
}

export interface NewRestriction {
  readonly facilityId: string
  readonly patientId: string
  readonly chartId: string | null
  readonly selfPay: boolean
  readonly purposes: readonly Purpose[]
  readonly content: RestrictionContent
}

export async function insertRestriction(session: Session, given: NewRestriction): Promise<string> {
  const id = newId(session.now.getTime())
  const { content, purposes, ...plain } = given
  const sealer = patientSealer(session, given.patientId, await keyOf(session, given.patientId))
  await session.tx`insert into restriction ${session.tx({
    ...plain,
    orgId: session.viewer.orgId,
    id,
    purposes: [...purposes],
    version: 1,
    content: sealer.seal(contentPlace(id), JSON.stringify(content)),
    agreedAt: session.now,
  } as never)}`
  return id
}

export async function markLifted(session: Session, view: RestrictionView, reason: LiftReason): Promise<void> {
  await session.tx`
    update restriction set lifted_at = ${session.now}, lift_reason = ${reason}, version = ${view.version + 1}
    where org_id = ${view.orgId} and id = ${view.id}`
}

export async function appendRestrictionEvent(
  session: Session,
  event: {
    readonly restrictionId: string
    readonly patientId: string
    readonly version: number
    readonly type: 'AGREED' | 'LIFTED'
    readonly note: string | null
  },
): Promise<void> {
  const id = newId(session.now.getTime())
  const { restrictionId, version, type, patientId, note } = event
  const sealer = patientSealer(session, patientId, await keyOf(session, patientId))
  await session.tx`insert into restriction_event ${session.tx({
    orgId: session.viewer.orgId,
    id,
    restrictionId,
    version,
    type,
    actorId: session.viewer.memberId,
    at: session.now,
    note: note ? sealer.seal(notePlace(id), note) : null,
  } as never)}`
}

export async function livesOfRestrictions(
  session: Session,
  views: readonly RestrictionView[],
): Promise<ReadonlyMap<string, LifeEvent<'AGREED' | 'LIFTED'>[]>> {
  const rows = await session.tx<(EventRow & PatientKey)[]>`
    select e.id, e.restriction_id, e.version, e.type, e.actor_id, e.at, e.note, r.patient_id, k.kek_id, k.wrapped
    from restriction_event e
    join restriction r on r.org_id = e.org_id and r.id = e.restriction_id
    join patient_key k on k.org_id = r.org_id and k.patient_id = r.patient_id
    where e.org_id = ${session.viewer.orgId} and e.restriction_id = any(${views.map((v) => v.id)}::uuid[])
    order by e.version`
  const lives = new Map<string, LifeEvent<'AGREED' | 'LIFTED'>[]>(views.map((v) => [v.id, []]))
  for (const { restrictionId, patientId, note, at, kekId, wrapped, ...event } of rows)
    lives.get(restrictionId)?.push({
      ...event,
      at: at.toISOString(),
      receivedAt: null,
      note: note && patientSealer(session, patientId, { kekId, wrapped }).open(notePlace(event.id), note),
    })
  return lives
}

interface RestrictionRow extends PatientKey {
  readonly orgId: string
  readonly id: string
  readonly facilityId: string
  readonly patientId: string
  readonly chartId: string | null
  readonly selfPay: boolean
  readonly purposes: Purpose[]
  readonly version: number
  readonly content: Uint8Array
  readonly agreedAt: Date
  readonly liftedAt: Date | null
  readonly liftReason: LiftReason | null
  readonly requestId: string | null
}

interface EventRow {
  readonly id: string
  readonly restrictionId: string
  readonly patientId: string
  readonly version: number
  readonly type: 'AGREED' | 'LIFTED'
  readonly actorId: string
  readonly at: Date
  readonly note: Uint8Array | null
}

function viewOf(session: Session, row: RestrictionRow): RestrictionView {
  const { kekId, wrapped, content, agreedAt, liftedAt, liftReason, ...plain } = row
  const text = patientSealer(session, row.patientId, { kekId, wrapped }).open(contentPlace(row.id), content)
  return {
    ...plain,
    ...(JSON.parse(text) as RestrictionContent),
    agreedAt: agreedAt.toISOString(),
    lifted: liftedAt && liftReason ? { at: liftedAt.toISOString(), reason: liftReason } : null,
  }
}

const contentPlace = (id: string): string => `restriction.content/${id}`
const notePlace = (id: string): string => `restriction_event.note/${id}`
