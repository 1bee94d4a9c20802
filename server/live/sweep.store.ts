import type { Database } from '../db/pool.js'

/** What a node knows of one organisation: by log `head.chart.facility.patient`, by sign-in `member.person.organisation`. */
export interface Known {
  readonly logs: Map<string, string | undefined>
  readonly sessions: Map<string, string | undefined>
}

export interface Change {
  readonly org: string
  readonly of: 'LOG' | 'SESSION'
  readonly id: string
  /** Null: gone, or not in force. */
  readonly isNow: string | null
}

/**
 * What is no longer as it was known, over all organisations, in one statement that is a transaction of its own. Sent as
 * text that is cut in the database: a thousand ids are one value here.
 */
export async function changesSince(
  database: Pick<Database, 'outsideOrganisations'>,
  known: ReadonlyMap<string, Known>,
  at: Date,
): Promise<readonly Change[]> {
  const of = [...known.values()]
  const keys = (pick: (it: Known) => Map<string, unknown>) => of.map((it) => [...pick(it).keys()].join(',')).join(';')
  const values = (pick: (it: Known) => Map<string, string | undefined>) =>
    of.map((it) => [...pick(it).values()].join(',')).join(';')
  return database.outsideOrganisations<Change[]>`
    select org, of, id, is_now from live_changes(
      ${at}, ${[...known.keys()].join(',')},
      ${keys((it) => it.logs)}, ${values((it) => it.logs)},
      ${keys((it) => it.sessions)}, ${values((it) => it.sessions)})`
}
