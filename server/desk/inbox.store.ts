import type { Session } from '../auth/session.js'
import type { InboxRow } from './inbox.model.js'

/** The viewer's own, newest first, after a place in that order; what of them is shown is decided by whoever asks. */
export function inboxRows(
  { tx, viewer }: Session,
  limit: number,
  after: Pick<InboxRow, 'at' | 'id'> | undefined,
): Promise<InboxRow[]> {
  return tx<InboxRow[]>`
    select id, kind, chart_id, subject_id, actor_id, at, due_at, read_at from inbox_item
    where org_id = ${viewer.orgId} and member_id = ${viewer.memberId}
      and (${after?.id ?? null}::uuid is null or (at, id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by at desc, id desc limit ${limit}` as unknown as Promise<InboxRow[]>
}

export function inboxRowsById({ tx, viewer }: Session, ids: readonly string[]): Promise<InboxRow[]> {
  return tx<InboxRow[]>`
    select id, kind, chart_id, subject_id, actor_id, at, due_at, read_at from inbox_item
    where org_id = ${viewer.orgId} and member_id = ${viewer.memberId} and id = any(${ids as string[]}::uuid[])
    order by at desc, id desc` as unknown as Promise<InboxRow[]>
}

/** What was read stays read since when it was. */
export async function markRead({ tx, viewer, now }: Session, ids: readonly string[]): Promise<void> {
  await tx`
    update inbox_item set read_at = ${now}
    where org_id = ${viewer.orgId} and member_id = ${viewer.memberId} and id = any(${ids as string[]}::uuid[])
      and read_at is null`
}
