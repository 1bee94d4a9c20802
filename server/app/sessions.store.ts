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
      select t.id::text from client_token t join client c on c.org_id = t.org_id and c.id = t.client_id
      join vendor_agreement v on v.org_id = c.org_id and v.id = c.agreement_id
      where t.org_id = ${orgId} and t.id::text = any(${[...sessionIds]}::text[])
        and t.revoked_at is null and t.expires_at > ${now} and c.suspended_at is null and v.ended_at is null
        and v.effective_from <= ${now} and (v.effective_until is null or v.effective_until > ${now})`,
  )
  return new Set(rows.map(({ id }) => id))
}
