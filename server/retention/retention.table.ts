import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { DELETION_REASONS, HOLD_END_REASONS, HOLD_REASONS } from '../../schema/values.js'
import { bytes, id, instant, orgId } from '../db/columns.js'

/** A duty to keep what we hold of a person, whatever retention says: nothing of theirs is deleted while one stands. */
export const legalHold = pgTable(
  'legal_hold',
  {
    orgId: orgId(),
    id: id(),
    facilityId: uuid('facility_id').notNull(),
    patientId: uuid('patient_id').notNull(),
    reason: text('reason', { enum: HOLD_REASONS }).notNull(),
    /** The matter, as the file outside names it. No patient's data. */
    reference: text('reference').notNull(),
    placedBy: uuid('placed_by').notNull(),
    placedAt: instant('placed_at').notNull(),
    liftedBy: uuid('lifted_by'),
    liftedAt: instant('lifted_at'),
    liftReason: text('lift_reason', { enum: HOLD_END_REASONS }),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('legal_hold_by_patient').on(t.orgId, t.patientId)],
)

/** What is left of a deleted patient: that there was one, who decided, and a signature over it. Append-only. */
export const tombstone = pgTable(
  'tombstone',
  {
    orgId: orgId(),
    id: id(),
    facilityId: uuid('facility_id').notNull(),
    patientId: uuid('patient_id').notNull(),
    /** As access records and disclosures name the patient: it outlives the key. */
    subjectRef: text('subject_ref').notNull(),
    /** Keyed look-up values of the identifiers, so that an accounting can still be given (164.528): no value opens. */
    blindIndexes: bytes('blind_indexes').array().notNull(),
    reason: text('reason', { enum: DELETION_REASONS }).notNull(),
    requestedBy: uuid('requested_by').notNull(),
    approvedBy: uuid('approved_by').notNull(),
    chartCount: integer('chart_count').notNull(),
    deletedAt: instant('deleted_at').notNull(),
    /** HMAC-SHA256 over the canonical JSON of the rest, base64url. */
    signature: text('signature').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('tombstone_by_facility').on(t.orgId, t.facilityId, t.deletedAt),
    index('tombstone_by_patient').on(t.orgId, t.patientId),
    index('tombstone_by_look_up').using('gin', t.blindIndexes),
  ],
)
