import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChartFilter } from '../../schema/inputs.js'
import { CHART_SORTS, type ChartSort } from '../../schema/values.js'
import { createPageCursors, PAGE_CURSORS } from '../../server/auth/pageCursor.js'
import type { Session } from '../../server/auth/session.js'
import { ROLES, type Role, type Viewer } from '../../server/auth/viewer.js'
import { findCharts } from '../../server/charts/chart.store.js'
import { isVisible, sightOn } from '../../server/charts/chartAccess.js'
import { listCharts } from '../../server/charts/listCharts.query.js'
import { addChart, type ChartWorld, chartWorld } from '../support/charts.js'

const NOW = new Date('2026-04-01T12:00:00Z')
const PARTS = ['CODER_OF_RECORD', 'SECOND_LOOK', 'AUDITOR', 'CDI'] as const
const STATUSES = ['READY', 'IN_CODING', 'PENDED', 'SUBMITTED', 'REOPENED', 'EXPORTED'] as const

/** A chart as the oracle sees it: what was written, not what the product reads. */
interface Fact {
  readonly id: string
  readonly facility: string
  readonly queue: string | null
  readonly restricted: boolean
  readonly identityHold: boolean
  readonly coder: string | null
  /** The coder's time has not run out: it runs in coding alone. */
  readonly codes: boolean
  readonly account: string
  readonly charges: number | null
  readonly received: number
  readonly discharged: number | null
  readonly assigned: readonly { person: string; part: (typeof PARTS)[number]; inForce: boolean }[]
}

/**
 * Who sees that a chart exists: design.md section 3, written down a second time and by itself. Queue colleagues see the
 * work and the account of a chart of theirs whoever codes it; only people on a chart, and the privacy officers who put
 * them there, see that a restricted one is there.
 */
function oracleSees(viewer: Viewer, chart: Fact): boolean {
  // A part counts in the role that it is held in, and in no other.
  const part = (role: Role, ...names: string[]): boolean =>
    viewer.roles.includes(role) &&
    chart.assigned.some((a) => a.person === viewer.memberId && a.inForce && names.includes(a.part))
  const onIt =
    (viewer.roles.includes('CODER') && chart.coder === viewer.memberId && chart.codes) ||
    part('AUDITOR', 'AUDITOR', 'SECOND_LOOK') ||
    part('CDI', 'CDI')
  if (!viewer.facilityIds.includes(chart.facility)) return false
  if (chart.restricted && !onIt && !viewer.roles.includes('PRIVACY_OFFICER')) return false
  return viewer.roles.some((role) => {
    switch (role) {
      case 'CODER':
      case 'CDI':
        return onIt || (chart.queue !== null && viewer.queueIds.includes(chart.queue))
      case 'AUDITOR':
      case 'SUPERVISOR':
      case 'COMPLIANCE':
      case 'PRIVACY_OFFICER':
        return true
      case 'PROVIDER':
      case 'ADMIN':
        return false
    }
  })
}

/** The classes, from the same table: what the roles give anywhere, and what a part held in its role adds. */
function oracleClasses(viewer: Viewer, chart: Fact): Set<string> {
  const has = (role: Role): boolean => viewer.roles.includes(role)
  const part = (name: string): boolean =>
    chart.assigned.some((a) => a.person === viewer.memberId && a.inForce && a.part === name)
  const codes = has('CODER') && chart.coder === viewer.memberId && chart.codes
  const audits = has('AUDITOR') && (part('AUDITOR') || part('SECOND_LOOK'))
  const improves = has('CDI') && part('CDI')
  const holds = has('PRIVACY_OFFICER') && chart.identityHold
  const classes = new Set(['OPEN', 'WORK'])
  const add = (when: boolean, ...names: string[]) => when && names.forEach((name) => classes.add(name))
  // To a privacy officer a restricted chart exists, and says no more for any other role of the person.
  const more = !chart.restricted || codes || audits || improves || !has('PRIVACY_OFFICER')
  // Coders and CDI specialists by their worklists, where another role shows them more charts than these.
  const queued = chart.queue !== null && viewer.queueIds.includes(chart.queue)
  const some = ['AUDITOR', 'SUPERVISOR', 'COMPLIANCE'].some((r) => has(r as Role))
  const mine = codes || audits || improves || (queued && (has('CODER') || has('CDI')))
  add((more && (some || mine)) || holds, 'ACCOUNT_REF')
  add(codes || audits || improves, 'IDENTITY', 'CLINICAL')
  add(holds, 'IDENTITY')
  add(audits || (more && has('COMPLIANCE')), 'QUALITY')
  add((improves || (more && (has('SUPERVISOR') || has('COMPLIANCE')))) && !has('PROVIDER'), 'MONEY')
  return classes
}

