import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHART_EVENT_TYPES, EDIT_SEVERITIES } from '../../schema/values.js'
import type { EditView } from '../../server/charts/chart.model.js'
import type { EventPayload } from '../../server/charts/index.js'
import {
  blockedBy,
  differencesSince,
  isDifferent,
  orderChangedSince,
  type SeenEvent,
} from '../../server/submissions/submission.decider.js'

const edit = fc.record({
  key: fc.uuid(),
  ruleId: fc.constantFrom('POA_MISSING', 'EXCLUDES1', 'NO_PRINCIPAL'),
  severity: fc.constantFrom(...EDIT_SEVERITIES),
  overridable: fc.boolean(),
  suggestionIds: fc.constant([] as string[]),
  message: fc.constant('Mend it.'),
  source: fc.constant('Guidelines'),
  override: fc.option(fc.constant({ reason: 'unrelated', memberId: 'm', at: '' })),
}) as fc.Arbitrary<EditView>

describe('what blocks a submission', () => {
  it('is no code at all, and every edit above information that nobody let stand', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 6 }), fc.nat({ max: 3 }), (edits, accepted) => {
        const blocked = blockedBy(edits, accepted)
        const standing = edits.filter((e) => e.severity !== 'INFO' && e.override === null)
        expect(blocked === null).toBe(accepted > 0 && standing.length === 0)
        if (!blocked) return
        expect(blocked.edits).toEqual(standing)
        expect(blocked.problems).toHaveLength(standing.length + (accepted === 0 ? 1 : 0))
      }),
    )
  })
})

describe('what changed since the submitter looked', () => {
  const line = (id: string) => ({ id, status: 'ACCEPTED' }) as EventPayload['suggestion']
  const event = (type: SeenEvent['type'], payload: object, mine = false): SeenEvent => ({
    type,
    mine,
    payload: payload as EventPayload,
  })

  it('is named: lines, fields of the abstract, documents', () => {
    const events = [
      event('SUGGESTION_ACCEPTED', { suggestion: line('a') }),
      event('SUGGESTION_MODIFIED', { suggestion: line('b'), replacement: line('c') }),
      event('SUGGESTION_REJECTED', { suggestion: line('a') }),
      event('SUGGESTION_EVIDENCE_STALE', { suggestion: line('d') }),
      event('ABSTRACT_CHANGED', { abstractField: 'PAYER' }),
      event('DOCUMENT_AMENDED', { document: { id: 'doc' } }),
    ]
    const differences = differencesSince(events)
    expect(differences.lines.map((l) => l.id)).toEqual(['a', 'b', 'c', 'd'])
    expect(differences.abstractFields).toEqual(['PAYER'])
    expect(differences.documentIds).toEqual(['doc'])
    expect(differencesSince(events.map((e) => ({ ...e, mine: true })))).toEqual({
      lines: [],
      abstractFields: [],
      documentIds: [],
    })
  })

  it('counts a line that was taken out of the order, and not what the engine proposes', () => {
    const taken = event('SUGGESTION_PROPOSED', {
      suggestion: line('a'),
      order: { version: 2, principalId: null, suggestionIds: [] },
    })
    expect(differencesSince([taken]).lines.map((l) => l.id)).toEqual(['a'])
    expect(isDifferent(differencesSince([event('SUGGESTION_PROPOSED', { suggestion: line('a') })]))).toBe(false)
  })

  it('is nothing where only talk, work and the engine moved on', () => {
    const silent = [
      'COMMENT_ADDED',
      'COMMENT_RESOLVED',
      'ENGINE_STARTED',
      'ENGINE_FINISHED',
      'CHART_PENDED',
      'CHART_ASSIGNED',
    ] as const
    const events = silent.map((type) => event(type, { suggestion: line('a'), comment: {} }))
    expect(isDifferent(differencesSince(events))).toBe(false)
    expect(orderChangedSince(events)).toBe(false)
  })

  it('an order is a difference of its own, unless it is the submitter’s', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ type: fc.constantFrom(...CHART_EVENT_TYPES), mine: fc.boolean() }), { maxLength: 8 }),
        (drawn) => {
          const events = drawn.map(({ type, mine }) => event(type, {}, mine))
          expect(orderChangedSince(events)).toBe(drawn.some((e) => !e.mine && e.type === 'SUGGESTION_REORDERED'))
          expect(isDifferent(differencesSince(events))).toBe(false)
        },
      ),
    )
  })
})
