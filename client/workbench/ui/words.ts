import type {
  AccessOutcome,
  AccessPurpose,
  ApprovalKind,
  AssignmentPart,
  AssignReason,
  AuditReason,
  ClientPurpose,
  ConsentElement,
  ConsentEndReason,
  ConsentKind,
  ConsentStatus,
  DeclineReason,
  DisclosureExemption,
  DisclosureKind,
  DisputeReason,
  FindingElement,
  FindingKind,
  FindingState,
  FindingStepType,
  IdentifierType,
  LiftReason,
  PartyKind,
  PrivacyRequestKind,
  PrivacyRequestState,
  Purpose,
  RequestCloseReason,
  RequestDecision,
  RequestDenial,
  Requester,
  ScoreMeasureName,
} from '../../live/index.js'
import type {
  AbstractField,
  BreakGlassReason,
  ChartAction,
  ChartEvent,
  ChartStatus,
  CodeSystem,
  DocumentState,
  HelpReason,
  MaskReason,
  PendReason,
  Poa,
  Role,
  SensitivityLabel,
  SuggestionRole,
  UnlabelReason,
} from '../model/types.js'

/** The contract's words as people of the trade say them. */
export const STATUS: Readonly<Record<ChartStatus, string>> = {
  READY: 'Ready',
  IN_CODING: 'In coding',
  PENDED: 'Pended',
  SUBMITTED: 'Submitted',
  REOPENED: 'Reopened',
  EXPORTED: 'Exported',
}

export const PATIENT_CLASS = {
  INPATIENT: 'Inpatient',
  OUTPATIENT: 'Outpatient',
  EMERGENCY: 'Emergency',
  OBSERVATION: 'Observation',
  PROFESSIONAL: 'Professional',
} as const

export const LINE_ROLE: Readonly<Record<SuggestionRole, string>> = {
  PRINCIPAL: 'Principal',
  FIRST_LISTED: 'First-listed',
  SECONDARY: 'Secondary',
  ADMITTING: 'Admitting',
  REASON_FOR_VISIT: 'Reason for visit',
  EXTERNAL_CAUSE: 'External cause',
  PROCEDURE: 'Procedure',
}

export const POA: Readonly<Record<Poa, string>> = {
  Y: 'Present on admission',
  N: 'Not present on admission',
  U: 'Documentation is insufficient',
  W: 'Provider cannot determine',
  EXEMPT: 'Exempt from POA',
}

export const SYSTEM: Readonly<Record<CodeSystem, string>> = {
  ICD10CM: 'ICD-10-CM',
  ICD10PCS: 'ICD-10-PCS',
  CPT: 'CPT',
  HCPCS: 'HCPCS',
}

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

export const ABSTRACT: Readonly<Record<AbstractField, string>> = {
  PATIENT_CLASS: 'Patient class',
  INPATIENT_ORDER_AT: 'Inpatient order',
  ADMITTED_AT: 'Admitted',
  DISCHARGED_AT: 'Discharged',
  SERVICE_DATE: 'Service date',
  DISPOSITION: 'Disposition',
  PAYER: 'Payer',
  ATTENDING_PROVIDER: 'Attending provider',
  OPERATING_PROVIDER: 'Operating provider',
  SERVICE_LINE: 'Service line',
}

export const PEND: Readonly<Record<PendReason, string>> = {
  AWAITING_PATHOLOGY: 'Awaiting pathology',
  MISSING_DOCUMENT: 'Missing document',
  UNSIGNED_DOCUMENT: 'Unsigned document',
  QUERY: 'Query to a provider',
  SECOND_OPINION: 'Second opinion',
  OTHER: 'Other',
}

type DocumentType = NonNullable<NonNullable<DocumentState['version']>['type']>
export const DOCUMENT_TYPE: Readonly<Record<DocumentType, string>> = {
  CLINIC_NOTE: 'Clinic note',
  CONSULTATION: 'Consultation',
  DISCHARGE_SUMMARY: 'Discharge summary',
  EMERGENCY_NOTE: 'Emergency note',
  HISTORY_AND_PHYSICAL: 'History and physical',
  LABORATORY_REPORT: 'Laboratory',
  NURSING_NOTE: 'Nursing',
  OPERATIVE_NOTE: 'Operative note',
  ORDER: 'Order',
  OTHER: 'Other',
  PATHOLOGY_REPORT: 'Pathology',
  PROCEDURE_NOTE: 'Procedure note',
  PROGRESS_NOTE: 'Progress note',
  RADIOLOGY_REPORT: 'Radiology',
}

type AuthorRole = NonNullable<NonNullable<DocumentState['version']>['authorRole']>
export const AUTHOR_ROLE: Readonly<Record<AuthorRole, string>> = {
  ADVANCED_PRACTICE: 'advanced practice',
  ATTENDING: 'attending',
  DIETITIAN: 'dietitian',
  LABORATORY: 'laboratory',
  NURSE: 'nurse',
  OTHER: 'other',
  PATHOLOGIST: 'pathologist',
  PHYSICIAN: 'physician',
  RADIOLOGIST: 'radiologist',
  RESIDENT: 'resident',
  THERAPIST: 'therapist',
}

