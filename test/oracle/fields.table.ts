/**
 * What every field of every type says, in the classes of design.md section 3 ("Field classes. Every field of every type
 * carries exactly one"), written by hand from that page. This folder imports nothing of the product (an import rule holds
 * it), so that a mistake in a class of the contract, a policy or a presenter cannot be made here again by the same line.
 *
 * A line of a type: the class, and the fields that carry it. `ROW` is what comes with the object itself: OPEN (ids,
 * kinds, code-set facts) and WORK (status, owner, ages).
 */

export const CLASSES = [
  /** OPEN and WORK of the design: whoever has the object has these. */
  'ROW',
  /** Account number, facility, payer, dates. */
  'ACCOUNT_REF',
  'IDENTITY',
  'CLINICAL',
  'QUALITY',
  /** Dollars, DRG and groups. */
  'MONEY',
  /** Content that names the patient: an export. IDENTITY and CLINICAL, both. */
  'NAMED_CONTENT',
] as const
export type Class = (typeof CLASSES)[number]

/**
 * What an object belongs to, which says who sees it at all: a chart (the rules of charts), a place in which somebody
 * works (everybody of the organisation), or a subject with a line of its own in `subjects.table.ts`.
 */
export type Subject =
  | 'CHART'
  | 'WORKPLACE'
  | 'OUTCOME'
  | 'CODE_SETS'
  | 'VIEWER'
  | 'MEMBERSHIP'
  | 'SESSION'
  | 'LIVE_NODE'
  | 'CLIENT'
  | 'VENDOR_AGREEMENT'
  | 'FACILITY_AGREEMENT'
  | 'APPROVAL'
  | 'CONSENT'
  | 'RESTRICTION'
  | 'ACCOUNTING'
  | 'ACCESS_RECORD'
  | 'PRIVACY_REQUEST'
  | 'BLIND_PASS'
  | 'QUALITY_RESULT'
  | 'BREAK_GLASS'
  | 'HELP_REQUEST'
  | 'QUEUE_BOARD'
  | 'INBOX'
  | 'LEGAL_HOLD'
  | 'TOMBSTONE'

export type TypeLines = { readonly of: Subject } & { readonly [c in Class]?: string }

/** The abstract of a chart and its account: the same words in every form in which a chart leaves. */
const CHART_FACTS = {
  of: 'CHART',
  // A person looks at a waiting chart to decide whether to take it: state, owner, ages, and how much there is to do.
  ROW: `id access status engineState coderOfRecord assignedUntil receivedAt restricted identityHold lateDocument
    submissionCount abstractVersions`,
  // The design names account number, facility, payer and dates. It is silent on the patient class and the service line:
  // both are facts of the account, by which worklists are made.
  ACCOUNT_REF: 'accountNumber payer admittedAt dischargedAt serviceDate inpatientOrderAt patientClass serviceLine',
  // Silent on the disposition and on who treated: where somebody went, or to whom, tells of what they had.
  CLINICAL: 'disposition attendingProvider operatingProvider',
  MONEY: 'totalChargesCents',
} as const satisfies TypeLines

const DOCUMENT_VERSION = {
  of: 'CHART',
  ROW: 'id documentId number createdAt signed signedAt readByEngine',
  // The title, the type and the author of a note tell what it is about; so do its length and its labels.
  CLINICAL: 'title type authorName authorRole authoredAt encounterPart labels pages scan textLength',
} as const satisfies TypeLines

const LINE = {
  of: 'CHART',
  ROW: 'id chartId status origin version author decidedAt decidedBy',
  // Silent on `replaces`: an id, but it says what was coded before.
  CLINICAL: `code title system kind role rank poa poaExempt poaProposed modifiers units performedOn performer confidence
    reason decisionReason evidence evidenceStale replaces`,
} as const satisfies TypeLines

const SPAN = {
  of: 'CHART',
  ROW: 'id',
  CLINICAL: 'documentId versionId start end page kind',
} as const satisfies TypeLines

/** A command's outcome holds other objects, which are judged by themselves, and words about the caller's own input. */
const outcome = (fields: string): TypeLines => ({ of: 'OUTCOME', ROW: fields })

