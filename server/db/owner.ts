import postgres from 'postgres'

export type OwnerSql = postgres.Sql

/**
 * A connection as the role that owns the tables and sees every organisation: for migrations, seeding and checks of a whole
 * database, never for requests. The caller ends it.
 */
export const openOwner = (ownerUrl: string): OwnerSql =>
  postgres(ownerUrl, {
    max: 2,
    onnotice: () => {},
    transform: { undefined: null, column: { from: postgres.toCamel, to: postgres.fromCamel } },
    connection: { application_name: 'chartroom-owner' },
  })