describe('which charts a viewer sees', () => {
  let world: ChartWorld
  let facts: Fact[]
  let facilities: string[]
  let queues: string[]
  let people: string[]

  beforeAll(async () => {
    world = await chartWorld(NOW)
    world.services.provide(PAGE_CURSORS, createPageCursors(world.db.vault.derive('page cursors')))
    const { harbor } = world.demo
    facilities = Object.values(harbor.facilities)
    queues = Object.values(harbor.queues)
    people = Object.values(harbor.members).map((m) => m.memberId)
    facts = []
    for (const [i, drawn] of fc.sample(chartFacts(), { numRuns: 120, seed: 44 }).entries())
      facts.push(await write(drawn, i))
    await addChart(world, { organisation: 'lakeside', coder: 'lakeside@demo.test', documents: [] })
  })
  afterAll(() => world.close())

  it('the list in SQL, the check in memory and the table of the design are one', async () => {
    let seen = 0
    await fc.assert(
      fc.asyncProperty(viewers(), async (drawn) => {
        const viewer = viewerOf(drawn)
        const want = facts.filter((chart) => oracleSees(viewer, chart))
        await asViewer(viewer, async (session) => {
          const rows = await findCharts(
            session,
            facts.map((f) => f.id),
          )
          expect(rows).toHaveLength(facts.length)
          expect(idsOf(rows.filter((row) => isVisible(session, row)))).toEqual(idsOf(want))
          const list = await listCharts(session, {} as ChartFilter, 'RECEIVED_ASC', 200, null)
          expect(list.totalCount).toBe(want.length)
          expect(idsOf(list.charts.map((c) => c.row))).toEqual(idsOf(want))
          for (const chart of want) {
            const row = rows.find((r) => r.id === chart.id)!
            expect(new Set(sightOn(session, row).classes), JSON.stringify([drawn, chart])).toEqual(
              oracleClasses(viewer, chart),
            )
          }
        })
        seen += want.length
      }),
      { numRuns: 150 },
    )
    expect(seen).toBeGreaterThan(1_000)
  }, 120_000)

  it('pages put together are the whole list, in order, each chart once', async () => {
    await fc.assert(
      fc.asyncProperty(
        viewers(['SUPERVISOR']),
        fc.constantFrom(...CHART_SORTS),
        fc.integer({ min: 1, max: 60 }),
        filters(),
        async (drawn, sort, first, filterOf) => {
          const viewer = viewerOf(drawn)
          const filter = filterOf(facilities, queues) as ChartFilter
          const want = facts
            .filter((chart) => oracleSees(viewer, chart) && matches(viewer, chart, filter))
            .sort(byOrder(sort))
          await asViewer(viewer, async (session) => {
            const got: string[] = []
            for (let after: string | null = null; ; ) {
              const page = await listCharts(session, filter, sort, first, after)
              expect(page.totalCount).toBe(want.length)
              expect(page.charts.length).toBeLessThanOrEqual(first)
              got.push(...page.charts.map((c) => c.row.id))
              expect(page.hasNextPage).toBe(got.length < want.length)
              after = page.charts.at(-1)?.cursor ?? null
              if (!page.hasNextPage) break
            }
            expect(got).toEqual(want.map((chart) => chart.id))
          })
        },
      ),
      { numRuns: 60 },
    )
  }, 120_000)

  it('what is masked can neither be filtered nor sorted on', async () => {
    const asked: [Role[], Partial<ChartFilter>, ChartSort][] = [
      [['PRIVACY_OFFICER'], { accountNumber: 'A' }, 'RECEIVED_ASC'],
      [['PRIVACY_OFFICER'], { patientClass: ['INPATIENT'] }, 'RECEIVED_ASC'],
      [['PRIVACY_OFFICER'], { facilityId: facilities[0]! }, 'RECEIVED_ASC'],
      [['PRIVACY_OFFICER'], {}, 'ACCOUNT_ASC'],
      [['PRIVACY_OFFICER'], {}, 'DISCHARGED_ASC'],
      [['PRIVACY_OFFICER', 'SUPERVISOR'], { accountNumber: 'A' }, 'RECEIVED_ASC'],
      [['PRIVACY_OFFICER', 'COMPLIANCE'], {}, 'CHARGES_DESC'],
      [['CODER'], {}, 'CHARGES_DESC'],
      [['AUDITOR', 'CDI'], {}, 'CHARGES_DESC'],
      [['ADMIN', 'PROVIDER'], {}, 'ACCOUNT_ASC'],
    ]
    for (const [roles, filter, sort] of asked)
      await asViewer(viewerOf({ roles, facilities: [0, 1], queues: [0], person: 0 }), (session) =>
        expect(listCharts(session, filter as ChartFilter, sort, 10, null)).rejects.toMatchObject({
          code: 'FORBIDDEN',
          detail: { reason: 'CLASS' },
        }),
      )
  })

  it('a cursor belongs to its viewer, that access and that list', async () => {
    const roles: Role[] = ['SUPERVISOR']
    const mine = viewerOf({ roles, facilities: [0, 1], queues: [], person: 0 })
    const page = await asViewer(mine, (s) => listCharts(s, {} as ChartFilter, 'RECEIVED_ASC', 3, null))
    const cursor = page.charts.at(-1)!.cursor
    const others: [Viewer, Partial<ChartFilter>, ChartSort, string][] = [
      [{ ...mine, memberId: people[1]! }, {}, 'RECEIVED_ASC', cursor],
      [{ ...mine, memberEpoch: mine.memberEpoch + 1 }, {}, 'RECEIVED_ASC', cursor],
      [mine, { mine: true }, 'RECEIVED_ASC', cursor],
      [mine, {}, 'RECEIVED_DESC', cursor],
      [mine, {}, 'RECEIVED_ASC', `${cursor.slice(0, -2)}${cursor.endsWith('AA') ? 'BB' : 'AA'}`],
      [mine, {}, 'RECEIVED_ASC', 'x'.repeat(3_000)],
      [mine, {}, 'RECEIVED_ASC', Buffer.from('[1,"x"]').toString('base64url')],
    ]
    const errors: string[] = []
    for (const [viewer, filter, sort, after] of others)
      await asViewer(viewer, (s) =>
        listCharts(s, filter as ChartFilter, sort, 3, after).catch((error: Error) =>
          errors.push(JSON.stringify([error, error.message])),
        ),
      )
    expect(errors).toHaveLength(others.length)
    expect(new Set(errors).size).toBe(1)
    expect(cursor).not.toContain(page.charts.at(-1)!.row.id.slice(0, 8))
    for (const first of [0, -1, 201, 1.5, Number.NaN])
      await asViewer(mine, (s) =>
        expect(listCharts(s, {} as ChartFilter, 'RECEIVED_ASC', first, null)).rejects.toMatchObject({
          code: 'BAD_INPUT',
        }),
      )
  })

  // ---- a small world, drawn once ------------------------------------------------------------------------------------

  interface Drawn {
    facility: number
    queue: number | null
    restricted: boolean
    identityHold: boolean
    coder: number | null
    coderUntil: number | null
    status: (typeof STATUSES)[number]
    account: string
    charges: number | null
    received: number
    discharged: number | null
    assigned: { person: number; part: (typeof PARTS)[number]; until: number | null; ended: boolean }[]
  }

  function chartFacts(): fc.Arbitrary<Drawn> {
    const person = fc.nat({ max: 4 })
    return fc.record({
      facility: fc.nat({ max: 1 }),
      queue: fc.option(fc.nat({ max: 1 }), { freq: 4 }),
      restricted: fc.boolean(),
      identityHold: fc.boolean(),
      coder: fc.option(person),
      coderUntil: fc.option(fc.constantFrom(-1, 0, 1)),
      status: fc.constantFrom(...STATUSES),
      account: fc.constantFrom('A_1', 'A%2', 'a\\3', 'B-4', 'A-5', 'Z'),
      charges: fc.option(fc.nat({ max: 3 })),
      received: fc.nat({ max: 5 }),
      discharged: fc.option(fc.nat({ max: 5 })),
      assigned: fc.array(
        fc.record({
          person,
          part: fc.constantFrom(...PARTS),
          until: fc.option(fc.constantFrom(-1, 1)),
          ended: fc.boolean(),
        }),
        { maxLength: 3 },
      ),
    })
  }

  async function write(drawn: Drawn, i: number): Promise<Fact> {
    const { ownerSql } = world.db
    const account = `${drawn.account}#${i}`
    const received = new Date(NOW.getTime() - drawn.received * 1_001)
    const discharged = drawn.discharged === null ? null : new Date(NOW.getTime() - drawn.discharged * 86_400_001)
    const { chartId } = await addChart(world, {
      facility: Object.keys(world.demo.harbor.facilities)[drawn.facility]!,
      queue: drawn.queue === null ? null : Object.keys(world.demo.harbor.queues)[drawn.queue]!,
      restricted: drawn.restricted,
      identityHold: drawn.identityHold,
      status: drawn.status,
      accountNumber: account,
      totalChargesCents: drawn.charges,
      dischargedAt: discharged,
      documents: [],
    })
    const coder = drawn.coder === null ? null : people[drawn.coder]!
    const until = drawn.coderUntil === null ? null : new Date(NOW.getTime() + drawn.coderUntil * 1_000)
    await ownerSql`
      update chart set coder_of_record_id = ${coder}, assigned_until = ${until}, received_at = ${received}
      where id = ${chartId}`
    for (const { person, part, until, ended } of drawn.assigned)
      await ownerSql`insert into assignment ${ownerSql({
        orgId: world.demo.harbor.organisationId,
        id: randomUUID(),
        chartId,
        memberId: people[person]!,
        part,
        startedAt: NOW,
        until: until === null ? null : new Date(NOW.getTime() + until * 1_000),
        endedAt: ended ? NOW : null,
      })}`
    return {
      id: chartId,
      facility: facilities[drawn.facility]!,
      queue: drawn.queue === null ? null : queues[drawn.queue]!,
      restricted: drawn.restricted,
      identityHold: drawn.identityHold,
      coder,
      codes: drawn.status !== 'IN_CODING' || drawn.coderUntil === null || drawn.coderUntil > 0,
      account,
      charges: drawn.charges,
      received: received.getTime(),
      discharged: discharged?.getTime() ?? null,
      assigned: drawn.assigned.map((a) => ({
        person: people[a.person]!,
        part: a.part,
        inForce: !a.ended && (a.until === null || a.until > 0),
      })),
    }
  }

  interface DrawnViewer {
    roles: Role[]
    facilities: number[]
    queues: number[]
    person: number
  }

  function viewers(only?: Role[]): fc.Arbitrary<DrawnViewer> {
    return fc.record({
      roles: only ? fc.constant(only) : fc.subarray([...ROLES], { maxLength: 3 }),
      facilities: fc.subarray([0, 1]),
      queues: fc.subarray([0, 1]),
      person: fc.nat({ max: 4 }),
    })
  }

  const viewerOf = (drawn: DrawnViewer): Viewer => ({
    orgId: world.demo.harbor.organisationId,
    memberId: people[drawn.person]!,
    userId: 'u',
    sessionId: 's',
    displayName: '',
    roles: drawn.roles,
    facilityIds: drawn.facilities.map((i) => facilities[i]!),
    teamIds: [],
    queueIds: drawn.queues.map((i) => queues[i]!),
    memberEpoch: 1,
    orgEpoch: 1,
  })

  const asViewer = <T>(viewer: Viewer, work: (session: Session) => Promise<T>): Promise<T> =>
    world.db.database.read(viewer.orgId, (tx) =>
      work({ viewer, tx, now: NOW, services: world.services, memory: new Map() }),
    )

  const idsOf = (rows: readonly { id: string }[]): string[] => rows.map((row) => row.id).sort()

  function filters(): fc.Arbitrary<(facilityIds: string[], queueIds: string[]) => Partial<ChartFilter>> {
    return fc
      .record(
        {
          facility: fc.nat({ max: 1 }),
          queue: fc.nat({ max: 1 }),
          mine: fc.boolean(),
          identityHold: fc.boolean(),
          accountNumber: fc.constantFrom('A', 'A_', 'A%', 'a\\', 'B-4#', '%', ''),
        },
        { requiredKeys: [] },
      )
      .map(({ facility, queue, ...rest }) => (facilityIds, queueIds) => ({
        ...rest,
        ...(facility !== undefined && { facilityId: facilityIds[facility]! }),
        ...(queue !== undefined && { queueId: queueIds[queue]! }),
      }))
  }

  const matches = (viewer: Viewer, chart: Fact, filter: ChartFilter): boolean =>
    (filter.facilityId == null || chart.facility === filter.facilityId) &&
    (filter.queueId == null || chart.queue === filter.queueId) &&
    (filter.mine == null || (chart.coder === viewer.memberId) === filter.mine) &&
    (filter.identityHold == null || chart.identityHold === filter.identityHold) &&
    (!filter.accountNumber || chart.account.startsWith(filter.accountNumber))

  function byOrder(sort: ChartSort): (a: Fact, b: Fact) => number {
    const text = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))
    const LAST = Number.MAX_SAFE_INTEGER
    const by: Record<ChartSort, (a: Fact, b: Fact) => number> = {
      RECEIVED_ASC: (a, b) => a.received - b.received,
      RECEIVED_DESC: (a, b) => b.received - a.received,
      DISCHARGED_ASC: (a, b) => (a.discharged ?? LAST) - (b.discharged ?? LAST),
      ACCOUNT_ASC: (a, b) => text(a.account, b.account),
      CHARGES_DESC: (a, b) => (b.charges ?? -1) - (a.charges ?? -1),
    }
    return (a, b) => by[sort](a, b) || text(a.id, b.id)
  }
})
