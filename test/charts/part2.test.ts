import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHART_STATUSES } from '../../schema/values.js'
import { ROLES, type Viewer } from '../../server/auth/viewer.js'
import { resolveSight, type Standing } from '../../server/charts/chart.policy.js'
import { mayBeAdmitted } from '../../server/charts/part2.model.js'

const ID = '018f0000-0000-7000-8000-000000000001'
const SOON = new Date('2026-04-01T23:59:59Z')

const viewer = fc.subarray([...ROLES]).map(
  (roles): Viewer => ({
    ...{ orgId: ID, memberId: ID, userId: 'u', sessionId: 's', displayName: 'x', roles: [...roles] },
    ...{ facilityIds: [], teamIds: [], queueIds: [ID], memberEpoch: 0, orgEpoch: 0 },
  }),
)
const consents = [{ consentId: ID, scope: 'Consent for all' }]
const standing: fc.Arbitrary<Omit<Standing, 'part2'>> = fc.record({
  identityHold: fc.boolean(),
  queueId: fc.constantFrom(null, ID),
  myParts: fc.subarray(['CODER_OF_RECORD', 'SECOND_LOOK', 'AUDITOR', 'CDI'] as const),
  glassUntil: fc.constantFrom(null, SOON),
  requestId: fc.constantFrom(null, ID),
  blindPassId: fc.constantFrom(null, ID),
  iDecided: fc.boolean(),
  status: fc.constantFrom(...CHART_STATUSES),
  restricted: fc.boolean(),
  helpUntil: fc.constantFrom(null, SOON),
  underFinding: fc.boolean(),
})

describe('Part 2 records of a chart', () => {
  it('are asked about for everybody whom the answer could admit, and admit nobody without a basis', () => {
    let admitted = 0
    fc.assert(
      fc.property(viewer, standing, (who, chart) => {
        const withBasis = resolveSight(who, { ...chart, part2: { admitted: true, consents } })
        const without = resolveSight(who, { ...chart, part2: { admitted: false, consents: [] } })
        expect(without.labels.has('PART2')).toBe(false)
        expect(without.consents).toBeUndefined()
        if (!withBasis.labels.has('PART2')) {
          expect(withBasis).toBe(without)
          return
        }
        admitted++
        expect(mayBeAdmitted(chart)).toBe(true)
        // The basis opens the label, and the notice its consent; it is no other right.
        expect(withBasis.consents).toEqual(consents)
        expect([...withBasis.labels].filter((label) => label !== 'PART2')).toEqual([...without.labels])
        expect([...withBasis.classes]).toEqual([...without.classes])
        expect(withBasis.classes.has('CLINICAL')).toBe(true)
      }),
      { numRuns: 5_000 },
    )
    expect(admitted).toBeGreaterThan(500)
  })

  it('are opened by no broken glass', () => {
    fc.assert(
      fc.property(viewer, standing, (who, chart) => {
        const alone = {
          ...chart,
          ...{
            myParts: [],
            helpUntil: null,
            underFinding: false,
            requestId: null,
            blindPassId: null,
            glassUntil: SOON,
          },
        }
        expect(resolveSight(who, { ...alone, part2: { admitted: true, consents } }).labels.has('PART2')).toBe(false)
      }),
      { numRuns: 1_000 },
    )
  })
})
