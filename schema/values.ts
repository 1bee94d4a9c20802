/** The closed lists of words that the contract, the rows and the deciders share. Nothing but constants. */

export const ROLES = [
  'CODER',
  'AUDITOR',
  'CDI',
  'SUPERVISOR',
  'PROVIDER',
  'COMPLIANCE',
  'PRIVACY_OFFICER',
  'ADMIN',
] as const

/** design: field classes. OPEN and WORK come with the row itself; the others can be denied. */
export const FIELD_CLASSES = [
  'OPEN',
  'WORK',
  'ACCOUNT_REF',
  'IDENTITY',
  'CLINICAL',
  'QUALITY',
  'MONEY',
  'ADMIN',
] as const

export const CHART_STATUSES = ['READY', 'IN_CODING', 'PENDED', 'SUBMITTED', 'EXPORTED', 'REOPENED'] as const
export const PATIENT_CLASSES = ['INPATIENT', 'OUTPATIENT', 'EMERGENCY', 'OBSERVATION', 'PROFESSIONAL'] as const
export const SEXES = ['FEMALE', 'MALE', 'OTHER', 'UNKNOWN'] as const
export const IDENTIFIER_TYPES = ['MRN', 'ACCOUNT', 'MEMBER', 'SSN', 'OTHER'] as const

export const ABSTRACT_FIELDS = [
  'PATIENT_CLASS',
  'INPATIENT_ORDER_AT',
  'ADMITTED_AT',
  'DISCHARGED_AT',
  'SERVICE_DATE',
  'DISPOSITION',
  'PAYER',
  'ATTENDING_PROVIDER',
  'OPERATING_PROVIDER',
  'SERVICE_LINE',
] as const

export const DOCUMENT_TYPES = [
  'HISTORY_AND_PHYSICAL',
  'PROGRESS_NOTE',
  'DISCHARGE_SUMMARY',
  'OPERATIVE_NOTE',
  'PROCEDURE_NOTE',
  'CONSULTATION',
  'EMERGENCY_NOTE',
  'CLINIC_NOTE',
  'RADIOLOGY_REPORT',
  'PATHOLOGY_REPORT',
  'LABORATORY_REPORT',
  'NURSING_NOTE',
  'ORDER',
  'OTHER',
] as const
export const AUTHOR_ROLES = [
  'ATTENDING',
  'PHYSICIAN',
  'RESIDENT',
  'ADVANCED_PRACTICE',
  'RADIOLOGIST',
  'PATHOLOGIST',
  'NURSE',
  'DIETITIAN',
  'THERAPIST',
  'LABORATORY',
  'OTHER',
] as const
export const ENCOUNTER_PARTS = ['AT_ADMISSION', 'DURING', 'AT_DISCHARGE'] as const
export const SENSITIVITY_LABELS = ['PART2', 'MENTAL_HEALTH', 'HIV', 'GENETIC', 'RESTRICTED'] as const
/** Why a label is taken off a document: it never was what the label says, or no longer is. */
export const UNLABEL_REASONS = [
  'LABELLED_IN_ERROR',
  'NOT_PROTECTED',
  'OTHER_DOCUMENT_MEANT',
  'PROTECTION_ENDED',
] as const
export const WITHDRAWAL_REASONS = ['WRONG_PATIENT', 'DUPLICATE', 'ENTERED_IN_ERROR'] as const

