import { index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { bytes, id, instant, orgId, sealed } from '../db/columns.js'

export const patient = pgTable(
  'patient',
  {
    orgId: orgId(),
    id: id(),
    facilityId: uuid('facility_id').notNull(),
    /** Names, birth date, sex as JSON under the patient's key. */
    identity: sealed('identity').notNull(),
    accessEpoch: integer('access_epoch').notNull().default(0),
    mergedInto: uuid('merged_into'),
    deletedAt: instant('deleted_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('patient_facility').on(t.orgId, t.facilityId)],
)

/** The patient's data key, wrapped by a key-encryption key that never enters the database. */
export const patientKey = pgTable(
  'patient_key',
  {
    orgId: orgId(),
    patientId: uuid('patient_id').notNull(),
    kekId: text('kek_id').notNull(),
    wrapped: bytes('wrapped'),
    destroyedAt: instant('destroyed_at'),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.patientId] })],
)

/** Identifiers by who assigned them. Looked up through a keyed blind index per facility, shown by opening `value`. */
export const patientIdentifier = pgTable(
  'patient_identifier',
  {
    orgId: orgId(),
    id: id(),
    patientId: uuid('patient_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    assigner: text('assigner').notNull(),
    type: text('type').notNull(),
    blindIndex: bytes('blind_index').notNull(),
    value: sealed('value').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('patient_identifier_once').on(t.orgId, t.facilityId, t.assigner, t.type, t.blindIndex),
    index('patient_identifier_by_patient').on(t.orgId, t.patientId),
  ],
)
