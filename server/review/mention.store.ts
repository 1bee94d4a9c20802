import type { Session } from '../auth/session.js'
import type { ChartRow } from '../charts/index.js'

/** More work on no chart; a facility has fewer supervisors. */
const MOST = 200

/**
 * Members in force who stand to a chart in some way that may open its comments, by name; never the viewer. Who of them may
 * read one is decided by the rules.
 */
export async function standingTo({ tx, viewer, now }: Session, chart: ChartRow): Promise<readonly string[]> {
  const rows = await tx<{ id: string }[]>`
    select m.id from member m
    where m.org_id = ${viewer.orgId} and m.id <> ${viewer.memberId} and m.disabled_at is null and (
      m.id = ${chart.coderOfRecordId}
      or exists(select from assignment a where a.org_id = m.org_id and a.chart_id = ${chart.id} and a.member_id = m.id
                and a.ended_at is null and (a.until is null or a.until > ${now}))
      or (${chart.helpUntil !== null} and 'SUPERVISOR' = any(m.roles)
          and exists(select from member_facility f where f.org_id = m.org_id and f.member_id = m.id
                     and f.facility_id = ${chart.facilityId})))
    order by m.display_name, m.id limit ${MOST}`
  return rows.map((row) => row.id)
}
