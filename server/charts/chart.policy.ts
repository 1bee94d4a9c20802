import {
  CHART_ACTIONS,
  type ChartAction,
  type ChartStatus,
  type FieldClass,
  SENSITIVITY_LABELS,
  type SensitivityLabel,
} from '../../schema/values.js'
import { type Ability, abilityFrom, type Rule } from '../auth/rules.js'
import { type ClientGrant, classesOf, followed, scopeOn } from '../auth/scope.js'
import { type Relation, type Sight, sightOf } from '../auth/sight.js'
import { hasRole, type Role, type Viewer } from '../auth/viewer.js'
import type { ForbiddenReason } from '../kernel/errors.js'
import type { Part2Admission } from './part2.model.js'

/**
 * Who sees a chart, which classes of its fields, and what they may do with it: the whole default policy of charts.
 * The rules that list charts are conditions on columns; the rules that act are conditions on the chart's state, made
 * from sight alone, so that everyone of equal sight may do the same.
 */

// ---- which charts -------------------------------------------------------------------------------------------------

/** @param now an assignment that has run out counts no more, whether or not somebody has ended it yet. */
export function visibleCharts(viewer: Viewer, now: Date): Ability {
  // A part is held in a role (HELD_AS), here as in the sight: an assignment that outlives the role opens no chart.
  const held = PARTS.filter((part) => hasRole(viewer, ...HELD_AS[part]))
  const reviewing = held.filter((part) => part !== 'CODER_OF_RECORD')
  const reviews = (until: unknown) => ({
    assignments: { $elemMatch: { memberId: viewer.memberId, part: { $in: reviewing }, endedAt: null, until } },
  })
  // Only coding runs out: what waits, and what is done, stays with its coder (releaseExpired.job.ts).
  const codes = {
    coderOfRecordId: viewer.memberId,
    $or: [{ status: { $ne: 'IN_CODING' } }, { assignedUntil: null }, { assignedUntil: { $gt: now } }],
  }
  const onIt = [
    ...(held.includes('CODER_OF_RECORD') ? [codes] : []),
    ...(reviewing.length > 0 ? [reviews(null), reviews({ $gt: now })] : []),
  ]
  const inFacility = { facilityId: { $in: [...viewer.facilityIds] } }
  const rules: Rule[] = []

  // A third party: where its agreement says, if it may read charts at all; for a person, of what that person sees.
  const { client } = viewer
  if (client && !scopeOn(client, 'Chart')) return abilityFrom([])
  if (client?.actsFor === 'ITSELF') rules.push(read(inFacility))
  if (hasRole(viewer, 'CODER', 'CDI')) {
    // One rule, so that a list asks for the facility once.
    rules.push(read({ ...inFacility, $or: [{ queueId: { $in: [...viewer.queueIds] } }, ...onIt] }))
  }
  if (hasRole(viewer, 'AUDITOR', 'SUPERVISOR', 'COMPLIANCE', 'PRIVACY_OFFICER')) rules.push(read(inFacility))

  // Employee, VIP, family, self: only those who are on the chart, and the privacy officers who put them on it: that
  // there is such a chart is metadata, and whoever could not see it could grant it to nobody.
  if (client) rules.push(hidden({ restricted: true }), hidden({ identityHold: true }))
  else if (!hasRole(viewer, 'PRIVACY_OFFICER'))
    rules.push(hidden({ restricted: true, ...(onIt.length > 0 && { $nor: onIt }) }))
  // Of a person whose record was destroyed there is no chart, for anybody.
  if (rules.length > 0)
    rules.push({ action: 'read', subject: 'Chart', inverted: true, conditions: { deletedAt: { $ne: null } } })
  return abilityFrom(rules)
}

const read = (conditions: Rule['conditions']): Rule => ({ action: 'read', subject: 'Chart', conditions })

const hidden = (conditions: Rule['conditions']): Rule => ({
  ...read(conditions),
  inverted: true,
  reason: 'RESTRICTED',
})

