import { type Ability, abilityFrom } from '../auth/rules.js'
import { hasRole, type Viewer } from '../auth/viewer.js'

/**
 * Agreements with covered entities: administrators and privacy officers read them. What opens more is asked for by an
 * administrator and approved by a privacy officer; what closes waits for nobody, so either ends it alone.
 */
export function agreementRules(viewer: Viewer): Ability {
  const conditions = { orgId: viewer.orgId }
  const rules = []
  if (hasRole(viewer, 'ADMIN', 'PRIVACY_OFFICER'))
    rules.push({ action: ['read', 'endQualification'], subject: 'Agreement', conditions })
  if (hasRole(viewer, 'ADMIN')) rules.push({ action: 'qualify', subject: 'Agreement', conditions })
  return abilityFrom(rules)
}
