import type { Database } from '../db/pool.js'

/** What a node knows of one organisation. */
export interface Known {
  /** Its epoch of access. */
  epoch: string | undefined
  /** By log, `head.chart.facility.patient`. */
  readonly logs: Map<string, string | undefined>
  /** By sign-in, `member.epoch.end` with the end in ms; by token of a program, `program.epoch`. */
  readonly sessions: Map<string, string | undefined>
}

export interface Change {
  /** HORIZON: from where on the next reading of changes begins. */
  readonly of: 'ORGANISATION' | 'LOG' | 'SESSION' | 'HORIZON'
  readonly org: string
  readonly id: string
  /** Null: gone, or not in force. */
  readonly isNow: string | null
}

/**
 * What is no longer as it was known, over all organisations, in one statement that is a transaction of its own. Of sign-ins
 * only those are asked that are not known yet or whose end has come, for the database tells of all that change
 * (standing.table.ts). Sent as text that is cut in the database: a thousand ids are one value here.
 */
export async function changesSince(
  database: Pick<Database, 'outsideOrganisations'>,
  known: ReadonlyMap<string, Known>,
  horizon: string | null,
  at: Date,
): Promise<readonly Change[]> {
  const parts = [...known.values()]
  const asked = parts.map(({ sessions }) => [...sessions].filter(([, value]) => isToBeAsked(value, at.getTime())))
  return database.outsideOrganisations<Change[]>`
    select org, of, id, is_now from live_changes(
      ${at}, ${horizon}::bigint, ${[...known.keys()].join(',')}, ${parts.map(({ epoch }) => epoch).join(',')},
      ${parts.map(({ logs }) => [...logs.keys()].join(',')).join(';')},
      ${parts.map(({ logs }) => [...logs.values()].join(',')).join(';')},
      ${asked.map((sessions) => sessions.map(([id]) => id).join(',')).join(';')},
      ${asked.map((sessions) => sessions.map(([, value]) => value).join(',')).join(';')})`
}

/** A token ends in more ways than are told. */
function isToBeAsked(session: string | undefined, now: number): boolean {
  const end = session?.split('.', 3)[2]
  return end === undefined || Number(end) <= now
}
