import type {
  ConsentElement,
  ConsentEndReason,
  ConsentKind,
  ConsentStatus,
  LiftReason,
  PartyKind,
  PrivacyRequestKind,
  PrivacyRequestState,
  RequestCloseReason,
  RequestDecision,
  RequestDenial,
  Requester,
} from '../../../live/index.js'

/** Consents, restrictions and what people ask of their own records, in the words of people of the trade. */

/** Doing what was granted, by what was asked. */
export const FULFIL: Readonly<
  Record<PrivacyRequestKind, { title: string; button: string; hint: string; result: string; done: string }>
> = {
  ACCESS: {
    title: 'Make the copy',
    button: 'Make and save it',
    hint: 'It stands among the disclosures, as one to the person.',
    result: 'Copy made',
    done: 'The copy is made and saved. Hand it over, then close the request.',
  },
  AMENDMENT: {
    title: 'Link the amendment',
    button: 'Link',
    hint: 'A coder adds or amends the document on its chart; its id stands in its details there.',
    result: 'Amendment linked',
    done: 'The amendment is linked. Tell the person and whoever relied on it, then close the request.',
  },
  RESTRICTION: {
    title: 'Put the restriction in force',
    button: 'Put in force',
    hint: 'It goes before every consent, from now on.',
    result: 'Restriction in force',
    done: 'The restriction is in force. Close the request.',
  },
  ACCOUNTING: {
    title: 'Make the accounting',
    button: 'Make and save it',
    hint: 'Six years back at most.',
    result: 'Accounting made',
    done: 'The accounting is made and saved. Hand it over, then close the request.',
  },
  DELETION: {
    title: 'Ask for the deletion',
    button: 'Ask for it',
    hint: 'A second privacy officer approves; holds and retention decide first.',
    result: 'Record destroyed',
    done: 'A second privacy officer has to approve it now. The request waits for that.',
  },
}

export const CONSENT: Readonly<Record<ConsentKind, string>> = {
  HIPAA_AUTHORIZATION: 'Authorization (45 CFR 164.508)',
  PART2_TPO: 'Part 2 consent for treatment, payment and operations',
  PART2_SPECIFIC: 'Part 2 consent for one purpose',
  PART2_LEGAL: 'Part 2 consent for legal proceedings',
  COURT_ORDER: 'Court order',
}

export const CONSENT_STATUS: Readonly<Record<ConsentStatus, string>> = {
  DRAFT: 'Draft',
  ACTIVE: 'Active',
  WITHDRAWN: 'Withdrawn',
  ENDED: 'Ended',
}

/** Why a person ends a consent; the calendar ends one by itself. */
export const CONSENT_ENDS: Readonly<Record<Exclude<ConsentEndReason, 'EXPIRED'>, string>> = {
  EXPIRY_EVENT: 'The event on which it ends has come',
  KNOWN_FALSE: 'Something in it is known to be false',
  SUPERSEDED: 'Another consent takes its place',
}

/** What a form still has to say or hold. */
export const ELEMENT: Readonly<Record<ConsentElement, string>> = {
  DESCRIPTION: 'what may be disclosed',
  DISCLOSER: 'who discloses it',
  EXPIRY: 'when it ends',
  LEGAL_AUTHORITY: 'by which law it was ordered, and its docket',
  NAMED_INTERMEDIARY: 'the intermediary by name',
  NAMED_RECIPIENT: 'the recipient by name',
  PLAIN_LANGUAGE: 'that it is in plain language',
  PURPOSE: 'what for',
  RECIPIENT: 'who receives it',
  SIGNATURE: 'who signed it, and when',
  STATEMENT_CONDITIONING: 'the statement on whether treatment or payment depends on it',
  STATEMENT_REDISCLOSURE: 'the statement that it may be disclosed again',
  STATEMENT_REMUNERATION: 'the statement that somebody is paid',
  STATEMENT_REVOCATION: 'the statement on how to revoke it',
  TEXT_VERSION: 'the edition of the form',
}

export const PARTY: Readonly<Record<PartyKind, string>> = {
  COVERED_ENTITY: 'covered entity',
  BUSINESS_ASSOCIATE: 'business associate',
  HEALTH_PLAN: 'health plan',
  PROVIDER: 'provider',
  PERSON: 'person',
  INTERMEDIARY: 'intermediary',
  RESEARCHER: 'researcher',
  COURT: 'court',
  OTHER: 'other',
}

export const LIFT: Readonly<Record<LiftReason, string>> = {
  ASKED_IN_WRITING: 'The person asked for it in writing',
  AGREED_ORALLY: 'The person agreed, and that is documented',
  ENTITY_ENDED: 'The facility ended it, for what comes after it told the person',
}

/** What a person may ask of their own record. */
export const ASKED: Readonly<Record<PrivacyRequestKind, string>> = {
  ACCESS: 'To see or have the record (164.524)',
  AMENDMENT: 'To correct it (164.526)',
  ACCOUNTING: 'To whom it was disclosed (164.528)',
  RESTRICTION: 'To keep something back (164.522)',
  DELETION: 'To delete it',
}

export const REQUEST_STATE: Readonly<Record<PrivacyRequestState, string>> = {
  OPEN: 'Waits',
  ASSIGNED: 'In hand',
  DECIDED: 'Decided',
  CLOSED: 'Closed',
}

export const REQUESTER: Readonly<Record<Requester, string>> = {
  INDIVIDUAL: 'The person',
  PERSONAL_REPRESENTATIVE: 'Their personal representative',
}

export const DECISION: Readonly<Record<RequestDecision, string>> = {
  GRANTED: 'Granted',
  PARTLY_GRANTED: 'Granted in part',
  DENIED: 'Denied',
}

export const CLOSES: Readonly<Record<RequestCloseReason, string>> = {
  ANSWERED: 'It is answered',
  WITHDRAWN_BY_REQUESTER: 'Whoever asked took it back',
  RECORDED_IN_ERROR: 'It was recorded in error',
}

/** The grounds of 164.522, 164.524 and 164.526, and of what must be kept. */
export const DENIAL: Readonly<Record<RequestDenial, string>> = {
  ACCURATE_AND_COMPLETE: 'The record is accurate and complete',
  NOT_CREATED_HERE: 'It was not created here',
  NOT_IN_RECORD_SET: 'It is not part of the record set',
  NOT_OPEN_TO_ACCESS: 'It is not open to access',
  PSYCHOTHERAPY_NOTES: 'Psychotherapy notes',
  LEGAL_PROCEEDINGS: 'Compiled for legal proceedings',
  CORRECTIONAL_SAFETY: 'Safety in a correctional institution',
  RESEARCH_IN_PROGRESS: 'Research that is under way',
  PRIVACY_ACT: 'The Privacy Act denies it',
  CONFIDENTIAL_SOURCE: 'It would reveal a confidential source',
  ENDANGERS_LIFE_OR_SAFETY: 'It would endanger life or safety',
  ENDANGERS_PERSON_NAMED: 'It would endanger somebody it names',
  REPRESENTATIVE_ENDANGERS: 'Access by the representative would endanger somebody',
  NOT_AGREED: 'It was not agreed to',
  RETENTION_REQUIRED: 'The law requires that it is kept',
  LEGAL_HOLD: 'It is under a legal hold',
}
