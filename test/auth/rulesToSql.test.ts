import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { abilityFrom, allows, type Rule } from '../../server/auth/rules.js'
import { accessibleBy } from '../../server/auth/rulesToSql.js'
import { CHART_ENTITY } from '../../server/charts/chartList.store.js'
import { chart as chartTable } from '../../server/charts/charts.table.js'
import type { Tx } from '../../server/db/pool.js'
import { addChart, type ChartWorld, chartWorld } from '../support/charts.js'

const DAY = 86_400_000
const START = new Date('2026-03-01T00:00:00Z')
const STATUSES = ['READY', 'IN_CODING', 'PENDED', 'SUBMITTED'] as const
const PARTS = ['CODER_OF_RECORD', 'SECOND_LOOK', 'AUDITOR', 'CDI'] as const
const PAYERS = ['alpha', 'Beta', 'gamma', '', 'B', 'b', "o'b\\x", 'é']

interface Row extends Record<string, unknown> {
  id: string
  orgId: string
}

/** Charts of both organisations with their assignments, as rules in memory see them. */
describe('a rule in SQL and in memory', () => {
  let world: ChartWorld
  let rows: Row[]
  let facilities: string[]
  let queues: string[]
  let people: string[]
  const dialect = new PgDialect()

  beforeAll(async () => {
    world = await chartWorld()
    const { harbor, lakeside } = world.demo
    facilities = [...Object.values(harbor.facilities), ...Object.values(lakeside.facilities)]
    queues = [...Object.values(harbor.queues), ...Object.values(lakeside.queues)]
    people = ['coder@demo.test', 'coder2@demo.test', 'reviewer@demo.test'].map((e) => harbor.members[e]!.memberId)
    for (let i = 0; i < 60; i++) {
      const organisation = i % 4 === 3 ? 'lakeside' : 'harbor'
      const { chartId } = await addChart(world, {
        organisation,
        facility: organisation === 'lakeside' ? 'lake' : i % 2 ? 'north' : 'south',
        queue: i % 5 === 0 ? null : 'Inpatient',
        status: STATUSES[i % 4]!,
        restricted: i % 7 === 0,
        payer: i % 6 === 0 ? null : PAYERS[i % PAYERS.length]!,
        dischargedAt: i % 5 === 1 ? null : new Date(START.getTime() + i * DAY + i),
        serviceDate: i % 3 ? `2026-03-${String(1 + (i % 28)).padStart(2, '0')}` : null,
        totalChargesCents: i % 4 ? (i % 7) * 1_000_000_000_000 : null,
        documents: [],
      })
      const ids = organisation === 'lakeside' ? [lakeside.members['lakeside@demo.test']!.memberId] : people
      await world.db.ownerSql`
        update chart set order_version = ${i % 6}, coder_of_record_id = ${i % 3 ? null : ids[i % ids.length]!} where id = ${chartId}`
      for (let k = 0; k < i % 4; k++)
        await world.db.ownerSql`insert into assignment ${world.db.ownerSql({
          orgId: world.demo[organisation].organisationId,
          id: randomUUID(),
          chartId,
          memberId: ids[(i + k) % ids.length]!,
          part: PARTS[(i * k) % 4]!,
          startedAt: START,
          until: k % 2 ? new Date(START.getTime() + i * DAY) : null,
          endedAt: (i + k) % 3 ? null : START,
        })}`
    }
    rows = (await Promise.all([harbor, lakeside].map(({ organisationId }) => rowsOf(organisationId)))).flat()
    expect(rows).toHaveLength(60)
  })
  afterAll(() => world.close())

  const rowsOf = (orgId: string): Promise<Row[]> =>
    world.db.database.read(orgId, async (tx) => {
      const [charts, assignments] = [await tx<Row[]>`select * from chart`, await tx<Row[]>`select * from assignment`]
      return charts.map((c) => ({ ...c, assignments: assignments.filter((a) => a.chartId === c.id) }))
    })
  const idsIn = async (tx: Tx, where: SQL): Promise<string[]> => {
    const query = dialect.sqlToQuery(sql`select ${chartTable.id} as id from ${chartTable} where ${where}`)
    const found = await tx.unsafe(query.sql, query.params as never[])
    return found.map((row) => String(row.id)).sort()
  }
  const idsOf = (list: readonly Row[]): string[] => list.map((row) => row.id).sort()

  it('gives the same charts, and under row level security those of the one organisation', async () => {
    let telling = 0
    await fc.assert(
      fc.asyncProperty(fc.array(ruleOf(), { minLength: 1, maxLength: 5 }), async (drawn) => {
        const ability = abilityFrom(drawn.map(resolve))
        const where = accessibleBy(ability, 'read', CHART_ENTITY)
        const want = rows.filter((row) => allows(ability, 'read', 'Chart', row))
        for (const { organisationId } of [world.demo.harbor, world.demo.lakeside]) {
          const got = await world.db.database.read(organisationId, (tx) => idsIn(tx, where))
          expect(got).toEqual(idsOf(want.filter((row) => row.orgId === organisationId)))
        }
        if (want.length > 0 && want.length < rows.length) telling++
      }),
      { numRuns: 400 },
    )
    // A generator of rules that allow all or nothing would prove nothing.
    expect(telling).toBeGreaterThan(100)
  }, 120_000)

  it('gives no chart at all to a connection without an organisation', async () => {
    const everything = abilityFrom([{ action: 'read', subject: 'Chart', conditions: { id: { $exists: true } } }])
    const where = accessibleBy(everything, 'read', CHART_ENTITY)
    expect(await idsIn(world.db.ownerSql as unknown as Tx, where)).toHaveLength(60)
    expect(await idsIn(world.db.database.outsideOrganisations as unknown as Tx, where)).toEqual([])
    expect(await world.db.database.read(randomUUID(), (tx) => idsIn(tx, where))).toEqual([])
  })

  // ---- random rules; ids are drawn as places in a list that exists only after the set-up ---------------------------

  const facility = fc.nat({ max: 2 }).map((i) => () => facilities[i]!)
  const queue = fc.nat({ max: 2 }).map((i) => () => queues[i]!)
  const person = fc.nat({ max: 2 }).map((i) => () => people[i]!)
  const oddId = fc.constantFrom('------------------------------------', 'x', '')
  const shouting = person.map((p) => () => p().toUpperCase())
  const time = fc.integer({ min: -2, max: 62 }).map((i) => new Date(START.getTime() + i * DAY + i))

  function operators(value: fc.Arbitrary<unknown>, ordered: boolean): fc.Arbitrary<object> {
    const orNull = fc.option(value, { freq: 5 })
    return fc.oneof(
      fc.record({ $eq: orNull }),
      fc.record({ $ne: orNull }),
      fc.record({ $in: fc.array(orNull, { maxLength: 3 }) }),
      fc.record({ $nin: fc.array(orNull, { maxLength: 3 }) }),
      fc.record({ $exists: fc.boolean() }),
      value.map((v) => ({ $not: { $eq: v } })),
      ...(ordered ? (['$lt', '$lte', '$gt', '$gte'] as const).map((op) => value.map((v) => ({ [op]: v }))) : []),
      ...(ordered ? [fc.tuple(value, value).map(([a, b]) => ({ $gte: a, $lt: b }))] : []),
    )
  }

  const on = (field: string, value: fc.Arbitrary<unknown>, ordered = false): fc.Arbitrary<object> =>
    operators(value, ordered).map((condition) => ({ [field]: condition }))

  function atom(): fc.Arbitrary<object> {
    const inAssignment = fc.oneof(
      on('part', fc.constantFrom(...PARTS, 'NO_PART')),
      on('memberId', person),
      on('until', time, true),
      on('endedAt', time, true),
      fc.tuple(on('memberId', person), on('endedAt', time)).map(([a, b]) => ({ ...a, ...b })),
    )
    return fc.oneof(
      on('orderVersion', fc.integer({ min: -1, max: 7 }), true),
      on(
        'totalChargesCents',
        fc.integer({ min: -1, max: 7 }).map((n) => n * 1_000_000_000_000),
        true,
      ),
      on('payer', fc.constantFrom(...PAYERS), true),
      on('dischargedAt', time, true),
      on('serviceDate', fc.constantFrom('2026-03-05', '2026-03-14', '2026-02-30', 'soon'), true),
      on('restricted', fc.boolean()),
      on('status', fc.constantFrom(...STATUSES, 'NO_STATUS')),
      on('facilityId', facility),
      on('queueId', fc.oneof(queue, oddId)),
      on('coderOfRecordId', fc.oneof(person, shouting, oddId)),
      on('assignments.part', fc.constantFrom(...PARTS)),
      on('assignments.memberId', person),
      on('assignments.until', time),
      inAssignment.map((condition) => ({ assignments: { $elemMatch: condition } })),
      // Of another type than the column's: no row, and no error.
      on('orderVersion', fc.constantFrom('1', 'x'), true),
      on('payer', fc.integer(), true),
    )
  }

  function condition(): fc.Arbitrary<object> {
    const list = (tie: fc.Arbitrary<object>) => fc.array(tie, { minLength: 1, maxLength: 3 })
    return fc.letrec<{ any: object }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        atom(),
        list(tie('any')).map(($and) => ({ $and })),
        list(tie('any')).map(($or) => ({ $or })),
        list(tie('any')).map(($nor) => ({ $nor })),
        fc.tuple(atom(), atom()).map(([a, b]) => ({ ...a, ...b })),
      ),
    })).any
  }

  function ruleOf(): fc.Arbitrary<Rule> {
    return fc.record({
      action: fc.constantFrom<Rule['action']>('read', 'read', 'claim', ['claim', 'read']),
      subject: fc.constant('Chart'),
      inverted: fc.boolean(),
      conditions: condition() as fc.Arbitrary<Rule['conditions']>,
    })
  }

  const resolve = (rule: Rule): Rule => resolved(rule) as Rule
})

function resolved(value: unknown): unknown {
  if (typeof value === 'function') return (value as () => unknown)()
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  if (Array.isArray(value)) return value.map(resolved)
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, resolved(v)]))
}
