import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { follow, startChain } from '../../client/live/chain.js'
import type { ChartBase, ChartEvent } from '../../client/live/index.js'
import { reduce } from '../../client/live/reduce.js'
import { acts, type History, play } from './history.js'

const snapshotAt = (history: History, n: number) => ({ __typename: 'ChartSnapshot', ...history.snapshots[n]! }) as const
const eventsOf = (events: readonly ChartEvent[]) => ({ __typename: 'ChartEvents', events }) as const
const whole = (history: History): ChartBase => reduce(null, snapshotAt(history, history.events.length))

describe('a chart folded from a snapshot and events', () => {
  it('is the same wherever the history is cut', () => {
    fc.assert(
      fc.property(acts, fc.nat(), (list, seed) => {
        const history = play(list)
        const cut = seed % (history.events.length + 1)
        const base = reduce(reduce(null, snapshotAt(history, cut)), eventsOf(history.events.slice(cut)))
        expect(base).toEqual(whole(history))
      }),
      { numRuns: 500 },
    )
  })

  it('is the same however often events come again and the stream begins anew', () => {
    const steps = fc.array(fc.record({ back: fc.nat({ max: 5 }), take: fc.nat({ max: 9 }), anew: fc.boolean() }), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(acts, fc.nat(), steps, (list, seed, deliveries) => {
        const history = play(list)
        const { events } = history
        let at = seed % (events.length + 1)
        let base = reduce(null, snapshotAt(history, at))
        let chain = startChain(base.cursor)
        for (const { back, take, anew } of [...deliveries, { back: 3, take: events.length, anew: false }]) {
          if (anew) {
            at = Math.min(events.length, at + take)
            base = reduce(null, snapshotAt(history, at))
            chain = startChain(base.cursor)
            continue
          }
          // Sent again from a little before: at most what was received since the last snapshot began.
          const known = chain.seen.size
          const from = Math.max(0, at - Math.min(back, known))
          const received = follow(chain, events.slice(from, at + take))
          expect(received.gap).toBe(false)
          expect(received.duplicates).toBe(at - from)
          chain = received.chain
          base = reduce(base, eventsOf(received.fresh))
          at = Math.min(events.length, at + take)
        }
        expect(base).toEqual(whole(history))
      }),
      { numRuns: 300 },
    )
  })

  it('never takes an event past one that is missing', () => {
    fc.assert(
      fc.property(acts, fc.nat(), fc.nat(), (list, a, b) => {
        const { events } = play(list)
        fc.pre(events.length >= 2)
        const missing = a % (events.length - 1)
        const chunk = 1 + (b % events.length)
        let chain = startChain(null)
        const taken: ChartEvent[] = []
        let gaps = 0
        const sent = events.filter((_, i) => i !== missing)
        for (let i = 0; i < sent.length; i += chunk) {
          const received = follow(chain, sent.slice(i, i + chunk))
          chain = received.chain
          taken.push(...received.fresh)
          if (received.gap) gaps++
        }
        expect(taken).toEqual(events.slice(0, missing))
        expect(gaps).toBeGreaterThan(0)
      }),
    )
  })

  it('leaves what did not change the same objects, so that a page draws only what did', () => {
    fc.assert(
      fc.property(acts, (list) => {
        const history = play(list)
        const last = history.events.at(-1)
        fc.pre(last?.type === 'COMMENT_ADDED')
        const before = reduce(null, snapshotAt(history, history.events.length - 1))
        const after = reduce(before, eventsOf([last!]))
        expect(after.suggestions).toBe(before.suggestions)
        expect(after.documents).toBe(before.documents)
        expect(after.comments).not.toBe(before.comments)
      }),
    )
  })
})
