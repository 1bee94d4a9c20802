import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assignChart, unassignChart } from '../../server/charts/assignChart.command.js'
import { claimChart } from '../../server/charts/claimChart.command.js'
import { pendChart } from '../../server/charts/pendChart.command.js'
import { releaseChart } from '../../server/charts/releaseChart.command.js'
import { unpendChart } from '../../server/charts/unpendChart.command.js'
import { markInboxRead } from '../../server/desk/markInboxRead.command.js'
import { WAKER } from '../../server/live/wake.js'
import { addComment } from '../../server/review/addComment.command.js'
import { returnChart } from '../../server/submissions/returnChart.command.js'
import {
  type AddedChart,
  addChart,
  type ChartFacts,
  type ChartWorld,
  chartWorld,
  memberId,
  requestAs,
} from '../support/charts.js'
import { boardOf, command, type Desk, DeskFollower, folded, fresh, inboxOf } from './deskSupport.js'

/** Whatever happens: what was delivered, folded, is what is there; and of what is hidden from somebody nothing comes. */

const CODERS = ['coder@demo.test', 'coder2@demo.test'] as const
const SUPERVISOR = 'supervisor@demo.test'
const WATCHED: readonly (readonly [string, Desk])[] = [
  ...[SUPERVISOR, ...CODERS, 'cdi@demo.test', 'lakeside@demo.test'].map((who) => [who, 'queueBoard'] as const),
  ...[SUPERVISOR, ...CODERS, 'cdi@demo.test', 'reviewer@demo.test', 'privacy@demo.test', 'lakeside@demo.test'].map(
    (who) => [who, 'inbox'] as const,
  ),
]
const PLACES: readonly ChartFacts[] = [
  { facility: 'north', totalChargesCents: 100 },
  { facility: 'south', queue: 'Emergency and clinic', totalChargesCents: 20_000 },
  { facility: 'south', queue: null },
  { facility: 'north', restricted: true, totalChargesCents: 3 },
  { facility: 'north', identityHold: true },
  { organisation: 'lakeside' },
]

let world: ChartWorld
const charts: AddedChart[] = []
beforeAll(async () => {
  world = await chartWorld(new Date('2026-06-10T15:00:00Z'))
  for (const facts of PLACES) charts.push(await addChart(world, facts))
})
afterAll(() => world.close())

type Step = (typeof STEPS)[number]
const STEPS = [
  'claim',
  'release',
  'pend',
  'unpend',
  'assign',
  'unassign',
  'comment',
  'return',
  'read',
  'receive',
  'hour',
  'day',
  'ungrant',
  'grant',
  'restrict',
  'charge',
  'export',
] as const

interface Drawn {
  readonly step: Step
  readonly chart: number
  readonly who: number
}

/** Refusals are a part of any history. */
async function take({ step, chart: at, who }: Drawn): Promise<void> {
  const chart = charts[at % charts.length]!
  const { chartId } = chart
  const { ownerSql } = world.db
  const account = at % charts.length === 5 ? 'lakeside@demo.test' : CODERS[who % 2]!
  const as = requestAs(world, account)
  const supervising = requestAs(world, SUPERVISOR)
  const base = { ...command(), chartId }
  const everybody = [...world.claims.keys()].map((it) => memberId(world, it))
  const member = memberId(world, [...CODERS, 'reviewer@demo.test', 'cdi@demo.test'][who % 4]!)
  const part = (['CODER_OF_RECORD', 'CODER_OF_RECORD', 'SECOND_LOOK', 'CDI'] as const)[who % 4]!
  const assignment = { ...base, memberId: member, part, reason: 'WORKLOAD' } as never
  const { access, stream } = world.services.get(WAKER)
  const org = world.demo.harbor.organisationId
  const supervisor = memberId(world, SUPERVISOR)
  const south = world.demo.harbor.facilities.south!
  const done: Readonly<Record<Step, () => Promise<unknown>>> = {
    claim: () => claimChart(as, base),
    release: () => releaseChart(as, base),
    pend: async () => pendChart(as, { ...base, reason: 'PHYSICIAN_QUERY', due: nextDays(who % 3) } as never),
    unpend: () => unpendChart(as, base),
    assign: () => assignChart(supervising, assignment),
    unassign: () => unassignChart(supervising, assignment),
    comment: async () => addComment(as, { ...base, body: 'Look.', mentionIds: everybody.slice(0, 20) }),
    return: async () => returnChart(supervising, { ...base, note: 'Look again.' }),
    async read() {
      const items = await inboxOf(world, account)
      if (items.length > 0) await markInboxRead(as, { ...command(), itemIds: [items[who % items.length]!.id] })
    },
    async receive() {
      if (charts.length < 30) charts.push(await addChart(world, PLACES[at % PLACES.length]))
    },
    async hour() {
      world.clock.advance(3_600_000)
      world.hub.wakeAll()
    },
    async day() {
      world.clock.advance(86_400_000)
      world.hub.wakeAll()
    },
    async ungrant() {
      await ownerSql.begin(async (sql) => {
        await sql`delete from member_facility where member_id = ${supervisor} and facility_id = ${south}`
        await sql`update member set access_epoch = access_epoch + 1 where id = ${supervisor}`
      })
      access(org)
    },
    async grant() {
      await ownerSql.begin(async (sql) => {
        await sql`insert into member_facility (org_id, member_id, facility_id) values (${org}, ${supervisor}, ${south})
          on conflict do nothing`
        await sql`update member set access_epoch = access_epoch + 1 where id = ${supervisor}`
      })
      access(org)
    },
    async restrict() {
      await ownerSql`update chart set restricted = not restricted, access_epoch = access_epoch + 1 where id = ${chartId}`
      access(org)
    },
    async charge() {
      await ownerSql`update chart set total_charges_cents = ${who * 7} where id = ${chartId}`
      stream(org, chartId)
    },
    async export() {
      await ownerSql`update chart set status = 'EXPORTED' where id = ${chartId} and status = 'READY'`
      stream(org, chartId)
    },
  }
  await done[step]().catch((error: { code?: string }) => {
    if (!['NOT_FOUND', 'FORBIDDEN', 'BAD_INPUT'].includes(error.code ?? '')) throw error
  })
}

