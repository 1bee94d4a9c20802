import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { claimChart } from '../../server/charts/claimChart.command.js'
import { releaseChart } from '../../server/charts/releaseChart.command.js'
import { ChartroomError } from '../../server/kernel/errors.js'
import type { Frame, Mark, Outlet, Sent } from '../../server/live/outlet.js'
import { addComment } from '../../server/review/addComment.command.js'
import { FEEDS } from '../../server/review/chartFeed.js'
import { chartStream } from '../../server/review/chartStream.js'
import { addChart, addPart, type ChartWorld, chartWorld, lastCursor, requestAs } from '../support/charts.js'
import { Follower, type Item } from './streamSupport.js'

const CODER = 'coder@demo.test'
const REVIEWER = 'reviewer@demo.test'

let world: ChartWorld
beforeAll(async () => void (world = await chartWorld()))
afterAll(() => world.close())
afterEach(async () => {
  expect(world.hub.size).toBe(0)
  await vi.waitFor(() => expect(world.services.get(FEEDS).size).toBe(0))
  expect(world.errors).toEqual([])
})

/** Takes nothing while it is shut: what is written then waits, and can be let go of. */
class Reader implements Outlet {
  readonly key = 'read by fits and starts'
  readonly received: Item[] = []
  executions = 0
  #isShut = false
  readonly #waiting: Sent[] = []
  readonly #opened: (() => void)[] = []
  #over: Promise<void> | undefined
  #stop: () => Promise<unknown> = async () => {}

