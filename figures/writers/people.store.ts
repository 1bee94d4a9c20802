import type { OwnerSql } from '../../server/db/owner.js'
import { newId } from '../../server/kernel/ids.js'
import type { Opening } from './wire.js'

/** A sign-in of a member that lasts for a day. */
export async function signInOf(sql: OwnerSql, orgId: string, memberId: string): Promise<Opening['claims']> {
  const sessionId = newId()
  const [row] = await sql<{ userId: string }[]>`
    insert into auth_session (id, user_id, token, expires_at, created_at)
    select ${sessionId}, m.user_id, ${newId()}, now() + interval '1 day', now()
    from member m where m.org_id = ${orgId} and m.id = ${memberId}
    returning user_id`
  return { sessionId, userId: row!.userId, orgId }
}
