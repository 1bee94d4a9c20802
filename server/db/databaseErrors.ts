/** The database of DATABASE_URL cannot be used as it is. The message says why and what to do, and holds no password. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html, and what the system says of an address. */
const REASONS: Readonly<Record<string, (where: string, role: string) => string>> = {
  ECONNREFUSED: (where) => `No PostgreSQL listens at ${where}. Start it, or correct DATABASE_URL.`,
  ENOTFOUND: (where) => `The host of ${where} is not known here. Correct DATABASE_URL.`,
  CONNECT_TIMEOUT: (where) => `${where} did not answer in time. Is a firewall between?`,
  '28P01': (where, role) => `${where} refused the password of ${role}. Correct DATABASE_URL.`,
  '28000': (where, role) => `${where} does not let ${role} in. See its pg_hba.conf.`,
  '3D000': (where) => `The database of ${where} does not exist. Create it: CREATE DATABASE … OWNER … .`,
  '42501': (_where, role) =>
    `${role} may not set this database up. It must own the database and have CREATEROLE; if another role made ` +
    `chartroom_app on this server, that one must run: GRANT chartroom_app TO "${role}" WITH ADMIN OPTION.`,
}

/** Turns a refusal into a sentence about DATABASE_URL; anything else passes as it is. */
export function explainDatabase(databaseUrl: string, error: unknown): unknown {
  const { code, cause } = error as { code?: string; cause?: { code?: string } }
  const reason = REASONS[code ?? cause?.code ?? '']
  if (!reason) return error
  const { host, pathname, username } = new URL(databaseUrl)
  return new DatabaseError(reason(`${host}${pathname}`, decodeURIComponent(username) || 'the role'))
}
