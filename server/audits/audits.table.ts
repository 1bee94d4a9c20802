import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant, orgId, sealed } from '../db/columns.js'

/** An audit compares a chart with one of its submissions; it has a stream of its own (same id). */
export const audit = pgTable(
  'audit',
  {
    orgId: orgId(),
    id: id(),
    chartId: uuid('chart_id').notNull(),
    submissionId: uuid('submission_id').notNull(),
    auditorId: uuid('auditor_id').notNull(),
    status: text('status', { enum: ['OPEN', 'CLOSED'] }).notNull(),
    reason: text('reason').notNull(),
    openedAt: instant('opened_at').notNull(),
    closedAt: instant('closed_at'),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('audit_by_chart').on(t.orgId, t.chartId)],
)

/** One entry of the quality ledger: what the auditor found, tied to code, evidence and guideline. */
export const finding = pgTable(
  'finding',
  {
    orgId: orgId(),
    id: id(),
    auditId: uuid('audit_id').notNull(),
    chartId: uuid('chart_id').notNull(),
    suggestionId: uuid('suggestion_id'),
    /** The auditor's own line, a proposal until the chart is reopened. */
    proposedSuggestionId: uuid('proposed_suggestion_id'),
    element: text('element').notNull(),
    kind: text('kind', { enum: ['ADD', 'DELETE', 'CHANGE', 'AGREE'] }).notNull(),
    /** Of findings from before it was sealed; nothing is written here. */
    guideline: text('guideline'),
    guidelineSealed: sealed('guideline_sealed'),
    explanation: sealed('explanation').notNull(),
    version: integer('version').notNull().default(1),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('finding_by_audit').on(t.orgId, t.auditId)],
)
