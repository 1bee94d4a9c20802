import { and, desc, eq, ne, type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { Ability } from '../auth/rules.js'
import { accessibleBy, type Entity } from '../auth/rulesToSql.js'
import type { Session } from '../auth/session.js'
import { newId } from '../kernel/ids.js'
import { sha256 } from '../kernel/text.js'
import { keyOf, type PatientKey, patientSealer } from '../patients/index.js'
import type { Sealer } from '../vault/vault.js'
import { sameAs } from '../consents/index.js'
import type { RequestChange, RequestResult, RequestStep, RequestView } from './privacyRequest.model.js'
import { privacyRequest } from './privacyRequest.table.js'

/** The SQL of what people ask of their own records. Every word of a request is sealed with the patient's key. */

export const REQUEST_ENTITY: Entity = { name: 'PrivacyRequest', table: privacyRequest, relations: {} }

/** Ids, newest first, of what the rules show. */
export async function listRequests(
  session: Session,
  ability: Ability,
  query: { readonly first: number; readonly openOnly: boolean },
): Promise<string[]> {
  const where = and(
    eq(privacyRequest.orgId, session.viewer.orgId),
    accessibleBy(ability, 'read', REQUEST_ENTITY),
    query.openOnly ? ne(privacyRequest.state, 'CLOSED') : undefined,
  )!
  const rows = await run<{ id: string }>(
    session,
    sql`select ${privacyRequest.id} as id from ${privacyRequest} where ${where}
      order by ${desc(privacyRequest.recordedAt)}, ${privacyRequest.id} limit ${query.first}`,
  )
  return rows.map((row) => row.id)
}

/** Newest first, each with its life in order; unknown ids are left out. */
export async function requestsByIds(session: Session, ids: readonly string[]): Promise<RequestView[]> {
  const { tx, viewer } = session
  const [rows, steps, results] = await Promise.all([
    tx<RequestRow[]>`
      select r.id, r.facility_id, r.patient_id, r.kind, r.state, r.version, r.requester,
        to_char(r.received_on, 'YYYY-MM-DD') as received_on, to_char(r.due_on, 'YYYY-MM-DD') as due_on, r.extended,
        r.paid_in_full, r.recorded_by, r.recorded_at, r.assignee_id, r.assigned_by, r.decision, r.denial_reason,
        r.decided_at, r.denied_by, r.close_reason, r.closed_at, f.time_zone, k.kek_id, k.wrapped
      from privacy_request r
      join facility f on f.org_id = r.org_id and f.id = r.facility_id
      join patient_key k on k.org_id = r.org_id and k.patient_id = r.patient_id
      where r.org_id = ${viewer.orgId} and r.id = any(${ids as string[]}::uuid[])
      order by r.recorded_at desc, r.id`,
    tx<StepRow[]>`
      select id, request_id, version, type, actor_id, at, assignee_id, decision, denial_reason, note
      from privacy_request_event
      where org_id = ${viewer.orgId} and request_id = any(${ids as string[]}::uuid[]) order by version`,
    tx<Omit<RequestResult, 'content'>[]>`
      select id, request_id, type, subject_id, actor_id, at, sha256 from privacy_request_result
      where org_id = ${viewer.orgId} and request_id = any(${ids as string[]}::uuid[]) order by at, id`,
  ])
  return rows.map(({ kekId, wrapped, ...plain }) => {
    const sealer = wrapped && patientSealer(session, plain.patientId, { kekId, wrapped })
    const history = steps
      .filter((step) => step.requestId === plain.id)
      .map(({ id, note, ...step }) => ({
        ...step,
        get note() {
          return note && sealer ? sealer.open(notePlace(id), note) : null
        },
      }))
    const done = results
      .filter((result) => result.requestId === plain.id)
      .map((result) => ({
        ...result,
        async content() {
          if (!sealer || result.sha256 === null) return null
          const [row] = await tx<{ content: Uint8Array }[]>`
            select content from privacy_request_result where org_id = ${viewer.orgId} and id = ${result.id}`
          return row ? sealer.open(contentPlace(result.id), row.content) : null
        },
      }))
    return { ...plain, history, results: done }
  })
}

/** Until the transaction ends nobody else changes it. */
export async function lockRequest(session: Session, id: string): Promise<RequestView | undefined> {
  await session.tx`select from privacy_request where org_id = ${session.viewer.orgId} and id = ${id} for update`
  const [view] = await requestsByIds(session, [id])
  return view
}

export async function insertRequest(
  session: Session,
  request: Pick<
    RequestView,
    'id' | 'facilityId' | 'patientId' | 'kind' | 'requester' | 'receivedOn' | 'dueOn' | 'paidInFull'
  >,
): Promise<void> {
  const { tx, viewer, now } = session
  await tx`insert into privacy_request ${tx({
    ...request,
    orgId: viewer.orgId,
    state: 'OPEN',
    recordedBy: viewer.memberId,
    recordedAt: now,
  })}`
}

export async function saveRequest(session: Session, request: RequestView, change: RequestChange): Promise<void> {
  const { tx } = session
  await tx`
    update privacy_request set ${tx({ ...change, version: request.version + 1 } as never)}
    where org_id = ${session.viewer.orgId} and id = ${request.id}`
}

export type NewStep = Omit<RequestStep, 'actorId' | 'at'> & { readonly patientId: string }

export async function appendStep(session: Session, { patientId, note, ...step }: NewStep): Promise<void> {
  const { tx, viewer, now } = session
  const id = newId(now.getTime())
  const sealer = note === null ? undefined : await sealerOf(session, patientId)
  await tx`insert into privacy_request_event ${tx({
    ...step,
    id,
    orgId: viewer.orgId,
    actorId: viewer.memberId,
    at: now,
    note: sealer ? sealer.seal(notePlace(id), note!) : null,
  } as never)}`
}

export interface NewResult {
  readonly requestId: string
  readonly patientId: string
  readonly type: RequestResult['type']
  readonly subjectId: string | null
  readonly content: string | null
}

export async function appendResult(session: Session, { patientId, content, ...result }: NewResult): Promise<void> {
  const { tx, viewer, now } = session
  const id = newId(now.getTime())
  const sealer = content === null ? undefined : await sealerOf(session, patientId)
  await tx`insert into privacy_request_result ${tx({
    ...result,
    id,
    orgId: viewer.orgId,
    actorId: viewer.memberId,
    at: now,
    content: sealer ? sealer.seal(contentPlace(id), content!) : null,
    sha256: sealer ? sha256(content!) : null,
  } as never)}`
}

/** Nothing is sealed any more for a person whose key was destroyed: no words of theirs are kept here from then on. */
async function sealerOf(session: Session, patientId: string): Promise<Sealer | undefined> {
  const key = await keyOf(session, patientId)
  return key.wrapped === null ? undefined : patientSealer(session, patientId, key)
}

/** Charts of a person, under each of their merged records, at one facility. */
export async function chartsOfPerson(
  session: Session,
  { patientId, facilityId }: Pick<RequestView, 'patientId' | 'facilityId'>,
): Promise<string[]> {
  const rows = await session.tx<{ id: string }[]>`
    select id from chart where org_id = ${session.viewer.orgId} and facility_id = ${facilityId} and deleted_at is null
      and patient_id = any(${await sameAs(session, patientId)}::uuid[]) order by received_at, id`
  return rows.map((row) => row.id)
}

/**
 * Of these documents, those of the person at the facility.
 * @param since only what was added or amended since this day, by the facility's calendar
 */
export async function documentsOfPerson(
  session: Session,
  asked: RequestView,
  documentIds: readonly string[],
  since: string | null = null,
): Promise<string[]> {
  const rows = await session.tx<{ id: string }[]>`
    select d.id from document d
    join document_version v on v.org_id = d.org_id and v.id = d.current_version_id
    join chart c on c.org_id = d.org_id and c.id = d.chart_id
    where d.org_id = ${session.viewer.orgId} and d.id = any(${documentIds as string[]}::uuid[])
      and c.facility_id = ${asked.facilityId} and d.withdrawn_at is null
      and c.patient_id = any(${await sameAs(session, asked.patientId)}::uuid[])
      and (${since}::date is null or (v.created_at at time zone ${asked.timeZone})::date >= ${since}::date)`
  return rows.map((row) => row.id)
}

/** Whether this is a privacy officer who works for the facility. */
export async function isOfficerAt(session: Session, memberId: string, facilityId: string): Promise<boolean> {
  const [row] = await session.tx`
    select from member m join member_facility f on f.org_id = m.org_id and f.member_id = m.id
    where m.org_id = ${session.viewer.orgId} and m.id = ${memberId} and m.disabled_at is null
      and 'PRIVACY_OFFICER' = any(m.roles) and f.facility_id = ${facilityId}`
  return row !== undefined
}

/** The facility's calendar. */
export async function timeZoneOf(session: Session, facilityId: string): Promise<string> {
  const [row] = await session.tx<{ timeZone: string }[]>`
    select time_zone from facility where org_id = ${session.viewer.orgId} and id = ${facilityId}`
  if (!row) throw new Error('there is no such facility')
  return row.timeZone
}

type RequestRow = Omit<RequestView, 'history' | 'results'> & PatientKey
type StepRow = Omit<RequestStep, 'note'> & { readonly id: string; readonly note: Uint8Array | null }

const dialect = new PgDialect()

function run<T>(session: Session, statement: SQL): Promise<T[]> {
  const { sql: text, params } = dialect.sqlToQuery(statement)
  return session.tx.unsafe(text, params as never[], { prepare: true }) as unknown as Promise<T[]>
}

const notePlace = (id: string): string => `privacy_request_event.note/${id}`
const contentPlace = (id: string): string => `privacy_request_result.content/${id}`
