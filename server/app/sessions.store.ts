import type { Database } from '../db/pool.js'

/** Of these sign-ins of one organisation, the ones in force: not ended, and of a member who is not disabled; of tokens of third parties, the same, with the networks they may be used from. */
export async function sessionsInForce(
  database: Database,
  orgId: string,
  sessionIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, readonly string[] | null>> {
  const rows = await database.read(
    orgId,
    (tx) => tx<{ id: string; networks: string[] | null }[]>`
      select a.id, null::text[] as networks from auth_session a join member m on m.user_id = a.user_id
      where m.org_id = ${orgId} and m.disabled_at is null
        and a.id = any(${[...sessionIds]}::text[]) and a.expires_at > ${now}
      union all
      select f.token_id::text, c.networks from client_tokens_in_force(${orgId}, ${now}) f
      join client c on c.org_id = ${orgId} and c.id = f.client_id
      where f.token_id::text = any(${[...sessionIds]}::text[])`,
  )
  return new Map(rows.map(({ id, networks }) => [id, networks]))
}
