import { randomBytes } from 'node:crypto'
import type { OwnerSql } from '../../server/db/owner.js'
import { newId } from '../../server/kernel/ids.js'
import { sha256 } from '../../server/kernel/text.js'
import type { Standing } from './sights.js'

/** Of the chart that everybody follows. */
export interface FollowedChart {
  readonly orgId: string
  readonly facilityId: string
  readonly chartId: string
  readonly patientId: string
}

/** Sessions of as many people, each a member of the organisation with a sign-in of their own, who stand as is said. */
export async function addPeople(
  sql: OwnerSql,
  charts: readonly FollowedChart[],
  standings: readonly Standing[],
): Promise<string[]> {
  const people = standings.map((standing, i) => ({
    ...standing,
    chart: charts[i % charts.length]!,
    userId: newId(),
    memberId: newId(),
  }))
  const { orgId, facilityId } = charts[0]!
  return sql.begin(async (tx) => {
    const rows = async (table: string, list: readonly Record<string, unknown>[]): Promise<void> => {
      for (let at = 0; at < list.length; at += 2_000)
        await tx`insert into ${tx(table)} ${tx(list.slice(at, at + 2_000) as never)}`
    }
    await rows(
      'auth_user',
      people.map(({ userId }) => ({ id: userId, name: 'Figure', email: `${userId}@figures.test` })),
    )
    const sessions = people.map(({ userId }) => ({
      id: newId(),
      userId,
      token: randomBytes(24).toString('base64url'),
      expiresAt: new Date(Date.now() + 86_400_000),
    }))
    await rows('auth_session', sessions)
    await rows(
      'member',
      people.map(({ userId, memberId, roles }) => ({
        orgId,
        id: memberId,
        userId,
        displayName: 'Figure',
        roles: [...roles],
      })),
    )
    await rows(
      'member_facility',
      people.map(({ memberId }) => ({ orgId, memberId, facilityId })),
    )
    const teams = await tx<{ id: string }[]>`select id from team where org_id = ${orgId}`
    await rows(
      'team_member',
      people
        .filter(({ queued }) => queued)
        .flatMap(({ memberId }) => teams.map(({ id }) => ({ orgId, teamId: id, memberId }))),
    )
    const now = new Date()
    const tomorrow = new Date(now.getTime() + 86_400_000)
    await rows(
      'assignment',
      people
        .filter(({ part }) => part)
        .map(({ part, memberId, chart }) => ({
          orgId,
          id: newId(),
          chartId: chart.chartId,
          memberId,
          part,
          startedAt: now,
        })),
    )
    await rows(
      'break_glass',
      people
        .filter(({ glass }) => glass)
        .map(({ memberId, chart }) => ({
          ...chart,
          id: newId(),
          memberId,
          reason: 'AUDIT_OR_COMPLIANCE',
          note: randomBytes(64),
          at: now,
          until: new Date(now.getTime() + 3_600_000),
          reviewDue: tomorrow,
        })),
    )
    await rows(
      'privacy_request',
      people
        .filter(({ request }) => request)
        .map(({ memberId, chart: { patientId } }) => ({
          orgId,
          id: newId(),
          facilityId,
          patientId,
          kind: 'ACCESS',
          state: 'ASSIGNED',
          requester: 'INDIVIDUAL',
          receivedOn: now,
          recordedBy: memberId,
          recordedAt: now,
          assigneeId: memberId,
          assignedBy: memberId,
        })),
    )
    return sessions.map(({ id }) => id)
  })
}

/** The coder of the chart asks supervisors about a line, until tomorrow. */
export async function askForHelp(sql: OwnerSql, { orgId, chartId }: FollowedChart): Promise<void> {
  await sql`
    insert into help (org_id, id, chart_id, suggestion_id, member_id, reason, asked_at, until)
    select org_id, gen_random_uuid(), id, gen_random_uuid(), coder_of_record_id, 'WHICH_CODE', now(), now() + interval '20 hours'
    from chart where org_id = ${orgId} and id = ${chartId}`
}

/** The planner knows of the many rows that came. */
export const analyse = async (sql: OwnerSql): Promise<void> => void (await sql`analyze`)

/** One for each session, good for an hour: what the server gives one by one, made at once. */
export async function makeTickets(sql: OwnerSql, orgId: string, sessions: readonly string[]): Promise<string[]> {
  const tickets = sessions.map(() => randomBytes(32).toString('base64url'))
  for (let at = 0; at < tickets.length; at += 2_000) {
    const some = tickets.slice(at, at + 2_000)
    await sql`
      insert into socket_ticket (ticket_hash, session_id, org_id, expires_at)
      select hash, session, ${orgId}, now() + interval '1 hour'
      from unnest(${some.map(sha256)}::text[], ${sessions.slice(at, at + 2_000) as string[]}::text[]) t(hash, session)`
  }
  return tickets
}

export async function followedCharts(sql: OwnerSql, chartIds: readonly string[]): Promise<FollowedChart[]> {
  const rows = await sql<FollowedChart[]>`
    select org_id, facility_id, id as chart_id, patient_id from chart where id = any(${chartIds as string[]}::uuid[])`
  const byId = new Map(rows.map((row) => [row.chartId, { ...row }]))
  return chartIds.map((id) => byId.get(id)!)
}

/** More of the same chart, each with a log of its own, for figures that need many. Their ids. */
export async function copyChart(sql: OwnerSql, { orgId, chartId }: FollowedChart, times: number): Promise<string[]> {
  const copies = await sql<{ id: string }[]>`
    insert into chart
    select (jsonb_populate_record(c, jsonb_build_object(
      'id', gen_random_uuid(), 'account_number', left(c.account_number, 20) || '-' || n))).*
    from chart c, generate_series(1, ${times}::int) n where c.org_id = ${orgId} and c.id = ${chartId}
    returning id`
  await sql`
    insert into chart_stream (org_id, id, chart_id, kind, head_seq)
    select ${orgId}, id, id, 'MAIN', 0 from unnest(${copies.map(({ id }) => id)}::uuid[]) id`
  return copies.map(({ id }) => id)
}
