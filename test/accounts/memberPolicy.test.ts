import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memberRules } from '../../server/accounts/member.policy.js'
import { approvalRules } from '../../server/approvals/approval.policy.js'
import { allows } from '../../server/auth/rules.js'
import { ROLES, type Viewer } from '../../server/auth/viewer.js'

/** Members, sign-ins and what takes a second person: who sees and does what, over random people and rows. */

const ORG = 'org'
const viewers = fc.record({ roles: fc.subarray([...ROLES]), facilityIds: fc.subarray(['north', 'south']) }).map(
  (it): Viewer => ({
    ...it,
    orgId: ORG,
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
const org = fc.constantFrom(ORG, 'another organisation')
const person = fc.constantFrom('me', 'another')

describe('a membership', () => {
  it('is seen by administrators of the organisation, and changed by them unless it is their own', () =>
    fc.assert(
      fc.property(viewers, org, person, (viewer, orgId, memberId) => {
        const rules = memberRules(viewer)
        const sees = viewer.roles.includes('ADMIN') && orgId === ORG
        expect(allows(rules, 'read', 'Membership', { orgId, memberId })).toBe(sees)
        expect(allows(rules, 'change', 'Membership', { orgId, memberId })).toBe(sees && memberId !== 'me')
      }),
    ))
})

describe('a sign-in', () => {
  it('is seen and ended by supervisors and privacy officers of a facility its person works at', () =>
    fc.assert(
      fc.property(viewers, fc.subarray(['north', 'south', 'east']), (viewer, facilityIds) => {
        const rules = memberRules(viewer)
        const office = viewer.roles.includes('SUPERVISOR') || viewer.roles.includes('PRIVACY_OFFICER')
        const shared = facilityIds.some((id) => viewer.facilityIds.includes(id))
        for (const act of ['read', 'end'])
          expect(allows(rules, act, 'LiveSession', { facilityIds })).toBe(office && shared)
      }),
    ))
})

describe('what waits for a second person', () => {
  it('is seen by who asked and by privacy officers, and decided by the latter, never by who asked', () =>
    fc.assert(
      fc.property(viewers, org, person, (viewer, orgId, requestedBy) => {
        const rules = approvalRules(viewer)
        const officer = viewer.roles.includes('PRIVACY_OFFICER') && orgId === ORG
        const asked = { orgId, requestedBy, state: 'PENDING' }
        expect(allows(rules, 'read', 'Approval', asked)).toBe(officer || (orgId === ORG && requestedBy === 'me'))
        expect(allows(rules, 'decide', 'Approval', asked)).toBe(officer && requestedBy !== 'me')
      }),
    ))
})
