import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { NatsServer } from '../../figures/natsServer.js'
import type { OpenBus } from '../../server/live/bus.js'
import { natsBus } from '../../server/live/natsBus.js'
import { notifyBus } from '../../server/live/notifyBus.js'
import { addComment } from '../../server/review/addComment.command.js'
import { Follower } from '../review/streamSupport.js'
import { addChart, type ChartWorld, chartWorld, lastCursor, memberId } from '../support/charts.js'
import { addNode, hasNats, NO_NATS, type TestNode, until } from '../support/nodes.js'

const CODER = 'coder@demo.test'
const KEY = Buffer.alloc(32, 3)

/** A bus that loses whatever it is told to lose, in both directions; what it carries it carries as it is. */
function losing(bus: OpenBus): { open: OpenBus; lose: { sent: boolean; heard: boolean } } {
  const lose = { sent: false, heard: false }
  const open: OpenBus = async (ear) => {
    const opened = await bus({ ...ear, heard: (message) => void (lose.heard || ear.heard(message)) })
    return {
      publish: (message) => (lose.sent ? Promise.resolve() : opened.publish(message)),
      connected: () => opened.connected(),
      close: () => opened.close(),
    }
  }
  return { open, lose }
}

/** Rule LV21. Nothing here waits for a time: what was delivered is compared with the log once everybody has all of it. */
describe.skipIf(!hasNats)(hasNats ? 'nodes on NATS' : `nodes on NATS: ${NO_NATS}`, { timeout: 120_000 }, () => {
  let world: ChartWorld
  let nats: NatsServer
  let mute: ReturnType<typeof losing>
  let deaf: ReturnType<typeof losing>
  let nodes: { readonly near: TestNode; readonly far: TestNode; readonly onNotify: TestNode }
  beforeAll(async () => {
    world = await chartWorld()
    nats = await NatsServer.on()
    const overNats = natsBus({ servers: [nats.address], tls: false }, KEY)
    mute = losing(overNats)
    deaf = losing(overNats)
    nodes = {
      near: await addNode(world, mute.open),
      far: await addNode(world, deaf.open),
      onNotify: await addNode(world, notifyBus(world.db.database)),
    }
  })
  afterAll(async () => {
    await Promise.all(Object.values(nodes).map((node) => node.close()))
    await nats.kill()
    await world.close()
  })
  afterEach(() => expect(Object.values(nodes).map(({ hub }) => hub.size)).toEqual([0, 0, 0]))

  const say = (node: TestNode, chartId: string) =>
    addComment(node.requestAs(CODER), { commandId: randomUUID(), chartId, body: 'a word' })
  const connected = () => until(() => nodes.near.waker.connected() && nodes.far.waker.connected())

  it('wake each other at once', async () => {
    const { chartId } = await addChart(world, { coder: CODER })
    await connected()
    const { far, near } = nodes
    let tell: () => void = () => {}
    const claims = world.claims.get(CODER)!
    const [row] = await world.db.ownerSql<{ epoch: string }[]>`
      select m.access_epoch || '.' || o.access_epoch || '/' || c.access_epoch || '.' || f.access_epoch || '.' ||
        p.access_epoch as epoch
      from chart c join facility f on f.id = c.facility_id join patient p on p.id = c.patient_id
      join organisation o on o.id = c.org_id, member m
      where c.id = ${chartId} and m.id = ${memberId(world, CODER)}`
    // It has seen everything that will ever be, under the access of today: no sweep ever wakes it, a wake-up does.
    const leave = far.hub.add({
      orgId: claims.orgId,
      streamId: chartId,
      memberId: memberId(world, CODER),
      sessionId: claims.sessionId,
      position: () => Number.POSITIVE_INFINITY,
      epoch: () => row!.epoch,
      wake: () => tell(),
    })
    let swept = false
    const sweptFirst = new Promise<void>((resolve) => {
      tell = () => {
        swept = true
        resolve()
      }
    })
    await Promise.race([sweptFirst, far.waker.sweep.once()])
    expect(swept).toBe(false)
    const woken = new Promise<void>((resolve) => (tell = resolve))
    await say(near, chartId)
    await woken
    leave()
  })

  it('deliver everything once and in order, whatever becomes of the wake-ups', async () => {
    type Step = 'say near' | 'say far' | 'say on NOTIFY' | 'mute' | 'deaf' | 'whole' | 'kill' | 'start'
    const steps = fc.constantFrom<Step>(
      'say near',
      'say far',
      'say on NOTIFY',
      'say near',
      'mute',
      'deaf',
      'whole',
      'kill',
      'start',
    )
    let up = true
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 4, maxLength: 12 }), async (run) => {
        const { chartId } = await addChart(world, { coder: CODER })
        const start = await lastCursor(world, chartId)
        const followers = await Promise.all(
          Object.values(nodes).map(({ services }) => Follower.on(world, CODER, chartId, start, services)),
        )
        let said = 0
        for (const step of run) {
          if (step === 'kill' && up) await nats.kill()
          if (step === 'start' && !up) await nats.start()
          if (step === 'kill' || step === 'start') up = step === 'start'
          if (step === 'mute') mute.lose.sent = true
          if (step === 'deaf') deaf.lose.heard = true
          if (step === 'whole') mute.lose.sent = deaf.lose.heard = false
          if (!step.startsWith('say')) continue
          said++
          await say(step === 'say near' ? nodes.near : step === 'say far' ? nodes.far : nodes.onNotify, chartId)
        }
        const last = await lastCursor(world, chartId)
        const log = await world.db.ownerSql<{ cursor: string }[]>`
          select cursor from chart_event where stream_id = ${chartId} order by seq`
        const cursors = log.map(({ cursor }) => cursor)
        const expected = cursors.slice(cursors.indexOf(start) + 1)
        expect(expected).toHaveLength(said)
        for (const follower of followers) {
          if (said > 0) await follower.untilCursor(last)
          await follower.stop()
          expect(follower.cursors).toEqual(expected)
        }
      }),
      { numRuns: 12 },
    )
    mute.lose.sent = deaf.lose.heard = false
    if (!up) await nats.start()
    await connected()
  })

  it('end nowhere because NATS is gone, and tell it', async () => {
    await connected()
    const told = nodes.near.trouble.length
    await nats.kill()
    await until(() => !nodes.near.waker.connected())
    await until(() => nodes.near.trouble.length > told)
    const { chartId } = await addChart(world, { coder: CODER })
    const late = await addNode(world, natsBus({ servers: [nats.address], tls: false }, KEY))
    const follower = await Follower.on(world, CODER, chartId, null, late.services)
    await follower.untilType('ChartSnapshot')
    await say(nodes.near, chartId)
    await follower.untilCursor(await lastCursor(world, chartId))
    await follower.stop()
    await nats.start()
    await connected()
    await until(() => late.waker.connected())
    await late.close()
    expect(nodes.near.trouble.every((what) => what.startsWith('wake-ups: '))).toBe(true)
  })
})
