import { type Ability, abilityFrom } from '../auth/rules.js'
import { hasRole, type Viewer } from '../auth/viewer.js'

/**
 * Clients, scopes, agreements, policies and grants to oneself take two people (design, section 3): whoever asks sees
 * what they asked for, a privacy officer sees everything and decides, and nobody decides on their own request.
 */
export function approvalRules(viewer: Viewer): Ability {
  const { orgId, memberId } = viewer
  return abilityFrom([
    { action: 'read', subject: 'Approval', conditions: { orgId, requestedBy: memberId } },
    ...(hasRole(viewer, 'PRIVACY_OFFICER')
      ? [
          { action: ['read', 'decide'], subject: 'Approval', conditions: { orgId } },
          {
            action: 'decide',
            subject: 'Approval',
            inverted: true,
            reason: 'OWN_REQUEST' as const,
            conditions: { requestedBy: memberId },
          },
        ]
      : []),
  ])
}
