import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLOCK } from '../../server/auth/request.js'
import { type ServiceKey, Services } from '../../server/kernel/services.js'
import { addComment } from '../../server/review/addComment.command.js'
import { chartStream } from '../../server/review/chartStream.js'
import { addChart, addPart, type ChartWorld, chartWorld, lastCursor, requestAs } from '../support/charts.js'
import './streamSupport.js'

const CODER = 'coder@demo.test'
const REVIEWER = 'reviewer@demo.test'

let world: ChartWorld
beforeAll(async () => void (world = await chartWorld()))
afterAll(() => world.close())

describe('an assignment that ends by the clock', () => {
  it('ends at its instant, wherever in a look at the log the instant lies', async () => {
    let passedWithin = 0
    // At the very instant it has ended already.
    for (let turn = 0; turn < 24; turn++) {
      const readings = (turn >> 1) + 1
      const { chartId } = await addChart(world, { coder: CODER })
      await addPart(world, chartId, REVIEWER, 'SECOND_LOOK')
      const until = new Date(Date.now() + 3_600_000)
      await world.db.ownerSql`update chart set assigned_until = ${until} where id = ${chartId}`
      const say = (body: string) => addComment(requestAs(world, REVIEWER), { commandId: randomUUID(), chartId, body })
      await say('before the instant')
      const cursor = await lastCursor(world, chartId)
      await say('after the instant')

      // The clock passes the instant after so many readings of it.
      const clock = new SteppingClock(world.services, readings, new Date(until.getTime() + (turn & 1)))
      const stream = await chartStream(clock, world.claims.get(CODER)!, chartId, cursor)
      const { value } = await stream.next()
      const read = clock.readings
      await stream.return!()
      // Delivered with its words only where all of the look lay before the instant; else the chart was given back first.
      const words = JSON.stringify(value).includes('after the instant')
      expect({ readings, words }).toEqual({ readings, words: read <= readings })
      if (!words) passedWithin++
    }
    expect(passedWithin).toBeGreaterThan(0)
  })
})

class SteppingClock extends Services {
  #readings = 0
  constructor(
    readonly of: Services,
    readonly stepsAfter: number,
    readonly then: Date,
  ) {
    super()
  }

  override get<T>(key: ServiceKey<T>): T {
    if (key.name !== CLOCK.name) return this.of.get(key)
    return { now: () => (++this.#readings > this.stepsAfter ? this.then : new Date()) } as T
  }

  get readings(): number {
    return this.#readings
  }
}
