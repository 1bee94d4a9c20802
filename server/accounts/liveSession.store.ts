import type { Tx } from '../db/pool.js'

export interface LiveSessionView {
  readonly id: string
  readonly memberId: string
  /** Where the member has a grant: who may see the sign-in. */
  readonly facilityIds: readonly string[]
  readonly signedInAt: Date
  readonly lastUsedAt: Date
  readonly expiresAt: Date
}

/** Sign-ins in force of members who are not disabled, the latest used first; or the one of that id. One statement. */
export function liveSessionsIn(
  tx: Tx,
  orgId: string,
  now: Date,
  sessionId: string | null = null,
): Promise<LiveSessionView[]> {
  return tx<LiveSessionView[]>`
    select s.id, m.id as member_id, s.created_at as signed_in_at, s.updated_at as last_used_at, s.expires_at,
      array(select f.facility_id from member_facility f
            where f.org_id = m.org_id and f.member_id = m.id order by 1) as facility_ids
    from member m join auth_session s on s.user_id = m.user_id
    where m.org_id = ${orgId} and m.disabled_at is null and s.expires_at > ${now}
      and (${sessionId}::text is null or s.id = ${sessionId}::text)
    order by s.updated_at desc, s.id` as unknown as Promise<LiveSessionView[]>
}

export async function deleteSession(tx: Tx, sessionId: string): Promise<void> {
  await tx`delete from auth_session where id = ${sessionId}`
}

/** Why a session that is refused is: the member was disabled, its time had passed, or somebody ended it. */
export async function whySessionEnded(
  tx: Tx,
  claims: { readonly orgId: string; readonly userId: string; readonly sessionId: string },
  now: Date,
): Promise<'MEMBER_DISABLED' | 'SESSION_EXPIRED' | 'SIGNED_OUT'> {
  const [row] = await tx<{ disabled: boolean; expired: boolean }[]>`
    select
      not exists (select from member m
        where m.org_id = ${claims.orgId} and m.user_id = ${claims.userId} and m.disabled_at is null) as disabled,
      exists (select from auth_session s where s.id = ${claims.sessionId} and s.expires_at <= ${now}) as expired`
  if (row!.disabled) return 'MEMBER_DISABLED'
  return row!.expired ? 'SESSION_EXPIRED' : 'SIGNED_OUT'
}