// ---- which classes of fields --------------------------------------------------------------------------------------

type Part = Exclude<
  Relation,
  'HAS_DECIDED' | 'HAS_SEEN_WORK' | 'BREAK_GLASS' | 'HELPING' | 'REQUEST_IN_HAND' | 'BLIND_PASS'
>

export interface Standing {
  readonly identityHold: boolean
  readonly queueId: string | null
  /** In force now, by the clock. */
  readonly myParts: readonly Part[]
  /** In force; see breakGlass.command.ts. */
  readonly glassUntil?: Date | null
  /** A request of this very person that the viewer has in hand (privacy/assignPrivacyRequest.command.ts). */
  readonly requestId?: string | null
  /** The viewer codes it blind now (passes/openBlindPass.command.ts). */
  readonly blindPassId?: string | null
  readonly iDecided: boolean
  /** The viewer was once on it, acted on its content, or opened it: of no matter but to auditors. */
  readonly iSawWork?: boolean
  readonly status: ChartStatus
  readonly restricted: boolean
  /** Until when the chart's coder has it opened to supervisors by a question; null where none stands now. */
  readonly helpUntil: Date | null
  /** An auditor has recorded a finding on it. */
  readonly underFinding: boolean
  /** On what its Part 2 records, if it holds any, are open now to those who work on it. */
  readonly part2: Part2Admission
}

/** A viewer's rules resolved against one chart. */
export function resolveSight(viewer: Viewer, chart: Standing): Sight {
  const { client } = viewer
  if (!client) return personSight(viewer, chart)
  // What a person opened by breaking the glass is opened to that person, and to no program.
  return clientSight(
    client,
    client.actsFor === 'PERSON' ? personSight(viewer, { ...chart, glassUntil: null }) : undefined,
  )
}

function personSight(viewer: Viewer, chart: Standing): Sight {
  const relations = relationsOf(viewer, chart)
  const onIt = relations.filter((r) => isPart(r))
  const glassBroken = relations.includes('BREAK_GLASS')
  const classes = new Set<FieldClass>(['OPEN', 'WORK'])
  const grant = (...granted: FieldClass[]) => {
    for (const c of granted) classes.add(c)
  }

  // A restricted chart is seen by a privacy officer for its existence alone, whatever other roles the person holds.
  if (!chart.restricted || onIt.length > 0 || !hasRole(viewer, 'PRIVACY_OFFICER')) {
    // The account of what they may take next: coders and CDI specialists in their own worklists, auditors anywhere.
    if (hasRole(viewer, 'CODER', 'CDI') && isQueued(viewer, chart.queueId)) grant('ACCOUNT_REF')
    if (hasRole(viewer, 'AUDITOR')) grant('ACCOUNT_REF')
    if (hasRole(viewer, 'SUPERVISOR')) grant('ACCOUNT_REF', 'MONEY')
    if (hasRole(viewer, 'COMPLIANCE')) grant('ACCOUNT_REF', 'QUALITY', 'MONEY')
  }
  // Identity and clinical content from claim on: of whoever has a part on this chart, and of nobody else.
  if (onIt.length > 0) grant('ACCOUNT_REF', 'IDENTITY', 'CLINICAL')
  // For an hour, to read and nothing else: neither quality nor money comes with it.
  if (glassBroken) grant('ACCOUNT_REF', 'IDENTITY', 'CLINICAL')
  // What a person asks of their record is answered from it: by whoever has the request in hand, until it is closed.
  const answering = relations.includes('REQUEST_IN_HAND')
  if (answering) grant('ACCOUNT_REF', 'IDENTITY', 'CLINICAL')
  // To code it a second time: all that the coder reads, and nothing of what the coder made of it (masking, isBlind).
  const blind = relations.includes('BLIND_PASS')
  if (blind) grant('ACCOUNT_REF', 'IDENTITY', 'CLINICAL')
  // The content, for the question to be answered, and no name: a supervisor needs none for it (164.502(b)).
  const helping = relations.includes('HELPING')
  if (helping) grant('CLINICAL')
  // Post-bill findings: what they rest on, and again no name.
  const compliance = hasRole(viewer, 'COMPLIANCE') && chart.underFinding && !chart.restricted
  if (compliance) grant('CLINICAL')
  if (relations.includes('AUDITOR') || relations.includes('SECOND_LOOK')) grant('QUALITY')
  if (relations.includes('CDI')) grant('MONEY')
  // An identity hold is an open matter of this patient: the one kind of chart in which a privacy officer sees names.
  if (hasRole(viewer, 'PRIVACY_OFFICER') && chart.identityHold) grant('ACCOUNT_REF', 'IDENTITY')
  // A treating provider codes nothing for dollars: whatever else the person is, the chart says nothing of money.
  if (hasRole(viewer, 'PROVIDER')) classes.delete('MONEY')

  // Who is admitted to the chart is admitted to its labels by the facility's basis: its agreement, and for Part 2 records
  // a qualified service organisation agreement or a consent (design: sensitivity labels; 42 CFR 2.12(c)(4), 2.33).
  const admitted = onIt.length > 0 || answering || blind || helping || compliance
  const part2 = admitted && chart.part2.admitted
  return sightOf({
    classes,
    labels: [...(part2 ? (['PART2'] as const) : []), ...(admitted || glassBroken ? BESIDE_PART2 : [])],
    roles: viewer.roles,
    relations,
    readOnly: false,
    ...(part2 && { consents: chart.part2.consents }),
  })
}

