import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { claimChart } from '../../server/charts/claimChart.command.js'
import { releaseChart } from '../../server/charts/releaseChart.command.js'
import { INBOX } from '../../server/desk/inbox.query.js'
import { QUEUE_BOARD } from '../../server/desk/queueBoard.query.js'
import { rowsStream } from '../../server/desk/rowsStream.js'
import { WAKER } from '../../server/live/wake.js'
import { addComment } from '../../server/review/addComment.command.js'
import {
  type AddedChart,
  addChart,
  addPart,
  type ChartWorld,
  chartWorld,
  memberId,
  requestAs,
} from '../support/charts.js'
import { command, type Desk, DeskFollower, Fold, folded, fresh, type Item } from './deskSupport.js'

/** Rule LV35: however much is committed at once, few updates leave; and they leave out nothing of what stands at last. */

const CODER = 'coder@demo.test'
const REVIEWER = 'reviewer@demo.test'
const SUPERVISOR = 'supervisor@demo.test'
const FOLLOWED: readonly (readonly [string, Desk])[] = [
  [SUPERVISOR, 'queueBoard'],
  [CODER, 'queueBoard'],
  [REVIEWER, 'inbox'],
]

let world: ChartWorld
let charts: AddedChart[]
beforeAll(async () => {
  world = await chartWorld(new Date('2026-06-10T15:00:00Z'))
})
afterAll(() => world.close())
beforeEach(async () => {
  charts = []
  for (let i = 0; i < 6; i++) {
    const chart = await addChart(world, { facility: 'north', coder: CODER })
    await addPart(world, chart.chartId, REVIEWER, 'SECOND_LOOK')
    charts.push(chart)
  }
})

/** A comment that puts an entry into the reviewer's inbox. */
const mention = async (chart: AddedChart): Promise<void> => {
  const input = { ...command(), chartId: chart.chartId, body: 'Look.', mentionIds: [memberId(world, REVIEWER)] }
  expect(await addComment(requestAs(world, CODER), input)).toMatchObject({ kind: 'CommentSaved' })
}
/** Given back and taken again: two commits that the boards show, and an end as the beginning. */
const passAround = async ({ chartId }: AddedChart): Promise<void> => {
  await releaseChart(requestAs(world, CODER), { ...command(), chartId })
  await claimChart(requestAs(world, CODER), { ...command(), chartId })
}
/** One commit that every board shows, and no other does. */
const arrives = async (): Promise<void> => {
  const { chartId } = await addChart(world, { facility: 'south', queue: 'Emergency and clinic' })
  world.services.get(WAKER).stream(world.demo.harbor.organisationId, chartId)
}

describe('while nobody reads', () => {
  it.each(FOLLOWED)('what is committed for %s waits as one update of the %s, whole and right', async (who, desk) => {
    const claims = world.claims.get(who)!
    const stream =
      desk === 'inbox'
        ? await rowsStream(world.services, claims, INBOX)
        : await rowsStream(world.services, claims, QUEUE_BOARD)
    const fold = new Fold()
    const read = async () => fold.take((await stream.next()).value as unknown as Item)
    await read()
    await Promise.all(charts.flatMap((chart) => [mention(chart), mention(chart), mention(chart)]))
    await releaseChart(requestAs(world, CODER), { ...command(), chartId: charts[0]!.chartId })
    await read()
    expect(fold.items).toHaveLength(2)
    expect(fold.folded).toBe(folded(await fresh(world, who, desk)))
    // What comes next is what happens next, and nothing of before.
    await Promise.all([arrives(), mention(charts[1]!)])
    await read()
    const last = fold.items.at(-1) as { rows?: readonly unknown[]; items?: readonly unknown[]; goneIds: string[] }
    expect([(last.rows ?? last.items)!.length, last.goneIds]).toEqual([1, []])
    expect(fold.folded).toBe(folded(await fresh(world, who, desk)))
    await stream.return?.()
  })
})

describe('under load', () => {
  it('many commits at once are few updates, and right at rest', async () => {
    const followers = await Promise.all(
      FOLLOWED.map(async ([who, desk]) => ({ who, desk, follower: await DeskFollower.on(world, who, desk) })),
    )
    for (const { follower } of followers) await follower.until(({ items }) => items.length === 1)
    const rounds = 12
    const commits = charts.length * rounds * 3
    await Promise.all(
      charts.map(async (chart) => {
        for (let i = 0; i < rounds; i++) {
          await passAround(chart)
          await mention(chart)
        }
      }),
    )
    await arrives()
    for (const { who, desk, follower } of followers) {
      await follower.until(async (it) => it.folded === folded(await fresh(world, who, desk)))
      expect(follower.items.length, `${who} ${desk}`).toBeLessThan(commits / 2)
      await follower.stop()
    }
    expect(world.errors).toEqual([])
  }, 60_000)

  it('many wake-ups are few looks', async () => {
    const looks = () => world.db.statements.filter((text) => text.includes('desk_head(')).length
    const followers = await Promise.all(FOLLOWED.map(([who, desk]) => DeskFollower.on(world, who, desk)))
    for (const follower of followers) await follower.until(({ items }) => items.length === 1)
    const before = looks()
    const wakes = 300
    for (let i = 0; i < wakes; i++) world.hub.wakeAll()
    await Promise.all([arrives(), mention(charts[0]!)])
    for (const follower of followers) await follower.until(({ items }) => items.length > 1)
    expect(looks() - before).toBeLessThan((wakes * followers.length) / 10)
    for (const follower of followers) await follower.stop()
    expect(world.hub.size).toBe(0)
  })
})
