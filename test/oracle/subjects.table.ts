import type { Class } from './fields.table.js'
import type { Role } from './actors.table.js'

/**
 * What does not hang on a chart: who is told of it by which query, and who may do what about it. design.md section 3 ("may
 * see", "does"; "clients, scopes, agreements, policies and any grant to oneself need the approval of a second person, a
 * privacy officer"), sections 7 and 8.
 */

export interface QueryLine {
  /** By the rules of charts, or everybody who is signed in, or these roles. */
  readonly who: 'CHART' | 'EVERYBODY' | readonly Role[]
  /** What all others get: nothing in the list, or the answer to what is not there. */
  readonly otherwise?: 'EMPTY' | 'NOT_FOUND'
  /** Only with an open request of that patient in hand; without one it is there, and forbidden. */
  readonly inHand?: true
  readonly design: string
}

export const QUERIES: Readonly<Record<string, QueryLine>> = {
  chart: { who: 'CHART', design: 'section 3' },
  charts: { who: 'CHART', design: 'section 3' },
  document: { who: 'CHART', design: 'section 3' },
  documentEntries: { who: 'CHART', design: 'section 3' },
  node: { who: 'CHART', design: 'section 3' },
  nodes: { who: 'CHART', design: 'section 3' },
  explainAccess: { who: 'CHART', design: 'without revealing whether a hidden one exists' },
  viewer: { who: 'EVERYBODY', design: 'oneself' },
  codeReleases: { who: 'EVERYBODY', design: 'OPEN: code-set facts' },
  codeSearch: { who: 'EVERYBODY', design: 'OPEN: code-set facts' },
  // Silent: teams are named wherever work is routed, and hold no member's data.
  teams: { who: ['ADMIN'], otherwise: 'EMPTY', design: 'ADMIN: members, teams, clients, vendors' },
  memberships: { who: ['ADMIN'], otherwise: 'EMPTY', design: 'ADMIN: members, teams, clients, vendors' },
  clients: { who: ['ADMIN'], otherwise: 'EMPTY', design: 'ADMIN: members, teams, clients, vendors' },
  vendorAgreements: { who: ['ADMIN'], otherwise: 'EMPTY', design: 'ADMIN: members, teams, clients, vendors' },
  facilityAgreements: {
    who: ['ADMIN', 'PRIVACY_OFFICER'],
    otherwise: 'EMPTY',
    design: 'agreements need the approval of a second person, a privacy officer: both see them',
  },
  approvals: {
    who: ['PRIVACY_OFFICER'],
    otherwise: 'EMPTY',
    design: 'PRIVACY_OFFICER: approvals; one’s own for others',
  },
  accessRecords: {
    who: ['PRIVACY_OFFICER', 'ADMIN'],
    otherwise: 'EMPTY',
    design: 'PRIVACY_OFFICER: access reports; ADMIN: what touched no patient’s data',
  },
  accountingOfDisclosures: {
    who: ['PRIVACY_OFFICER'],
    otherwise: 'NOT_FOUND',
    inHand: true,
    design: 'PRIVACY_OFFICER: disclosures; text only inside an open request, for its patients',
  },
  consent: { who: ['PRIVACY_OFFICER'], otherwise: 'NOT_FOUND', design: 'PRIVACY_OFFICER: consents' },
  consents: { who: ['PRIVACY_OFFICER'], otherwise: 'NOT_FOUND', design: 'PRIVACY_OFFICER: consents' },
  restrictions: { who: ['PRIVACY_OFFICER'], otherwise: 'NOT_FOUND', design: 'PRIVACY_OFFICER: consents' },
  privacyRequests: { who: ['PRIVACY_OFFICER'], otherwise: 'EMPTY', design: 'PRIVACY_OFFICER: requests' },
  legalHolds: {
    who: ['PRIVACY_OFFICER'],
    otherwise: 'EMPTY',
    design: 'silent: what is kept, and why, is the privacy office’s',
  },
  tombstones: {
    who: ['PRIVACY_OFFICER'],
    otherwise: 'EMPTY',
    design: 'silent: what was destroyed is the privacy office’s',
  },
  breakGlassReviews: {
    who: ['PRIVACY_OFFICER', 'SUPERVISOR'],
    otherwise: 'EMPTY',
    design: 'section 8: supervisors and privacy officers; reviewed',
  },
  qualityResult: {
    who: ['COMPLIANCE'],
    otherwise: 'NOT_FOUND',
    design: 'CODER: own quality results; AUDITOR: quality of charts under their review; COMPLIANCE: quality',
  },
  qualityResults: {
    // Of somebody else. Whoever it judges has it as their own, and its auditor while the chart is under review.
    who: ['COMPLIANCE'],
    otherwise: 'EMPTY',
    design: 'CODER: own quality results; AUDITOR: quality of charts under their review; COMPLIANCE: quality',
  },
  helpRequests: { who: ['SUPERVISOR'], otherwise: 'EMPTY', design: 'when its coder asks for help on a line' },
  queueBoard: {
    // Of whoever's team works no worklist; coders and CDI specialists have the counts of theirs (test/desk).
    who: ['SUPERVISOR'],
    otherwise: 'EMPTY',
    design: 'SUPERVISOR: queues, routing, workload; section 6: masked by the supervisor’s classes',
  },
  inbox: { who: 'EVERYBODY', design: 'section 6: one’s own; each entry by who sees what it is about (test/desk)' },
  mentionableMembers: {
    // Of whoever may comment: those with a part on the chart (test/review/mentions).
    who: 'CHART',
    design: 'comments: CODER, CDI; section 3: clinical content with a part on the chart',
  },
  assignableMembers: {
    // Privacy officers on restricted charts; this one is not.
    who: ['SUPERVISOR'],
    otherwise: 'EMPTY',
    design: 'SUPERVISOR: queues, routing, workload; owner',
  },
  // Silent on who looks at the machine: numbers of whoever administers it, of no chart and no person.
  liveNode: { who: ['ADMIN'], otherwise: 'EMPTY', design: 'ADMIN: settings; no clinical, no identity' },
  liveSessions: {
    who: ['SUPERVISOR', 'PRIVACY_OFFICER'],
    otherwise: 'EMPTY',
    design: 'supervisors and privacy officers list and end live sessions',
  },
}

