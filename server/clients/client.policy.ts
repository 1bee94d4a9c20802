import { type Ability, abilityFrom } from '../auth/rules.js'
import { hasRole, type Viewer } from '../auth/viewer.js'

/** Who registers third parties and ends what they may do: administrators, for their organisation. */
export function clientRules(viewer: Viewer): Ability {
  if (!hasRole(viewer, 'ADMIN')) return abilityFrom([])
  const conditions = { orgId: viewer.orgId }
  return abilityFrom([
    { action: ['read', 'register', 'end'], subject: 'VendorAgreement', conditions },
    { action: ['read', 'register', 'change'], subject: 'Client', conditions },
  ])
}