/** Whether the chart stands in a worklist that a team of the viewer's works. */
export const isQueued = (viewer: Viewer, queueId: string | null): boolean =>
  queueId !== null && viewer.queueIds.includes(queueId)

/**
 * What the scopes name, to read alone, and nothing that bears a label: labels are opened by consent, for people. For a
 * person, of that what the person sees.
 */
const clientSight = (client: ClientGrant, person: Sight | undefined): Sight =>
  sightOf({
    classes: classesOf(client).filter((it) => !person || person.classes.has(it)),
    labels: [],
    roles: person?.roles ?? [],
    relations: person?.relations ?? [],
    readOnly: true,
    follows: followed(client),
  })

/** Records of substance use disorder treatment are never opened by breaking the glass (42 CFR 2.12, 2.13). */
const BESIDE_PART2: readonly SensitivityLabel[] = ['MENTAL_HEALTH', 'HIV', 'GENETIC', 'RESTRICTED']

/** Who may open a chart's content for an hour. The glass mends itself where the role is lost. */
const BREAKS_GLASS: readonly Role[] = ['SUPERVISOR', 'PRIVACY_OFFICER']

/** A part is held in a role: whoever lost the role has lost what the part gave, though the assignment still stands. */
export const HELD_AS: Readonly<Record<Part, readonly Role[]>> = {
  CODER_OF_RECORD: ['CODER'],
  SECOND_LOOK: ['AUDITOR'],
  AUDITOR: ['AUDITOR'],
  CDI: ['CDI'],
}

const PARTS = Object.keys(HELD_AS) as Part[]
const isPart = (relation: Relation): relation is Part => Object.hasOwn(HELD_AS, relation)

