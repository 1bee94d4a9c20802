import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asOwner, disableMember } from '../../server/accounts/people.store.js'
import type { AccessClaims } from '../../server/auth/accessToken.js'
import type { Viewer } from '../../server/auth/viewer.js'
import { createSessionActivity, loadViewer } from '../../server/auth/viewer.store.js'
import { fixedClock } from '../../server/kernel/clock.js'
import { newId } from '../../server/kernel/ids.js'
import { type PeopleWorld, peopleWorld, sessionOf } from '../support/people.js'

let world: PeopleWorld
beforeAll(async () => void (world = await peopleWorld()))
afterAll(() => world?.close())

const view = (claims: AccessClaims, now = new Date()): Promise<Viewer> =>
  world.db.database.read(claims.orgId, (tx) => loadViewer(tx, claims, now))
const refusal = { code: 'UNAUTHENTICATED' }
const minutes = (n: number): number => n * 60_000

describe('loadViewer', () => {
  it('reads roles, facilities, teams, their queues and the epochs, in one statement', async () => {
    const claims = await sessionOf(world, 'coder@demo.test')
    const { harbor } = world.demo
    const open = await world.db.database.openRead(claims.orgId)
    const viewer = await loadViewer(open.tx, claims, new Date())
    expect(open.statements()).toBe(1)
    await open.end()
    const { memberId } = harbor.members['coder@demo.test']!
    expect(viewer).toEqual({
      orgId: harbor.organisationId,
      memberId,
      userId: claims.userId,
      sessionId: claims.sessionId,
      displayName: 'Dana Whitfield',
      roles: ['CODER'],
      facilityIds: Object.values(harbor.facilities).sort(),
      teamIds: viewer.teamIds,
      queueIds: Object.values(harbor.queues).sort(),
      memberEpoch: 0,
      orgEpoch: 0,
    })
    expect(viewer.teamIds).toHaveLength(2)
  })

  it('names a queue once that two of the teams work', async () => {
    const claims = await sessionOf(world, 'cdi@demo.test')
    const before = await view(claims)
    await world.db.ownerSql`
      insert into queue_team (org_id, queue_id, team_id)
      select q.org_id, q.queue_id, t.id from queue_team q join team t on t.org_id = q.org_id
      where q.org_id = ${claims.orgId} on conflict do nothing`
    expect((await view(claims)).queueIds).toEqual(before.queueIds)
  })

  it('gives a person without grants nothing to see', async () => {
    const claims = await sessionOf(world, 'provider@demo.test')
    await world.db.ownerSql`
      delete from member_facility where member_id = ${world.demo.harbor.members['provider@demo.test']!.memberId}`
    expect(await view(claims)).toMatchObject({ facilityIds: [], teamIds: [], queueIds: [] })
  })

  it('drops a role that this version does not know', async () => {
    const claims = await sessionOf(world, 'compliance@demo.test')
    await world.db.ownerSql`update member set roles = '{COMPLIANCE,OMNIPOTENT}' where user_id = ${claims.userId}`
    expect((await view(claims)).roles).toEqual(['COMPLIANCE'])
  })

  it('refuses a disabled member at the next request, and moves the epoch', async () => {
    const claims = await sessionOf(world, 'reviewer@demo.test')
    const { memberId } = await view(claims)
    const disable = (at: Date) =>
      asOwner(world.db.ownerSql, claims.orgId, (tx) => disableMember(tx, claims.orgId, memberId, at))
    expect(await disable(new Date())).toBe(true)
    await expect(view(claims)).rejects.toMatchObject(refusal)
    const [row] = await world.db.ownerSql`select access_epoch from member where id = ${memberId}`
    expect(row).toEqual({ accessEpoch: 1 })
  })

  it('refuses claims that fit no row: another organisation, person or session', async () => {
    const claims = await sessionOf(world, 'privacy@demo.test')
    const other = await sessionOf(world, 'lakeside@demo.test')
    const wrong: Partial<AccessClaims>[] = [
      { orgId: other.orgId },
      { orgId: newId() },
      { userId: other.userId },
      { sessionId: other.sessionId },
      { sessionId: 'none' },
    ]
    for (const change of wrong) await expect(view({ ...claims, ...change })).rejects.toMatchObject(refusal)
    expect(await view(claims)).toMatchObject({ roles: ['PRIVACY_OFFICER'] })
  })

  it('refuses claims of one organisation in a transaction of another', async () => {
    const claims = await sessionOf(world, 'privacy@demo.test')
    const inside = world.db.database.read(world.demo.lakeside.organisationId, (tx) =>
      loadViewer(tx, claims, new Date()),
    )
    await expect(inside).rejects.toMatchObject(refusal)
  })

  it('sees the session end at its time and not before', async () => {
    const now = new Date()
    const claims = await sessionOf(world, 'admin@demo.test', now)
    expect(await view(claims, new Date(now.getTime() + minutes(15) - 1))).toMatchObject({ roles: ['ADMIN'] })
    await expect(view(claims, new Date(now.getTime() + minutes(15)))).rejects.toMatchObject(refusal)
  })
})

describe('session activity', () => {
  const setUp = async () => {
    const clock = fixedClock(new Date())
    const claims = await sessionOf(world, 'supervisor@demo.test', clock.now())
    const errors: unknown[] = []
    const { database } = world.db
    const activity = createSessionActivity({
      database,
      clock,
      idleMinutes: 15,
      maxHours: 2,
      onError: (error) => void errors.push(error),
    })
    const start = clock.now().getTime()
    const ends = async (): Promise<number> => {
      const [row] = await world.db.ownerSql<{ expiresAt: Date }[]>`
        select expires_at from auth_session where id = ${claims.sessionId}`
      return (row!.expiresAt.getTime() - start) / minutes(1)
    }
    const touch = async () => {
      activity.touch(claims.sessionId)
      await activity.settled()
    }
    return { clock, claims, ends, touch, errors }
  }

  it('moves the end on, at most once a minute', async () => {
    const { clock, touch, ends } = await setUp()
    await touch()
    expect(await ends()).toBe(15)
    clock.advance(59_999)
    await touch()
    expect(await ends()).toBe(15)
    clock.advance(1)
    await touch()
    expect(await ends()).toBe(16)
  })

  it('keeps a busy session alive up to its absolute maximum, and not a moment longer', async () => {
    const { clock, claims, touch, ends } = await setUp()
    for (let i = 0; i < 12; i++) {
      await touch()
      expect(await view(claims, clock.now())).toMatchObject({ roles: ['SUPERVISOR'] })
      clock.advance(minutes(10))
    }
    expect(await ends()).toBe(120)
    await touch()
    expect(await ends()).toBe(120)
    await expect(view(claims, clock.now())).rejects.toMatchObject(refusal)
  })

  it('does not wake a session that has ended', async () => {
    const { clock, claims, touch, ends } = await setUp()
    clock.advance(minutes(15))
    await touch()
    expect(await ends()).toBe(15)
    await expect(view(claims, clock.now())).rejects.toMatchObject(refusal)
  })

  it('reports a failed write, and tries again at the next use', async () => {
    const { clock, touch, ends, errors } = await setUp()
    clock.advance(minutes(2))
    await world.db.ownerSql`revoke update on auth_session from chartroom_app`
    await touch()
    await world.db.ownerSql`grant update on auth_session to chartroom_app`
    expect([errors.length, await ends()]).toEqual([1, 15])
    await touch()
    expect([errors.length, await ends()]).toEqual([1, 17])
  })
})
