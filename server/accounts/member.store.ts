import type { Role } from '../auth/viewer.js'
import type { Tx } from '../db/pool.js'

export interface MembershipView {
  readonly id: string
  readonly orgId: string
  readonly version: number
  readonly displayName: string
  readonly roles: readonly string[]
  readonly facilityIds: readonly string[]
  readonly teams: readonly { readonly id: string; readonly name: string }[]
  readonly disabledAt: Date | null
}

/** All members of the organisation by name, or the one of that id. One statement. */
export function membershipsIn(tx: Tx, orgId: string, memberId: string | null = null): Promise<MembershipView[]> {
  return tx<MembershipView[]>`
    select m.id, m.org_id, m.access_epoch as version, m.display_name, m.roles, m.disabled_at,
      array(select f.facility_id from member_facility f
            where f.org_id = m.org_id and f.member_id = m.id order by 1) as facility_ids,
      coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.name, t.id)
                from team_member p join team t on t.org_id = p.org_id and t.id = p.team_id
                where p.org_id = m.org_id and p.member_id = m.id), '[]') as teams
    from member m
    where m.org_id = ${orgId} and (${memberId}::uuid is null or m.id = ${memberId}::uuid)
    order by m.display_name, m.id` as unknown as Promise<MembershipView[]>
}

/** The version of the membership, which nobody changes until this transaction ends. */
export async function lockMembership(tx: Tx, orgId: string, memberId: string): Promise<number | undefined> {
  const [row] = await tx<{ accessEpoch: number }[]>`
    select access_epoch from member where org_id = ${orgId} and id = ${memberId} for update`
  return row?.accessEpoch
}

export function teamsIn(tx: Tx, orgId: string): Promise<{ id: string; name: string }[]> {
  return tx<{ id: string; name: string }[]>`
    select id, name from team where org_id = ${orgId} order by name, id` as unknown as Promise<
    { id: string; name: string }[]
  >
}

/** Of these ids, the ones that are none of a facility or team of the organisation. */
export async function unknownPlaces(
  tx: Tx,
  orgId: string,
  facilityIds: readonly string[],
  teamIds: readonly string[],
): Promise<{ facilities: number; teams: number }> {
  const [row] = await tx<{ facilities: number; teams: number }[]>`
    select
      (select count(*)::int from unnest(${[...facilityIds]}::uuid[]) i
       where not exists (select from facility f where f.org_id = ${orgId} and f.id = i)) as facilities,
      (select count(*)::int from unnest(${[...teamIds]}::uuid[]) i
       where not exists (select from team t where t.org_id = ${orgId} and t.id = i)) as teams`
  return row!
}

export const unknownFacilities = async (tx: Tx, orgId: string, facilityIds: readonly string[]): Promise<number> =>
  (await unknownPlaces(tx, orgId, facilityIds, [])).facilities

/** Every change raises the member's access epoch, in the transaction that makes it. */
export async function saveMembership(
  tx: Tx,
  orgId: string,
  memberId: string,
  change: { roles: readonly Role[]; facilityIds: readonly string[]; teamIds: readonly string[] },
): Promise<void> {
  await tx`
    update member set roles = ${[...change.roles]}, access_epoch = access_epoch + 1
    where org_id = ${orgId} and id = ${memberId}`
  await tx`delete from member_facility where org_id = ${orgId} and member_id = ${memberId}`
  await tx`delete from team_member where org_id = ${orgId} and member_id = ${memberId}`
  await tx`
    insert into member_facility (org_id, member_id, facility_id)
    select ${orgId}, ${memberId}, facility_id from unnest(${[...change.facilityIds]}::uuid[]) facility_id`
  await tx`
    insert into team_member (org_id, team_id, member_id)
    select ${orgId}, team_id, ${memberId} from unnest(${[...change.teamIds]}::uuid[]) team_id`
}

export async function enableMember(tx: Tx, orgId: string, memberId: string): Promise<void> {
  await tx`
    update member set disabled_at = null, access_epoch = access_epoch + 1
    where org_id = ${orgId} and id = ${memberId} and disabled_at is not null`
}