export const CODE_SYSTEMS = ['ICD10CM', 'ICD10PCS', 'HCPCS', 'CPT'] as const
export const SUGGESTION_KINDS = ['DIAGNOSIS', 'PROCEDURE'] as const
export const SUGGESTION_ROLES = [
  'PRINCIPAL',
  'FIRST_LISTED',
  'SECONDARY',
  'ADMITTING',
  'REASON_FOR_VISIT',
  'EXTERNAL_CAUSE',
  'PROCEDURE',
] as const
export const SUGGESTION_STATUSES = ['PROPOSED', 'ACCEPTED', 'REJECTED', 'WITHDRAWN'] as const
export const SUGGESTION_ORIGINS = ['ENGINE', 'CODER', 'AUDITOR', 'CLIENT'] as const
export const POA_VALUES = ['Y', 'N', 'U', 'W', 'EXEMPT'] as const
export const DECISIONS = ['ACCEPT', 'REJECT', 'MODIFY', 'RETURN_TO_PROPOSED'] as const
export const EVIDENCE_KINDS = ['SUPPORTS', 'CONTRADICTS', 'NEGATED', 'HISTORY'] as const
export const EDIT_SEVERITIES = ['ERROR', 'CRITICAL', 'WARNING', 'INFO'] as const

export const PEND_REASONS = [
  'MISSING_DOCUMENT',
  'UNSIGNED_DOCUMENT',
  'QUERY',
  'AWAITING_PATHOLOGY',
  'SECOND_OPINION',
  'OTHER',
] as const
export const REOPEN_REASONS = ['LATE_DOCUMENT', 'AUDIT_FINDING', 'DENIAL', 'CODER_ERROR', 'OTHER'] as const
export const AUDIT_REASONS = ['RANDOM_SAMPLE', 'FOCUSED', 'PRE_BILL', 'DENIAL', 'NEW_CODER'] as const
export const FINDING_KINDS = ['ADD', 'DELETE', 'CHANGE', 'AGREE'] as const
export const FINDING_ELEMENTS = [
  'PRINCIPAL_DIAGNOSIS',
  'SECONDARY_DIAGNOSIS',
  'SEQUENCE',
  'POA',
  'PROCEDURE',
  'MODIFIER',
  'ABSTRACT',
] as const
/** How a finding stands with whoever it judges (domain: CODER_ACK, ESCALATED). */
export const FINDING_STATES = [
  'RECORDED',
  'ACKNOWLEDGED',
  'DISPUTED',
  'UPHELD',
  'ESCALATED',
  'CONFIRMED',
  'OVERTURNED',
] as const
/** What was done about a finding since its audit was closed, in the ledger's words. */
export const FINDING_STEP_TYPES = [
  'ACKNOWLEDGED',
  'DISPUTED',
  'UPHELD',
  'ESCALATED',
  'CONFIRMED',
  'OVERTURNED',
] as const
/** What somebody may do about a finding now. */
export const FINDING_ACTS = ['ACKNOWLEDGE', 'DISPUTE', 'ESCALATE', 'ANSWER', 'DECIDE'] as const
/** Why a coder holds a finding for wrong. */
export const DISPUTE_REASONS = [
  'DOCUMENTATION_SUPPORTS_CODE',
  'GUIDELINE_READ_OTHERWISE',
  'CODE_SET_OF_OTHER_DATE',
  'DOCUMENT_CAME_LATER',
  'QUERY_WAS_ANSWERED',
  'FACILITY_POLICY',
] as const
export const DISPUTE_ANSWERS = ['AGREE', 'UPHOLD', 'ESCALATE'] as const
export const DISPUTE_VERDICTS = ['OVERTURN', 'CONFIRM'] as const
/** On whom a quality result waits. */
/** `ME` is whoever asks, in whichever of these parts. */
export const QUALITY_WAITS = ['CODER', 'AUDITOR', 'DECIDER', 'ME'] as const
export const SCORE_MEASURES = [
  'CORRECT_OVER_UNION',
  'CODE_OVER_CODE',
  'CLAIM_LEVEL',
  'CASE_OVER_CASE',
  'PRESENT_ON_ADMISSION',
] as const
export const ENGINE_STATES = ['NONE', 'QUEUED', 'RUNNING', 'DONE', 'FAILED'] as const
export const EXPORT_FORMATS = ['FHIR_R4', 'CSV'] as const
export const IDENTITY_DECISIONS = ['SAME_PATIENT', 'OTHER_PATIENT'] as const

