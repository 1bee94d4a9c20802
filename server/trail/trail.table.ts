import { bigint, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, orgId } from '../db/columns.js'

/** Who touched which patient's data, when, under what purpose (164.312(b)). Append-only, hash-chained per organisation. */
export const accessRecord = pgTable(
  'access_record',
  {
    orgId: orgId(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    at: instant('at').notNull(),
    actorId: uuid('actor_id'),
    facilityIds: uuid('facility_ids').array().notNull(),
    action: text('action').notNull(),
    purpose: text('purpose').notNull(),
    operationHash: text('operation_hash'),
    /** Organisation-keyed references of the subjects; they outlive the patients' keys. */
    subjectRefs: text('subject_refs').array().notNull(),
    classes: text('classes').array().notNull(),
    outcome: text('outcome', { enum: ['ALLOWED', 'DENIED', 'FAILED'] }).notNull(),
    detail: jsonb('detail').notNull(),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.seq] }),
    index('access_record_at').on(t.orgId, t.at),
    index('access_record_by_actor').on(t.orgId, t.actorId, t.seq),
    index('access_record_by_subject').using('gin', t.subjectRefs),
  ],
)

/** The newest record of each organisation's chain; locked once per batch by the writer. */
export const accessHead = pgTable('access_head', {
  orgId: orgId().primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  hash: text('hash').notNull(),
})

/** The text of an operation, kept once for all records that name its hash. */
export const accessOperation = pgTable('access_operation', {
  hash: text('hash').primaryKey(),
  text: text('text').notNull(),
})
