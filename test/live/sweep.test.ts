import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../server/db/pool.js'
import { Hub } from '../../server/live/hub.js'
import { presenceKey } from '../../server/live/presence.js'
import { type Sweep, startSweep } from '../../server/live/sweep.js'
import { type AddedChart, addChart, type ChartWorld, chartWorld, memberId } from '../support/charts.js'

const CODER = 'coder@demo.test'
const REVIEWER = 'reviewer@demo.test'
const LAKESIDE = 'lakeside@demo.test'

/** Rule LV21: what no wake-up told, the sweep finds; and it asks one thing, of all organisations at once. */
describe('the sweep', () => {
  let world: ChartWorld
  let charts: { harbor: AddedChart; second: AddedChart; lakeside: AddedChart }
  let sweep: Sweep
  let hub: Hub
  const statements: number[] = []
  const trouble: string[] = []
  beforeAll(async () => {
    world = await chartWorld()
    const [harbor, second, lakeside] = [
      await addChart(world, { coder: CODER }),
      await addChart(world, { coder: CODER }),
      await addChart(world, { organisation: 'lakeside' }),
    ]
    charts = { harbor, second, lakeside }
  })
  afterAll(() => world.close())
  beforeEach(() => {
    hub = new Hub()
    statements.length = 0
    sweep = startSweep({
      database: { outsideOrganisations: counted(world.db.database, () => statements.push(1)) },
      hub,
      clock: world.clock,
      onTrouble: (what) => void trouble.push(what),
    })
  })
  afterEach(async () => {
    await sweep.stop()
    expect(trouble).toEqual([])
  })

  const orgOf = (email: string): string => world.claims.get(email)!.orgId

  /** Somebody who has seen all there is, and looks again whenever woken. */
  async function follower(email: string, chartId: string, streamId = chartId) {
    const claims = world.claims.get(email)!
    const look = async () => {
      const [row] = await world.db.ownerSql<{ head: number; epoch: string }[]>`
        select s.head_seq as head, m.access_epoch || '.' || o.access_epoch || '/' || c.access_epoch || '.' ||
          f.access_epoch || '.' || p.access_epoch as epoch
        from chart_stream s join chart c on c.id = s.chart_id join facility f on f.id = c.facility_id
        join patient p on p.id = c.patient_id join organisation o on o.id = c.org_id, member m
        where s.id = ${chartId} and m.id = ${memberId(world, email)}`
      return row!
    }
    let seen = await look()
    const state = {
      wakes: 0,
      leave: () => {},
      async catchUp() {
        seen = await look()
      },
    }
    state.leave = hub.add({
      orgId: claims.orgId,
      streamId,
      memberId: memberId(world, email),
      sessionId: claims.sessionId,
      position: () => (streamId === chartId ? Number(seen.head) : Number.POSITIVE_INFINITY),
      epoch: () => seen.epoch,
      wake: () => void state.wakes++,
    })
    return state
  }

  it('asks nothing where nobody follows, and one statement for all followers of all organisations', async () => {
    await sweep.once()
    expect(statements).toHaveLength(0)
    const { harbor, second, lakeside } = charts
    const all = [
      await follower(CODER, harbor.chartId),
      await follower(CODER, second.chartId),
      await follower(REVIEWER, harbor.chartId),
      await follower(CODER, harbor.chartId, presenceKey(orgOf(CODER), harbor.chartId)),
      await follower(LAKESIDE, lakeside.chartId),
    ]
    for (let round = 1; round <= 3; round++) {
      await sweep.once()
      expect(statements).toHaveLength(round)
    }
    expect(all.map(({ wakes }) => wakes)).toEqual([0, 0, 0, 0, 0])
  })

  /** Every change that nobody was told of, and whom it concerns: both charts' followers, and which person's. */
  const CHANGES: Readonly<
    Record<string, { touch: () => PromiseLike<unknown>; concerns: (of: { email: string; chartId: string }) => boolean }>
  > = {
    'an event': {
      touch: () =>
        world.db.ownerSql`update chart_stream set head_seq = head_seq + 1 where id = ${charts.harbor.chartId}`,
      concerns: ({ chartId }) => chartId === charts.harbor.chartId,
    },
    'the access of a chart': {
      touch: () =>
        world.db.ownerSql`update chart set access_epoch = access_epoch + 1 where id = ${charts.second.chartId}`,
      concerns: ({ chartId }) => chartId === charts.second.chartId,
    },
    'the access of a patient': {
      touch: () =>
        world.db
          .ownerSql`update patient set access_epoch = access_epoch + 1 where id = (select patient_id from chart where id = ${charts.harbor.chartId})`,
      concerns: ({ chartId }) => chartId === charts.harbor.chartId,
    },
    'the access of facilities': {
      touch: () =>
        world.db.ownerSql`update facility set access_epoch = access_epoch + 1 where org_id = ${orgOf(LAKESIDE)}`,
      concerns: ({ email }) => email === LAKESIDE,
    },
    'the access of an organisation': {
      touch: () =>
        world.db.ownerSql`update organisation set access_epoch = access_epoch + 1 where id = ${orgOf(CODER)}`,
      concerns: ({ email }) => email !== LAKESIDE,
    },
    'the access of a person': {
      touch: () =>
        world.db.ownerSql`update member set access_epoch = access_epoch + 1 where id = ${memberId(world, REVIEWER)}`,
      concerns: ({ email }) => email === REVIEWER,
    },
  }

  it('wakes exactly those whom a change concerns, and again until they have looked', async () => {
    const { harbor, second, lakeside } = charts
    const places = [
      { email: CODER, chartId: harbor.chartId },
      { email: CODER, chartId: second.chartId },
      { email: REVIEWER, chartId: harbor.chartId },
      { email: LAKESIDE, chartId: lakeside.chartId },
    ]
    const followers = await Promise.all(places.map(({ email, chartId }) => follower(email, chartId)))
    await sweep.once()
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.constantFrom(...Object.keys(CHANGES)), { maxLength: 3 }),
        fc.boolean(),
        async (names, lookAtOnce) => {
          for (const it of followers) it.wakes = 0
          for (const name of names) await CHANGES[name]!.touch()
          const concerned = places.map((place) => names.some((name) => CHANGES[name]!.concerns(place)))
          await sweep.once()
          expect(followers.map(({ wakes }) => wakes > 0)).toEqual(concerned)
          if (!lookAtOnce) {
            // The database has nothing new to tell, but who is behind stays behind.
            await sweep.once()
            expect(followers.map(({ wakes }) => wakes)).toEqual(concerned.map((it) => (it ? 2 : 0)))
          }
          for (const it of followers) await it.catchUp()
          for (const it of followers) it.wakes = 0
          await sweep.once()
          expect(followers.map(({ wakes }) => wakes)).toEqual([0, 0, 0, 0])
        },
      ),
      { numRuns: 40 },
    )
  })

  it('wakes whose sign-in ended, or whose membership, and tells of sign-ins without followers too', async () => {
    const ended: string[] = []
    const watched = [CODER, REVIEWER, LAKESIDE].map((email) => world.claims.get(email)!)
    sweep.watch({ sessions: () => watched, ended: (sessionId) => void ended.push(sessionId) })
    const coder = await follower(CODER, charts.harbor.chartId)
    const other = await follower(LAKESIDE, charts.lakeside.chartId)
    await sweep.once()
    expect([ended, coder.wakes, other.wakes]).toEqual([[], 0, 0])
    const [coders, reviewers] = [world.claims.get(CODER)!, world.claims.get(REVIEWER)!]
    await world.db.ownerSql`update auth_session set expires_at = 'epoch' where id = ${coders.sessionId}`
    await sweep.once()
    expect([ended.splice(0), coder.wakes, other.wakes]).toEqual([[coders.sessionId], 1, 0])
    await world.db.ownerSql`update member set disabled_at = now() where id = ${memberId(world, REVIEWER)}`
    await sweep.once()
    expect(ended.splice(0).sort()).toEqual([coders.sessionId, reviewers.sessionId].sort())
    await world.db.ownerSql`update member set disabled_at = null where id = ${memberId(world, REVIEWER)}`
    await world.db
      .ownerSql`update auth_session set expires_at = now() + interval '1 day' where id = ${coders.sessionId}`
    await sweep.once()
    expect(ended).toEqual([])
  })

  it('tells of a change that was under way when it last asked, whatever began and ended since', async () => {
    const { harbor } = charts
    const watched = await follower(REVIEWER, harbor.chartId)
    const other = await follower(CODER, harbor.chartId)
    await sweep.once()
    watched.wakes = other.wakes = 0
    const raise = (sql: typeof world.db.ownerSql, email: string) =>
      sql`update member set access_epoch = access_epoch + 1 where id = ${memberId(world, email)}`
    let commit!: () => void
    const held = new Promise<void>((resolve) => (commit = resolve))
    let raised!: () => void
    const underWay = new Promise<void>((resolve) => (raised = resolve))
    const slow = world.db.ownerSql.begin(async (tx) => {
      await raise(tx as never, REVIEWER)
      raised()
      await held
    })
    await underWay
    for (let round = 0; round < 3; round++) {
      await raise(world.db.ownerSql, CODER)
      await sweep.once()
      expect([watched.wakes, other.wakes]).toEqual([0, round + 1])
      await other.catchUp()
    }
    commit()
    await slow
    await sweep.once()
    expect([watched.wakes, other.wakes]).toEqual([1, 3])
    await watched.catchUp()
    // What is told twice moves nobody a second time.
    await sweep.once()
    await sweep.once()
    expect([watched.wakes, other.wakes]).toEqual([1, 3])
    watched.leave()
    other.leave()
  })

  it('shows each organisation its own alone: what is asked under another is gone', async () => {
    const claims = world.claims.get(CODER)!
    const wakes: string[] = []
    const at = (orgId: string, streamId: string, name: string) =>
      hub.add({
        orgId,
        streamId,
        memberId: memberId(world, CODER),
        sessionId: claims.sessionId,
        position: () => Number.POSITIVE_INFINITY,
        epoch: () => '',
        wake: () => void wakes.push(name),
      })
    at(orgOf(CODER), charts.lakeside.chartId, 'a chart of another organisation')
    at(orgOf(LAKESIDE), charts.lakeside.chartId, 'a sign-in of another organisation')
    await sweep.once()
    expect(wakes.sort()).toEqual(['a chart of another organisation', 'a sign-in of another organisation'])
    const rows = await world.db.database.outsideOrganisations<{ of: string; isNow: string | null }[]>`
      select of, is_now from live_changes(now(), null, ${orgOf(CODER)}, '0', ${charts.lakeside.chartId}, '1.0.0.0', '', '')
      where of = 'LOG'`
    expect(rows.map((row) => ({ ...row }))).toEqual([{ of: 'LOG', isNow: null }])
    // Nothing of the organisation stays with the connection.
    const [after] = await world.db.database.outsideOrganisations<{ n: number }[]>`select count(*)::int as n from chart`
    expect(after!.n).toBe(0)
  })
})

/** The connection itself, and how often something was asked of it. */
function counted(database: Database, asked: () => void): Database['outsideOrganisations'] {
  return new Proxy(database.outsideOrganisations, {
    apply(target, self, args) {
      asked()
      return Reflect.apply(target as never, self, args) as unknown
    },
  })
}
