import type { ConsentElement, ConsentEndReason, LiftReason } from '../../schema/values.js'
import type { ConsentRecord, Restriction } from './consent.model.js'
import { kindProblems, missingElements } from './elements.decider.js'

/** May a consent take its next step, may a restriction be lifted? Pure. */

export interface LifeProblem {
  readonly code: string
  readonly message: string
  readonly field?: string
}

/** Why it cannot be in force yet; empty where it can. One problem for each missing element, by name. */
export function activationProblems(consent: ConsentRecord, now: string): LifeProblem[] {
  if (consent.status !== 'DRAFT') return [notNow('Only a draft can be put in force.')]
  const { kind, elements } = consent
  const missing = missingElements(kind, elements).map((element) => ({
    code: 'MISSING_ELEMENT',
    field: element,
    message: MISSING[element],
  }))
  const problems: LifeProblem[] = [...missing, ...kindProblems(kind, elements)]
  if (elements.signature && elements.signature.signedOn > now.slice(0, 10))
    problems.push({ code: 'SIGNED_LATER', field: 'signature', message: 'It is signed on a later day; check the date.' })
  if (elements.expiry.at !== null && elements.expiry.at <= now)
    problems.push({ code: 'EXPIRED', field: 'expiresAt', message: 'It has expired; ask the person for a new one.' })
  return problems
}

export function revisionProblems(consent: ConsentRecord): LifeProblem[] {
  if (consent.status === 'DRAFT') return []
  return [notNow('What was signed is not changed. Record another consent, and end this one as superseded.')]
}

/**
 * A withdrawal counts in writing, from when it was received (164.508(b)(5)). That something was disclosed in reliance on
 * the consent is no obstacle: what left stays on record.
 */
export function withdrawalProblems(
  consent: ConsentRecord,
  withdrawal: { readonly inWriting: boolean; readonly receivedAt: string },
  now: string,
): LifeProblem[] {
  if (consent.kind === 'COURT_ORDER') return [notNow('A court order is not withdrawn by the person; end it instead.')]
  if (consent.status !== 'ACTIVE') return [notNow('Only a consent in force can be withdrawn.')]
  if (!withdrawal.inWriting)
    return [
      {
        code: 'NOT_IN_WRITING',
        field: 'inWriting',
        message: 'A withdrawal counts in writing only. Ask the person to write it, and record it then.',
      },
    ]
  if (withdrawal.receivedAt > now)
    return [{ code: 'RECEIVED_LATER', field: 'receivedAt', message: 'It cannot have been received later than now.' }]
  return []
}

export function endProblems(consent: ConsentRecord, reason: ConsentEndReason): LifeProblem[] {
  if (consent.status !== 'ACTIVE') return [notNow('Only a consent in force can be ended.')]
  if (reason === 'EXPIRED')
    return [{ code: 'BY_THE_CALENDAR', field: 'reason', message: 'The calendar ends it by itself, at its instant.' }]
  if (reason === 'EXPIRY_EVENT' && consent.elements.expiry.event === null)
    return [{ code: 'NO_EXPIRY_EVENT', field: 'reason', message: 'The consent names no event on which it expires.' }]
  return []
}

export function copyProblems(consent: ConsentRecord): LifeProblem[] {
  return consent.status === 'ACTIVE' ? [] : [notNow('A copy is given of a signed consent in force.')]
}

/** What was paid in full stays kept back until the person says otherwise (164.522(a)(2)(iii)). */
export function liftProblems(restriction: Restriction, reason: LiftReason): LifeProblem[] {
  if (restriction.lifted !== null) return [{ code: 'ALREADY_LIFTED', message: 'It was lifted already.' }]
  if (restriction.selfPay && reason === 'ENTITY_ENDED')
    return [
      {
        code: 'SELF_PAY_STAYS',
        field: 'reason',
        message: 'What was paid in full is kept from health plans until the person says otherwise.',
      },
    ]
  return []
}

const notNow = (message: string): LifeProblem => ({ code: 'CONSENT_STATE', message })

const MISSING: Readonly<Record<ConsentElement, string>> = {
  DESCRIPTION: 'Describe the information specifically (164.508(c)(1)(i)).',
  DISCLOSER: 'Say who may disclose it (164.508(c)(1)(ii)).',
  RECIPIENT: 'Say who may receive it (164.508(c)(1)(iii)).',
  PURPOSE: 'Say what for (164.508(c)(1)(iv)).',
  EXPIRY: 'Give the date or the event on which it expires (164.508(c)(1)(v)).',
  SIGNATURE: 'Enter signature and date, and the authority of whoever signs for the person (164.508(c)(1)(vi)).',
  STATEMENT_REVOCATION: 'The form must state the right to revoke and how (164.508(c)(2)(i)).',
  STATEMENT_CONDITIONING: 'The form must state whether care may depend on signing it (164.508(c)(2)(ii)).',
  STATEMENT_REDISCLOSURE: 'The form must state that it may be disclosed again (164.508(c)(2)(iii)).',
  STATEMENT_REMUNERATION: 'The form must state that somebody is paid (164.508(a)(3), (a)(4)).',
  PLAIN_LANGUAGE: 'Confirm that the form is in plain language (164.508(c)(3)).',
  TEXT_VERSION: 'Name the edition of the form that was signed.',
  NAMED_RECIPIENT: 'This kind needs every recipient by name (42 CFR 2.31(a)(4)).',
  LEGAL_AUTHORITY: 'Cite the law and the docket of the order (164.512(a), (e); 42 CFR 2.61).',
  NAMED_INTERMEDIARY: 'Name the intermediary (42 CFR 2.31(a)(4)(ii)).',
}
