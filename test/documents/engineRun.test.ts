import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EngineEvidence, EngineSuggestion } from '../../server/engine/model.js'
import { type ChartNow, mergeEngineResult } from '../../server/suggestions/engineRun.decider.js'

/** Versions: `new1` and `new2` were read in this run, `old` before it, `gone` may not be cited. */
const LENGTHS = new Map([
  ['new1', 100],
  ['new2', 50],
  ['old', 80],
])
const NEW = new Set(['new1', 'new2'])
const code = fc.constantFrom('I10', 'J18.9', 'E11.9', 'N17.9')

const evidence: fc.Arbitrary<EngineEvidence> = fc.record({
  versionId: fc.constantFrom('new1', 'new2', 'old', 'gone'),
  start: fc.integer({ min: -2, max: 60 }),
  end: fc.integer({ min: -2, max: 110 }),
  kind: fc.constantFrom('SUPPORTS', 'HISTORY'),
})
const suggestion: fc.Arbitrary<EngineSuggestion> = fc.record({
  system: fc.constant('ICD10CM'),
  code,
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  reason: fc.constant('words'),
  evidence: fc.array(evidence, { maxLength: 6 }),
  poa: fc.constantFrom('Y', 'N', null),
})
const line = fc.record({
  id: fc.uuid(),
  system: fc.constant('ICD10CM'),
  code,
  origin: fc.constantFrom('ENGINE', 'CODER', 'AUDITOR', 'CLIENT'),
  status: fc.constantFrom('PROPOSED', 'ACCEPTED', 'REJECTED', 'WITHDRAWN'),
  decidedBy: fc.option(fc.constant('somebody')),
})
const opportunity = fc.record({
  topic: fc.constantFrom('LOW_SODIUM', 'LOW_POTASSIUM'),
  reason: fc.constant('words'),
  evidence: fc.array(evidence, { maxLength: 3 }),
})
const chart: fc.Arbitrary<ChartNow> = fc
  .record({ lines: fc.array(line, { maxLength: 5 }), known: fc.array(evidence), topics: fc.subarray(['LOW_SODIUM']) })
  .map(({ lines, known, topics }) => ({
    lines: lines as unknown as ChartNow['lines'],
    evidence: new Map(lines.map((l) => [l.id, known])),
    topics: new Set(topics),
    newVersions: NEW,
    citable: LENGTHS,
  }))
const result = fc.record({
  suggestions: fc.array(suggestion, { maxLength: 8 }),
  opportunities: fc.array(opportunity, { maxLength: 4 }),
})

const inText = (e: EngineEvidence): boolean => {
  const length = LENGTHS.get(e.versionId)
  return length !== undefined && e.start >= 0 && e.start < e.end && e.end <= length
}

describe('mergeEngineResult', () => {
  it('never repeats a code that is on the chart, and never touches a line a person made or decided', () => {
    fc.assert(
      fc.property(result, chart, (said, now) => {
        const merge = mergeEngineResult(said, now)
        const onChart = new Set(now.lines.map((l) => l.code))
        const proposed = merge.proposals.map((p) => p.code)
        expect(proposed.filter((c) => onChart.has(c))).toEqual([])
        expect(new Set(proposed).size).toBe(proposed.length)
        for (const { lineId } of merge.supported) {
          const own = now.lines.find((l) => l.id === lineId)!
          expect(own).toMatchObject({ origin: 'ENGINE', status: 'PROPOSED', decidedBy: null })
          expect(now.lines.filter((l) => l.code === own.code)).toHaveLength(1)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('cites only text that is there, each span once, and always something new', () => {
    fc.assert(
      fc.property(result, chart, (said, now) => {
        const merge = mergeEngineResult(said, now)
        for (const { evidence: spans } of [...merge.proposals, ...merge.supported, ...merge.opportunities]) {
          expect(spans.every(inText)).toBe(true)
          expect(spans.some((e) => NEW.has(e.versionId))).toBe(true)
          expect(new Set(spans.map((e) => JSON.stringify(e))).size).toBe(spans.length)
        }
        for (const { lineId, evidence: spans } of merge.supported)
          for (const span of spans) expect(now.evidence.get(lineId)).not.toContainEqual(span)
      }),
      { numRuns: 500 },
    )
  })

  it('takes over everything else that rests on something new', () => {
    fc.assert(
      fc.property(result, chart, (said, now) => {
        const merge = mergeEngineResult(said, now)
        const rests = (spans: readonly EngineEvidence[]) => spans.some((e) => NEW.has(e.versionId) && inText(e))
        const expected = said.suggestions.filter((s) => rests(s.evidence) && !now.lines.some((l) => l.code === s.code))
        expect(new Set(merge.proposals.map((p) => p.code))).toEqual(new Set(expected.map((s) => s.code)))
        const topics = said.opportunities.filter((o) => rests(o.evidence) && !now.topics.has(o.topic))
        expect(new Set(merge.opportunities.map((o) => o.topic))).toEqual(new Set(topics.map((o) => o.topic)))
      }),
      { numRuns: 500 },
    )
  })

  it('says nothing the second time', () => {
    fc.assert(
      fc.property(result, chart, (said, now) => {
        const first = mergeEngineResult(said, now)
        const lines = [
          ...now.lines,
          ...first.proposals.map((p, i) => ({
            id: `made-${i}`,
            system: p.system,
            code: p.code,
            origin: 'ENGINE' as const,
            status: 'PROPOSED' as const,
            decidedBy: null,
          })),
        ]
        const known = new Map(now.evidence)
        first.proposals.forEach((p, i) => known.set(`made-${i}`, p.evidence))
        for (const { lineId, evidence: spans } of first.supported)
          known.set(lineId, [...(known.get(lineId) ?? []), ...spans])
        const topics = new Set([...now.topics, ...first.opportunities.map((o) => o.topic)])
        const second = mergeEngineResult(
          // The engine merges its own findings: one suggestion per code.
          { ...said, suggestions: [...new Map([...said.suggestions].reverse().map((s) => [s.code, s])).values()] },
          { ...now, lines, evidence: known, topics },
        )
        expect(second.proposals.filter((p) => first.proposals.some((f) => f.code === p.code))).toEqual([])
        expect(second.opportunities).toEqual([])
      }),
    )
  })
})