/** design section 5, past tense. */
export const CHART_EVENT_TYPES = [
  'CHART_RECEIVED',
  'CHART_OPENED',
  'CHART_ASSIGNED',
  'CHART_RELEASED',
  'CHART_PENDED',
  'CHART_UNPENDED',
  'CHART_HELD',
  'CHART_SUBMITTED',
  'CHART_RETURNED',
  'CHART_REOPENED',
  'CHART_EXPORTED',
  'ABSTRACT_CHANGED',
  'DOCUMENT_ADDED',
  'DOCUMENT_AMENDED',
  'DOCUMENT_SIGNED',
  'DOCUMENT_LABELLED',
  'DOCUMENT_WITHDRAWN',
  'SUGGESTION_PROPOSED',
  'SUGGESTION_ACCEPTED',
  'SUGGESTION_REJECTED',
  'SUGGESTION_MODIFIED',
  'SUGGESTION_REORDERED',
  'SUGGESTION_WITHDRAWN',
  'SUGGESTION_EVIDENCE_STALE',
  'OPPORTUNITY_FOUND',
  'EDIT_OVERRIDDEN',
  'COMMENT_ADDED',
  'COMMENT_EDITED',
  'COMMENT_RESOLVED',
  'ENGINE_STARTED',
  'ENGINE_FINISHED',
  'ENGINE_FAILED',
  'DRG_RESULT_CHANGED',
  'LATE_DOCUMENT_FLAGGED',
  'IDENTITY_HELD',
  'IDENTITY_RESOLVED',
  'SECOND_LOOK_OPENED',
  'PASS_REVEALED',
  'AUDIT_OPENED',
  'FINDING_RECORDED',
  'FINDING_ACKNOWLEDGED',
  'FINDING_DISPUTED',
  'FINDING_DECIDED',
  'AUDIT_CLOSED',
] as const

/** What a disclosure is for (45 CFR 164.501, 164.506, 164.508; 42 CFR 2.31). From a registration or from our own code, never from a request. */
export const PURPOSES = [
  'TREATMENT',
  'PAYMENT',
  'OPERATIONS',
  'INDIVIDUAL_REQUEST',
  'RESEARCH',
  'LEGAL',
  'MARKETING',
  'SALE',
] as const
/** Why somebody without a part on a chart opens its content for an hour. */
export const BREAK_GLASS_REASONS = [
  'PATIENT_SAFETY',
  'PRIVACY_INCIDENT',
  'CODER_ABSENT',
  'DEADLINE',
  'LEGAL_DEMAND',
  'SYSTEM_OUTAGE',
] as const
export const BREAK_GLASS_VERDICTS = ['JUSTIFIED', 'NOT_JUSTIFIED'] as const
export const BREAK_GLASS_STATES = ['WAITING', 'ESCALATED', 'REVIEWED'] as const