const nextDays = (days: number): string =>
  new Date(world.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10)

const drawn = fc.record({ step: fc.constantFrom(...STEPS), chart: fc.nat(29), who: fc.nat(11) })
/** Several at once; and somebody whose connection breaks meanwhile, and who comes back. */
const moment = fc.record({
  together: fc.array(drawn, { minLength: 1, maxLength: 3 }),
  cut: fc.option(fc.nat(WATCHED.length - 1)),
})

describe('after any history', () => {
  it('LV34: snapshot and changes, folded, are what is there, for everybody, whoever reconnected', async () => {
    let delivered = 0
    await fc.assert(
      fc.asyncProperty(fc.array(moment, { minLength: 4, maxLength: 12 }), async (history) => {
        const followers = await Promise.all(
          WATCHED.map(async ([who, desk]) => ({ who, desk, follower: await DeskFollower.on(world, who, desk) })),
        )
        for (const { together, cut } of history)
          await Promise.all([...together.map(take), ...(cut === null ? [] : [reconnect(followers[cut]!)])])
        for (const { who, desk, follower } of followers) {
          // Where it is so at last; a follower that never gets there runs into the end of the test's time.
          await follower.until(async (it) => it.items.length > 0 && it.folded === folded(await fresh(world, who, desk)))
          delivered += follower.items.length
        }
        await counted()
        for (const { follower } of followers) await follower.stop()
        expect(world.hub.size).toBe(0)
      }),
      { numRuns: 12, endOnFailure: true },
    )
    expect(delivered).toBeGreaterThan(WATCHED.length * 12)
    expect(world.errors).toEqual([])
  }, 240_000)

  /** There is no cursor: whoever comes back is shown all there is (LV35). */
  async function reconnect(of: { who: string; desk: Desk; follower: DeskFollower }): Promise<void> {
    await of.follower.stop()
    of.follower = await DeskFollower.on(world, of.who, of.desk)
  }

  /** What the design says of boards, counted from the rows without any rule of the product. */
  async function counted(): Promise<void> {
    for (const who of [SUPERVISOR, ...CODERS]) {
      const supervises = who === SUPERVISOR
      const rows = await world.db.ownerSql<{ id: string; charts: number; owned: number; cents: number }[]>`
        select coalesce(c.queue_id::text, 'none') || '.' || c.facility_id as id, count(*)::int as charts,
          count(*) filter (where c.coder_of_record_id is not null and c.status in ('IN_CODING', 'PENDED', 'REOPENED'))::int
            as owned,
          coalesce(sum(c.total_charges_cents), 0)::float8 as cents
        from chart c join member_facility f on f.facility_id = c.facility_id and f.member_id = ${memberId(world, who)}
        where not c.restricted and c.deleted_at is null and c.status <> 'EXPORTED' and (${supervises} or c.queue_id in (
          select q.queue_id from queue_team q join team_member t on t.team_id = q.team_id
          where t.member_id = ${memberId(world, who)}))
        group by 1`
      const board = await boardOf(world, who)
      expect(
        board.map((row) => ({
          id: row.id,
          charts: row.charts,
          owned: row.owners.reduce((sum, owner) => sum + owner.charts, 0),
          cents: row.totalChargesCents,
        })),
      ).toEqual(
        rows.map((row) => ({ ...row, cents: supervises ? row.cents : null })).sort((a, b) => (a.id < b.id ? -1 : 1)),
      )
      for (const row of board) {
        expect(row.statuses.reduce((sum, it) => sum + it.charts, 0)).toBe(row.charts)
        expect(row.ages.reduce((sum, it) => sum + it.charts, 0)).toBe(row.charts)
      }
    }
  }
})

