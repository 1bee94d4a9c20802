import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ROLES, type Viewer } from '../../server/auth/viewer.js'
import { breakGlassRules, breakGlassSight, mayWithGlass } from '../../server/charts/breakGlass.policy.js'

/** Who sees a broken glass, who reviews it and who reads its words: design.md, section 8, over random people and glasses. */

const viewers = fc.record({ roles: fc.subarray([...ROLES]), facilityIds: fc.subarray(['north', 'south']) }).map(
  (it): Viewer => ({
    ...it,
    orgId: 'org',
    memberId: 'me',
    userId: 'u',
    sessionId: 's',
    displayName: 'x',
    teamIds: [],
    queueIds: [],
    memberEpoch: 0,
    orgEpoch: 0,
  }),
)
const moment = fc.constantFrom(null, new Date('2026-04-01T12:00:00Z'))
const glasses = fc.record({
  facilityId: fc.constantFrom('north', 'south'),
  memberId: fc.constantFrom('me', 'another'),
  escalatedAt: moment,
  reviewedAt: moment,
})

describe('a broken glass', () => {
  it('is seen and reviewed at one’s facilities, by office, late ones by compliance too, and never by who broke it', () =>
    fc.assert(
      fc.property(viewers, glasses, (viewer, glass) => {
        const rules = breakGlassRules(viewer)
        const here = viewer.facilityIds.includes(glass.facilityId)
        const late = viewer.roles.includes('COMPLIANCE') && glass.escalatedAt !== null
        const officer = viewer.roles.includes('PRIVACY_OFFICER')
        const sees = here && (officer || viewer.roles.includes('SUPERVISOR') || late)
        const reviews = here && (officer || late) && glass.memberId !== 'me'
        expect(mayWithGlass(rules, 'read', glass)).toBe(sees)
        expect(mayWithGlass(rules, 'review', glass)).toBe(reviews)
        const { classes } = breakGlassSight(viewer, rules, glass)
        expect(classes.has('CLINICAL')).toBe(reviews && glass.reviewedAt === null)
        for (const never of ['IDENTITY', 'QUALITY', 'MONEY'] as const) expect(classes.has(never)).toBe(false)
      }),
      { numRuns: 1_000 },
    ))
})
