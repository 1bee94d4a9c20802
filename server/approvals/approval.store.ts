import { accessibleBy, type Entity } from '../auth/rulesToSql.js'
import type { Session } from '../auth/session.js'
import { newId } from '../kernel/ids.js'
import { and, eq, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { ApprovalKind, DeclineReason } from '../../schema/values.js'
import type { ApprovalRow, NewApproval } from './approval.model.js'
import { approvalRules } from './approval.policy.js'
import { approval } from './approvals.table.js'

const ENTITY: Entity = { name: 'Approval', table: approval, relations: {} }
const dialect = new PgDialect()

/** Requests that the viewer sees, those that wait first, then the newest: one page of at most `first`. */
export async function approvalsFor(session: Session, first: number): Promise<ApprovalRow[]> {
  const { viewer, tx } = session
  const seen = and(eq(approval.orgId, viewer.orgId), accessibleBy(approvalRules(viewer), 'read', ENTITY))!
  const { sql: text, params } = dialect.sqlToQuery(
    sql`select * from ${approval} where ${seen} order by (${approval.state} = 'PENDING') desc, ${approval.requestedAt} desc, ${approval.id} limit ${first}`,
  )
  return tx.unsafe(text, params as never[], { prepare: true }) as unknown as Promise<ApprovalRow[]>
}

export async function approvalById(session: Session, id: string): Promise<ApprovalRow | undefined> {
  const [row] = await session.tx<ApprovalRow[]>`
    select * from approval where org_id = ${session.viewer.orgId} and id = ${id}`
  return row
}

/** The request, which nobody decides on until this transaction ends. */
export async function lockApproval(session: Session, id: string): Promise<ApprovalRow | undefined> {
  await session.tx`select from approval where org_id = ${session.viewer.orgId} and id = ${id} for update`
  return approvalById(session, id)
}

/**
 * Ask for the approval of a second person, in the transaction of the command that would make the change.
 * @returns the id of the request
 */
export async function askApproval(session: Session, asked: NewApproval): Promise<string> {
  const { viewer, now, tx } = session
  const id = newId(now.getTime())
  await tx`insert into approval ${tx({
    orgId: viewer.orgId,
    id,
    kind: asked.kind,
    subjectId: asked.subjectId,
    summary: asked.summary.slice(0, 500),
    change: tx.json(asked.change as never),
    requestedBy: viewer.memberId,
    requestedAt: now,
    state: 'PENDING',
  } as never)}`
  return id
}

export async function saveDecision(session: Session, id: string, declined: DeclineReason | null): Promise<void> {
  await session.tx`
    update approval
    set state = ${declined ? 'DECLINED' : 'APPROVED'}, decided_by = ${session.viewer.memberId},
        decided_at = ${session.now}, decline_reason = ${declined}
    where org_id = ${session.viewer.orgId} and id = ${id}`
}

/** Whether the last request of that kind on that subject was approved: what a rule asks before the subject counts. */
export async function isApproved(session: Session, kind: ApprovalKind, subjectId: string): Promise<boolean> {
  const [row] = await session.tx<{ state: string }[]>`
    select state from approval
    where org_id = ${session.viewer.orgId} and kind = ${kind} and subject_id = ${subjectId}
    order by requested_at desc, id desc limit 1`
  return row?.state === 'APPROVED'
}
