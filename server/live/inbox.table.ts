import { sql } from 'drizzle-orm'
import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { INBOX_KINDS } from '../../schema/values.js'
import { id, instant, orgId } from '../db/columns.js'

/**
 * What somebody is to look at, and whether they did: kinds, ids and times, and nothing of a patient. Whether it is shown
 * is decided anew at each look, from the chart that it is about.
 */
export const inboxItem = pgTable(
  'inbox_item',
  {
    orgId: orgId(),
    id: id(),
    memberId: uuid('member_id').notNull(),
    kind: text('kind', { enum: INBOX_KINDS }).notNull(),
    chartId: uuid('chart_id').notNull(),
    /** The comment or the quality result that it is about; null for the chart itself. */
    subjectId: uuid('subject_id'),
    /** Whoever did it; null where the system did. */
    actorId: uuid('actor_id'),
    at: instant('at').notNull(),
    /** Until when an answer is awaited. */
    dueAt: instant('due_at'),
    readAt: instant('read_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('inbox_item_of_member').on(t.orgId, t.memberId, t.at, t.id),
    // Who has an entry about a chart whose access changes (deskChange.table.ts).
    index('inbox_item_about_chart').on(t.orgId, t.chartId, t.memberId),
    index('inbox_item_unread').on(t.orgId, t.memberId, t.id).where(sql`read_at is null`),
  ],
)
