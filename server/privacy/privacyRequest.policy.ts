import { PRIVACY_REQUEST_ACTIONS, type PrivacyRequestAction } from '../../schema/values.js'
import { type Ability, abilityFrom, allows, type Rule, whyNot } from '../auth/rules.js'
import { type Sight, sightOf } from '../auth/sight.js'
import { hasRole, type Viewer } from '../auth/viewer.js'
import { type ForbiddenReason, forbidden } from '../kernel/errors.js'
import type { RequestView } from './privacyRequest.model.js'

/**
 * Who sees and answers what people ask of their own records: privacy officers, at their facilities. That there is a
 * request, of which kind and until when, is their common work; its words are for whoever has it in hand.
 */
export function requestRules(viewer: Viewer): Ability {
  if (viewer.client || !hasRole(viewer, 'PRIVACY_OFFICER')) return abilityFrom([])
  const here = { facilityId: { $in: [...viewer.facilityIds] } }
  const mine = { ...here, assigneeId: viewer.memberId }
  const inHand = { ...mine, state: { $in: ['ASSIGNED', 'DECIDED'] } }
  return abilityFrom([
    rule(['read', 'record'], here),
    rule('words', inHand),
    rule('assign', { ...here, state: { $in: ['OPEN', 'ASSIGNED'] } }),
    rule(['extend', 'decide'], { ...mine, state: 'ASSIGNED' }),
    rule('fulfil', { ...inHand, state: 'DECIDED', decision: { $in: ['GRANTED', 'PARTLY_GRANTED'] } }),
    rule('contest', { ...inHand, state: 'DECIDED', decision: { $in: ['DENIED', 'PARTLY_GRANTED'] } }),
    rule('close', { ...here, state: 'OPEN' }),
    rule('close', inHand),
    // Whoever denied it does not review the denial.
    { ...rule(['decide', 'extend'], { deniedBy: viewer.memberId }), inverted: true, reason: 'SEPARATION_OF_DUTIES' },
  ])
}

const rule = (action: string | string[], conditions: Rule['conditions']): Rule => ({
  action,
  subject: 'PrivacyRequest',
  conditions,
})

export const mayWithRequest = (rules: Ability, action: string, request: RequestView): boolean =>
  allows(rules, action, 'PrivacyRequest', factsOf(request))

/** @throws FORBIDDEN with the reason of the rule that decided */
export function authorizeRequest(rules: Ability, action: PrivacyRequestAction, request: RequestView): void {
  if (mayWithRequest(rules, action, request)) return
  const reason: ForbiddenReason = whyNot(rules, action, 'PrivacyRequest', factsOf(request))
  throw forbidden(reason === 'ROLE' ? 'REQUEST_NOT_IN_HAND' : reason)
}

export const requestActions = (rules: Ability, request: RequestView): PrivacyRequestAction[] =>
  PRIVACY_REQUEST_ACTIONS.filter((action) => mayWithRequest(rules, action, request))

/** Metadata always; the words of a request to whoever has it in hand. */
export const requestSight = (viewer: Viewer, rules: Ability, request: RequestView): Sight =>
  sightOf({
    classes: [
      'OPEN',
      'WORK',
      'ACCOUNT_REF',
      ...(mayWithRequest(rules, 'words', request) ? (['CLINICAL'] as const) : []),
    ],
    labels: [],
    roles: viewer.roles,
    relations: [],
    readOnly: false,
  })

const factsOf = ({ facilityId, state, assigneeId, decision, deniedBy }: RequestView): object => ({
  facilityId,
  state,
  assigneeId,
  decision,
  deniedBy,
})
