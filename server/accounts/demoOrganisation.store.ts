import type postgres from 'postgres'
import type { Role } from '../auth/viewer.js'
import type { Tx } from '../db/pool.js'

export interface DemoOrganisation {
  readonly organisationId: string
  readonly name: string
  /** Facility ids by key: `north`, `south`. */
  readonly facilities: Readonly<Record<string, string>>
  /** Queue ids by name. */
  readonly queues: Readonly<Record<string, string>>
  /** By account, such as `coder@demo.test`. */
  readonly members: Readonly<Record<string, { memberId: string; userId: string; displayName: string; roles: Role[] }>>
}

/** Whoever seeds in this transaction does it alone; others wait here. */
export async function oneSeedAtATime(tx: Tx): Promise<void> {
  await tx`select pg_advisory_xact_lock(${SEED_LOCK})`
}

/** From here on the transaction is about that organisation. */
export async function turnTo(tx: Tx, orgId: string): Promise<void> {
  await tx`select set_config('chartroom.org', ${orgId}, true)`
}

export async function findOrganisation(sql: Tx | postgres.Sql, name: string): Promise<string | undefined> {
  const [row] = await sql<{ id: string }[]>`select id from organisation where name = ${name}`
  return row?.id
}

/** What is there of a demo organisation, by the names under which people look for it. */
export async function describe(tx: Tx, orgId: string, name: string): Promise<DemoOrganisation> {
  const facilities = await tx<Named[]>`select key as name, id from facility where org_id = ${orgId}`
  const queues = await tx<Named[]>`select name, id from queue where org_id = ${orgId}`
  const members = await tx<{ email: string; id: string; person: string; name: string; roles: Role[] }[]>`
    select u.email, m.id, m.user_id as person, m.display_name as name, m.roles
    from member m join auth_user u on u.id = m.user_id where m.org_id = ${orgId}`
  return {
    organisationId: orgId,
    name,
    facilities: byName(facilities),
    queues: byName(queues),
    members: Object.fromEntries(
      members.map((m) => [m.email, { memberId: m.id, userId: m.person, displayName: m.name, roles: m.roles }]),
    ),
  }
}

interface Named {
  name: string
  id: string
}

const byName = (rows: readonly Named[]): Record<string, string> =>
  Object.fromEntries(rows.map(({ name, id }) => [name, id]))

const SEED_LOCK = 4_400_002