function relationsOf(viewer: Viewer, chart: Standing): Relation[] {
  const relations = new Set<Relation>(chart.myParts.filter((part) => hasRole(viewer, ...HELD_AS[part])))
  // Who codes or reviews now may not audit anyway; only afterwards does it matter that a line was decided, and only for
  // those who audit at all. So a decision changes nothing about what its maker sees, and interrupts no stream.
  const coding = relations.has('CODER_OF_RECORD') || relations.has('SECOND_LOOK')
  // Whoever has a part sees the content by it: the glass adds nothing.
  if (chart.glassUntil && !chart.restricted && relations.size === 0 && hasRole(viewer, ...BREAKS_GLASS))
    relations.add('BREAK_GLASS')
  if (chart.requestId && hasRole(viewer, 'PRIVACY_OFFICER')) relations.add('REQUEST_IN_HAND')
  if (chart.blindPassId && !chart.restricted && hasRole(viewer, 'AUDITOR')) relations.add('BLIND_PASS')
  if (chart.helpUntil && !chart.restricted && hasRole(viewer, 'SUPERVISOR')) relations.add('HELPING')
  if (chart.iDecided && !coding && hasRole(viewer, 'AUDITOR')) relations.add('HAS_DECIDED')
  // Told apart only where nothing else says it already: the sight of whoever works on a chart changes by it no more often.
  if (chart.iSawWork && relations.size === 0 && hasRole(viewer, 'AUDITOR')) relations.add('HAS_SEEN_WORK')
  return [...relations]
}

// ---- which acts ---------------------------------------------------------------------------------------------------

export interface ChartState {
  readonly status: ChartStatus
  readonly identityHold: boolean
  readonly coderOfRecordId: string | null
  readonly restricted: boolean
}

const CODING: readonly ChartStatus[] = ['IN_CODING', 'PENDED', 'REOPENED']
/** Everything that changes what the codes of a chart are. */
const DECIDING: readonly ChartAction[] = ['decide', 'add', 'reorder', 'abstract', 'override', 'undo']
const DONE: readonly ChartStatus[] = ['SUBMITTED', 'EXPORTED']

const abilities = new WeakMap<Sight, Ability>()

/** What a sight may do with a chart in some state. */
export function actionsOf(sight: Sight): Ability {
  let ability = abilities.get(sight)
  if (!ability) {
    ability = abilityFrom(actionRules(sight))
    abilities.set(sight, ability)
  }
  return ability
}