/** What left, in the words of an accounting (45 CFR 164.528(b)(2)(iii)). */
export const DISCLOSURE_KINDS = [
  'CODED_SUBMISSION',
  'MEDICAL_RECORD',
  'BILLING_RECORD',
  'DEMOGRAPHICS',
  'INCIDENT',
] as const
/** Why a disclosure stands in no accounting: 45 CFR 164.528(a)(1)(i) to (viii), in that order. */
export const DISCLOSURE_EXEMPTIONS = [
  'TREATMENT_PAYMENT_OPERATIONS',
  'TO_THE_INDIVIDUAL',
  'INCIDENT_TO_PERMITTED',
  'AUTHORIZATION',
  'DIRECTORY_OR_CARE',
  'NATIONAL_SECURITY',
  'CUSTODIAL',
  'LIMITED_DATA_SET',
] as const
/** What a person may ask of their own record: 45 CFR 164.524, 164.526, 164.522(a), 164.528, and deletion. */
export const PRIVACY_REQUEST_KINDS = ['ACCESS', 'AMENDMENT', 'RESTRICTION', 'ACCOUNTING', 'DELETION'] as const
/** Somebody has it in hand from ASSIGNED on; CLOSED is the end. */
export const PRIVACY_REQUEST_STATES = ['OPEN', 'ASSIGNED', 'DECIDED', 'CLOSED'] as const
export const PRIVACY_REQUEST_ACTIONS = ['assign', 'extend', 'decide', 'fulfil', 'contest', 'close'] as const
/** What a granted request led to: a copy (164.524), an amendment (164.526), a restriction, an accounting, a deletion. */
export const REQUEST_RESULT_TYPES = [
  'COPY',
  'AMENDMENT',
  'DISAGREEMENT',
  'RESTRICTION',
  'ACCOUNTING',
  'DELETION',
] as const
export const REQUESTERS = ['INDIVIDUAL', 'PERSONAL_REPRESENTATIVE'] as const
export const REQUEST_DECISIONS = ['GRANTED', 'PARTLY_GRANTED', 'DENIED'] as const
/** Grounds on which a request may be denied; which of them goes with which kind is the decider's. */
export const REQUEST_DENIALS = [
  'PSYCHOTHERAPY_NOTES',
  'LEGAL_PROCEEDINGS',
  'CORRECTIONAL_SAFETY',
  'RESEARCH_IN_PROGRESS',
  'PRIVACY_ACT',
  'CONFIDENTIAL_SOURCE',
  'ENDANGERS_LIFE_OR_SAFETY',
  'ENDANGERS_PERSON_NAMED',
  'REPRESENTATIVE_ENDANGERS',
  'NOT_IN_RECORD_SET',
  'NOT_CREATED_HERE',
  'NOT_OPEN_TO_ACCESS',
  'ACCURATE_AND_COMPLETE',
  'NOT_AGREED',
  'RETENTION_REQUIRED',
  'LEGAL_HOLD',
] as const
export const REQUEST_CLOSE_REASONS = ['ANSWERED', 'WITHDRAWN_BY_REQUESTER', 'RECORDED_IN_ERROR'] as const
export const REQUEST_EVENT_TYPES = [
  'RECEIVED',
  'ASSIGNED',
  'EXTENDED',
  'DECIDED',
  'FULFILLED',
  'CONTESTED',
  'CLOSED',
] as const
/** How an agency said that an accounting would impede it: orally for thirty days at most (45 CFR 164.528(a)(2)). */
export const SUSPENSION_FORMS = ['WRITTEN', 'ORAL'] as const
/** How an access to patient data ended, as it stands on record. */
export const ACCESS_OUTCOMES = ['ALLOWED', 'DENIED', 'FAILED'] as const
/** Why data was used; NONE where no patient's data was meant. */
export const ACCESS_PURPOSES = ['PAYMENT', 'OPERATIONS', 'TREATMENT', 'NONE'] as const
/** What a vendor may receive data for (45 CFR 164.502(e), 164.506). */
export const CLIENT_PURPOSES = ['TREATMENT', 'PAYMENT', 'OPERATIONS'] as const

