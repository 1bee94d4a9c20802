import { type Ability, abilityFrom } from '../auth/rules.js'
import { hasRole, type Viewer } from '../auth/viewer.js'

/**
 * Legal holds, and what is deleted for good: privacy officers, for the facilities they work for. A deletion takes a
 * second one (design, section 9): asking for it is all that one person does.
 */
export function retentionRules(viewer: Viewer): Ability {
  if (!hasRole(viewer, 'PRIVACY_OFFICER')) return abilityFrom([])
  const conditions = { orgId: viewer.orgId, facilityId: { $in: [...viewer.facilityIds] } }
  return abilityFrom([{ action: ['read', 'hold', 'askToDelete'], subject: 'Retention', conditions }])
}
