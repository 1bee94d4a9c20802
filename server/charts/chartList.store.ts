import { and, asc, desc, eq, inArray, like, type SQL, sql } from 'drizzle-orm'
import { type PgColumn, PgDialect } from 'drizzle-orm/pg-core'
import type { ChartFilter } from '../../schema/inputs.js'
import type { ChartSort } from '../../schema/values.js'
import type { Ability } from '../auth/rules.js'
import { accessibleBy, type Entity } from '../auth/rulesToSql.js'
import type { Session } from '../auth/session.js'
import { assignment, chart } from './charts.table.js'

/** The list of charts in SQL: the viewer's rules and the filter in one condition, for the page and for the count alike. */

export const CHART_ENTITY: Entity = {
  name: 'Chart',
  table: chart,
  relations: {
    assignments: {
      many: true,
      target: () => ASSIGNMENT_ENTITY,
      on: (from, to) => and(eq(to.orgId!, from.orgId!), eq(to.chartId!, from.id!))!,
    },
  },
}
export const ASSIGNMENT_ENTITY: Entity = { name: 'Assignment', table: assignment, relations: {} }

export type SortValue = string | number | null

export interface ChartPage {
  readonly rows: readonly { readonly id: string; readonly value: SortValue }[]
  readonly total: number
}

export interface ChartListQuery {
  readonly ability: Ability
  readonly filter: ChartFilter
  readonly sort: ChartSort
  readonly first: number
  readonly after: { readonly value: SortValue; readonly id: string } | undefined
}

export async function pageOfCharts(session: Session, query: ChartListQuery): Promise<ChartPage> {
  const { value, cast, descending } = SORTS[query.sort]
  const where = and(
    eq(chart.orgId, session.viewer.orgId),
    accessibleBy(query.ability, 'read', CHART_ENTITY),
    ...conditionsOf(session, query.filter),
  )!
  const direction = descending ? desc : asc
  const from = query.after && afterRow(cast, descending, query.after)
  // The condition is asked once, for the page and for the count; the count alone comes back where the page is empty.
  const rows = await run<{ total: number; id: string | null; value: SortValue }>(
    session,
    sql`with seen as materialized (select ${chart.id} as id, ${value} as value from ${chart} where ${where})
      select n.total, p.id, p.value from (select count(*)::int as total from seen) n
      left join (select id, value from seen ${from ? sql`where ${from}` : sql``}
        order by ${direction(sql`value`)}, id limit ${query.first}) p on true
      order by ${direction(sql`p.value`)}, p.id`,
  )
  return {
    rows: rows.flatMap(({ id, value: at }) => (id === null ? [] : [{ id, value: at }])),
    total: rows[0]?.total ?? 0,
  }
}

const dialect = new PgDialect()

/** A built statement goes through the same prepared path as a written one. */
function run<T>(session: Session, statement: SQL): Promise<T[]> {
  const { sql: text, params } = dialect.sqlToQuery(statement)
  return session.tx.unsafe(text, params as never[], { prepare: true }) as unknown as Promise<T[]>
}

function conditionsOf(session: Session, filter: ChartFilter): SQL[] {
  const conditions: (SQL | undefined)[] = [
    filter.status?.length ? inArray(chart.status, filter.status) : undefined,
    filter.patientClass?.length ? inArray(chart.patientClass, filter.patientClass) : undefined,
    filter.facilityId ? eq(chart.facilityId, filter.facilityId) : undefined,
    filter.queueId ? eq(chart.queueId, filter.queueId) : undefined,
    filter.mine === true ? eq(chart.coderOfRecordId, session.viewer.memberId) : undefined,
    filter.mine === false ? sql`${chart.coderOfRecordId} is distinct from ${session.viewer.memberId}` : undefined,
    filter.accountNumber ? like(chart.accountNumber, `${escapeLike(filter.accountNumber)}%`) : undefined,
    filter.identityHold != null ? eq(chart.identityHold, filter.identityHold) : undefined,
  ]
  return conditions.filter((c): c is SQL => c !== undefined)
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (c) => `\\${c}`)

/** Rows after a position in (value, id): the id breaks ties, always upward. Nulls were made values that sort last. */
function afterRow(cast: SQL, descending: boolean, after: { value: SortValue; id: string }): SQL {
  const beyond = descending ? sql`<` : sql`>`
  const at = sql`${after.value}::${cast}`
  return sql`(value ${beyond} ${at} or (value = ${at} and id > ${after.id}::uuid))`
}

/** Milliseconds, exactly as stored (the columns keep three digits); an absent time sorts last. */
const millis = (column: PgColumn): SQL =>
  sql`coalesce((extract(epoch from ${column}) * 1000)::bigint, 9007199254740991)`

/** Sort keys map to columns here and nowhere else: no text from outside becomes part of a statement. */
const SORTS: Readonly<Record<ChartSort, { value: SQL; cast: SQL; descending: boolean }>> = {
  RECEIVED_ASC: { value: millis(chart.receivedAt), cast: sql`bigint`, descending: false },
  RECEIVED_DESC: { value: millis(chart.receivedAt), cast: sql`bigint`, descending: true },
  DISCHARGED_ASC: { value: millis(chart.dischargedAt), cast: sql`bigint`, descending: false },
  ACCOUNT_ASC: { value: sql`${chart.accountNumber} collate "C"`, cast: sql`text`, descending: false },
  CHARGES_DESC: { value: sql`coalesce(${chart.totalChargesCents}, -1)`, cast: sql`bigint`, descending: true },
}
