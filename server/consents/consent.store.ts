import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { ConsentEndReason, ConsentKind, ConsentStatus } from '../../schema/values.js'
import type { Ability } from '../auth/rules.js'
import { accessibleBy, type Entity } from '../auth/rulesToSql.js'
import type { Session } from '../auth/session.js'
import type { Database } from '../db/pool.js'
import { newId } from '../kernel/ids.js'
import { keyOf, type PatientKey, patientSealer } from '../patients/index.js'
import { consent } from './consents.table.js'
import type { ConsentContent, ConsentEventType, ConsentView, LifeEvent, Reliance } from './record.model.js'

/** The SQL of consents. What they say, and what is noted about them, is sealed with the patient's key. */

export const CONSENT_ENTITY: Entity = { name: 'Consent', table: consent, relations: {} }

/** Ids of the patients' consents that the rules allow to read, oldest first. */
export async function listConsents(
  session: Session,
  ability: Ability,
  patientIds: readonly string[],
): Promise<readonly string[]> {
  if (patientIds.length === 0) return []
  const where = and(
    eq(consent.orgId, session.viewer.orgId),
    inArray(consent.patientId, [...patientIds]),
    accessibleBy(ability, 'read', CONSENT_ENTITY),
  )!
  const rows = await runBuilt<{ id: string }>(
    session,
    sql`select ${consent.id} as id from ${consent} where ${where} order by ${consent.id}`,
  )
  return rows.map((row) => row.id)
}

const dialect = new PgDialect()

/** A built statement goes through the same prepared path as a written one. */
export function runBuilt<T>(session: Session, statement: SQL): Promise<T[]> {
  const { sql: text, params } = dialect.sqlToQuery(statement)
  return session.tx.unsafe(text, params as never[], { prepare: true }) as unknown as Promise<T[]>
}

export async function consentsByIds(session: Session, ids: readonly string[]): Promise<ConsentView[]> {
  const rows = await session.tx<ConsentRow[]>`
    select c.org_id, c.id, c.facility_id, c.patient_id, c.kind, c.status, c.version, c.content, c.withdrawn_at,
      c.ended_at, c.end_reason, k.kek_id, k.wrapped
    from consent c join patient_key k on k.org_id = c.org_id and k.patient_id = c.patient_id
    where c.org_id = ${session.viewer.orgId} and c.id = any(${ids as string[]}::uuid[]) and k.destroyed_at is null
    order by c.id`
  return rows.map((row) => viewOf(session, row))
}

/** Every consent of a person, under whichever of their merged records it was given. */
export async function consentsOfPatient(session: Session, patientId: string): Promise<ConsentView[]> {
  const rows = await session.tx<{ id: string }[]>`
    select id from consent
    where org_id = ${session.viewer.orgId} and patient_id = any(${await sameAs(session, patientId)}::uuid[])`
  return consentsByIds(
    session,
    rows.map((row) => row.id),
  )
}

/** The records that are one person: those merged together. */
export async function sameAs(session: Session, patientId: string): Promise<string[]> {
  const rows = await session.tx<{ id: string }[]>`
    select p.id from patient asked
    join patient p on p.org_id = asked.org_id
      and coalesce(p.merged_into, p.id) = coalesce(asked.merged_into, asked.id)
    where asked.org_id = ${session.viewer.orgId} and asked.id = ${patientId}`
  return rows.map((row) => row.id)
}

/** Whose consent it is and where, without opening it. */
export async function placeOfConsent(
  session: Session,
  id: string,
): Promise<{ patientId: string; facilityId: string } | undefined> {
  const [row] = await session.tx<{ patientId: string; facilityId: string }[]>`
    select patient_id, facility_id from consent where org_id = ${session.viewer.orgId} and id = ${id} and exists (
      select from patient p where p.org_id = consent.org_id and p.id = consent.patient_id and p.deleted_at is null)`
  return row
}

export interface NewConsent {
  readonly facilityId: string
  readonly patientId: string
  readonly kind: ConsentKind
  readonly content: ConsentContent
}

