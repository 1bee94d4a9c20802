import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, instant, orgId, sealed } from '../db/columns.js'

/** One encounter or account. The abstract's fields are columns here; their versions and evidence are in `abstractMeta`. */
export const chart = pgTable(
  'chart',
  {
    orgId: orgId(),
    id: id(),
    facilityId: uuid('facility_id').notNull(),
    patientId: uuid('patient_id').notNull(),
    queueId: uuid('queue_id'),
    accountNumber: text('account_number').notNull(),
    status: text('status').notNull(),
    identityHold: boolean('identity_hold').notNull().default(false),
    /** Employee, VIP, family, self: kept from everyone without a grant. */
    restricted: boolean('restricted').notNull().default(false),

    patientClass: text('patient_class').notNull(),
    inpatientOrderAt: instant('inpatient_order_at'),
    admittedAt: instant('admitted_at'),
    dischargedAt: instant('discharged_at'),
    serviceDate: date('service_date', { mode: 'string' }),
    disposition: text('disposition'),
    payer: text('payer'),
    attendingProvider: text('attending_provider'),
    operatingProvider: text('operating_provider'),
    serviceLine: text('service_line'),
    totalChargesCents: bigint('total_charges_cents', { mode: 'number' }),
    /** Per abstract field: {version, decidedBy, decidedAt, evidence, evidenceStale} (chart.model, AbstractMeta). */
    abstractMeta: jsonb('abstract_meta').notNull().default({}),

    coderOfRecordId: uuid('coder_of_record_id'),
    assignedUntil: instant('assigned_until'),
    firstCoderId: uuid('first_coder_id'),
    lastSubmitterId: uuid('last_submitter_id'),
    /** The order (principal, ranks) is one versioned line of the chart. */
    orderVersion: integer('order_version').notNull().default(1),
    submissionCount: integer('submission_count').notNull().default(0),
    lateDocument: boolean('late_document').notNull().default(false),
    engineState: text('engine_state').notNull().default('NONE'),
    accessEpoch: integer('access_epoch').notNull().default(0),
    /** The patient was deleted: for every viewer the chart is not there. */
    deletedAt: instant('deleted_at'),
    receivedAt: instant('received_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('chart_account').on(t.orgId, t.facilityId, t.accountNumber),
    index('chart_by_status').on(t.orgId, t.status, t.receivedAt, t.id),
    index('chart_by_queue').on(t.orgId, t.queueId, t.status),
    index('chart_by_coder').on(t.orgId, t.coderOfRecordId),
    index('chart_by_patient').on(t.orgId, t.patientId),
    // Asked every second, in all organisations, for what has run out.
    index('chart_in_coding_until').on(t.assignedUntil).where(sql`status = 'IN_CODING'`),
  ],
)

/** Who is on a chart, in which part, until when. The coder of record is also on the chart row, for the lock. */
export const assignment = pgTable(
  'assignment',
  {
    orgId: orgId(),
    id: id(),
    chartId: uuid('chart_id').notNull(),
    memberId: uuid('member_id').notNull(),
    part: text('part', { enum: ['CODER_OF_RECORD', 'SECOND_LOOK', 'AUDITOR', 'CDI'] }).notNull(),
    startedAt: instant('started_at').notNull(),
    until: instant('until'),
    endedAt: instant('ended_at'),
    /** Where somebody else gave the part: who, and why (ASSIGN_REASONS). Null where it was taken. */
    assignedBy: uuid('assigned_by'),
    reason: text('reason'),
    /** Where somebody else ended it: who, and why. */
    endedBy: uuid('ended_by'),
    endReason: text('end_reason'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('assignment_by_chart').on(t.orgId, t.chartId),
    index('assignment_by_member').on(t.orgId, t.memberId),
  ],
)

export const pend = pgTable(
  'pend',
  {
    orgId: orgId(),
    id: id(),
    chartId: uuid('chart_id').notNull(),
    reason: text('reason').notNull(),
    note: sealed('note'),
    dueOn: date('due_on', { mode: 'string' }),
    memberId: uuid('member_id').notNull(),
    createdAt: instant('created_at').notNull(),
    removedAt: instant('removed_at'),
    removedBy: uuid('removed_by'),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('pend_by_chart').on(t.orgId, t.chartId)],
)
