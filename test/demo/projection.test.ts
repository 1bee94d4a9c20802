import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashOf, project, type RawEvent, received } from '../../demo/projection.js'

/** The demo's table is only as good as its checker: histories that were tampered with must not pass. */

const member = (id: unknown) => (typeof id === 'string' ? `name of ${id}` : null)

const event: fc.Arbitrary<RawEvent> = fc.record({
  cursor: fc.uuid(),
  type: fc.constantFrom('SUGGESTION_ACCEPTED', 'COMMENT_ADDED', 'CHART_ASSIGNED'),
  at: fc.constant('2026-05-12T10:00:00.000Z'),
  actorId: fc.option(fc.uuid()),
  classes: fc.constantFrom(['WORK', 'CLINICAL'], ['CLINICAL'], ['WORK']),
  payload: fc.record({
    suggestion: fc.record({
      id: fc.uuid(),
      status: fc.constant('ACCEPTED'),
      code: fc.constantFrom('I10', 'E11.9'),
      authorId: fc.constant(null),
    }),
  }) as fc.Arbitrary<Record<string, unknown>>,
})
const history = fc.uniqueArray(event, { minLength: 3, maxLength: 12, selector: (e) => e.cursor })

const CODER = new Set(['ACCOUNT_REF', 'CLINICAL'])
const SUPERVISOR = new Set(['ACCOUNT_REF', 'MONEY'])

/** What an honest server delivers: the same fields, as a client has them. */
const delivered = (events: readonly RawEvent[], granted: ReadonlySet<string>) =>
  project(events, granted, member).map((e) => {
    const { editKeys: _, ...rest } = e as Record<string, never>
    const actor = (e as { actor: string | null }).actor
    return received({
      ...(rest as object),
      edits: null,
      comment: null,
      submission: null,
      document: null,
      actor: actor === null ? null : { displayName: actor },
    })
  })

describe('the independent projection', () => {
  it('equals what an honest server delivers, under either sight', () => {
    fc.assert(
      fc.property(history, fc.constantFrom(CODER, SUPERVISOR), (events, granted) => {
        expect(hashOf(delivered(events, granted))).toBe(hashOf(project(events, granted, member)))
      }),
    )
  })

  it('notices a lost, a doubled and a swapped event', () => {
    fc.assert(
      fc.property(history, fc.nat(), (events, n) => {
        const honest = delivered(events, CODER)
        const i = n % (honest.length - 1)
        const lost = honest.filter((_, k) => k !== i)
        const doubled = [...honest.slice(0, i), honest[i]!, ...honest.slice(i)]
        const swapped = [...honest.slice(0, i), honest[i + 1]!, honest[i]!, ...honest.slice(i + 2)]
        for (const tampered of [lost, doubled, swapped]) expect(hashOf(tampered)).not.toBe(hashOf(honest))
      }),
    )
  })

  it('notices a field too many: a supervisor who got a code', () => {
    fc.assert(
      fc.property(history, (events) => {
        fc.pre(events.some((e) => e.classes.includes('WORK') && e.classes.includes('CLINICAL')))
        const leaking = delivered(
          events.filter((e) => e.classes.includes('WORK')),
          CODER,
        )
        expect(hashOf(leaking)).not.toBe(hashOf(project(events, SUPERVISOR, member)))
      }),
    )
  })
})
