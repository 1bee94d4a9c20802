import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeWriters, LEAST_KEPT, type Round, type Turn } from '../../figures/writers/judge.js'
import { type Arm, ARMS, type Fault } from '../../figures/writers/wire.js'
import { measureWriters } from '../../figures/writers.js'
import { hasNats, NO_NATS } from '../support/nodes.js'

const CHARTS = ['a', 'b']

/** One that is sound: the other node heard of everything, over a bus; of the baseline it heard nothing. */
function turnOf(arm: Arm, commits: number): Turn {
  const told: Record<string, number> = arm === 'without' ? {} : { a: 100, b: 101 }
  return {
    arm,
    written: { commits, refused: 0, ms: 1_000, lastBegan: { a: 90, b: 91 } },
    heard: { messages: Object.keys(told).length, wakeUps: Object.keys(told).length, lastAt: told },
  }
}
const roundOf = (without: number, notify: number, nats: number): Round => [
  turnOf('without', without),
  turnOf('NOTIFY', notify),
  turnOf('NATS', nats),
]

describe('the verdict on writers', () => {
  it('is that of the middle round, for each bus, whatever the order in a round and of the rounds', () => {
    const share = fc.integer({ min: 500, max: 1_500 })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 100, max: 5_000 }), share, share), { minLength: 1, maxLength: 9 }),
        fc.infiniteStream(fc.nat()),
        (measured, chance) => {
          const rounds = measured.map(([base, a, b]) => roundOf(base * 1_000, base * a, base * b))
          const middle = (all: readonly number[]): number => {
            const sorted = [...all].sort((x, y) => x - y)
            return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2
          }
          // The ratios are thousandths, so that no rounding decides.
          const kept = [1, 2].map((i) => middle(measured.map((it) => it[i]!)))
          fc.pre(kept.every((it) => Math.abs(it - LEAST_KEPT * 1_000) > 0.01))
          const mixed = rounds.map((round) => [...round].sort(() => (chance.next().value! % 2) - 0.5))
          expect(judgeWriters(mixed).holds).toBe(kept.every((it) => it >= LEAST_KEPT * 1_000))
        },
      ),
    )
  })

  it('is no where anything else was wrong, however fast it went', () => {
    const sound = roundOf(1_000, 1_000, 1_000)
    const changed = (arm: Arm, change: (turn: Turn) => Partial<Turn>): Round =>
      sound.map((turn) => (turn.arm === arm ? { ...turn, ...change(turn) } : turn))
    expect(judgeWriters([sound]).holds).toBe(true)
    expect(judgeWriters([]).holds).toBe(false)
    for (const arm of ARMS)
      expect(
        judgeWriters([sound, changed(arm, ({ written }) => ({ written: { ...written, refused: 1 } }))]).holds,
      ).toBe(false)
    for (const arm of ['NOTIFY', 'NATS'] as const)
      for (const chart of CHARTS) {
        const late = changed(arm, ({ heard }) => ({ heard: { ...heard, lastAt: { ...heard.lastAt, [chart]: 89 } } }))
        expect(judgeWriters([sound, late]).holds).toBe(false)
      }
    const leaky = changed('without', ({ heard }) => ({ heard: { ...heard, wakeUps: 1 } }))
    expect(judgeWriters([leaky, sound]).holds).toBe(false)
  })
})

describe.skipIf(!hasNats)(hasNats ? 'writers' : `writers: ${NO_NATS}`, { timeout: 240_000 }, () => {
  const PLAN = { writers: 2, rounds: 1, ms: 400 }
  const measured = async (fault?: Fault) => {
    const { holds, figures } = await measureWriters(PLAN, () => {}, fault)
    return {
      holds,
      unheard: Number(figures['last commits that were not heard of']),
      leaked: Number(figures['wake-ups heard of the baseline']),
      refused: figures['commands refused'],
      commits: ARMS.map((arm) =>
        Number(figures[`commits a second ${arm === 'without' ? 'without wake-ups' : `with ${arm}`}`]),
      ),
      kept: ['NOTIFY', 'NATS'].map((bus) => Number.parseFloat(String(figures[`${bus} : without`]))),
      heard: ['NOTIFY', 'NATS'].map((bus) => Number(figures[`wake-ups heard over ${bus}`])),
    }
  }

  it('commit, are heard of on another node over both buses, and not at all over none', async () => {
    const { unheard, leaked, refused, commits, heard } = await measured()
    expect({ unheard, leaked, refused }).toEqual({ unheard: 0, leaked: 0, refused: 0 })
    for (const n of [...commits, ...heard]) expect(n).toBeGreaterThan(0)
  })

  it('are caught where wake-ups hold them up, where nobody hears them, and where the baseline sends any', async () => {
    expect(await measured('slow')).toMatchObject({ holds: false, unheard: 0 })
    const deaf = await measured('deaf')
    expect(deaf).toMatchObject({ holds: false, heard: [0, 0] })
    expect(deaf.unheard).toBeGreaterThan(0)
    const leaky = await measured('leaky')
    expect(leaky.holds).toBe(false)
    expect(leaky.leaked).toBeGreaterThan(0)
  })
})
