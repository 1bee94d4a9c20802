import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { BREAK_GLASS_REASONS, BREAK_GLASS_VERDICTS } from '../../schema/values.js'
import { id, instant, orgId, sealed } from '../db/columns.js'

/** The content of one chart opened for an hour to somebody who has no part on it, and what a second person thought of it. */
export const breakGlass = pgTable(
  'break_glass',
  {
    orgId: orgId(),
    id: id(),
    facilityId: uuid('facility_id').notNull(),
    chartId: uuid('chart_id').notNull(),
    patientId: uuid('patient_id').notNull(),
    memberId: uuid('member_id').notNull(),
    reason: text('reason', { enum: BREAK_GLASS_REASONS }).notNull(),
    /** In the person's own words, under the patient's key. */
    note: sealed('note').notNull(),
    at: instant('at').notNull(),
    until: instant('until').notNull(),
    reviewDue: instant('review_due').notNull(),
    escalatedAt: instant('escalated_at'),
    reviewedAt: instant('reviewed_at'),
    reviewerId: uuid('reviewer_id'),
    verdict: text('verdict', { enum: BREAK_GLASS_VERDICTS }),
    reviewNote: sealed('review_note'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('break_glass_in_force').on(t.orgId, t.chartId, t.memberId, t.until),
    index('break_glass_queue').on(t.orgId, t.facilityId, t.at),
  ],
)
