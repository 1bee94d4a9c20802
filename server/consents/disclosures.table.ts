import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { DISCLOSURE_EXEMPTIONS, DISCLOSURE_KINDS, PURPOSES } from '../../schema/values.js'
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