/** What an event says in the activity list; the code or the document stands beside it. */
export const EVENT: Readonly<Record<ChartEvent['type'], string>> = {
  ABSTRACT_CHANGED: 'changed the abstract',
  AUDIT_CLOSED: 'closed an audit',
  AUDIT_OPENED: 'opened an audit',
  CHART_ASSIGNED: 'took the chart',
  CHART_EXPORTED: 'exported the chart',
  CHART_HELD: 'held the chart',
  CHART_OPENED: 'opened the chart',
  CHART_PENDED: 'pended the chart',
  CHART_RECEIVED: 'Chart received',
  CHART_RELEASED: 'gave the chart back',
  CHART_REOPENED: 'reopened the chart',
  CHART_RETURNED: 'returned the chart',
  CHART_SUBMITTED: 'submitted the chart',
  CHART_UNPENDED: 'removed a pend',
  COMMENT_ADDED: 'commented',
  COMMENT_EDITED: 'edited a comment',
  COMMENT_RESOLVED: 'resolved a comment',
  DOCUMENT_ADDED: 'added a document',
  DOCUMENT_AMENDED: 'amended a document',
  DOCUMENT_LABELLED: 'changed the labels of a document',
  DOCUMENT_SIGNED: 'recorded a signature',
  DOCUMENT_WITHDRAWN: 'withdrew a document',
  DRG_RESULT_CHANGED: 'changed the DRG',
  EDIT_OVERRIDDEN: 'let a warning stand',
  ENGINE_FAILED: 'The engine failed',
  ENGINE_FINISHED: 'The engine has read the documents',
  ENGINE_STARTED: 'The engine started reading',
  FINDING_ACKNOWLEDGED: 'agreed to a finding',
  FINDING_DECIDED: 'decided a disputed finding',
  FINDING_DISPUTED: 'disputed a finding',
  FINDING_RECORDED: 'recorded a finding',
  IDENTITY_HELD: 'Identity needs a decision',
  IDENTITY_RESOLVED: 'decided whose chart it is',
  LATE_DOCUMENT_FLAGGED: 'A document came after submission',
  OPPORTUNITY_FOUND: 'Query opportunity found',
  PASS_REVEALED: 'revealed a blind pass',
  SECOND_LOOK_OPENED: 'opened a second look',
  SUGGESTION_ACCEPTED: 'accepted',
  SUGGESTION_EVIDENCE_STALE: 'Evidence is out of date',
  SUGGESTION_MODIFIED: 'changed',
  SUGGESTION_PROPOSED: 'proposed',
  SUGGESTION_REJECTED: 'rejected',
  SUGGESTION_REORDERED: 'changed the order',
  SUGGESTION_WITHDRAWN: 'withdrew',
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

export const AUDIT_REASON: Readonly<Record<AuditReason, string>> = {
  RANDOM_SAMPLE: 'Random sample',
  FOCUSED: 'Focused',
  PRE_BILL: 'Before the bill',
  DENIAL: 'After a denial',
  NEW_CODER: 'New coder',
}
export const FINDING_ELEMENT: Readonly<Record<FindingElement, string>> = {
  PRINCIPAL_DIAGNOSIS: 'Principal diagnosis',
  SECONDARY_DIAGNOSIS: 'Secondary diagnosis',
  SEQUENCE: 'Sequence',
  POA: 'Present on admission',
  PROCEDURE: 'Procedure',
  MODIFIER: 'Modifier',
  ABSTRACT: 'Abstract',
}
/** What a finding says of a code. */
export const FINDING_KIND: Readonly<Record<FindingKind, string>> = {
  ADD: 'missing',
  DELETE: 'not supported',
  CHANGE: 'to be changed',
  AGREE: 'right',
}
export const FINDING_STATE: Readonly<Record<FindingState, string>> = {
  RECORDED: 'To answer',
  ACKNOWLEDGED: 'Agreed',
  DISPUTED: 'Disputed',
  UPHELD: 'Upheld',
  ESCALATED: 'Escalated',
  CONFIRMED: 'Confirmed',
  OVERTURNED: 'Overturned',
}
/** In the history of a finding, after a name. */
export const FINDING_STEP: Readonly<Record<FindingStepType, string>> = {
  ACKNOWLEDGED: 'agreed',
  DISPUTED: 'disputed it',
  UPHELD: 'stands by it',
  ESCALATED: 'passed it to a third person',
  CONFIRMED: 'confirmed it, for good',
  OVERTURNED: 'overturned it',
}
export const DISPUTE: Readonly<Record<DisputeReason, string>> = {
  DOCUMENTATION_SUPPORTS_CODE: 'The documentation supports the code',
  GUIDELINE_READ_OTHERWISE: 'The guideline says otherwise',
  CODE_SET_OF_OTHER_DATE: 'Another code set was in force',
  DOCUMENT_CAME_LATER: 'The document came after submission',
  QUERY_WAS_ANSWERED: 'A query was answered',
  FACILITY_POLICY: 'The facility’s own policy',
}
export const MEASURE: Readonly<Record<ScoreMeasureName, string>> = {
  CORRECT_OVER_UNION: 'Correct of all codes of both',
  CODE_OVER_CODE: 'Correct of the auditor’s codes',
  CLAIM_LEVEL: 'Without any error',
  CASE_OVER_CASE: 'DRG holds',
  PRESENT_ON_ADMISSION: 'Present on admission',
}