  async follow(email: string, chartId: string, after?: string): Promise<this> {
    const claims = world.claims.get(email)!
    const stream = await chartStream(world.services, claims, chartId, after, { outlet: this })
    this.#stop = () => stream.return!()
    this.#over = (async () => {
      for await (const item of stream) {
        if (this.#isShut) await new Promise<void>((resolve) => this.#opened.push(resolve))
        this.received.push(item as unknown as Item)
      }
    })()
    return this
  }

  async stop(): Promise<void> {
    this.open()
    await this.#stop()
    await this.#over
  }

  shut(): this {
    this.#isShut = true
    return this
  }

  open(): void {
    this.#isShut = false
    for (const resolve of this.#opened.splice(0)) resolve()
    for (const { frame } of this.#waiting.splice(0)) this.received.push(items.get(frame)!)
  }

  get waiting(): number {
    return this.#waiting.length
  }

  async project(item: object): Promise<Frame> {
    this.executions++
    const frame = Buffer.alloc(0)
    items.set(frame, item as Item)
    return frame
  }

  write(frames: readonly Sent[]): void {
    if (this.#isShut) this.#waiting.push(...frames)
    else for (const { frame } of frames) this.received.push(items.get(frame)!)
  }

  purge(): Mark | undefined {
    return this.#waiting.splice(0)[0]?.before
  }

  /** The cursor at which it stands. @throws where what it received is no chain that a client could follow */
  get stands(): string | null | undefined {
    let at: string | null | undefined
    for (const [i, item] of this.received.entries()) {
      if (item.__typename === 'ChartSnapshot') {
        expect(i, 'a snapshot comes first and once').toBe(0)
        at = item.cursor
      } else if (item.__typename === 'AccessChanged') at = item.snapshot.cursor
      else if (item.__typename === 'ChartEvents')
        for (const { cursor, previous } of item.events) {
          expect(previous).toBe(at)
          at = cursor
        }
    }
    return at
  }
}
const items = new WeakMap<Frame, Item>()

/** A wake-up that is lost costs a second, until the next sweep (PROTOCOL.md, LV21). */
const IN_TIME = { timeout: 10_000 }

const say = (chartId: string) =>
  addComment(requestAs(world, REVIEWER), { commandId: randomUUID(), chartId, body: 'said' })
const release = (chartId: string) => releaseChart(requestAs(world, CODER), { commandId: randomUUID(), chartId })
const claim = (chartId: string) => claimChart(requestAs(world, CODER), { commandId: randomUUID(), chartId })

async function reviewed(): Promise<string> {
  const { chartId } = await addChart(world, { coder: CODER, lines: [{ code: 'I10' }] })
  await addPart(world, chartId, REVIEWER, 'SECOND_LOOK')
  await say(chartId)
  return chartId
}

/** Where somebody stands who comes now. */
async function cursorOf(email: string, chartId: string): Promise<string | null> {
  const fresh = await Follower.on(world, email, chartId)
  await fresh.untilType('ChartSnapshot')
  await fresh.stop()
  return (fresh.items[0] as { cursor: string | null }).cursor
}

describe('what several find who look together', () => {
  it('is projected once for those who see alike and stand alike, be it a snapshot or events', async () => {
    const chartId = await reviewed()
    const cursor = await lastCursor(world, chartId)
    await say(chartId)
    const open = async (after?: string): Promise<number> => {
      const readers = await Promise.all(Array.from({ length: 20 }, () => new Reader().follow(CODER, chartId, after)))
      await vi.waitFor(() => {
        for (const reader of readers) expect(reader.received.length).toBeGreaterThan(0)
      })
      const types = new Set(readers.map(({ received }) => received[0]!.__typename))
      expect(types).toEqual(new Set([after ? 'ChartEvents' : 'ChartSnapshot']))
      await Promise.all(readers.map((reader) => reader.stop()))
      return readers.reduce((n, { executions }) => n + executions, 0)
    }
    // Who comes first looks alone, and the others meanwhile together.
    expect(await open()).toBeLessThanOrEqual(4)
    expect(await open(cursor)).toBeLessThanOrEqual(4)
  })

  it('is looked at again where it had not left when access changed: a snapshot that waited is never sent', async () => {
    const chartId = await reviewed()
    const reader = await new Reader().shut().follow(CODER, chartId)
    await vi.waitFor(() => expect(reader.waiting).toBe(1))
    await release(chartId)
    await say(chartId)
    const now = await cursorOf(CODER, chartId)
    await vi.waitFor(() => expect(world.services.get(FEEDS).values().next().value?.size).toBe(1))
    await vi.waitFor(() => {
      reader.open()
      expect(reader.stands).toBe(now)
    }, IN_TIME)
    expect(reader.received.map((it) => it.__typename)[0]).toBe('ChartSnapshot')
    expect(reader.received.some((it) => it.__typename === 'AccessChanged')).toBe(false)
    await reader.stop()
  })

  it('is a chain for whoever reads by fits and starts, whatever access does meanwhile', async () => {
    let changes = 0
    const step = fc.constantFrom('say', 'say', 'release', 'claim', 'shut', 'shut', 'open', 'wait')
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), fc.boolean(), async (steps, resumes) => {
        const chartId = await reviewed()
        const after = resumes ? await lastCursor(world, chartId) : undefined
        const reader = await new Reader().shut().follow(CODER, chartId, after)
        const acts: Readonly<Record<string, () => unknown>> = {
          say: () => say(chartId),
          release: () => release(chartId),
          claim: () => claim(chartId),
          shut: () => reader.shut(),
          open: () => reader.open(),
          wait: () => new Promise((resolve) => setTimeout(resolve, 5)),
        }
        for (const what of steps)
          await Promise.resolve(acts[what]!()).catch((error: unknown) => {
            if (!(error instanceof ChartroomError)) throw error
          })
        const now = await cursorOf(CODER, chartId)
        await vi.waitFor(() => {
          reader.open()
          const isWhole = reader.received.length > 0 || (resumes && now === after)
          expect(isWhole).toBe(true)
          if (!resumes) expect(reader.stands).toBe(now)
          else expect(chainAfter(after!, reader.received)).toBe(now)
        }, IN_TIME)
        changes += reader.received.filter((it) => it.__typename === 'AccessChanged').length
        await reader.stop()
      }),
      { numRuns: 25, endOnFailure: true },
    )
    expect(changes).toBeGreaterThan(3)
  }, 120_000)
})

/** The same where it began after a cursor. */
function chainAfter(after: string, received: readonly Item[]): string | null {
  let at: string | null = after
  for (const item of received) {
    expect(item.__typename).not.toBe('ChartSnapshot')
    if (item.__typename === 'AccessChanged') at = item.snapshot.cursor
    if (item.__typename === 'ChartEvents')
      for (const { cursor, previous } of item.events) {
        expect(previous).toBe(at)
        at = cursor
      }
  }
  return at
}
