import type {
  AccessOutcome,
  AccessPurpose,
  DisclosureExemption,
  DisclosureKind,
  IdentifierType,
  Purpose,
} from '../../../live/index.js'

/** Access records and disclosures, in the words of people of the trade. */

export const IDENTIFIER: Readonly<Record<IdentifierType, string>> = {
  MRN: 'Medical record number',
  ACCOUNT: 'Account number',
  MEMBER: 'Member number',
  SSN: 'Social security number',
  OTHER: 'Other',
}

export const OUTCOME: Readonly<Record<AccessOutcome, string>> = {
  ALLOWED: 'Allowed',
  DENIED: 'Denied',
  FAILED: 'Failed',
}

/** What something was used for. */
export const USED_FOR: Readonly<Record<AccessPurpose, string>> = {
  NONE: 'no patient’s data was meant',
  OPERATIONS: 'health care operations',
  PAYMENT: 'payment',
  TREATMENT: 'treatment',
}

/** What a disclosure is for. */
export const FOR: Readonly<Record<Purpose, string>> = {
  TREATMENT: 'treatment',
  PAYMENT: 'payment',
  OPERATIONS: 'health care operations',
  INDIVIDUAL_REQUEST: 'the person asked for it',
  LEGAL: 'legal proceedings',
  RESEARCH: 'research',
  MARKETING: 'marketing',
  SALE: 'sale',
}

export const DISCLOSED: Readonly<Record<DisclosureKind, string>> = {
  MEDICAL_RECORD: 'The medical record, or part of it',
  CODED_SUBMISSION: 'The codes of an encounter',
  BILLING_RECORD: 'The billing record',
  DEMOGRAPHICS: 'Who the person is',
  INCIDENT: 'What came out in an incident',
}

export const EXEMPT: Readonly<Record<DisclosureExemption, string>> = {
  TREATMENT_PAYMENT_OPERATIONS: 'Treatment, payment or health care operations',
  TO_THE_INDIVIDUAL: 'To the person',
  INCIDENT_TO_PERMITTED: 'Incident to what is permitted',
  AUTHORIZATION: 'Under an authorization',
  DIRECTORY_OR_CARE: 'For the directory, or to those involved in care',
  NATIONAL_SECURITY: 'National security',
  CUSTODIAL: 'To correctional institutions or law enforcement in custody',
  LIMITED_DATA_SET: 'As part of a limited data set',
}

/** Classes of fields as records name them; what comes with every row needs no word. */
export const CLASS: Readonly<Record<string, string>> = {
  ACCOUNT_REF: 'account',
  IDENTITY: 'identity',
  CLINICAL: 'content',
  QUALITY: 'quality',
  MONEY: 'dollars',
  ADMIN: 'members and clients',
}

/** `query chart` as people say it. */
export function actionWords(action: string): string {
  const [kind = '', ...rest] = action.split(' ')
  const what = rest
    .join(' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
  const verb = VERBS[kind]
  return verb && what ? `${verb} ${what}` : action
}

const VERBS: Readonly<Record<string, string>> = {
  query: 'Asked for:',
  mutation: 'Did:',
  subscription: 'Followed:',
  stream: 'Live:',
  system: 'By itself:',
  GET: 'Fetched:',
  PUT: 'Sent:',
}

/** A reason code as words. */
export const codeWords = (code: string): string => code.toLowerCase().replaceAll('_', ' ')
