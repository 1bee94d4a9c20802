import { sql } from 'drizzle-orm'
import { boolean, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { CONSENT_END_REASONS, CONSENT_KINDS, CONSENT_STATUSES, LIFT_REASONS } from '../../schema/values.js'
import { id, instant, orgId, sealed } from '../db/columns.js'

/** A patient's consent, authorization, or a court order about the patient, as it stands. Its life is in consent_event. */
export const consent = pgTable(
  'consent',
  {
    orgId: orgId(),
    id: id(),
    facilityId: uuid('facility_id').notNull(),
    patientId: uuid('patient_id').notNull(),
    kind: text('kind', { enum: CONSENT_KINDS }).notNull(),
    status: text('status', { enum: CONSENT_STATUSES }).notNull(),
    version: integer('version').notNull().default(1),
    /** What it says, as JSON under the patient's key: elements, and the rules it was imported with. */
    content: sealed('content').notNull(),
    /** When a withdrawal in writing was received. */
    withdrawnAt: instant('withdrawn_at'),
    endedAt: instant('ended_at'),
    endReason: text('end_reason', { enum: CONSENT_END_REASONS }),
    /**
     * The moment at which the calendar ends it, `infinity` for never: what it says is sealed, and the clock has to find it.
     * Null where nobody has looked into it yet.
     */
    expiresAt: instant('expires_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('consent_by_patient').on(t.orgId, t.patientId),
    index('consent_in_force_until').on(t.expiresAt).where(sql`status = 'ACTIVE'`),
  ],
)

/** The life of a consent, append-only: what it said, who did what, and what came in writing. */
export const consentEvent = pgTable(
  'consent_event',
  {
    orgId: orgId(),
    id: id(),
    consentId: uuid('consent_id').notNull(),
    /** The version of the consent after it. */
    version: integer('version').notNull(),
    type: text('type', {
      enum: ['RECORDED', 'REVISED', 'ACTIVATED', 'COPY_DELIVERED', 'WITHDRAWN', 'ENDED', 'EXPIRED'],
    }).notNull(),
    /** Nobody's (zeros) where the calendar ended it. */
    actorId: uuid('actor_id').notNull(),
    at: instant('at').notNull(),
    /** When the writing, or the news of the event, arrived. */
    receivedAt: instant('received_at'),
    /** What the consent said after it, where that changed. */
    content: sealed('content'),
    note: sealed('note'),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('consent_event_by_consent').on(t.orgId, t.consentId)],
)

/** What was disclosed in reliance on a consent, append-only: a withdrawal does not reach back behind it (164.508(b)(5)). */
export const consentReliance = pgTable(
  'consent_reliance',
  {
    orgId: orgId(),
    id: id(),
    consentId: uuid('consent_id').notNull(),
    /** What left: the id of an export. */
    disclosureId: uuid('disclosure_id').notNull(),
    purpose: text('purpose').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('consent_reliance_by_consent').on(t.orgId, t.consentId)],
)

/** What a person asked to be kept back, and we agreed to (164.522(a)). */
export const restriction = pgTable(
  'restriction',
  {
    orgId: orgId(),
    id: id(),
    facilityId: uuid('facility_id').notNull(),
    patientId: uuid('patient_id').notNull(),
    /** The one encounter it is about; null for everything. */
    chartId: uuid('chart_id'),
    selfPay: boolean('self_pay').notNull(),
    purposes: text('purposes').array().notNull(),
    version: integer('version').notNull().default(1),
    /** Whom it keeps out and the person's words, as JSON under the patient's key. */
    content: sealed('content').notNull(),
    agreedAt: instant('agreed_at').notNull(),
    liftedAt: instant('lifted_at'),
    liftReason: text('lift_reason', { enum: LIFT_REASONS }),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('restriction_by_patient').on(t.orgId, t.patientId)],
)

export const restrictionEvent = pgTable(
  'restriction_event',
  {
    orgId: orgId(),
    id: id(),
    restrictionId: uuid('restriction_id').notNull(),
    version: integer('version').notNull(),
    type: text('type', { enum: ['AGREED', 'LIFTED'] }).notNull(),
    actorId: uuid('actor_id').notNull(),
    at: instant('at').notNull(),
    note: sealed('note'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('restriction_event_by_restriction').on(t.orgId, t.restrictionId),
  ],
)
