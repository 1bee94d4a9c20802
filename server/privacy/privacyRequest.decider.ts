import type {
  PrivacyRequestKind,
  RequestCloseReason,
  RequestDecision,
  RequestDenial,
  RequestResultType,
} from '../../schema/values.js'
import type { RequestChange, RequestView } from './privacyRequest.model.js'

/** The clocks and grounds of what people ask of their own records (45 CFR 164.522 to 164.528). Pure. */

export interface RequestProblem {
  readonly code: string
  readonly message: string
  readonly field?: string
}

/**
 * Days in which it must be acted on: 164.524(b)(2)(i), 164.526(b)(2)(i), 164.528(c)(1)(i). No federal rule sets a clock for
 * a restriction (164.522(a)) or for deletion.
 */
const DAYS: Readonly<Record<PrivacyRequestKind, number | null>> = {
  ACCESS: 30,
  AMENDMENT: 60,
  ACCOUNTING: 60,
  RESTRICTION: null,
  DELETION: null,
}
/** One extension, of no more than this: 164.524(b)(2)(ii), 164.526(b)(2)(ii), 164.528(c)(1)(ii). */
const EXTENSION_DAYS = 30

export function dueOn(kind: PrivacyRequestKind, receivedOn: string): string | null {
  const days = DAYS[kind]
  return days === null ? null : addDays(receivedOn, days)
}

/** To act on a request is to decide it and to do what is granted (164.524(b)(2)(i), 164.528(c)(1)). */
export const isOverdue = (
  { state, dueOn: due, decision, results }: Pick<RequestView, 'state' | 'dueOn' | 'decision' | 'results'>,
  today: string,
): boolean => state !== 'CLOSED' && decision !== 'DENIED' && !isFulfilled(results) && due !== null && today > due

/** Grounds that somebody else, who did not deny it, reviews at the person's wish (164.524(a)(3), (a)(4)). */
const REVIEWABLE: readonly RequestDenial[] = [
  'ENDANGERS_LIFE_OR_SAFETY',
  'ENDANGERS_PERSON_NAMED',
  'REPRESENTATIVE_ENDANGERS',
]

/** On which grounds a request of a kind may be denied. There is none for an accounting. */
export const DENIALS: Readonly<Record<PrivacyRequestKind, readonly RequestDenial[]>> = {
  // 164.524(a)(1), (a)(2), (a)(3), and (d)(3): what is not kept here.
  ACCESS: [
    'PSYCHOTHERAPY_NOTES',
    'LEGAL_PROCEEDINGS',
    'CORRECTIONAL_SAFETY',
    'RESEARCH_IN_PROGRESS',
    'PRIVACY_ACT',
    'CONFIDENTIAL_SOURCE',
    ...REVIEWABLE,
    'NOT_IN_RECORD_SET',
  ],
  // 164.526(a)(2)(i) to (iv).
  AMENDMENT: ['NOT_CREATED_HERE', 'NOT_IN_RECORD_SET', 'NOT_OPEN_TO_ACCESS', 'ACCURATE_AND_COMPLETE'],
  // 164.522(a)(1)(ii).
  RESTRICTION: ['NOT_AGREED'],
  ACCOUNTING: [],
  DELETION: ['RETENTION_REQUIRED', 'LEGAL_HOLD'],
}

export function openProblems(
  asked: {
    readonly kind: PrivacyRequestKind
    readonly receivedOn: string
    readonly paidInFull: boolean
    readonly destroyed: boolean
  },
  today: string,
): RequestProblem[] {
  if (asked.destroyed && asked.kind !== 'ACCOUNTING')
    return [
      {
        code: 'RECORD_DESTROYED',
        field: 'kind',
        message: 'The record was destroyed: all that is left is what left of it, for an accounting.',
      },
    ]
  if (asked.receivedOn > today)
    return [{ code: 'IN_THE_FUTURE', field: 'receivedOn', message: 'It cannot have come in after today.' }]
  if (asked.paidInFull && asked.kind !== 'RESTRICTION')
    return [
      { code: 'NOT_A_RESTRICTION', field: 'paidInFull', message: 'Only a restriction can rest on payment in full.' },
    ]
  return []
}

