import { sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { Ability } from '../auth/rules.js'
import { accessibleBy } from '../auth/rulesToSql.js'
import type { Session } from '../auth/session.js'
import { CHART_ENTITY, chartsVisibleTo } from '../charts/index.js'
import type { BoardCell } from './queueBoard.decider.js'

/**
 * Charts that stand alike, counted: the viewer's rules and those of the board in the one statement that counts. Ages and
 * what is due go by the calendar of each chart's facility.
 */
export function boardCells(session: Session, board: Ability): Promise<BoardCell[]> {
  const { viewer, now } = session
  const at = sql`${now.toISOString()}::timestamptz`
  const seen = accessibleBy(chartsVisibleTo(session), 'read', CHART_ENTITY)
  const onBoard = accessibleBy(board, 'board', CHART_ENTITY)
  const statement = sql`
    with seen as (
      select chart.facility_id as facility_id, chart.queue_id as queue_id, chart.status as status,
        chart.coder_of_record_id as owner_id, chart.received_at as received_at, f.time_zone as zone,
        coalesce(chart.total_charges_cents, 0) as cents,
        case when chart.status = 'IN_CODING' and chart.assigned_until > ${at} then chart.assigned_until end as ends_at,
        case chart.status
          when 'PENDED' then (select min(w.due_on) from pend w
            where w.org_id = chart.org_id and w.chart_id = chart.id and w.removed_at is null)
          when 'IN_CODING' then ((chart.assigned_until - interval '1 millisecond') at time zone f.time_zone)::date
          when 'REOPENED' then ((chart.assigned_until - interval '1 millisecond') at time zone f.time_zone)::date
        end as due_on
      from chart join facility f on f.org_id = chart.org_id and f.id = chart.facility_id
      where chart.org_id = ${viewer.orgId} and chart.status <> 'EXPORTED' and ${onBoard} and ${seen}
    ), dated as (
      select *, (${at} at time zone zone)::date as today, (received_at at time zone zone)::date as received_on from seen
    )
    select facility_id, queue_id, status, owner_id, greatest(0, today - received_on) as days,
      case when due_on < today then 'OVERDUE' when due_on = today then 'TODAY' else 'NOT_DUE' end as due,
      count(*)::int as charts, sum(cents)::float8 as cents, min(received_at) as oldest,
      least(min(ends_at), min((today + 1)::timestamp at time zone zone)) as changes_at
    from dated group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6`
  const { sql: text, params } = new PgDialect().sqlToQuery(statement)
  return session.tx.unsafe(text, params as never[], { prepare: true }) as unknown as Promise<BoardCell[]>
}
