import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Actor,
  actsOn,
  dueOf,
  type FindingLife,
  lifeProblem,
  stateOf,
  versionOf,
} from '../../server/audits/findingLife.decider.js'
import { FINDING_ACTS, type FindingAct, type FindingStepType } from '../../schema/values.js'

/** docs/audits.md, "What becomes of a finding". */

const NOW = new Date('2026-05-04T12:00:00Z')
const at = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000)
const NOBODY: Actor = { responsible: false, auditor: false, decider: false }
const EVERYBODY: Actor = { responsible: true, auditor: true, decider: true }

/** The table of the docs: what may be said next, and by whom. */
const NEXT: Readonly<Record<string, readonly (readonly [FindingAct, keyof Actor])[]>> = {
  RECORDED: [
    ['ACKNOWLEDGE', 'responsible'],
    ['DISPUTE', 'responsible'],
  ],
  DISPUTED: [['ANSWER', 'auditor']],
  UPHELD: [
    ['ACKNOWLEDGE', 'responsible'],
    ['ESCALATE', 'responsible'],
  ],
  ESCALATED: [['DECIDE', 'decider']],
  ACKNOWLEDGED: [],
  CONFIRMED: [],
  OVERTURNED: [],
}
const STEPS: Readonly<Record<FindingAct, readonly FindingStepType[]>> = {
  ACKNOWLEDGE: ['ACKNOWLEDGED'],
  DISPUTE: ['DISPUTED'],
  ESCALATE: ['ESCALATED'],
  ANSWER: ['OVERTURNED', 'UPHELD', 'ESCALATED'],
  DECIDE: ['OVERTURNED', 'CONFIRMED'],
}

const actors = fc.record({ responsible: fc.boolean(), auditor: fc.boolean(), decider: fc.boolean() })
/** Everything that can have been said, within its time. */
const lives: fc.Arbitrary<FindingLife> = fc
  .tuple(
    fc.constantFrom('ADD', 'DELETE', 'CHANGE' as const),
    fc.array(fc.nat(), { maxLength: 6 }),
    fc.integer({ min: -9, max: 9 }),
  )
  .map(([kind, choices, hours]) => {
    const steps: { type: FindingStepType; dueAt: Date | null }[] = []
    for (const choice of choices) {
      const next = NEXT[stateOf(steps)]!.flatMap(([act]) => STEPS[act])
      if (next.length === 0) break
      const type = next[choice % next.length]!
      steps.push({ type, dueAt: type === 'UPHELD' ? at(hours + 1) : null })
    }
    return { kind: kind as FindingLife['kind'], steps, answersDueAt: at(hours) }
  })

describe('a finding of a closed audit', () => {
  it('can be answered as the table says, by whom it says, until it is due', () => {
    fc.assert(
      fc.property(lives, actors, (life, actor) => {
        const due = dueOf(life)
        const expected = NEXT[stateOf(life.steps)]!.filter(
          ([, who]) => actor[who] && (who !== 'responsible' || (due !== null && NOW < due)),
        ).map(([act]) => act)
        expect(actsOn(life, actor, NOW)).toEqual(expected)
      }),
      { numRuns: 1_000 },
    )
  })

  it('refuses with one reason what it does not list, and nothing else', () => {
    fc.assert(
      fc.property(lives, fc.constantFrom(...FINDING_ACTS), (life, act) => {
        const problem = lifeProblem(act, life, NOW)
        expect(problem === null).toBe(actsOn(life, EVERYBODY, NOW).includes(act))
        if (problem) expect(['PAST_DUE', 'FINDING_STATE']).toContain(problem.code)
      }),
    )
  })

  it('ends: after at most five words nothing can be said', () => {
    fc.assert(
      fc.property(lives, (life) => {
        expect(life.steps.length).toBeLessThanOrEqual(4)
        expect(versionOf(life.steps)).toBe(life.steps.length + 1)
        if (['ACKNOWLEDGED', 'CONFIRMED', 'OVERTURNED'].includes(stateOf(life.steps)))
          expect(actsOn(life, EVERYBODY, NOW)).toEqual([])
      }),
    )
  })

  it('has nothing to answer where the auditor agreed, where the audit is open, or where it is nobody’s', () => {
    const life: FindingLife = { kind: 'CHANGE', steps: [], answersDueAt: at(1) }
    expect(actsOn(life, EVERYBODY, NOW)).toEqual(['ACKNOWLEDGE', 'DISPUTE'])
    expect(actsOn({ ...life, kind: 'AGREE' }, EVERYBODY, NOW)).toEqual([])
    expect(lifeProblem('DISPUTE', { ...life, kind: 'AGREE' }, NOW)?.code).toBe('NOTHING_TO_ANSWER')
    expect(actsOn({ ...life, answersDueAt: null }, EVERYBODY, NOW)).toEqual([])
    expect(actsOn(life, NOBODY, NOW)).toEqual([])
    expect(lifeProblem('DISPUTE', { ...life, answersDueAt: NOW }, NOW)?.code).toBe('PAST_DUE')
  })
})
