import { bigint, index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { instant, orgId } from '../db/columns.js'

/**
 * That somebody's inbox may show another thing than before: an entry came or was read, or the chart that one is about is seen
 * otherwise. Whose, and nothing else; written by the database itself (triggers), so that no command can forget it, and only
 * ever added, so that no two commands wait for each other by it; removed after a day. All of one person's together are where
 * that inbox stands: a transaction that began long ago and commits late makes them others too.
 */
export const deskChange = pgTable(
  'desk_change',
  {
    orgId: orgId(),
    id: bigint('id', { mode: 'bigint' }).generatedAlwaysAsIdentity(),
    memberId: uuid('member_id').notNull(),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    // Asked every second, for each inbox that is followed, and answered from the index alone.
    index('desk_change_of_member').on(t.orgId, t.memberId, t.id),
    index('desk_change_at').on(t.at),
  ],
)
