import { sql } from 'drizzle-orm'
import { boolean, date, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import {
  PRIVACY_REQUEST_KINDS,
  PRIVACY_REQUEST_STATES,
  REQUEST_CLOSE_REASONS,
  REQUEST_DECISIONS,
  REQUEST_DENIALS,
  REQUEST_EVENT_TYPES,
  REQUEST_RESULT_TYPES,
  REQUESTERS,
} from '../../schema/values.js'
import { id, instant, orgId, sealed } from '../db/columns.js'

/** What a person asks of their own record, as it stands. Its life, and every word of it, is in privacy_request_event. */
export const privacyRequest = pgTable(
  'privacy_request',
  {
    orgId: orgId(),
    id: id(),
    facilityId: uuid('facility_id').notNull(),
    patientId: uuid('patient_id').notNull(),
    kind: text('kind', { enum: PRIVACY_REQUEST_KINDS }).notNull(),
    state: text('state', { enum: PRIVACY_REQUEST_STATES }).notNull(),
    version: integer('version').notNull().default(1),
    requester: text('requester', { enum: REQUESTERS }).notNull(),
    receivedOn: date('received_on').notNull(),
    /** The last day to act by the rule of its kind; null where none sets one. */
    dueOn: date('due_on'),
    extended: boolean('extended').notNull().default(false),
    paidInFull: boolean('paid_in_full').notNull().default(false),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    /** Who has it in hand: while it is ASSIGNED or DECIDED this person sees the charts of the person who asks. */
    assigneeId: uuid('assignee_id'),
    assignedBy: uuid('assigned_by'),
    decision: text('decision', { enum: REQUEST_DECISIONS }),
    denialReason: text('denial_reason', { enum: REQUEST_DENIALS }),
    decidedAt: instant('decided_at'),
    /** Whoever denied it before it was contested: somebody else decides it then (164.524(a)(4)). */
    deniedBy: uuid('denied_by'),
    closeReason: text('close_reason', { enum: REQUEST_CLOSE_REASONS }),
    closedAt: instant('closed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('privacy_request_queue').on(t.orgId, t.facilityId, t.recordedAt),
    index('privacy_request_in_hand')
      .on(t.orgId, t.assigneeId, t.facilityId)
      .where(sql`state in ('ASSIGNED', 'DECIDED')`),
  ],
)

/** The life of a request, append-only. */
export const privacyRequestEvent = pgTable(
  'privacy_request_event',
  {
    orgId: orgId(),
    id: id(),
    requestId: uuid('request_id').notNull(),
    /** The version of the request after it. */
    version: integer('version').notNull(),
    type: text('type', { enum: REQUEST_EVENT_TYPES }).notNull(),
    actorId: uuid('actor_id').notNull(),
    at: instant('at').notNull(),
    assigneeId: uuid('assignee_id'),
    decision: text('decision', { enum: REQUEST_DECISIONS }),
    denialReason: text('denial_reason', { enum: REQUEST_DENIALS }),
    /** What was asked, or written to or by the person: under the patient's key. */
    note: sealed('note'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('privacy_request_event_by_request').on(t.orgId, t.requestId, t.version),
  ],
)

/** What was done because a request was granted: one row for each thing, append-only, found from either side. */
export const privacyRequestResult = pgTable(
  'privacy_request_result',
  {
    orgId: orgId(),
    id: id(),
    requestId: uuid('request_id').notNull(),
    type: text('type', { enum: REQUEST_RESULT_TYPES }).notNull(),
    /** A disclosure, document, restriction or tombstone; null for an accounting, which is this row itself. */
    subjectId: uuid('subject_id'),
    actorId: uuid('actor_id').notNull(),
    at: instant('at').notNull(),
    /** The copy or accounting as it was given: under the patient's key. */
    content: sealed('content'),
    sha256: text('sha256'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('privacy_request_result_by_request').on(t.orgId, t.requestId, t.at),
    index('privacy_request_result_by_subject').on(t.orgId, t.subjectId),
  ],
)
