import type { PendingQuery, Row } from 'postgres'
import type { Session } from '../auth/session.js'
import { hasRole } from '../auth/viewer.js'
import type { ChartRow } from './chart.model.js'
import { isUuid } from '../kernel/ids.js'
import { withPart2 } from './part2Basis.js'

/** The SQL of charts. Every statement runs under the session's organisation. */

/** Charts by id, with the viewer's own parts, the basis of their Part 2 records and the patient's wrapped key; unknown ids are left out. */
export async function findCharts(session: Session, ids: readonly string[]): Promise<ChartRow[]> {
  const { tx, viewer } = session
  const known = session.memory.get(findChartForEach) as FoundForEach | undefined
  if (known && ids.every((id) => id === known.id)) return withPart2(session, known.row ? [known.row] : [])
  const rows = await tx<FoundChart[]>`
    select ${chartColumns(session)}
    from chart c ${chartJoins(session)}
    where c.org_id = ${viewer.orgId} and c.id = any(${ids as string[]}::uuid[])`
  return withPart2(session, rows)
}

/**
 * One chart for the viewers of several sessions that read together, in one statement: what `findCharts` then answers in
 * each of them.
 */
export async function findChartForEach(sessions: readonly Session[], id: string): Promise<void> {
  const [any] = sessions
  if (!any || !isUuid(id)) return
  const { tx, viewer } = any
  const looks = new Map(sessions.map((session) => [lookOf(session), session]))
  const members = [...looks.values()].map((session) => session.viewer.memberId)
  const rows = await tx<(FoundChart & { look: string })[]>`
    select looking.look,
      ${chartColumns(any, { memberId: tx`looking.member_id`, audits: tx`(looking.look like '%/true')` })}
    from unnest(${[...looks.keys()]}::text[], ${members}::uuid[]) as looking(look, member_id)
    join chart c on c.org_id = ${viewer.orgId} and c.id = ${id} ${chartJoins(any)}`
  const found = new Map(rows.map(({ look, ...row }) => [look, row as FoundChart]))
  for (const session of sessions)
    session.memory.set(findChartForEach, { id, row: found.get(lookOf(session)) } satisfies FoundForEach)
}

type FoundChart = Omit<ChartRow, 'part2'>

interface FoundForEach {
  readonly id: string
  readonly row: FoundChart | undefined
}

/** All of a viewer that a chart's row depends on. */
const lookOf = ({ viewer }: Session): string => `${viewer.memberId}/${hasRole(viewer, 'AUDITOR')}`

/** The chart, locked until the transaction ends. Locked first by every command, so that commands cannot deadlock. */
export async function lockChart(session: Session, id: string): Promise<ChartRow | undefined> {
  const { tx, viewer } = session
  await tx`select from chart where org_id = ${viewer.orgId} and id = ${id} for update`
  const [row] = await findCharts(session, [id])
  return row
}

export interface ChartChange {
  readonly status?: string
  readonly identityHold?: boolean
  readonly coderOfRecordId?: string | null
  readonly assignedUntil?: Date | null
  readonly firstCoderId?: string | null
  readonly lastSubmitterId?: string | null
  readonly orderVersion?: number
  readonly submissionCount?: number
  readonly lateDocument?: boolean
  readonly engineState?: string
  readonly patientId?: string
  readonly accessEpoch?: number
  readonly abstract?: Readonly<Record<string, unknown>>
  readonly abstractMeta?: ChartRow['abstractMeta']
}

/** Write the changed columns of a locked chart. */
export async function saveChart(session: Session, chart: ChartRow, change: ChartChange): Promise<void> {
  const { abstract, abstractMeta, ...plain } = change
  const columns: Record<string, unknown> = { ...plain, ...abstract, updatedAt: session.now }
  if (abstractMeta) columns.abstractMeta = session.tx.json(abstractMeta as never)
  await session.tx`
    update chart set ${session.tx(columns as Record<string, string>)}
    where org_id = ${chart.orgId} and id = ${chart.id}`
}

export interface NewAssignment {
  readonly id: string
  readonly chartId: string
  readonly memberId: string
  readonly part: string
  readonly until: Date | null
  /** Where somebody else gives the part: who, and why. */
  readonly assignedBy?: string
  readonly reason?: string
}

export async function startAssignment(session: Session, assignment: NewAssignment): Promise<void> {
  await session.tx`insert into assignment ${session.tx({
    ...assignment,
    orgId: session.viewer.orgId,
    startedAt: session.now,
    endedAt: null,
  })}`
}

/** @param by where somebody else ends it: who, and why */
export async function endAssignments(
  session: Session,
  chartId: string,
  memberId: string,
  part: string,
  by: { readonly memberId: string; readonly reason: string } | null = null,
): Promise<void> {
  await session.tx`
    update assignment
    set ended_at = ${session.now}, ended_by = ${by?.memberId ?? null}, end_reason = ${by?.reason ?? null}
    where org_id = ${session.viewer.orgId} and chart_id = ${chartId} and member_id = ${memberId} and part = ${part}
      and ended_at is null`
}

/** Working days an assignment of this member lasts beyond today: the widest of the member's teams. */
export async function assignmentDays(session: Session): Promise<number> {
  const [row] = await session.tx<{ days: number | null }[]>`
    select max(assignment_days)::int as days from team
    where org_id = ${session.viewer.orgId} and id = any(${session.viewer.teamIds as string[]}::uuid[])`
  return row?.days ?? 1
}

