import {
  CONSENT_ACTIONS,
  type ConsentAction,
  type ConsentStatus,
  RESTRICTION_ACTIONS,
  type RestrictionAction,
} from '../../schema/values.js'
import { type Ability, abilityFrom, allows, type Rule } from '../auth/rules.js'
import { type Sight, sightOf } from '../auth/sight.js'
import { hasRole, type Viewer } from '../auth/viewer.js'
import { readsConsents } from './clientConsents.js'

/**
 * Who sees consents and restrictions, what of them, and what they may do: privacy officers, in the facilities they have a
 * grant for. To everybody else there are none. What a coder sees of a chart rests on the facility's agreement (164.506)
 * and is no matter of this file: no consent opens a chart to its coder, and no withdrawal closes it.
 */

export function visibleConsents(viewer: Viewer): Ability {
  const conditions = { facilityId: { $in: [...viewer.facilityIds] } }
  const officer = hasRole(viewer, 'PRIVACY_OFFICER')
  if (viewer.client) {
    const reads = readsConsents(viewer) && (officer || viewer.client.actsFor === 'ITSELF')
    return abilityFrom(reads ? [{ action: 'read', subject: 'Consent', conditions }] : [])
  }
  if (!officer) return abilityFrom([])
  return abilityFrom([
    { action: ['read', 'record'], subject: 'Consent', conditions },
    { action: ['read', 'record'], subject: 'Restriction', conditions },
  ])
}

/**
 * Metadata always; who it is and what it says while it is an open matter. A draft is one until it is in force, a
 * restriction until it is lifted, because people have to keep it, and either while the viewer has a request of its person
 * in hand.
 */
export const consentSight = (viewer: Viewer, open: boolean): Sight =>
  sightOf({
    classes: ['OPEN', 'WORK', 'ACCOUNT_REF', ...(open && !viewer.client ? (['IDENTITY', 'CLINICAL'] as const) : [])],
    labels: [],
    roles: viewer.client ? [] : viewer.roles,
    relations: [],
    readOnly: viewer.client !== undefined,
  })

export const isOpenMatter = (status: ConsentStatus): boolean => status === 'DRAFT'

export const consentActions = (sight: Sight, consent: { readonly status: ConsentStatus }): ConsentAction[] =>
  CONSENT_ACTIONS.filter((action) => allows(actions(sight), action, 'Consent', { status: consent.status }))

export const restrictionActions = (sight: Sight, lifted: boolean): RestrictionAction[] =>
  RESTRICTION_ACTIONS.filter((action) => allows(actions(sight), action, 'Restriction', { lifted }))

const abilities = new WeakMap<Sight, Ability>()

function actions(sight: Sight): Ability {
  let ability = abilities.get(sight)
  if (!ability) abilities.set(sight, (ability = abilityFrom(sight.roles.includes('PRIVACY_OFFICER') ? ACTS : [])))
  return ability
}

const on = (action: ConsentAction[], ...statuses: ConsentStatus[]): Rule => ({
  action,
  subject: 'Consent',
  conditions: { status: { $in: statuses } },
})

const ACTS: readonly Rule[] = [
  on(['read'], 'DRAFT', 'ACTIVE', 'WITHDRAWN', 'ENDED'),
  on(['revise', 'activate'], 'DRAFT'),
  on(['withdraw', 'end', 'deliverCopy'], 'ACTIVE'),
  { action: 'read', subject: 'Restriction', conditions: { lifted: { $in: [true, false] } } },
  { action: 'lift', subject: 'Restriction', conditions: { lifted: false } },
]
