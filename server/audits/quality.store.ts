import { and, eq, or, type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { QualityWait } from '../../schema/values.js'
import type { Ability } from '../auth/rules.js'
import { accessibleBy, type Entity } from '../auth/rulesToSql.js'
import type { Session } from '../auth/session.js'
import { ASSIGNMENT_ENTITY, CHART_ENTITY, type ChartRow } from '../charts/index.js'
import { PASS_ENTITY } from '../passes/index.js'
import type { ProposedCode, ResultRow } from './audit.model.js'
import { qualityResult } from './audits.table.js'

/** The SQL of quality results: the viewer's rules in the statement that lists them. */

const onChart: Entity['relations'][string]['on'] = (from, to) =>
  and(eq(to.orgId!, from.orgId!), eq(to.chartId!, from.chartId!))!

export const RESULT_ENTITY: Entity = {
  name: 'QualityResult',
  table: qualityResult,
  relations: {
    chart: {
      many: false,
      target: () => CHART_ENTITY,
      on: (from, to) => and(eq(to.orgId!, from.orgId!), eq(to.id!, from.chartId!))!,
    },
    assignments: { many: true, target: () => ASSIGNMENT_ENTITY, on: onChart },
    passes: { many: true, target: () => PASS_ENTITY, on: onChart },
  },
}

export interface ResultPage {
  readonly ability: Ability
  readonly waitsFor: QualityWait | null
  readonly first: number
  readonly after: { readonly at: string; readonly id: string } | undefined
}

/** Newest first. */
export function pageOfResults(session: Session, page: ResultPage): Promise<ResultRow[]> {
  const { after } = page
  const where = and(
    eq(qualityResult.orgId, session.viewer.orgId),
    accessibleBy(page.ability, 'read', RESULT_ENTITY),
    page.waitsFor === null ? undefined : waiting(session, page.ability, page.waitsFor),
    after &&
      sql`(${qualityResult.closedAt} < ${after.at}::timestamptz
        or (${qualityResult.closedAt} = ${after.at}::timestamptz and ${qualityResult.id} > ${after.id}::uuid))`,
  )!
  return run<ResultRow>(
    session,
    sql`select id, audit_id, chart_id, facility_id, member_id, auditor_id, finding_ids, closed_at from ${qualityResult}
      where ${where} order by closed_at desc, id limit ${page.first}`,
  )
}

function waiting(session: Session, ability: Ability, on: QualityWait): SQL {
  const { now, viewer } = session
  if (on !== 'ME') return waitsOn(on, now)
  const may = (action: string) => accessibleBy(ability, action, RESULT_ENTITY)
  // Whoever decided a line of the chart decides on no finding of it, whatever the rules of results say.
  const decidedNone = sql`not exists (select from chart_event e
    where e.org_id = ${qualityResult.orgId} and e.chart_id = ${qualityResult.chartId} and e.stream_id = e.chart_id
      and e.actor_id = ${viewer.memberId}
      and e.type in ('SUGGESTION_ACCEPTED', 'SUGGESTION_REJECTED', 'SUGGESTION_MODIFIED', 'SUGGESTION_WITHDRAWN',
        'SUGGESTION_REORDERED', 'CHART_SUBMITTED'))`
  return or(
    and(may('reply'), waitsOn('CODER', now)),
    and(may('answer'), waitsOn('AUDITOR', now)),
    and(may('decide'), waitsOn('DECIDER', now), decidedNone),
  )!
}

/** One of its findings waits for an answer, as its last step says. */
function waitsOn(on: Exclude<QualityWait, 'ME'>, now: Date): SQL {
  const last = sql`(select s.type from finding_step s where s.org_id = f.org_id and s.finding_id = f.id
    order by s.number desc limit 1)`
  const due = sql`(select s.due_at from finding_step s where s.org_id = f.org_id and s.finding_id = f.id
    order by s.number desc limit 1)`
  const waits =
    on === 'AUDITOR'
      ? sql`${last} = 'DISPUTED'`
      : on === 'DECIDER'
        ? sql`${last} = 'ESCALATED'`
        : sql`((${last} is null and f.kind <> 'AGREE' and a.answers_due_at > ${now.toISOString()}::timestamptz)
            or (${last} = 'UPHELD' and ${due} > ${now.toISOString()}::timestamptz))`
  return sql`exists (select from finding f join audit a on a.org_id = f.org_id and a.id = f.audit_id
    where f.org_id = ${qualityResult.orgId} and f.id = any(${qualityResult.findingIds}) and ${waits})`
}

export async function insertResults(session: Session, results: readonly ResultRow[]): Promise<void> {
  const rows = results.map((row) => ({ ...row, orgId: session.viewer.orgId }))
  await session.tx`insert into quality_result ${session.tx(rows as never)}`
}

/** The result that a finding belongs to; undefined while its audit is open. */
export async function resultOfFinding(
  session: Session,
  chartId: string,
  findingId: string,
): Promise<ResultRow | undefined> {
  const [row] = await session.tx<ResultRow[]>`
    select id, audit_id, chart_id, facility_id, member_id, auditor_id, finding_ids, closed_at from quality_result
    where org_id = ${session.viewer.orgId} and chart_id = ${chartId} and ${findingId} = any(finding_ids)`
  return row
}

export async function resultById(session: Session, id: string): Promise<ResultRow | undefined> {
  const [row] = await session.tx<ResultRow[]>`
    select id, audit_id, chart_id, facility_id, member_id, auditor_id, finding_ids, closed_at from quality_result
    where org_id = ${session.viewer.orgId} and id = ${id}`
  return row
}

export function resultsById(session: Session, ids: readonly string[]): Promise<ResultRow[]> {
  return session.tx<ResultRow[]>`
    select id, audit_id, chart_id, facility_id, member_id, auditor_id, finding_ids, closed_at from quality_result
    where org_id = ${session.viewer.orgId} and id = any(${ids as string[]}::uuid[])` as unknown as Promise<ResultRow[]>
}

/** Whoever could decide what is escalated: compliance of the facility, neither coder nor auditor of the chart. */
export async function decidersOf(
  { tx, viewer }: Session,
  chart: Pick<ChartRow, 'facilityId' | 'coderOfRecordId' | 'lastSubmitterId'>,
  result: Pick<ResultRow, 'memberId' | 'auditorId'>,
): Promise<string[]> {
  const parties = [result.memberId, result.auditorId, chart.coderOfRecordId, chart.lastSubmitterId].filter(
    (id) => id !== null,
  )
  const rows = await tx<{ id: string }[]>`
    select m.id from member m join member_facility f on f.org_id = m.org_id and f.member_id = m.id
    where m.org_id = ${viewer.orgId} and f.facility_id = ${chart.facilityId} and m.disabled_at is null
      and 'COMPLIANCE' = any(m.roles) and not m.id = any(${parties}::uuid[])
    order by m.id`
  return rows.map((row) => row.id)
}

export async function chartOfFinding(session: Session, findingId: string): Promise<string | undefined> {
  const [row] = await session.tx<{ chartId: string }[]>`
    select chart_id from finding where org_id = ${session.viewer.orgId} and id = ${findingId}`
  return row?.chartId
}

export async function proposedCodes(
  session: Session,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ProposedCode>> {
  const { tx, viewer } = session
  const rows = await tx<ProposedCode[]>`
    select s.id, s.system, s.code, s.role, s.poa,
      coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'documentId', e.document_id, 'versionId', e.version_id,
          'start', e.start, 'end', e."end", 'page', e.page, 'kind', e.kind) order by e.start nulls last, e.id)
        from evidence e where e.org_id = s.org_id and e.chart_id = s.chart_id and e.owner_id = s.id), '[]') as evidence
    from suggestion s where s.org_id = ${viewer.orgId} and s.id = any(${ids as string[]}::uuid[])`
  return new Map(rows.map((row) => [row.id, row]))
}

const dialect = new PgDialect()

function run<T>(session: Session, statement: SQL): Promise<T[]> {
  const { sql: text, params } = dialect.sqlToQuery(statement)
  return session.tx.unsafe(text, params as never[], { prepare: true }) as unknown as Promise<T[]>
}
