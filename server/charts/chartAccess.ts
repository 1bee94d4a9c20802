import { CHART_ACTIONS, type ChartAction } from '../../schema/values.js'
import { noteBrokenGlass, noteRequest } from '../auth/accessed.js'
import { type Ability, allows, whyNot } from '../auth/rules.js'
import { remembered, type Session } from '../auth/session.js'
import { type Sight, stands } from '../auth/sight.js'
import { type ForbiddenReason, forbidden } from '../kernel/errors.js'
import type { ChartRow } from './chart.model.js'
import { actionsOf, type ChartState, isQueued, resolveSight, visibleCharts } from './chart.policy.js'

/** The rules on which charts this session's viewer sees, built once for its lists and its rows. */
export const chartsVisibleTo = (session: Session): Ability =>
  remembered(session, visibleCharts, () => visibleCharts(session.viewer, session.now))

/** Whether the viewer sees that this chart exists. A chart that is not visible is not found, whatever is asked of it. */
export function isVisible(session: Session, chart: ChartRow): boolean {
  const ability = chartsVisibleTo(session)
  // The row's own parts are those in force now (chart.store, chartColumns).
  const assignments = chart.myParts.map((part) => ({
    memberId: session.viewer.memberId,
    part,
    endedAt: null,
    until: null,
  }))
  return allows(ability, 'read', 'Chart', {
    facilityId: chart.facilityId,
    queueId: chart.queueId,
    coderOfRecordId: chart.coderOfRecordId,
    status: chart.status,
    assignedUntil: chart.assignedUntil,
    deletedAt: chart.deletedAt,
    restricted: chart.restricted,
    identityHold: chart.identityHold,
    assignments,
  })
}

/** The sight of this session's viewer on this chart, resolved once for all charts that it stands to alike. */
export function sightOn(session: Session, chart: ChartRow): Sight {
  const {
    status,
    myParts,
    iDecided,
    iSawWork,
    identityHold,
    glassUntil,
    helpUntil,
    restricted,
    requestId,
    blindPassId,
  } = chart
  const queued = isQueued(session.viewer, chart.queueId)
  const key = `${queued}/${status}/${myParts.join(',')}/${iDecided}/${identityHold}/${glassUntil !== null}/${helpUntil !== null}/${restricted}/${chart.underFinding}/${requestId}/${blindPassId !== null}/${iSawWork}/${part2Key(chart)}`
  const known = remembered(session, resolveSight, () => new Map<string, Sight>())
  let sight = known.get(key)
  if (!sight) {
    sight = resolveSight(session.viewer, chart)
    known.set(key, sight)
    if (stands(sight, 'BREAK_GLASS')) noteBrokenGlass(session)
    if (requestId && stands(sight, 'REQUEST_IN_HAND')) noteRequest(session, requestId)
  }
  return sight
}

const part2Key = ({ part2 }: ChartRow): string => `${part2.admitted}${part2.consents.map((c) => c.consentId).join(',')}`

/** What may be done: a function of (chart, sight) alone, so that a stream can say it too. */
export function possibleActions(sight: Sight, chart: ChartState): ChartAction[] {
  const ability = actionsOf(sight)
  const state = stateOf(chart)
  return CHART_ACTIONS.filter((action) => allows(ability, action, 'Chart', state))
}

/** @throws FORBIDDEN with the reason of the rule that decided. */
export function authorize(sight: Sight, action: ChartAction, chart: ChartState): void {
  const reason = forbiddenReason(sight, action, chart)
  if (reason) throw forbidden(reason)
}

export function forbiddenReason(sight: Sight, action: ChartAction, chart: ChartState): ForbiddenReason | undefined {
  const ability = actionsOf(sight)
  const state = stateOf(chart)
  if (allows(ability, action, 'Chart', state)) return undefined
  const reason = whyNot(ability, action, 'Chart', state)
  if (reason !== 'ROLE') return reason
  if (ability.rulesFor(action, 'Chart').some((rule) => !rule.inverted)) return 'CHART_STATE'
  const coding: readonly ChartAction[] = [
    'decide',
    'add',
    'reorder',
    'abstract',
    'override',
    'undo',
    'submit',
    'release',
    'pend',
    'unpend',
    'askForHelp',
  ]
  return sight.roles.includes('CODER') && coding.includes(action) && !stands(sight, 'CODER_OF_RECORD')
    ? 'NOT_CODER_OF_RECORD'
    : 'ROLE'
}

const stateOf = (chart: ChartState): ChartState => ({
  status: chart.status,
  identityHold: chart.identityHold,
  coderOfRecordId: chart.coderOfRecordId,
  restricted: chart.restricted,
})
