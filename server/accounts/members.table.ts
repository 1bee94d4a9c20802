import { index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant, orgId } from '../db/columns.js'

/** Organisations and who works in them. An organisation is a covered entity or a business associate (45 CFR 160.103). */
export const organisation = pgTable('organisation', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  kind: text('kind', { enum: ['COVERED_ENTITY', 'BUSINESS_ASSOCIATE'] }).notNull(),
  accessEpoch: integer('access_epoch').notNull().default(0),
  createdAt: instant('created_at').notNull().defaultNow(),
})

export const member = pgTable(
  'member',
  {
    orgId: orgId(),
    id: id(),
    /** The signed-in person (auth_user.id); one person can be a member of several organisations. */
    userId: text('user_id').notNull(),
    displayName: text('display_name').notNull(),
    roles: text('roles').array().notNull(),
    accessEpoch: integer('access_epoch').notNull().default(0),
    disabledAt: instant('disabled_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('member_user').on(t.orgId, t.userId),
    index('member_by_user').on(t.userId),
  ],
)

/** Nothing crosses facilities without such a grant (design: organisations, facilities, patients). */
export const memberFacility = pgTable(
  'member_facility',
  { orgId: orgId(), memberId: uuid('member_id').notNull(), facilityId: uuid('facility_id').notNull() },
  (t) => [primaryKey({ columns: [t.orgId, t.memberId, t.facilityId] })],
)

export const team = pgTable(
  'team',
  {
    orgId: orgId(),
    id: id(),
    name: text('name').notNull(),
    /** Working days an assignment lasts beyond the day it was made; default: the end of the next working day. */
    assignmentDays: integer('assignment_days').notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), unique('team_name').on(t.orgId, t.name)],
)

export const teamMember = pgTable(
  'team_member',
  { orgId: orgId(), teamId: uuid('team_id').notNull(), memberId: uuid('member_id').notNull() },
  (t) => [
    primaryKey({ columns: [t.orgId, t.teamId, t.memberId] }),
    index('team_member_by_member').on(t.orgId, t.memberId),
  ],
)
