import type { PendingQuery, Row } from 'postgres'
import type { Database, Tx } from '../db/pool.js'
import type { Clock } from '../kernel/clock.js'
import { ChartroomError, unauthenticated } from '../kernel/errors.js'
import type { AccessClaims } from './accessToken.js'
import type { Session } from './session.js'
import { loadClientViewer } from './clientViewer.store.js'
import { ROLES, type Role, type Viewer } from './viewer.js'

/**
 * Who is asking, read from rows in one statement: the session is in force, and the person is a member of the
 * organisation who is not disabled. Called on every request and again for every event of a stream, so that ending a
 * session, disabling a member or taking a role away counts at once.
 * @param tx a transaction under the organisation of the claims (row level security answers for that)
 * @throws ChartroomError UNAUTHENTICATED
 */
export async function loadViewer(tx: Tx, claims: AccessClaims, now: Date): Promise<Viewer> {
  return claims.clientId === undefined ? loadPerson(tx, claims, now) : loadClientViewer(tx, claims, now, loadPerson)
}

async function loadPerson(tx: Tx, claims: AccessClaims, now: Date): Promise<Viewer> {
  const [row] = await tx<ViewerRow[]>`
    select ${memberColumns(tx)} ${inForce(tx, claims.orgId, claims, now)}`
  return viewerOf(claims, row)
}

/**
 * The same for several of one organisation who read together: people in one statement. Each in its own place, whoever is
 * refused as the error.
 */
export async function loadViewers(
  tx: Tx,
  orgId: string,
  all: readonly AccessClaims[],
  now: Date,
): Promise<(Viewer | ChartroomError)[]> {
  const people = all.filter((claims) => claims.clientId === undefined)
  const rows =
    people.length > 0
      ? await tx<(ViewerRow & { place: number })[]>`
          select r.place::int, v.*
          from unnest(${people.map((it) => it.sessionId)}::text[], ${people.map((it) => it.userId)}::text[])
            with ordinality as r(session_id, user_id, place)
          cross join lateral (
            select ${memberColumns(tx)} ${inForce(tx, orgId, { sessionId: tx`r.session_id`, userId: tx`r.user_id` }, now)}
          ) v`
      : []
  const found = new Map(rows.map((row) => [people[row.place - 1]!, row]))
  return Promise.all(
    all.map(async (claims) => {
      try {
        return claims.clientId === undefined ? viewerOf(claims, found.get(claims)) : await loadViewer(tx, claims, now)
      } catch (error) {
        if (error instanceof ChartroomError) return error
        throw error
      }
    }),
  )
}

/** @throws ChartroomError UNAUTHENTICATED where there is no row */
function viewerOf(claims: AccessClaims, row: ViewerRow | undefined): Viewer {
  if (!row) throw unauthenticated()
  return {
    orgId: claims.orgId,
    memberId: row.id,
    userId: claims.userId,
    sessionId: claims.sessionId,
    displayName: row.displayName,
    roles: row.roles.filter(isRole),
    facilityIds: row.facilityIds,
    teamIds: row.teamIds,
    queueIds: row.queueIds,
    memberEpoch: row.memberEpoch,
    orgEpoch: row.orgEpoch,
  }
}

type Fragment = PendingQuery<Row[]>

/** Whose sign-in is in force: the session `s`, the `member m` of an `organisation o`. */
const inForce = (
  tx: Tx,
  orgId: string,
  { sessionId, userId }: { readonly sessionId: string | Fragment; readonly userId: string | Fragment },
  now: Date,
): Fragment => tx`from auth_session s
    join member m on m.org_id = ${orgId} and m.user_id = s.user_id and m.disabled_at is null
    join organisation o on o.id = m.org_id
    where s.id = ${sessionId} and s.user_id = ${userId} and s.expires_at > ${now}`

/** Until when a sign-in stands, as far as nobody ends it. @param sessionId of one that is in force */
export async function sessionEnds(tx: Tx, sessionId: string): Promise<Date> {
  const [row] = await tx<{ expiresAt: Date }[]>`select expires_at from auth_session where id = ${sessionId}`
  if (!row) throw unauthenticated()
  return row.expiresAt
}

