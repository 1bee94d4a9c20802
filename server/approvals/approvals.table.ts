import { index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { APPROVAL_KINDS, APPROVAL_STATES, DECLINE_REASONS } from '../../schema/values.js'
import { id, instant, orgId } from '../db/columns.js'

/** What one person wants and a second one decides on. It holds no patient's data. */
export const approval = pgTable(
  'approval',
  {
    orgId: orgId(),
    id: id(),
    kind: text('kind', { enum: APPROVAL_KINDS }).notNull(),
    /** What it is about: a client, an agreement, a member. */
    subjectId: uuid('subject_id').notNull(),
    /** What changes, in a sentence for whoever decides. */
    summary: text('summary').notNull(),
    /** The change itself, as its domain reads it once it is approved. */
    change: jsonb('change').notNull(),
    requestedBy: uuid('requested_by').notNull(),
    requestedAt: instant('requested_at').notNull(),
    state: text('state', { enum: APPROVAL_STATES }).notNull(),
    decidedBy: uuid('decided_by'),
    decidedAt: instant('decided_at'),
    declineReason: text('decline_reason', { enum: DECLINE_REASONS }),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('approval_queue').on(t.orgId, t.state, t.requestedAt)],
)