export async function insertConsent(session: Session, given: NewConsent): Promise<string> {
  const id = newId(session.now.getTime())
  const { facilityId, patientId, kind } = given
  const sealer = patientSealer(session, patientId, await keyOf(session, patientId))
  await session.tx`insert into consent ${session.tx({
    orgId: session.viewer.orgId,
    id,
    facilityId,
    patientId,
    kind,
    status: 'DRAFT',
    version: 1,
    content: sealer.seal(contentPlace(id), JSON.stringify(given.content)),
  } as never)}`
  return id
}

export interface ConsentChange {
  readonly status?: ConsentStatus
  readonly content?: ConsentContent
  readonly withdrawnAt?: Date
  readonly endedAt?: Date
  readonly endReason?: ConsentEndReason
}

/** Move a consent to its next version. The patient's lock is held, so nobody else does at the same time. */
export async function saveConsent(session: Session, view: ConsentView, change: ConsentChange): Promise<void> {
  const { content, ...columns } = change
  const sealed = content && {
    content: patientSealer(session, view.patientId, await keyOf(session, view.patientId)).seal(
      contentPlace(view.id),
      JSON.stringify(content),
    ),
  }
  await session.tx`
    update consent set ${session.tx({ ...columns, ...sealed, version: view.version + 1 } as never)}
    where org_id = ${view.orgId} and id = ${view.id}`
  if (change.status === 'ACTIVE') await keepExpiry(session, view.id, view.elements.expiry.at)
}

/** Keep the moment at which the calendar ends a consent where the clock finds it: what the consent says is sealed. */
export async function keepExpiry(session: Session, id: string, at: string | null): Promise<void> {
  await session.tx`
    update consent set expires_at = ${at ?? 'infinity'}::text::timestamptz
    where org_id = ${session.viewer.orgId} and id = ${id}`
}

/** Consents in force that the calendar has ended or that nobody has looked into, in all organisations: ids only. */
export function consentsDue(database: Database, now: Date): Promise<{ orgId: string; consentId: string }[]> {
  return database.outsideOrganisations<{ orgId: string; consentId: string }[]>`
    select org_id, consent_id from consents_due(${now})` as unknown as Promise<{ orgId: string; consentId: string }[]>
}

export interface NewConsentEvent {
  readonly consentId: string
  readonly patientId: string
  readonly version: number
  readonly type: ConsentEventType
  readonly receivedAt?: Date
  readonly content?: ConsentContent
  readonly note?: string | null
}

export async function appendConsentEvent(session: Session, event: NewConsentEvent): Promise<void> {
  const id = newId(session.now.getTime())
  const { consentId, patientId, version, type, receivedAt = null, content, note } = event
  const sealer = patientSealer(session, patientId, await keyOf(session, patientId))
  await session.tx`insert into consent_event ${session.tx({
    orgId: session.viewer.orgId,
    id,
    consentId,
    version,
    type,
    actorId: session.viewer.memberId,
    at: session.now,
    receivedAt,
    content: content ? sealer.seal(eventContentPlace(id), JSON.stringify(content)) : null,
    note: note ? sealer.seal(notePlace(id), note) : null,
  } as never)}`
}

/** The lives of these consents, each oldest first, notes opened. */
export async function livesOfConsents(
  session: Session,
  views: readonly ConsentView[],
): Promise<ReadonlyMap<string, LifeEvent<ConsentEventType>[]>> {
  const rows = await session.tx<(EventRow & PatientKey)[]>`
    select e.id, e.consent_id, e.version, e.type, e.actor_id, e.at, e.received_at, e.note, c.patient_id, k.kek_id,
      k.wrapped
    from consent_event e
    join consent c on c.org_id = e.org_id and c.id = e.consent_id
    join patient_key k on k.org_id = c.org_id and k.patient_id = c.patient_id
    where e.org_id = ${session.viewer.orgId} and e.consent_id = any(${views.map((v) => v.id)}::uuid[])
    order by e.version`
  const lives = new Map<string, LifeEvent<ConsentEventType>[]>(views.map((v) => [v.id, []]))
  for (const { consentId, patientId, note, at, receivedAt, kekId, wrapped, ...event } of rows)
    lives.get(consentId)?.push({
      ...event,
      at: at.toISOString(),
      receivedAt: receivedAt?.toISOString() ?? null,
      note: note && patientSealer(session, patientId, { kekId, wrapped }).open(notePlace(event.id), note),
    })
  return lives
}

