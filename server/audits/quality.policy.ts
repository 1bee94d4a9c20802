import { type Ability, abilityFrom, allows, type Rule } from '../auth/rules.js'
import { type Sight, sightOf } from '../auth/sight.js'
import { hasRole, type Viewer } from '../auth/viewer.js'
import { type ChartRow, HELD_AS } from '../charts/index.js'
import type { ResultRow } from './audit.model.js'

/**
 * Who sees what an audit says of one person: that person ("own quality results"), its auditor, and compliance; and who
 * decides what is escalated (design, section 3). Nobody sees a colleague's. What else of the chart an auditor sees ends
 * with the review (review.ts); what they found is theirs.
 */
export function qualityRules(viewer: Viewer, now: Date): Ability {
  // No scope names quality.
  if (viewer.client) return abilityFrom([])
  const me = viewer.memberId
  const inFacility = { facilityId: { $in: [...viewer.facilityIds] } }
  const rules: Rule[] = []
  if (hasRole(viewer, 'CODER', 'AUDITOR')) rules.push(rule(['read', 'reply'], { ...inFacility, memberId: me }))
  if (hasRole(viewer, 'AUDITOR')) rules.push(rule(['read', 'answer'], { ...inFacility, auditorId: me }))
  if (hasRole(viewer, 'COMPLIANCE')) rules.push(rule(['read', 'decide'], inFacility))
  if (rules.length === 0) return abilityFrom([])

  // The person who decides is neither the coder nor the auditor (design: separation of duties).
  const party = [{ memberId: me }, { auditorId: me }, { 'chart.coderOfRecordId': me }, { 'chart.lastSubmitterId': me }]
  rules.push(never(['decide'], { $or: party }))
  // As of charts: restricted is restricted to those who were put on it, and of the destroyed there is nothing.
  const onIt = partsOf(viewer, now)
  rules.push(never(ALL, { 'chart.restricted': true, ...(onIt.length > 0 && { $nor: onIt }) }))
  rules.push(never(ALL, { 'chart.deletedAt': { $exists: true } }))
  // Whoever codes the chart blind is told nothing of what became of its codes.
  rules.push(never(ALL, { passes: { $elemMatch: { memberId: me, revealedAt: null } } }))
  return abilityFrom(rules)
}

export type QualityAction = 'read' | 'reply' | 'answer' | 'decide'
const ALL: readonly QualityAction[] = ['read', 'reply', 'answer', 'decide']

const rule = (action: readonly QualityAction[], conditions: Rule['conditions']): Rule => ({
  action,
  subject: 'QualityResult',
  conditions,
})
const never = (action: readonly QualityAction[], conditions: Rule['conditions']): Rule => ({
  ...rule(action, conditions),
  inverted: true,
  reason: 'SEPARATION_OF_DUTIES',
})

function inForce(memberId: string, parts: readonly string[], now: Date): Rule['conditions'][] {
  const until = (value: unknown) => ({
    assignments: { $elemMatch: { memberId, part: { $in: [...parts] }, endedAt: null, until: value } },
  })
  return [until(null), until({ $gt: now })]
}

/** The parts that open a restricted chart: as in the rules of charts, each held in its role. */
function partsOf(viewer: Viewer, now: Date): Rule['conditions'][] {
  const held = (Object.keys(HELD_AS) as (keyof typeof HELD_AS)[]).filter((part) => hasRole(viewer, ...HELD_AS[part]))
  const reviewing = held.filter((part) => part !== 'CODER_OF_RECORD')
  const codes = { 'chart.coderOfRecordId': viewer.memberId }
  return [
    ...(held.includes('CODER_OF_RECORD')
      ? [
          { ...codes, 'chart.status': { $ne: 'IN_CODING' } },
          { ...codes, 'chart.assignedUntil': null },
          { ...codes, 'chart.assignedUntil': { $gt: now } },
        ]
      : []),
    ...(reviewing.length > 0 ? inForce(viewer.memberId, reviewing, now) : []),
  ]
}

/** The rules on one result, in memory. @param chart as it stands for this very viewer */
export function mayWithResult(
  rules: Ability,
  action: QualityAction,
  viewer: Viewer,
  result: Pick<ResultRow, 'facilityId' | 'memberId' | 'auditorId'>,
  chart: ChartRow,
): boolean {
  return allows(rules, action, 'QualityResult', factsOf(viewer, result, chart))
}

export function factsOf(
  { memberId }: Viewer,
  result: Pick<ResultRow, 'facilityId' | 'memberId' | 'auditorId'>,
  chart: ChartRow,
): object {
  const { restricted, coderOfRecordId, lastSubmitterId, status, assignedUntil, deletedAt } = chart
  return {
    facilityId: result.facilityId,
    memberId: result.memberId,
    auditorId: result.auditorId,
    chart: { restricted, coderOfRecordId, lastSubmitterId, status, assignedUntil, deletedAt },
    assignments: chart.myParts.map((part) => ({ memberId, part, endedAt: null, until: null })),
    passes: chart.blindPassId === null ? [] : [{ memberId, revealedAt: null }],
  }
}

/**
 * What of a result is seen: its quality by whoever sees it, and the rest as far as its chart is open to them.
 * @param chart the viewer's sight on it; undefined where they see the chart no more
 */
export function resultSight(viewer: Viewer, chart: Sight | undefined): Sight {
  const facts = chart ?? { classes: [], labels: [], roles: viewer.roles, relations: [], readOnly: false }
  return sightOf({ ...facts, classes: [...facts.classes, 'OPEN', 'WORK', 'QUALITY'] })
}
