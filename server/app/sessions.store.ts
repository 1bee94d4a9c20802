import type { Database } from '../db/pool.js'

/** Of these sign-ins of one organisation, the ones in force: not ended, and of a member who is not disabled; of tokens of third parties, the same. */
export async function sessionsInForce(
  database: Database,
  orgId: string,
  sessionIds: readonly string[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const rows = await database.read(
    orgId,
    (tx) => tx<{ id: string }[]>`
      select a.id from auth_session a join member m on m.user_id = a.user_id
      where m.org_id = ${orgId} and m.disabled_at is null
        and a.id = any(${[...sessionIds]}::text[]) and a.expires_at > ${now}
      union all
      select f.token_id::text from client_tokens_in_force(${orgId}, ${now}) f
      where f.token_id::text = any(${[...sessionIds]}::text[])`,
  )
  return new Set(rows.map(({ id }) => id))
}
