import type { Session } from '../auth/session.js'
import { type ChartRow, iso } from './chart.model.js'
import { sealerOf } from './chartCommand.js'
import type { PendView } from './views.model.js'

interface PendRow {
  id: string
  reason: string
  note: Uint8Array | null
  dueOn: string | null
  memberId: string
  createdAt: Date
  removedAt: Date | null
}

/** Reasons why the chart waits, oldest first, removed ones too. */
export async function pendsOf(session: Session, chart: ChartRow): Promise<PendView[]> {
  const rows = await session.tx<PendRow[]>`
    select id, reason, note, due_on, member_id, created_at, removed_at from pend
    where org_id = ${chart.orgId} and chart_id = ${chart.id} order by created_at, id`
  const sealer = sealerOf(session, chart)
  return rows.map((row) => ({
    id: row.id,
    reason: row.reason,
    note: row.note && sealer.open(`pend.note/${row.id}`, row.note),
    dueOn: row.dueOn,
    memberId: row.memberId,
    createdAt: row.createdAt.toISOString(),
    removedAt: iso(row.removedAt),
  }))
}

export async function insertPend(session: Session, chart: ChartRow, pend: PendView): Promise<void> {
  await session.tx`insert into pend ${session.tx({
    orgId: chart.orgId,
    id: pend.id,
    chartId: chart.id,
    reason: pend.reason,
    note: pend.note === null ? null : sealerOf(session, chart).seal(`pend.note/${pend.id}`, pend.note),
    dueOn: pend.dueOn,
    memberId: pend.memberId,
    createdAt: session.now,
    removedAt: pend.removedAt === null ? null : session.now,
    removedBy: pend.removedAt === null ? null : pend.memberId,
  } as never)}`
}

export async function removePends(session: Session, chart: ChartRow, ids: readonly string[]): Promise<void> {
  await session.tx`
    update pend set removed_at = ${session.now}, removed_by = ${session.viewer.memberId}
    where org_id = ${chart.orgId} and id = any(${ids as string[]}::uuid[])`
}
