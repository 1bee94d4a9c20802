import type { ApprovalKind, AssignReason, AssignmentPart, ClientPurpose, DeclineReason } from '../../../live/index.js'
import type {
  BreakGlassReason,
  ChartAction,
  HelpReason,
  MaskReason,
  Role,
  SensitivityLabel,
  UnlabelReason,
} from '../../model/types.js'

/** Who sees and does what, and why not, in the words of people of the trade. */

export const ROLE: Readonly<Record<Role, string>> = {
  CODER: 'coder',
  AUDITOR: 'auditor',
  CDI: 'CDI specialist',
  SUPERVISOR: 'supervisor',
  PROVIDER: 'provider',
  COMPLIANCE: 'compliance officer',
  PRIVACY_OFFICER: 'privacy officer',
  ADMIN: 'administrator',
}

/** Short enough for a table cell; `why` is the whole sentence. */
export const MASK: Readonly<Record<MaskReason, { short: string; why: string }>> = {
  CLASS: { short: 'Hidden for your role', why: 'The rules of your organisation do not show this to your role.' },
  UNCLAIMED: {
    short: 'Hidden until claimed',
    why: 'Identity and clinical content are shown to the coder of record: claim the chart to see them.',
  },
  LABEL: {
    short: 'Hidden by its label',
    why: 'A sensitivity label covers this, and you have no basis to see what carries it.',
  },
  BLIND_PASS: {
    short: 'Hidden until you reveal',
    why: 'You code this chart blind: its codes, and what speaks of them, are shown once you reveal your pass.',
  },
  WITHDRAWN: { short: 'Withdrawn', why: 'The document was withdrawn, and everything that cites it with it.' },
}

/** What a label says of a document, and what it does. */
/** Why a label is taken off a document, in the words of the page. */
export const UNLABEL_REASON: Readonly<Record<UnlabelReason, string>> = {
  LABELLED_IN_ERROR: 'It was labelled in error',
  NOT_PROTECTED: 'The record is not one that this law protects',
  OTHER_DOCUMENT_MEANT: 'Another document was meant',
  PROTECTION_ENDED: 'The protection has ended',
}

export const LABEL: Readonly<Record<SensitivityLabel, { short: string; why: string }>> = {
  PART2: {
    short: 'Part 2',
    why: 'Treatment of substance use disorder (42 CFR part 2): never opened by breaking the glass, never sent on without a basis of its own.',
  },
  MENTAL_HEALTH: { short: 'Mental health', why: 'Treatment of a mental illness.' },
  HIV: { short: 'HIV', why: 'Tests for HIV, their results, and treatment.' },
  GENETIC: { short: 'Genetic', why: 'Genetic tests and their results.' },
  RESTRICTED: { short: 'Restricted', why: 'To be kept back for a reason that the other labels do not name.' },
}

export const HELP: Readonly<Record<HelpReason, string>> = {
  CODE_CHOICE: 'Which code is right',
  SEQUENCING: 'Which code comes first',
  DOCUMENTATION_UNCLEAR: 'The documentation is unclear',
  DOCUMENTATION_CONFLICTS: 'The documents contradict each other',
  GUIDELINE: 'How a guideline applies',
  EDIT: 'What to do about an error or a warning',
}

export const GLASS: Readonly<Record<BreakGlassReason, string>> = {
  PATIENT_SAFETY: 'A patient’s safety',
  CODER_ABSENT: 'Its coder is absent, and it cannot wait',
  DEADLINE: 'A deadline would be missed',
  LEGAL_DEMAND: 'A court or an authority demands it',
  PRIVACY_INCIDENT: 'To look into a privacy incident',
  SYSTEM_OUTAGE: 'An outage keeps those who may see it away',
}

