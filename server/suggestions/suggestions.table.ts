import { boolean, date, index, integer, pgTable, primaryKey, real, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant, orgId, sealed } from '../db/columns.js'

/** Every code on a chart is a suggestion somebody made. The working set is the accepted ones, in order of rank. */
export const suggestion = pgTable(
  'suggestion',
  {
    orgId: orgId(),
    id: id(),
    chartId: uuid('chart_id').notNull(),
    system: text('system').notNull(),
    code: text('code').notNull(),
    kind: text('kind', { enum: ['DIAGNOSIS', 'PROCEDURE'] }).notNull(),
    role: text('role').notNull(),
    rank: integer('rank'),
    poa: text('poa'),
    poaProposed: text('poa_proposed'),
    modifiers: text('modifiers').array().notNull(),
    units: integer('units'),
    performedOn: date('performed_on', { mode: 'string' }),
    performer: text('performer'),
    origin: text('origin', { enum: ['ENGINE', 'CODER', 'AUDITOR', 'CLIENT'] }).notNull(),
    authorId: uuid('author_id'),
    confidence: real('confidence'),
    reason: sealed('reason'),
    status: text('status', { enum: ['PROPOSED', 'ACCEPTED', 'REJECTED', 'WITHDRAWN'] }).notNull(),
    /** The line this one replaced when a person chose another code. */
    replaces: uuid('replaces'),
    evidenceStale: boolean('evidence_stale').notNull().default(false),
    decidedBy: uuid('decided_by'),
    decidedAt: instant('decided_at'),
    decisionReason: sealed('decision_reason'),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('suggestion_by_chart').on(t.orgId, t.chartId)],
)

/** Where in which document version a suggestion, an opportunity or a finding stands. Quotes are cut at read time. */
export const evidence = pgTable(
  'evidence',
  {
    orgId: orgId(),
    id: id(),
    chartId: uuid('chart_id').notNull(),
    ownerId: uuid('owner_id').notNull(),
    documentId: uuid('document_id').notNull(),
    versionId: uuid('version_id').notNull(),
    /** UTF-16 units into the version's text; null for a citation by page. */
    start: integer('start'),
    end: integer('end'),
    page: integer('page'),
    kind: text('kind', { enum: ['SUPPORTS', 'CONTRADICTS', 'NEGATED', 'HISTORY'] }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('evidence_by_owner').on(t.orgId, t.ownerId),
    index('evidence_by_chart').on(t.orgId, t.chartId),
  ],
)

/** Something that cannot be coded as it stands and may deserve a query to the provider (guideline III.B). */
export const queryOpportunity = pgTable(
  'query_opportunity',
  {
    orgId: orgId(),
    id: id(),
    chartId: uuid('chart_id').notNull(),
    topic: text('topic').notNull(),
    reason: sealed('reason').notNull(),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), unique('query_opportunity_topic').on(t.orgId, t.chartId, t.topic)],
)

/** A person's reason for letting an edit's warning stand. */
export const editOverride = pgTable(
  'edit_override',
  {
    orgId: orgId(),
    id: id(),
    chartId: uuid('chart_id').notNull(),
    editKey: text('edit_key').notNull(),
    ruleId: text('rule_id').notNull(),
    reason: sealed('reason').notNull(),
    memberId: uuid('member_id').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), unique('edit_override_once').on(t.orgId, t.chartId, t.editKey)],
)
