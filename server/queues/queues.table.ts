import { pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, orgId } from '../db/columns.js'

/** A worklist of waiting charts; the teams that work it see its charts before they claim one. */
export const queue = pgTable('queue', { orgId: orgId(), id: id(), name: text('name').notNull() }, (t) => [
  primaryKey({ columns: [t.orgId, t.id] }),
  unique('queue_name').on(t.orgId, t.name),
])

export const queueTeam = pgTable(
  'queue_team',
  { orgId: orgId(), queueId: uuid('queue_id').notNull(), teamId: uuid('team_id').notNull() },
  (t) => [primaryKey({ columns: [t.orgId, t.queueId, t.teamId] })],
)
