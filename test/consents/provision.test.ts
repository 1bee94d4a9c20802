import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Facts, Provision } from '../../server/consents/consent.model.js'
import { decideRules } from '../../server/consents/provision.decider.js'
import { independently, literally } from './independent.js'
import { anyFacts, anyRules, depthOf } from './rules.js'

const FACTS: Facts = {
  at: '2026-02-15T12:00:00.000Z',
  recipient: { kind: 'HEALTH_PLAN', name: 'Northern Mutual' },
  purpose: 'PAYMENT',
  labels: ['PART2'],
  documentType: 'DISCHARGE_SUMMARY',
  documentId: 'd1',
  careDays: { from: '2026-02-01', to: '2026-02-03' },
}
const p = (type: Provision['type'], more: Partial<Provision> = {}): Provision => ({ type, provisions: [], ...more })
const decide = (decision: Provision['type'], ...provisions: Provision[]) => decideRules({ decision, provisions }, FACTS)

describe('rules of a consent', () => {
  it('decide as an evaluator does that tries every way, over 25,000 trees', () => {
    const seen = { PERMIT: 0, DENY: 0, deep: 0, stricter: 0 }
    fc.assert(
      fc.property(anyRules, anyFacts, (rules, facts) => {
        const verdict = decideRules(rules, facts)
        expect(verdict).toBe(independently(rules, facts))
        // Never wider than the plain reading of an unknown filter.
        const plain = literally(rules, facts)
        if (plain === 'DENY') expect(verdict).toBe('DENY')
        seen[verdict]++
        if (verdict !== rules.decision && depthOf(rules.provisions) > 1) seen.deep++
        if (plain !== verdict) seen.stricter++
      }),
      { numRuns: 25_000 },
    )
    // The trees reach what they are meant to try.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(50)
  })

  it('let the deepest match win, and a denial among equally deep ones', () => {
    expect(decide('DENY')).toBe('DENY')
    expect(decide('DENY', p('PERMIT'))).toBe('PERMIT')
    expect(decide('DENY', p('PERMIT'), p('DENY'))).toBe('DENY')
    expect(decide('DENY', p('PERMIT', { provisions: [p('DENY', { labels: ['PART2'] })] }))).toBe('DENY')
    expect(decide('DENY', p('PERMIT', { provisions: [p('DENY', { labels: ['HIV'] })] }))).toBe('PERMIT')
    expect(decide('PERMIT', p('DENY', { provisions: [p('PERMIT', { purposes: ['PAYMENT'] })] }), p('DENY'))).toBe(
      'PERMIT',
    )
    // Nothing below a provision counts where it does not match itself.
    expect(decide('DENY', p('DENY', { purposes: ['RESEARCH'], provisions: [p('PERMIT')] }))).toBe('DENY')
  })

  it('take filters of different kinds together and values of one as alternatives', () => {
    expect(decide('DENY', p('PERMIT', { purposes: ['RESEARCH', 'PAYMENT'], labels: ['HIV', 'PART2'] }))).toBe('PERMIT')
    expect(decide('DENY', p('PERMIT', { purposes: ['PAYMENT'], labels: ['HIV'] }))).toBe('DENY')
  })

  it.each([
    ['a foreign code', { purposes: ['http://x|y'] }],
    ['an element we have no word for', { foreign: { modifierExtension: [] } }],
    ['an actor we cannot look up', { actors: ['{}'] }],
    ['days partly inside', { dataPeriod: { from: '2026-02-02' } }],
  ] as [string, Partial<Provision>][])('an unknown filter (%s) matches no permit and every denial', (_what, filter) => {
    expect(decide('DENY', p('PERMIT', filter))).toBe('DENY')
    expect(decide('PERMIT', p('DENY', filter))).toBe('DENY')
    // A denial that perhaps does not match opens no way to what stands below it.
    expect(decide('DENY', p('DENY', { ...filter, provisions: [p('PERMIT')] }))).toBe('DENY')
    // However it turns out, this one permits.
    expect(decide('PERMIT', p('DENY', { ...filter, provisions: [p('PERMIT')] }))).toBe('PERMIT')
  })

  it('count the day on which a span ends, and a name however it is written', () => {
    const ends = (to: string) => decide('DENY', p('PERMIT', { period: { to } }))
    expect([ends('2026-02-14'), ends('2026-02-15'), ends('2026-02'), ends('2026-02-15T12:00:00.000Z')]).toEqual([
      'DENY',
      'PERMIT',
      'PERMIT',
      'PERMIT',
    ])
    const named = (name: string) => decide('DENY', p('PERMIT', { actors: [{ kind: 'HEALTH_PLAN', name }] }))
    expect([named(' northern  MUTUAL'), named('Northern'), named('')]).toEqual(['PERMIT', 'DENY', 'DENY'])
  })
})