/** Thirty days more, once, told to the person before the first term ends. */
export function extend(request: RequestView, today: string): RequestChange | RequestProblem {
  if (request.dueOn === null)
    return { code: 'NO_CLOCK', message: 'No rule sets a term for this kind of request; there is nothing to extend.' }
  if (request.extended) return { code: 'EXTENDED_BEFORE', message: 'A request is extended once only. Act on it now.' }
  if (today > request.dueOn)
    return { code: 'TERM_IS_OVER', message: 'The reasons must be given before the term ends. Act on the request now.' }
  return { extended: true, dueOn: addDays(request.dueOn, EXTENSION_DAYS) }
}

export function decide(
  request: RequestView,
  decision: RequestDecision,
  denialReason: RequestDenial | null,
  now: Date,
): RequestChange | RequestProblem {
  if (decision === 'GRANTED' && denialReason !== null)
    return { code: 'NO_DENIAL', field: 'denialReason', message: 'What is granted in full has no ground of denial.' }
  if (decision !== 'GRANTED') {
    if (request.paidInFull)
      return {
        code: 'MUST_AGREE',
        field: 'decision',
        message: 'What was paid in full is kept from the health plan when asked: 45 CFR 164.522(a)(1)(vi).',
      }
    if (denialReason === null)
      return { code: 'GROUND_MISSING', field: 'denialReason', message: 'Name the ground on which it is denied.' }
    if (!DENIALS[request.kind].includes(denialReason))
      return {
        code: 'NOT_A_GROUND',
        field: 'denialReason',
        message: 'No rule lets this kind of request be denied on that ground.',
      }
  }
  return { state: 'DECIDED', decision, denialReason, decidedAt: now }
}

/**
 * The person disagrees. An amendment that was denied keeps the statement with it (164.526(d)(2)); a denial of access on a
 * ground that is reviewable goes to somebody who took no part in it (164.524(a)(4)).
 */
export function contest(request: RequestView): RequestChange | RequestProblem {
  if (request.kind === 'AMENDMENT') return {}
  if (request.kind === 'ACCESS' && request.denialReason && REVIEWABLE.includes(request.denialReason)) {
    if (request.deniedBy !== null)
      return { code: 'REVIEWED_BEFORE', message: 'A second person has reviewed it already.' }
    return {
      state: 'OPEN',
      deniedBy: request.assigneeId,
      assigneeId: null,
      assignedBy: null,
      decision: null,
      denialReason: null,
      decidedAt: null,
    }
  }
  return {
    code: 'NOT_REVIEWABLE',
    message: 'No rule gives a review of this decision. Tell the person where to complain.',
  }
}

/** Which result a request of each kind leads to. A deletion is done by the approval of a second person. */
export const RESULT_OF: Readonly<Record<PrivacyRequestKind, RequestResultType>> = {
  ACCESS: 'COPY',
  AMENDMENT: 'AMENDMENT',
  RESTRICTION: 'RESTRICTION',
  ACCOUNTING: 'ACCOUNTING',
  DELETION: 'DELETION',
}

/** Answered is what was denied, and what was granted and done: a grant alone ends nothing. */
export function close(
  { state, decision, results }: Pick<RequestView, 'state' | 'decision' | 'results'>,
  reason: RequestCloseReason,
  now: Date,
): RequestChange | RequestProblem {
  if ((reason === 'ANSWERED') !== (state === 'DECIDED'))
    return state === 'DECIDED'
      ? { code: 'DECIDED', field: 'reason', message: 'It was decided: close it as answered.' }
      : { code: 'NOT_DECIDED', field: 'reason', message: 'Decide on it before you close it as answered.' }
  if (reason === 'ANSWERED' && decision !== 'DENIED' && !isFulfilled(results))
    return {
      code: 'NOT_FULFILLED',
      field: 'reason',
      message: 'It was granted: do what was granted before you close it.',
    }
  return { state: 'CLOSED', closeReason: reason, closedAt: now }
}

/** A statement of disagreement is kept with a request, and is nothing that was granted. */
const isFulfilled = (results: RequestView['results']): boolean => results.some(({ type }) => type !== 'DISAGREEMENT')

export const isProblem = (outcome: RequestChange | RequestProblem): outcome is RequestProblem => 'code' in outcome

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
