import { boolean, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { DISCLOSURE_EXEMPTIONS, DISCLOSURE_KINDS, PURPOSES, SUSPENSION_FORMS } from '../../schema/values.js'
import { id, instant, orgId } from '../db/columns.js'

/**
 * What left about a patient, to whom and why (45 CFR 164.528(b)(2)). Append-only. It holds no content of the record and
 * is sealed under no patient's key: it is kept for six years also where the patient's data is gone.
 */
export const disclosure = pgTable(
  'disclosure',
  {
    orgId: orgId(),
    id: id(),
    facilityId: uuid('facility_id').notNull(),
    patientId: uuid('patient_id').notNull(),
    chartId: uuid('chart_id'),
    at: instant('at').notNull(),
    recipientName: text('recipient_name').notNull(),
    recipientAddress: text('recipient_address'),
    kind: text('kind', { enum: DISCLOSURE_KINDS }).notNull(),
    /** Of a coded submission. */
    submissionNumber: integer('submission_number'),
    purpose: text('purpose', { enum: PURPOSES }).notNull(),
    /** Why it stands in no accounting; null where it is accountable. */
    exemption: text('exemption', { enum: DISCLOSURE_EXEMPTIONS }),
    /** Records of substance use disorder treatment were among it (42 CFR Part 2). */
    part2: boolean('part2').notNull().default(false),
    /** The intermediary by whom it went on to the recipient (42 CFR 2.11, 2.24). */
    throughName: text('through_name'),
    /** Consents it was made in reliance on. */
    consentIds: uuid('consent_ids').array().notNull(),
    /** Kept out of accountings until then, as an agency asked in writing (164.528(a)(2)). */
    suspendedUntil: instant('suspended_until'),
    /** Whoever sent it, or recorded it. */
    memberId: uuid('member_id').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('disclosure_by_patient').on(t.orgId, t.patientId, t.at)],
)

/**
 * What an agency had kept out of a person's accountings: whatever went to it (45 CFR 164.528(a)(2)). Append-only; a longer
 * one is another one.
 */
export const accountingSuspension = pgTable(
  'accounting_suspension',
  {
    orgId: orgId(),
    id: id(),
    facilityId: uuid('facility_id').notNull(),
    patientId: uuid('patient_id').notNull(),
    /** Named as the recipient of its disclosures is. */
    agency: text('agency').notNull(),
    form: text('form', { enum: SUSPENSION_FORMS }).notNull(),
    until: instant('until').notNull(),
    memberId: uuid('member_id').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('accounting_suspension_by_patient').on(t.orgId, t.patientId, t.until),
  ],
)
