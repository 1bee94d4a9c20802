import type { Database } from './pool.js'

/**
 * Remove what is kept for a time only: uploads that nobody imported before they expired, and the outcomes of commands
 * after the seven days in which sending one again is safe, what was noted of inboxes after a day. In all organisations, by
 * the functions that alone may.
 *
 * @returns how many rows of the former two went.
 */
export async function forgetExpired(database: Database, now: Date): Promise<number> {
  const [row] = await database.outsideOrganisations<{ removed: number }[]>`
    select forget_expired(${now}) as removed, forget_desk_changes()`
  return row?.removed ?? 0
}