export const FIELDS: Readonly<Record<string, TypeLines>> = {
  // ---- charts ------------------------------------------------------------------------------------------------------
  Chart: {
    ...CHART_FACTS,
    ROW: `${CHART_FACTS.ROW} queue patient pends submissions documentCount cursor blindPass`,
    ACCOUNT_REF: `${CHART_FACTS.ACCOUNT_REF} facility`,
    CLINICAL: `${CHART_FACTS.CLINICAL} documents suggestions order edits comments opportunities`,
    QUALITY: 'audits',
  },
  ChartState: CHART_FACTS,
  AbstractVersion: { of: 'CHART', ROW: 'field version decidedAt decidedBy', CLINICAL: 'evidence evidenceStale' },
  Patient: {
    of: 'CHART',
    ROW: 'id access',
    ACCOUNT_REF: 'facility',
    IDENTITY: 'familyName givenNames birthDate sex identifiers',
  },
  PatientIdentifier: { of: 'CHART', ROW: 'id', IDENTITY: 'assigner type value' },
  Pend: { of: 'CHART', ROW: 'id reason by createdAt removedAt dueOn', CLINICAL: 'note' },
  Document: {
    of: 'CHART',
    ROW: 'id chartId access withdrawnAt withdrawnReason',
    CLINICAL: 'version versions amendments',
  },
  DocumentState: { of: 'CHART', ROW: 'id chartId access withdrawnAt withdrawnReason', CLINICAL: 'version' },
  DocumentVersion: {
    ...DOCUMENT_VERSION,
    ROW: `${DOCUMENT_VERSION.ROW} signedBy`,
    CLINICAL: `${DOCUMENT_VERSION.CLINICAL} text`,
  },
  DocumentVersionState: DOCUMENT_VERSION,
  DocumentEntry: {
    of: 'CHART',
    ROW: 'id chartId access createdAt signed versionNumber withdrawnAt withdrawnReason',
    CLINICAL: 'labels title type',
  },
  Page: { of: 'CHART', ROW: 'number', CLINICAL: 'start end' },
  Suggestion: { ...LINE, ROW: `${LINE.ROW} access` },
  SuggestionState: LINE,
  Evidence: { ...SPAN, CLINICAL: `${SPAN.CLINICAL} quote` },
  EvidenceSpan: SPAN,
  CodeOrder: { of: 'CHART', ROW: 'version', CLINICAL: 'principalId suggestionIds' },
  Edit: { of: 'CHART', ROW: 'key overridable severity override', CLINICAL: 'ruleId message source suggestionIds' },
  EditOverride: { of: 'CHART', ROW: 'at by', CLINICAL: 'reason' },
  QueryOpportunity: { of: 'CHART', ROW: 'id', CLINICAL: 'topic reason evidence' },
  QueryOpportunityState: { of: 'CHART', ROW: 'id', CLINICAL: 'topic reason evidence' },
  Comment: {
    of: 'CHART',
    ROW: 'id parentId suggestionId version author createdAt resolvedAt resolvedBy',
    CLINICAL: 'body mentions',
  },
  // A hash tells whoever can guess what was hashed; the count of warnings tells what was coded.
  Submission: { of: 'CHART', ROW: 'id number submittedAt submittedBy', CLINICAL: 'codes snapshotSha256 warningCount' },
  SubmittedCode: { of: 'CHART', ROW: 'suggestionId', CLINICAL: 'code title system role rank poa' },
  Export: { of: 'CHART', ROW: 'id at format submissionId', NAMED_CONTENT: 'content sha256' },
  Audit: {
    of: 'CHART',
    // That a chart is audited, since when and why is the state of work. What came of it, and who found it, is quality.
    ROW: 'id submissionId openedAt reason',
    QUALITY: 'auditor closedAt findings version answersDueAt score recordedScore',
  },
  Finding: {
    of: 'CHART',
    ROW: 'id auditId recordedAt',
    // Who is wrong, and what was said about it, is quality as what is wrong is.
    QUALITY: `element kind guideline explanation recordedBy suggestionId proposedSuggestionId state responsible
      history`,
  },
  AuditScore: { of: 'CHART', QUALITY: 'policy policyVersion headline measures overCoded underCoded' },
  ScoreMeasure: { of: 'CHART', QUALITY: 'name numerator denominator' },
  FindingStep: { of: 'CHART', ROW: 'by at', QUALITY: 'type reason comment dueAt' },
  ChartConnection: { of: 'CHART', ROW: 'edges pageInfo totalCount' },
  ChartEdge: { of: 'CHART', ROW: 'cursor node' },
  PageInfo: { of: 'OUTCOME', ROW: 'endCursor hasNextPage' },
  Access: { of: 'CHART', ROW: 'can masked' },
  MaskedField: { of: 'OUTCOME', ROW: 'field reason' },

  // ---- live --------------------------------------------------------------------------------------------------------
  ChartSnapshot: {
    of: 'CHART',
    ROW: 'chart cursor sight pends submissions',
    CLINICAL: 'documents suggestions order edits comments opportunities',
  },
  ChartEvents: { of: 'CHART', ROW: 'events' },
  // What it carries is an object with classes of its own, but for the codes' edits, which are clinical as a whole.
  ChartEvent: {
    of: 'CHART',
    ROW: `actor at cursor previous type reopenReason unlabelReason chart comment document engine opportunity order pend
      replacement submission suggestion`,
    CLINICAL: 'edits',
  },
  EngineProgress: { of: 'CHART', ROW: 'documentsRead documentsTotal', CLINICAL: 'suggestionsMade' },
  AccessChanged: { of: 'CHART', ROW: 'change reason snapshot' },
  StreamEnded: outcome('reason'),
  ResyncRequired: outcome('reason'),
  Presence: { of: 'CHART', ROW: 'present' },
  // Where in a text somebody reads tells of the text.
  Present: { of: 'CHART', ROW: 'member presenceId', CLINICAL: 'editing start end suggestionId versionId' },

  // ---- where people work -------------------------------------------------------------------------------------------
  Organisation: { of: 'WORKPLACE', ROW: 'id kind name' },
  Facility: { of: 'WORKPLACE', ROW: 'id key name' },
  Queue: { of: 'WORKPLACE', ROW: 'id name' },
  Team: { of: 'WORKPLACE', ROW: 'id name' },
  Member: { of: 'WORKPLACE', ROW: 'id displayName' },
  Viewer: { of: 'VIEWER', ROW: 'member organisation facilities queues roles' },
  CodeEntry: { of: 'CODE_SETS', ROW: 'code system title billable mayBePrincipal poaExempt' },
  CodeRelease: { of: 'CODE_SETS', ROW: 'name system effectiveFrom effectiveTo codeCount billableCount' },

  // ---- what only some roles keep -----------------------------------------------------------------------------------
  Membership: { of: 'MEMBERSHIP', ROW: 'id member roles facilities teams disabledAt version' },
  LiveSession: { of: 'SESSION', ROW: 'id member signedInAt lastUsedAt expiresAt' },
  SessionEnded: outcome('sessionId'),
  LiveNode: { of: 'LIVE_NODE', ROW: 'organisationId followers groups' },
  LiveGroup: { of: 'LIVE_NODE', ROW: 'chart operation classes members behind' },
  Client: {
    of: 'CLIENT',
    ROW: `id clientId name purpose scopes agreement approvedAt suspendedAt previousSecretUntil redirectUris networks
      operationHashes costPerMinute`,
  },
  VendorAgreement: {
    of: 'VENDOR_AGREEMENT',
    ROW: 'id vendorName facilities purposes scopes effectiveFrom effectiveUntil approvedAt endedAt',
  },
  FacilityAgreement: {
    of: 'FACILITY_AGREEMENT',
    ROW: 'id coveredEntity facilities purposes effectiveFrom effectiveTo qualifiedService qualifiedFrom qualifiedUntil',
  },
  Approval: {
    of: 'APPROVAL',
    ROW: 'id kind subjectId summary state mayDecide requestedAt requestedBy decidedAt decidedBy declineReason',
  },
  Consent: {
    of: 'CONSENT',
    ROW: `id patientId access kind status version inForce missing purposes documentTypes disclosers recipients
      history dataFrom dataTo expiresAt signedOn separateNotes textVersion legalAuthority endReason endedAt withdrawnAt lastReliedOnAt
      reliedOnCount`,
    ACCOUNT_REF: 'facility',
    IDENTITY: 'signedBy representative representativeAuthority',
    CLINICAL: 'description expiryEvent labels fhir',
  },
  ConsentParty: { of: 'CONSENT', ROW: 'kind', IDENTITY: 'name' },
  ConsentAccess: { of: 'CONSENT', ROW: 'can masked' },
  LifeEvent: { of: 'CONSENT', ROW: 'type version actor at receivedAt', CLINICAL: 'note' },
  Restriction: {
    of: 'RESTRICTION',
    ROW: 'id patientId chartId access agreedAt liftedAt liftReason purposes recipients selfPay version history requestId',
    ACCOUNT_REF: 'facility',
    CLINICAL: 'words',
  },
  RestrictionAccess: { of: 'RESTRICTION', ROW: 'can masked' },
  AccountingOfDisclosures: {
    of: 'ACCOUNTING',
    ROW: `patientId from to preparedAt disclosures summary exempt
      part2UnderConsent part2Intermediaries csv json`,
  },
  AccountedDisclosure: { of: 'ACCOUNTING', ROW: 'at description purpose recipientName recipientAddress through' },
  DisclosureSummary: { of: 'ACCOUNTING', ROW: 'first count lastAt' },
  ExemptDisclosures: { of: 'ACCOUNTING', ROW: 'exemption citation explanation count' },
  AccessRecord: {
    of: 'ACCESS_RECORD',
    ROW: 'action at breakGlass classes facilities fhir member operationHash outcome purpose reasons requests subjects',
  },
  // Whoever answers a person reads what the person wrote; that there is a request, and until when, is the office's work.
  PrivacyRequest: {
    of: 'PRIVACY_REQUEST',
    ROW: `id version patientId kind state requester receivedOn dueOn overdue extended paidInFull recordedBy recordedAt
      assignee decision denialReason decidedAt closeReason closedAt history results can masked`,
    ACCOUNT_REF: 'facility',
  },
  PrivacyRequestResult: {
    of: 'PRIVACY_REQUEST',
    ROW: 'id type subjectId by at sha256',
    CLINICAL: 'content',
  },
  PrivacyRequestEvent: {
    of: 'PRIVACY_REQUEST',
    ROW: 'version type actor at assignee decision denialReason',
    CLINICAL: 'note',
  },
  AccessRecordConnection: { of: 'ACCESS_RECORD', ROW: 'edges pageInfo' },
  AccessRecordEdge: { of: 'ACCESS_RECORD', ROW: 'cursor node' },
  BreakGlass: {
    of: 'BREAK_GLASS',
    ROW: `id chartId member reason state at until reviewDue reviewedAt reviewer verdict escalatedAt canReview masked`,
    ACCOUNT_REF: 'facility',
    CLINICAL: 'note reviewNote',
  },
  // A matter at law and what is left of a destroyed record name no patient.
  LegalHold: {
    of: 'LEGAL_HOLD',
    ROW: 'id facilityId reason reference placedBy placedAt liftedBy liftedAt liftReason',
  },
  Tombstone: { of: 'TOMBSTONE', ROW: 'id facilityId reason requestedBy approvedBy chartCount deletedAt requestId' },
  // Worklists in numbers: status, owners and ages come with the row; which facility, and dollars, have classes of their own.
  QueueBoardSnapshot: { of: 'QUEUE_BOARD', ROW: 'rows' },
  QueueBoardChanged: { of: 'QUEUE_BOARD', ROW: 'rows goneIds' },
  QueueBoardRow: {
    of: 'QUEUE_BOARD',
    ROW: 'id queue charts statuses ages oldestReceivedAt dueToday overdue owners masked',
    ACCOUNT_REF: 'facility',
    MONEY: 'totalChargesCents',
  },
  QueueStatusCount: { of: 'QUEUE_BOARD', ROW: 'status charts' },
  QueueAgeCount: { of: 'QUEUE_BOARD', ROW: 'fromDays toDays charts' },
  QueueOwner: { of: 'QUEUE_BOARD', ROW: 'member charts dueToday overdue' },
  // One's own, and only as long as one may see what it is about: kinds, ids and times, and the account it is on.
  InboxSnapshot: { of: 'INBOX', ROW: 'items' },
  InboxChanged: { of: 'INBOX', ROW: 'items goneIds' },
  InboxItem: {
    of: 'INBOX',
    ROW: 'id kind chartId subjectId actor at dueAt readAt masked',
    ACCOUNT_REF: 'accountNumber',
  },
  HelpRequest: { of: 'HELP_REQUEST', ROW: 'id chartId suggestionId reason askedAt askedBy until' },

  // A pass is its author's alone until it is revealed: to everybody else there is none.
  BlindPass: { of: 'BLIND_PASS', ROW: 'id chartId openedAt', CLINICAL: 'lines' },
  PassLine: { of: 'BLIND_PASS', ROW: 'id', CLINICAL: 'system code title kind role poa evidence' },

  // "Own quality results": whose they are, of which submission and since when is the row that its person has.
  QualityResult: {
    of: 'QUALITY_RESULT',
    ROW: 'id auditId chartId submissionNumber member auditor reason closedAt masked',
    ACCOUNT_REF: 'accountNumber facility',
    QUALITY: 'answersDueAt score recordedScore findings',
  },
  QualityFinding: {
    of: 'QUALITY_RESULT',
    ROW: 'id auditId version can',
    QUALITY: 'element kind state guideline explanation dueAt history',
    CLINICAL: 'submitted proposed',
  },
  QualityCode: { of: 'QUALITY_RESULT', ROW: 'suggestionId', CLINICAL: 'system code title role poa evidence' },
  QualityResultConnection: { of: 'QUALITY_RESULT', ROW: 'edges pageInfo' },
  QualityResultEdge: { of: 'QUALITY_RESULT', ROW: 'cursor node' },

  // ---- outcomes of commands ----------------------------------------------------------------------------------------
  PrivacyRequestSaved: outcome('request'),
  PrivacyRequestChanged: outcome('request seenVersion'),
  AccountingSuspended: outcome('suspensionId'),
  BlindPassSaved: outcome('pass'),
  AlreadyDone: outcome('chart'),
  ChartSaved: outcome('chart'),
  ChartSubmitted: outcome('chart submission'),
  ChartExported: { of: 'OUTCOME', ROW: 'export', CLINICAL: 'warnings' },
  ChartChanged: { of: 'OUTCOME', ROW: 'abstractFields cursor documentIds', CLINICAL: 'lines' },
  DifferingLine: { of: 'OUTCOME', ROW: 'suggestionId status', CLINICAL: 'code' },
  SubmissionBlocked: { of: 'OUTCOME', ROW: 'problems', CLINICAL: 'edits' },
  CommandInvalid: outcome('problems'),
  Problem: outcome('code field message'),
  // Told to the coder of record alone, who sees every class of the abstract.
  AbstractChanged: { of: 'OUTCOME', ROW: 'field theirVersion', CLINICAL: 'base theirs yours' },
  SuggestionAdded: { of: 'OUTCOME', ROW: 'suggestion', CLINICAL: 'edits' },
  SuggestionDecided: { of: 'OUTCOME', ROW: 'suggestion replacement', CLINICAL: 'edits' },
  SuggestionChanged: outcome('base theirs yours'),
  IntendedDecision: outcome('decision code poa role'),
  OrderSaved: { of: 'OUTCOME', ROW: 'order', CLINICAL: 'edits' },
  OrderChanged: outcome('base theirs yours'),
  EditOverridden: { of: 'OUTCOME', ROW: 'editKey', CLINICAL: 'edits' },
  Undone: outcome('suggestion'),
  UndoRefused: outcome('problem'),
  CommentSaved: outcome('comment'),
  DocumentSaved: outcome('chart document'),
  UploadCreated: outcome('uploadId url maxBytes expiresAt'),
  AuditOpened: outcome('audit'),
  FindingRecorded: outcome('finding'),
  AuditClosed: outcome('audit'),
  AuditChanged: outcome('audit seenVersion'),
  FindingSaved: outcome('finding'),
  FindingChanged: outcome('finding seenVersion'),
  ApprovalSaved: outcome('approval'),
  ApprovalDecided: outcome('approval'),
  BreakGlassReviewed: outcome('breakGlass'),
  BreakGlassReviewedBefore: outcome('breakGlass'),
  GlassBroken: outcome('breakGlass chart'),
  // The secret leaves once, to whoever registered or rotated; the contract gives no other way to it.
  ClientSaved: outcome('client secret approvalId'),
  VendorAgreementSaved: outcome('agreement approvalId'),
  FacilityAgreementSaved: outcome('agreement'),
  MemberSaved: outcome('membership'),
  MemberChanged: outcome('membership seenVersion'),
  ConsentSaved: outcome('consent'),
  ConsentChanged: outcome('consent seenVersion'),
  RestrictionSaved: outcome('restriction'),
  RestrictionChanged: outcome('restriction seenVersion'),
  LegalHoldSaved: outcome('hold'),
  DisclosureRecorded: outcome('disclosureId'),
  InboxMarked: outcome('itemIds'),
}