/** The parts that somebody can be given on a chart. */
export const ASSIGNMENT_PARTS = ['CODER_OF_RECORD', 'SECOND_LOOK', 'AUDITOR', 'CDI'] as const
/** Why somebody is put on a chart or taken off it. */
export const ASSIGN_REASONS = [
  'WORKLOAD',
  'SPECIALTY',
  'ABSENCE',
  'CONTINUITY',
  'TRAINING',
  'RESTRICTED_CHART',
  'CONFLICT_OF_INTEREST',
] as const
/** What a coder asks a supervisor about. */
export const HELP_REASONS = [
  'CODE_CHOICE',
  'SEQUENCING',
  'DOCUMENTATION_UNCLEAR',
  'DOCUMENTATION_CONFLICTS',
  'GUIDELINE',
  'EDIT',
] as const
/** What two people decide together (design, section 3: the approval of a second person). */
/** Why everything of a person is destroyed (design, section 9). */
export const DELETION_REASONS = ['RETENTION_ENDED', 'PATIENT_REQUEST', 'IMPORTED_IN_ERROR', 'FACILITY_LEFT'] as const
export const HOLD_REASONS = ['LITIGATION', 'INVESTIGATION', 'AUDIT', 'REGULATOR'] as const
export const HOLD_END_REASONS = ['MATTER_CLOSED', 'PLACED_IN_ERROR'] as const
export const APPROVAL_KINDS = [
  'CLIENT',
  'SCOPE',
  'AGREEMENT',
  'QUALIFIED_SERVICE',
  'POLICY',
  'OWN_GRANT',
  'PATIENT_DELETION',
] as const
export const APPROVAL_STATES = ['PENDING', 'APPROVED', 'DECLINED'] as const
export const DECLINE_REASONS = ['NOT_NEEDED', 'TOO_WIDE', 'WRONG_PERSON', 'INCOMPLETE', 'AGAINST_POLICY'] as const

/** What kind of person or organisation discloses or receives. */
export const PARTY_KINDS = [
  'COVERED_ENTITY',
  'HEALTH_PLAN',
  'PROVIDER',
  'BUSINESS_ASSOCIATE',
  'INTERMEDIARY',
  'RESEARCHER',
  'COURT',
  'PERSON',
  'OTHER',
] as const
/** Which law a consent answers. A court order is no consent, but it is a document of the same life. */
export const CONSENT_KINDS = [
  'HIPAA_AUTHORIZATION',
  'PART2_TPO',
  'PART2_SPECIFIC',
  'PART2_LEGAL',
  'COURT_ORDER',
] as const
export const CONSENT_STATUSES = ['DRAFT', 'ACTIVE', 'WITHDRAWN', 'ENDED'] as const
/** Why a consent in force stops being valid, other than by withdrawal (164.508(b)(2)). The calendar alone says EXPIRED. */
export const CONSENT_END_REASONS = ['EXPIRY_EVENT', 'KNOWN_FALSE', 'SUPERSEDED', 'EXPIRED'] as const
/** Why undertakings of a qualified service organisation are ended before their time (42 CFR 2.11). */
export const QUALIFICATION_END_REASONS = ['TERMINATED', 'SERVICES_ENDED', 'BREACH', 'REPLACED'] as const
/** Notes that no general grant covers (45 CFR 164.508(a)(2), 42 CFR 2.31(b)). */
export const SEPARATE_NOTES = ['PSYCHOTHERAPY_NOTES', 'COUNSELLING_NOTES'] as const
/** What a consent must hold before it can be in force: six core elements, then statements and facts by kind. */
export const CONSENT_ELEMENTS = [
  'DESCRIPTION',
  'DISCLOSER',
  'RECIPIENT',
  'PURPOSE',
  'EXPIRY',
  'SIGNATURE',
  'STATEMENT_REVOCATION',
  'STATEMENT_CONDITIONING',
  'STATEMENT_REDISCLOSURE',
  'STATEMENT_REMUNERATION',
  'PLAIN_LANGUAGE',
  'TEXT_VERSION',
  'NAMED_RECIPIENT',
  'NAMED_INTERMEDIARY',
  'LEGAL_AUTHORITY',
] as const
export const CONSENT_ACTIONS = ['read', 'revise', 'activate', 'withdraw', 'end', 'deliverCopy'] as const
export const RESTRICTION_ACTIONS = ['read', 'lift'] as const
/** Who ended a restriction, and how (45 CFR 164.522(a)(2)). */
export const LIFT_REASONS = ['ASKED_IN_WRITING', 'AGREED_ORALLY', 'ENTITY_ENDED'] as const

