import { and, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { BreakGlassVerdict } from '../../schema/values.js'
import type { Ability } from '../auth/rules.js'
import { accessibleBy, type Entity } from '../auth/rulesToSql.js'
import type { Session } from '../auth/session.js'
import type { Tx } from '../db/pool.js'
import { type PatientKey, patientSealer } from '../patients/index.js'
import type { GlassView } from './breakGlass.model.js'
import { breakGlass } from './breakGlass.table.js'
import type { ChartRow } from './chart.model.js'
import { sealerOf } from './chartCommand.js'

/** The SQL of broken glasses. The words of people are sealed with the patient's key. */

const GLASS_ENTITY: Entity = { name: 'BreakGlass', table: breakGlass, relations: {} }

export async function insertGlass(
  session: Session,
  chart: ChartRow,
  glass: Pick<GlassView, 'id' | 'reason' | 'note' | 'until' | 'reviewDue'>,
): Promise<void> {
  await session.tx`insert into break_glass ${session.tx({
    ...glass,
    orgId: chart.orgId,
    facilityId: chart.facilityId,
    chartId: chart.id,
    patientId: chart.patientId,
    memberId: session.viewer.memberId,
    note: sealerOf(session, chart).seal(notePlace(glass.id), glass.note),
    at: session.now,
  } as never)}`
}

/** Ids, newest first, of what the rules show. */
export async function listGlass(
  session: Session,
  ability: Ability,
  query: { readonly first: number; readonly openOnly: boolean },
): Promise<string[]> {
  const where = and(
    eq(breakGlass.orgId, session.viewer.orgId),
    accessibleBy(ability, 'read', GLASS_ENTITY),
    query.openOnly ? isNull(breakGlass.reviewedAt) : undefined,
  )!
  const rows = await run<{ id: string }>(
    session,
    sql`select ${breakGlass.id} as id from ${breakGlass} where ${where}
      order by ${desc(breakGlass.at)}, ${breakGlass.id} limit ${query.first}`,
  )
  return rows.map((row) => row.id)
}

/** Newest first; unknown ids are left out. */
export async function glassByIds(session: Session, ids: readonly string[]): Promise<GlassView[]> {
  const rows = await session.tx<GlassRow[]>`
    select b.id, b.facility_id, b.chart_id, b.patient_id, b.member_id, b.reason, b.note, b.at, b.until, b.review_due,
      b.escalated_at, b.reviewed_at, b.reviewer_id, b.verdict, b.review_note, k.kek_id, k.wrapped
    from break_glass b join patient_key k on k.org_id = b.org_id and k.patient_id = b.patient_id
    where b.org_id = ${session.viewer.orgId} and b.id = any(${ids as string[]}::uuid[]) and k.destroyed_at is null
    order by b.at desc, b.id`
  return rows.map((row) => viewOf(session, row))
}

/** Until the transaction ends nobody else reviews it. */
export async function lockGlass(session: Session, id: string): Promise<GlassView | undefined> {
  await session.tx`select from break_glass where org_id = ${session.viewer.orgId} and id = ${id} for update`
  const [view] = await glassByIds(session, [id])
  return view
}

export async function saveReview(
  session: Session,
  glass: GlassView,
  review: { readonly verdict: BreakGlassVerdict; readonly note: string },
): Promise<void> {
  const { orgId, memberId } = session.viewer
  const [key] = await session.tx<PatientKey[]>`
    select kek_id, wrapped from patient_key where org_id = ${orgId} and patient_id = ${glass.patientId}`
  const note = patientSealer(session, glass.patientId, key!).seal(reviewPlace(glass.id), review.note)
  await session.tx`
    update break_glass set reviewed_at = ${session.now}, reviewer_id = ${memberId}, verdict = ${review.verdict},
      review_note = ${note as never}
    where org_id = ${orgId} and id = ${glass.id}`
}

export type Escalation = 'ESCALATED' | 'NOTHING_TO_DO' | 'NOT_DUE'

export async function escalateGlass(tx: Tx, orgId: string, id: string, now: Date): Promise<Escalation> {
  const [open] = await tx<{ reviewDue: Date }[]>`
    select review_due from break_glass
    where org_id = ${orgId} and id = ${id} and reviewed_at is null and escalated_at is null for update`
  if (!open) return 'NOTHING_TO_DO'
  if (open.reviewDue > now) return 'NOT_DUE'
  await tx`update break_glass set escalated_at = ${now} where org_id = ${orgId} and id = ${id}`
  return 'ESCALATED'
}

interface GlassRow extends Omit<GlassView, 'note' | 'reviewNote'>, PatientKey {
  readonly note: Uint8Array
  readonly reviewNote: Uint8Array | null
}

function viewOf(session: Session, { kekId, wrapped, note, reviewNote, ...plain }: GlassRow): GlassView {
  const sealer = patientSealer(session, plain.patientId, { kekId, wrapped })
  return {
    ...plain,
    get note() {
      return sealer.open(notePlace(plain.id), note)
    },
    get reviewNote() {
      return reviewNote && sealer.open(reviewPlace(plain.id), reviewNote)
    },
  }
}

const dialect = new PgDialect()

function run<T>(session: Session, statement: SQL): Promise<T[]> {
  const { sql: text, params } = dialect.sqlToQuery(statement)
  return session.tx.unsafe(text, params as never[], { prepare: true }) as unknown as Promise<T[]>
}

const notePlace = (id: string): string => `break_glass.note/${id}`
const reviewPlace = (id: string): string => `break_glass.review_note/${id}`
