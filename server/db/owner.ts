import postgres from 'postgres'
import { MIGRATION_LOCK } from './migrate.js'

export type OwnerSql = postgres.Sql

/**
 * A connection as the role that owns the tables and sees every organisation: for migrations, seeding and checks of a whole
 * database, never for requests. The caller ends it.
 */
export const openOwner = (ownerUrl: string): OwnerSql =>
  postgres(ownerUrl, {
    max: 3,
    onnotice: () => {},
    transform: { undefined: null, column: { from: postgres.toCamel, to: postgres.fromCamel } },
    connection: { application_name: 'chartroom-owner' },
  })

/** Changes of tables that are not migrations: one process at a time, and none while another migrates. */
export async function underMigrationLock<T>(sql: OwnerSql, work: () => Promise<T>): Promise<T> {
  const holder = await sql.reserve()
  try {
    await holder`select pg_advisory_lock(${MIGRATION_LOCK})`
    return await work()
  } finally {
    await holder`select pg_advisory_unlock(${MIGRATION_LOCK})`.catch(() => {})
    holder.release()
  }
}

/**
 * Undefined for a database that is new, or was migrated and never used: it holds nothing sealed. Else, if there are
 * patients, the name of a key-encryption key with which one of theirs is wrapped.
 */
export async function sealedWith(sql: OwnerSql): Promise<{ kekId?: string } | undefined> {
  const [table] = await sql<{ name: string | null }[]>`select to_regclass('public.organisation')::text as name`
  if (table?.name == null) return undefined
  const organisations = await sql<{ id: string }[]>`select id from organisation order by id desc limit 100`
  if (organisations.length === 0) return undefined
  return sql.begin(async (tx) => {
    for (const { id } of organisations) {
      // Row level security binds an owner that is no superuser.
      await tx`select set_config('chartroom.org', ${id}, true)`
      const [key] = await tx<{ kekId: string }[]>`select kek_id from patient_key where org_id = ${id} limit 1`
      if (key) return { kekId: key.kekId }
    }
    return {}
  })
}
