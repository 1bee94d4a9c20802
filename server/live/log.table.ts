import { bigint, index, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant, orgId, sealed } from '../db/columns.js'

/** One ordered log: a chart's main stream, or that of one query, audit or blind pass on it. The main one has the chart's id. */
export const chartStream = pgTable(
  'chart_stream',
  {
    orgId: orgId(),
    id: id(),
    chartId: uuid('chart_id').notNull(),
    kind: text('kind', { enum: ['MAIN', 'QUERY', 'AUDIT', 'PASS'] }).notNull(),
    headSeq: bigint('head_seq', { mode: 'number' }).notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('chart_stream_by_chart').on(t.orgId, t.chartId)],
)

/**
 * The log itself, append-only (a trigger refuses anything else). `seq` is taken under the chart's lock, so it is
 * gap-free and in commit order. The payload is sealed; whether a viewer sees the event is decided from the columns.
 */
export const chartEvent = pgTable(
  'chart_event',
  {
    orgId: orgId(),
    streamId: uuid('stream_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    chartId: uuid('chart_id').notNull(),
    patientId: uuid('patient_id').notNull(),
    cursor: uuid('cursor').notNull(),
    type: text('type').notNull(),
    actorId: uuid('actor_id'),
    at: instant('at').notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** Documents the change rests on, unsealed, so that a rule by document (label, withdrawal) need not open the payload. */
    citedDocumentIds: uuid('cited_document_ids').array().notNull(),
    /** Field classes the change touched: an event whose classes are all masked is absent. */
    classes: text('classes').array().notNull(),
    payload: sealed('payload').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.streamId, t.seq] }),
    unique('chart_event_cursor').on(t.orgId, t.streamId, t.cursor),
    index('chart_event_by_chart').on(t.orgId, t.chartId),
  ],
)

/** What a commandId did, so that sending it again does nothing twice. Kept for seven days. */
export const commandOutcome = pgTable(
  'command_outcome',
  {
    orgId: orgId(),
    actorId: uuid('actor_id').notNull(),
    commandId: uuid('command_id').notNull(),
    name: text('name').notNull(),
    inputHash: text('input_hash').notNull(),
    /** Kind and ids only; presented again under the sight of the day. */
    outcome: jsonb('outcome').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.actorId, t.commandId] }), index('command_outcome_at').on(t.at)],
)
