import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Claims } from '../../server/auth/request.js'
import type { Session } from '../../server/auth/session.js'
import { sealerOf, seenCharts } from '../../server/charts/index.js'
import { limitAdmission } from '../../server/live/admissions.js'
import { Crowded } from '../../server/live/admission.js'
import { appendEvents, type NewEvent } from '../../server/live/log.js'
import { addComment } from '../../server/review/addComment.command.js'
import { visitChart } from '../../server/review/catchUp.js'
import { FEEDS } from '../../server/review/chartFeed.js'
import { look, type State } from '../../server/review/chartLook.js'
import { type AddedChart, addChart, addPart, type ChartWorld, chartWorld, requestAs } from '../support/charts.js'
import { Follower } from './streamSupport.js'

const CODER = 'coder@demo.test'
const REVIEWER = 'reviewer@demo.test'
const SUPERVISOR = 'supervisor@demo.test'
const WHO_SEE = [CODER, REVIEWER, SUPERVISOR, 'auditor@demo.test', 'compliance@demo.test', 'privacy@demo.test']

let world: ChartWorld
beforeAll(async () => void (world = await chartWorld()))
afterAll(() => world.close())
afterEach(async () => {
  limitAdmission(world.services, {})
  expect(world.hub.size).toBe(0)
  await vi.waitFor(() => expect(world.services.get(FEEDS).size).toBe(0))
  expect(world.errors).toEqual([])
})

const fresh = (): State => ({
  position: 0,
  previous: null,
  sight: undefined,
  chart: undefined as never,
  gate: '',
  epoch: '',
  until: undefined,
})
const claimsOf = (email: string): Claims => world.claims.get(email)!
const first = (email: string, chartId: string, after?: string) =>
  look(world.services, claimsOf(email), chartId, { after, resumed: undefined }, fresh())

async function history(comments: number): Promise<AddedChart & { readonly cursors: readonly string[] }> {
  const chart = await addChart(world, {
    coder: CODER,
    documents: [{ text: 'Hypertension.' }],
    lines: [{ code: 'I10' }, { code: 'E11.9' }],
  })
  await addPart(world, chart.chartId, REVIEWER, 'SECOND_LOOK')
  for (let i = 0; i < comments; i++)
    await addComment(requestAs(world, CODER), { commandId: randomUUID(), chartId: chart.chartId, body: `comment ${i}` })
  return { ...chart, cursors: await cursorsOf(chart.chartId) }
}

async function cursorsOf(chartId: string): Promise<string[]> {
  const rows = await world.db.ownerSql<{ cursor: string }[]>`
    select cursor from chart_event where stream_id = ${chartId} order by seq`
  return rows.map(({ cursor }) => cursor)
}

/** The texts of all statements that this runs. */
async function statementsOf(run: () => Promise<unknown>): Promise<string[]> {
  const before = world.db.statements.length
  await run()
  return world.db.statements.slice(before).map((text) => text.replace(/\s+/g, ' ').trim())
}

describe('first looks at one chart at the same moment', () => {
  it('cost as many statements for forty who resume as for two, and no more than for one', async () => {
    const { chartId, cursors } = await history(12)
    const resume = (n: number) =>
      statementsOf(() =>
        Promise.all(
          Array.from({ length: n }, (_, i) =>
            first(WHO_SEE[i % WHO_SEE.length]!, chartId, cursors[i % cursors.length]),
          ),
        ),
      )
    await resume(1)
    const [one, two, forty] = [await resume(1), await resume(2), await resume(40)]
    expect(forty).toEqual(two)
    expect(two).toHaveLength(one.length)
    expect(forty).toHaveLength(5)
  })

  it('cost as many statements for forty who need a snapshot as for one, whichever their sights are', async () => {
    const { chartId } = await history(3)
    const open = (n: number) =>
      statementsOf(() => Promise.all(Array.from({ length: n }, (_, i) => first(WHO_SEE[i % WHO_SEE.length]!, chartId))))
    await open(1)
    const [one, forty] = [await open(1), await open(40)]
    expect(forty.toSorted()).toEqual(one.toSorted())
    expect(one).toHaveLength(14)
  })

  it('let a thousand events be caught up with from anywhere, none missed and none twice', async () => {
    const { chartId, cursors: early } = await history(1)
    await requestAs(world, CODER).writing(async (session) => {
      const { row } = (await seenCharts(session).load(chartId))!
      const event: NewEvent = {
        type: 'CHART_PENDED',
        subjectId: chartId,
        citedDocumentIds: [],
        classes: ['WORK'],
        payload: {},
      }
      const place = { orgId: row.orgId, streamId: chartId, chartId, patientId: row.patientId }
      const many = Array.from({ length: 1_100 }, () => event)
      await appendEvents(session.tx, place, sealerOf(session, row), session.viewer.memberId, session.now, many)
    })
    const cursors = await cursorsOf(chartId)
    const last = cursors.at(-1)!
    const places = Array.from({ length: 30 }, (_, i) => Math.floor((i * (cursors.length - 2)) / 29))
    expect(early.length).toBeGreaterThan(0)
    const followers = await Promise.all(
      places.map((place, i) => Follower.on(world, WHO_SEE[i % 3]!, chartId, cursors[place])),
    )
    await Promise.all(followers.map((it) => it.untilCursor(last)))
    for (const [i, follower] of followers.entries()) {
      const seen = follower.cursors
      expect(new Set(seen).size).toBe(seen.length)
      // The few at the beginning are not for everybody's eyes; all that were added are.
      const after = cursors.slice(Math.max(places[i]! + 1, early.length))
      expect(seen.slice(-after.length)).toEqual(after)
      for (const [n, event] of follower.events.entries())
        expect(event.previous).toBe(n === 0 ? cursors[places[i]!] : seen[n - 1])
    }
    await Promise.all(followers.map((it) => it.stop()))
  })
})

