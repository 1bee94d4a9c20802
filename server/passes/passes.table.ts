import { sql } from 'drizzle-orm'
import { index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, orgId } from '../db/columns.js'

/** A chart coded a second time, blind. It has a stream of its own (same id); the chart's log tells of it when it is revealed. */
export const codingPass = pgTable(
  'coding_pass',
  {
    orgId: orgId(),
    id: id(),
    chartId: uuid('chart_id').notNull(),
    memberId: uuid('member_id').notNull(),
    openedAt: instant('opened_at').notNull(),
    revealedAt: instant('revealed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    uniqueIndex('coding_pass_open').on(t.orgId, t.chartId, t.memberId).where(sql`revealed_at is null`),
  ],
)

/** The codes of a pass: no line of the chart is among them, and none of them is a line of the chart, until it is revealed. */
export const passLine = pgTable(
  'pass_line',
  {
    orgId: orgId(),
    id: id(),
    passId: uuid('pass_id').notNull(),
    chartId: uuid('chart_id').notNull(),
    system: text('system').notNull(),
    code: text('code').notNull(),
    kind: text('kind', { enum: ['DIAGNOSIS', 'PROCEDURE'] }).notNull(),
    role: text('role').notNull(),
    poa: text('poa'),
    /** Where it stands in the documents; no words of them. */
    evidence: jsonb('evidence').notNull(),
    createdAt: instant('created_at').notNull(),
    removedAt: instant('removed_at'),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('pass_line_by_pass').on(t.orgId, t.passId)],
)