/** Commands about what hangs on no chart. Whoever may not is refused as if there were nothing, or with the rule's reason. */
export const DUTIES: Readonly<Record<string, readonly Role[]>> = {
  recordConsent: ['PRIVACY_OFFICER'],
  reviseConsent: ['PRIVACY_OFFICER'],
  activateConsent: ['PRIVACY_OFFICER'],
  withdrawConsent: ['PRIVACY_OFFICER'],
  endConsent: ['PRIVACY_OFFICER'],
  deliverConsentCopy: ['PRIVACY_OFFICER'],
  addRestriction: ['PRIVACY_OFFICER'],
  liftRestriction: ['PRIVACY_OFFICER'],
  recordDisclosure: ['PRIVACY_OFFICER'],
  suspendAccounting: ['PRIVACY_OFFICER'],
  reviewBreakGlass: ['PRIVACY_OFFICER'],
  approve: ['PRIVACY_OFFICER'],
  decline: ['PRIVACY_OFFICER'],
  openPrivacyRequest: ['PRIVACY_OFFICER'],
  assignPrivacyRequest: ['PRIVACY_OFFICER'],
  extendPrivacyRequest: ['PRIVACY_OFFICER'],
  decidePrivacyRequest: ['PRIVACY_OFFICER'],
  fulfilPrivacyRequest: ['PRIVACY_OFFICER'],
  contestPrivacyRequest: ['PRIVACY_OFFICER'],
  closePrivacyRequest: ['PRIVACY_OFFICER'],
  placeLegalHold: ['PRIVACY_OFFICER'],
  liftLegalHold: ['PRIVACY_OFFICER'],
  requestPatientDeletion: ['PRIVACY_OFFICER'],
  endSession: ['SUPERVISOR', 'PRIVACY_OFFICER'],
  // Silent on who takes charts in: those who code them, and who routes them, where they have a grant.
  createUpload: ['CODER', 'CDI', 'SUPERVISOR'],
  importChart: ['CODER', 'CDI', 'SUPERVISOR'],
  // To end what was undertaken needs no second person: either of the two who put it in force.
  endQualifiedService: ['ADMIN', 'PRIVACY_OFFICER'],
  requestQualifiedService: ['ADMIN'],
  requestOwnGrant: ['ADMIN'],
  changeMember: ['ADMIN'],
  disableMember: ['ADMIN'],
  enableMember: ['ADMIN'],
  registerVendorAgreement: ['ADMIN'],
  endVendorAgreement: ['ADMIN'],
  registerClient: ['ADMIN'],
  changeClient: ['ADMIN'],
  rotateClientSecret: ['ADMIN'],
  suspendClient: ['ADMIN'],
  resumeClient: ['ADMIN'],
}

