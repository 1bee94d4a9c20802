import { boolean, date, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { QUALIFICATION_END_REASONS } from '../../schema/values.js'
import { id, instant, orgId } from '../db/columns.js'

export const coveredEntity = pgTable(
  'covered_entity',
  { orgId: orgId(), id: id(), name: text('name').notNull() },
  (t) => [primaryKey({ columns: [t.orgId, t.id] })],
)

export const facility = pgTable(
  'facility',
  {
    orgId: orgId(),
    id: id(),
    coveredEntityId: uuid('covered_entity_id').notNull(),
    /** A short name for import and the command line, unique in the organisation: "north". */
    key: text('key').notNull(),
    name: text('name').notNull(),
    /** Unsigned sources block submission here instead of warning. */
    requireSigned: boolean('require_signed').notNull().default(false),
    /** POA is required here for inpatient diagnoses (IPPS hospitals; 42 CFR 412.2). */
    requirePoa: boolean('require_poa').notNull().default(true),
    /** IANA name: the dates of service, and with them the code tables, are the facility's own calendar days. */
    timeZone: text('time_zone').notNull().default('America/New_York'),
    /** Whole years that records are kept from the last service on: what state law and the agreement ask for. */
    retentionYears: integer('retention_years').notNull().default(7),
    accessEpoch: integer('access_epoch').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), unique('facility_key').on(t.orgId, t.key)],
)

/** The agreement under which we hold a covered entity's data (164.504(e)); without one in force nothing is disclosed. */
export const agreement = pgTable(
  'agreement',
  {
    orgId: orgId(),
    id: id(),
    coveredEntityId: uuid('covered_entity_id').notNull(),
    purposes: text('purposes').array().notNull(),
    /** Field classes that may be disclosed under it. */
    classes: text('classes')
      .array()
      .notNull()
      .default(['OPEN', 'WORK', 'ACCOUNT_REF', 'IDENTITY', 'CLINICAL', 'QUALITY', 'MONEY']),
    /**
     * Holds the undertakings of a qualified service organisation (42 CFR 2.11): then Part 2 records are open to those who
     * work on their charts, and may go back home (2.12(c)(4)).
     */
    qualifiedServiceOrganisation: boolean('qualified_service_organisation').notNull().default(false),
    /** The moment from which those undertakings hold; null for as long as the agreement. */
    qualifiedFrom: instant('qualified_from'),
    /** The first moment at which they hold no more. */
    qualifiedUntil: instant('qualified_until'),
    effectiveFrom: date('effective_from').notNull(),
    effectiveTo: date('effective_to'),
    contact: text('contact').notNull(),
    /** Hours within which the covered entity wants to hear of an incident. */
    noticeHours: integer('notice_hours').notNull(),
    deidentificationAllowed: boolean('deidentification_allowed').notNull().default(false),
    delegatedNotices: boolean('delegated_notices').notNull().default(false),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] })],
)

/** What became of an agreement, append-only: who put which undertakings in force, on which paper, and who ended them why. */
export const agreementEvent = pgTable(
  'agreement_event',
  {
    orgId: orgId(),
    id: id(),
    agreementId: uuid('agreement_id').notNull(),
    type: text('type', { enum: ['QUALIFIED', 'QUALIFICATION_ENDED'] }).notNull(),
    /** Who asked for it; whoever approved it stands in the approval. */
    actorId: uuid('actor_id').notNull(),
    approvalId: uuid('approval_id'),
    at: instant('at').notNull(),
    effectiveFrom: instant('effective_from'),
    effectiveUntil: instant('effective_until'),
    /** Which signed paper it rests on. */
    reference: text('reference'),
    reason: text('reason', { enum: QUALIFICATION_END_REASONS }),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('agreement_event_by_agreement').on(t.orgId, t.agreementId)],
)
