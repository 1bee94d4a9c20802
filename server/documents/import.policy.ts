import { abilityFrom, allows, type Rule, whyNot } from '../auth/rules.js'
import { hasRole, type Role, type Viewer } from '../auth/viewer.js'
import { forbidden } from '../kernel/errors.js'

/** Who takes charts and documents in: coding staff, into facilities they have a grant for. */
const IMPORTERS: readonly Role[] = ['CODER', 'CDI', 'SUPERVISOR']

/** @throws FORBIDDEN with the rule's reason */
export function authorizeImport(viewer: Viewer, facilityId: string): void {
  const ability = abilityFrom(rulesOf(viewer))
  const facility = { id: facilityId }
  if (!allows(ability, 'import', 'Facility', facility)) throw forbidden(whyNot(ability, 'import', 'Facility', facility))
}

/** An upload belongs to no facility yet: whoever may import somewhere may send. @throws FORBIDDEN */
export function authorizeUpload(viewer: Viewer): void {
  if (!hasRole(viewer, ...IMPORTERS)) throw forbidden('ROLE')
}

/** A supervisor may leave a chart outside every worklist and hand it out by name; others would lose sight of it. */
export const needsQueue = (viewer: Viewer): boolean => !hasRole(viewer, 'SUPERVISOR')

function rulesOf(viewer: Viewer): Rule[] {
  if (!hasRole(viewer, ...IMPORTERS)) return []
  return [
    { action: 'import', subject: 'Facility', conditions: { id: { $exists: true } } },
    {
      action: 'import',
      subject: 'Facility',
      inverted: true,
      reason: 'FACILITY',
      conditions: { id: { $nin: [...viewer.facilityIds] } },
    },
  ]
}
