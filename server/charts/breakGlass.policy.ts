import { type Ability, abilityFrom, allows, type Rule } from '../auth/rules.js'
import { type Sight, sightOf } from '../auth/sight.js'
import { hasRole, type Viewer } from '../auth/viewer.js'

/**
 * Who sees that a glass was broken, and who reviews it: privacy officers; supervisors see it; compliance sees and
 * reviews what nobody reviewed in time. At their facilities, and nobody reviews their own.
 */
export function breakGlassRules(viewer: Viewer): Ability {
  const inFacility = { facilityId: { $in: [...viewer.facilityIds] } }
  const notOwn = { memberId: { $ne: viewer.memberId } }
  const escalated = { escalatedAt: { $exists: true } }
  const rules: Rule[] = []
  if (hasRole(viewer, 'PRIVACY_OFFICER', 'SUPERVISOR')) rules.push(rule('read', inFacility))
  if (hasRole(viewer, 'PRIVACY_OFFICER')) rules.push(rule('review', { ...inFacility, ...notOwn }))
  if (hasRole(viewer, 'COMPLIANCE')) {
    rules.push(rule('read', { ...inFacility, ...escalated }))
    rules.push(rule('review', { ...inFacility, ...notOwn, ...escalated }))
  }
  return abilityFrom(rules)
}

const rule = (action: string, conditions: Rule['conditions']): Rule => ({ action, subject: 'BreakGlass', conditions })

export interface GlassFacts {
  readonly facilityId: string
  readonly memberId: string
  readonly escalatedAt: Date | null
  readonly reviewedAt: Date | null
}

/** At which facility is told to whoever sees it at all; the words of whoever broke it to its reviewers, while it is open. */
export function breakGlassSight(viewer: Viewer, rules: Ability, glass: GlassFacts): Sight {
  const open = glass.reviewedAt === null && allows(rules, 'review', 'BreakGlass', factsOf(glass))
  return sightOf({
    classes: ['OPEN', 'WORK', 'ACCOUNT_REF', ...(open ? (['CLINICAL'] as const) : [])],
    labels: [],
    roles: viewer.roles,
    relations: [],
    readOnly: false,
  })
}

export const mayWithGlass = (rules: Ability, action: 'read' | 'review', glass: GlassFacts): boolean =>
  allows(rules, action, 'BreakGlass', factsOf(glass))

const factsOf = ({ facilityId, memberId, escalatedAt, reviewedAt }: GlassFacts): GlassFacts => ({
  facilityId,
  memberId,
  escalatedAt,
  reviewedAt,
})
