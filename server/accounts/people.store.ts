import type postgres from 'postgres'
import type { Role } from '../auth/viewer.js'
import type { Database, Tx } from '../db/pool.js'
import { newId } from '../kernel/ids.js'

/** Organisations a person works for, by name; those where the member is disabled are left out. */
export async function membershipsOf(database: Database, userId: string): Promise<{ id: string; name: string }[]> {
  const rows = await database.outsideOrganisations<{ id: string; name: string }[]>`
    select m.org_id as id, m.org_name as name from memberships_of(${userId}) m`
  return rows.map(({ id, name }) => ({ id, name }))
}

/** Where the account of this address is a member; nowhere, where there is no such account. */
export async function membersOfAccount(
  database: Database,
  email: string,
): Promise<{ orgId: string; memberId: string }[]> {
  const rows = await database.outsideOrganisations<{ orgId: string; memberId: string }[]>`
    select m.org_id, m.member_id from auth_user u cross join memberships_of(u.id) m where u.email = ${email}`
  return rows.map(({ orgId, memberId }) => ({ orgId, memberId }))
}

/**
 * One transaction of the owner's connection inside one organisation. The owner makes organisations, which the
 * application role may not; being held by row level security too, it names the organisation it works in.
 */
export async function asOwner<T>(owner: postgres.Sql, orgId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return (await owner.begin(async (tx) => {
    await tx`select set_config('chartroom.org', ${orgId}, true)`
    return work(tx as unknown as Tx)
  })) as T
}

/** @param tx the owner's, inside the organisation of that id (`asOwner`) */
export async function createOrganisation(
  tx: Tx,
  organisation: { id: string; name: string; kind: 'COVERED_ENTITY' | 'BUSINESS_ASSOCIATE' },
): Promise<void> {
  const { id, name, kind } = organisation
  await tx`insert into organisation (id, name, kind) values (${id}, ${name}, ${kind})`
}

export interface NewMember {
  readonly orgId: string
  /** auth_user.id, from `SignIn.createAccount`. */
  readonly userId: string
  readonly displayName: string
  readonly roles: readonly Role[]
  readonly facilityIds: readonly string[]
  readonly teamIds: readonly string[]
}

/** Makes a person a member, with grants for facilities and a place in teams. Returns the member's id. */
export async function addMember(tx: Tx, { orgId, userId, displayName, roles, ...places }: NewMember): Promise<string> {
  const id = newId()
  await tx`
    insert into member (org_id, id, user_id, display_name, roles)
    values (${orgId}, ${id}, ${userId}, ${displayName}, ${[...roles]})`
  await tx`
    insert into member_facility (org_id, member_id, facility_id)
    select ${orgId}, ${id}, facility_id from unnest(${[...places.facilityIds]}::uuid[]) facility_id`
  await tx`
    insert into team_member (org_id, team_id, member_id)
    select ${orgId}, team_id, ${id} from unnest(${[...places.teamIds]}::uuid[]) team_id`
  return id
}

/** Takes a member out of work: refused from the next request on, and streams decide again. False if not there. */
export async function disableMember(tx: Tx, orgId: string, memberId: string, at: Date): Promise<boolean> {
  const rows = await tx`
    update member set disabled_at = coalesce(disabled_at, ${at}), access_epoch = access_epoch + 1
    where org_id = ${orgId} and id = ${memberId} returning id`
  return rows.length > 0
}

/** @param assignmentDays working days an assignment lasts beyond the day it was made */
export async function addTeam(tx: Tx, team: { orgId: string; name: string; assignmentDays?: number }): Promise<string> {
  const id = newId()
  await tx`
    insert into team (org_id, id, name, assignment_days)
    values (${team.orgId}, ${id}, ${team.name}, ${team.assignmentDays ?? 1})`
  return id
}