describe('whoever fails', () => {
  it.each([
    ['before it asks anything', () => Promise.reject(new Error('broken'))],
    ['in a statement, with which the whole read fails', ({ tx }: Session) => tx`select 1 / ${0}::int`],
  ])('fails alone: %s', async (_, breaks) => {
    const { chartId, cursors } = await history(2)
    const alone = await Promise.all(WHO_SEE.map((email) => first(email, chartId, cursors[0])))
    const failing = [0, 1, 2].map(() =>
      visitChart(world.services, chartId, {
        claims: claimsOf(CODER),
        standing: 'ENTERED',
        work: breaks as (session: Session) => Promise<unknown>,
      }).then(
        () => 'came through',
        () => 'failed',
      ),
    )
    const others = WHO_SEE.map((email) => first(email, chartId, cursors[0]))
    expect(await Promise.all(failing)).toEqual(['failed', 'failed', 'failed'])
    expect(JSON.stringify(await Promise.all(others))).toBe(JSON.stringify(alone))
  })
})

describe('whoever leaves while waiting', () => {
  it('costs nothing: nothing is read for them, and nobody waits longer', async () => {
    limitAdmission(world.services, { places: 1 })
    const { chartId } = await history(1)
    let open: () => void = () => {}
    const door = new Promise<void>((resolve) => (open = resolve))
    const ran: string[] = []
    const visit = (name: string, isOver = () => false, wait = false) =>
      visitChart(world.services, chartId, {
        claims: claimsOf(CODER),
        standing: 'ENTERING',
        isOver,
        work: async () => {
          ran.push(name)
          if (wait) await door
          return name
        },
      }).catch((error: { code: string }) => error.code)
    const before = visit('before', () => false, true)
    await vi.waitFor(() => expect(ran).toEqual(['before']))
    let gone = false
    const leaving = ['x', 'y', 'z'].map((name) => visit(name, () => gone))
    const staying = visit('stays')
    gone = true
    const cost = await statementsOf(async () => {
      open()
      expect(await Promise.all([before, staying, ...leaving])).toEqual([
        'before',
        'stays',
        'UNAVAILABLE',
        'UNAVAILABLE',
        'UNAVAILABLE',
      ])
    })
    expect(ran).toEqual(['before', 'stays'])
    expect(cost).toHaveLength(2)
  })

  it('in the middle of a stream’s opening delays none of the others, and leaves nothing behind', async () => {
    const { chartId, cursors } = await history(4)
    const opened = await Promise.all(
      Array.from({ length: 24 }, (_, i) => Follower.on(world, WHO_SEE[(i >> 1) % 2]!, chartId, cursors[0])),
    )
    const leaving = opened.filter((_, i) => i % 2 === 0)
    const staying = opened.filter((_, i) => i % 2 === 1)
    await Promise.all(leaving.map((it) => it.stop()))
    await Promise.all(staying.map((it) => it.untilCursor(cursors.at(-1)!)))
    await Promise.all(staying.map((it) => it.stop()))
  })
})

describe('a crowd at the door', () => {
  it('is refused beyond a bound, by a name after which it is asked again', async () => {
    limitAdmission(world.services, { waiting: 0 })
    const { chartId } = await history(1)
    const refused = await Follower.on(world, CODER, chartId).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Crowded)
    expect(refused).toMatchObject({ code: 'RATE_LIMITED', detail: { retryAfterSeconds: expect.any(Number) } })
    limitAdmission(world.services, {})
    const follower = await Follower.on(world, CODER, chartId)
    await follower.untilType('ChartSnapshot')
    await follower.stop()
  })

  it('does not keep those waiting who are in', async () => {
    limitAdmission(world.services, { places: 0 })
    const { chartId } = await history(1)
    const following = await visitChart(world.services, chartId, {
      claims: claimsOf(CODER),
      standing: 'FOLLOWING',
      work: async ({ viewer }) => viewer.userId,
    })
    expect(following).toBe(claimsOf(CODER).userId)
  })
})