/** What a viewer may do with a chart: the words of `access.can` and of the policies. */
export const CHART_ACTIONS = [
  'read',
  'claim',
  'release',
  'decide',
  'add',
  'reorder',
  'abstract',
  'override',
  'comment',
  'pend',
  'unpend',
  'submit',
  'return',
  'reopen',
  'export',
  'addDocument',
  'amendDocument',
  'signDocument',
  'withdrawDocument',
  'labelDocument',
  'unlabelDocument',
  'runEngine',
  'openSecondLook',
  'openBlindPass',
  'openAudit',
  'recordFinding',
  'undo',
  'resolveIdentity',
  'breakGlass',
  'assign',
  'askForHelp',
] as const

export const MASK_REASONS = ['CLASS', 'LABEL', 'WITHDRAWN', 'UNCLAIMED', 'BLIND_PASS'] as const
export const STREAM_END_REASONS = [
  'SIGNED_OUT',
  'SESSION_EXPIRED',
  'MEMBER_DISABLED',
  'TOKEN_REVOKED',
  'TOKEN_EXPIRED',
  'CLIENT_SUSPENDED',
  'AGREEMENT_LAPSED',
  'UNASSIGNED',
  'NO_LONGER_VISIBLE',
  'SERVER_STOPPING',
] as const
export const RESYNC_REASONS = ['CURSOR_UNKNOWN', 'TOO_OLD'] as const
export const ACCESS_CHANGES = ['NARROWED', 'READ_ONLY', 'RESTORED'] as const
/** Through what it changed. BASIS: the agreement or consent that sensitive records are open by, or their labels. */
export const ACCESS_CHANGE_REASONS = [
  'ROLE',
  'ASSIGNMENT',
  'BREAK_GLASS',
  'HELP',
  'PRIVACY_REQUEST',
  'BLIND_PASS',
  'SEPARATION_OF_DUTIES',
  'BASIS',
  'SCOPE',
  'RULES',
  'MEANWHILE',
] as const

/** What somebody is to look at. */
export const INBOX_KINDS = [
  'MENTIONED',
  'COMMENT_ANSWERED',
  'CHART_ASSIGNED',
  'CHART_RETURNED',
  'FINDINGS_TO_ANSWER',
  'DISPUTE_TO_ANSWER',
  'DISPUTE_TO_DECIDE',
  'DISPUTE_ANSWERED',
] as const

/** The order of a list of charts; the row's own id breaks ties. */
export const CHART_SORTS = ['RECEIVED_ASC', 'RECEIVED_DESC', 'DISCHARGED_ASC', 'ACCOUNT_ASC', 'CHARGES_DESC'] as const

