import { bigint, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant, orgId, sealed } from '../db/columns.js'

/** A frozen, numbered snapshot of a chart's codes, order, POA, abstract, edits and overrides. Never updated. */
export const submission = pgTable(
  'submission',
  {
    orgId: orgId(),
    id: id(),
    chartId: uuid('chart_id').notNull(),
    number: integer('number').notNull(),
    submittedBy: uuid('submitted_by').notNull(),
    submittedAt: instant('submitted_at').notNull(),
    /** The main stream's position that the snapshot stands for. */
    atSeq: bigint('at_seq', { mode: 'number' }).notNull(),
    warningCount: integer('warning_count').notNull(),
    snapshot: sealed('snapshot').notNull(),
    snapshotSha256: text('snapshot_sha256').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), unique('submission_number').on(t.orgId, t.chartId, t.number)],
)

/** DRG and other groups are results somebody typed, imported or grouped; absent means not computable. */
export const drgResult = pgTable(
  'drg_result',
  {
    orgId: orgId(),
    id: id(),
    chartId: uuid('chart_id').notNull(),
    value: text('value').notNull(),
    grouper: text('grouper').notNull(),
    grouperVersion: text('grouper_version').notNull(),
    source: text('source', { enum: ['TYPED', 'IMPORTED', 'GROUPER'] }).notNull(),
    memberId: uuid('member_id'),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('drg_result_by_chart').on(t.orgId, t.chartId)],
)

export const exportRecord = pgTable(
  'export_record',
  {
    orgId: orgId(),
    id: id(),
    chartId: uuid('chart_id').notNull(),
    submissionId: uuid('submission_id').notNull(),
    format: text('format', { enum: ['FHIR_R4', 'CSV'] }).notNull(),
    memberId: uuid('member_id').notNull(),
    at: instant('at').notNull(),
    sha256: text('sha256').notNull(),
    content: sealed('content').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('export_record_by_chart').on(t.orgId, t.chartId)],
)