/**
 * What of a chart `node` finds: as much as its chart shows of it. A thing is there for whoever sees the class of the list
 * it stands in, masked as it would be there.
 */
export const NODE_UNDER: Readonly<Record<string, Class | 'NEVER'>> = {
  Chart: 'ROW',
  // Section 3: people are looked up by an exact identifier, by privacy officers. What is seen of a person depends on the
  // chart one comes by.
  Patient: 'NEVER',
  Pend: 'ROW',
  Submission: 'ROW',
  // Silent: an export stands in no list. It is nothing without its content.
  Export: 'CLINICAL',
  Document: 'CLINICAL',
  DocumentVersion: 'CLINICAL',
  Suggestion: 'CLINICAL',
  Comment: 'CLINICAL',
  Audit: 'QUALITY',
  Finding: 'QUALITY',
}

/**
 * The lines of the abstract, by the class of the field that each is about: a line whose value is masked is not there, nor
 * the event that changed it.
 */
export const ABSTRACT_LINES: Readonly<Record<string, Class>> = {
  PATIENT_CLASS: 'ACCOUNT_REF',
  INPATIENT_ORDER_AT: 'ACCOUNT_REF',
  ADMITTED_AT: 'ACCOUNT_REF',
  DISCHARGED_AT: 'ACCOUNT_REF',
  SERVICE_DATE: 'ACCOUNT_REF',
  PAYER: 'ACCOUNT_REF',
  SERVICE_LINE: 'ACCOUNT_REF',
  DISPOSITION: 'CLINICAL',
  ATTENDING_PROVIDER: 'CLINICAL',
  OPERATING_PROVIDER: 'CLINICAL',
}

