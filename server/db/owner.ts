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

/** Whether anybody works here: a database that is new, or was migrated and never used, holds nothing sealed. */
export async function isInUse(sql: OwnerSql): Promise<boolean> {
  const [table] = await sql<{ name: string | null }[]>`select to_regclass('public.organisation')::text as name`
  return table?.name != null && (await sql`select from organisation limit 1`).length > 0
}