const chartJoins = ({ tx }: Session): PendingQuery<Row[]> => tx`
    join facility f on f.org_id = c.org_id and f.id = c.facility_id
    join patient p on p.org_id = c.org_id and p.id = c.patient_id
    join patient_key k on k.org_id = c.org_id and k.patient_id = c.patient_id`

/** Who looks at a chart, as a value or as columns. */
interface Looking {
  readonly memberId: string | PendingQuery<Row[]>
  readonly audits: PendingQuery<Row[]>
}

const lookingAs = ({ tx, viewer }: Session): Looking => ({
  memberId: viewer.memberId,
  audits: hasRole(viewer, 'AUDITOR') ? tx`true` : tx`false`,
})

/**
 * The columns of ChartRow, for a `chart c` joined with its facility `f`, patient `p` and patient key `k`.
 * @param looking the session's viewer where left out
 */
export function chartColumns(session: Session, looking: Looking = lookingAs(session)): PendingQuery<Row[]> {
  const { tx, now } = session
  const { memberId, audits } = looking
  // Only coding runs out, and it does at its instant, whether or not the chart has been given back already.
  const coded = tx`(c.status <> 'IN_CODING' or c.assigned_until is null or c.assigned_until > ${now})`
  return tx`c.org_id, c.id, c.facility_id, c.patient_id, c.queue_id, c.account_number, c.status, c.identity_hold,
    c.restricted, c.patient_class, c.inpatient_order_at, c.admitted_at, c.discharged_at, c.service_date, c.disposition,
    c.payer, c.attending_provider, c.operating_provider, c.service_line, c.total_charges_cents, c.abstract_meta,
    c.coder_of_record_id, c.assigned_until, c.first_coder_id, c.last_submitter_id, c.order_version, c.submission_count,
    c.late_document, c.engine_state, c.access_epoch, c.deleted_at, c.received_at,
    f.access_epoch as facility_epoch, p.access_epoch as patient_epoch, f.time_zone, f.require_signed, f.require_poa, k.kek_id, k.wrapped,
    array(select a.part from assignment a where a.org_id = c.org_id and a.chart_id = c.id
          and a.member_id = ${memberId} and a.part <> 'CODER_OF_RECORD' and a.ended_at is null
          and (a.until is null or a.until > ${now})
          union select 'CODER_OF_RECORD' where c.coder_of_record_id = ${memberId} and ${coded}
          order by 1) as my_parts,
    (select max(b.until) from break_glass b where b.org_id = c.org_id and b.chart_id = c.id
          and b.member_id = ${memberId} and b.until > ${now}) as glass_until,
    (select r.id from privacy_request r join patient a on a.org_id = r.org_id and a.id = r.patient_id
     where r.org_id = c.org_id and r.facility_id = c.facility_id and r.assignee_id = ${memberId}
       and r.state in ('ASSIGNED', 'DECIDED') and coalesce(a.merged_into, a.id) = coalesce(p.merged_into, p.id)
       and (not c.restricted or r.assigned_by <> r.assignee_id)
     order by r.id limit 1) as request_id,
    (select x.id from coding_pass x where x.org_id = c.org_id and x.chart_id = c.id
          and x.member_id = ${memberId} and x.revealed_at is null) as blind_pass_id,
    (select max(h.until) from help h where h.org_id = c.org_id and h.chart_id = c.id
          and h.until > ${now} and c.coder_of_record_id = h.member_id and ${coded}) as help_until,
    exists(select from audit u join finding g on g.org_id = u.org_id and g.audit_id = u.id
           where u.org_id = c.org_id and u.chart_id = c.id) as under_finding,
    coalesce((select jsonb_agg(jsonb_build_object('documentId', d.id, 'withdrawn', d.withdrawn_at is not null, 'labels', v.labels)
              order by d.id)
              from document d join document_version v on v.org_id = d.org_id and v.id = d.current_version_id
              where d.org_id = c.org_id and d.chart_id = c.id
              and (cardinality(v.labels) > 0 or d.withdrawn_at is not null)), '[]') as marked,
    exists(select from chart_event e where e.org_id = c.org_id and e.chart_id = c.id and e.stream_id = c.id
           and e.actor_id = ${memberId}
           and e.type in ('SUGGESTION_ACCEPTED', 'SUGGESTION_REJECTED', 'SUGGESTION_MODIFIED', 'SUGGESTION_WITHDRAWN',
             'SUGGESTION_REORDERED', 'CHART_SUBMITTED')) as i_decided,
    (${audits} and ${sawWork(session, memberId)}) as i_saw_work`
}

/** Whoever has seen what was made of a chart gives no second opinion on it (design: blind passes). */
function sawWork({ tx }: Session, mine: Looking['memberId']): PendingQuery<Row[]> {
  return tx`(${mine} in (c.first_coder_id, c.last_submitter_id, c.coder_of_record_id)
    or exists(select from assignment a where a.org_id = c.org_id and a.chart_id = c.id and a.member_id = ${mine})
    or exists(select from break_glass b where b.org_id = c.org_id and b.chart_id = c.id and b.member_id = ${mine})
    or exists(select from coding_pass x where x.org_id = c.org_id and x.chart_id = c.id and x.member_id = ${mine}
              and x.revealed_at is not null)
    or exists(select from chart_event e where e.org_id = c.org_id and e.stream_id = c.id
              and e.actor_id = ${mine} and not e.classes <@ array['WORK', 'OPEN'])) is true`
}
