import { index, integer, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { id, instant, orgId, sealed } from '../db/columns.js'

export const comment = pgTable(
  'comment',
  {
    orgId: orgId(),
    id: id(),
    chartId: uuid('chart_id').notNull(),
    /** The line it is about; null for the chart as a whole. */
    suggestionId: uuid('suggestion_id'),
    parentId: uuid('parent_id'),
    authorId: uuid('author_id').notNull(),
    body: sealed('body').notNull(),
    /** Whom it was said to by name. */
    mentionIds: uuid('mention_ids').array().notNull().default([]),
    resolvedAt: instant('resolved_at'),
    resolvedBy: uuid('resolved_by'),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('comment_by_chart').on(t.orgId, t.chartId)],
)
