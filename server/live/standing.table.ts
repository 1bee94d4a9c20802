import { bigint, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from '../db/columns.js'

/**
 * Whose standing is not what it was: a sign-in that ended, a membership that changed. Ids and nothing else, written by the
 * database itself (triggers), so that no command can forget it; removed after a day. By it a node learns who of the
 * thousands whom it serves is to be looked at anew, without asking about each.
 *
 * `xact` is the transaction that changed it: whoever asks for everything since the oldest transaction that was under way
 * at the last asking (`pg_snapshot_xmin`) misses none, in whatever order they commit.
 */
export const standingChange = pgTable(
  'standing_change',
  {
    id: bigint('id', { mode: 'bigint' }).generatedAlwaysAsIdentity().primaryKey(),
    xact: bigint('xact', { mode: 'bigint' }).notNull(),
    sessionId: text('session_id'),
    memberId: uuid('member_id'),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [index('standing_change_xact').on(t.xact), index('standing_change_at').on(t.at)],
)
