import { describe, expect, it } from 'vitest'
import { Contest, type Name } from '../../figures/fanout/contest.js'
import { withGround } from '../../figures/fanout/ground.js'
import { FAULTS, type Fault } from '../../figures/fanout/wire.js'

const SUBSCRIBERS = 6
const EVENTS = 12

/** What the harness of the figure `fanout` says of one round, with its own processes, sockets and commits. */
async function roundOf(contest: Contest, name: Name, groups: number, subscribers = SUBSCRIBERS, fault?: Fault) {
  const entrant = await contest.enter(name, subscribers, groups, fault)
  try {
    const { received, committed } = await contest.round(entrant, { ms: 60_000, events: EVENTS, window: 1_000 })
    const { messages, lost, doubled, reordered, unknown, broken, strange } = received
    return { committed: committed.length, messages, lost, doubled, reordered, unknown, broken, strange }
  } finally {
    await entrant.side.end()
  }
}

describe('fanout', () => {
  it('hears every event of a sound server once, and catches one that was lost, doubled or sent out of order', async () => {
    await withGround(async (ground) => {
      const contest = await Contest.prepare(ground, 20, () => {})
      const none = { committed: EVENTS, lost: 0, doubled: 0, reordered: 0, unknown: 0, broken: 0, strange: [] }
      const all = SUBSCRIBERS * EVENTS

      expect(await roundOf(contest, 'raw ws', 1)).toEqual({ ...none, messages: all })
      expect(await roundOf(contest, 'Chartroom', 20, 20)).toEqual({ ...none, messages: 20 * EVENTS })
      expect(contest.isClean).toBe(true)

      const found = new Map<Fault, object>()
      for (const fault of FAULTS) found.set(fault, await roundOf(contest, 'raw ws', 1, SUBSCRIBERS, fault))
      expect(Object.fromEntries(found)).toEqual({
        lose: { ...none, messages: all - SUBSCRIBERS, lost: SUBSCRIBERS, broken: SUBSCRIBERS },
        double: { ...none, messages: all + SUBSCRIBERS, doubled: SUBSCRIBERS, broken: SUBSCRIBERS },
        reorder: { ...none, messages: all, reordered: SUBSCRIBERS, broken: 3 * SUBSCRIBERS },
      })
      expect(contest.isClean).toBe(false)
    })
  }, 240_000)
})
