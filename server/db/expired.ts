import type { Database } from './pool.js'

/**
 * Remove what is kept for a time only: uploads that nobody imported before they expired, and the outcomes of commands
 * after the seven days in which sending one again is safe. In all organisations, by the one function that may.
 *
 * @returns how many rows went.
 */
export async function forgetExpired(database: Database, now: Date): Promise<number> {
  const [row] = await database.outsideOrganisations<{ removed: number }[]>`select forget_expired(${now}) as removed`
  return row?.removed ?? 0
}
