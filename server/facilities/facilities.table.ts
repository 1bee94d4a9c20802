import { boolean, date, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
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
    /** Holds the undertakings of a qualified service organisation (42 CFR 2.11): then Part 2 records may go back home. */
    qualifiedServiceOrganisation: boolean('qualified_service_organisation').notNull().default(false),
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