/** Commands that are judged elsewhere than in a table of roles, and why. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  addPassLine: 'a pass is its author’s alone: to everybody else there is none',
  removePassLine: 'a pass is its author’s alone: to everybody else there is none',
  revealBlindPass: 'a pass is its author’s alone: to everybody else there is none',
  openBlindPass: 'whoever has a pass open is answered with it; for all others, `access.can` is held against it',
  closeAudit: 'an audit is closed by whoever opened it, whatever its chart has become',
  acknowledgeFinding: 'own results: of whoever answers for the finding, whatever they have to do with the chart now',
  disputeFinding: 'own results: of whoever answers for the finding, whatever they have to do with the chart now',
  escalateFinding: 'own results: of whoever answers for the finding, whatever they have to do with the chart now',
  answerDispute: 'of the auditor of that very audit, and of no other of the chart',
  decideDispute: 'rests on who coded and who audited it, which is no relation: neither of them decides',
  markInboxRead: 'an inbox is its member’s alone: entries of others are passed over as if there were none',
  renewSession: 'the socket’s own sign-in, on that socket alone: nobody’s over HTTP',
  focus: 'presence, for whoever sees the chart; not logged, not persisted',
}

/** Commands on a blind pass: section 3, "hide earlier codes until reveal"; section 5, streams of their own. */
export const ON_OWN_PASS: readonly string[] = ['addPassLine', 'removePassLine', 'revealBlindPass']

/** What may be filtered and sorted on, by the class of what it would tell (section 1.4). */
export const FILTERS: Readonly<Record<string, Class>> = {
  accountNumber: 'ACCOUNT_REF',
  facilityId: 'ACCOUNT_REF',
  patientClass: 'ACCOUNT_REF',
  status: 'ROW',
  queueId: 'ROW',
  mine: 'ROW',
  identityHold: 'ROW',
}
export const SORTS: Readonly<Record<string, Class>> = {
  RECEIVED_ASC: 'ROW',
  RECEIVED_DESC: 'ROW',
  ACCOUNT_ASC: 'ACCOUNT_REF',
  DISCHARGED_ASC: 'ACCOUNT_REF',
  CHARGES_DESC: 'MONEY',
}

/**
 * The classes that a person sees on every chart in a list of theirs: what is masked on one of them can be filtered and
 * sorted on by nobody. A privacy officer's list holds restricted charts, of which no role shows more than the row; a
 * coder's holds the charts of their worklists and their own.
 */
export const ON_EVERY_CHART: Readonly<Record<Role, readonly Class[]>> = {
  CODER: ['ROW', 'ACCOUNT_REF'],
  CDI: ['ROW', 'ACCOUNT_REF'],
  AUDITOR: ['ROW', 'ACCOUNT_REF'],
  SUPERVISOR: ['ROW', 'ACCOUNT_REF', 'MONEY'],
  COMPLIANCE: ['ROW', 'ACCOUNT_REF', 'QUALITY', 'MONEY'],
  PRIVACY_OFFICER: ['ROW'],
  PROVIDER: ['ROW'],
  ADMIN: ['ROW'],
}
