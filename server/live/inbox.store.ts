import type { InboxKind } from '../../schema/values.js'
import type { Tx } from '../db/pool.js'
import { newId } from '../kernel/ids.js'

/** What a command tells somebody: it is in their inbox with its commit, or not at all. */
export interface InboxNote {
  readonly memberId: string
  readonly kind: InboxKind
  readonly subjectId?: string | null
  /** Until when an answer is awaited. */
  readonly dueAt?: Date | null
}

interface Telling {
  readonly orgId: string
  readonly chartId: string
  readonly actorId: string
  readonly at: Date
}

/**
 * Put notes into inboxes, in one statement. Nobody is told what they did themselves, and ids that are no member's in force
 * are passed over.
 *
 * @returns the members who have something new.
 */
export async function tellMembers(tx: Tx, telling: Telling, notes: readonly InboxNote[]): Promise<string[]> {
  const told = notes.filter((note) => note.memberId !== telling.actorId)
  if (told.length === 0) return []
  const rows = await tx<{ memberId: string }[]>`
    insert into inbox_item (org_id, id, member_id, kind, chart_id, subject_id, actor_id, at, due_at)
    select ${telling.orgId}, n.id, m.id, n.kind, ${telling.chartId}, n.subject_id, ${telling.actorId}, ${telling.at}, n.due_at
    from unnest(
      ${told.map(() => newId(telling.at.getTime()))}::uuid[], ${told.map((note) => note.memberId)}::uuid[],
      ${told.map((note) => note.kind)}::text[], ${told.map((note) => note.subjectId ?? null)}::uuid[],
      ${told.map((note) => note.dueAt?.toISOString() ?? null)}::timestamptz[]
    ) as n (id, member_id, kind, subject_id, due_at)
    join member m on m.org_id = ${telling.orgId} and m.id = n.member_id and m.disabled_at is null
    returning member_id`
  return [...new Set(rows.map((row) => row.memberId))].sort()
}
