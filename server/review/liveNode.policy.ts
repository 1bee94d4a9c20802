import { type Ability, abilityFrom } from '../auth/rules.js'
import { hasRole, type Viewer } from '../auth/viewer.js'

/** Whoever administers an organisation sees how its streams are served, and of no chart which, of no member who. */
export function liveNodeRules(viewer: Viewer): Ability {
  return abilityFrom(
    hasRole(viewer, 'ADMIN') ? [{ action: 'read', subject: 'LiveNode', conditions: { orgId: viewer.orgId } }] : [],
  )
}
