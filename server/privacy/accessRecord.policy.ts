import { type Sight, sightOf } from '../auth/sight.js'
import { hasRole, type Viewer } from '../auth/viewer.js'

/** Which access records somebody sees. */
export interface RecordScope {
  /** Every facility that a record names is among these. */
  readonly facilityIds: readonly string[]
  /** Also records of patients' data; without it only sign-ins, members and the like. */
  readonly ofPatients: boolean
}

/**
 * Privacy officers see what was done at their facilities, administrators what was done to no patient's data, and nobody
 * else anything. A record names no patient and holds no content, so that what is open here opens nothing there.
 */
export function recordScope(viewer: Viewer): RecordScope | undefined {
  if (hasRole(viewer, 'PRIVACY_OFFICER')) return { facilityIds: viewer.facilityIds, ofPatients: true }
  if (hasRole(viewer, 'ADMIN')) return { facilityIds: [], ofPatients: false }
  return undefined
}

export const recordSight = (viewer: Viewer): Sight =>
  sightOf({ classes: ['OPEN', 'WORK', 'ACCOUNT_REF'], labels: [], roles: viewer.roles, relations: [], readOnly: false })
