import { sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { Ability } from '../auth/rules.js'
import { accessibleBy } from '../auth/rulesToSql.js'
import type { Session } from '../auth/session.js'
import { CHART_ENTITY, chartsVisibleTo } from '../charts/index.js'
import { AGES, type BoardCell } from './queueBoard.decider.js'

/**
 * Charts that stand alike, counted: the viewer's rules and those of the board in the one statement that counts. Ages and
 * what is due go by the calendar of each chart's facility.
 */
export function boardCells(session: Session, board: Ability): Promise<BoardCell[]> {
  const { viewer, now } = session
  const at = sql`${now.toISOString()}::timestamptz`
  const seen = accessibleBy(chartsVisibleTo(session), 'read', CHART_ENTITY)
  const onBoard = accessibleBy(board, 'board', CHART_ENTITY)
  const start = (days: number) => sql`((today - ${days}::int)::timestamp at time zone time_zone)`
  const statement = sql`
    with day as materialized (
      select *, (today + 1)::timestamp at time zone time_zone as next, ${start(0)} as d0,
        array[${sql.join(
          AGES.slice(1).map((days) => start(days - 1)),
          sql`, `,
        )}] as younger
      from (select org_id, id, time_zone, (${at} at time zone time_zone)::date as today from facility
        where org_id = ${viewer.orgId}) f
    ), seen as (
      select chart.facility_id, chart.queue_id, chart.status, chart.coder_of_record_id as owner_id, chart.received_at,
        coalesce(chart.total_charges_cents, 0) as cents, day.next,
        case when chart.status = 'IN_CODING' and chart.assigned_until > ${at} then chart.assigned_until end as ends_at,
        ${sql.join(
          AGES.slice(1).map((_, i) => sql`(chart.received_at < day.younger[${i + 1}::int])::int`),
          sql` + `,
        )} as age,
        case chart.status
          when 'PENDED' then (select case when min(w.due_on) < day.today then 'OVERDUE' when min(w.due_on) = day.today then 'TODAY' end
            from pend w where w.org_id = chart.org_id and w.chart_id = chart.id and w.removed_at is null)
          when 'SUBMITTED' then null when 'READY' then null
          else case when chart.assigned_until <= day.d0 then 'OVERDUE' when chart.assigned_until <= day.next then 'TODAY' end
        end as due
      from chart join day on day.org_id = chart.org_id and day.id = chart.facility_id
      where chart.org_id = ${viewer.orgId} and chart.status <> 'EXPORTED' and ${onBoard} and ${seen}
    )
    select facility_id, queue_id, status, owner_id, age, coalesce(due, 'NOT_DUE') as due, count(*)::int as charts,
      sum(cents)::float8 as cents, min(received_at) as oldest, least(min(ends_at), min(next)) as changes_at
    from seen group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6`
  const { sql: text, params } = new PgDialect().sqlToQuery(statement)
  return session.tx.unsafe(text, params as never[], { prepare: true }) as unknown as Promise<BoardCell[]>
}