/**
 * Whose labels hide the clinical fields of an object (section 3: "What cites a document inherits its labels"): those of
 * its own document, those of the documents it cites, or those of every document of its chart. Types that are left out
 * speak for themselves: labels hide no facts of the account and no order.
 */
export const LABELLED_BY: Readonly<Record<string, 'OWN' | 'CITED' | 'CHART'>> = {
  Document: 'OWN',
  DocumentState: 'OWN',
  DocumentEntry: 'OWN',
  DocumentVersion: 'OWN',
  DocumentVersionState: 'OWN',
  Page: 'OWN',
  Suggestion: 'CITED',
  SuggestionState: 'CITED',
  Evidence: 'CITED',
  EvidenceSpan: 'CITED',
  QueryOpportunity: 'CITED',
  QueryOpportunityState: 'CITED',
  // Frozen: they say no more on which words they stood.
  Submission: 'CHART',
  SubmittedCode: 'CHART',
  Export: 'CHART',
  // Silent: free words that cite nothing may speak of any document of the chart.
  Pend: 'CHART',
  Comment: 'CHART',
  Finding: 'CHART',
  FindingStep: 'CHART',
  // Silent: an edit is reckoned from all lines together, whichever it names.
  Edit: 'CHART',
  EditOverride: 'CHART',
}

/** Words of another class than clinical that may speak of what stands in a document, and are hidden with it. */
export const WORDS: readonly { readonly type: string; readonly field: string }[] = [
  { type: 'Finding', field: 'guideline' },
  { type: 'Finding', field: 'explanation' },
  { type: 'FindingStep', field: 'comment' },
]