type Of<T extends readonly string[]> = T[number]
export type FieldClass = Of<typeof FIELD_CLASSES>
export type ChartStatus = Of<typeof CHART_STATUSES>
export type AbstractFieldName = Of<typeof ABSTRACT_FIELDS>
export type SensitivityLabel = Of<typeof SENSITIVITY_LABELS>
export type SuggestionKind = Of<typeof SUGGESTION_KINDS>
export type SuggestionRole = Of<typeof SUGGESTION_ROLES>
export type SuggestionStatus = Of<typeof SUGGESTION_STATUSES>
export type SuggestionOrigin = Of<typeof SUGGESTION_ORIGINS>
export type PoaValue = Of<typeof POA_VALUES>
export type DecisionName = Of<typeof DECISIONS>
export type EditSeverity = Of<typeof EDIT_SEVERITIES>
export type ChartEventType = Of<typeof CHART_EVENT_TYPES>
export type ChartAction = Of<typeof CHART_ACTIONS>
export type MaskReason = Of<typeof MASK_REASONS>
export type StreamEndReason = Of<typeof STREAM_END_REASONS>
export type ResyncReason = Of<typeof RESYNC_REASONS>
export type UnlabelReason = Of<typeof UNLABEL_REASONS>
export type WithdrawalReason = Of<typeof WITHDRAWAL_REASONS>
export type EngineState = Of<typeof ENGINE_STATES>
export type ExportFormat = Of<typeof EXPORT_FORMATS>
export type AccessChange = Of<typeof ACCESS_CHANGES>
export type AccessChangeReason = Of<typeof ACCESS_CHANGE_REASONS>
export type PendReason = Of<typeof PEND_REASONS>
export type FindingKind = Of<typeof FINDING_KINDS>
export type FindingState = Of<typeof FINDING_STATES>
export type FindingStepType = Of<typeof FINDING_STEP_TYPES>
export type FindingAct = Of<typeof FINDING_ACTS>
export type DisputeReason = Of<typeof DISPUTE_REASONS>
export type DisputeAnswer = Of<typeof DISPUTE_ANSWERS>
export type DisputeVerdict = Of<typeof DISPUTE_VERDICTS>
export type QualityWait = Of<typeof QUALITY_WAITS>
export type ScoreMeasureName = Of<typeof SCORE_MEASURES>
export type InboxKind = Of<typeof INBOX_KINDS>
export type ChartSort = Of<typeof CHART_SORTS>
export type Purpose = Of<typeof PURPOSES>
export type BreakGlassReason = Of<typeof BREAK_GLASS_REASONS>
export type BreakGlassVerdict = Of<typeof BREAK_GLASS_VERDICTS>
export type BreakGlassState = Of<typeof BREAK_GLASS_STATES>
export type DisclosureKind = Of<typeof DISCLOSURE_KINDS>
export type DisclosureExemption = Of<typeof DISCLOSURE_EXEMPTIONS>
export type AccessOutcome = Of<typeof ACCESS_OUTCOMES>
export type AccessPurpose = Of<typeof ACCESS_PURPOSES>
export type AssignmentPart = Of<typeof ASSIGNMENT_PARTS>
export type AssignReason = Of<typeof ASSIGN_REASONS>
export type HelpReason = Of<typeof HELP_REASONS>
export type DeletionReason = Of<typeof DELETION_REASONS>
export type HoldReason = Of<typeof HOLD_REASONS>
export type HoldEndReason = Of<typeof HOLD_END_REASONS>
export type ApprovalKind = Of<typeof APPROVAL_KINDS>
export type ApprovalState = Of<typeof APPROVAL_STATES>
export type DeclineReason = Of<typeof DECLINE_REASONS>
export type PartyKind = Of<typeof PARTY_KINDS>
export type ConsentKind = Of<typeof CONSENT_KINDS>
export type ConsentStatus = Of<typeof CONSENT_STATUSES>
export type ConsentEndReason = Of<typeof CONSENT_END_REASONS>
export type QualificationEndReason = Of<typeof QUALIFICATION_END_REASONS>
export type SeparateNotes = Of<typeof SEPARATE_NOTES>
export type ConsentElement = Of<typeof CONSENT_ELEMENTS>
export type ConsentAction = Of<typeof CONSENT_ACTIONS>
export type RestrictionAction = Of<typeof RESTRICTION_ACTIONS>
export type LiftReason = Of<typeof LIFT_REASONS>
export type PrivacyRequestKind = Of<typeof PRIVACY_REQUEST_KINDS>
export type PrivacyRequestState = Of<typeof PRIVACY_REQUEST_STATES>
export type PrivacyRequestAction = Of<typeof PRIVACY_REQUEST_ACTIONS>
export type Requester = Of<typeof REQUESTERS>
export type RequestDecision = Of<typeof REQUEST_DECISIONS>
export type RequestDenial = Of<typeof REQUEST_DENIALS>
export type RequestCloseReason = Of<typeof REQUEST_CLOSE_REASONS>
export type SuspensionForm = Of<typeof SUSPENSION_FORMS>
export type RequestEventType = Of<typeof REQUEST_EVENT_TYPES>
export type RequestResultType = Of<typeof REQUEST_RESULT_TYPES>
