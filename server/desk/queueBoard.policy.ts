import type { FieldClass } from '../../schema/values.js'
import { type Ability, abilityFrom } from '../auth/rules.js'
import { type Sight, sightOf } from '../auth/sight.js'
import { hasRole, type Viewer } from '../auth/viewer.js'

/**
 * Whose board it is: supervisors have the worklists of their facilities ("queues, routing, workload": account, facility,
 * dollars, owners, ages), and whoever codes has those that their teams work, for the counts. A chart is counted only for
 * whoever sees it by the rules of charts; a restricted one for nobody, since that there is one is told to those on it.
 */
export interface BoardRules {
  /** On the act `board` of charts: which of those that the viewer sees stand on it. */
  readonly charts: Ability
  readonly sight: Sight
}

/** @returns undefined for whoever has no board */
export function boardRules(viewer: Viewer): BoardRules | undefined {
  // No scope names what an organisation's people have to do.
  if (viewer.client) return undefined
  const supervises = hasRole(viewer, 'SUPERVISOR')
  if (!supervises && !hasRole(viewer, 'CODER', 'CDI')) return undefined
  const facilities = { facilityId: { $in: [...viewer.facilityIds] } }
  const where = supervises ? facilities : { ...facilities, queueId: { $in: [...viewer.queueIds] } }
  const classes: FieldClass[] = ['OPEN', 'WORK', 'ACCOUNT_REF']
  // As of charts: a treating provider codes nothing for dollars, whatever else the person is.
  if (supervises && !hasRole(viewer, 'PROVIDER')) classes.push('MONEY')
  return {
    charts: abilityFrom([{ action: 'board', subject: 'Chart', conditions: { ...where, restricted: false } }]),
    sight: sightOf({ classes, labels: [], roles: viewer.roles, relations: [], readOnly: true }),
  }
}