/**
 * A member as the rules would see them if they asked now, for whoever explains somebody's access. Undefined for one who is
 * disabled, of another organisation, or not there.
 */
export async function viewerOfMember(session: Session, memberId: string): Promise<Viewer | undefined> {
  return (await viewersOfMembers(session, [memberId]))[0]
}

/** The same of several, in their order, without whoever has no part here any more. One statement. */
export async function viewersOfMembers(session: Session, memberIds: readonly string[]): Promise<Viewer[]> {
  const { tx, viewer } = session
  if (memberIds.length === 0) return []
  const rows = await tx<(ViewerRow & { userId: string })[]>`
    select ${memberColumns(tx)}, m.user_id
    from member m join organisation o on o.id = m.org_id
    where m.org_id = ${viewer.orgId} and m.id = any(${memberIds as string[]}::uuid[]) and m.disabled_at is null
    order by array_position(${memberIds as string[]}::uuid[], m.id)`
  return rows.map(({ id, roles, ...rest }) => ({
    ...rest,
    orgId: viewer.orgId,
    memberId: id,
    sessionId: viewer.sessionId,
    roles: roles.filter(isRole),
  }))
}

/** What a member may do here, for a `member m` of an `organisation o`. */
const memberColumns = (tx: Tx) => tx`m.id, m.display_name, m.roles, m.access_epoch as member_epoch,
      o.access_epoch as org_epoch,
      array(select f.facility_id from member_facility f
            where f.org_id = m.org_id and f.member_id = m.id order by 1) as facility_ids,
      array(select t.team_id from team_member t
            where t.org_id = m.org_id and t.member_id = m.id order by 1) as team_ids,
      array(select distinct q.queue_id from team_member t
            join queue_team q on q.org_id = t.org_id and q.team_id = t.team_id
            where t.org_id = m.org_id and t.member_id = m.id order by 1) as queue_ids`

/** Keeps sessions alive while their person works. */
export interface SessionActivity {
  /** Notes that the session was used; writes at most once a minute, after and beside the request. */
  touch(sessionId: string): void
  /** Resolves when no write is under way (shutdown, tests). */
  settled(): Promise<void>
}

/**
 * A session ends `idleMinutes` after its last use and never later than `maxHours` after sign-in. Both are one column,
 * `expires_at`, written only here and at sign-in; whoever asks whether a session is in force compares that alone.
 */
export function createSessionActivity(options: {
  database: Database
  clock: Clock
  idleMinutes: number
  maxHours: number
  onError(error: unknown): void
}): SessionActivity {
  const { database, clock, idleMinutes, maxHours, onError } = options
  const touched = new Map<string, number>()
  const writing = new Set<Promise<void>>()

  return {
    touch(sessionId) {
      const now = clock.now().getTime()
      if (now - (touched.get(sessionId) ?? Number.NEGATIVE_INFINITY) < TOUCH_EVERY_MS) return
      touched.delete(sessionId)
      touched.set(sessionId, now)
      if (touched.size > REMEMBERED) touched.delete(touched.keys().next().value!)
      const write = extend(database, sessionId, new Date(now), idleMinutes, maxHours)
        .catch((error: unknown) => {
          touched.delete(sessionId)
          onError(error)
        })
        .finally(() => writing.delete(write))
      writing.add(write)
    },
    async settled() {
      await Promise.all(writing)
    },
  }
}

/** Never backwards (nodes may write in another order than they read the clock), and never an ended session. */
async function extend(database: Database, id: string, now: Date, idleMinutes: number, maxHours: number): Promise<void> {
  await database.outsideOrganisations`
    update auth_session
    set updated_at = ${now},
        expires_at = greatest(expires_at, least(
          ${now}::timestamptz + make_interval(mins => ${idleMinutes}),
          created_at + make_interval(hours => ${maxHours})))
    where id = ${id} and expires_at > ${now}`
}

interface ViewerRow {
  id: string
  displayName: string
  roles: string[]
  memberEpoch: number
  orgEpoch: number
  facilityIds: string[]
  teamIds: string[]
  queueIds: string[]
}

const TOUCH_EVERY_MS = 60_000
const REMEMBERED = 10_000

const isRole = (name: string): name is Role => (ROLES as readonly string[]).includes(name)
