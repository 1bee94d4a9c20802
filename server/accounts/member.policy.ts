import { type Ability, abilityFrom } from '../auth/rules.js'
import { hasRole, type Viewer } from '../auth/viewer.js'

/**
 * Who sees and changes what members may do (administrators, for the whole organisation, and never their own: nobody
 * grants to themselves), and who sees and ends sign-ins (supervisors and privacy officers, of people at their facilities).
 */
export function memberRules(viewer: Viewer): Ability {
  return abilityFrom([
    ...(hasRole(viewer, 'ADMIN')
      ? [
          { action: 'read', subject: 'Membership', conditions: { orgId: viewer.orgId } },
          {
            action: 'change',
            subject: 'Membership',
            conditions: { orgId: viewer.orgId, memberId: { $ne: viewer.memberId } },
          },
        ]
      : []),
    ...(hasRole(viewer, 'SUPERVISOR', 'PRIVACY_OFFICER')
      ? [
          {
            action: ['read', 'end'],
            subject: 'LiveSession',
            conditions: { facilityIds: { $in: [...viewer.facilityIds] } },
          },
        ]
      : []),
  ])
}
