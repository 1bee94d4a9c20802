import type { Session } from '../auth/session.js'
import type { Assignee } from './assignee.model.js'
import type { ChartRow } from './chart.model.js'

/** @returns undefined where there is no such member, or one who is disabled. One statement. */
export async function assigneeFor(
  { tx, now }: Session,
  chart: ChartRow,
  memberId: string,
): Promise<Assignee | undefined> {
  const [row] = await tx<Assignee[]>`
    select m.roles,
      exists(select from member_facility f where f.org_id = m.org_id and f.member_id = m.id
             and f.facility_id = ${chart.facilityId}) as at_facility,
      array(select a.part from assignment a where a.org_id = m.org_id and a.chart_id = ${chart.id}
            and a.member_id = m.id and a.ended_at is null and (a.until is null or a.until > ${now})) as parts,
      exists(select from chart_event e where e.org_id = m.org_id and e.chart_id = ${chart.id} and e.actor_id = m.id
             and e.type in ('SUGGESTION_ACCEPTED', 'SUGGESTION_REJECTED', 'SUGGESTION_MODIFIED',
                            'SUGGESTION_WITHDRAWN')) as decided,
      coalesce((select max(t.assignment_days) from team_member p
                join team t on t.org_id = p.org_id and t.id = p.team_id
                where p.org_id = m.org_id and p.member_id = m.id), 1)::int as days
    from member m where m.org_id = ${chart.orgId} and m.id = ${memberId} and m.disabled_at is null`
  return row
}

/** Members in force at the chart's facility who hold one of these roles, by name; never the viewer. */
export async function assignableTo(
  { tx, viewer }: Session,
  chart: ChartRow,
  roles: readonly string[],
): Promise<readonly string[]> {
  const rows = await tx<{ id: string }[]>`
    select m.id from member m join member_facility f on f.org_id = m.org_id and f.member_id = m.id
    where m.org_id = ${chart.orgId} and m.id <> ${viewer.memberId} and m.disabled_at is null
      and f.facility_id = ${chart.facilityId} and m.roles && ${[...roles]}
    order by m.display_name, m.id`
  return rows.map((row) => row.id)
}