/**
 * Of these consents or restrictions, the ones of people whose request the viewer has in hand at that facility: then they are
 * an open matter, whatever has become of them.
 */
export async function inHand(
  session: Session,
  views: readonly { readonly id: string; readonly patientId: string; readonly facilityId: string }[],
): Promise<ReadonlySet<string>> {
  const { tx, viewer } = session
  if (views.length === 0 || viewer.client) return new Set()
  const rows = await tx<{ id: string }[]>`
    select distinct v.id
    from unnest(${views.map((v) => v.id)}::uuid[], ${views.map((v) => v.patientId)}::uuid[],
                ${views.map((v) => v.facilityId)}::uuid[]) as v (id, patient_id, facility_id)
    join patient theirs on theirs.org_id = ${viewer.orgId} and theirs.id = v.patient_id
    join privacy_request r on r.org_id = theirs.org_id and r.facility_id = v.facility_id
      and r.assignee_id = ${viewer.memberId} and r.state in ('ASSIGNED', 'DECIDED')
    join patient asks on asks.org_id = r.org_id and asks.id = r.patient_id
    where coalesce(asks.merged_into, asks.id) = coalesce(theirs.merged_into, theirs.id)`
  return new Set(rows.map((row) => row.id))
}

/** Something left in reliance on a consent. */
export async function recordReliance(
  session: Session,
  reliance: { readonly consentId: string; readonly disclosureId: string; readonly purpose: string },
): Promise<void> {
  await session.tx`insert into consent_reliance ${session.tx({
    ...reliance,
    orgId: session.viewer.orgId,
    id: newId(session.now.getTime()),
    at: session.now,
  })}`
}

export async function relianceOn(session: Session, ids: readonly string[]): Promise<ReadonlyMap<string, Reliance>> {
  const rows = await session.tx<{ consentId: string; count: number; lastAt: Date }[]>`
    select consent_id, count(*)::int as count, max(at) as last_at from consent_reliance
    where org_id = ${session.viewer.orgId} and consent_id = any(${ids as string[]}::uuid[]) group by consent_id`
  return new Map(rows.map((r) => [r.consentId, { count: r.count, lastAt: r.lastAt.toISOString() }]))
}

interface ConsentRow extends PatientKey {
  readonly orgId: string
  readonly id: string
  readonly facilityId: string
  readonly patientId: string
  readonly kind: ConsentKind
  readonly status: ConsentStatus
  readonly version: number
  readonly content: Uint8Array
  readonly withdrawnAt: Date | null
  readonly endedAt: Date | null
  readonly endReason: ConsentEndReason | null
}

interface EventRow {
  readonly id: string
  readonly consentId: string
  readonly patientId: string
  readonly version: number
  readonly type: ConsentEventType
  readonly actorId: string
  readonly at: Date
  readonly receivedAt: Date | null
  readonly note: Uint8Array | null
}

function viewOf(session: Session, row: ConsentRow): ConsentView {
  const { kekId, wrapped, content, withdrawnAt, endedAt, ...plain } = row
  const text = patientSealer(session, row.patientId, { kekId, wrapped }).open(contentPlace(row.id), content)
  return {
    ...plain,
    ...(JSON.parse(text) as ConsentContent),
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  }
}

const contentPlace = (id: string): string => `consent.content/${id}`
const eventContentPlace = (id: string): string => `consent_event.content/${id}`
const notePlace = (id: string): string => `consent_event.note/${id}`
