import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { INBOX, inbox } from '../../server/desk/inbox.query.js'
import { QUEUE_BOARD, queueBoard } from '../../server/desk/queueBoard.query.js'
import { rowsStream } from '../../server/desk/rowsStream.js'
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
import { command, type Desk } from './deskSupport.js'

/**
 * How many statements a board and an inbox send, whatever stands on them (begin, set_config and commit left out). A number
 * that changes is a decision, a number that grows with the data is a fault.
 */

const CODER = 'coder@demo.test'
const REVIEWER = 'reviewer@demo.test'
const SUPERVISOR = 'supervisor@demo.test'

let world: ChartWorld
const charts: AddedChart[] = []
beforeAll(async () => {
  world = await chartWorld(new Date('2026-06-10T15:00:00Z'))
  await grow(1)
})
afterAll(() => world.close())

async function grow(by: number): Promise<void> {
  for (let i = 0; i < by; i++) {
    const chart = await addChart(world, { coder: CODER })
    await addPart(world, chart.chartId, REVIEWER, 'SECOND_LOOK')
    charts.push(chart)
    await mention(chart)
  }
}

const mention = ({ chartId }: AddedChart) =>
  addComment(requestAs(world, CODER), {
    ...command(),
    chartId,
    body: 'Look.',
    mentionIds: [memberId(world, REVIEWER)],
  })

const own = (from: number): string[] => world.db.statements.slice(from).filter((text) => !isBeside(text))

/** Opening, the first look, the look that finds something, and the one that finds that nothing is another. */
async function counts(who: string, desk: Desk, change: () => Promise<unknown>): Promise<number[]> {
  const claims = world.claims.get(who)!
  const from = world.db.statements.length
  const stream =
    desk === 'inbox'
      ? await rowsStream(world.services, claims, INBOX)
      : await rowsStream(world.services, claims, QUEUE_BOARD)
  const found = [own(from).length]
  // Nothing is looked at before it is asked for, so that what is sent between is the look alone.
  const asked = async () => {
    const before = world.db.statements.length
    expect((await stream.next()).done).toBe(false)
    found.push(own(before).length)
  }
  await asked()
  await change()
  await asked()
  await stream.return?.()
  return found
}

async function query(who: string, ask: (of: Awaited<ReturnType<typeof session>>['session']) => Promise<unknown>) {
  const { request, session: reading } = await session(who)
  const from = world.db.statements.length
  await ask(reading)
  const sent = own(from).length
  await request.close()
  return sent
}

async function session(who: string) {
  const request = requestAs(world, who)
  return { request, session: await request.reading() }
}

describe('statements', () => {
  it('of a board and an inbox are as many for one chart as for many', async () => {
    const money = () =>
      world.db.ownerSql`update chart set total_charges_cents = coalesce(total_charges_cents, 0) + 1
      where id = ${charts[0]!.chartId}`.then(() => world.hub.wakeAll())
    const all = async () => ({
      board: await query(SUPERVISOR, queueBoard),
      boardStream: await counts(SUPERVISOR, 'queueBoard', money),
      inbox: await query(REVIEWER, inbox),
      inboxStream: await counts(REVIEWER, 'inbox', () => mention(charts[0]!)),
    })
    // Once before: names of an organisation are kept between looks.
    await all()
    const few = await all()
    await grow(12)
    expect(await all()).toEqual(few)
    expect(few).toEqual(COUNTS)
  }, 60_000)
})

/** What runs beside: the sweep of heads and epochs each second, and the node's one writer of access records. */
const isBeside = (text: string): boolean => /live_changes|access_(record|head|operation)/.test(text)

const COUNTS = {
  board: 1,
  /** Opening, the first look, and one that finds a difference: where it stands, and the rows. */
  boardStream: [2, 3, 3],
  inbox: 2,
  inboxStream: [3, 4, 4],
}
