import type { Database } from '../db/pool.js'

/** What a program of a third party takes from its minute. */
export interface Spending {
  readonly orgId: string
  readonly clientId: string
  readonly at: Date
  /** In a minute. */
  readonly most: number
  readonly cost: number
}

/**
 * Takes it, whichever node asks: the count is one row of the database (migrations/0008_gate.sql, `client_spends`).
 * @returns undefined where it was taken; since when the minute runs that has no room for it
 */
export async function spend(
  database: Pick<Database, 'outsideOrganisations'>,
  { orgId, clientId, at, most, cost }: Spending,
): Promise<Date | undefined> {
  const [row] = await database.outsideOrganisations<{ began: Date | null }[]>`
    select client_spends(${orgId}::uuid, ${clientId}::uuid, ${at}::timestamptz, ${most}::integer, ${cost}::integer) as began`
  return row?.began ?? undefined
}