function actionRules(sight: Sight): Rule[] {
  const role = (...roles: Role[]) => roles.some((r) => sight.roles.includes(r))
  const stands = (...relations: Relation[]) => relations.some((r) => sight.relations.includes(r))
  const rules: Rule[] = [may(['read'], {})]

  if (role('CODER')) rules.push(may(['claim'], { status: { $in: ['READY', 'REOPENED'] }, coderOfRecordId: null }))
  if (stands('CODER_OF_RECORD')) {
    rules.push(may(['release', 'pend', 'unpend'], { status: { $in: [...CODING] } }))
    rules.push(may(['submit'], { status: { $in: ['IN_CODING', 'REOPENED'] } }))
    rules.push(may(['reopen', 'export'], { status: { $in: [...DONE] } }))
    rules.push(may(['addDocument', 'amendDocument', 'signDocument', 'withdrawDocument'], {}))
    rules.push(may(['askForHelp'], { status: { $in: [...CODING] }, restricted: false }))
  }
  if (stands('CODER_OF_RECORD', 'SECOND_LOOK')) {
    rules.push(may(DECIDING, { status: { $in: [...CODING] } }))
    rules.push(may(['runEngine'], {}))
  }
  if (stands('HELPING')) rules.push(may(['comment'], {}))
  if (stands('CODER_OF_RECORD', 'SECOND_LOOK', 'AUDITOR', 'CDI')) rules.push(may(['comment', 'labelDocument'], {}))
  if (stands('SECOND_LOOK', 'AUDITOR') || role('SUPERVISOR'))
    rules.push(may(['return'], { status: { $in: ['SUBMITTED'] } }))
  // Work is routed by supervisors; who works on an employee's or a relative's chart is for privacy officers to grant.
  if (role('SUPERVISOR')) rules.push(may(['assign'], { restricted: false }))
  if (role('PRIVACY_OFFICER')) rules.push(may(['assign'], { restricted: true }))
  if (role('SUPERVISOR')) {
    rules.push(may(['reopen', 'export'], { status: { $in: [...DONE] } }))
    rules.push(may(['addDocument', 'amendDocument', 'signDocument', 'withdrawDocument', 'runEngine'], {}))
  }
  // What is open already needs no glass broken.
  if (role(...BREAKS_GLASS) && !sight.classes.has('CLINICAL')) rules.push(may(['breakGlass'], {}))
  if (role('PRIVACY_OFFICER'))
    rules.push(
      may(['withdrawDocument', 'labelDocument', 'unlabelDocument'], {}),
      may(['resolveIdentity'], { identityHold: true }),
    )
  if (role('AUDITOR')) {
    rules.push(may(['openSecondLook', 'openBlindPass'], {}))
    rules.push(may(['openAudit'], { status: { $in: [...DONE] } }))
  }
  if (stands('AUDITOR')) rules.push(may(['recordFinding', 'add'], { status: { $in: [...DONE, 'REOPENED'] } }))

  // Whoever coded a chart audits it never (and nobody audits what they decided).
  if (stands('CODER_OF_RECORD', 'SECOND_LOOK', 'HAS_DECIDED'))
    rules.push(never(['openAudit', 'recordFinding'], {}, 'SEPARATION_OF_DUTIES'))
  if (stands('CODER_OF_RECORD', 'AUDITOR')) rules.push(never(['openSecondLook'], {}, 'SEPARATION_OF_DUTIES'))
  if (stands('AUDITOR'))
    rules.push(never([...DECIDING.filter((a) => a !== 'add'), 'claim', 'submit'], {}, 'SEPARATION_OF_DUTIES'))
  rules.push(
    never(
      ['claim', ...DECIDING, 'submit', 'export', 'openSecondLook', 'openAudit'],
      { identityHold: true },
      'IDENTITY_HOLD',
    ),
  )
  // Nobody codes a chart with holes, nor judges how it was coded: it waits for a basis, and stays with its coder.
  if (stands(...PARTS) && !admitsEvery(sight))
    rules.push(never([...DECIDING, 'submit', 'recordFinding'], {}, 'LABELS_NOT_ADMITTED'))
  // Restricted is restricted to those who were put on it, whatever else somebody is who sees that there is the chart.
  if (!stands(...PARTS)) rules.push(never([...WORKS, 'breakGlass'], { restricted: true }, 'RESTRICTED'))
  // A second opinion is one only of somebody who has seen none of the first.
  if (sight.classes.has('CLINICAL') || stands('HAS_DECIDED', 'HAS_SEEN_WORK'))
    rules.push(never(['openBlindPass'], {}, 'SEPARATION_OF_DUTIES'))
  rules.push(never(['openBlindPass'], { identityHold: true }, 'IDENTITY_HOLD'))
  if (stands('BLIND_PASS')) rules.push(never(WRITES, {}, 'BLIND_PASS'))
  if (sight.readOnly) rules.push(never(WRITES, {}, 'READ_ONLY'))
  return rules
}

const admitsEvery = (sight: Sight): boolean => SENSITIVITY_LABELS.every((label) => sight.labels.has(label))

const ANY_STATUS = { status: { $exists: true } }
const orAny = (conditions: Rule['conditions']) => (Object.keys(conditions).length > 0 ? conditions : ANY_STATUS)

const may = (action: readonly ChartAction[], conditions: Rule['conditions']): Rule => ({
  action,
  subject: 'Chart',
  conditions: orAny(conditions),
})

const never = (action: readonly ChartAction[], conditions: Rule['conditions'], reason: ForbiddenReason): Rule => ({
  ...may(action, conditions),
  inverted: true,
  reason,
})

/** What is done about a chart and its papers without working on its codes. */
const ABOUT: readonly ChartAction[] = [
  'assign',
  'breakGlass',
  'resolveIdentity',
  'addDocument',
  'amendDocument',
  'signDocument',
  'withdrawDocument',
  'labelDocument',
  'unlabelDocument',
]
const WORKS: readonly ChartAction[] = CHART_ACTIONS.filter((action) => action !== 'read' && !ABOUT.includes(action))
const WRITES: readonly ChartAction[] = CHART_ACTIONS.filter((action) => action !== 'read')