/** What one may do with a chart. */
export const ACTION: Readonly<Record<ChartAction, string>> = {
  read: 'Read what is shown',
  claim: 'Claim it',
  release: 'Give it back to the worklist',
  decide: 'Accept, reject and change codes',
  add: 'Add codes',
  reorder: 'Put codes in order',
  abstract: 'Change the abstract',
  override: 'Let warnings stand',
  undo: 'Undo one’s own last act',
  comment: 'Comment',
  pend: 'Let it wait',
  unpend: 'Let it go on',
  submit: 'Submit it',
  return: 'Return it to its coder',
  reopen: 'Reopen it',
  export: 'Export it',
  addDocument: 'Add documents',
  amendDocument: 'Amend documents',
  signDocument: 'Record signatures',
  withdrawDocument: 'Withdraw documents',
  labelDocument: 'Label documents',
  unlabelDocument: 'Take labels away',
  runEngine: 'Let the engine read',
  openSecondLook: 'Take a second look',
  openBlindPass: 'Code it blind',
  openAudit: 'Audit it',
  recordFinding: 'Record findings',
  resolveIdentity: 'Decide whose chart it is',
  askForHelp: 'Ask a supervisor for help',
  assign: 'Put people on it',
  breakGlass: 'Break the glass',
}

/** Fields of a chart as the panel on access names them. */
export const FIELD: Readonly<Record<string, string>> = {
  abstractVersions: 'who set the abstract',
  accountNumber: 'account number',
  admittedAt: 'admission',
  attendingProvider: 'attending provider',
  audits: 'audits',
  comments: 'comments',
  cursor: 'position in the log',
  dischargedAt: 'discharge',
  disposition: 'disposition',
  documentCount: 'number of documents',
  documents: 'documents',
  edits: 'errors and warnings',
  facility: 'facility',
  inpatientOrderAt: 'inpatient order',
  operatingProvider: 'operating provider',
  opportunities: 'query opportunities',
  order: 'order of the codes',
  patientClass: 'patient class',
  payer: 'payer',
  pends: 'pends',
  serviceDate: 'service date',
  serviceLine: 'service line',
  submissions: 'submissions',
  suggestions: 'codes',
  totalChargesCents: 'charges',
}

/** What a role sees and does, as whoever gives it should know. */
export const ROLE_SEES: Readonly<Record<Role, string>> = {
  CODER: 'Codes charts; sees names and content of those they claimed.',
  AUDITOR: 'Second looks and audits; sees names and content of charts under their review.',
  CDI: 'Concurrent review; sees names, content and dollars of their charts.',
  SUPERVISOR: 'Routes work; sees accounts, dates and dollars, and neither names nor content.',
  PROVIDER: 'Answers queries; sees what a query cites, and never dollars.',
  COMPLIANCE: 'Quality; sees dollars, and content of charts under a finding.',
  PRIVACY_OFFICER: 'Consents, access records, approvals; sees names only in an open matter.',
  ADMIN: 'Members and third parties; sees no patient’s data.',
}

export const APPROVAL: Readonly<Record<ApprovalKind, string>> = {
  AGREEMENT: 'Agreement with a vendor',
  CLIENT: 'Program of a third party',
  OWN_GRANT: 'Roles of one’s own',
  PATIENT_DELETION: 'Destruction of a person’s record',
  POLICY: 'Policy',
  QUALIFIED_SERVICE: 'Qualified service organisation agreement',
  SCOPE: 'Scopes of a program',
}

export const DECLINE: Readonly<Record<DeclineReason, string>> = {
  NOT_NEEDED: 'not needed for the work',
  TOO_WIDE: 'wider than needed',
  AGAINST_POLICY: 'against policy',
  WRONG_PERSON: 'asked for the wrong person or program',
  INCOMPLETE: 'something is missing',
}

/** What a third party receives data for. */
export const VENDOR_PURPOSE: Readonly<Record<ClientPurpose, string>> = {
  TREATMENT: 'treatment',
  PAYMENT: 'payment',
  OPERATIONS: 'health care operations',
}

/** A part that somebody has on a chart. */
export const PART: Readonly<Record<AssignmentPart, string>> = {
  CODER_OF_RECORD: 'Coder of record',
  SECOND_LOOK: 'Second-level reviewer',
  AUDITOR: 'Auditor',
  CDI: 'CDI specialist',
}

export const ASSIGN: Readonly<Record<AssignReason, string>> = {
  WORKLOAD: 'To spread the work',
  ABSENCE: 'Somebody is absent',
  SPECIALTY: 'It needs somebody’s specialty',
  CONTINUITY: 'Whoever knows the chart goes on with it',
  CONFLICT_OF_INTEREST: 'A conflict of interest',
  RESTRICTED_CHART: 'It is restricted, and this person is granted it',
  TRAINING: 'Training',
}
