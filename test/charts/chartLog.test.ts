import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHART_EVENT_TYPES, FIELD_CLASSES } from '../../schema/values.js'
import { RESOURCES } from '../../server/auth/scope.js'
import { sightOf } from '../../server/auth/sight.js'
import { isEventVisible } from '../../server/charts/chartLog.js'

/** Whose events a resource has, by the beginning of their names; of all others a program hears nothing. */
const OF: Readonly<Record<string, readonly string[]>> = {
  Chart: ['CHART', 'ABSTRACT'],
  DocumentReference: ['DOCUMENT', 'LATE'],
  Suggestion: ['SUGGESTION'],
}

const classes = fc.subarray([...FIELD_CLASSES])
const type = fc.constantFrom(...CHART_EVENT_TYPES)
const sight = (seen: (typeof FIELD_CLASSES)[number][], follows?: (typeof RESOURCES)[number][]) =>
  sightOf({ classes: seen, labels: [], roles: [], relations: [], readOnly: true, ...(follows && { follows }) })

describe('an event', () => {
  it('is there for people who see one of its classes, and absent for all others', () =>
    fc.assert(
      fc.property(type, classes, classes, (of, own, seen) => {
        const shared = own.filter((it) => seen.includes(it)).length
        expect(isEventVisible({ type: of, classes: own }, sight(seen))).toBe(shared > 0)
      }),
    ))

  it('is heard by a program only where a scope of it names what the event is of', () =>
    fc.assert(
      fc.property(type, classes, classes, fc.subarray([...RESOURCES]), (of, own, seen, follows) => {
        const named = follows.some((resource) => OF[resource]?.includes(of.split('_')[0]!))
        const shared = own.some((it) => seen.includes(it))
        expect(isEventVisible({ type: of, classes: own }, sight(seen, follows))).toBe(named && shared)
      }),
    ))
})