describe('of what is hidden', () => {
  it('LV36: nothing comes: neither a row, nor a count, nor an empty word', async () => {
    const { ownerSql } = world.db
    const seen = await addChart(world, { facility: 'north' })
    const restricted = await addChart(world, { facility: 'north', restricted: true, coder: CODERS[0] })
    const open = await addChart(world, { facility: 'north', coder: CODERS[0] })
    const lake = await addChart(world, { organisation: 'lakeside', coder: 'lakeside@demo.test' })
    const mentionIds = [...world.claims.keys()].map((it) => memberId(world, it)).slice(0, 20)
    const hidden = [
      () => pendChart(requestAs(world, CODERS[0]), { ...of(restricted), reason: 'PHYSICIAN_QUERY' } as never),
      () => unpendChart(requestAs(world, CODERS[0]), of(restricted)),
      () => addComment(requestAs(world, CODERS[0]), { ...of(restricted), body: 'Look.', mentionIds }),
      // Seen by supervisors and colleagues as a chart, and not what is said on it.
      () => addComment(requestAs(world, CODERS[0]), { ...of(open), body: 'Look.', mentionIds }),
      () => pendChart(requestAs(world, 'lakeside@demo.test'), { ...of(lake), reason: 'PHYSICIAN_QUERY' } as never),
      () => ownerSql`update chart set total_charges_cents = 12345 where id = ${restricted.chartId}`,
    ] as const
    const viewers = WATCHED.filter(([who]) => who !== CODERS[0] && who !== 'lakeside@demo.test')
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(hidden.length - 1), { minLength: 1, maxLength: 6 }), async (steps) => {
        const followers = await Promise.all(
          viewers.map(async ([who, desk]) => ({ who, desk, follower: await DeskFollower.on(world, who, desk) })),
        )
        for (const { follower } of followers) await follower.until(({ items }) => items.length === 1)
        for (const step of steps) await hidden[step]!()
        for (const { who, desk, follower } of followers)
          expect(folded(await fresh(world, who, desk)), `${who} ${desk}`).toBe(follower.folded)
        // Then something that the boards show: it is the first that is told after their snapshots.
        await ownerSql`update chart set status = case status when 'READY' then 'SUBMITTED' else 'READY' end
          where id = ${seen.chartId}`
        world.hub.wakeAll()
        for (const { desk, follower } of followers) {
          if (desk === 'queueBoard') await follower.until(({ items }) => items.length > 1)
          expect(follower.items.length).toBe(desk === 'queueBoard' ? 2 : 1)
          await follower.stop()
        }
      }),
      { numRuns: 8, endOnFailure: true },
    )
  }, 120_000)

  it('money is no reason to tell whoever sees none', async () => {
    const chart = await addChart(world, { facility: 'north' })
    const [coder, supervisor] = await Promise.all([
      DeskFollower.on(world, CODERS[0], 'queueBoard'),
      DeskFollower.on(world, SUPERVISOR, 'queueBoard'),
    ])
    await coder.until(({ items }) => items.length === 1)
    await supervisor.until(({ items }) => items.length === 1)
    await world.db.ownerSql`update chart set total_charges_cents = 987654 where id = ${chart.chartId}`
    world.hub.wakeAll()
    await supervisor.until(({ items }) => items.length === 2)
    await claimChart(requestAs(world, 'coder2@demo.test'), of(chart))
    await coder.until(({ items }) => items.length === 2)
    expect(JSON.stringify(coder.items)).not.toContain('987654')
    // The first that the coder is told is the claim.
    const before = (coder.items[0] as { rows: readonly { id: string; owners: readonly object[] }[] }).rows
    const [changed] = (coder.items[1] as { rows: readonly { id: string; owners: readonly object[] }[] }).rows
    expect(changed!.owners).not.toEqual(before.find((row) => row.id === changed!.id)?.owners)
    await Promise.all([coder.stop(), supervisor.stop()])
  })
})

const of = (chart: AddedChart) => ({ ...command(), chartId: chart.chartId })
