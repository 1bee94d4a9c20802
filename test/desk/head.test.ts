import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deskHead } from '../../server/live/deskHead.store.js'
import { type AddedChart, addChart, type ChartWorld, chartWorld, memberId } from '../support/charts.js'

const FULL = 'coder@demo.test'
const EMPTY = 'coder2@demo.test'

/** Where an inbox stands is asked each second for each one that is followed: it costs the same whatever is in it. */
describe('where an inbox stands', () => {
  let world: ChartWorld
  const charts: AddedChart[] = []
  beforeAll(async () => {
    world = await chartWorld()
    for (let i = 0; i < 12; i++) charts.push(await addChart(world, {}))
    const { ownerSql } = world.db
    await ownerSql`
      insert into inbox_item (org_id, id, member_id, kind, chart_id, at)
      select ${orgId()}, gen_random_uuid(), ${memberId(world, FULL)}, 'CHART_ASSIGNED', c.id, now() + i * interval '1 second'
      from chart c, generate_series(1, 40) i`
  })
  afterAll(() => world.close())

  const orgId = (): string => world.demo.harbor.organisationId
  const head = (email: string): Promise<string> =>
    world.db.database.read(orgId(), (tx) => deskHead(tx, orgId(), memberId(world, email)))

  /** Pages that the database touches for it, whatever they are of: work, and not time. */
  async function pages(email: string): Promise<number> {
    return world.db.database.read(orgId(), async (tx) => {
      // Once before: what is looked up once in a connection is not counted.
      await deskHead(tx, orgId(), memberId(world, email))
      const [row] = await tx<Record<string, [{ Plan: Record<string, number> }]>[]>`
        explain (analyze, buffers, format json) select desk_head(${orgId()}, ${memberId(world, email)})`
      const { Plan } = Object.values(row!)[0]![0]
      return Plan['Shared Hit Blocks']! + Plan['Shared Read Blocks']!
    })
  }

  it('is told without reading its entries or their charts', async () => {
    const [row] = await world.db.ownerSql<{ n: number }[]>`
      select count(*)::int as n from inbox_item where member_id = ${memberId(world, FULL)}`
    expect(row!.n).toBe(480)
    // A page for each of a hundred entries, their charts and patients would be some hundreds.
    expect(await pages(FULL)).toBeLessThan(40)
    // And a day later what is left is what was noted since.
    await world.db.ownerSql`update desk_change set at = now() - interval '25 hours'`
    await world.db.database.outsideOrganisations`select forget_desk_changes()`
    expect((await world.db.ownerSql`select from desk_change`).length).toBe(0)
    await world.db.ownerSql`vacuum desk_change`
    expect((await pages(FULL)) - (await pages(EMPTY))).toBeLessThan(5)
  })

  it('is another after whatever can change what the inbox shows, and for nobody else', async () => {
    const { ownerSql } = world.db
    const chartId = charts[0]!.chartId
    const member = memberId(world, FULL)
    const changes = [
      () => ownerSql`
        insert into inbox_item (org_id, id, member_id, kind, chart_id, at)
        values (${orgId()}, ${randomUUID()}, ${member}, 'CHART_ASSIGNED', ${chartId}, now())`,
      () => ownerSql`update inbox_item set read_at = now() where id = (
        select id from inbox_item where member_id = ${member} and read_at is null limit 1)`,
      () => ownerSql`update chart set status = 'SUBMITTED' where id = ${chartId}`,
      () => ownerSql`update chart set access_epoch = access_epoch + 1 where id = ${chartId}`,
      () => ownerSql`update chart set restricted = true where id = ${chartId}`,
      () => ownerSql`update patient set access_epoch = access_epoch + 1 where id = ${charts[0]!.patientId}`,
    ]
    const seen = new Set([await head(FULL)])
    const other = await head(EMPTY)
    for (const [i, change] of changes.entries()) {
      await change()
      seen.add(await head(FULL))
      expect(seen.size, String(i)).toBe(i + 2)
    }
    expect(await head(EMPTY)).toBe(other)
    // What no inbox shows is noted for none.
    await ownerSql`update chart set total_charges_cents = 5, order_version = order_version + 1 where id = ${chartId}`
    expect(seen.has(await head(FULL))).toBe(true)
  })

  it('is another too after a commit that comes later than those that began after it', async () => {
    const { ownerSql } = world.db
    const add = (sql: typeof ownerSql) => sql`
      insert into inbox_item (org_id, id, member_id, kind, chart_id, at)
      values (${orgId()}, ${randomUUID()}, ${memberId(world, FULL)}, 'CHART_ASSIGNED', ${charts[1]!.chartId}, now())`
    let between = ''
    await ownerSql.begin(async (sql) => {
      await add(sql as never)
      await add(ownerSql)
      between = await head(FULL)
    })
    expect(await head(FULL)).not.toBe(between)
  })
})
