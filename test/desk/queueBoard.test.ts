import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { QueueBoardRow } from '../../schema/desk.js'
import { assignChart } from '../../server/charts/assignChart.command.js'
import { claimChart } from '../../server/charts/claimChart.command.js'
import { pendChart } from '../../server/charts/pendChart.command.js'
import { releaseChart } from '../../server/charts/releaseChart.command.js'
import { addChart, type ChartWorld, chartWorld, memberId, requestAs } from '../support/charts.js'
import { boardOf, command, DeskFollower, folded, fresh } from './deskSupport.js'

const CODER = 'coder@demo.test'
const SUPERVISOR = 'supervisor@demo.test'

let world: ChartWorld
beforeAll(async () => {
  world = await chartWorld(new Date('2026-06-10T15:00:00Z'))
})
afterAll(() => world.close())

const rowOf = (rows: readonly QueueBoardRow[], queue: string | null, facility: string): QueueBoardRow | undefined =>
  rows.find((row) => (row.queue?.name ?? null) === queue && row.facility?.name.startsWith(facility))

describe('the board', () => {
  it('counts by status, age, what is due, owner and dollars', async () => {
    const now = world.clock.now()
    const in3Days = await addChart(world, { facility: 'north', totalChargesCents: 3_000_000_000 })
    await addChart(world, { facility: 'north', totalChargesCents: 100 })
    await addChart(world, { facility: 'south', queue: null, totalChargesCents: 7 })
    await addChart(world, { facility: 'north', restricted: true, totalChargesCents: 1 })
    await addChart(world, { facility: 'north', status: 'EXPORTED', totalChargesCents: 1 })
    await claimChart(requestAs(world, CODER), { ...command(), chartId: in3Days.chartId })
    await pendChart(requestAs(world, CODER), {
      ...command(),
      chartId: in3Days.chartId,
      reason: 'PHYSICIAN_QUERY',
      due: '2026-06-11',
    } as never)
    const rows = await boardOf(world, SUPERVISOR)
    expect(rowOf(rows, 'Inpatient', 'North')).toMatchObject({
      charts: 2,
      statuses: [
        { status: 'READY', charts: 1 },
        { status: 'PENDED', charts: 1 },
      ],
      ages: [{ fromDays: 0, toDays: 0, charts: 2 }],
      oldestReceivedAt: now,
      dueToday: 0,
      overdue: 0,
      owners: [{ member: { id: memberId(world, CODER), displayName: 'Dana Whitfield' }, charts: 1 }],
      totalChargesCents: 3_000_000_100,
    })
    expect(rowOf(rows, null, 'South')).toMatchObject({ charts: 1, totalChargesCents: 7 })
    // No money for whoever only codes, and no worklist that their teams do not work.
    const own = await boardOf(world, CODER)
    expect(own.map((row) => row.totalChargesCents)).toEqual([null])
    expect(own[0]!.masked).toEqual([{ field: 'totalChargesCents', reason: 'CLASS' }])
    expect(own[0]!.charts).toBe(2)
    for (const account of ['auditor@demo.test', 'compliance@demo.test', 'privacy@demo.test', 'admin@demo.test'])
      expect(await boardOf(world, account)).toEqual([])
    await expect(DeskFollower.on(world, 'admin@demo.test', 'queueBoard')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('follows the clock of the facility: what is due, overdue, and how old', async () => {
    const board = await DeskFollower.on(world, SUPERVISOR, 'queueBoard')
    await board.until(({ items }) => items.length > 0)
    world.clock.advance(86_400_000)
    expect(rowOf(await boardOf(world, SUPERVISOR), 'Inpatient', 'North')).toMatchObject({
      ages: [{ fromDays: 1, toDays: 1 }],
      dueToday: 1,
      overdue: 0,
      owners: [{ charts: 1, dueToday: 1, overdue: 0 }],
    })
    world.clock.advance(86_400_000)
    expect(rowOf(await boardOf(world, SUPERVISOR), 'Inpatient', 'North')).toMatchObject({
      ages: [{ fromDays: 2, toDays: 3 }],
      dueToday: 0,
      overdue: 1,
    })
    world.hub.wakeAll()
    await board.until(async (it) => it.folded === folded(await fresh(world, SUPERVISOR, 'queueBoard')))
    await board.stop()
  })

  it('tells what changes and nothing else, as it happens', async () => {
    const chart = await addChart(world, { facility: 'south', queue: 'Emergency and clinic' })
    const board = await DeskFollower.on(world, SUPERVISOR, 'queueBoard')
    await board.until(({ items }) => items.length === 1)
    await claimChart(requestAs(world, CODER), { ...command(), chartId: chart.chartId })
    await board.until(({ items }) => items.length === 2)
    expect(board.items[1]).toMatchObject({
      __typename: 'QueueBoardChanged',
      goneIds: [],
      rows: [{ queue: { name: 'Emergency and clinic' }, statuses: [{ status: 'IN_CODING', charts: 1 }] }],
    })
    await releaseChart(requestAs(world, CODER), { ...command(), chartId: chart.chartId })
    await assignChart(requestAs(world, SUPERVISOR), {
      ...command(),
      chartId: chart.chartId,
      memberId: memberId(world, 'coder2@demo.test'),
      part: 'CODER_OF_RECORD',
      reason: 'WORKLOAD',
    } as never)
    await board.until(({ folded: shown }) => shown.includes('Marcus Okafor'))
    expect(board.folded).toBe(folded(await fresh(world, SUPERVISOR, 'queueBoard')))
    await board.stop()
    expect(world.hub.size).toBe(0)
  })

  it('is found out again by the sweep where every wake-up was lost', async () => {
    const board = await DeskFollower.on(world, SUPERVISOR, 'queueBoard')
    await board.until(({ items }) => items.length === 1)
    const { ownerSql } = world.db
    await ownerSql`update chart set total_charges_cents = 999 where queue_id is null`
    await board.until(({ folded: shown }) => shown.includes('"totalChargesCents":999'))
    await board.stop()
  })

  it('ends with its reason, and never shows a facility that was taken away', async () => {
    const { ownerSql } = world.db
    const supervisor = memberId(world, SUPERVISOR)
    const board = await DeskFollower.on(world, SUPERVISOR, 'queueBoard')
    await board.until(({ items }) => items.length === 1)
    const south = world.demo.harbor.facilities.south!
    await ownerSql.begin(async (sql) => {
      await sql`delete from member_facility where member_id = ${supervisor} and facility_id = ${south}`
      await sql`update member set access_epoch = access_epoch + 1 where id = ${supervisor}`
    })
    await board.until(({ rows }) => [...rows.values()].every((row) => !JSON.stringify(row).includes('South')))
    await ownerSql.begin(async (sql) => {
      await sql`update member set roles = '{AUDITOR}', access_epoch = access_epoch + 1 where id = ${supervisor}`
    })
    await board.over
    expect(board.end).toBe('NO_LONGER_VISIBLE')
    const coders = await DeskFollower.on(world, CODER, 'queueBoard')
    await coders.until(({ items }) => items.length === 1)
    await ownerSql`delete from auth_session where id = ${world.claims.get(CODER)!.sessionId}`
    await coders.over
    expect(coders.end).toBe('SIGNED_OUT')
    expect(world.hub.size).toBe(0)
  })
})
