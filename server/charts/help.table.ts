import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { HELP_REASONS } from '../../schema/values.js'
import { id, instant, orgId } from '../db/columns.js'

/** A coder's question on one line: it opens the chart to the facility's supervisors until the end of that day. */
export const help = pgTable(
  'help',
  {
    orgId: orgId(),
    id: id(),
    chartId: uuid('chart_id').notNull(),
    suggestionId: uuid('suggestion_id').notNull(),
    memberId: uuid('member_id').notNull(),
    reason: text('reason', { enum: HELP_REASONS }).notNull(),
    askedAt: instant('asked_at').notNull(),
    /** Midnight at the facility: then it closes, answered or not. */
    until: instant('until').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('help_in_force').on(t.orgId, t.chartId, t.until)],
)
