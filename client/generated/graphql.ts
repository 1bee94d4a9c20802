/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A field of the chart abstract. */
export type AbstractField =
  | 'ADMITTED_AT'
  | 'ATTENDING_PROVIDER'
  | 'DISCHARGED_AT'
  | 'DISPOSITION'
  | 'INPATIENT_ORDER_AT'
  | 'OPERATING_PROVIDER'
  | 'PATIENT_CLASS'
  | 'PAYER'
  | 'SERVICE_DATE'
  | 'SERVICE_LINE';

/** How the access behind a stream changed. */
export type AccessChange =
  | 'NARROWED'
  | 'READ_ONLY'
  | 'RESTORED';

/** Through what it changed; MEANWHILE where the client was away and this process does not know what it saw before. */
export type AccessChangeReason =
  | 'ASSIGNMENT'
  | 'BASIS'
  | 'BLIND_PASS'
  | 'BREAK_GLASS'
  | 'HELP'
  | 'MEANWHILE'
  | 'PRIVACY_REQUEST'
  | 'ROLE'
  | 'RULES'
  | 'SCOPE'
  | 'SEPARATION_OF_DUTIES';

/** How an access ended. */
export type AccessOutcome =
  | 'ALLOWED'
  | 'DENIED'
  | 'FAILED';

/** Why data was used. */
export type AccessPurpose =
  | 'NONE'
  | 'OPERATIONS'
  | 'PAYMENT'
  | 'TREATMENT';

export type AccessRecordFilter = {
  /** Of the person whose chart it is. */
  readonly chartId?: string | null | undefined;
  /** From this moment on. */
  readonly from?: string | null | undefined;
  /** Of what this member did. */
  readonly memberId?: string | null | undefined;
  readonly outcome?: AccessOutcome | null | undefined;
  /** Of one person, by one exact identifier. */
  readonly patient?: PatientLookupInput | null | undefined;
  /** Before this moment. */
  readonly until?: string | null | undefined;
};

export type AddCommentInput = {
  readonly body: string;
  readonly chartId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** Members to whom it is shown in their inbox, as far as they may read it. At most 20. */
  readonly mentionIds?: ReadonlyArray<string> | null | undefined;
  readonly parentId?: string | null | undefined;
  readonly suggestionId?: string | null | undefined;
};

export type AddDocumentInput = {
  readonly chartId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly document: ImportDocumentInput;
};

export type AddPassLineInput = {
  /** At most 20 characters. */
  readonly code: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** The words it rests on: 1 to 50. */
  readonly evidence: ReadonlyArray<EvidenceInput>;
  readonly passId: string;
  readonly poa?: PresentOnAdmission | null | undefined;
  readonly role?: SuggestionRole | null | undefined;
  readonly system: CodeSystem;
};

export type AddRestrictionInput = {
  /** The one chart it is about. */
  readonly chartId?: string | null | undefined;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly patient: PatientLookupInput;
  /** All purposes where it is empty. */
  readonly purposes?: ReadonlyArray<Purpose>;
  /** Whom it keeps out; everybody where it is empty. */
  readonly recipients?: ReadonlyArray<ConsentPartyInput>;
  /** Paid in full out of pocket: must be agreed to (164.522(a)(1)(vi)). */
  readonly selfPay: boolean;
  /** What the person asked for, in their words. */
  readonly words: string;
};

export type AddSuggestionInput = {
  readonly chartId: string;
  readonly code: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** Required of auditors. */
  readonly evidence?: ReadonlyArray<EvidenceInput> | null | undefined;
  readonly kind?: SuggestionKind | null | undefined;
  readonly modifiers?: ReadonlyArray<string> | null | undefined;
  readonly performedOn?: string | null | undefined;
  readonly performer?: string | null | undefined;
  readonly poa?: PresentOnAdmission | null | undefined;
  /** Leave it a proposal (auditors’ lines always are). */
  readonly propose?: boolean;
  readonly role?: SuggestionRole | null | undefined;
  readonly system: CodeSystem;
  readonly units?: number | null | undefined;
};

export type AmendDocumentInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly document: ImportDocumentInput;
  readonly documentId: string;
  /** The number of the version that the amendment replaces. */
  readonly seenVersion: number;
};

export type AnswerDisputeInput = {
  readonly answer: DisputeAnswer;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** At most 2,000 characters. */
  readonly comment: string;
  readonly findingId: string;
  /** The version the caller saw: on another one nothing is done. */
  readonly seenVersion: number;
};

/** What two people decide together. */
export type ApprovalKind =
  | 'AGREEMENT'
  | 'CLIENT'
  | 'OWN_GRANT'
  | 'PATIENT_DELETION'
  | 'POLICY'
  | 'QUALIFIED_SERVICE'
  | 'SCOPE';

/** Where a request stands. */
export type ApprovalState =
  | 'APPROVED'
  | 'DECLINED'
  | 'PENDING';

export type ApproveInput = {
  readonly approvalId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
};

export type AskForHelpInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly reason: HelpReason;
  /** The line that the question is about. */
  readonly suggestionId: string;
};

export type AssignChartInput = {
  readonly chartId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** Who is put on the chart or taken off it; never the caller. */
  readonly memberId: string;
  readonly part: AssignmentPart;
  readonly reason: AssignReason;
};

export type AssignPrivacyRequestInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** A privacy officer of the facility. */
  readonly memberId: string;
  readonly requestId: string;
  readonly seenVersion: number;
};

/** Why somebody is put on a chart or taken off it. */
export type AssignReason =
  | 'ABSENCE'
  | 'CONFLICT_OF_INTEREST'
  | 'CONTINUITY'
  | 'RESTRICTED_CHART'
  | 'SPECIALTY'
  | 'TRAINING'
  | 'WORKLOAD';

/** A part that somebody has on a chart. */
export type AssignmentPart =
  | 'AUDITOR'
  | 'CDI'
  | 'CODER_OF_RECORD'
  | 'SECOND_LOOK';

/** Why a chart is audited. */
export type AuditReason =
  | 'DENIAL'
  | 'FOCUSED'
  | 'NEW_CODER'
  | 'PRE_BILL'
  | 'RANDOM_SAMPLE';

/** Whose words they are. */
export type AuthorRole =
  | 'ADVANCED_PRACTICE'
  | 'ATTENDING'
  | 'DIETITIAN'
  | 'LABORATORY'
  | 'NURSE'
  | 'OTHER'
  | 'PATHOLOGIST'
  | 'PHYSICIAN'
  | 'RADIOLOGIST'
  | 'RESIDENT'
  | 'THERAPIST';

export type BlindPassInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly passId: string;
};

export type BreakGlassInput = {
  readonly chartId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** Why, in a few words: at most 1,000 characters. */
  readonly note: string;
  readonly reason: BreakGlassReason;
};

/** Why somebody without a part on a chart opens its content for an hour. */
export type BreakGlassReason =
  | 'CODER_ABSENT'
  | 'DEADLINE'
  | 'LEGAL_DEMAND'
  | 'PATIENT_SAFETY'
  | 'PRIVACY_INCIDENT'
  | 'SYSTEM_OUTAGE';

/** Where its review stands; escalated where nobody reviewed it in time. */
export type BreakGlassState =
  | 'ESCALATED'
  | 'REVIEWED'
  | 'WAITING';

/** What a second person thought of it. */
export type BreakGlassVerdict =
  | 'JUSTIFIED'
  | 'NOT_JUSTIFIED';

export type ChangeClientInput = {
  readonly clientId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** From 1 to 50,000,000; left out for no limit beside everybody’s. */
  readonly costPerMinute?: number | null | undefined;
  /** Networks such as 192.0.2.0/24 that it may ask from; left out for everywhere. At most 100. */
  readonly networks?: ReadonlyArray<string> | null | undefined;
  /** SHA-256 of the text of each operation it may send, in hexadecimal; left out for all. At most 500. */
  readonly operationHashes?: ReadonlyArray<string> | null | undefined;
  /** Addresses with https, compared exactly, for programs that act for people. At most 10. */
  readonly redirectUris?: ReadonlyArray<string>;
  /** Within the agreement’s scopes. */
  readonly scopes: ReadonlyArray<string>;
};

export type ChangeMemberInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** All facilities from now on. */
  readonly facilityIds: ReadonlyArray<string>;
  readonly memberId: string;
  /** All roles from now on; at least one. */
  readonly roles: ReadonlyArray<Role>;
  /** The version of the membership that the caller saw. */
  readonly seenVersion: number;
  /** All teams from now on. */
  readonly teamIds: ReadonlyArray<string>;
};

/** Something one may do with a chart. */
export type ChartAction =
  | 'abstract'
  | 'add'
  | 'addDocument'
  | 'amendDocument'
  | 'askForHelp'
  | 'assign'
  | 'breakGlass'
  | 'claim'
  | 'comment'
  | 'decide'
  | 'export'
  | 'labelDocument'
  | 'openAudit'
  | 'openBlindPass'
  | 'openSecondLook'
  | 'override'
  | 'pend'
  | 'read'
  | 'recordFinding'
  | 'release'
  | 'reopen'
  | 'reorder'
  | 'resolveIdentity'
  | 'return'
  | 'runEngine'
  | 'signDocument'
  | 'submit'
  | 'undo'
  | 'unlabelDocument'
  | 'unpend'
  | 'withdrawDocument';

export type ChartCommandInput = {
  readonly chartId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
};

/** What happened, in the past tense. */
export type ChartEventType =
  | 'ABSTRACT_CHANGED'
  | 'AUDIT_CLOSED'
  | 'AUDIT_OPENED'
  | 'CHART_ASSIGNED'
  | 'CHART_EXPORTED'
  | 'CHART_HELD'
  | 'CHART_OPENED'
  | 'CHART_PENDED'
  | 'CHART_RECEIVED'
  | 'CHART_RELEASED'
  | 'CHART_REOPENED'
  | 'CHART_RETURNED'
  | 'CHART_SUBMITTED'
  | 'CHART_UNPENDED'
  | 'COMMENT_ADDED'
  | 'COMMENT_EDITED'
  | 'COMMENT_RESOLVED'
  | 'DOCUMENT_ADDED'
  | 'DOCUMENT_AMENDED'
  | 'DOCUMENT_LABELLED'
  | 'DOCUMENT_SIGNED'
  | 'DOCUMENT_WITHDRAWN'
  | 'DRG_RESULT_CHANGED'
  | 'EDIT_OVERRIDDEN'
  | 'ENGINE_FAILED'
  | 'ENGINE_FINISHED'
  | 'ENGINE_STARTED'
  | 'FINDING_ACKNOWLEDGED'
  | 'FINDING_DECIDED'
  | 'FINDING_DISPUTED'
  | 'FINDING_RECORDED'
  | 'IDENTITY_HELD'
  | 'IDENTITY_RESOLVED'
  | 'LATE_DOCUMENT_FLAGGED'
  | 'OPPORTUNITY_FOUND'
  | 'PASS_REVEALED'
  | 'SECOND_LOOK_OPENED'
  | 'SUGGESTION_ACCEPTED'
  | 'SUGGESTION_EVIDENCE_STALE'
  | 'SUGGESTION_MODIFIED'
  | 'SUGGESTION_PROPOSED'
  | 'SUGGESTION_REJECTED'
  | 'SUGGESTION_REORDERED'
  | 'SUGGESTION_WITHDRAWN';

export type ChartFilter = {
  /** The account number, exactly or its beginning. */
  readonly accountNumber?: string | null | undefined;
  readonly facilityId?: string | null | undefined;
  readonly identityHold?: boolean | null | undefined;
  /** Charts whose coder of record is the viewer. */
  readonly mine?: boolean | null | undefined;
  readonly patientClass?: ReadonlyArray<PatientClass> | null | undefined;
  readonly queueId?: string | null | undefined;
  readonly status?: ReadonlyArray<ChartStatus> | null | undefined;
};

/** How a list of charts is ordered. */
export type ChartSort =
  | 'ACCOUNT_ASC'
  | 'CHARGES_DESC'
  | 'DISCHARGED_ASC'
  | 'RECEIVED_ASC'
  | 'RECEIVED_DESC';

/** Where a chart stands on its way to the bill. */
export type ChartStatus =
  | 'EXPORTED'
  | 'IN_CODING'
  | 'PENDED'
  | 'READY'
  | 'REOPENED'
  | 'SUBMITTED';

export type ClientCommandInput = {
  readonly clientId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
};

/** What a third party receives data for (45 CFR 164.506). */
export type ClientPurpose =
  | 'OPERATIONS'
  | 'PAYMENT'
  | 'TREATMENT';

export type CloseAuditInput = {
  readonly auditId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** Whether the DRG stays as it was with the auditor’s codes; left out where no grouper says so. */
  readonly drgHolds?: boolean | null | undefined;
  /** The version the caller saw: on another one nothing is closed. */
  readonly seenVersion: number;
};

export type ClosePrivacyRequestInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly reason: RequestCloseReason;
  readonly requestId: string;
  readonly seenVersion: number;
};

/** The code system of a code. */
export type CodeSystem =
  | 'CPT'
  | 'HCPCS'
  | 'ICD10CM'
  | 'ICD10PCS';

/** Something one may do with a consent. */
export type ConsentAction =
  | 'activate'
  | 'deliverCopy'
  | 'end'
  | 'read'
  | 'revise'
  | 'withdraw';

export type ConsentCommandInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly consentId: string;
  readonly seenVersion: number;
};

/** What a consent must hold before it can be in force (45 CFR 164.508(c), 42 CFR 2.31). */
export type ConsentElement =
  | 'DESCRIPTION'
  | 'DISCLOSER'
  | 'EXPIRY'
  | 'LEGAL_AUTHORITY'
  | 'NAMED_INTERMEDIARY'
  | 'NAMED_RECIPIENT'
  | 'PLAIN_LANGUAGE'
  | 'PURPOSE'
  | 'RECIPIENT'
  | 'SIGNATURE'
  | 'STATEMENT_CONDITIONING'
  | 'STATEMENT_REDISCLOSURE'
  | 'STATEMENT_REMUNERATION'
  | 'STATEMENT_REVOCATION'
  | 'TEXT_VERSION';

export type ConsentElementsInput = {
  readonly dataFrom?: string | null | undefined;
  readonly dataTo?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly disclosers?: ReadonlyArray<ConsentPartyInput>;
  /** Types it is limited to; all where it is empty. */
  readonly documentTypes?: ReadonlyArray<DocumentType>;
  readonly expiresAt?: string | null | undefined;
  readonly expiryEvent?: string | null | undefined;
  /** Sensitive kinds that it names. */
  readonly labels?: ReadonlyArray<SensitivityLabel>;
  /** Of a court order: the law it cites, and its docket. Whoever ordered it is who signed. */
  readonly legalAuthority?: string | null | undefined;
  /** The form says that it does not expire. */
  readonly neverExpires?: boolean;
  readonly plainLanguage?: boolean;
  readonly purposes?: ReadonlyArray<Purpose>;
  readonly recipients?: ReadonlyArray<ConsentPartyInput>;
  readonly separateNotes?: SeparateNotes | null | undefined;
  readonly signature?: SignatureInput | null | undefined;
  readonly statements?: ConsentStatementsInput | null | undefined;
  readonly textVersion?: string | null | undefined;
};

/** Why a consent is no longer valid, other than by withdrawal. EXPIRED is the calendar’s alone. */
export type ConsentEndReason =
  | 'EXPIRED'
  | 'EXPIRY_EVENT'
  | 'KNOWN_FALSE'
  | 'SUPERSEDED';

/** Which law a consent answers. */
export type ConsentKind =
  | 'COURT_ORDER'
  | 'HIPAA_AUTHORIZATION'
  | 'PART2_LEGAL'
  | 'PART2_SPECIFIC'
  | 'PART2_TPO';

export type ConsentPartyInput = {
  readonly kind: PartyKind;
  /** Left out for the whole class. */
  readonly name?: string | null | undefined;
};

/** Which statements the signed form makes (45 CFR 164.508(c)(2), 42 CFR 2.31). */
export type ConsentStatementsInput = {
  readonly conditioning?: boolean;
  readonly redisclosure?: boolean;
  readonly remuneration?: boolean;
  readonly revocation?: boolean;
};

/** Where a consent stands. */
export type ConsentStatus =
  | 'ACTIVE'
  | 'DRAFT'
  | 'ENDED'
  | 'WITHDRAWN';

export type ContestPrivacyRequestInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** Of AMENDMENT: documents of the person that the statement is about, and goes with from then on. At most 50. */
  readonly documentIds?: ReadonlyArray<string> | null | undefined;
  readonly requestId: string;
  readonly seenVersion: number;
  /** The person’s statement of disagreement: at most 4,000 characters. */
  readonly statement: string;
};

/** Without a commandId: asked for twice it makes two addresses, and the one that is not used runs out. Nothing else happens. */
export type CreateUploadInput = {
  readonly byteSize: number;
  /** SHA-256 in hexadecimal: the bytes are refused if they differ. */
  readonly sha256?: string | null | undefined;
};

export type DecideDisputeInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** What the decision rests on: at most 2,000 characters. */
  readonly comment: string;
  readonly findingId: string;
  /** The version the caller saw: on another one nothing is done. */
  readonly seenVersion: number;
  readonly verdict: DisputeVerdict;
};

export type DecideOnSuggestionInput = {
  /** With MODIFY: the code that is right instead. */
  readonly code?: string | null | undefined;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly decision: Decision;
  readonly modifiers?: ReadonlyArray<string> | null | undefined;
  readonly poa?: PresentOnAdmission | null | undefined;
  /** Required to reject. */
  readonly reason?: string | null | undefined;
  readonly role?: SuggestionRole | null | undefined;
  readonly seenVersion: number;
  readonly suggestionId: string;
};

export type DecidePrivacyRequestInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly decision: RequestDecision;
  /** Where all or part is denied. */
  readonly denialReason?: RequestDenial | null | undefined;
  readonly requestId: string;
  readonly seenVersion: number;
  /** What the person is told, in plain language; of a denial its basis: at most 4,000 characters. */
  readonly statement: string;
};

/** What a person decides on a suggestion. */
export type Decision =
  | 'ACCEPT'
  | 'MODIFY'
  | 'REJECT'
  | 'RETURN_TO_PROPOSED';

export type DeclineInput = {
  readonly approvalId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly reason: DeclineReason;
};

/** Why a request was declined. */
export type DeclineReason =
  | 'AGAINST_POLICY'
  | 'INCOMPLETE'
  | 'NOT_NEEDED'
  | 'TOO_WIDE'
  | 'WRONG_PERSON';

/** Why everything of a person is destroyed. */
export type DeletionReason =
  | 'FACILITY_LEFT'
  | 'IMPORTED_IN_ERROR'
  | 'PATIENT_REQUEST'
  | 'RETENTION_ENDED';

export type DeliverConsentCopyInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly consentId: string;
  /** How and to whom the copy went. */
  readonly note?: string | null | undefined;
  readonly seenVersion: number;
};

/** Why a disclosure stands in no accounting (45 CFR 164.528(a)(1)). */
export type DisclosureExemption =
  | 'AUTHORIZATION'
  | 'CUSTODIAL'
  | 'DIRECTORY_OR_CARE'
  | 'INCIDENT_TO_PERMITTED'
  | 'LIMITED_DATA_SET'
  | 'NATIONAL_SECURITY'
  | 'TO_THE_INDIVIDUAL'
  | 'TREATMENT_PAYMENT_OPERATIONS';

/** What left. */
export type DisclosureKind =
  | 'BILLING_RECORD'
  | 'CODED_SUBMISSION'
  | 'DEMOGRAPHICS'
  | 'INCIDENT'
  | 'MEDICAL_RECORD';

/** What the auditor says to a dispute. */
export type DisputeAnswer =
  | 'AGREE'
  | 'ESCALATE'
  | 'UPHOLD';

export type DisputeFindingInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** Why the code is right: at most 2,000 characters. */
  readonly comment: string;
  readonly findingId: string;
  readonly reason: DisputeReason;
  /** The version the caller saw: on another one nothing is done. */
  readonly seenVersion: number;
};

/** Why a finding is held for wrong. */
export type DisputeReason =
  | 'CODE_SET_OF_OTHER_DATE'
  | 'DOCUMENTATION_SUPPORTS_CODE'
  | 'DOCUMENT_CAME_LATER'
  | 'FACILITY_POLICY'
  | 'GUIDELINE_READ_OTHERWISE'
  | 'QUERY_WAS_ANSWERED';

/** What the third person decides. */
export type DisputeVerdict =
  | 'CONFIRM'
  | 'OVERTURN';

/** What kind of clinical document it is. */
export type DocumentType =
  | 'CLINIC_NOTE'
  | 'CONSULTATION'
  | 'DISCHARGE_SUMMARY'
  | 'EMERGENCY_NOTE'
  | 'HISTORY_AND_PHYSICAL'
  | 'LABORATORY_REPORT'
  | 'NURSING_NOTE'
  | 'OPERATIVE_NOTE'
  | 'ORDER'
  | 'OTHER'
  | 'PATHOLOGY_REPORT'
  | 'PROCEDURE_NOTE'
  | 'PROGRESS_NOTE'
  | 'RADIOLOGY_REPORT';

/** ERROR and CRITICAL block submission. */
export type EditSeverity =
  | 'CRITICAL'
  | 'ERROR'
  | 'INFO'
  | 'WARNING';

export type EncounterInput = {
  readonly accountNumber: string;
  readonly admittedAt?: string | null | undefined;
  readonly attendingProvider?: string | null | undefined;
  readonly dischargedAt?: string | null | undefined;
  readonly disposition?: string | null | undefined;
  readonly inpatientOrderAt?: string | null | undefined;
  readonly operatingProvider?: string | null | undefined;
  readonly patientClass: PatientClass;
  readonly payer?: string | null | undefined;
  readonly serviceDate?: string | null | undefined;
  readonly serviceLine?: string | null | undefined;
  /** In cents. */
  readonly totalChargesCents?: number | null | undefined;
};

/** The part of the encounter it speaks for. */
export type EncounterPart =
  | 'AT_ADMISSION'
  | 'AT_DISCHARGE'
  | 'DURING';

export type EndConsentInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly consentId: string;
  readonly note: string;
  readonly reason: ConsentEndReason;
  readonly seenVersion: number;
};

export type EndQualifiedServiceInput = {
  readonly agreementId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly reason: QualificationEndReason;
};

export type EndSessionInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly sessionId: string;
};

export type EndVendorAgreementInput = {
  readonly agreementId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
};

/** What the engine is doing on a chart. */
export type EngineState =
  | 'DONE'
  | 'FAILED'
  | 'NONE'
  | 'QUEUED'
  | 'RUNNING';

export type EscalateFindingInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** What the auditor’s answer leaves out: at most 2,000 characters. */
  readonly comment: string;
  readonly findingId: string;
  /** The version the caller saw: on another one nothing is done. */
  readonly seenVersion: number;
};

export type EvidenceInput = {
  readonly end?: number | null | undefined;
  readonly kind?: EvidenceKind;
  /** For a scan: the page, instead of start and end. */
  readonly page?: number | null | undefined;
  readonly start?: number | null | undefined;
  readonly versionId: string;
};

/** How the words bear on the code. */
export type EvidenceKind =
  | 'CONTRADICTS'
  | 'HISTORY'
  | 'NEGATED'
  | 'SUPPORTS';

export type ExportChartInput = {
  readonly chartId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly format: ExportFormat;
  /** The number of the submission; the newest where it is left out. */
  readonly submissionNumber?: number | null | undefined;
};

/** The form of an export. */
export type ExportFormat =
  | 'CSV'
  | 'FHIR_R4';

export type ExtendPrivacyRequestInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** The reasons as they were written to the person: at most 4,000 characters. */
  readonly reason: string;
  readonly requestId: string;
  readonly seenVersion: number;
};

/** The class of a field: rules grant classes. */
export type FieldClass =
  | 'ACCOUNT_REF'
  | 'ADMIN'
  | 'CLINICAL'
  | 'IDENTITY'
  | 'MONEY'
  | 'OPEN'
  | 'QUALITY'
  | 'WORK';

/** What may be done about a finding. */
export type FindingAct =
  | 'ACKNOWLEDGE'
  | 'ANSWER'
  | 'DECIDE'
  | 'DISPUTE'
  | 'ESCALATE';

export type FindingCommandInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly findingId: string;
  /** The version the caller saw: on another one nothing is done. */
  readonly seenVersion: number;
};

/** The scored element. */
export type FindingElement =
  | 'ABSTRACT'
  | 'MODIFIER'
  | 'POA'
  | 'PRINCIPAL_DIAGNOSIS'
  | 'PROCEDURE'
  | 'SECONDARY_DIAGNOSIS'
  | 'SEQUENCE';

/** What the auditor found on a line. */
export type FindingKind =
  | 'ADD'
  | 'AGREE'
  | 'CHANGE'
  | 'DELETE';

/** How a finding stands. */
export type FindingState =
  | 'ACKNOWLEDGED'
  | 'CONFIRMED'
  | 'DISPUTED'
  | 'ESCALATED'
  | 'OVERTURNED'
  | 'RECORDED'
  | 'UPHELD';

/** What was done about a finding since its audit was closed. */
export type FindingStepType =
  | 'ACKNOWLEDGED'
  | 'CONFIRMED'
  | 'DISPUTED'
  | 'ESCALATED'
  | 'OVERTURNED'
  | 'UPHELD';

export type FocusInput = {
  readonly chartId: string;
  readonly editing?: boolean;
  readonly end?: number | null | undefined;
  /** True when leaving. */
  readonly leaving?: boolean;
  /** Made by the client for one open tab. */
  readonly presenceId: string;
  readonly start?: number | null | undefined;
  readonly suggestionId?: string | null | undefined;
  readonly versionId?: string | null | undefined;
};

/** What is needed to do what was granted, by the kind of the request. */
export type FulfilPrivacyRequestInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** Of AMENDMENT: documents of the person, added or amended since it came in, that hold or link the amendment. At most 50. */
  readonly documentIds?: ReadonlyArray<string> | null | undefined;
  /** Of ACCOUNTING: the first day; six years back at most. */
  readonly from?: string | null | undefined;
  readonly requestId: string;
  /** Of RESTRICTION: what was agreed to. */
  readonly restriction?: RestrictionTermsInput | null | undefined;
  readonly seenVersion: number;
  /** Of ACCOUNTING: the last day. */
  readonly to?: string | null | undefined;
};

/** What a coder asks a supervisor about. */
export type HelpReason =
  | 'CODE_CHOICE'
  | 'DOCUMENTATION_CONFLICTS'
  | 'DOCUMENTATION_UNCLEAR'
  | 'EDIT'
  | 'GUIDELINE'
  | 'SEQUENCING';

/** Why a legal hold ended. */
export type HoldEndReason =
  | 'MATTER_CLOSED'
  | 'PLACED_IN_ERROR';

/** Why what is held of a person must be kept. */
export type HoldReason =
  | 'AUDIT'
  | 'INVESTIGATION'
  | 'LITIGATION'
  | 'REGULATOR';

/** What kind of identifier it is. */
export type IdentifierType =
  | 'ACCOUNT'
  | 'MEMBER'
  | 'MRN'
  | 'OTHER'
  | 'SSN';

/** Whose chart it is. */
export type IdentityDecision =
  | 'OTHER_PATIENT'
  | 'SAME_PATIENT';

export type ImportChartInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly documents?: ReadonlyArray<ImportDocumentInput> | null | undefined;
  /** Needed where the upload does not carry the encounter; what is given here wins. */
  readonly encounter?: EncounterInput | null | undefined;
  readonly facilityId: string;
  /** Needed where the upload does not carry the patient. */
  readonly patient?: PatientInput | null | undefined;
  /** The worklist it waits in. */
  readonly queueId?: string | null | undefined;
  readonly restricted?: boolean;
  /** A C-CDA document or a FHIR Bundle that carries patient, encounter and documents itself. */
  readonly uploadId?: string | null | undefined;
};

export type ImportDocumentInput = {
  readonly authorName?: string | null | undefined;
  readonly authorRole: AuthorRole;
  readonly authoredAt?: string | null | undefined;
  readonly encounterPart: EncounterPart;
  readonly labels?: ReadonlyArray<SensitivityLabel> | null | undefined;
  readonly signed: boolean;
  readonly title: string;
  readonly type: DocumentType;
  readonly uploadId: string;
};

/** What somebody is to look at. */
export type InboxKind =
  | 'CHART_ASSIGNED'
  | 'CHART_RETURNED'
  | 'COMMENT_ANSWERED'
  | 'DISPUTE_ANSWERED'
  | 'DISPUTE_TO_ANSWER'
  | 'DISPUTE_TO_DECIDE'
  | 'FINDINGS_TO_ANSWER'
  | 'MENTIONED';

export type LabelDocumentInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly documentId: string;
  /** All labels that it has from now on. To take one away is for privacy officers, who say why. */
  readonly labels: ReadonlyArray<SensitivityLabel>;
  /** Needed where a label is taken away, and only there. */
  readonly reason?: UnlabelReason | null | undefined;
  /** The number of the version that was seen. */
  readonly seenVersion: number;
};

export type LiftLegalHoldInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly holdId: string;
  readonly reason: HoldEndReason;
};

/** Who ended a restriction, and how. */
export type LiftReason =
  | 'AGREED_ORALLY'
  | 'ASKED_IN_WRITING'
  | 'ENTITY_ENDED';

export type LiftRestrictionInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly note: string;
  readonly reason: LiftReason;
  readonly restrictionId: string;
  readonly seenVersion: number;
};

export type MarkInboxReadInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** From 1 to 100 entries of the viewer’s inbox. What is not there is passed over. */
  readonly itemIds: ReadonlyArray<string>;
};

/** Why a field answers null. */
export type MaskReason =
  | 'BLIND_PASS'
  | 'CLASS'
  | 'LABEL'
  | 'UNCLAIMED'
  | 'WITHDRAWN';

export type MemberCommandInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly memberId: string;
  /** The version of the membership that the caller saw. */
  readonly seenVersion: number;
};

export type OpenAuditInput = {
  readonly chartId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly reason: AuditReason;
  readonly submissionNumber?: number | null | undefined;
};

export type OpenPrivacyRequestInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** Of ACCOUNTING: the person’s record was destroyed. Whoever asks is found by what is left of the identifier; no words are kept. */
  readonly destroyed?: boolean;
  /** What is asked, in the requester’s words: at most 4,000 characters. */
  readonly details: string;
  readonly kind: PrivacyRequestKind;
  /** Of RESTRICTION: it is kept from a health plan, and was paid in full out of pocket. */
  readonly paidInFull?: boolean;
  readonly patient: PatientLookupInput;
  /** The day it came in, by the facility’s calendar. The clock starts with it. */
  readonly receivedOn: string;
  readonly requester: Requester;
};

export type OverrideEditInput = {
  readonly chartId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly editKey: string;
  readonly reason: string;
};

/** What kind of person or organisation it is. */
export type PartyKind =
  | 'BUSINESS_ASSOCIATE'
  | 'COURT'
  | 'COVERED_ENTITY'
  | 'HEALTH_PLAN'
  | 'INTERMEDIARY'
  | 'OTHER'
  | 'PERSON'
  | 'PROVIDER'
  | 'RESEARCHER';

/** HL7 patient class of the encounter. */
export type PatientClass =
  | 'EMERGENCY'
  | 'INPATIENT'
  | 'OBSERVATION'
  | 'OUTPATIENT'
  | 'PROFESSIONAL';

export type PatientIdentifierInput = {
  readonly assigner: string;
  readonly type: IdentifierType;
  readonly value: string;
};

export type PatientInput = {
  readonly birthDate?: string | null | undefined;
  readonly familyName: string;
  readonly givenNames: ReadonlyArray<string>;
  readonly identifiers: ReadonlyArray<PatientIdentifierInput>;
  readonly sex?: Sex;
};

/** One person by one exact identifier of one facility. There is no other way to look for people. */
export type PatientLookupInput = {
  readonly facilityId: string;
  readonly identifier: PatientIdentifierInput;
};

export type PendChartInput = {
  readonly chartId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly due?: string | null | undefined;
  readonly note?: string | null | undefined;
  readonly reason: PendReason;
};

/** Why work on a chart waits. */
export type PendReason =
  | 'AWAITING_PATHOLOGY'
  | 'MISSING_DOCUMENT'
  | 'OTHER'
  | 'QUERY'
  | 'SECOND_OPINION'
  | 'UNSIGNED_DOCUMENT';

export type PlaceLegalHoldInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly patient: PatientLookupInput;
  readonly reason: HoldReason;
  /** The matter, as the file outside names it: at most 200 characters, no patient’s data. */
  readonly reference: string;
};

/** The POA indicator (Guidelines, Appendix I). */
export type PresentOnAdmission =
  | 'EXEMPT'
  | 'N'
  | 'U'
  | 'W'
  | 'Y';

/** Something one may do with a person’s request. */
export type PrivacyRequestAction =
  | 'assign'
  | 'close'
  | 'contest'
  | 'decide'
  | 'extend'
  | 'fulfil';

/** What a person asks of their own record. */
export type PrivacyRequestKind =
  | 'ACCESS'
  | 'ACCOUNTING'
  | 'AMENDMENT'
  | 'DELETION'
  | 'RESTRICTION';

/** Where a person’s request stands. */
export type PrivacyRequestState =
  | 'ASSIGNED'
  | 'CLOSED'
  | 'DECIDED'
  | 'OPEN';

/** What a disclosure is for. */
export type Purpose =
  | 'INDIVIDUAL_REQUEST'
  | 'LEGAL'
  | 'MARKETING'
  | 'OPERATIONS'
  | 'PAYMENT'
  | 'RESEARCH'
  | 'SALE'
  | 'TREATMENT';

/** Why undertakings of a qualified service organisation end before their time (42 CFR 2.11). */
export type QualificationEndReason =
  | 'BREACH'
  | 'REPLACED'
  | 'SERVICES_ENDED'
  | 'TERMINATED';

/** On whom a quality result waits. */
export type QualityWait =
  | 'AUDITOR'
  | 'CODER'
  | 'DECIDER'
  | 'ME';

export type RecordConsentInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly elements: ConsentElementsInput;
  /** An active FHIR R4 Consent as JSON: its provisions narrow what the elements permit. */
  readonly fhir?: string | null | undefined;
  readonly kind: ConsentKind;
  readonly patient: PatientLookupInput;
};

export type RecordDisclosureInput = {
  /** When it left. */
  readonly at: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** Why it stands in no accounting, if it does not. */
  readonly exemption?: DisclosureExemption | null | undefined;
  readonly kind: DisclosureKind;
  /** Substance use disorder records were among it. */
  readonly part2?: boolean;
  readonly patient: PatientLookupInput;
  readonly purpose: Purpose;
  /** If known: at most 400 characters. */
  readonly recipientAddress?: string | null | undefined;
  /** At most 200 characters. */
  readonly recipientName: string;
  /** Until when an agency has had its accounting suspended in writing (45 CFR 164.528(a)(2)). */
  readonly suspendedUntil?: string | null | undefined;
  /** The intermediary by whom it went on to the recipient: at most 200 characters. */
  readonly through?: string | null | undefined;
};

export type RecordFindingInput = {
  readonly auditId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly element: FindingElement;
  readonly explanation: string;
  readonly guideline?: string | null | undefined;
  readonly kind: FindingKind;
  /** The auditor’s own line, added before. */
  readonly proposedSuggestionId?: string | null | undefined;
  /** The line of the submission it is about. */
  readonly suggestionId?: string | null | undefined;
};

export type RegisterClientInput = {
  readonly agreementId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** From 1 to 50,000,000; left out for no limit beside everybody’s. */
  readonly costPerMinute?: number | null | undefined;
  readonly name: string;
  /** Networks such as 192.0.2.0/24 that it may ask from; left out for everywhere. At most 100. */
  readonly networks?: ReadonlyArray<string> | null | undefined;
  /** SHA-256 of the text of each operation it may send, in hexadecimal; left out for all. At most 500. */
  readonly operationHashes?: ReadonlyArray<string> | null | undefined;
  /** What it asks for, always; one of the agreement’s. */
  readonly purpose: ClientPurpose;
  /** Addresses with https, compared exactly, for programs that act for people. At most 10. */
  readonly redirectUris?: ReadonlyArray<string>;
  /** Within the agreement’s scopes. */
  readonly scopes: ReadonlyArray<string>;
};

export type RegisterVendorAgreementInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly effectiveFrom: string;
  readonly effectiveUntil?: string | null | undefined;
  readonly facilityIds: ReadonlyArray<string>;
  readonly purposes: ReadonlyArray<ClientPurpose>;
  readonly scopes: ReadonlyArray<string>;
  readonly vendorName: string;
};

export type RemovePassLineInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly lineId: string;
  readonly passId: string;
};

export type RenewSessionInput = {
  /** A fresh one of the same person, or of the same program. */
  readonly ticket: string;
};

export type ReopenChartInput = {
  readonly chartId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly reason: ReopenReason;
};

/** Why a submitted chart is opened again. */
export type ReopenReason =
  | 'AUDIT_FINDING'
  | 'CODER_ERROR'
  | 'DENIAL'
  | 'LATE_DOCUMENT'
  | 'OTHER';

export type ReorderSuggestionsInput = {
  readonly chartId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** The line that becomes principal or first-listed. */
  readonly principalId?: string | null | undefined;
  readonly seenVersion: number;
  /** All accepted lines, in their new order. */
  readonly suggestionIds: ReadonlyArray<string>;
};

/** Why it is closed. */
export type RequestCloseReason =
  | 'ANSWERED'
  | 'RECORDED_IN_ERROR'
  | 'WITHDRAWN_BY_REQUESTER';

/** What was decided. */
export type RequestDecision =
  | 'DENIED'
  | 'GRANTED'
  | 'PARTLY_GRANTED';

/** On which ground a request is denied (45 CFR 164.524(a), 164.526(a)(2), 164.522(a)(1)). */
export type RequestDenial =
  | 'ACCURATE_AND_COMPLETE'
  | 'CONFIDENTIAL_SOURCE'
  | 'CORRECTIONAL_SAFETY'
  | 'ENDANGERS_LIFE_OR_SAFETY'
  | 'ENDANGERS_PERSON_NAMED'
  | 'LEGAL_HOLD'
  | 'LEGAL_PROCEEDINGS'
  | 'NOT_AGREED'
  | 'NOT_CREATED_HERE'
  | 'NOT_IN_RECORD_SET'
  | 'NOT_OPEN_TO_ACCESS'
  | 'PRIVACY_ACT'
  | 'PSYCHOTHERAPY_NOTES'
  | 'REPRESENTATIVE_ENDANGERS'
  | 'RESEARCH_IN_PROGRESS'
  | 'RETENTION_REQUIRED';

/** A step in a request’s life. */
export type RequestEventType =
  | 'ASSIGNED'
  | 'CLOSED'
  | 'CONTESTED'
  | 'DECIDED'
  | 'EXTENDED'
  | 'FULFILLED'
  | 'RECEIVED';

export type RequestOwnGrantInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** All facilities from then on. */
  readonly facilityIds: ReadonlyArray<string>;
  /** All roles from then on; at least one. */
  readonly roles: ReadonlyArray<Role>;
  /** All teams from then on. */
  readonly teamIds: ReadonlyArray<string>;
};

export type RequestPatientDeletionInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly patient: PatientLookupInput;
  readonly reason: DeletionReason;
  /** Of PATIENT_REQUEST: the granted request, in the asker’s hands, that the deletion fulfils. */
  readonly requestId?: string | null | undefined;
};

export type RequestQualifiedServiceInput = {
  readonly agreementId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly from: string;
  /** Which signed paper it rests on: at most 200 characters. */
  readonly reference: string;
  /** The first moment at which they hold no more. */
  readonly until?: string | null | undefined;
};

/** What a granted request led to. */
export type RequestResultType =
  | 'ACCOUNTING'
  | 'AMENDMENT'
  | 'COPY'
  | 'DELETION'
  | 'DISAGREEMENT'
  | 'RESTRICTION';

/** Who asks. */
export type Requester =
  | 'INDIVIDUAL'
  | 'PERSONAL_REPRESENTATIVE';

export type ResolveCommentInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly commentId: string;
  readonly seenVersion: number;
};

export type ResolveIdentityInput = {
  readonly chartId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** SAME_PATIENT keeps the known patient; OTHER_PATIENT makes the chart that of a new one. */
  readonly decision: IdentityDecision;
};

/** Something one may do with a restriction. */
export type RestrictionAction =
  | 'lift'
  | 'read';

/** A restriction as it was agreed to (45 CFR 164.522(a)). */
export type RestrictionTermsInput = {
  /** The one chart it is about. */
  readonly chartId?: string | null | undefined;
  /** All purposes where it is empty. */
  readonly purposes?: ReadonlyArray<Purpose>;
  /** Whom it keeps out; everybody where it is empty. */
  readonly recipients?: ReadonlyArray<ConsentPartyInput>;
  /** Paid in full out of pocket: must be agreed to (164.522(a)(1)(vi)). */
  readonly selfPay: boolean;
  /** What the person asked for, in their words. */
  readonly words: string;
};

/** Why a stream cannot go on from a cursor. */
export type ResyncReason =
  | 'CURSOR_UNKNOWN'
  | 'TOO_OLD';

export type ReturnChartInput = {
  readonly chartId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** What the coder should look at. */
  readonly note: string;
};

export type ReviewBreakGlassInput = {
  readonly breakGlassId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** What the verdict rests on: at most 1,000 characters. */
  readonly note: string;
  readonly verdict: BreakGlassVerdict;
};

export type ReviseConsentInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly consentId: string;
  /** All of them, as they are now. */
  readonly elements: ConsentElementsInput;
  readonly seenVersion: number;
};

/** What a member does here. A person can hold several. */
export type Role =
  | 'ADMIN'
  | 'AUDITOR'
  | 'CDI'
  | 'CODER'
  | 'COMPLIANCE'
  | 'PRIVACY_OFFICER'
  | 'PROVIDER'
  | 'SUPERVISOR';

/** What is counted. */
export type ScoreMeasureName =
  | 'CASE_OVER_CASE'
  | 'CLAIM_LEVEL'
  | 'CODE_OVER_CODE'
  | 'CORRECT_OVER_UNION'
  | 'PRESENT_ON_ADMISSION';

/** Sensitivity of a document version. */
export type SensitivityLabel =
  | 'GENETIC'
  | 'HIV'
  | 'MENTAL_HEALTH'
  | 'PART2'
  | 'RESTRICTED';

/** Notes that no general grant covers. */
export type SeparateNotes =
  | 'COUNSELLING_NOTES'
  | 'PSYCHOTHERAPY_NOTES';

export type SetAbstractInput = {
  readonly chartId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** The words or the page that say so; they take the place of the evidence before. */
  readonly evidence?: ReadonlyArray<EvidenceInput> | null | undefined;
  readonly field: AbstractField;
  readonly seenVersion: number;
  /** Instants as ISO 8601, dates as YYYY-MM-DD; null empties the field. */
  readonly value?: string | null | undefined;
};

/** Administrative sex (HL7 FHIR). */
export type Sex =
  | 'FEMALE'
  | 'MALE'
  | 'OTHER'
  | 'UNKNOWN';

export type SignDocumentInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly documentId: string;
  readonly seenVersion: number;
};

export type SignatureInput = {
  /** Where somebody signs for the person: who. */
  readonly representative?: string | null | undefined;
  /** And by what authority. */
  readonly representativeAuthority?: string | null | undefined;
  readonly signedBy: string;
  readonly signedOn: string;
};

/** Why a stream ended. */
export type StreamEndReason =
  | 'AGREEMENT_LAPSED'
  | 'CLIENT_SUSPENDED'
  | 'MEMBER_DISABLED'
  | 'NO_LONGER_VISIBLE'
  | 'SERVER_STOPPING'
  | 'SESSION_EXPIRED'
  | 'SIGNED_OUT'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_REVOKED'
  | 'UNASSIGNED';

export type SubmitChartInput = {
  readonly chartId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** The cursor of the last event the submitter has seen. */
  readonly seenCursor: string;
};

/** Diagnosis or procedure. */
export type SuggestionKind =
  | 'DIAGNOSIS'
  | 'PROCEDURE';

/** Who made it. */
export type SuggestionOrigin =
  | 'AUDITOR'
  | 'CLIENT'
  | 'CODER'
  | 'ENGINE';

/** The part a code plays on the claim. */
export type SuggestionRole =
  | 'ADMITTING'
  | 'EXTERNAL_CAUSE'
  | 'FIRST_LISTED'
  | 'PRINCIPAL'
  | 'PROCEDURE'
  | 'REASON_FOR_VISIT'
  | 'SECONDARY';

/** What has become of it. */
export type SuggestionStatus =
  | 'ACCEPTED'
  | 'PROPOSED'
  | 'REJECTED'
  | 'WITHDRAWN';

export type SuspendAccountingInput = {
  /** A health oversight agency or law enforcement official, named as in its disclosures: at most 200 characters. */
  readonly agency: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly form: SuspensionForm;
  readonly patient: PatientLookupInput;
  /** Until when. Thirty days at most where it was said orally. */
  readonly until: string;
};

/** How an agency had accountings suspended: orally for thirty days at most. */
export type SuspensionForm =
  | 'ORAL'
  | 'WRITTEN';

export type UndoInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** The version the caller saw: on another one nothing is undone. */
  readonly seenVersion: number;
  /** The line whose last act, if it was the caller’s own, is undone. */
  readonly suggestionId: string;
};

/** Why a label is taken off a document. */
export type UnlabelReason =
  | 'LABELLED_IN_ERROR'
  | 'NOT_PROTECTED'
  | 'OTHER_DOCUMENT_MEANT'
  | 'PROTECTION_ENDED';

export type UnpendChartInput = {
  readonly chartId: string;
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  /** One reason; all of them where it is left out. */
  readonly pendId?: string | null | undefined;
};

export type WithdrawConsentInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly consentId: string;
  /** A withdrawal counts in writing only (164.508(b)(5), 42 CFR 2.31(a)(6)). */
  readonly inWriting: boolean;
  readonly note?: string | null | undefined;
  readonly receivedAt: string;
  readonly seenVersion: number;
};

export type WithdrawDocumentInput = {
  /** Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days. */
  readonly commandId: string;
  readonly documentId: string;
  readonly reason: WithdrawalReason;
};

/** Why a document was withdrawn. */
export type WithdrawalReason =
  | 'DUPLICATE'
  | 'ENTERED_IN_ERROR'
  | 'WRONG_PATIENT';

export type FacilityAgreementFieldsFragment = { readonly id: string, readonly coveredEntity: string, readonly purposes: ReadonlyArray<Purpose>, readonly effectiveFrom: string, readonly effectiveTo: string | null, readonly qualifiedService: boolean, readonly qualifiedFrom: string | null, readonly qualifiedUntil: string | null, readonly facilities: ReadonlyArray<{ readonly id: string, readonly key: string, readonly name: string }> };

export type FacilityAgreementsQueryVariables = Exact<{ [key: string]: never; }>;


export type FacilityAgreementsQuery = { readonly facilityAgreements: ReadonlyArray<FacilityAgreementFieldsFragment> };

export type RequestQualifiedServiceMutationVariables = Exact<{
  input: RequestQualifiedServiceInput;
}>;


export type RequestQualifiedServiceMutation = { readonly requestQualifiedService:
    | { readonly __typename: 'ApprovalDecided' }
    | { readonly __typename: 'ApprovalSaved', readonly approval: { readonly id: string, readonly kind: ApprovalKind, readonly state: ApprovalState, readonly summary: string } }
    | { readonly __typename: 'CommandInvalid', readonly problems: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: string | null }> }
   };

export type EndQualifiedServiceMutationVariables = Exact<{
  input: EndQualifiedServiceInput;
}>;


export type EndQualifiedServiceMutation = { readonly endQualifiedService:
    | { readonly __typename: 'CommandInvalid', readonly problems: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: string | null }> }
    | { readonly __typename: 'FacilityAgreementSaved', readonly agreement: FacilityAgreementFieldsFragment }
   };

export type BreakGlassFieldsFragment = { readonly id: string, readonly chartId: string, readonly reason: BreakGlassReason, readonly note: string | null, readonly at: string, readonly until: string, readonly state: BreakGlassState, readonly reviewDue: string, readonly escalatedAt: string | null, readonly reviewedAt: string | null, readonly verdict: BreakGlassVerdict | null, readonly reviewNote: string | null, readonly canReview: boolean, readonly facility: { readonly id: string, readonly key: string, readonly name: string } | null, readonly member: MemberFieldsFragment, readonly reviewer: MemberFieldsFragment | null, readonly masked: ReadonlyArray<{ readonly field: string, readonly reason: MaskReason }> };

export type BreakGlassReviewsQueryVariables = Exact<{
  first?: number;
  openOnly?: boolean;
}>;


export type BreakGlassReviewsQuery = { readonly breakGlassReviews: ReadonlyArray<BreakGlassFieldsFragment> };

export type BreakGlassMutationVariables = Exact<{
  input: BreakGlassInput;
}>;


export type BreakGlassMutation = { readonly breakGlass:
    | { readonly __typename: 'AlreadyDone', readonly chart: { readonly id: string, readonly status: ChartStatus } }
    | { readonly __typename: 'GlassBroken', readonly chart: { readonly id: string, readonly status: ChartStatus }, readonly breakGlass: BreakGlassFieldsFragment }
   };

export type ReviewBreakGlassMutationVariables = Exact<{
  input: ReviewBreakGlassInput;
}>;


export type ReviewBreakGlassMutation = { readonly reviewBreakGlass:
    | { readonly __typename: 'BreakGlassReviewed', readonly breakGlass: BreakGlassFieldsFragment }
    | { readonly __typename: 'BreakGlassReviewedBefore', readonly breakGlass: BreakGlassFieldsFragment }
   };

export type BreakGlassAlertsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type BreakGlassAlertsSubscription = { readonly breakGlassAlerts: BreakGlassFieldsFragment };

export type ConsentPartyFieldsFragment = { readonly kind: PartyKind, readonly name: string | null };

export type LifeEventFieldsFragment = { readonly at: string, readonly type: string, readonly version: number, readonly receivedAt: string | null, readonly note: string | null, readonly actor: MemberFieldsFragment | null };

export type ConsentFieldsFragment = { readonly id: string, readonly patientId: string, readonly version: number, readonly kind: ConsentKind, readonly status: ConsentStatus, readonly inForce: boolean, readonly missing: ReadonlyArray<ConsentElement>, readonly purposes: ReadonlyArray<Purpose>, readonly labels: ReadonlyArray<SensitivityLabel> | null, readonly documentTypes: ReadonlyArray<DocumentType> | null, readonly separateNotes: SeparateNotes | null, readonly description: string | null, readonly dataFrom: string | null, readonly dataTo: string | null, readonly signedBy: string | null, readonly signedOn: string | null, readonly representative: string | null, readonly representativeAuthority: string | null, readonly textVersion: string | null, readonly legalAuthority: string | null, readonly expiresAt: string | null, readonly expiryEvent: string | null, readonly endedAt: string | null, readonly endReason: ConsentEndReason | null, readonly withdrawnAt: string | null, readonly reliedOnCount: number, readonly lastReliedOnAt: string | null, readonly disclosers: ReadonlyArray<ConsentPartyFieldsFragment>, readonly recipients: ReadonlyArray<ConsentPartyFieldsFragment>, readonly facility: { readonly id: string, readonly key: string, readonly name: string } | null, readonly history: ReadonlyArray<LifeEventFieldsFragment>, readonly access: { readonly can: ReadonlyArray<ConsentAction>, readonly masked: ReadonlyArray<{ readonly field: string, readonly reason: MaskReason }> } };

export type RestrictionFieldsFragment = { readonly id: string, readonly patientId: string, readonly chartId: string | null, readonly version: number, readonly selfPay: boolean, readonly purposes: ReadonlyArray<Purpose>, readonly words: string | null, readonly agreedAt: string, readonly liftedAt: string | null, readonly liftReason: LiftReason | null, readonly requestId: string | null, readonly recipients: ReadonlyArray<ConsentPartyFieldsFragment>, readonly facility: { readonly id: string, readonly key: string, readonly name: string } | null, readonly history: ReadonlyArray<LifeEventFieldsFragment>, readonly access: { readonly can: ReadonlyArray<RestrictionAction>, readonly masked: ReadonlyArray<{ readonly field: string, readonly reason: MaskReason }> } };

type ConsentOutcomeFields_CommandInvalid_Fragment = (
  { readonly __typename: 'CommandInvalid' }
  & CommandInvalidFieldsFragment
);

type ConsentOutcomeFields_ConsentChanged_Fragment = { readonly __typename: 'ConsentChanged', readonly seenVersion: number, readonly consent: ConsentFieldsFragment };

type ConsentOutcomeFields_ConsentSaved_Fragment = { readonly __typename: 'ConsentSaved', readonly consent: ConsentFieldsFragment };

export type ConsentOutcomeFieldsFragment =
  | ConsentOutcomeFields_CommandInvalid_Fragment
  | ConsentOutcomeFields_ConsentChanged_Fragment
  | ConsentOutcomeFields_ConsentSaved_Fragment
;

type RestrictionOutcomeFields_CommandInvalid_Fragment = (
  { readonly __typename: 'CommandInvalid' }
  & CommandInvalidFieldsFragment
);

type RestrictionOutcomeFields_RestrictionChanged_Fragment = { readonly __typename: 'RestrictionChanged', readonly seenVersion: number, readonly restriction: RestrictionFieldsFragment };

type RestrictionOutcomeFields_RestrictionSaved_Fragment = { readonly __typename: 'RestrictionSaved', readonly restriction: RestrictionFieldsFragment };

export type RestrictionOutcomeFieldsFragment =
  | RestrictionOutcomeFields_CommandInvalid_Fragment
  | RestrictionOutcomeFields_RestrictionChanged_Fragment
  | RestrictionOutcomeFields_RestrictionSaved_Fragment
;

export type ConsentsQueryVariables = Exact<{
  patient: PatientLookupInput;
}>;


export type ConsentsQuery = { readonly consents: ReadonlyArray<ConsentFieldsFragment>, readonly restrictions: ReadonlyArray<RestrictionFieldsFragment> };

export type ConsentQueryVariables = Exact<{
  id: string;
}>;


export type ConsentQuery = { readonly consent: (
    { readonly fhir: ReadonlyArray<string> | null }
    & ConsentFieldsFragment
  ) };

export type RecordConsentMutationVariables = Exact<{
  input: RecordConsentInput;
}>;


export type RecordConsentMutation = { readonly recordConsent:
    | ConsentOutcomeFields_CommandInvalid_Fragment
    | ConsentOutcomeFields_ConsentChanged_Fragment
    | ConsentOutcomeFields_ConsentSaved_Fragment
   };

export type ReviseConsentMutationVariables = Exact<{
  input: ReviseConsentInput;
}>;


export type ReviseConsentMutation = { readonly reviseConsent:
    | ConsentOutcomeFields_CommandInvalid_Fragment
    | ConsentOutcomeFields_ConsentChanged_Fragment
    | ConsentOutcomeFields_ConsentSaved_Fragment
   };

export type ActivateConsentMutationVariables = Exact<{
  input: ConsentCommandInput;
}>;


export type ActivateConsentMutation = { readonly activateConsent:
    | ConsentOutcomeFields_CommandInvalid_Fragment
    | ConsentOutcomeFields_ConsentChanged_Fragment
    | ConsentOutcomeFields_ConsentSaved_Fragment
   };

export type DeliverConsentCopyMutationVariables = Exact<{
  input: DeliverConsentCopyInput;
}>;


export type DeliverConsentCopyMutation = { readonly deliverConsentCopy:
    | ConsentOutcomeFields_CommandInvalid_Fragment
    | ConsentOutcomeFields_ConsentChanged_Fragment
    | ConsentOutcomeFields_ConsentSaved_Fragment
   };

export type WithdrawConsentMutationVariables = Exact<{
  input: WithdrawConsentInput;
}>;


export type WithdrawConsentMutation = { readonly withdrawConsent:
    | ConsentOutcomeFields_CommandInvalid_Fragment
    | ConsentOutcomeFields_ConsentChanged_Fragment
    | ConsentOutcomeFields_ConsentSaved_Fragment
   };

export type EndConsentMutationVariables = Exact<{
  input: EndConsentInput;
}>;


export type EndConsentMutation = { readonly endConsent:
    | ConsentOutcomeFields_CommandInvalid_Fragment
    | ConsentOutcomeFields_ConsentChanged_Fragment
    | ConsentOutcomeFields_ConsentSaved_Fragment
   };

export type AddRestrictionMutationVariables = Exact<{
  input: AddRestrictionInput;
}>;


export type AddRestrictionMutation = { readonly addRestriction:
    | RestrictionOutcomeFields_CommandInvalid_Fragment
    | RestrictionOutcomeFields_RestrictionChanged_Fragment
    | RestrictionOutcomeFields_RestrictionSaved_Fragment
   };

export type LiftRestrictionMutationVariables = Exact<{
  input: LiftRestrictionInput;
}>;


export type LiftRestrictionMutation = { readonly liftRestriction:
    | RestrictionOutcomeFields_CommandInvalid_Fragment
    | RestrictionOutcomeFields_RestrictionChanged_Fragment
    | RestrictionOutcomeFields_RestrictionSaved_Fragment
   };

export type MemberFieldsFragment = { readonly id: string, readonly displayName: string };

export type AccessFieldsFragment = { readonly can: ReadonlyArray<ChartAction>, readonly masked: ReadonlyArray<{ readonly field: string, readonly reason: MaskReason }> };

export type ProblemFieldsFragment = { readonly code: string, readonly field: string | null, readonly message: string };

export type CommandInvalidFieldsFragment = { readonly problems: ReadonlyArray<ProblemFieldsFragment> };

export type EvidenceSpanFieldsFragment = { readonly id: string, readonly documentId: string | null, readonly versionId: string | null, readonly start: number | null, readonly end: number | null, readonly page: number | null, readonly kind: EvidenceKind | null };

export type SuggestionStateFieldsFragment = { readonly id: string, readonly chartId: string, readonly version: number, readonly status: SuggestionStatus, readonly origin: SuggestionOrigin, readonly system: CodeSystem | null, readonly code: string | null, readonly title: string | null, readonly kind: SuggestionKind | null, readonly role: SuggestionRole | null, readonly rank: number | null, readonly poa: PresentOnAdmission | null, readonly poaProposed: PresentOnAdmission | null, readonly poaExempt: boolean | null, readonly modifiers: ReadonlyArray<string> | null, readonly units: number | null, readonly performedOn: string | null, readonly performer: string | null, readonly confidence: number | null, readonly reason: string | null, readonly replaces: string | null, readonly evidenceStale: boolean | null, readonly decidedAt: string | null, readonly decisionReason: string | null, readonly author: MemberFieldsFragment | null, readonly decidedBy: MemberFieldsFragment | null, readonly evidence: ReadonlyArray<EvidenceSpanFieldsFragment> | null };

export type DocumentVersionStateFieldsFragment = { readonly id: string, readonly documentId: string, readonly number: number, readonly title: string | null, readonly type: DocumentType | null, readonly authorName: string | null, readonly authorRole: AuthorRole | null, readonly authoredAt: string | null, readonly encounterPart: EncounterPart | null, readonly signed: boolean, readonly signedAt: string | null, readonly labels: ReadonlyArray<SensitivityLabel> | null, readonly textLength: number | null, readonly scan: boolean | null, readonly readByEngine: boolean, readonly createdAt: string, readonly pages: ReadonlyArray<{ readonly number: number, readonly start: number | null, readonly end: number | null }> | null };

export type DocumentStateFieldsFragment = { readonly id: string, readonly chartId: string, readonly withdrawnAt: string | null, readonly withdrawnReason: WithdrawalReason | null, readonly version: DocumentVersionStateFieldsFragment | null, readonly access: AccessFieldsFragment };

export type OpportunityStateFieldsFragment = { readonly id: string, readonly topic: string | null, readonly reason: string | null, readonly evidence: ReadonlyArray<EvidenceSpanFieldsFragment> | null };

export type ChartStateFieldsFragment = { readonly id: string, readonly status: ChartStatus, readonly identityHold: boolean, readonly restricted: boolean, readonly lateDocument: boolean, readonly receivedAt: string, readonly submissionCount: number, readonly engineState: EngineState, readonly assignedUntil: string | null, readonly accountNumber: string | null, readonly patientClass: PatientClass | null, readonly inpatientOrderAt: string | null, readonly admittedAt: string | null, readonly dischargedAt: string | null, readonly serviceDate: string | null, readonly payer: string | null, readonly serviceLine: string | null, readonly disposition: string | null, readonly attendingProvider: string | null, readonly operatingProvider: string | null, readonly totalChargesCents: number | null, readonly coderOfRecord: MemberFieldsFragment | null, readonly abstractVersions: ReadonlyArray<{ readonly field: AbstractField, readonly version: number, readonly decidedAt: string | null, readonly evidenceStale: boolean | null, readonly decidedBy: MemberFieldsFragment | null, readonly evidence: ReadonlyArray<EvidenceSpanFieldsFragment> | null }>, readonly access: AccessFieldsFragment };

export type CodeOrderFieldsFragment = { readonly version: number, readonly principalId: string | null, readonly suggestionIds: ReadonlyArray<string> | null };

export type EditFieldsFragment = { readonly key: string, readonly ruleId: string | null, readonly severity: EditSeverity, readonly message: string | null, readonly source: string | null, readonly overridable: boolean, readonly suggestionIds: ReadonlyArray<string> | null, readonly override: { readonly at: string, readonly reason: string | null, readonly by: MemberFieldsFragment | null } | null };

export type CommentFieldsFragment = { readonly id: string, readonly suggestionId: string | null, readonly parentId: string | null, readonly version: number, readonly body: string | null, readonly createdAt: string, readonly resolvedAt: string | null, readonly mentions: ReadonlyArray<MemberFieldsFragment> | null, readonly author: MemberFieldsFragment | null, readonly resolvedBy: MemberFieldsFragment | null };

export type PendFieldsFragment = { readonly id: string, readonly reason: PendReason, readonly note: string | null, readonly dueOn: string | null, readonly createdAt: string, readonly removedAt: string | null, readonly by: MemberFieldsFragment | null };

export type SubmissionFieldsFragment = { readonly id: string, readonly number: number, readonly submittedAt: string, readonly warningCount: number | null, readonly snapshotSha256: string | null, readonly submittedBy: MemberFieldsFragment | null, readonly codes: ReadonlyArray<{ readonly suggestionId: string, readonly system: string | null, readonly code: string | null, readonly title: string | null, readonly role: string | null, readonly rank: number | null, readonly poa: string | null }> | null };

export type VendorAgreementFieldsFragment = { readonly id: string, readonly vendorName: string, readonly purposes: ReadonlyArray<ClientPurpose>, readonly scopes: ReadonlyArray<string>, readonly effectiveFrom: string, readonly effectiveUntil: string | null, readonly endedAt: string | null, readonly approvedAt: string | null, readonly facilities: ReadonlyArray<{ readonly id: string, readonly name: string }> };

export type ClientFieldsFragment = { readonly id: string, readonly clientId: string, readonly name: string, readonly purpose: ClientPurpose, readonly scopes: ReadonlyArray<string>, readonly previousSecretUntil: string | null, readonly suspendedAt: string | null, readonly approvedAt: string | null, readonly operationHashes: ReadonlyArray<string> | null, readonly costPerMinute: number | null, readonly networks: ReadonlyArray<string> | null, readonly redirectUris: ReadonlyArray<string>, readonly agreement: { readonly id: string, readonly vendorName: string } };

type VendorAgreementOutcomeFields_CommandInvalid_Fragment = { readonly __typename: 'CommandInvalid', readonly problems: ReadonlyArray<{ readonly code: string, readonly field: string | null, readonly message: string }> };

type VendorAgreementOutcomeFields_VendorAgreementSaved_Fragment = { readonly __typename: 'VendorAgreementSaved', readonly approvalId: string | null, readonly agreement: VendorAgreementFieldsFragment };

export type VendorAgreementOutcomeFieldsFragment =
  | VendorAgreementOutcomeFields_CommandInvalid_Fragment
  | VendorAgreementOutcomeFields_VendorAgreementSaved_Fragment
;

type ClientOutcomeFields_ClientSaved_Fragment = { readonly __typename: 'ClientSaved', readonly secret: string | null, readonly approvalId: string | null, readonly client: ClientFieldsFragment };

type ClientOutcomeFields_CommandInvalid_Fragment = { readonly __typename: 'CommandInvalid', readonly problems: ReadonlyArray<{ readonly code: string, readonly field: string | null, readonly message: string }> };

export type ClientOutcomeFieldsFragment =
  | ClientOutcomeFields_ClientSaved_Fragment
  | ClientOutcomeFields_CommandInvalid_Fragment
;

export type MembershipFieldsFragment = { readonly id: string, readonly version: number, readonly roles: ReadonlyArray<Role>, readonly disabledAt: string | null, readonly member: MemberFieldsFragment, readonly facilities: ReadonlyArray<{ readonly id: string, readonly key: string, readonly name: string }>, readonly teams: ReadonlyArray<{ readonly id: string, readonly name: string }> };

type MemberOutcomeFields_CommandInvalid_Fragment = { readonly __typename: 'CommandInvalid', readonly problems: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: string | null }> };

type MemberOutcomeFields_MemberChanged_Fragment = { readonly __typename: 'MemberChanged', readonly seenVersion: number, readonly membership: MembershipFieldsFragment };

type MemberOutcomeFields_MemberSaved_Fragment = { readonly __typename: 'MemberSaved', readonly membership: MembershipFieldsFragment };

export type MemberOutcomeFieldsFragment =
  | MemberOutcomeFields_CommandInvalid_Fragment
  | MemberOutcomeFields_MemberChanged_Fragment
  | MemberOutcomeFields_MemberSaved_Fragment
;

export type MembershipsQueryVariables = Exact<{ [key: string]: never; }>;


export type MembershipsQuery = { readonly memberships: ReadonlyArray<MembershipFieldsFragment>, readonly teams: ReadonlyArray<{ readonly id: string, readonly name: string }> };

export type LiveSessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type LiveSessionsQuery = { readonly liveSessions: ReadonlyArray<{ readonly id: string, readonly signedInAt: string, readonly lastUsedAt: string, readonly expiresAt: string, readonly member: MemberFieldsFragment }> };

export type LiveNodeQueryVariables = Exact<{ [key: string]: never; }>;


export type LiveNodeQuery = { readonly liveNode: { readonly organisationId: string, readonly followers: number, readonly groups: ReadonlyArray<{ readonly chart: number, readonly operation: string, readonly classes: ReadonlyArray<FieldClass>, readonly members: number, readonly behind: number }> } | null };

export type ChangeMemberMutationVariables = Exact<{
  input: ChangeMemberInput;
}>;


export type ChangeMemberMutation = { readonly changeMember:
    | MemberOutcomeFields_CommandInvalid_Fragment
    | MemberOutcomeFields_MemberChanged_Fragment
    | MemberOutcomeFields_MemberSaved_Fragment
   };

export type DisableMemberMutationVariables = Exact<{
  input: MemberCommandInput;
}>;


export type DisableMemberMutation = { readonly disableMember:
    | MemberOutcomeFields_CommandInvalid_Fragment
    | MemberOutcomeFields_MemberChanged_Fragment
    | MemberOutcomeFields_MemberSaved_Fragment
   };

export type EnableMemberMutationVariables = Exact<{
  input: MemberCommandInput;
}>;


export type EnableMemberMutation = { readonly enableMember:
    | MemberOutcomeFields_CommandInvalid_Fragment
    | MemberOutcomeFields_MemberChanged_Fragment
    | MemberOutcomeFields_MemberSaved_Fragment
   };

export type EndSessionMutationVariables = Exact<{
  input: EndSessionInput;
}>;


export type EndSessionMutation = { readonly endSession: { readonly sessionId: string } };

export type SuggestionFieldsFragment = { readonly id: string, readonly chartId: string, readonly version: number, readonly status: SuggestionStatus, readonly origin: SuggestionOrigin, readonly system: CodeSystem | null, readonly code: string | null, readonly title: string | null, readonly kind: SuggestionKind | null, readonly role: SuggestionRole | null, readonly rank: number | null, readonly poa: PresentOnAdmission | null, readonly poaProposed: PresentOnAdmission | null, readonly poaExempt: boolean | null, readonly modifiers: ReadonlyArray<string> | null, readonly units: number | null, readonly performedOn: string | null, readonly performer: string | null, readonly confidence: number | null, readonly reason: string | null, readonly replaces: string | null, readonly evidenceStale: boolean | null, readonly decidedAt: string | null, readonly decisionReason: string | null, readonly author: MemberFieldsFragment | null, readonly decidedBy: MemberFieldsFragment | null, readonly evidence: ReadonlyArray<{ readonly id: string, readonly documentId: string | null, readonly versionId: string | null, readonly start: number | null, readonly end: number | null, readonly page: number | null, readonly kind: EvidenceKind | null }> | null };

type ChartOutcomeFields_AlreadyDone_Fragment = { readonly __typename: 'AlreadyDone', readonly chart: { readonly id: string, readonly status: ChartStatus } };

type ChartOutcomeFields_ChartSaved_Fragment = { readonly __typename: 'ChartSaved', readonly chart: { readonly id: string, readonly status: ChartStatus } };

type ChartOutcomeFields_CommandInvalid_Fragment = (
  { readonly __typename: 'CommandInvalid' }
  & CommandInvalidFieldsFragment
);

export type ChartOutcomeFieldsFragment =
  | ChartOutcomeFields_AlreadyDone_Fragment
  | ChartOutcomeFields_ChartSaved_Fragment
  | ChartOutcomeFields_CommandInvalid_Fragment
;

type DocumentOutcomeFields_CommandInvalid_Fragment = (
  { readonly __typename: 'CommandInvalid' }
  & CommandInvalidFieldsFragment
);

type DocumentOutcomeFields_DocumentSaved_Fragment = { readonly __typename: 'DocumentSaved', readonly document: { readonly id: string, readonly version: { readonly id: string, readonly number: number, readonly signed: boolean } | null } };

export type DocumentOutcomeFieldsFragment =
  | DocumentOutcomeFields_CommandInvalid_Fragment
  | DocumentOutcomeFields_DocumentSaved_Fragment
;

type CommentOutcomeFields_CommandInvalid_Fragment = (
  { readonly __typename: 'CommandInvalid' }
  & CommandInvalidFieldsFragment
);

type CommentOutcomeFields_CommentSaved_Fragment = { readonly __typename: 'CommentSaved', readonly comment: CommentFieldsFragment };

export type CommentOutcomeFieldsFragment =
  | CommentOutcomeFields_CommandInvalid_Fragment
  | CommentOutcomeFields_CommentSaved_Fragment
;

export type DecideOnSuggestionMutationVariables = Exact<{
  input: DecideOnSuggestionInput;
}>;


export type DecideOnSuggestionMutation = { readonly decideOnSuggestion:
    | (
      { readonly __typename: 'CommandInvalid' }
      & CommandInvalidFieldsFragment
    )
    | { readonly __typename: 'SuggestionChanged', readonly base: SuggestionStateFieldsFragment | null, readonly theirs: SuggestionFieldsFragment, readonly yours: { readonly decision: Decision | null, readonly code: string | null, readonly role: SuggestionRole | null, readonly poa: PresentOnAdmission | null } }
    | { readonly __typename: 'SuggestionDecided', readonly suggestion: SuggestionFieldsFragment, readonly replacement: SuggestionFieldsFragment | null, readonly edits: ReadonlyArray<EditFieldsFragment> | null }
   };

export type AddSuggestionMutationVariables = Exact<{
  input: AddSuggestionInput;
}>;


export type AddSuggestionMutation = { readonly addSuggestion:
    | (
      { readonly __typename: 'CommandInvalid' }
      & CommandInvalidFieldsFragment
    )
    | { readonly __typename: 'SuggestionAdded', readonly suggestion: SuggestionFieldsFragment, readonly edits: ReadonlyArray<EditFieldsFragment> | null }
   };

export type ReorderSuggestionsMutationVariables = Exact<{
  input: ReorderSuggestionsInput;
}>;


export type ReorderSuggestionsMutation = { readonly reorderSuggestions:
    | (
      { readonly __typename: 'CommandInvalid' }
      & CommandInvalidFieldsFragment
    )
    | { readonly __typename: 'OrderChanged', readonly yours: ReadonlyArray<string> | null, readonly base: CodeOrderFieldsFragment | null, readonly theirs: CodeOrderFieldsFragment }
    | { readonly __typename: 'OrderSaved', readonly order: CodeOrderFieldsFragment, readonly edits: ReadonlyArray<EditFieldsFragment> | null }
   };

export type SetAbstractMutationVariables = Exact<{
  input: SetAbstractInput;
}>;


export type SetAbstractMutation = { readonly setAbstract:
    | { readonly __typename: 'AbstractChanged', readonly field: AbstractField, readonly base: string | null, readonly theirs: string | null, readonly theirVersion: number, readonly yours: string | null }
    | { readonly __typename: 'ChartSaved', readonly chart: { readonly id: string, readonly abstractVersions: ReadonlyArray<{ readonly field: AbstractField, readonly version: number }> } }
    | (
      { readonly __typename: 'CommandInvalid' }
      & CommandInvalidFieldsFragment
    )
   };

export type UndoMutationVariables = Exact<{
  input: UndoInput;
}>;


export type UndoMutation = { readonly undo:
    | { readonly __typename: 'UndoRefused', readonly problem: ProblemFieldsFragment }
    | { readonly __typename: 'Undone', readonly suggestion: SuggestionFieldsFragment }
   };

export type OverrideEditMutationVariables = Exact<{
  input: OverrideEditInput;
}>;


export type OverrideEditMutation = { readonly overrideEdit:
    | (
      { readonly __typename: 'CommandInvalid' }
      & CommandInvalidFieldsFragment
    )
    | { readonly __typename: 'EditOverridden', readonly editKey: string, readonly edits: ReadonlyArray<EditFieldsFragment> | null }
   };

export type AddCommentMutationVariables = Exact<{
  input: AddCommentInput;
}>;


export type AddCommentMutation = { readonly addComment:
    | CommentOutcomeFields_CommandInvalid_Fragment
    | CommentOutcomeFields_CommentSaved_Fragment
   };

export type ResolveCommentMutationVariables = Exact<{
  input: ResolveCommentInput;
}>;


export type ResolveCommentMutation = { readonly resolveComment:
    | CommentOutcomeFields_CommandInvalid_Fragment
    | CommentOutcomeFields_CommentSaved_Fragment
   };

export type ClaimChartMutationVariables = Exact<{
  input: ChartCommandInput;
}>;


export type ClaimChartMutation = { readonly claimChart:
    | ChartOutcomeFields_AlreadyDone_Fragment
    | ChartOutcomeFields_ChartSaved_Fragment
    | ChartOutcomeFields_CommandInvalid_Fragment
   };

export type ReleaseChartMutationVariables = Exact<{
  input: ChartCommandInput;
}>;


export type ReleaseChartMutation = { readonly releaseChart:
    | ChartOutcomeFields_AlreadyDone_Fragment
    | ChartOutcomeFields_ChartSaved_Fragment
    | ChartOutcomeFields_CommandInvalid_Fragment
   };

export type PendChartMutationVariables = Exact<{
  input: PendChartInput;
}>;


export type PendChartMutation = { readonly pendChart:
    | ChartOutcomeFields_AlreadyDone_Fragment
    | ChartOutcomeFields_ChartSaved_Fragment
    | ChartOutcomeFields_CommandInvalid_Fragment
   };

export type UnpendChartMutationVariables = Exact<{
  input: UnpendChartInput;
}>;


export type UnpendChartMutation = { readonly unpendChart:
    | ChartOutcomeFields_AlreadyDone_Fragment
    | ChartOutcomeFields_ChartSaved_Fragment
    | ChartOutcomeFields_CommandInvalid_Fragment
   };

export type SubmitChartMutationVariables = Exact<{
  input: SubmitChartInput;
}>;


export type SubmitChartMutation = { readonly submitChart:
    | { readonly __typename: 'ChartChanged', readonly cursor: string | null, readonly abstractFields: ReadonlyArray<AbstractField>, readonly documentIds: ReadonlyArray<string>, readonly lines: ReadonlyArray<{ readonly suggestionId: string, readonly status: SuggestionStatus, readonly code: string | null }> | null }
    | { readonly __typename: 'ChartSubmitted', readonly submission: SubmissionFieldsFragment, readonly chart: { readonly id: string, readonly status: ChartStatus } }
    | (
      { readonly __typename: 'CommandInvalid' }
      & CommandInvalidFieldsFragment
    )
    | { readonly __typename: 'SubmissionBlocked', readonly edits: ReadonlyArray<EditFieldsFragment> | null, readonly problems: ReadonlyArray<ProblemFieldsFragment> }
   };

export type ReturnChartMutationVariables = Exact<{
  input: ReturnChartInput;
}>;


export type ReturnChartMutation = { readonly returnChart:
    | ChartOutcomeFields_AlreadyDone_Fragment
    | ChartOutcomeFields_ChartSaved_Fragment
    | ChartOutcomeFields_CommandInvalid_Fragment
   };

export type ReopenChartMutationVariables = Exact<{
  input: ReopenChartInput;
}>;


export type ReopenChartMutation = { readonly reopenChart:
    | ChartOutcomeFields_AlreadyDone_Fragment
    | ChartOutcomeFields_ChartSaved_Fragment
    | ChartOutcomeFields_CommandInvalid_Fragment
   };

export type ExportChartMutationVariables = Exact<{
  input: ExportChartInput;
}>;


export type ExportChartMutation = { readonly exportChart:
    | { readonly __typename: 'ChartExported', readonly export: ExportFieldsFragment, readonly warnings: ReadonlyArray<ProblemFieldsFragment> | null }
    | (
      { readonly __typename: 'CommandInvalid' }
      & CommandInvalidFieldsFragment
    )
   };

export type RunEngineMutationVariables = Exact<{
  input: ChartCommandInput;
}>;


export type RunEngineMutation = { readonly runEngine:
    | ChartOutcomeFields_AlreadyDone_Fragment
    | ChartOutcomeFields_ChartSaved_Fragment
    | ChartOutcomeFields_CommandInvalid_Fragment
   };

export type OpenSecondLookMutationVariables = Exact<{
  input: ChartCommandInput;
}>;


export type OpenSecondLookMutation = { readonly openSecondLook:
    | ChartOutcomeFields_AlreadyDone_Fragment
    | ChartOutcomeFields_ChartSaved_Fragment
    | ChartOutcomeFields_CommandInvalid_Fragment
   };

export type OpenAuditMutationVariables = Exact<{
  input: OpenAuditInput;
}>;


export type OpenAuditMutation = { readonly openAudit:
    | { readonly __typename: 'AuditOpened', readonly audit: AuditFieldsFragment }
    | (
      { readonly __typename: 'CommandInvalid' }
      & CommandInvalidFieldsFragment
    )
   };

export type RecordFindingMutationVariables = Exact<{
  input: RecordFindingInput;
}>;


export type RecordFindingMutation = { readonly recordFinding:
    | (
      { readonly __typename: 'CommandInvalid' }
      & CommandInvalidFieldsFragment
    )
    | { readonly __typename: 'FindingRecorded', readonly finding: FindingFieldsFragment }
   };

export type ResolveIdentityMutationVariables = Exact<{
  input: ResolveIdentityInput;
}>;


export type ResolveIdentityMutation = { readonly resolveIdentity:
    | ChartOutcomeFields_AlreadyDone_Fragment
    | ChartOutcomeFields_ChartSaved_Fragment
    | ChartOutcomeFields_CommandInvalid_Fragment
   };

export type CreateUploadMutationVariables = Exact<{
  input: CreateUploadInput;
}>;


export type CreateUploadMutation = { readonly createUpload: { readonly uploadId: string, readonly url: string, readonly expiresAt: string, readonly maxBytes: number } };

export type ImportChartMutationVariables = Exact<{
  input: ImportChartInput;
}>;


export type ImportChartMutation = { readonly importChart:
    | ChartOutcomeFields_AlreadyDone_Fragment
    | ChartOutcomeFields_ChartSaved_Fragment
    | ChartOutcomeFields_CommandInvalid_Fragment
   };

export type AddDocumentMutationVariables = Exact<{
  input: AddDocumentInput;
}>;


export type AddDocumentMutation = { readonly addDocument:
    | DocumentOutcomeFields_CommandInvalid_Fragment
    | DocumentOutcomeFields_DocumentSaved_Fragment
   };

export type AmendDocumentMutationVariables = Exact<{
  input: AmendDocumentInput;
}>;


export type AmendDocumentMutation = { readonly amendDocument:
    | DocumentOutcomeFields_CommandInvalid_Fragment
    | DocumentOutcomeFields_DocumentSaved_Fragment
   };

export type SignDocumentMutationVariables = Exact<{
  input: SignDocumentInput;
}>;


export type SignDocumentMutation = { readonly signDocument:
    | DocumentOutcomeFields_CommandInvalid_Fragment
    | DocumentOutcomeFields_DocumentSaved_Fragment
   };

export type WithdrawDocumentMutationVariables = Exact<{
  input: WithdrawDocumentInput;
}>;


export type WithdrawDocumentMutation = { readonly withdrawDocument:
    | DocumentOutcomeFields_CommandInvalid_Fragment
    | DocumentOutcomeFields_DocumentSaved_Fragment
   };

export type LabelDocumentMutationVariables = Exact<{
  input: LabelDocumentInput;
}>;


export type LabelDocumentMutation = { readonly labelDocument:
    | DocumentOutcomeFields_CommandInvalid_Fragment
    | DocumentOutcomeFields_DocumentSaved_Fragment
   };

export type FocusMutationVariables = Exact<{
  input: FocusInput;
}>;


export type FocusMutation = { readonly focus: boolean };

export type RenewSessionMutationVariables = Exact<{
  input: RenewSessionInput;
}>;


export type RenewSessionMutation = { readonly renewSession: string };

export type AssignChartMutationVariables = Exact<{
  input: AssignChartInput;
}>;


export type AssignChartMutation = { readonly assignChart:
    | ChartOutcomeFields_AlreadyDone_Fragment
    | ChartOutcomeFields_ChartSaved_Fragment
    | ChartOutcomeFields_CommandInvalid_Fragment
   };

export type UnassignChartMutationVariables = Exact<{
  input: AssignChartInput;
}>;


export type UnassignChartMutation = { readonly unassignChart:
    | ChartOutcomeFields_AlreadyDone_Fragment
    | ChartOutcomeFields_ChartSaved_Fragment
    | ChartOutcomeFields_CommandInvalid_Fragment
   };

export type AskForHelpMutationVariables = Exact<{
  input: AskForHelpInput;
}>;


export type AskForHelpMutation = { readonly askForHelp:
    | ChartOutcomeFields_AlreadyDone_Fragment
    | ChartOutcomeFields_ChartSaved_Fragment
    | ChartOutcomeFields_CommandInvalid_Fragment
   };

type ApprovalOutcomeFields_ApprovalDecided_Fragment = { readonly __typename: 'ApprovalDecided', readonly approval: ApprovalFieldsFragment };

type ApprovalOutcomeFields_ApprovalSaved_Fragment = { readonly __typename: 'ApprovalSaved', readonly approval: ApprovalFieldsFragment };

type ApprovalOutcomeFields_CommandInvalid_Fragment = { readonly __typename: 'CommandInvalid', readonly problems: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: string | null }> };

export type ApprovalOutcomeFieldsFragment =
  | ApprovalOutcomeFields_ApprovalDecided_Fragment
  | ApprovalOutcomeFields_ApprovalSaved_Fragment
  | ApprovalOutcomeFields_CommandInvalid_Fragment
;

export type RequestOwnGrantMutationVariables = Exact<{
  input: RequestOwnGrantInput;
}>;


export type RequestOwnGrantMutation = { readonly requestOwnGrant:
    | ApprovalOutcomeFields_ApprovalDecided_Fragment
    | ApprovalOutcomeFields_ApprovalSaved_Fragment
    | ApprovalOutcomeFields_CommandInvalid_Fragment
   };

export type ApproveMutationVariables = Exact<{
  input: ApproveInput;
}>;


export type ApproveMutation = { readonly approve:
    | ApprovalOutcomeFields_ApprovalDecided_Fragment
    | ApprovalOutcomeFields_ApprovalSaved_Fragment
    | ApprovalOutcomeFields_CommandInvalid_Fragment
   };

export type DeclineMutationVariables = Exact<{
  input: DeclineInput;
}>;


export type DeclineMutation = { readonly decline:
    | ApprovalOutcomeFields_ApprovalDecided_Fragment
    | ApprovalOutcomeFields_ApprovalSaved_Fragment
    | ApprovalOutcomeFields_CommandInvalid_Fragment
   };

export type RegisterVendorAgreementMutationVariables = Exact<{
  input: RegisterVendorAgreementInput;
}>;


export type RegisterVendorAgreementMutation = { readonly registerVendorAgreement:
    | VendorAgreementOutcomeFields_CommandInvalid_Fragment
    | VendorAgreementOutcomeFields_VendorAgreementSaved_Fragment
   };

export type EndVendorAgreementMutationVariables = Exact<{
  input: EndVendorAgreementInput;
}>;


export type EndVendorAgreementMutation = { readonly endVendorAgreement:
    | VendorAgreementOutcomeFields_CommandInvalid_Fragment
    | VendorAgreementOutcomeFields_VendorAgreementSaved_Fragment
   };

export type RegisterClientMutationVariables = Exact<{
  input: RegisterClientInput;
}>;


export type RegisterClientMutation = { readonly registerClient:
    | ClientOutcomeFields_ClientSaved_Fragment
    | ClientOutcomeFields_CommandInvalid_Fragment
   };

export type ChangeClientMutationVariables = Exact<{
  input: ChangeClientInput;
}>;


export type ChangeClientMutation = { readonly changeClient:
    | ClientOutcomeFields_ClientSaved_Fragment
    | ClientOutcomeFields_CommandInvalid_Fragment
   };

export type RotateClientSecretMutationVariables = Exact<{
  input: ClientCommandInput;
}>;


export type RotateClientSecretMutation = { readonly rotateClientSecret:
    | ClientOutcomeFields_ClientSaved_Fragment
    | ClientOutcomeFields_CommandInvalid_Fragment
   };

export type SuspendClientMutationVariables = Exact<{
  input: ClientCommandInput;
}>;


export type SuspendClientMutation = { readonly suspendClient:
    | ClientOutcomeFields_ClientSaved_Fragment
    | ClientOutcomeFields_CommandInvalid_Fragment
   };

export type ResumeClientMutationVariables = Exact<{
  input: ClientCommandInput;
}>;


export type ResumeClientMutation = { readonly resumeClient:
    | ClientOutcomeFields_ClientSaved_Fragment
    | ClientOutcomeFields_CommandInvalid_Fragment
   };

export type BlindPassFieldsFragment = { readonly id: string, readonly chartId: string, readonly openedAt: string, readonly lines: ReadonlyArray<{ readonly id: string, readonly system: CodeSystem | null, readonly code: string | null, readonly title: string | null, readonly kind: SuggestionKind | null, readonly role: SuggestionRole | null, readonly poa: PresentOnAdmission | null, readonly evidence: ReadonlyArray<{ readonly id: string, readonly documentId: string | null, readonly versionId: string | null, readonly start: number | null, readonly end: number | null, readonly page: number | null, readonly kind: EvidenceKind | null }> | null }> | null };

type BlindPassOutcomeFields_BlindPassSaved_Fragment = { readonly __typename: 'BlindPassSaved', readonly pass: BlindPassFieldsFragment };

type BlindPassOutcomeFields_CommandInvalid_Fragment = { readonly __typename: 'CommandInvalid', readonly problems: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: string | null }> };

export type BlindPassOutcomeFieldsFragment =
  | BlindPassOutcomeFields_BlindPassSaved_Fragment
  | BlindPassOutcomeFields_CommandInvalid_Fragment
;

export type MyBlindPassQueryVariables = Exact<{
  id: string;
}>;


export type MyBlindPassQuery = { readonly chart: { readonly id: string, readonly blindPass: BlindPassFieldsFragment | null } | null };

export type OpenBlindPassMutationVariables = Exact<{
  input: ChartCommandInput;
}>;


export type OpenBlindPassMutation = { readonly openBlindPass:
    | BlindPassOutcomeFields_BlindPassSaved_Fragment
    | BlindPassOutcomeFields_CommandInvalid_Fragment
   };

export type AddPassLineMutationVariables = Exact<{
  input: AddPassLineInput;
}>;


export type AddPassLineMutation = { readonly addPassLine:
    | BlindPassOutcomeFields_BlindPassSaved_Fragment
    | BlindPassOutcomeFields_CommandInvalid_Fragment
   };

export type RemovePassLineMutationVariables = Exact<{
  input: RemovePassLineInput;
}>;


export type RemovePassLineMutation = { readonly removePassLine:
    | BlindPassOutcomeFields_BlindPassSaved_Fragment
    | BlindPassOutcomeFields_CommandInvalid_Fragment
   };

export type RevealBlindPassMutationVariables = Exact<{
  input: BlindPassInput;
}>;


export type RevealBlindPassMutation = { readonly revealBlindPass:
    | ChartOutcomeFields_AlreadyDone_Fragment
    | ChartOutcomeFields_ChartSaved_Fragment
    | ChartOutcomeFields_CommandInvalid_Fragment
   };

export type AccessRecordsQueryVariables = Exact<{
  filter?: AccessRecordFilter;
  first?: number;
  after?: string | null | undefined;
}>;


export type AccessRecordsQuery = { readonly accessRecords: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly at: string, readonly action: string, readonly purpose: AccessPurpose, readonly outcome: AccessOutcome, readonly reasons: ReadonlyArray<string>, readonly classes: ReadonlyArray<string>, readonly breakGlass: boolean, readonly requests: ReadonlyArray<string>, readonly operationHash: string | null, readonly fhir: string, readonly subjects: ReadonlyArray<string>, readonly member: MemberFieldsFragment | null, readonly facilities: ReadonlyArray<{ readonly id: string, readonly key: string, readonly name: string }> | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type AccountedDisclosureFieldsFragment = { readonly at: string, readonly recipientName: string, readonly recipientAddress: string | null, readonly description: string, readonly purpose: Purpose, readonly through: string | null };

export type AccountingOfDisclosuresQueryVariables = Exact<{
  patient: PatientLookupInput;
  from: string;
  to: string;
  destroyed?: boolean;
}>;


export type AccountingOfDisclosuresQuery = { readonly accountingOfDisclosures: { readonly patientId: string, readonly from: string, readonly to: string, readonly preparedAt: string, readonly json: string, readonly csv: string, readonly disclosures: ReadonlyArray<{ readonly at: string, readonly recipientName: string, readonly recipientAddress: string | null, readonly description: string, readonly purpose: Purpose, readonly through: string | null }>, readonly summary: ReadonlyArray<{ readonly count: number, readonly lastAt: string, readonly first: AccountedDisclosureFieldsFragment }>, readonly part2UnderConsent: ReadonlyArray<AccountedDisclosureFieldsFragment>, readonly part2Intermediaries: ReadonlyArray<AccountedDisclosureFieldsFragment>, readonly exempt: ReadonlyArray<{ readonly exemption: DisclosureExemption, readonly citation: string, readonly explanation: string, readonly count: number }> } };

export type SuspendAccountingMutationVariables = Exact<{
  input: SuspendAccountingInput;
}>;


export type SuspendAccountingMutation = { readonly suspendAccounting:
    | { readonly __typename: 'AccountingSuspended', readonly suspensionId: string }
    | { readonly __typename: 'CommandInvalid', readonly problems: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: string | null }> }
   };

export type RecordDisclosureMutationVariables = Exact<{
  input: RecordDisclosureInput;
}>;


export type RecordDisclosureMutation = { readonly recordDisclosure: { readonly disclosureId: string } };

export type PrivacyRequestFieldsFragment = { readonly id: string, readonly version: number, readonly patientId: string, readonly kind: PrivacyRequestKind, readonly state: PrivacyRequestState, readonly requester: Requester, readonly receivedOn: string, readonly dueOn: string | null, readonly overdue: boolean, readonly extended: boolean, readonly paidInFull: boolean, readonly recordedAt: string, readonly decision: RequestDecision | null, readonly denialReason: RequestDenial | null, readonly decidedAt: string | null, readonly closeReason: RequestCloseReason | null, readonly closedAt: string | null, readonly can: ReadonlyArray<PrivacyRequestAction>, readonly facility: { readonly id: string, readonly key: string, readonly name: string } | null, readonly recordedBy: MemberFieldsFragment, readonly assignee: MemberFieldsFragment | null, readonly history: ReadonlyArray<{ readonly version: number, readonly type: RequestEventType, readonly at: string, readonly decision: RequestDecision | null, readonly denialReason: RequestDenial | null, readonly note: string | null, readonly actor: MemberFieldsFragment, readonly assignee: MemberFieldsFragment | null }>, readonly results: ReadonlyArray<{ readonly id: string, readonly type: RequestResultType, readonly subjectId: string | null, readonly at: string, readonly sha256: string | null, readonly by: MemberFieldsFragment }>, readonly masked: ReadonlyArray<{ readonly field: string, readonly reason: MaskReason }> };

type PrivacyRequestOutcomeFields_CommandInvalid_Fragment = { readonly __typename: 'CommandInvalid', readonly problems: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: string | null }> };

type PrivacyRequestOutcomeFields_PrivacyRequestChanged_Fragment = { readonly __typename: 'PrivacyRequestChanged', readonly seenVersion: number, readonly request: PrivacyRequestFieldsFragment };

type PrivacyRequestOutcomeFields_PrivacyRequestSaved_Fragment = { readonly __typename: 'PrivacyRequestSaved', readonly request: PrivacyRequestFieldsFragment };

export type PrivacyRequestOutcomeFieldsFragment =
  | PrivacyRequestOutcomeFields_CommandInvalid_Fragment
  | PrivacyRequestOutcomeFields_PrivacyRequestChanged_Fragment
  | PrivacyRequestOutcomeFields_PrivacyRequestSaved_Fragment
;

export type FulfilPrivacyRequestMutationVariables = Exact<{
  input: FulfilPrivacyRequestInput;
}>;


export type FulfilPrivacyRequestMutation = { readonly fulfilPrivacyRequest:
    | PrivacyRequestOutcomeFields_CommandInvalid_Fragment
    | PrivacyRequestOutcomeFields_PrivacyRequestChanged_Fragment
    | (
      { readonly request: { readonly results: ReadonlyArray<{ readonly content: string | null }> } }
      & PrivacyRequestOutcomeFields_PrivacyRequestSaved_Fragment
    )
   };

export type PrivacyRequestsQueryVariables = Exact<{
  first?: number;
  openOnly?: boolean;
}>;


export type PrivacyRequestsQuery = { readonly privacyRequests: ReadonlyArray<PrivacyRequestFieldsFragment> };

export type OpenPrivacyRequestMutationVariables = Exact<{
  input: OpenPrivacyRequestInput;
}>;


export type OpenPrivacyRequestMutation = { readonly openPrivacyRequest:
    | PrivacyRequestOutcomeFields_CommandInvalid_Fragment
    | PrivacyRequestOutcomeFields_PrivacyRequestChanged_Fragment
    | PrivacyRequestOutcomeFields_PrivacyRequestSaved_Fragment
   };

export type AssignPrivacyRequestMutationVariables = Exact<{
  input: AssignPrivacyRequestInput;
}>;


export type AssignPrivacyRequestMutation = { readonly assignPrivacyRequest:
    | PrivacyRequestOutcomeFields_CommandInvalid_Fragment
    | PrivacyRequestOutcomeFields_PrivacyRequestChanged_Fragment
    | PrivacyRequestOutcomeFields_PrivacyRequestSaved_Fragment
   };

export type ExtendPrivacyRequestMutationVariables = Exact<{
  input: ExtendPrivacyRequestInput;
}>;


export type ExtendPrivacyRequestMutation = { readonly extendPrivacyRequest:
    | PrivacyRequestOutcomeFields_CommandInvalid_Fragment
    | PrivacyRequestOutcomeFields_PrivacyRequestChanged_Fragment
    | PrivacyRequestOutcomeFields_PrivacyRequestSaved_Fragment
   };

export type DecidePrivacyRequestMutationVariables = Exact<{
  input: DecidePrivacyRequestInput;
}>;


export type DecidePrivacyRequestMutation = { readonly decidePrivacyRequest:
    | PrivacyRequestOutcomeFields_CommandInvalid_Fragment
    | PrivacyRequestOutcomeFields_PrivacyRequestChanged_Fragment
    | PrivacyRequestOutcomeFields_PrivacyRequestSaved_Fragment
   };

export type ContestPrivacyRequestMutationVariables = Exact<{
  input: ContestPrivacyRequestInput;
}>;


export type ContestPrivacyRequestMutation = { readonly contestPrivacyRequest:
    | PrivacyRequestOutcomeFields_CommandInvalid_Fragment
    | PrivacyRequestOutcomeFields_PrivacyRequestChanged_Fragment
    | PrivacyRequestOutcomeFields_PrivacyRequestSaved_Fragment
   };

export type ClosePrivacyRequestMutationVariables = Exact<{
  input: ClosePrivacyRequestInput;
}>;


export type ClosePrivacyRequestMutation = { readonly closePrivacyRequest:
    | PrivacyRequestOutcomeFields_CommandInvalid_Fragment
    | PrivacyRequestOutcomeFields_PrivacyRequestChanged_Fragment
    | PrivacyRequestOutcomeFields_PrivacyRequestSaved_Fragment
   };

export type ScoreFieldsFragment = { readonly policy: string | null, readonly policyVersion: number | null, readonly overCoded: number | null, readonly underCoded: number | null, readonly headline: { readonly name: ScoreMeasureName | null, readonly numerator: number | null, readonly denominator: number | null } | null, readonly measures: ReadonlyArray<{ readonly name: ScoreMeasureName | null, readonly numerator: number | null, readonly denominator: number | null }> | null };

export type QualityCodeFieldsFragment = { readonly suggestionId: string, readonly system: string | null, readonly code: string | null, readonly title: string | null, readonly role: string | null, readonly poa: string | null, readonly evidence: ReadonlyArray<{ readonly id: string, readonly documentId: string | null, readonly versionId: string | null, readonly start: number | null, readonly end: number | null, readonly page: number | null, readonly kind: EvidenceKind | null, readonly quote: string | null }> | null };

export type QualityFindingFieldsFragment = { readonly id: string, readonly auditId: string, readonly version: number, readonly element: FindingElement | null, readonly kind: FindingKind | null, readonly state: FindingState | null, readonly guideline: string | null, readonly explanation: string | null, readonly dueAt: string | null, readonly can: ReadonlyArray<FindingAct>, readonly history: ReadonlyArray<{ readonly type: FindingStepType | null, readonly reason: DisputeReason | null, readonly comment: string | null, readonly at: string, readonly dueAt: string | null, readonly by: MemberFieldsFragment | null }> | null, readonly submitted: QualityCodeFieldsFragment | null, readonly proposed: QualityCodeFieldsFragment | null };

export type ResultFieldsFragment = { readonly id: string, readonly auditId: string, readonly chartId: string, readonly submissionNumber: number, readonly accountNumber: string | null, readonly reason: AuditReason, readonly closedAt: string, readonly answersDueAt: string | null, readonly facility: { readonly id: string, readonly key: string, readonly name: string } | null, readonly member: MemberFieldsFragment, readonly auditor: MemberFieldsFragment, readonly masked: ReadonlyArray<{ readonly field: string, readonly reason: MaskReason }> };

export type QualityResultsQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
  waitsFor?: QualityWait | null | undefined;
}>;


export type QualityResultsQuery = { readonly qualityResults: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: (
        { readonly score: { readonly overCoded: number | null, readonly underCoded: number | null, readonly headline: { readonly name: ScoreMeasureName | null, readonly numerator: number | null, readonly denominator: number | null } | null } | null, readonly findings: ReadonlyArray<{ readonly id: string, readonly kind: FindingKind | null, readonly state: FindingState | null, readonly dueAt: string | null, readonly can: ReadonlyArray<FindingAct> }> | null }
        & ResultFieldsFragment
      ) }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type QualityResultQueryVariables = Exact<{
  id: string;
}>;


export type QualityResultQuery = { readonly qualityResult: (
    { readonly score: ScoreFieldsFragment | null, readonly recordedScore: ScoreFieldsFragment | null, readonly findings: ReadonlyArray<QualityFindingFieldsFragment> | null }
    & ResultFieldsFragment
  ) };

export type CloseAuditMutationVariables = Exact<{
  input: CloseAuditInput;
}>;


export type CloseAuditMutation = { readonly closeAudit:
    | { readonly __typename: 'AuditChanged', readonly seenVersion: number, readonly audit: { readonly id: string, readonly version: number | null } }
    | { readonly __typename: 'AuditClosed', readonly audit: { readonly id: string, readonly closedAt: string | null, readonly version: number | null, readonly answersDueAt: string | null, readonly score: ScoreFieldsFragment | null } }
    | { readonly __typename: 'CommandInvalid', readonly problems: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: string | null }> }
   };

export type AcknowledgeFindingMutationVariables = Exact<{
  input: FindingCommandInput;
}>;


export type AcknowledgeFindingMutation = { readonly acknowledgeFinding:
    | { readonly __typename: 'CommandInvalid', readonly problems: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: string | null }> }
    | { readonly __typename: 'FindingChanged', readonly seenVersion: number, readonly finding: QualityFindingFieldsFragment }
    | { readonly __typename: 'FindingSaved', readonly finding: QualityFindingFieldsFragment }
   };

export type DisputeFindingMutationVariables = Exact<{
  input: DisputeFindingInput;
}>;


export type DisputeFindingMutation = { readonly disputeFinding:
    | { readonly __typename: 'CommandInvalid', readonly problems: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: string | null }> }
    | { readonly __typename: 'FindingChanged', readonly seenVersion: number, readonly finding: QualityFindingFieldsFragment }
    | { readonly __typename: 'FindingSaved', readonly finding: QualityFindingFieldsFragment }
   };

export type EscalateFindingMutationVariables = Exact<{
  input: EscalateFindingInput;
}>;


export type EscalateFindingMutation = { readonly escalateFinding:
    | { readonly __typename: 'CommandInvalid', readonly problems: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: string | null }> }
    | { readonly __typename: 'FindingChanged', readonly seenVersion: number, readonly finding: QualityFindingFieldsFragment }
    | { readonly __typename: 'FindingSaved', readonly finding: QualityFindingFieldsFragment }
   };

export type AnswerDisputeMutationVariables = Exact<{
  input: AnswerDisputeInput;
}>;


export type AnswerDisputeMutation = { readonly answerDispute:
    | { readonly __typename: 'CommandInvalid', readonly problems: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: string | null }> }
    | { readonly __typename: 'FindingChanged', readonly seenVersion: number, readonly finding: QualityFindingFieldsFragment }
    | { readonly __typename: 'FindingSaved', readonly finding: QualityFindingFieldsFragment }
   };

export type DecideDisputeMutationVariables = Exact<{
  input: DecideDisputeInput;
}>;


export type DecideDisputeMutation = { readonly decideDispute:
    | { readonly __typename: 'CommandInvalid', readonly problems: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: string | null }> }
    | { readonly __typename: 'FindingChanged', readonly seenVersion: number, readonly finding: QualityFindingFieldsFragment }
    | { readonly __typename: 'FindingSaved', readonly finding: QualityFindingFieldsFragment }
   };

export type AuditsOfChartQueryVariables = Exact<{
  id: string;
}>;


export type AuditsOfChartQuery = { readonly chart: { readonly id: string, readonly submissions: ReadonlyArray<{ readonly id: string, readonly number: number, readonly codes: ReadonlyArray<{ readonly suggestionId: string, readonly code: string | null, readonly title: string | null, readonly role: string | null }> | null }>, readonly audits: ReadonlyArray<{ readonly id: string, readonly submissionId: string, readonly reason: AuditReason, readonly openedAt: string, readonly closedAt: string | null, readonly version: number | null, readonly answersDueAt: string | null, readonly auditor: MemberFieldsFragment | null, readonly score: { readonly overCoded: number | null, readonly underCoded: number | null, readonly headline: { readonly name: ScoreMeasureName | null, readonly numerator: number | null, readonly denominator: number | null } | null } | null, readonly findings: ReadonlyArray<{ readonly id: string, readonly element: FindingElement | null, readonly kind: FindingKind | null, readonly suggestionId: string | null, readonly proposedSuggestionId: string | null, readonly explanation: string | null, readonly state: FindingState | null }> | null }> | null } | null };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly viewer: { readonly roles: ReadonlyArray<Role>, readonly member: MemberFieldsFragment, readonly organisation: { readonly id: string, readonly name: string, readonly kind: string }, readonly facilities: ReadonlyArray<{ readonly id: string, readonly key: string, readonly name: string }>, readonly queues: ReadonlyArray<{ readonly id: string, readonly name: string }> } };

export type ChartListItemFieldsFragment = { readonly id: string, readonly status: ChartStatus, readonly accountNumber: string | null, readonly patientClass: PatientClass | null, readonly admittedAt: string | null, readonly dischargedAt: string | null, readonly serviceDate: string | null, readonly payer: string | null, readonly serviceLine: string | null, readonly totalChargesCents: number | null, readonly receivedAt: string, readonly assignedUntil: string | null, readonly identityHold: boolean, readonly restricted: boolean, readonly lateDocument: boolean, readonly documentCount: number, readonly submissionCount: number, readonly engineState: EngineState, readonly coderOfRecord: MemberFieldsFragment | null, readonly facility: { readonly id: string, readonly key: string, readonly name: string } | null, readonly queue: { readonly id: string, readonly name: string } | null, readonly pends: ReadonlyArray<{ readonly id: string, readonly reason: PendReason, readonly dueOn: string | null }>, readonly patient: PatientFieldsFragment, readonly access: AccessFieldsFragment };

export type PatientFieldsFragment = { readonly id: string, readonly familyName: string | null, readonly givenNames: ReadonlyArray<string> | null, readonly birthDate: string | null, readonly sex: Sex | null, readonly identifiers: ReadonlyArray<{ readonly id: string, readonly type: IdentifierType | null, readonly assigner: string | null, readonly value: string | null }> | null, readonly access: AccessFieldsFragment };

export type ChartsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: ChartFilter | null | undefined;
  sort?: ChartSort | null | undefined;
}>;


export type ChartsQuery = { readonly charts: { readonly totalCount: number, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean }, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: ChartListItemFieldsFragment }> } };

export type ChartHeaderQueryVariables = Exact<{
  id: string;
}>;


export type ChartHeaderQuery = { readonly chart: ChartListItemFieldsFragment | null };

export type FindingFieldsFragment = { readonly id: string, readonly auditId: string, readonly suggestionId: string | null, readonly proposedSuggestionId: string | null, readonly element: FindingElement | null, readonly kind: FindingKind | null, readonly guideline: string | null, readonly explanation: string | null, readonly recordedAt: string, readonly recordedBy: MemberFieldsFragment | null };

export type AuditFieldsFragment = { readonly id: string, readonly submissionId: string, readonly reason: AuditReason, readonly openedAt: string, readonly closedAt: string | null, readonly auditor: MemberFieldsFragment | null, readonly findings: ReadonlyArray<FindingFieldsFragment> | null };

export type ChartAuditsQueryVariables = Exact<{
  id: string;
}>;


export type ChartAuditsQuery = { readonly chart: { readonly id: string, readonly audits: ReadonlyArray<AuditFieldsFragment> | null } | null };

export type ChartQueryVariables = Exact<{
  id: string;
}>;


export type ChartQuery = { readonly chart: (
    { readonly cursor: string | null, readonly inpatientOrderAt: string | null, readonly disposition: string | null, readonly attendingProvider: string | null, readonly operatingProvider: string | null, readonly abstractVersions: ReadonlyArray<{ readonly field: AbstractField, readonly version: number }>, readonly documents: ReadonlyArray<DocumentFieldsFragment> | null, readonly suggestions: ReadonlyArray<(
      { readonly quotes: ReadonlyArray<{ readonly id: string, readonly quote: string | null }> | null }
      & SuggestionFieldsFragment
    )> | null, readonly opportunities: ReadonlyArray<{ readonly id: string, readonly topic: string | null, readonly reason: string | null, readonly evidence: ReadonlyArray<EvidenceFieldsFragment> | null }> | null, readonly order: CodeOrderFieldsFragment | null, readonly edits: ReadonlyArray<EditFieldsFragment> | null, readonly comments: ReadonlyArray<CommentFieldsFragment> | null, readonly pends: ReadonlyArray<PendFieldsFragment>, readonly submissions: ReadonlyArray<SubmissionFieldsFragment>, readonly audits: ReadonlyArray<AuditFieldsFragment> | null }
    & ChartListItemFieldsFragment
  ) | null };

export type EvidenceFieldsFragment = { readonly id: string, readonly documentId: string | null, readonly versionId: string | null, readonly start: number | null, readonly end: number | null, readonly page: number | null, readonly kind: EvidenceKind | null, readonly quote: string | null };

export type DocumentFieldsFragment = { readonly id: string, readonly chartId: string, readonly withdrawnAt: string | null, readonly withdrawnReason: WithdrawalReason | null, readonly version: DocumentVersionFieldsFragment | null, readonly access: AccessFieldsFragment };

export type DocumentVersionFieldsFragment = { readonly id: string, readonly documentId: string, readonly number: number, readonly title: string | null, readonly type: DocumentType | null, readonly authorName: string | null, readonly authorRole: AuthorRole | null, readonly authoredAt: string | null, readonly encounterPart: EncounterPart | null, readonly signed: boolean, readonly signedAt: string | null, readonly labels: ReadonlyArray<SensitivityLabel> | null, readonly textLength: number | null, readonly scan: boolean | null, readonly readByEngine: boolean, readonly createdAt: string, readonly signedBy: MemberFieldsFragment | null, readonly pages: ReadonlyArray<{ readonly number: number, readonly start: number | null, readonly end: number | null }> | null };

export type DocumentVersionsQueryVariables = Exact<{
  id: string;
}>;


export type DocumentVersionsQuery = { readonly document: { readonly id: string, readonly amendments: ReadonlyArray<string> | null, readonly versions: ReadonlyArray<DocumentVersionFieldsFragment> | null } | null };

export type DocumentTextQueryVariables = Exact<{
  versionId: string;
  start?: number | null | undefined;
  end?: number | null | undefined;
}>;


export type DocumentTextQuery = { readonly node:
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly text: string | null, readonly textLength: number | null, readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
   | null };

export type SuggestionQuotesQueryVariables = Exact<{
  id: string;
}>;


export type SuggestionQuotesQuery = { readonly node:
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string, readonly evidence: ReadonlyArray<EvidenceFieldsFragment> | null }
    | { readonly id: string }
   | null };

export type CodeSearchQueryVariables = Exact<{
  query: string;
  date: string;
  system?: CodeSystem | null | undefined;
  first?: number | null | undefined;
}>;


export type CodeSearchQuery = { readonly codeSearch: ReadonlyArray<{ readonly system: CodeSystem, readonly code: string, readonly title: string, readonly billable: boolean, readonly mayBePrincipal: boolean, readonly poaExempt: boolean }> };

export type CodeReleasesQueryVariables = Exact<{ [key: string]: never; }>;


export type CodeReleasesQuery = { readonly codeReleases: ReadonlyArray<{ readonly system: CodeSystem, readonly name: string, readonly effectiveFrom: string, readonly effectiveTo: string | null, readonly codeCount: number, readonly billableCount: number }> };

export type NodeQueryVariables = Exact<{
  id: string;
}>;


export type NodeQuery = { readonly node:
    | { readonly __typename: 'Audit', readonly id: string }
    | { readonly __typename: 'Chart', readonly id: string }
    | { readonly __typename: 'Comment', readonly id: string }
    | { readonly __typename: 'Consent', readonly id: string }
    | { readonly __typename: 'Document', readonly chartId: string, readonly id: string }
    | { readonly __typename: 'DocumentVersion', readonly id: string }
    | { readonly __typename: 'Export', readonly id: string }
    | { readonly __typename: 'Facility', readonly id: string }
    | { readonly __typename: 'Finding', readonly id: string }
    | { readonly __typename: 'Member', readonly id: string }
    | { readonly __typename: 'Organisation', readonly id: string }
    | { readonly __typename: 'Patient', readonly id: string }
    | { readonly __typename: 'Pend', readonly id: string }
    | { readonly __typename: 'Queue', readonly id: string }
    | { readonly __typename: 'Restriction', readonly id: string }
    | { readonly __typename: 'Submission', readonly id: string }
    | { readonly __typename: 'Suggestion', readonly chartId: string, readonly id: string }
    | { readonly __typename: 'Team', readonly id: string }
   | null };

export type ExportFieldsFragment = { readonly id: string, readonly submissionId: string, readonly format: ExportFormat, readonly sha256: string | null, readonly content: string | null, readonly at: string };

export type ExplainAccessQueryVariables = Exact<{
  id: string;
  action: ChartAction;
  memberId?: string | null | undefined;
}>;


export type ExplainAccessQuery = { readonly explainAccess: AccessFieldsFragment };

export type DocumentEntriesQueryVariables = Exact<{
  chartId: string;
}>;


export type DocumentEntriesQuery = { readonly documentEntries: ReadonlyArray<{ readonly id: string, readonly chartId: string, readonly versionNumber: number, readonly signed: boolean, readonly createdAt: string, readonly withdrawnAt: string | null, readonly withdrawnReason: WithdrawalReason | null, readonly type: DocumentType | null, readonly title: string | null, readonly access: AccessFieldsFragment }> | null };

export type HelpRequestsQueryVariables = Exact<{ [key: string]: never; }>;


export type HelpRequestsQuery = { readonly helpRequests: ReadonlyArray<{ readonly id: string, readonly chartId: string, readonly suggestionId: string, readonly reason: HelpReason, readonly askedAt: string, readonly until: string, readonly askedBy: { readonly id: string, readonly displayName: string } }> };

export type ApprovalFieldsFragment = { readonly id: string, readonly kind: ApprovalKind, readonly subjectId: string, readonly summary: string, readonly requestedAt: string, readonly state: ApprovalState, readonly decidedAt: string | null, readonly declineReason: DeclineReason | null, readonly mayDecide: boolean, readonly requestedBy: { readonly id: string, readonly displayName: string }, readonly decidedBy: { readonly id: string, readonly displayName: string } | null };

export type ApprovalsQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type ApprovalsQuery = { readonly approvals: ReadonlyArray<ApprovalFieldsFragment> };

export type ThirdPartiesQueryVariables = Exact<{ [key: string]: never; }>;


export type ThirdPartiesQuery = { readonly vendorAgreements: ReadonlyArray<VendorAgreementFieldsFragment>, readonly clients: ReadonlyArray<ClientFieldsFragment> };

export type AssignableMembersQueryVariables = Exact<{
  chartId: string;
  part: AssignmentPart;
}>;


export type AssignableMembersQuery = { readonly assignableMembers: ReadonlyArray<MemberFieldsFragment> };

export type MentionableMembersQueryVariables = Exact<{
  chartId: string;
}>;


export type MentionableMembersQuery = { readonly mentionableMembers: ReadonlyArray<MemberFieldsFragment> };

export type LegalHoldFieldsFragment = { readonly id: string, readonly facilityId: string, readonly reason: HoldReason, readonly reference: string, readonly placedAt: string, readonly liftedAt: string | null, readonly liftReason: HoldEndReason | null, readonly placedBy: MemberFieldsFragment, readonly liftedBy: MemberFieldsFragment | null };

type LegalHoldOutcomeFields_CommandInvalid_Fragment = { readonly __typename: 'CommandInvalid', readonly problems: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: string | null }> };

type LegalHoldOutcomeFields_LegalHoldSaved_Fragment = { readonly __typename: 'LegalHoldSaved', readonly hold: LegalHoldFieldsFragment };

export type LegalHoldOutcomeFieldsFragment =
  | LegalHoldOutcomeFields_CommandInvalid_Fragment
  | LegalHoldOutcomeFields_LegalHoldSaved_Fragment
;

export type RetentionQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type RetentionQuery = { readonly legalHolds: ReadonlyArray<LegalHoldFieldsFragment>, readonly tombstones: ReadonlyArray<{ readonly id: string, readonly facilityId: string, readonly reason: DeletionReason, readonly chartCount: number, readonly deletedAt: string, readonly requestId: string | null, readonly requestedBy: MemberFieldsFragment, readonly approvedBy: MemberFieldsFragment }> };

export type PlaceLegalHoldMutationVariables = Exact<{
  input: PlaceLegalHoldInput;
}>;


export type PlaceLegalHoldMutation = { readonly placeLegalHold:
    | LegalHoldOutcomeFields_CommandInvalid_Fragment
    | LegalHoldOutcomeFields_LegalHoldSaved_Fragment
   };

export type LiftLegalHoldMutationVariables = Exact<{
  input: LiftLegalHoldInput;
}>;


export type LiftLegalHoldMutation = { readonly liftLegalHold:
    | LegalHoldOutcomeFields_CommandInvalid_Fragment
    | LegalHoldOutcomeFields_LegalHoldSaved_Fragment
   };

export type RequestPatientDeletionMutationVariables = Exact<{
  input: RequestPatientDeletionInput;
}>;


export type RequestPatientDeletionMutation = { readonly requestPatientDeletion:
    | { readonly __typename: 'ApprovalDecided' }
    | { readonly __typename: 'ApprovalSaved', readonly approval: { readonly id: string, readonly kind: ApprovalKind, readonly state: ApprovalState, readonly summary: string } }
    | { readonly __typename: 'CommandInvalid', readonly problems: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: string | null }> }
   };

export type ChartSnapshotFieldsFragment = { readonly cursor: string | null, readonly sight: string, readonly chart: ChartStateFieldsFragment, readonly documents: ReadonlyArray<DocumentStateFieldsFragment> | null, readonly suggestions: ReadonlyArray<SuggestionStateFieldsFragment> | null, readonly opportunities: ReadonlyArray<OpportunityStateFieldsFragment> | null, readonly order: CodeOrderFieldsFragment | null, readonly edits: ReadonlyArray<EditFieldsFragment> | null, readonly comments: ReadonlyArray<CommentFieldsFragment> | null, readonly pends: ReadonlyArray<PendFieldsFragment>, readonly submissions: ReadonlyArray<SubmissionFieldsFragment> };

export type ChartEventFieldsFragment = { readonly cursor: string, readonly previous: string | null, readonly type: ChartEventType, readonly at: string, readonly reopenReason: ReopenReason | null, readonly unlabelReason: UnlabelReason | null, readonly actor: MemberFieldsFragment | null, readonly chart: ChartStateFieldsFragment | null, readonly document: DocumentStateFieldsFragment | null, readonly suggestion: SuggestionStateFieldsFragment | null, readonly replacement: SuggestionStateFieldsFragment | null, readonly opportunity: OpportunityStateFieldsFragment | null, readonly order: CodeOrderFieldsFragment | null, readonly edits: ReadonlyArray<EditFieldsFragment> | null, readonly comment: CommentFieldsFragment | null, readonly pend: PendFieldsFragment | null, readonly submission: SubmissionFieldsFragment | null, readonly engine: { readonly documentsRead: number, readonly documentsTotal: number, readonly suggestionsMade: number | null } | null };

export type ChartStreamSubscriptionVariables = Exact<{
  chartId: string;
  after?: string | null | undefined;
  sight?: string | null | undefined;
}>;


export type ChartStreamSubscription = { readonly chartStream:
    | { readonly __typename: 'AccessChanged', readonly change: AccessChange, readonly accessReason: AccessChangeReason, readonly snapshot: ChartSnapshotFieldsFragment }
    | { readonly __typename: 'ChartEvents', readonly events: ReadonlyArray<ChartEventFieldsFragment> }
    | (
      { readonly __typename: 'ChartSnapshot' }
      & ChartSnapshotFieldsFragment
    )
    | { readonly __typename: 'ResyncRequired', readonly resyncReason: ResyncReason }
    | { readonly __typename: 'StreamEnded', readonly endReason: StreamEndReason }
   };

export type PresenceStreamSubscriptionVariables = Exact<{
  chartId: string;
  presenceId?: string | null | undefined;
}>;


export type PresenceStreamSubscription = { readonly presence: { readonly present: ReadonlyArray<{ readonly presenceId: string, readonly suggestionId: string | null, readonly versionId: string | null, readonly start: number | null, readonly end: number | null, readonly editing: boolean | null, readonly member: MemberFieldsFragment }> } };

export type QueueBoardRowFieldsFragment = { readonly id: string, readonly charts: number, readonly oldestReceivedAt: string, readonly dueToday: number, readonly overdue: number, readonly totalChargesCents: number | null, readonly queue: { readonly id: string, readonly name: string } | null, readonly facility: { readonly id: string, readonly name: string } | null, readonly statuses: ReadonlyArray<{ readonly status: ChartStatus, readonly charts: number }>, readonly ages: ReadonlyArray<{ readonly fromDays: number, readonly toDays: number | null, readonly charts: number }>, readonly owners: ReadonlyArray<{ readonly charts: number, readonly dueToday: number, readonly overdue: number, readonly member: MemberFieldsFragment }>, readonly masked: ReadonlyArray<{ readonly field: string, readonly reason: MaskReason }> };

export type QueueBoardStreamSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type QueueBoardStreamSubscription = { readonly queueBoard:
    | { readonly __typename: 'QueueBoardChanged', readonly goneIds: ReadonlyArray<string>, readonly changed: ReadonlyArray<QueueBoardRowFieldsFragment> }
    | { readonly __typename: 'QueueBoardSnapshot', readonly rows: ReadonlyArray<QueueBoardRowFieldsFragment> }
    | { readonly __typename: 'StreamEnded', readonly endReason: StreamEndReason }
   };

export type QueueBoardQueryVariables = Exact<{ [key: string]: never; }>;


export type QueueBoardQuery = { readonly queueBoard: { readonly rows: ReadonlyArray<QueueBoardRowFieldsFragment> } };

export type InboxItemFieldsFragment = { readonly id: string, readonly kind: InboxKind, readonly chartId: string, readonly subjectId: string | null, readonly accountNumber: string | null, readonly at: string, readonly dueAt: string | null, readonly readAt: string | null, readonly actor: MemberFieldsFragment | null, readonly masked: ReadonlyArray<{ readonly field: string, readonly reason: MaskReason }> };

export type InboxStreamSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type InboxStreamSubscription = { readonly inbox:
    | { readonly __typename: 'InboxChanged', readonly goneIds: ReadonlyArray<string>, readonly changed: ReadonlyArray<InboxItemFieldsFragment> }
    | { readonly __typename: 'InboxSnapshot', readonly items: ReadonlyArray<InboxItemFieldsFragment> }
    | { readonly __typename: 'StreamEnded', readonly endReason: StreamEndReason }
   };

export type InboxQueryVariables = Exact<{ [key: string]: never; }>;


export type InboxQuery = { readonly inbox: { readonly items: ReadonlyArray<InboxItemFieldsFragment> } };

export type MarkInboxReadMutationVariables = Exact<{
  input: MarkInboxReadInput;
}>;


export type MarkInboxReadMutation = { readonly markInboxRead: { readonly itemIds: ReadonlyArray<string> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const FacilityAgreementFieldsFragmentDoc = new TypedDocumentString(`
    fragment FacilityAgreementFields on FacilityAgreement {
  id
  coveredEntity
  facilities {
    id
    key
    name
  }
  purposes
  effectiveFrom
  effectiveTo
  qualifiedService
  qualifiedFrom
  qualifiedUntil
}
    `, {"fragmentName":"FacilityAgreementFields"}) as unknown as TypedDocumentString<FacilityAgreementFieldsFragment, unknown>;
export const MemberFieldsFragmentDoc = new TypedDocumentString(`
    fragment MemberFields on Member {
  id
  displayName
}
    `, {"fragmentName":"MemberFields"}) as unknown as TypedDocumentString<MemberFieldsFragment, unknown>;
export const BreakGlassFieldsFragmentDoc = new TypedDocumentString(`
    fragment BreakGlassFields on BreakGlass {
  id
  chartId
  facility {
    id
    key
    name
  }
  member {
    ...MemberFields
  }
  reason
  note
  at
  until
  state
  reviewDue
  escalatedAt
  reviewedAt
  reviewer {
    ...MemberFields
  }
  verdict
  reviewNote
  canReview
  masked {
    field
    reason
  }
}
    fragment MemberFields on Member {
  id
  displayName
}`, {"fragmentName":"BreakGlassFields"}) as unknown as TypedDocumentString<BreakGlassFieldsFragment, unknown>;
export const ConsentPartyFieldsFragmentDoc = new TypedDocumentString(`
    fragment ConsentPartyFields on ConsentParty {
  kind
  name
}
    `, {"fragmentName":"ConsentPartyFields"}) as unknown as TypedDocumentString<ConsentPartyFieldsFragment, unknown>;
export const LifeEventFieldsFragmentDoc = new TypedDocumentString(`
    fragment LifeEventFields on LifeEvent {
  at
  type
  version
  receivedAt
  note
  actor {
    ...MemberFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}`, {"fragmentName":"LifeEventFields"}) as unknown as TypedDocumentString<LifeEventFieldsFragment, unknown>;
export const ConsentFieldsFragmentDoc = new TypedDocumentString(`
    fragment ConsentFields on Consent {
  id
  patientId
  version
  kind
  status
  inForce
  missing
  purposes
  disclosers {
    ...ConsentPartyFields
  }
  recipients {
    ...ConsentPartyFields
  }
  labels
  documentTypes
  separateNotes
  description
  dataFrom
  dataTo
  signedBy
  signedOn
  representative
  representativeAuthority
  textVersion
  legalAuthority
  expiresAt
  expiryEvent
  endedAt
  endReason
  withdrawnAt
  reliedOnCount
  lastReliedOnAt
  facility {
    id
    key
    name
  }
  history {
    ...LifeEventFields
  }
  access {
    can
    masked {
      field
      reason
    }
  }
}
    fragment ConsentPartyFields on ConsentParty {
  kind
  name
}
fragment LifeEventFields on LifeEvent {
  at
  type
  version
  receivedAt
  note
  actor {
    ...MemberFields
  }
}
fragment MemberFields on Member {
  id
  displayName
}`, {"fragmentName":"ConsentFields"}) as unknown as TypedDocumentString<ConsentFieldsFragment, unknown>;
export const ProblemFieldsFragmentDoc = new TypedDocumentString(`
    fragment ProblemFields on Problem {
  code
  field
  message
}
    `, {"fragmentName":"ProblemFields"}) as unknown as TypedDocumentString<ProblemFieldsFragment, unknown>;
export const CommandInvalidFieldsFragmentDoc = new TypedDocumentString(`
    fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}`, {"fragmentName":"CommandInvalidFields"}) as unknown as TypedDocumentString<CommandInvalidFieldsFragment, unknown>;
export const ConsentOutcomeFieldsFragmentDoc = new TypedDocumentString(`
    fragment ConsentOutcomeFields on ConsentOutcome {
  __typename
  ... on ConsentSaved {
    consent {
      ...ConsentFields
    }
  }
  ... on ConsentChanged {
    seenVersion
    consent {
      ...ConsentFields
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}
    fragment ConsentPartyFields on ConsentParty {
  kind
  name
}
fragment LifeEventFields on LifeEvent {
  at
  type
  version
  receivedAt
  note
  actor {
    ...MemberFields
  }
}
fragment ConsentFields on Consent {
  id
  patientId
  version
  kind
  status
  inForce
  missing
  purposes
  disclosers {
    ...ConsentPartyFields
  }
  recipients {
    ...ConsentPartyFields
  }
  labels
  documentTypes
  separateNotes
  description
  dataFrom
  dataTo
  signedBy
  signedOn
  representative
  representativeAuthority
  textVersion
  legalAuthority
  expiresAt
  expiryEvent
  endedAt
  endReason
  withdrawnAt
  reliedOnCount
  lastReliedOnAt
  facility {
    id
    key
    name
  }
  history {
    ...LifeEventFields
  }
  access {
    can
    masked {
      field
      reason
    }
  }
}
fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}`, {"fragmentName":"ConsentOutcomeFields"}) as unknown as TypedDocumentString<ConsentOutcomeFieldsFragment, unknown>;
export const RestrictionFieldsFragmentDoc = new TypedDocumentString(`
    fragment RestrictionFields on Restriction {
  id
  patientId
  chartId
  version
  selfPay
  purposes
  recipients {
    ...ConsentPartyFields
  }
  words
  agreedAt
  liftedAt
  liftReason
  requestId
  facility {
    id
    key
    name
  }
  history {
    ...LifeEventFields
  }
  access {
    can
    masked {
      field
      reason
    }
  }
}
    fragment ConsentPartyFields on ConsentParty {
  kind
  name
}
fragment LifeEventFields on LifeEvent {
  at
  type
  version
  receivedAt
  note
  actor {
    ...MemberFields
  }
}
fragment MemberFields on Member {
  id
  displayName
}`, {"fragmentName":"RestrictionFields"}) as unknown as TypedDocumentString<RestrictionFieldsFragment, unknown>;
export const RestrictionOutcomeFieldsFragmentDoc = new TypedDocumentString(`
    fragment RestrictionOutcomeFields on RestrictionOutcome {
  __typename
  ... on RestrictionSaved {
    restriction {
      ...RestrictionFields
    }
  }
  ... on RestrictionChanged {
    seenVersion
    restriction {
      ...RestrictionFields
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}
    fragment ConsentPartyFields on ConsentParty {
  kind
  name
}
fragment LifeEventFields on LifeEvent {
  at
  type
  version
  receivedAt
  note
  actor {
    ...MemberFields
  }
}
fragment RestrictionFields on Restriction {
  id
  patientId
  chartId
  version
  selfPay
  purposes
  recipients {
    ...ConsentPartyFields
  }
  words
  agreedAt
  liftedAt
  liftReason
  requestId
  facility {
    id
    key
    name
  }
  history {
    ...LifeEventFields
  }
  access {
    can
    masked {
      field
      reason
    }
  }
}
fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}`, {"fragmentName":"RestrictionOutcomeFields"}) as unknown as TypedDocumentString<RestrictionOutcomeFieldsFragment, unknown>;
export const VendorAgreementFieldsFragmentDoc = new TypedDocumentString(`
    fragment VendorAgreementFields on VendorAgreement {
  id
  vendorName
  facilities {
    id
    name
  }
  purposes
  scopes
  effectiveFrom
  effectiveUntil
  endedAt
  approvedAt
}
    `, {"fragmentName":"VendorAgreementFields"}) as unknown as TypedDocumentString<VendorAgreementFieldsFragment, unknown>;
export const VendorAgreementOutcomeFieldsFragmentDoc = new TypedDocumentString(`
    fragment VendorAgreementOutcomeFields on VendorAgreementOutcome {
  __typename
  ... on VendorAgreementSaved {
    agreement {
      ...VendorAgreementFields
    }
    approvalId
  }
  ... on CommandInvalid {
    problems {
      code
      field
      message
    }
  }
}
    fragment VendorAgreementFields on VendorAgreement {
  id
  vendorName
  facilities {
    id
    name
  }
  purposes
  scopes
  effectiveFrom
  effectiveUntil
  endedAt
  approvedAt
}`, {"fragmentName":"VendorAgreementOutcomeFields"}) as unknown as TypedDocumentString<VendorAgreementOutcomeFieldsFragment, unknown>;
export const ClientFieldsFragmentDoc = new TypedDocumentString(`
    fragment ClientFields on Client {
  id
  clientId
  name
  agreement {
    id
    vendorName
  }
  purpose
  scopes
  previousSecretUntil
  suspendedAt
  approvedAt
  operationHashes
  costPerMinute
  networks
  redirectUris
}
    `, {"fragmentName":"ClientFields"}) as unknown as TypedDocumentString<ClientFieldsFragment, unknown>;
export const ClientOutcomeFieldsFragmentDoc = new TypedDocumentString(`
    fragment ClientOutcomeFields on ClientOutcome {
  __typename
  ... on ClientSaved {
    client {
      ...ClientFields
    }
    secret
    approvalId
  }
  ... on CommandInvalid {
    problems {
      code
      field
      message
    }
  }
}
    fragment ClientFields on Client {
  id
  clientId
  name
  agreement {
    id
    vendorName
  }
  purpose
  scopes
  previousSecretUntil
  suspendedAt
  approvedAt
  operationHashes
  costPerMinute
  networks
  redirectUris
}`, {"fragmentName":"ClientOutcomeFields"}) as unknown as TypedDocumentString<ClientOutcomeFieldsFragment, unknown>;
export const MembershipFieldsFragmentDoc = new TypedDocumentString(`
    fragment MembershipFields on Membership {
  id
  version
  member {
    ...MemberFields
  }
  roles
  facilities {
    id
    key
    name
  }
  teams {
    id
    name
  }
  disabledAt
}
    fragment MemberFields on Member {
  id
  displayName
}`, {"fragmentName":"MembershipFields"}) as unknown as TypedDocumentString<MembershipFieldsFragment, unknown>;
export const MemberOutcomeFieldsFragmentDoc = new TypedDocumentString(`
    fragment MemberOutcomeFields on MemberOutcome {
  __typename
  ... on MemberSaved {
    membership {
      ...MembershipFields
    }
  }
  ... on MemberChanged {
    membership {
      ...MembershipFields
    }
    seenVersion
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment MembershipFields on Membership {
  id
  version
  member {
    ...MemberFields
  }
  roles
  facilities {
    id
    key
    name
  }
  teams {
    id
    name
  }
  disabledAt
}`, {"fragmentName":"MemberOutcomeFields"}) as unknown as TypedDocumentString<MemberOutcomeFieldsFragment, unknown>;
export const SuggestionFieldsFragmentDoc = new TypedDocumentString(`
    fragment SuggestionFields on Suggestion {
  id
  chartId
  version
  status
  origin
  system
  code
  title
  kind
  role
  rank
  poa
  poaProposed
  poaExempt
  modifiers
  units
  performedOn
  performer
  confidence
  reason
  replaces
  evidenceStale
  author {
    ...MemberFields
  }
  decidedBy {
    ...MemberFields
  }
  decidedAt
  decisionReason
  evidence {
    id
    documentId
    versionId
    start
    end
    page
    kind
  }
}
    fragment MemberFields on Member {
  id
  displayName
}`, {"fragmentName":"SuggestionFields"}) as unknown as TypedDocumentString<SuggestionFieldsFragment, unknown>;
export const ChartOutcomeFieldsFragmentDoc = new TypedDocumentString(`
    fragment ChartOutcomeFields on ChartOutcome {
  __typename
  ... on ChartSaved {
    chart {
      id
      status
    }
  }
  ... on AlreadyDone {
    chart {
      id
      status
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}`, {"fragmentName":"ChartOutcomeFields"}) as unknown as TypedDocumentString<ChartOutcomeFieldsFragment, unknown>;
export const DocumentOutcomeFieldsFragmentDoc = new TypedDocumentString(`
    fragment DocumentOutcomeFields on DocumentOutcome {
  __typename
  ... on DocumentSaved {
    document {
      id
      version {
        id
        number
        signed
      }
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}`, {"fragmentName":"DocumentOutcomeFields"}) as unknown as TypedDocumentString<DocumentOutcomeFieldsFragment, unknown>;
export const CommentFieldsFragmentDoc = new TypedDocumentString(`
    fragment CommentFields on Comment {
  id
  suggestionId
  parentId
  version
  body
  mentions {
    ...MemberFields
  }
  author {
    ...MemberFields
  }
  createdAt
  resolvedAt
  resolvedBy {
    ...MemberFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}`, {"fragmentName":"CommentFields"}) as unknown as TypedDocumentString<CommentFieldsFragment, unknown>;
export const CommentOutcomeFieldsFragmentDoc = new TypedDocumentString(`
    fragment CommentOutcomeFields on CommentOutcome {
  __typename
  ... on CommentSaved {
    comment {
      ...CommentFields
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment CommentFields on Comment {
  id
  suggestionId
  parentId
  version
  body
  mentions {
    ...MemberFields
  }
  author {
    ...MemberFields
  }
  createdAt
  resolvedAt
  resolvedBy {
    ...MemberFields
  }
}`, {"fragmentName":"CommentOutcomeFields"}) as unknown as TypedDocumentString<CommentOutcomeFieldsFragment, unknown>;
export const ApprovalFieldsFragmentDoc = new TypedDocumentString(`
    fragment ApprovalFields on Approval {
  id
  kind
  subjectId
  summary
  requestedBy {
    id
    displayName
  }
  requestedAt
  state
  decidedBy {
    id
    displayName
  }
  decidedAt
  declineReason
  mayDecide
}
    `, {"fragmentName":"ApprovalFields"}) as unknown as TypedDocumentString<ApprovalFieldsFragment, unknown>;
export const ApprovalOutcomeFieldsFragmentDoc = new TypedDocumentString(`
    fragment ApprovalOutcomeFields on ApprovalOutcome {
  __typename
  ... on ApprovalSaved {
    approval {
      ...ApprovalFields
    }
  }
  ... on ApprovalDecided {
    approval {
      ...ApprovalFields
    }
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}
    fragment ApprovalFields on Approval {
  id
  kind
  subjectId
  summary
  requestedBy {
    id
    displayName
  }
  requestedAt
  state
  decidedBy {
    id
    displayName
  }
  decidedAt
  declineReason
  mayDecide
}`, {"fragmentName":"ApprovalOutcomeFields"}) as unknown as TypedDocumentString<ApprovalOutcomeFieldsFragment, unknown>;
export const BlindPassFieldsFragmentDoc = new TypedDocumentString(`
    fragment BlindPassFields on BlindPass {
  id
  chartId
  openedAt
  lines {
    id
    system
    code
    title
    kind
    role
    poa
    evidence {
      id
      documentId
      versionId
      start
      end
      page
      kind
    }
  }
}
    `, {"fragmentName":"BlindPassFields"}) as unknown as TypedDocumentString<BlindPassFieldsFragment, unknown>;
export const BlindPassOutcomeFieldsFragmentDoc = new TypedDocumentString(`
    fragment BlindPassOutcomeFields on BlindPassOutcome {
  __typename
  ... on BlindPassSaved {
    pass {
      ...BlindPassFields
    }
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}
    fragment BlindPassFields on BlindPass {
  id
  chartId
  openedAt
  lines {
    id
    system
    code
    title
    kind
    role
    poa
    evidence {
      id
      documentId
      versionId
      start
      end
      page
      kind
    }
  }
}`, {"fragmentName":"BlindPassOutcomeFields"}) as unknown as TypedDocumentString<BlindPassOutcomeFieldsFragment, unknown>;
export const AccountedDisclosureFieldsFragmentDoc = new TypedDocumentString(`
    fragment AccountedDisclosureFields on AccountedDisclosure {
  at
  recipientName
  recipientAddress
  description
  purpose
  through
}
    `, {"fragmentName":"AccountedDisclosureFields"}) as unknown as TypedDocumentString<AccountedDisclosureFieldsFragment, unknown>;
export const PrivacyRequestFieldsFragmentDoc = new TypedDocumentString(`
    fragment PrivacyRequestFields on PrivacyRequest {
  id
  version
  patientId
  facility {
    id
    key
    name
  }
  kind
  state
  requester
  receivedOn
  dueOn
  overdue
  extended
  paidInFull
  recordedBy {
    ...MemberFields
  }
  recordedAt
  assignee {
    ...MemberFields
  }
  decision
  denialReason
  decidedAt
  closeReason
  closedAt
  history {
    version
    type
    actor {
      ...MemberFields
    }
    at
    assignee {
      ...MemberFields
    }
    decision
    denialReason
    note
  }
  results {
    id
    type
    subjectId
    by {
      ...MemberFields
    }
    at
    sha256
  }
  can
  masked {
    field
    reason
  }
}
    fragment MemberFields on Member {
  id
  displayName
}`, {"fragmentName":"PrivacyRequestFields"}) as unknown as TypedDocumentString<PrivacyRequestFieldsFragment, unknown>;
export const PrivacyRequestOutcomeFieldsFragmentDoc = new TypedDocumentString(`
    fragment PrivacyRequestOutcomeFields on PrivacyRequestOutcome {
  __typename
  ... on PrivacyRequestSaved {
    request {
      ...PrivacyRequestFields
    }
  }
  ... on PrivacyRequestChanged {
    seenVersion
    request {
      ...PrivacyRequestFields
    }
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment PrivacyRequestFields on PrivacyRequest {
  id
  version
  patientId
  facility {
    id
    key
    name
  }
  kind
  state
  requester
  receivedOn
  dueOn
  overdue
  extended
  paidInFull
  recordedBy {
    ...MemberFields
  }
  recordedAt
  assignee {
    ...MemberFields
  }
  decision
  denialReason
  decidedAt
  closeReason
  closedAt
  history {
    version
    type
    actor {
      ...MemberFields
    }
    at
    assignee {
      ...MemberFields
    }
    decision
    denialReason
    note
  }
  results {
    id
    type
    subjectId
    by {
      ...MemberFields
    }
    at
    sha256
  }
  can
  masked {
    field
    reason
  }
}`, {"fragmentName":"PrivacyRequestOutcomeFields"}) as unknown as TypedDocumentString<PrivacyRequestOutcomeFieldsFragment, unknown>;
export const ScoreFieldsFragmentDoc = new TypedDocumentString(`
    fragment ScoreFields on AuditScore {
  policy
  policyVersion
  headline {
    name
    numerator
    denominator
  }
  measures {
    name
    numerator
    denominator
  }
  overCoded
  underCoded
}
    `, {"fragmentName":"ScoreFields"}) as unknown as TypedDocumentString<ScoreFieldsFragment, unknown>;
export const QualityCodeFieldsFragmentDoc = new TypedDocumentString(`
    fragment QualityCodeFields on QualityCode {
  suggestionId
  system
  code
  title
  role
  poa
  evidence {
    id
    documentId
    versionId
    start
    end
    page
    kind
    quote
  }
}
    `, {"fragmentName":"QualityCodeFields"}) as unknown as TypedDocumentString<QualityCodeFieldsFragment, unknown>;
export const QualityFindingFieldsFragmentDoc = new TypedDocumentString(`
    fragment QualityFindingFields on QualityFinding {
  id
  auditId
  version
  element
  kind
  state
  guideline
  explanation
  dueAt
  history {
    type
    reason
    comment
    by {
      ...MemberFields
    }
    at
    dueAt
  }
  submitted {
    ...QualityCodeFields
  }
  proposed {
    ...QualityCodeFields
  }
  can
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment QualityCodeFields on QualityCode {
  suggestionId
  system
  code
  title
  role
  poa
  evidence {
    id
    documentId
    versionId
    start
    end
    page
    kind
    quote
  }
}`, {"fragmentName":"QualityFindingFields"}) as unknown as TypedDocumentString<QualityFindingFieldsFragment, unknown>;
export const ResultFieldsFragmentDoc = new TypedDocumentString(`
    fragment ResultFields on QualityResult {
  id
  auditId
  chartId
  submissionNumber
  accountNumber
  facility {
    id
    key
    name
  }
  member {
    ...MemberFields
  }
  auditor {
    ...MemberFields
  }
  reason
  closedAt
  answersDueAt
  masked {
    field
    reason
  }
}
    fragment MemberFields on Member {
  id
  displayName
}`, {"fragmentName":"ResultFields"}) as unknown as TypedDocumentString<ResultFieldsFragment, unknown>;
export const AccessFieldsFragmentDoc = new TypedDocumentString(`
    fragment AccessFields on Access {
  can
  masked {
    field
    reason
  }
}
    `, {"fragmentName":"AccessFields"}) as unknown as TypedDocumentString<AccessFieldsFragment, unknown>;
export const PatientFieldsFragmentDoc = new TypedDocumentString(`
    fragment PatientFields on Patient {
  id
  familyName
  givenNames
  birthDate
  sex
  identifiers {
    id
    type
    assigner
    value
  }
  access {
    ...AccessFields
  }
}
    fragment AccessFields on Access {
  can
  masked {
    field
    reason
  }
}`, {"fragmentName":"PatientFields"}) as unknown as TypedDocumentString<PatientFieldsFragment, unknown>;
export const ChartListItemFieldsFragmentDoc = new TypedDocumentString(`
    fragment ChartListItemFields on Chart {
  id
  status
  accountNumber
  patientClass
  admittedAt
  dischargedAt
  serviceDate
  payer
  serviceLine
  totalChargesCents
  receivedAt
  assignedUntil
  identityHold
  restricted
  lateDocument
  documentCount
  submissionCount
  engineState
  coderOfRecord {
    ...MemberFields
  }
  facility {
    id
    key
    name
  }
  queue {
    id
    name
  }
  pends {
    id
    reason
    dueOn
  }
  patient {
    ...PatientFields
  }
  access {
    ...AccessFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment AccessFields on Access {
  can
  masked {
    field
    reason
  }
}
fragment PatientFields on Patient {
  id
  familyName
  givenNames
  birthDate
  sex
  identifiers {
    id
    type
    assigner
    value
  }
  access {
    ...AccessFields
  }
}`, {"fragmentName":"ChartListItemFields"}) as unknown as TypedDocumentString<ChartListItemFieldsFragment, unknown>;
export const FindingFieldsFragmentDoc = new TypedDocumentString(`
    fragment FindingFields on Finding {
  id
  auditId
  suggestionId
  proposedSuggestionId
  element
  kind
  guideline
  explanation
  recordedBy {
    ...MemberFields
  }
  recordedAt
}
    fragment MemberFields on Member {
  id
  displayName
}`, {"fragmentName":"FindingFields"}) as unknown as TypedDocumentString<FindingFieldsFragment, unknown>;
export const AuditFieldsFragmentDoc = new TypedDocumentString(`
    fragment AuditFields on Audit {
  id
  submissionId
  reason
  auditor {
    ...MemberFields
  }
  openedAt
  closedAt
  findings {
    ...FindingFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment FindingFields on Finding {
  id
  auditId
  suggestionId
  proposedSuggestionId
  element
  kind
  guideline
  explanation
  recordedBy {
    ...MemberFields
  }
  recordedAt
}`, {"fragmentName":"AuditFields"}) as unknown as TypedDocumentString<AuditFieldsFragment, unknown>;
export const EvidenceFieldsFragmentDoc = new TypedDocumentString(`
    fragment EvidenceFields on Evidence {
  id
  documentId
  versionId
  start
  end
  page
  kind
  quote
}
    `, {"fragmentName":"EvidenceFields"}) as unknown as TypedDocumentString<EvidenceFieldsFragment, unknown>;
export const DocumentVersionFieldsFragmentDoc = new TypedDocumentString(`
    fragment DocumentVersionFields on DocumentVersion {
  id
  documentId
  number
  title
  type
  authorName
  authorRole
  authoredAt
  encounterPart
  signed
  signedAt
  signedBy {
    ...MemberFields
  }
  labels
  textLength
  scan
  pages {
    number
    start
    end
  }
  readByEngine
  createdAt
}
    fragment MemberFields on Member {
  id
  displayName
}`, {"fragmentName":"DocumentVersionFields"}) as unknown as TypedDocumentString<DocumentVersionFieldsFragment, unknown>;
export const DocumentFieldsFragmentDoc = new TypedDocumentString(`
    fragment DocumentFields on Document {
  id
  chartId
  withdrawnAt
  withdrawnReason
  version {
    ...DocumentVersionFields
  }
  access {
    ...AccessFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment AccessFields on Access {
  can
  masked {
    field
    reason
  }
}
fragment DocumentVersionFields on DocumentVersion {
  id
  documentId
  number
  title
  type
  authorName
  authorRole
  authoredAt
  encounterPart
  signed
  signedAt
  signedBy {
    ...MemberFields
  }
  labels
  textLength
  scan
  pages {
    number
    start
    end
  }
  readByEngine
  createdAt
}`, {"fragmentName":"DocumentFields"}) as unknown as TypedDocumentString<DocumentFieldsFragment, unknown>;
export const ExportFieldsFragmentDoc = new TypedDocumentString(`
    fragment ExportFields on Export {
  id
  submissionId
  format
  sha256
  content
  at
}
    `, {"fragmentName":"ExportFields"}) as unknown as TypedDocumentString<ExportFieldsFragment, unknown>;
export const LegalHoldFieldsFragmentDoc = new TypedDocumentString(`
    fragment LegalHoldFields on LegalHold {
  id
  facilityId
  reason
  reference
  placedBy {
    ...MemberFields
  }
  placedAt
  liftedBy {
    ...MemberFields
  }
  liftedAt
  liftReason
}
    fragment MemberFields on Member {
  id
  displayName
}`, {"fragmentName":"LegalHoldFields"}) as unknown as TypedDocumentString<LegalHoldFieldsFragment, unknown>;
export const LegalHoldOutcomeFieldsFragmentDoc = new TypedDocumentString(`
    fragment LegalHoldOutcomeFields on LegalHoldOutcome {
  __typename
  ... on LegalHoldSaved {
    hold {
      ...LegalHoldFields
    }
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment LegalHoldFields on LegalHold {
  id
  facilityId
  reason
  reference
  placedBy {
    ...MemberFields
  }
  placedAt
  liftedBy {
    ...MemberFields
  }
  liftedAt
  liftReason
}`, {"fragmentName":"LegalHoldOutcomeFields"}) as unknown as TypedDocumentString<LegalHoldOutcomeFieldsFragment, unknown>;
export const EvidenceSpanFieldsFragmentDoc = new TypedDocumentString(`
    fragment EvidenceSpanFields on EvidenceSpan {
  id
  documentId
  versionId
  start
  end
  page
  kind
}
    `, {"fragmentName":"EvidenceSpanFields"}) as unknown as TypedDocumentString<EvidenceSpanFieldsFragment, unknown>;
export const ChartStateFieldsFragmentDoc = new TypedDocumentString(`
    fragment ChartStateFields on ChartState {
  id
  status
  identityHold
  restricted
  lateDocument
  receivedAt
  submissionCount
  engineState
  coderOfRecord {
    ...MemberFields
  }
  assignedUntil
  accountNumber
  patientClass
  inpatientOrderAt
  admittedAt
  dischargedAt
  serviceDate
  payer
  serviceLine
  disposition
  attendingProvider
  operatingProvider
  totalChargesCents
  abstractVersions {
    field
    version
    decidedBy {
      ...MemberFields
    }
    decidedAt
    evidence {
      ...EvidenceSpanFields
    }
    evidenceStale
  }
  access {
    ...AccessFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment AccessFields on Access {
  can
  masked {
    field
    reason
  }
}
fragment EvidenceSpanFields on EvidenceSpan {
  id
  documentId
  versionId
  start
  end
  page
  kind
}`, {"fragmentName":"ChartStateFields"}) as unknown as TypedDocumentString<ChartStateFieldsFragment, unknown>;
export const DocumentVersionStateFieldsFragmentDoc = new TypedDocumentString(`
    fragment DocumentVersionStateFields on DocumentVersionState {
  id
  documentId
  number
  title
  type
  authorName
  authorRole
  authoredAt
  encounterPart
  signed
  signedAt
  labels
  textLength
  scan
  pages {
    number
    start
    end
  }
  readByEngine
  createdAt
}
    `, {"fragmentName":"DocumentVersionStateFields"}) as unknown as TypedDocumentString<DocumentVersionStateFieldsFragment, unknown>;
export const DocumentStateFieldsFragmentDoc = new TypedDocumentString(`
    fragment DocumentStateFields on DocumentState {
  id
  chartId
  withdrawnAt
  withdrawnReason
  version {
    ...DocumentVersionStateFields
  }
  access {
    ...AccessFields
  }
}
    fragment AccessFields on Access {
  can
  masked {
    field
    reason
  }
}
fragment DocumentVersionStateFields on DocumentVersionState {
  id
  documentId
  number
  title
  type
  authorName
  authorRole
  authoredAt
  encounterPart
  signed
  signedAt
  labels
  textLength
  scan
  pages {
    number
    start
    end
  }
  readByEngine
  createdAt
}`, {"fragmentName":"DocumentStateFields"}) as unknown as TypedDocumentString<DocumentStateFieldsFragment, unknown>;
export const SuggestionStateFieldsFragmentDoc = new TypedDocumentString(`
    fragment SuggestionStateFields on SuggestionState {
  id
  chartId
  version
  status
  origin
  system
  code
  title
  kind
  role
  rank
  poa
  poaProposed
  poaExempt
  modifiers
  units
  performedOn
  performer
  confidence
  reason
  replaces
  evidenceStale
  author {
    ...MemberFields
  }
  decidedBy {
    ...MemberFields
  }
  decidedAt
  decisionReason
  evidence {
    ...EvidenceSpanFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment EvidenceSpanFields on EvidenceSpan {
  id
  documentId
  versionId
  start
  end
  page
  kind
}`, {"fragmentName":"SuggestionStateFields"}) as unknown as TypedDocumentString<SuggestionStateFieldsFragment, unknown>;
export const OpportunityStateFieldsFragmentDoc = new TypedDocumentString(`
    fragment OpportunityStateFields on QueryOpportunityState {
  id
  topic
  reason
  evidence {
    ...EvidenceSpanFields
  }
}
    fragment EvidenceSpanFields on EvidenceSpan {
  id
  documentId
  versionId
  start
  end
  page
  kind
}`, {"fragmentName":"OpportunityStateFields"}) as unknown as TypedDocumentString<OpportunityStateFieldsFragment, unknown>;
export const CodeOrderFieldsFragmentDoc = new TypedDocumentString(`
    fragment CodeOrderFields on CodeOrder {
  version
  principalId
  suggestionIds
}
    `, {"fragmentName":"CodeOrderFields"}) as unknown as TypedDocumentString<CodeOrderFieldsFragment, unknown>;
export const EditFieldsFragmentDoc = new TypedDocumentString(`
    fragment EditFields on Edit {
  key
  ruleId
  severity
  message
  source
  overridable
  suggestionIds
  override {
    by {
      ...MemberFields
    }
    at
    reason
  }
}
    fragment MemberFields on Member {
  id
  displayName
}`, {"fragmentName":"EditFields"}) as unknown as TypedDocumentString<EditFieldsFragment, unknown>;
export const PendFieldsFragmentDoc = new TypedDocumentString(`
    fragment PendFields on Pend {
  id
  reason
  note
  dueOn
  by {
    ...MemberFields
  }
  createdAt
  removedAt
}
    fragment MemberFields on Member {
  id
  displayName
}`, {"fragmentName":"PendFields"}) as unknown as TypedDocumentString<PendFieldsFragment, unknown>;
export const SubmissionFieldsFragmentDoc = new TypedDocumentString(`
    fragment SubmissionFields on Submission {
  id
  number
  submittedBy {
    ...MemberFields
  }
  submittedAt
  warningCount
  snapshotSha256
  codes {
    suggestionId
    system
    code
    title
    role
    rank
    poa
  }
}
    fragment MemberFields on Member {
  id
  displayName
}`, {"fragmentName":"SubmissionFields"}) as unknown as TypedDocumentString<SubmissionFieldsFragment, unknown>;
export const ChartSnapshotFieldsFragmentDoc = new TypedDocumentString(`
    fragment ChartSnapshotFields on ChartSnapshot {
  cursor
  sight
  chart {
    ...ChartStateFields
  }
  documents {
    ...DocumentStateFields
  }
  suggestions {
    ...SuggestionStateFields
  }
  opportunities {
    ...OpportunityStateFields
  }
  order {
    ...CodeOrderFields
  }
  edits {
    ...EditFields
  }
  comments {
    ...CommentFields
  }
  pends {
    ...PendFields
  }
  submissions {
    ...SubmissionFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment AccessFields on Access {
  can
  masked {
    field
    reason
  }
}
fragment EvidenceSpanFields on EvidenceSpan {
  id
  documentId
  versionId
  start
  end
  page
  kind
}
fragment SuggestionStateFields on SuggestionState {
  id
  chartId
  version
  status
  origin
  system
  code
  title
  kind
  role
  rank
  poa
  poaProposed
  poaExempt
  modifiers
  units
  performedOn
  performer
  confidence
  reason
  replaces
  evidenceStale
  author {
    ...MemberFields
  }
  decidedBy {
    ...MemberFields
  }
  decidedAt
  decisionReason
  evidence {
    ...EvidenceSpanFields
  }
}
fragment DocumentVersionStateFields on DocumentVersionState {
  id
  documentId
  number
  title
  type
  authorName
  authorRole
  authoredAt
  encounterPart
  signed
  signedAt
  labels
  textLength
  scan
  pages {
    number
    start
    end
  }
  readByEngine
  createdAt
}
fragment DocumentStateFields on DocumentState {
  id
  chartId
  withdrawnAt
  withdrawnReason
  version {
    ...DocumentVersionStateFields
  }
  access {
    ...AccessFields
  }
}
fragment OpportunityStateFields on QueryOpportunityState {
  id
  topic
  reason
  evidence {
    ...EvidenceSpanFields
  }
}
fragment ChartStateFields on ChartState {
  id
  status
  identityHold
  restricted
  lateDocument
  receivedAt
  submissionCount
  engineState
  coderOfRecord {
    ...MemberFields
  }
  assignedUntil
  accountNumber
  patientClass
  inpatientOrderAt
  admittedAt
  dischargedAt
  serviceDate
  payer
  serviceLine
  disposition
  attendingProvider
  operatingProvider
  totalChargesCents
  abstractVersions {
    field
    version
    decidedBy {
      ...MemberFields
    }
    decidedAt
    evidence {
      ...EvidenceSpanFields
    }
    evidenceStale
  }
  access {
    ...AccessFields
  }
}
fragment CodeOrderFields on CodeOrder {
  version
  principalId
  suggestionIds
}
fragment EditFields on Edit {
  key
  ruleId
  severity
  message
  source
  overridable
  suggestionIds
  override {
    by {
      ...MemberFields
    }
    at
    reason
  }
}
fragment CommentFields on Comment {
  id
  suggestionId
  parentId
  version
  body
  mentions {
    ...MemberFields
  }
  author {
    ...MemberFields
  }
  createdAt
  resolvedAt
  resolvedBy {
    ...MemberFields
  }
}
fragment PendFields on Pend {
  id
  reason
  note
  dueOn
  by {
    ...MemberFields
  }
  createdAt
  removedAt
}
fragment SubmissionFields on Submission {
  id
  number
  submittedBy {
    ...MemberFields
  }
  submittedAt
  warningCount
  snapshotSha256
  codes {
    suggestionId
    system
    code
    title
    role
    rank
    poa
  }
}`, {"fragmentName":"ChartSnapshotFields"}) as unknown as TypedDocumentString<ChartSnapshotFieldsFragment, unknown>;
export const ChartEventFieldsFragmentDoc = new TypedDocumentString(`
    fragment ChartEventFields on ChartEvent {
  cursor
  previous
  type
  at
  actor {
    ...MemberFields
  }
  chart {
    ...ChartStateFields
  }
  document {
    ...DocumentStateFields
  }
  suggestion {
    ...SuggestionStateFields
  }
  replacement {
    ...SuggestionStateFields
  }
  opportunity {
    ...OpportunityStateFields
  }
  order {
    ...CodeOrderFields
  }
  edits {
    ...EditFields
  }
  comment {
    ...CommentFields
  }
  pend {
    ...PendFields
  }
  submission {
    ...SubmissionFields
  }
  reopenReason
  unlabelReason
  engine {
    documentsRead
    documentsTotal
    suggestionsMade
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment AccessFields on Access {
  can
  masked {
    field
    reason
  }
}
fragment EvidenceSpanFields on EvidenceSpan {
  id
  documentId
  versionId
  start
  end
  page
  kind
}
fragment SuggestionStateFields on SuggestionState {
  id
  chartId
  version
  status
  origin
  system
  code
  title
  kind
  role
  rank
  poa
  poaProposed
  poaExempt
  modifiers
  units
  performedOn
  performer
  confidence
  reason
  replaces
  evidenceStale
  author {
    ...MemberFields
  }
  decidedBy {
    ...MemberFields
  }
  decidedAt
  decisionReason
  evidence {
    ...EvidenceSpanFields
  }
}
fragment DocumentVersionStateFields on DocumentVersionState {
  id
  documentId
  number
  title
  type
  authorName
  authorRole
  authoredAt
  encounterPart
  signed
  signedAt
  labels
  textLength
  scan
  pages {
    number
    start
    end
  }
  readByEngine
  createdAt
}
fragment DocumentStateFields on DocumentState {
  id
  chartId
  withdrawnAt
  withdrawnReason
  version {
    ...DocumentVersionStateFields
  }
  access {
    ...AccessFields
  }
}
fragment OpportunityStateFields on QueryOpportunityState {
  id
  topic
  reason
  evidence {
    ...EvidenceSpanFields
  }
}
fragment ChartStateFields on ChartState {
  id
  status
  identityHold
  restricted
  lateDocument
  receivedAt
  submissionCount
  engineState
  coderOfRecord {
    ...MemberFields
  }
  assignedUntil
  accountNumber
  patientClass
  inpatientOrderAt
  admittedAt
  dischargedAt
  serviceDate
  payer
  serviceLine
  disposition
  attendingProvider
  operatingProvider
  totalChargesCents
  abstractVersions {
    field
    version
    decidedBy {
      ...MemberFields
    }
    decidedAt
    evidence {
      ...EvidenceSpanFields
    }
    evidenceStale
  }
  access {
    ...AccessFields
  }
}
fragment CodeOrderFields on CodeOrder {
  version
  principalId
  suggestionIds
}
fragment EditFields on Edit {
  key
  ruleId
  severity
  message
  source
  overridable
  suggestionIds
  override {
    by {
      ...MemberFields
    }
    at
    reason
  }
}
fragment CommentFields on Comment {
  id
  suggestionId
  parentId
  version
  body
  mentions {
    ...MemberFields
  }
  author {
    ...MemberFields
  }
  createdAt
  resolvedAt
  resolvedBy {
    ...MemberFields
  }
}
fragment PendFields on Pend {
  id
  reason
  note
  dueOn
  by {
    ...MemberFields
  }
  createdAt
  removedAt
}
fragment SubmissionFields on Submission {
  id
  number
  submittedBy {
    ...MemberFields
  }
  submittedAt
  warningCount
  snapshotSha256
  codes {
    suggestionId
    system
    code
    title
    role
    rank
    poa
  }
}`, {"fragmentName":"ChartEventFields"}) as unknown as TypedDocumentString<ChartEventFieldsFragment, unknown>;
export const QueueBoardRowFieldsFragmentDoc = new TypedDocumentString(`
    fragment QueueBoardRowFields on QueueBoardRow {
  id
  queue {
    id
    name
  }
  facility {
    id
    name
  }
  charts
  statuses {
    status
    charts
  }
  ages {
    fromDays
    toDays
    charts
  }
  oldestReceivedAt
  dueToday
  overdue
  owners {
    member {
      ...MemberFields
    }
    charts
    dueToday
    overdue
  }
  totalChargesCents
  masked {
    field
    reason
  }
}
    fragment MemberFields on Member {
  id
  displayName
}`, {"fragmentName":"QueueBoardRowFields"}) as unknown as TypedDocumentString<QueueBoardRowFieldsFragment, unknown>;
export const InboxItemFieldsFragmentDoc = new TypedDocumentString(`
    fragment InboxItemFields on InboxItem {
  id
  kind
  chartId
  subjectId
  accountNumber
  actor {
    ...MemberFields
  }
  at
  dueAt
  readAt
  masked {
    field
    reason
  }
}
    fragment MemberFields on Member {
  id
  displayName
}`, {"fragmentName":"InboxItemFields"}) as unknown as TypedDocumentString<InboxItemFieldsFragment, unknown>;
export const FacilityAgreementsDocument = new TypedDocumentString(`
    query FacilityAgreements {
  facilityAgreements {
    ...FacilityAgreementFields
  }
}
    fragment FacilityAgreementFields on FacilityAgreement {
  id
  coveredEntity
  facilities {
    id
    key
    name
  }
  purposes
  effectiveFrom
  effectiveTo
  qualifiedService
  qualifiedFrom
  qualifiedUntil
}`) as unknown as TypedDocumentString<FacilityAgreementsQuery, FacilityAgreementsQueryVariables>;
export const RequestQualifiedServiceDocument = new TypedDocumentString(`
    mutation RequestQualifiedService($input: RequestQualifiedServiceInput!) {
  requestQualifiedService(input: $input) {
    __typename
    ... on ApprovalSaved {
      approval {
        id
        kind
        state
        summary
      }
    }
    ... on CommandInvalid {
      problems {
        code
        message
        field
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RequestQualifiedServiceMutation, RequestQualifiedServiceMutationVariables>;
export const EndQualifiedServiceDocument = new TypedDocumentString(`
    mutation EndQualifiedService($input: EndQualifiedServiceInput!) {
  endQualifiedService(input: $input) {
    __typename
    ... on FacilityAgreementSaved {
      agreement {
        ...FacilityAgreementFields
      }
    }
    ... on CommandInvalid {
      problems {
        code
        message
        field
      }
    }
  }
}
    fragment FacilityAgreementFields on FacilityAgreement {
  id
  coveredEntity
  facilities {
    id
    key
    name
  }
  purposes
  effectiveFrom
  effectiveTo
  qualifiedService
  qualifiedFrom
  qualifiedUntil
}`) as unknown as TypedDocumentString<EndQualifiedServiceMutation, EndQualifiedServiceMutationVariables>;
export const BreakGlassReviewsDocument = new TypedDocumentString(`
    query BreakGlassReviews($first: Int! = 50, $openOnly: Boolean! = true) {
  breakGlassReviews(first: $first, openOnly: $openOnly) {
    ...BreakGlassFields
  }
}
    fragment BreakGlassFields on BreakGlass {
  id
  chartId
  facility {
    id
    key
    name
  }
  member {
    ...MemberFields
  }
  reason
  note
  at
  until
  state
  reviewDue
  escalatedAt
  reviewedAt
  reviewer {
    ...MemberFields
  }
  verdict
  reviewNote
  canReview
  masked {
    field
    reason
  }
}
fragment MemberFields on Member {
  id
  displayName
}`) as unknown as TypedDocumentString<BreakGlassReviewsQuery, BreakGlassReviewsQueryVariables>;
export const BreakGlassDocument = new TypedDocumentString(`
    mutation BreakGlass($input: BreakGlassInput!) {
  breakGlass(input: $input) {
    __typename
    ... on GlassBroken {
      chart {
        id
        status
      }
      breakGlass {
        ...BreakGlassFields
      }
    }
    ... on AlreadyDone {
      chart {
        id
        status
      }
    }
  }
}
    fragment BreakGlassFields on BreakGlass {
  id
  chartId
  facility {
    id
    key
    name
  }
  member {
    ...MemberFields
  }
  reason
  note
  at
  until
  state
  reviewDue
  escalatedAt
  reviewedAt
  reviewer {
    ...MemberFields
  }
  verdict
  reviewNote
  canReview
  masked {
    field
    reason
  }
}
fragment MemberFields on Member {
  id
  displayName
}`) as unknown as TypedDocumentString<BreakGlassMutation, BreakGlassMutationVariables>;
export const ReviewBreakGlassDocument = new TypedDocumentString(`
    mutation ReviewBreakGlass($input: ReviewBreakGlassInput!) {
  reviewBreakGlass(input: $input) {
    __typename
    ... on BreakGlassReviewed {
      breakGlass {
        ...BreakGlassFields
      }
    }
    ... on BreakGlassReviewedBefore {
      breakGlass {
        ...BreakGlassFields
      }
    }
  }
}
    fragment BreakGlassFields on BreakGlass {
  id
  chartId
  facility {
    id
    key
    name
  }
  member {
    ...MemberFields
  }
  reason
  note
  at
  until
  state
  reviewDue
  escalatedAt
  reviewedAt
  reviewer {
    ...MemberFields
  }
  verdict
  reviewNote
  canReview
  masked {
    field
    reason
  }
}
fragment MemberFields on Member {
  id
  displayName
}`) as unknown as TypedDocumentString<ReviewBreakGlassMutation, ReviewBreakGlassMutationVariables>;
export const BreakGlassAlertsDocument = new TypedDocumentString(`
    subscription BreakGlassAlerts {
  breakGlassAlerts {
    ...BreakGlassFields
  }
}
    fragment BreakGlassFields on BreakGlass {
  id
  chartId
  facility {
    id
    key
    name
  }
  member {
    ...MemberFields
  }
  reason
  note
  at
  until
  state
  reviewDue
  escalatedAt
  reviewedAt
  reviewer {
    ...MemberFields
  }
  verdict
  reviewNote
  canReview
  masked {
    field
    reason
  }
}
fragment MemberFields on Member {
  id
  displayName
}`) as unknown as TypedDocumentString<BreakGlassAlertsSubscription, BreakGlassAlertsSubscriptionVariables>;
export const ConsentsDocument = new TypedDocumentString(`
    query Consents($patient: PatientLookupInput!) {
  consents(patient: $patient) {
    ...ConsentFields
  }
  restrictions(patient: $patient) {
    ...RestrictionFields
  }
}
    fragment ConsentPartyFields on ConsentParty {
  kind
  name
}
fragment LifeEventFields on LifeEvent {
  at
  type
  version
  receivedAt
  note
  actor {
    ...MemberFields
  }
}
fragment ConsentFields on Consent {
  id
  patientId
  version
  kind
  status
  inForce
  missing
  purposes
  disclosers {
    ...ConsentPartyFields
  }
  recipients {
    ...ConsentPartyFields
  }
  labels
  documentTypes
  separateNotes
  description
  dataFrom
  dataTo
  signedBy
  signedOn
  representative
  representativeAuthority
  textVersion
  legalAuthority
  expiresAt
  expiryEvent
  endedAt
  endReason
  withdrawnAt
  reliedOnCount
  lastReliedOnAt
  facility {
    id
    key
    name
  }
  history {
    ...LifeEventFields
  }
  access {
    can
    masked {
      field
      reason
    }
  }
}
fragment RestrictionFields on Restriction {
  id
  patientId
  chartId
  version
  selfPay
  purposes
  recipients {
    ...ConsentPartyFields
  }
  words
  agreedAt
  liftedAt
  liftReason
  requestId
  facility {
    id
    key
    name
  }
  history {
    ...LifeEventFields
  }
  access {
    can
    masked {
      field
      reason
    }
  }
}
fragment MemberFields on Member {
  id
  displayName
}`) as unknown as TypedDocumentString<ConsentsQuery, ConsentsQueryVariables>;
export const ConsentDocument = new TypedDocumentString(`
    query Consent($id: ID!) {
  consent(id: $id) {
    ...ConsentFields
    fhir
  }
}
    fragment ConsentPartyFields on ConsentParty {
  kind
  name
}
fragment LifeEventFields on LifeEvent {
  at
  type
  version
  receivedAt
  note
  actor {
    ...MemberFields
  }
}
fragment ConsentFields on Consent {
  id
  patientId
  version
  kind
  status
  inForce
  missing
  purposes
  disclosers {
    ...ConsentPartyFields
  }
  recipients {
    ...ConsentPartyFields
  }
  labels
  documentTypes
  separateNotes
  description
  dataFrom
  dataTo
  signedBy
  signedOn
  representative
  representativeAuthority
  textVersion
  legalAuthority
  expiresAt
  expiryEvent
  endedAt
  endReason
  withdrawnAt
  reliedOnCount
  lastReliedOnAt
  facility {
    id
    key
    name
  }
  history {
    ...LifeEventFields
  }
  access {
    can
    masked {
      field
      reason
    }
  }
}
fragment MemberFields on Member {
  id
  displayName
}`) as unknown as TypedDocumentString<ConsentQuery, ConsentQueryVariables>;
export const RecordConsentDocument = new TypedDocumentString(`
    mutation RecordConsent($input: RecordConsentInput!) {
  recordConsent(input: $input) {
    ...ConsentOutcomeFields
  }
}
    fragment ConsentPartyFields on ConsentParty {
  kind
  name
}
fragment LifeEventFields on LifeEvent {
  at
  type
  version
  receivedAt
  note
  actor {
    ...MemberFields
  }
}
fragment ConsentFields on Consent {
  id
  patientId
  version
  kind
  status
  inForce
  missing
  purposes
  disclosers {
    ...ConsentPartyFields
  }
  recipients {
    ...ConsentPartyFields
  }
  labels
  documentTypes
  separateNotes
  description
  dataFrom
  dataTo
  signedBy
  signedOn
  representative
  representativeAuthority
  textVersion
  legalAuthority
  expiresAt
  expiryEvent
  endedAt
  endReason
  withdrawnAt
  reliedOnCount
  lastReliedOnAt
  facility {
    id
    key
    name
  }
  history {
    ...LifeEventFields
  }
  access {
    can
    masked {
      field
      reason
    }
  }
}
fragment ConsentOutcomeFields on ConsentOutcome {
  __typename
  ... on ConsentSaved {
    consent {
      ...ConsentFields
    }
  }
  ... on ConsentChanged {
    seenVersion
    consent {
      ...ConsentFields
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}
fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}`) as unknown as TypedDocumentString<RecordConsentMutation, RecordConsentMutationVariables>;
export const ReviseConsentDocument = new TypedDocumentString(`
    mutation ReviseConsent($input: ReviseConsentInput!) {
  reviseConsent(input: $input) {
    ...ConsentOutcomeFields
  }
}
    fragment ConsentPartyFields on ConsentParty {
  kind
  name
}
fragment LifeEventFields on LifeEvent {
  at
  type
  version
  receivedAt
  note
  actor {
    ...MemberFields
  }
}
fragment ConsentFields on Consent {
  id
  patientId
  version
  kind
  status
  inForce
  missing
  purposes
  disclosers {
    ...ConsentPartyFields
  }
  recipients {
    ...ConsentPartyFields
  }
  labels
  documentTypes
  separateNotes
  description
  dataFrom
  dataTo
  signedBy
  signedOn
  representative
  representativeAuthority
  textVersion
  legalAuthority
  expiresAt
  expiryEvent
  endedAt
  endReason
  withdrawnAt
  reliedOnCount
  lastReliedOnAt
  facility {
    id
    key
    name
  }
  history {
    ...LifeEventFields
  }
  access {
    can
    masked {
      field
      reason
    }
  }
}
fragment ConsentOutcomeFields on ConsentOutcome {
  __typename
  ... on ConsentSaved {
    consent {
      ...ConsentFields
    }
  }
  ... on ConsentChanged {
    seenVersion
    consent {
      ...ConsentFields
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}
fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}`) as unknown as TypedDocumentString<ReviseConsentMutation, ReviseConsentMutationVariables>;
export const ActivateConsentDocument = new TypedDocumentString(`
    mutation ActivateConsent($input: ConsentCommandInput!) {
  activateConsent(input: $input) {
    ...ConsentOutcomeFields
  }
}
    fragment ConsentPartyFields on ConsentParty {
  kind
  name
}
fragment LifeEventFields on LifeEvent {
  at
  type
  version
  receivedAt
  note
  actor {
    ...MemberFields
  }
}
fragment ConsentFields on Consent {
  id
  patientId
  version
  kind
  status
  inForce
  missing
  purposes
  disclosers {
    ...ConsentPartyFields
  }
  recipients {
    ...ConsentPartyFields
  }
  labels
  documentTypes
  separateNotes
  description
  dataFrom
  dataTo
  signedBy
  signedOn
  representative
  representativeAuthority
  textVersion
  legalAuthority
  expiresAt
  expiryEvent
  endedAt
  endReason
  withdrawnAt
  reliedOnCount
  lastReliedOnAt
  facility {
    id
    key
    name
  }
  history {
    ...LifeEventFields
  }
  access {
    can
    masked {
      field
      reason
    }
  }
}
fragment ConsentOutcomeFields on ConsentOutcome {
  __typename
  ... on ConsentSaved {
    consent {
      ...ConsentFields
    }
  }
  ... on ConsentChanged {
    seenVersion
    consent {
      ...ConsentFields
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}
fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}`) as unknown as TypedDocumentString<ActivateConsentMutation, ActivateConsentMutationVariables>;
export const DeliverConsentCopyDocument = new TypedDocumentString(`
    mutation DeliverConsentCopy($input: DeliverConsentCopyInput!) {
  deliverConsentCopy(input: $input) {
    ...ConsentOutcomeFields
  }
}
    fragment ConsentPartyFields on ConsentParty {
  kind
  name
}
fragment LifeEventFields on LifeEvent {
  at
  type
  version
  receivedAt
  note
  actor {
    ...MemberFields
  }
}
fragment ConsentFields on Consent {
  id
  patientId
  version
  kind
  status
  inForce
  missing
  purposes
  disclosers {
    ...ConsentPartyFields
  }
  recipients {
    ...ConsentPartyFields
  }
  labels
  documentTypes
  separateNotes
  description
  dataFrom
  dataTo
  signedBy
  signedOn
  representative
  representativeAuthority
  textVersion
  legalAuthority
  expiresAt
  expiryEvent
  endedAt
  endReason
  withdrawnAt
  reliedOnCount
  lastReliedOnAt
  facility {
    id
    key
    name
  }
  history {
    ...LifeEventFields
  }
  access {
    can
    masked {
      field
      reason
    }
  }
}
fragment ConsentOutcomeFields on ConsentOutcome {
  __typename
  ... on ConsentSaved {
    consent {
      ...ConsentFields
    }
  }
  ... on ConsentChanged {
    seenVersion
    consent {
      ...ConsentFields
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}
fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}`) as unknown as TypedDocumentString<DeliverConsentCopyMutation, DeliverConsentCopyMutationVariables>;
export const WithdrawConsentDocument = new TypedDocumentString(`
    mutation WithdrawConsent($input: WithdrawConsentInput!) {
  withdrawConsent(input: $input) {
    ...ConsentOutcomeFields
  }
}
    fragment ConsentPartyFields on ConsentParty {
  kind
  name
}
fragment LifeEventFields on LifeEvent {
  at
  type
  version
  receivedAt
  note
  actor {
    ...MemberFields
  }
}
fragment ConsentFields on Consent {
  id
  patientId
  version
  kind
  status
  inForce
  missing
  purposes
  disclosers {
    ...ConsentPartyFields
  }
  recipients {
    ...ConsentPartyFields
  }
  labels
  documentTypes
  separateNotes
  description
  dataFrom
  dataTo
  signedBy
  signedOn
  representative
  representativeAuthority
  textVersion
  legalAuthority
  expiresAt
  expiryEvent
  endedAt
  endReason
  withdrawnAt
  reliedOnCount
  lastReliedOnAt
  facility {
    id
    key
    name
  }
  history {
    ...LifeEventFields
  }
  access {
    can
    masked {
      field
      reason
    }
  }
}
fragment ConsentOutcomeFields on ConsentOutcome {
  __typename
  ... on ConsentSaved {
    consent {
      ...ConsentFields
    }
  }
  ... on ConsentChanged {
    seenVersion
    consent {
      ...ConsentFields
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}
fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}`) as unknown as TypedDocumentString<WithdrawConsentMutation, WithdrawConsentMutationVariables>;
export const EndConsentDocument = new TypedDocumentString(`
    mutation EndConsent($input: EndConsentInput!) {
  endConsent(input: $input) {
    ...ConsentOutcomeFields
  }
}
    fragment ConsentPartyFields on ConsentParty {
  kind
  name
}
fragment LifeEventFields on LifeEvent {
  at
  type
  version
  receivedAt
  note
  actor {
    ...MemberFields
  }
}
fragment ConsentFields on Consent {
  id
  patientId
  version
  kind
  status
  inForce
  missing
  purposes
  disclosers {
    ...ConsentPartyFields
  }
  recipients {
    ...ConsentPartyFields
  }
  labels
  documentTypes
  separateNotes
  description
  dataFrom
  dataTo
  signedBy
  signedOn
  representative
  representativeAuthority
  textVersion
  legalAuthority
  expiresAt
  expiryEvent
  endedAt
  endReason
  withdrawnAt
  reliedOnCount
  lastReliedOnAt
  facility {
    id
    key
    name
  }
  history {
    ...LifeEventFields
  }
  access {
    can
    masked {
      field
      reason
    }
  }
}
fragment ConsentOutcomeFields on ConsentOutcome {
  __typename
  ... on ConsentSaved {
    consent {
      ...ConsentFields
    }
  }
  ... on ConsentChanged {
    seenVersion
    consent {
      ...ConsentFields
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}
fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}`) as unknown as TypedDocumentString<EndConsentMutation, EndConsentMutationVariables>;
export const AddRestrictionDocument = new TypedDocumentString(`
    mutation AddRestriction($input: AddRestrictionInput!) {
  addRestriction(input: $input) {
    ...RestrictionOutcomeFields
  }
}
    fragment ConsentPartyFields on ConsentParty {
  kind
  name
}
fragment LifeEventFields on LifeEvent {
  at
  type
  version
  receivedAt
  note
  actor {
    ...MemberFields
  }
}
fragment RestrictionFields on Restriction {
  id
  patientId
  chartId
  version
  selfPay
  purposes
  recipients {
    ...ConsentPartyFields
  }
  words
  agreedAt
  liftedAt
  liftReason
  requestId
  facility {
    id
    key
    name
  }
  history {
    ...LifeEventFields
  }
  access {
    can
    masked {
      field
      reason
    }
  }
}
fragment RestrictionOutcomeFields on RestrictionOutcome {
  __typename
  ... on RestrictionSaved {
    restriction {
      ...RestrictionFields
    }
  }
  ... on RestrictionChanged {
    seenVersion
    restriction {
      ...RestrictionFields
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}
fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}`) as unknown as TypedDocumentString<AddRestrictionMutation, AddRestrictionMutationVariables>;
export const LiftRestrictionDocument = new TypedDocumentString(`
    mutation LiftRestriction($input: LiftRestrictionInput!) {
  liftRestriction(input: $input) {
    ...RestrictionOutcomeFields
  }
}
    fragment ConsentPartyFields on ConsentParty {
  kind
  name
}
fragment LifeEventFields on LifeEvent {
  at
  type
  version
  receivedAt
  note
  actor {
    ...MemberFields
  }
}
fragment RestrictionFields on Restriction {
  id
  patientId
  chartId
  version
  selfPay
  purposes
  recipients {
    ...ConsentPartyFields
  }
  words
  agreedAt
  liftedAt
  liftReason
  requestId
  facility {
    id
    key
    name
  }
  history {
    ...LifeEventFields
  }
  access {
    can
    masked {
      field
      reason
    }
  }
}
fragment RestrictionOutcomeFields on RestrictionOutcome {
  __typename
  ... on RestrictionSaved {
    restriction {
      ...RestrictionFields
    }
  }
  ... on RestrictionChanged {
    seenVersion
    restriction {
      ...RestrictionFields
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}
fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}`) as unknown as TypedDocumentString<LiftRestrictionMutation, LiftRestrictionMutationVariables>;
export const MembershipsDocument = new TypedDocumentString(`
    query Memberships {
  memberships {
    ...MembershipFields
  }
  teams {
    id
    name
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment MembershipFields on Membership {
  id
  version
  member {
    ...MemberFields
  }
  roles
  facilities {
    id
    key
    name
  }
  teams {
    id
    name
  }
  disabledAt
}`) as unknown as TypedDocumentString<MembershipsQuery, MembershipsQueryVariables>;
export const LiveSessionsDocument = new TypedDocumentString(`
    query LiveSessions {
  liveSessions {
    id
    member {
      ...MemberFields
    }
    signedInAt
    lastUsedAt
    expiresAt
  }
}
    fragment MemberFields on Member {
  id
  displayName
}`) as unknown as TypedDocumentString<LiveSessionsQuery, LiveSessionsQueryVariables>;
export const LiveNodeDocument = new TypedDocumentString(`
    query LiveNode {
  liveNode {
    organisationId
    followers
    groups {
      chart
      operation
      classes
      members
      behind
    }
  }
}
    `) as unknown as TypedDocumentString<LiveNodeQuery, LiveNodeQueryVariables>;
export const ChangeMemberDocument = new TypedDocumentString(`
    mutation ChangeMember($input: ChangeMemberInput!) {
  changeMember(input: $input) {
    ...MemberOutcomeFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment MembershipFields on Membership {
  id
  version
  member {
    ...MemberFields
  }
  roles
  facilities {
    id
    key
    name
  }
  teams {
    id
    name
  }
  disabledAt
}
fragment MemberOutcomeFields on MemberOutcome {
  __typename
  ... on MemberSaved {
    membership {
      ...MembershipFields
    }
  }
  ... on MemberChanged {
    membership {
      ...MembershipFields
    }
    seenVersion
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}`) as unknown as TypedDocumentString<ChangeMemberMutation, ChangeMemberMutationVariables>;
export const DisableMemberDocument = new TypedDocumentString(`
    mutation DisableMember($input: MemberCommandInput!) {
  disableMember(input: $input) {
    ...MemberOutcomeFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment MembershipFields on Membership {
  id
  version
  member {
    ...MemberFields
  }
  roles
  facilities {
    id
    key
    name
  }
  teams {
    id
    name
  }
  disabledAt
}
fragment MemberOutcomeFields on MemberOutcome {
  __typename
  ... on MemberSaved {
    membership {
      ...MembershipFields
    }
  }
  ... on MemberChanged {
    membership {
      ...MembershipFields
    }
    seenVersion
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}`) as unknown as TypedDocumentString<DisableMemberMutation, DisableMemberMutationVariables>;
export const EnableMemberDocument = new TypedDocumentString(`
    mutation EnableMember($input: MemberCommandInput!) {
  enableMember(input: $input) {
    ...MemberOutcomeFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment MembershipFields on Membership {
  id
  version
  member {
    ...MemberFields
  }
  roles
  facilities {
    id
    key
    name
  }
  teams {
    id
    name
  }
  disabledAt
}
fragment MemberOutcomeFields on MemberOutcome {
  __typename
  ... on MemberSaved {
    membership {
      ...MembershipFields
    }
  }
  ... on MemberChanged {
    membership {
      ...MembershipFields
    }
    seenVersion
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}`) as unknown as TypedDocumentString<EnableMemberMutation, EnableMemberMutationVariables>;
export const EndSessionDocument = new TypedDocumentString(`
    mutation EndSession($input: EndSessionInput!) {
  endSession(input: $input) {
    sessionId
  }
}
    `) as unknown as TypedDocumentString<EndSessionMutation, EndSessionMutationVariables>;
export const DecideOnSuggestionDocument = new TypedDocumentString(`
    mutation DecideOnSuggestion($input: DecideOnSuggestionInput!) {
  decideOnSuggestion(input: $input) {
    __typename
    ... on SuggestionDecided {
      suggestion {
        ...SuggestionFields
      }
      replacement {
        ...SuggestionFields
      }
      edits {
        ...EditFields
      }
    }
    ... on SuggestionChanged {
      base {
        ...SuggestionStateFields
      }
      theirs {
        ...SuggestionFields
      }
      yours {
        decision
        code
        role
        poa
      }
    }
    ... on CommandInvalid {
      ...CommandInvalidFields
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment EvidenceSpanFields on EvidenceSpan {
  id
  documentId
  versionId
  start
  end
  page
  kind
}
fragment SuggestionStateFields on SuggestionState {
  id
  chartId
  version
  status
  origin
  system
  code
  title
  kind
  role
  rank
  poa
  poaProposed
  poaExempt
  modifiers
  units
  performedOn
  performer
  confidence
  reason
  replaces
  evidenceStale
  author {
    ...MemberFields
  }
  decidedBy {
    ...MemberFields
  }
  decidedAt
  decisionReason
  evidence {
    ...EvidenceSpanFields
  }
}
fragment EditFields on Edit {
  key
  ruleId
  severity
  message
  source
  overridable
  suggestionIds
  override {
    by {
      ...MemberFields
    }
    at
    reason
  }
}
fragment SuggestionFields on Suggestion {
  id
  chartId
  version
  status
  origin
  system
  code
  title
  kind
  role
  rank
  poa
  poaProposed
  poaExempt
  modifiers
  units
  performedOn
  performer
  confidence
  reason
  replaces
  evidenceStale
  author {
    ...MemberFields
  }
  decidedBy {
    ...MemberFields
  }
  decidedAt
  decisionReason
  evidence {
    id
    documentId
    versionId
    start
    end
    page
    kind
  }
}`) as unknown as TypedDocumentString<DecideOnSuggestionMutation, DecideOnSuggestionMutationVariables>;
export const AddSuggestionDocument = new TypedDocumentString(`
    mutation AddSuggestion($input: AddSuggestionInput!) {
  addSuggestion(input: $input) {
    __typename
    ... on SuggestionAdded {
      suggestion {
        ...SuggestionFields
      }
      edits {
        ...EditFields
      }
    }
    ... on CommandInvalid {
      ...CommandInvalidFields
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment EditFields on Edit {
  key
  ruleId
  severity
  message
  source
  overridable
  suggestionIds
  override {
    by {
      ...MemberFields
    }
    at
    reason
  }
}
fragment SuggestionFields on Suggestion {
  id
  chartId
  version
  status
  origin
  system
  code
  title
  kind
  role
  rank
  poa
  poaProposed
  poaExempt
  modifiers
  units
  performedOn
  performer
  confidence
  reason
  replaces
  evidenceStale
  author {
    ...MemberFields
  }
  decidedBy {
    ...MemberFields
  }
  decidedAt
  decisionReason
  evidence {
    id
    documentId
    versionId
    start
    end
    page
    kind
  }
}`) as unknown as TypedDocumentString<AddSuggestionMutation, AddSuggestionMutationVariables>;
export const ReorderSuggestionsDocument = new TypedDocumentString(`
    mutation ReorderSuggestions($input: ReorderSuggestionsInput!) {
  reorderSuggestions(input: $input) {
    __typename
    ... on OrderSaved {
      order {
        ...CodeOrderFields
      }
      edits {
        ...EditFields
      }
    }
    ... on OrderChanged {
      base {
        ...CodeOrderFields
      }
      theirs {
        ...CodeOrderFields
      }
      yours
    }
    ... on CommandInvalid {
      ...CommandInvalidFields
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment CodeOrderFields on CodeOrder {
  version
  principalId
  suggestionIds
}
fragment EditFields on Edit {
  key
  ruleId
  severity
  message
  source
  overridable
  suggestionIds
  override {
    by {
      ...MemberFields
    }
    at
    reason
  }
}`) as unknown as TypedDocumentString<ReorderSuggestionsMutation, ReorderSuggestionsMutationVariables>;
export const SetAbstractDocument = new TypedDocumentString(`
    mutation SetAbstract($input: SetAbstractInput!) {
  setAbstract(input: $input) {
    __typename
    ... on ChartSaved {
      chart {
        id
        abstractVersions {
          field
          version
        }
      }
    }
    ... on AbstractChanged {
      field
      base
      theirs
      theirVersion
      yours
    }
    ... on CommandInvalid {
      ...CommandInvalidFields
    }
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}`) as unknown as TypedDocumentString<SetAbstractMutation, SetAbstractMutationVariables>;
export const UndoDocument = new TypedDocumentString(`
    mutation Undo($input: UndoInput!) {
  undo(input: $input) {
    __typename
    ... on Undone {
      suggestion {
        ...SuggestionFields
      }
    }
    ... on UndoRefused {
      problem {
        ...ProblemFields
      }
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment SuggestionFields on Suggestion {
  id
  chartId
  version
  status
  origin
  system
  code
  title
  kind
  role
  rank
  poa
  poaProposed
  poaExempt
  modifiers
  units
  performedOn
  performer
  confidence
  reason
  replaces
  evidenceStale
  author {
    ...MemberFields
  }
  decidedBy {
    ...MemberFields
  }
  decidedAt
  decisionReason
  evidence {
    id
    documentId
    versionId
    start
    end
    page
    kind
  }
}`) as unknown as TypedDocumentString<UndoMutation, UndoMutationVariables>;
export const OverrideEditDocument = new TypedDocumentString(`
    mutation OverrideEdit($input: OverrideEditInput!) {
  overrideEdit(input: $input) {
    __typename
    ... on EditOverridden {
      editKey
      edits {
        ...EditFields
      }
    }
    ... on CommandInvalid {
      ...CommandInvalidFields
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment EditFields on Edit {
  key
  ruleId
  severity
  message
  source
  overridable
  suggestionIds
  override {
    by {
      ...MemberFields
    }
    at
    reason
  }
}`) as unknown as TypedDocumentString<OverrideEditMutation, OverrideEditMutationVariables>;
export const AddCommentDocument = new TypedDocumentString(`
    mutation AddComment($input: AddCommentInput!) {
  addComment(input: $input) {
    ...CommentOutcomeFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment CommentFields on Comment {
  id
  suggestionId
  parentId
  version
  body
  mentions {
    ...MemberFields
  }
  author {
    ...MemberFields
  }
  createdAt
  resolvedAt
  resolvedBy {
    ...MemberFields
  }
}
fragment CommentOutcomeFields on CommentOutcome {
  __typename
  ... on CommentSaved {
    comment {
      ...CommentFields
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<AddCommentMutation, AddCommentMutationVariables>;
export const ResolveCommentDocument = new TypedDocumentString(`
    mutation ResolveComment($input: ResolveCommentInput!) {
  resolveComment(input: $input) {
    ...CommentOutcomeFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment CommentFields on Comment {
  id
  suggestionId
  parentId
  version
  body
  mentions {
    ...MemberFields
  }
  author {
    ...MemberFields
  }
  createdAt
  resolvedAt
  resolvedBy {
    ...MemberFields
  }
}
fragment CommentOutcomeFields on CommentOutcome {
  __typename
  ... on CommentSaved {
    comment {
      ...CommentFields
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<ResolveCommentMutation, ResolveCommentMutationVariables>;
export const ClaimChartDocument = new TypedDocumentString(`
    mutation ClaimChart($input: ChartCommandInput!) {
  claimChart(input: $input) {
    ...ChartOutcomeFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment ChartOutcomeFields on ChartOutcome {
  __typename
  ... on ChartSaved {
    chart {
      id
      status
    }
  }
  ... on AlreadyDone {
    chart {
      id
      status
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<ClaimChartMutation, ClaimChartMutationVariables>;
export const ReleaseChartDocument = new TypedDocumentString(`
    mutation ReleaseChart($input: ChartCommandInput!) {
  releaseChart(input: $input) {
    ...ChartOutcomeFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment ChartOutcomeFields on ChartOutcome {
  __typename
  ... on ChartSaved {
    chart {
      id
      status
    }
  }
  ... on AlreadyDone {
    chart {
      id
      status
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<ReleaseChartMutation, ReleaseChartMutationVariables>;
export const PendChartDocument = new TypedDocumentString(`
    mutation PendChart($input: PendChartInput!) {
  pendChart(input: $input) {
    ...ChartOutcomeFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment ChartOutcomeFields on ChartOutcome {
  __typename
  ... on ChartSaved {
    chart {
      id
      status
    }
  }
  ... on AlreadyDone {
    chart {
      id
      status
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<PendChartMutation, PendChartMutationVariables>;
export const UnpendChartDocument = new TypedDocumentString(`
    mutation UnpendChart($input: UnpendChartInput!) {
  unpendChart(input: $input) {
    ...ChartOutcomeFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment ChartOutcomeFields on ChartOutcome {
  __typename
  ... on ChartSaved {
    chart {
      id
      status
    }
  }
  ... on AlreadyDone {
    chart {
      id
      status
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<UnpendChartMutation, UnpendChartMutationVariables>;
export const SubmitChartDocument = new TypedDocumentString(`
    mutation SubmitChart($input: SubmitChartInput!) {
  submitChart(input: $input) {
    __typename
    ... on ChartSubmitted {
      submission {
        ...SubmissionFields
      }
      chart {
        id
        status
      }
    }
    ... on ChartChanged {
      cursor
      lines {
        suggestionId
        status
        code
      }
      abstractFields
      documentIds
    }
    ... on SubmissionBlocked {
      edits {
        ...EditFields
      }
      problems {
        ...ProblemFields
      }
    }
    ... on CommandInvalid {
      ...CommandInvalidFields
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment EditFields on Edit {
  key
  ruleId
  severity
  message
  source
  overridable
  suggestionIds
  override {
    by {
      ...MemberFields
    }
    at
    reason
  }
}
fragment SubmissionFields on Submission {
  id
  number
  submittedBy {
    ...MemberFields
  }
  submittedAt
  warningCount
  snapshotSha256
  codes {
    suggestionId
    system
    code
    title
    role
    rank
    poa
  }
}`) as unknown as TypedDocumentString<SubmitChartMutation, SubmitChartMutationVariables>;
export const ReturnChartDocument = new TypedDocumentString(`
    mutation ReturnChart($input: ReturnChartInput!) {
  returnChart(input: $input) {
    ...ChartOutcomeFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment ChartOutcomeFields on ChartOutcome {
  __typename
  ... on ChartSaved {
    chart {
      id
      status
    }
  }
  ... on AlreadyDone {
    chart {
      id
      status
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<ReturnChartMutation, ReturnChartMutationVariables>;
export const ReopenChartDocument = new TypedDocumentString(`
    mutation ReopenChart($input: ReopenChartInput!) {
  reopenChart(input: $input) {
    ...ChartOutcomeFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment ChartOutcomeFields on ChartOutcome {
  __typename
  ... on ChartSaved {
    chart {
      id
      status
    }
  }
  ... on AlreadyDone {
    chart {
      id
      status
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<ReopenChartMutation, ReopenChartMutationVariables>;
export const ExportChartDocument = new TypedDocumentString(`
    mutation ExportChart($input: ExportChartInput!) {
  exportChart(input: $input) {
    __typename
    ... on ChartExported {
      export {
        ...ExportFields
      }
      warnings {
        ...ProblemFields
      }
    }
    ... on CommandInvalid {
      ...CommandInvalidFields
    }
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment ExportFields on Export {
  id
  submissionId
  format
  sha256
  content
  at
}`) as unknown as TypedDocumentString<ExportChartMutation, ExportChartMutationVariables>;
export const RunEngineDocument = new TypedDocumentString(`
    mutation RunEngine($input: ChartCommandInput!) {
  runEngine(input: $input) {
    ...ChartOutcomeFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment ChartOutcomeFields on ChartOutcome {
  __typename
  ... on ChartSaved {
    chart {
      id
      status
    }
  }
  ... on AlreadyDone {
    chart {
      id
      status
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<RunEngineMutation, RunEngineMutationVariables>;
export const OpenSecondLookDocument = new TypedDocumentString(`
    mutation OpenSecondLook($input: ChartCommandInput!) {
  openSecondLook(input: $input) {
    ...ChartOutcomeFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment ChartOutcomeFields on ChartOutcome {
  __typename
  ... on ChartSaved {
    chart {
      id
      status
    }
  }
  ... on AlreadyDone {
    chart {
      id
      status
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<OpenSecondLookMutation, OpenSecondLookMutationVariables>;
export const OpenAuditDocument = new TypedDocumentString(`
    mutation OpenAudit($input: OpenAuditInput!) {
  openAudit(input: $input) {
    __typename
    ... on AuditOpened {
      audit {
        ...AuditFields
      }
    }
    ... on CommandInvalid {
      ...CommandInvalidFields
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment FindingFields on Finding {
  id
  auditId
  suggestionId
  proposedSuggestionId
  element
  kind
  guideline
  explanation
  recordedBy {
    ...MemberFields
  }
  recordedAt
}
fragment AuditFields on Audit {
  id
  submissionId
  reason
  auditor {
    ...MemberFields
  }
  openedAt
  closedAt
  findings {
    ...FindingFields
  }
}`) as unknown as TypedDocumentString<OpenAuditMutation, OpenAuditMutationVariables>;
export const RecordFindingDocument = new TypedDocumentString(`
    mutation RecordFinding($input: RecordFindingInput!) {
  recordFinding(input: $input) {
    __typename
    ... on FindingRecorded {
      finding {
        ...FindingFields
      }
    }
    ... on CommandInvalid {
      ...CommandInvalidFields
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment FindingFields on Finding {
  id
  auditId
  suggestionId
  proposedSuggestionId
  element
  kind
  guideline
  explanation
  recordedBy {
    ...MemberFields
  }
  recordedAt
}`) as unknown as TypedDocumentString<RecordFindingMutation, RecordFindingMutationVariables>;
export const ResolveIdentityDocument = new TypedDocumentString(`
    mutation ResolveIdentity($input: ResolveIdentityInput!) {
  resolveIdentity(input: $input) {
    ...ChartOutcomeFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment ChartOutcomeFields on ChartOutcome {
  __typename
  ... on ChartSaved {
    chart {
      id
      status
    }
  }
  ... on AlreadyDone {
    chart {
      id
      status
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<ResolveIdentityMutation, ResolveIdentityMutationVariables>;
export const CreateUploadDocument = new TypedDocumentString(`
    mutation CreateUpload($input: CreateUploadInput!) {
  createUpload(input: $input) {
    uploadId
    url
    expiresAt
    maxBytes
  }
}
    `) as unknown as TypedDocumentString<CreateUploadMutation, CreateUploadMutationVariables>;
export const ImportChartDocument = new TypedDocumentString(`
    mutation ImportChart($input: ImportChartInput!) {
  importChart(input: $input) {
    ...ChartOutcomeFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment ChartOutcomeFields on ChartOutcome {
  __typename
  ... on ChartSaved {
    chart {
      id
      status
    }
  }
  ... on AlreadyDone {
    chart {
      id
      status
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<ImportChartMutation, ImportChartMutationVariables>;
export const AddDocumentDocument = new TypedDocumentString(`
    mutation AddDocument($input: AddDocumentInput!) {
  addDocument(input: $input) {
    ...DocumentOutcomeFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment DocumentOutcomeFields on DocumentOutcome {
  __typename
  ... on DocumentSaved {
    document {
      id
      version {
        id
        number
        signed
      }
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<AddDocumentMutation, AddDocumentMutationVariables>;
export const AmendDocumentDocument = new TypedDocumentString(`
    mutation AmendDocument($input: AmendDocumentInput!) {
  amendDocument(input: $input) {
    ...DocumentOutcomeFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment DocumentOutcomeFields on DocumentOutcome {
  __typename
  ... on DocumentSaved {
    document {
      id
      version {
        id
        number
        signed
      }
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<AmendDocumentMutation, AmendDocumentMutationVariables>;
export const SignDocumentDocument = new TypedDocumentString(`
    mutation SignDocument($input: SignDocumentInput!) {
  signDocument(input: $input) {
    ...DocumentOutcomeFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment DocumentOutcomeFields on DocumentOutcome {
  __typename
  ... on DocumentSaved {
    document {
      id
      version {
        id
        number
        signed
      }
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<SignDocumentMutation, SignDocumentMutationVariables>;
export const WithdrawDocumentDocument = new TypedDocumentString(`
    mutation WithdrawDocument($input: WithdrawDocumentInput!) {
  withdrawDocument(input: $input) {
    ...DocumentOutcomeFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment DocumentOutcomeFields on DocumentOutcome {
  __typename
  ... on DocumentSaved {
    document {
      id
      version {
        id
        number
        signed
      }
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<WithdrawDocumentMutation, WithdrawDocumentMutationVariables>;
export const LabelDocumentDocument = new TypedDocumentString(`
    mutation LabelDocument($input: LabelDocumentInput!) {
  labelDocument(input: $input) {
    ...DocumentOutcomeFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment DocumentOutcomeFields on DocumentOutcome {
  __typename
  ... on DocumentSaved {
    document {
      id
      version {
        id
        number
        signed
      }
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<LabelDocumentMutation, LabelDocumentMutationVariables>;
export const FocusDocument = new TypedDocumentString(`
    mutation Focus($input: FocusInput!) {
  focus(input: $input)
}
    `) as unknown as TypedDocumentString<FocusMutation, FocusMutationVariables>;
export const RenewSessionDocument = new TypedDocumentString(`
    mutation RenewSession($input: RenewSessionInput!) {
  renewSession(input: $input)
}
    `) as unknown as TypedDocumentString<RenewSessionMutation, RenewSessionMutationVariables>;
export const AssignChartDocument = new TypedDocumentString(`
    mutation AssignChart($input: AssignChartInput!) {
  assignChart(input: $input) {
    ...ChartOutcomeFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment ChartOutcomeFields on ChartOutcome {
  __typename
  ... on ChartSaved {
    chart {
      id
      status
    }
  }
  ... on AlreadyDone {
    chart {
      id
      status
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<AssignChartMutation, AssignChartMutationVariables>;
export const UnassignChartDocument = new TypedDocumentString(`
    mutation UnassignChart($input: AssignChartInput!) {
  unassignChart(input: $input) {
    ...ChartOutcomeFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment ChartOutcomeFields on ChartOutcome {
  __typename
  ... on ChartSaved {
    chart {
      id
      status
    }
  }
  ... on AlreadyDone {
    chart {
      id
      status
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<UnassignChartMutation, UnassignChartMutationVariables>;
export const AskForHelpDocument = new TypedDocumentString(`
    mutation AskForHelp($input: AskForHelpInput!) {
  askForHelp(input: $input) {
    ...ChartOutcomeFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment ChartOutcomeFields on ChartOutcome {
  __typename
  ... on ChartSaved {
    chart {
      id
      status
    }
  }
  ... on AlreadyDone {
    chart {
      id
      status
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<AskForHelpMutation, AskForHelpMutationVariables>;
export const RequestOwnGrantDocument = new TypedDocumentString(`
    mutation RequestOwnGrant($input: RequestOwnGrantInput!) {
  requestOwnGrant(input: $input) {
    ...ApprovalOutcomeFields
  }
}
    fragment ApprovalOutcomeFields on ApprovalOutcome {
  __typename
  ... on ApprovalSaved {
    approval {
      ...ApprovalFields
    }
  }
  ... on ApprovalDecided {
    approval {
      ...ApprovalFields
    }
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}
fragment ApprovalFields on Approval {
  id
  kind
  subjectId
  summary
  requestedBy {
    id
    displayName
  }
  requestedAt
  state
  decidedBy {
    id
    displayName
  }
  decidedAt
  declineReason
  mayDecide
}`) as unknown as TypedDocumentString<RequestOwnGrantMutation, RequestOwnGrantMutationVariables>;
export const ApproveDocument = new TypedDocumentString(`
    mutation Approve($input: ApproveInput!) {
  approve(input: $input) {
    ...ApprovalOutcomeFields
  }
}
    fragment ApprovalOutcomeFields on ApprovalOutcome {
  __typename
  ... on ApprovalSaved {
    approval {
      ...ApprovalFields
    }
  }
  ... on ApprovalDecided {
    approval {
      ...ApprovalFields
    }
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}
fragment ApprovalFields on Approval {
  id
  kind
  subjectId
  summary
  requestedBy {
    id
    displayName
  }
  requestedAt
  state
  decidedBy {
    id
    displayName
  }
  decidedAt
  declineReason
  mayDecide
}`) as unknown as TypedDocumentString<ApproveMutation, ApproveMutationVariables>;
export const DeclineDocument = new TypedDocumentString(`
    mutation Decline($input: DeclineInput!) {
  decline(input: $input) {
    ...ApprovalOutcomeFields
  }
}
    fragment ApprovalOutcomeFields on ApprovalOutcome {
  __typename
  ... on ApprovalSaved {
    approval {
      ...ApprovalFields
    }
  }
  ... on ApprovalDecided {
    approval {
      ...ApprovalFields
    }
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}
fragment ApprovalFields on Approval {
  id
  kind
  subjectId
  summary
  requestedBy {
    id
    displayName
  }
  requestedAt
  state
  decidedBy {
    id
    displayName
  }
  decidedAt
  declineReason
  mayDecide
}`) as unknown as TypedDocumentString<DeclineMutation, DeclineMutationVariables>;
export const RegisterVendorAgreementDocument = new TypedDocumentString(`
    mutation RegisterVendorAgreement($input: RegisterVendorAgreementInput!) {
  registerVendorAgreement(input: $input) {
    ...VendorAgreementOutcomeFields
  }
}
    fragment VendorAgreementFields on VendorAgreement {
  id
  vendorName
  facilities {
    id
    name
  }
  purposes
  scopes
  effectiveFrom
  effectiveUntil
  endedAt
  approvedAt
}
fragment VendorAgreementOutcomeFields on VendorAgreementOutcome {
  __typename
  ... on VendorAgreementSaved {
    agreement {
      ...VendorAgreementFields
    }
    approvalId
  }
  ... on CommandInvalid {
    problems {
      code
      field
      message
    }
  }
}`) as unknown as TypedDocumentString<RegisterVendorAgreementMutation, RegisterVendorAgreementMutationVariables>;
export const EndVendorAgreementDocument = new TypedDocumentString(`
    mutation EndVendorAgreement($input: EndVendorAgreementInput!) {
  endVendorAgreement(input: $input) {
    ...VendorAgreementOutcomeFields
  }
}
    fragment VendorAgreementFields on VendorAgreement {
  id
  vendorName
  facilities {
    id
    name
  }
  purposes
  scopes
  effectiveFrom
  effectiveUntil
  endedAt
  approvedAt
}
fragment VendorAgreementOutcomeFields on VendorAgreementOutcome {
  __typename
  ... on VendorAgreementSaved {
    agreement {
      ...VendorAgreementFields
    }
    approvalId
  }
  ... on CommandInvalid {
    problems {
      code
      field
      message
    }
  }
}`) as unknown as TypedDocumentString<EndVendorAgreementMutation, EndVendorAgreementMutationVariables>;
export const RegisterClientDocument = new TypedDocumentString(`
    mutation RegisterClient($input: RegisterClientInput!) {
  registerClient(input: $input) {
    ...ClientOutcomeFields
  }
}
    fragment ClientFields on Client {
  id
  clientId
  name
  agreement {
    id
    vendorName
  }
  purpose
  scopes
  previousSecretUntil
  suspendedAt
  approvedAt
  operationHashes
  costPerMinute
  networks
  redirectUris
}
fragment ClientOutcomeFields on ClientOutcome {
  __typename
  ... on ClientSaved {
    client {
      ...ClientFields
    }
    secret
    approvalId
  }
  ... on CommandInvalid {
    problems {
      code
      field
      message
    }
  }
}`) as unknown as TypedDocumentString<RegisterClientMutation, RegisterClientMutationVariables>;
export const ChangeClientDocument = new TypedDocumentString(`
    mutation ChangeClient($input: ChangeClientInput!) {
  changeClient(input: $input) {
    ...ClientOutcomeFields
  }
}
    fragment ClientFields on Client {
  id
  clientId
  name
  agreement {
    id
    vendorName
  }
  purpose
  scopes
  previousSecretUntil
  suspendedAt
  approvedAt
  operationHashes
  costPerMinute
  networks
  redirectUris
}
fragment ClientOutcomeFields on ClientOutcome {
  __typename
  ... on ClientSaved {
    client {
      ...ClientFields
    }
    secret
    approvalId
  }
  ... on CommandInvalid {
    problems {
      code
      field
      message
    }
  }
}`) as unknown as TypedDocumentString<ChangeClientMutation, ChangeClientMutationVariables>;
export const RotateClientSecretDocument = new TypedDocumentString(`
    mutation RotateClientSecret($input: ClientCommandInput!) {
  rotateClientSecret(input: $input) {
    ...ClientOutcomeFields
  }
}
    fragment ClientFields on Client {
  id
  clientId
  name
  agreement {
    id
    vendorName
  }
  purpose
  scopes
  previousSecretUntil
  suspendedAt
  approvedAt
  operationHashes
  costPerMinute
  networks
  redirectUris
}
fragment ClientOutcomeFields on ClientOutcome {
  __typename
  ... on ClientSaved {
    client {
      ...ClientFields
    }
    secret
    approvalId
  }
  ... on CommandInvalid {
    problems {
      code
      field
      message
    }
  }
}`) as unknown as TypedDocumentString<RotateClientSecretMutation, RotateClientSecretMutationVariables>;
export const SuspendClientDocument = new TypedDocumentString(`
    mutation SuspendClient($input: ClientCommandInput!) {
  suspendClient(input: $input) {
    ...ClientOutcomeFields
  }
}
    fragment ClientFields on Client {
  id
  clientId
  name
  agreement {
    id
    vendorName
  }
  purpose
  scopes
  previousSecretUntil
  suspendedAt
  approvedAt
  operationHashes
  costPerMinute
  networks
  redirectUris
}
fragment ClientOutcomeFields on ClientOutcome {
  __typename
  ... on ClientSaved {
    client {
      ...ClientFields
    }
    secret
    approvalId
  }
  ... on CommandInvalid {
    problems {
      code
      field
      message
    }
  }
}`) as unknown as TypedDocumentString<SuspendClientMutation, SuspendClientMutationVariables>;
export const ResumeClientDocument = new TypedDocumentString(`
    mutation ResumeClient($input: ClientCommandInput!) {
  resumeClient(input: $input) {
    ...ClientOutcomeFields
  }
}
    fragment ClientFields on Client {
  id
  clientId
  name
  agreement {
    id
    vendorName
  }
  purpose
  scopes
  previousSecretUntil
  suspendedAt
  approvedAt
  operationHashes
  costPerMinute
  networks
  redirectUris
}
fragment ClientOutcomeFields on ClientOutcome {
  __typename
  ... on ClientSaved {
    client {
      ...ClientFields
    }
    secret
    approvalId
  }
  ... on CommandInvalid {
    problems {
      code
      field
      message
    }
  }
}`) as unknown as TypedDocumentString<ResumeClientMutation, ResumeClientMutationVariables>;
export const MyBlindPassDocument = new TypedDocumentString(`
    query MyBlindPass($id: ID!) {
  chart(id: $id) {
    id
    blindPass {
      ...BlindPassFields
    }
  }
}
    fragment BlindPassFields on BlindPass {
  id
  chartId
  openedAt
  lines {
    id
    system
    code
    title
    kind
    role
    poa
    evidence {
      id
      documentId
      versionId
      start
      end
      page
      kind
    }
  }
}`) as unknown as TypedDocumentString<MyBlindPassQuery, MyBlindPassQueryVariables>;
export const OpenBlindPassDocument = new TypedDocumentString(`
    mutation OpenBlindPass($input: ChartCommandInput!) {
  openBlindPass(input: $input) {
    ...BlindPassOutcomeFields
  }
}
    fragment BlindPassFields on BlindPass {
  id
  chartId
  openedAt
  lines {
    id
    system
    code
    title
    kind
    role
    poa
    evidence {
      id
      documentId
      versionId
      start
      end
      page
      kind
    }
  }
}
fragment BlindPassOutcomeFields on BlindPassOutcome {
  __typename
  ... on BlindPassSaved {
    pass {
      ...BlindPassFields
    }
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}`) as unknown as TypedDocumentString<OpenBlindPassMutation, OpenBlindPassMutationVariables>;
export const AddPassLineDocument = new TypedDocumentString(`
    mutation AddPassLine($input: AddPassLineInput!) {
  addPassLine(input: $input) {
    ...BlindPassOutcomeFields
  }
}
    fragment BlindPassFields on BlindPass {
  id
  chartId
  openedAt
  lines {
    id
    system
    code
    title
    kind
    role
    poa
    evidence {
      id
      documentId
      versionId
      start
      end
      page
      kind
    }
  }
}
fragment BlindPassOutcomeFields on BlindPassOutcome {
  __typename
  ... on BlindPassSaved {
    pass {
      ...BlindPassFields
    }
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}`) as unknown as TypedDocumentString<AddPassLineMutation, AddPassLineMutationVariables>;
export const RemovePassLineDocument = new TypedDocumentString(`
    mutation RemovePassLine($input: RemovePassLineInput!) {
  removePassLine(input: $input) {
    ...BlindPassOutcomeFields
  }
}
    fragment BlindPassFields on BlindPass {
  id
  chartId
  openedAt
  lines {
    id
    system
    code
    title
    kind
    role
    poa
    evidence {
      id
      documentId
      versionId
      start
      end
      page
      kind
    }
  }
}
fragment BlindPassOutcomeFields on BlindPassOutcome {
  __typename
  ... on BlindPassSaved {
    pass {
      ...BlindPassFields
    }
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}`) as unknown as TypedDocumentString<RemovePassLineMutation, RemovePassLineMutationVariables>;
export const RevealBlindPassDocument = new TypedDocumentString(`
    mutation RevealBlindPass($input: BlindPassInput!) {
  revealBlindPass(input: $input) {
    ...ChartOutcomeFields
  }
}
    fragment ProblemFields on Problem {
  code
  field
  message
}
fragment CommandInvalidFields on CommandInvalid {
  problems {
    ...ProblemFields
  }
}
fragment ChartOutcomeFields on ChartOutcome {
  __typename
  ... on ChartSaved {
    chart {
      id
      status
    }
  }
  ... on AlreadyDone {
    chart {
      id
      status
    }
  }
  ... on CommandInvalid {
    ...CommandInvalidFields
  }
}`) as unknown as TypedDocumentString<RevealBlindPassMutation, RevealBlindPassMutationVariables>;
export const AccessRecordsDocument = new TypedDocumentString(`
    query AccessRecords($filter: AccessRecordFilter! = {}, $first: Int! = 50, $after: String) {
  accessRecords(filter: $filter, first: $first, after: $after) {
    edges {
      cursor
      node {
        at
        member {
          ...MemberFields
        }
        facilities {
          id
          key
          name
        }
        action
        purpose
        outcome
        reasons
        classes
        breakGlass
        requests
        operationHash
        fhir
        subjects
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}`) as unknown as TypedDocumentString<AccessRecordsQuery, AccessRecordsQueryVariables>;
export const AccountingOfDisclosuresDocument = new TypedDocumentString(`
    query AccountingOfDisclosures($patient: PatientLookupInput!, $from: LocalDate!, $to: LocalDate!, $destroyed: Boolean! = false) {
  accountingOfDisclosures(
    patient: $patient
    from: $from
    to: $to
    destroyed: $destroyed
  ) {
    patientId
    from
    to
    preparedAt
    disclosures {
      at
      recipientName
      recipientAddress
      description
      purpose
      through
    }
    summary {
      first {
        ...AccountedDisclosureFields
      }
      count
      lastAt
    }
    part2UnderConsent {
      ...AccountedDisclosureFields
    }
    part2Intermediaries {
      ...AccountedDisclosureFields
    }
    exempt {
      exemption
      citation
      explanation
      count
    }
    json
    csv
  }
}
    fragment AccountedDisclosureFields on AccountedDisclosure {
  at
  recipientName
  recipientAddress
  description
  purpose
  through
}`) as unknown as TypedDocumentString<AccountingOfDisclosuresQuery, AccountingOfDisclosuresQueryVariables>;
export const SuspendAccountingDocument = new TypedDocumentString(`
    mutation SuspendAccounting($input: SuspendAccountingInput!) {
  suspendAccounting(input: $input) {
    __typename
    ... on AccountingSuspended {
      suspensionId
    }
    ... on CommandInvalid {
      problems {
        code
        message
        field
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SuspendAccountingMutation, SuspendAccountingMutationVariables>;
export const RecordDisclosureDocument = new TypedDocumentString(`
    mutation RecordDisclosure($input: RecordDisclosureInput!) {
  recordDisclosure(input: $input) {
    disclosureId
  }
}
    `) as unknown as TypedDocumentString<RecordDisclosureMutation, RecordDisclosureMutationVariables>;
export const FulfilPrivacyRequestDocument = new TypedDocumentString(`
    mutation FulfilPrivacyRequest($input: FulfilPrivacyRequestInput!) {
  fulfilPrivacyRequest(input: $input) {
    ...PrivacyRequestOutcomeFields
    ... on PrivacyRequestSaved {
      request {
        results {
          content
        }
      }
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment PrivacyRequestFields on PrivacyRequest {
  id
  version
  patientId
  facility {
    id
    key
    name
  }
  kind
  state
  requester
  receivedOn
  dueOn
  overdue
  extended
  paidInFull
  recordedBy {
    ...MemberFields
  }
  recordedAt
  assignee {
    ...MemberFields
  }
  decision
  denialReason
  decidedAt
  closeReason
  closedAt
  history {
    version
    type
    actor {
      ...MemberFields
    }
    at
    assignee {
      ...MemberFields
    }
    decision
    denialReason
    note
  }
  results {
    id
    type
    subjectId
    by {
      ...MemberFields
    }
    at
    sha256
  }
  can
  masked {
    field
    reason
  }
}
fragment PrivacyRequestOutcomeFields on PrivacyRequestOutcome {
  __typename
  ... on PrivacyRequestSaved {
    request {
      ...PrivacyRequestFields
    }
  }
  ... on PrivacyRequestChanged {
    seenVersion
    request {
      ...PrivacyRequestFields
    }
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}`) as unknown as TypedDocumentString<FulfilPrivacyRequestMutation, FulfilPrivacyRequestMutationVariables>;
export const PrivacyRequestsDocument = new TypedDocumentString(`
    query PrivacyRequests($first: Int! = 50, $openOnly: Boolean! = true) {
  privacyRequests(first: $first, openOnly: $openOnly) {
    ...PrivacyRequestFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment PrivacyRequestFields on PrivacyRequest {
  id
  version
  patientId
  facility {
    id
    key
    name
  }
  kind
  state
  requester
  receivedOn
  dueOn
  overdue
  extended
  paidInFull
  recordedBy {
    ...MemberFields
  }
  recordedAt
  assignee {
    ...MemberFields
  }
  decision
  denialReason
  decidedAt
  closeReason
  closedAt
  history {
    version
    type
    actor {
      ...MemberFields
    }
    at
    assignee {
      ...MemberFields
    }
    decision
    denialReason
    note
  }
  results {
    id
    type
    subjectId
    by {
      ...MemberFields
    }
    at
    sha256
  }
  can
  masked {
    field
    reason
  }
}`) as unknown as TypedDocumentString<PrivacyRequestsQuery, PrivacyRequestsQueryVariables>;
export const OpenPrivacyRequestDocument = new TypedDocumentString(`
    mutation OpenPrivacyRequest($input: OpenPrivacyRequestInput!) {
  openPrivacyRequest(input: $input) {
    ...PrivacyRequestOutcomeFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment PrivacyRequestFields on PrivacyRequest {
  id
  version
  patientId
  facility {
    id
    key
    name
  }
  kind
  state
  requester
  receivedOn
  dueOn
  overdue
  extended
  paidInFull
  recordedBy {
    ...MemberFields
  }
  recordedAt
  assignee {
    ...MemberFields
  }
  decision
  denialReason
  decidedAt
  closeReason
  closedAt
  history {
    version
    type
    actor {
      ...MemberFields
    }
    at
    assignee {
      ...MemberFields
    }
    decision
    denialReason
    note
  }
  results {
    id
    type
    subjectId
    by {
      ...MemberFields
    }
    at
    sha256
  }
  can
  masked {
    field
    reason
  }
}
fragment PrivacyRequestOutcomeFields on PrivacyRequestOutcome {
  __typename
  ... on PrivacyRequestSaved {
    request {
      ...PrivacyRequestFields
    }
  }
  ... on PrivacyRequestChanged {
    seenVersion
    request {
      ...PrivacyRequestFields
    }
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}`) as unknown as TypedDocumentString<OpenPrivacyRequestMutation, OpenPrivacyRequestMutationVariables>;
export const AssignPrivacyRequestDocument = new TypedDocumentString(`
    mutation AssignPrivacyRequest($input: AssignPrivacyRequestInput!) {
  assignPrivacyRequest(input: $input) {
    ...PrivacyRequestOutcomeFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment PrivacyRequestFields on PrivacyRequest {
  id
  version
  patientId
  facility {
    id
    key
    name
  }
  kind
  state
  requester
  receivedOn
  dueOn
  overdue
  extended
  paidInFull
  recordedBy {
    ...MemberFields
  }
  recordedAt
  assignee {
    ...MemberFields
  }
  decision
  denialReason
  decidedAt
  closeReason
  closedAt
  history {
    version
    type
    actor {
      ...MemberFields
    }
    at
    assignee {
      ...MemberFields
    }
    decision
    denialReason
    note
  }
  results {
    id
    type
    subjectId
    by {
      ...MemberFields
    }
    at
    sha256
  }
  can
  masked {
    field
    reason
  }
}
fragment PrivacyRequestOutcomeFields on PrivacyRequestOutcome {
  __typename
  ... on PrivacyRequestSaved {
    request {
      ...PrivacyRequestFields
    }
  }
  ... on PrivacyRequestChanged {
    seenVersion
    request {
      ...PrivacyRequestFields
    }
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}`) as unknown as TypedDocumentString<AssignPrivacyRequestMutation, AssignPrivacyRequestMutationVariables>;
export const ExtendPrivacyRequestDocument = new TypedDocumentString(`
    mutation ExtendPrivacyRequest($input: ExtendPrivacyRequestInput!) {
  extendPrivacyRequest(input: $input) {
    ...PrivacyRequestOutcomeFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment PrivacyRequestFields on PrivacyRequest {
  id
  version
  patientId
  facility {
    id
    key
    name
  }
  kind
  state
  requester
  receivedOn
  dueOn
  overdue
  extended
  paidInFull
  recordedBy {
    ...MemberFields
  }
  recordedAt
  assignee {
    ...MemberFields
  }
  decision
  denialReason
  decidedAt
  closeReason
  closedAt
  history {
    version
    type
    actor {
      ...MemberFields
    }
    at
    assignee {
      ...MemberFields
    }
    decision
    denialReason
    note
  }
  results {
    id
    type
    subjectId
    by {
      ...MemberFields
    }
    at
    sha256
  }
  can
  masked {
    field
    reason
  }
}
fragment PrivacyRequestOutcomeFields on PrivacyRequestOutcome {
  __typename
  ... on PrivacyRequestSaved {
    request {
      ...PrivacyRequestFields
    }
  }
  ... on PrivacyRequestChanged {
    seenVersion
    request {
      ...PrivacyRequestFields
    }
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}`) as unknown as TypedDocumentString<ExtendPrivacyRequestMutation, ExtendPrivacyRequestMutationVariables>;
export const DecidePrivacyRequestDocument = new TypedDocumentString(`
    mutation DecidePrivacyRequest($input: DecidePrivacyRequestInput!) {
  decidePrivacyRequest(input: $input) {
    ...PrivacyRequestOutcomeFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment PrivacyRequestFields on PrivacyRequest {
  id
  version
  patientId
  facility {
    id
    key
    name
  }
  kind
  state
  requester
  receivedOn
  dueOn
  overdue
  extended
  paidInFull
  recordedBy {
    ...MemberFields
  }
  recordedAt
  assignee {
    ...MemberFields
  }
  decision
  denialReason
  decidedAt
  closeReason
  closedAt
  history {
    version
    type
    actor {
      ...MemberFields
    }
    at
    assignee {
      ...MemberFields
    }
    decision
    denialReason
    note
  }
  results {
    id
    type
    subjectId
    by {
      ...MemberFields
    }
    at
    sha256
  }
  can
  masked {
    field
    reason
  }
}
fragment PrivacyRequestOutcomeFields on PrivacyRequestOutcome {
  __typename
  ... on PrivacyRequestSaved {
    request {
      ...PrivacyRequestFields
    }
  }
  ... on PrivacyRequestChanged {
    seenVersion
    request {
      ...PrivacyRequestFields
    }
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}`) as unknown as TypedDocumentString<DecidePrivacyRequestMutation, DecidePrivacyRequestMutationVariables>;
export const ContestPrivacyRequestDocument = new TypedDocumentString(`
    mutation ContestPrivacyRequest($input: ContestPrivacyRequestInput!) {
  contestPrivacyRequest(input: $input) {
    ...PrivacyRequestOutcomeFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment PrivacyRequestFields on PrivacyRequest {
  id
  version
  patientId
  facility {
    id
    key
    name
  }
  kind
  state
  requester
  receivedOn
  dueOn
  overdue
  extended
  paidInFull
  recordedBy {
    ...MemberFields
  }
  recordedAt
  assignee {
    ...MemberFields
  }
  decision
  denialReason
  decidedAt
  closeReason
  closedAt
  history {
    version
    type
    actor {
      ...MemberFields
    }
    at
    assignee {
      ...MemberFields
    }
    decision
    denialReason
    note
  }
  results {
    id
    type
    subjectId
    by {
      ...MemberFields
    }
    at
    sha256
  }
  can
  masked {
    field
    reason
  }
}
fragment PrivacyRequestOutcomeFields on PrivacyRequestOutcome {
  __typename
  ... on PrivacyRequestSaved {
    request {
      ...PrivacyRequestFields
    }
  }
  ... on PrivacyRequestChanged {
    seenVersion
    request {
      ...PrivacyRequestFields
    }
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}`) as unknown as TypedDocumentString<ContestPrivacyRequestMutation, ContestPrivacyRequestMutationVariables>;
export const ClosePrivacyRequestDocument = new TypedDocumentString(`
    mutation ClosePrivacyRequest($input: ClosePrivacyRequestInput!) {
  closePrivacyRequest(input: $input) {
    ...PrivacyRequestOutcomeFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment PrivacyRequestFields on PrivacyRequest {
  id
  version
  patientId
  facility {
    id
    key
    name
  }
  kind
  state
  requester
  receivedOn
  dueOn
  overdue
  extended
  paidInFull
  recordedBy {
    ...MemberFields
  }
  recordedAt
  assignee {
    ...MemberFields
  }
  decision
  denialReason
  decidedAt
  closeReason
  closedAt
  history {
    version
    type
    actor {
      ...MemberFields
    }
    at
    assignee {
      ...MemberFields
    }
    decision
    denialReason
    note
  }
  results {
    id
    type
    subjectId
    by {
      ...MemberFields
    }
    at
    sha256
  }
  can
  masked {
    field
    reason
  }
}
fragment PrivacyRequestOutcomeFields on PrivacyRequestOutcome {
  __typename
  ... on PrivacyRequestSaved {
    request {
      ...PrivacyRequestFields
    }
  }
  ... on PrivacyRequestChanged {
    seenVersion
    request {
      ...PrivacyRequestFields
    }
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}`) as unknown as TypedDocumentString<ClosePrivacyRequestMutation, ClosePrivacyRequestMutationVariables>;
export const QualityResultsDocument = new TypedDocumentString(`
    query QualityResults($first: Int! = 25, $after: String, $waitsFor: QualityWait) {
  qualityResults(first: $first, after: $after, waitsFor: $waitsFor) {
    edges {
      cursor
      node {
        ...ResultFields
        score {
          headline {
            name
            numerator
            denominator
          }
          overCoded
          underCoded
        }
        findings {
          id
          kind
          state
          dueAt
          can
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment ResultFields on QualityResult {
  id
  auditId
  chartId
  submissionNumber
  accountNumber
  facility {
    id
    key
    name
  }
  member {
    ...MemberFields
  }
  auditor {
    ...MemberFields
  }
  reason
  closedAt
  answersDueAt
  masked {
    field
    reason
  }
}`) as unknown as TypedDocumentString<QualityResultsQuery, QualityResultsQueryVariables>;
export const QualityResultDocument = new TypedDocumentString(`
    query QualityResult($id: ID!) {
  qualityResult(id: $id) {
    ...ResultFields
    score {
      ...ScoreFields
    }
    recordedScore {
      ...ScoreFields
    }
    findings {
      ...QualityFindingFields
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment ScoreFields on AuditScore {
  policy
  policyVersion
  headline {
    name
    numerator
    denominator
  }
  measures {
    name
    numerator
    denominator
  }
  overCoded
  underCoded
}
fragment QualityCodeFields on QualityCode {
  suggestionId
  system
  code
  title
  role
  poa
  evidence {
    id
    documentId
    versionId
    start
    end
    page
    kind
    quote
  }
}
fragment QualityFindingFields on QualityFinding {
  id
  auditId
  version
  element
  kind
  state
  guideline
  explanation
  dueAt
  history {
    type
    reason
    comment
    by {
      ...MemberFields
    }
    at
    dueAt
  }
  submitted {
    ...QualityCodeFields
  }
  proposed {
    ...QualityCodeFields
  }
  can
}
fragment ResultFields on QualityResult {
  id
  auditId
  chartId
  submissionNumber
  accountNumber
  facility {
    id
    key
    name
  }
  member {
    ...MemberFields
  }
  auditor {
    ...MemberFields
  }
  reason
  closedAt
  answersDueAt
  masked {
    field
    reason
  }
}`) as unknown as TypedDocumentString<QualityResultQuery, QualityResultQueryVariables>;
export const CloseAuditDocument = new TypedDocumentString(`
    mutation CloseAudit($input: CloseAuditInput!) {
  closeAudit(input: $input) {
    __typename
    ... on AuditClosed {
      audit {
        id
        closedAt
        version
        answersDueAt
        score {
          ...ScoreFields
        }
      }
    }
    ... on AuditChanged {
      audit {
        id
        version
      }
      seenVersion
    }
    ... on CommandInvalid {
      problems {
        code
        message
        field
      }
    }
  }
}
    fragment ScoreFields on AuditScore {
  policy
  policyVersion
  headline {
    name
    numerator
    denominator
  }
  measures {
    name
    numerator
    denominator
  }
  overCoded
  underCoded
}`) as unknown as TypedDocumentString<CloseAuditMutation, CloseAuditMutationVariables>;
export const AcknowledgeFindingDocument = new TypedDocumentString(`
    mutation AcknowledgeFinding($input: FindingCommandInput!) {
  acknowledgeFinding(input: $input) {
    __typename
    ... on FindingSaved {
      finding {
        ...QualityFindingFields
      }
    }
    ... on FindingChanged {
      finding {
        ...QualityFindingFields
      }
      seenVersion
    }
    ... on CommandInvalid {
      problems {
        code
        message
        field
      }
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment QualityCodeFields on QualityCode {
  suggestionId
  system
  code
  title
  role
  poa
  evidence {
    id
    documentId
    versionId
    start
    end
    page
    kind
    quote
  }
}
fragment QualityFindingFields on QualityFinding {
  id
  auditId
  version
  element
  kind
  state
  guideline
  explanation
  dueAt
  history {
    type
    reason
    comment
    by {
      ...MemberFields
    }
    at
    dueAt
  }
  submitted {
    ...QualityCodeFields
  }
  proposed {
    ...QualityCodeFields
  }
  can
}`) as unknown as TypedDocumentString<AcknowledgeFindingMutation, AcknowledgeFindingMutationVariables>;
export const DisputeFindingDocument = new TypedDocumentString(`
    mutation DisputeFinding($input: DisputeFindingInput!) {
  disputeFinding(input: $input) {
    __typename
    ... on FindingSaved {
      finding {
        ...QualityFindingFields
      }
    }
    ... on FindingChanged {
      finding {
        ...QualityFindingFields
      }
      seenVersion
    }
    ... on CommandInvalid {
      problems {
        code
        message
        field
      }
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment QualityCodeFields on QualityCode {
  suggestionId
  system
  code
  title
  role
  poa
  evidence {
    id
    documentId
    versionId
    start
    end
    page
    kind
    quote
  }
}
fragment QualityFindingFields on QualityFinding {
  id
  auditId
  version
  element
  kind
  state
  guideline
  explanation
  dueAt
  history {
    type
    reason
    comment
    by {
      ...MemberFields
    }
    at
    dueAt
  }
  submitted {
    ...QualityCodeFields
  }
  proposed {
    ...QualityCodeFields
  }
  can
}`) as unknown as TypedDocumentString<DisputeFindingMutation, DisputeFindingMutationVariables>;
export const EscalateFindingDocument = new TypedDocumentString(`
    mutation EscalateFinding($input: EscalateFindingInput!) {
  escalateFinding(input: $input) {
    __typename
    ... on FindingSaved {
      finding {
        ...QualityFindingFields
      }
    }
    ... on FindingChanged {
      finding {
        ...QualityFindingFields
      }
      seenVersion
    }
    ... on CommandInvalid {
      problems {
        code
        message
        field
      }
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment QualityCodeFields on QualityCode {
  suggestionId
  system
  code
  title
  role
  poa
  evidence {
    id
    documentId
    versionId
    start
    end
    page
    kind
    quote
  }
}
fragment QualityFindingFields on QualityFinding {
  id
  auditId
  version
  element
  kind
  state
  guideline
  explanation
  dueAt
  history {
    type
    reason
    comment
    by {
      ...MemberFields
    }
    at
    dueAt
  }
  submitted {
    ...QualityCodeFields
  }
  proposed {
    ...QualityCodeFields
  }
  can
}`) as unknown as TypedDocumentString<EscalateFindingMutation, EscalateFindingMutationVariables>;
export const AnswerDisputeDocument = new TypedDocumentString(`
    mutation AnswerDispute($input: AnswerDisputeInput!) {
  answerDispute(input: $input) {
    __typename
    ... on FindingSaved {
      finding {
        ...QualityFindingFields
      }
    }
    ... on FindingChanged {
      finding {
        ...QualityFindingFields
      }
      seenVersion
    }
    ... on CommandInvalid {
      problems {
        code
        message
        field
      }
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment QualityCodeFields on QualityCode {
  suggestionId
  system
  code
  title
  role
  poa
  evidence {
    id
    documentId
    versionId
    start
    end
    page
    kind
    quote
  }
}
fragment QualityFindingFields on QualityFinding {
  id
  auditId
  version
  element
  kind
  state
  guideline
  explanation
  dueAt
  history {
    type
    reason
    comment
    by {
      ...MemberFields
    }
    at
    dueAt
  }
  submitted {
    ...QualityCodeFields
  }
  proposed {
    ...QualityCodeFields
  }
  can
}`) as unknown as TypedDocumentString<AnswerDisputeMutation, AnswerDisputeMutationVariables>;
export const DecideDisputeDocument = new TypedDocumentString(`
    mutation DecideDispute($input: DecideDisputeInput!) {
  decideDispute(input: $input) {
    __typename
    ... on FindingSaved {
      finding {
        ...QualityFindingFields
      }
    }
    ... on FindingChanged {
      finding {
        ...QualityFindingFields
      }
      seenVersion
    }
    ... on CommandInvalid {
      problems {
        code
        message
        field
      }
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment QualityCodeFields on QualityCode {
  suggestionId
  system
  code
  title
  role
  poa
  evidence {
    id
    documentId
    versionId
    start
    end
    page
    kind
    quote
  }
}
fragment QualityFindingFields on QualityFinding {
  id
  auditId
  version
  element
  kind
  state
  guideline
  explanation
  dueAt
  history {
    type
    reason
    comment
    by {
      ...MemberFields
    }
    at
    dueAt
  }
  submitted {
    ...QualityCodeFields
  }
  proposed {
    ...QualityCodeFields
  }
  can
}`) as unknown as TypedDocumentString<DecideDisputeMutation, DecideDisputeMutationVariables>;
export const AuditsOfChartDocument = new TypedDocumentString(`
    query AuditsOfChart($id: ID!) {
  chart(id: $id) {
    id
    submissions {
      id
      number
      codes {
        suggestionId
        code
        title
        role
      }
    }
    audits {
      id
      submissionId
      auditor {
        ...MemberFields
      }
      reason
      openedAt
      closedAt
      version
      answersDueAt
      score {
        headline {
          name
          numerator
          denominator
        }
        overCoded
        underCoded
      }
      findings {
        id
        element
        kind
        suggestionId
        proposedSuggestionId
        explanation
        state
      }
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}`) as unknown as TypedDocumentString<AuditsOfChartQuery, AuditsOfChartQueryVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    member {
      ...MemberFields
    }
    organisation {
      id
      name
      kind
    }
    roles
    facilities {
      id
      key
      name
    }
    queues {
      id
      name
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}`) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const ChartsDocument = new TypedDocumentString(`
    query Charts($first: Int, $after: String, $filter: ChartFilter, $sort: ChartSort) {
  charts(first: $first, after: $after, filter: $filter, sort: $sort) {
    totalCount
    pageInfo {
      endCursor
      hasNextPage
    }
    edges {
      cursor
      node {
        ...ChartListItemFields
      }
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment AccessFields on Access {
  can
  masked {
    field
    reason
  }
}
fragment ChartListItemFields on Chart {
  id
  status
  accountNumber
  patientClass
  admittedAt
  dischargedAt
  serviceDate
  payer
  serviceLine
  totalChargesCents
  receivedAt
  assignedUntil
  identityHold
  restricted
  lateDocument
  documentCount
  submissionCount
  engineState
  coderOfRecord {
    ...MemberFields
  }
  facility {
    id
    key
    name
  }
  queue {
    id
    name
  }
  pends {
    id
    reason
    dueOn
  }
  patient {
    ...PatientFields
  }
  access {
    ...AccessFields
  }
}
fragment PatientFields on Patient {
  id
  familyName
  givenNames
  birthDate
  sex
  identifiers {
    id
    type
    assigner
    value
  }
  access {
    ...AccessFields
  }
}`) as unknown as TypedDocumentString<ChartsQuery, ChartsQueryVariables>;
export const ChartHeaderDocument = new TypedDocumentString(`
    query ChartHeader($id: ID!) {
  chart(id: $id) {
    ...ChartListItemFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment AccessFields on Access {
  can
  masked {
    field
    reason
  }
}
fragment ChartListItemFields on Chart {
  id
  status
  accountNumber
  patientClass
  admittedAt
  dischargedAt
  serviceDate
  payer
  serviceLine
  totalChargesCents
  receivedAt
  assignedUntil
  identityHold
  restricted
  lateDocument
  documentCount
  submissionCount
  engineState
  coderOfRecord {
    ...MemberFields
  }
  facility {
    id
    key
    name
  }
  queue {
    id
    name
  }
  pends {
    id
    reason
    dueOn
  }
  patient {
    ...PatientFields
  }
  access {
    ...AccessFields
  }
}
fragment PatientFields on Patient {
  id
  familyName
  givenNames
  birthDate
  sex
  identifiers {
    id
    type
    assigner
    value
  }
  access {
    ...AccessFields
  }
}`) as unknown as TypedDocumentString<ChartHeaderQuery, ChartHeaderQueryVariables>;
export const ChartAuditsDocument = new TypedDocumentString(`
    query ChartAudits($id: ID!) {
  chart(id: $id) {
    id
    audits {
      ...AuditFields
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment FindingFields on Finding {
  id
  auditId
  suggestionId
  proposedSuggestionId
  element
  kind
  guideline
  explanation
  recordedBy {
    ...MemberFields
  }
  recordedAt
}
fragment AuditFields on Audit {
  id
  submissionId
  reason
  auditor {
    ...MemberFields
  }
  openedAt
  closedAt
  findings {
    ...FindingFields
  }
}`) as unknown as TypedDocumentString<ChartAuditsQuery, ChartAuditsQueryVariables>;
export const ChartDocument = new TypedDocumentString(`
    query Chart($id: ID!) {
  chart(id: $id) {
    ...ChartListItemFields
    cursor
    inpatientOrderAt
    disposition
    attendingProvider
    operatingProvider
    abstractVersions {
      field
      version
    }
    documents {
      ...DocumentFields
    }
    suggestions {
      ...SuggestionFields
      quotes: evidence {
        id
        quote
      }
    }
    opportunities {
      id
      topic
      reason
      evidence {
        ...EvidenceFields
      }
    }
    order {
      ...CodeOrderFields
    }
    edits {
      ...EditFields
    }
    comments {
      ...CommentFields
    }
    pends {
      ...PendFields
    }
    submissions {
      ...SubmissionFields
    }
    audits {
      ...AuditFields
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment AccessFields on Access {
  can
  masked {
    field
    reason
  }
}
fragment CodeOrderFields on CodeOrder {
  version
  principalId
  suggestionIds
}
fragment EditFields on Edit {
  key
  ruleId
  severity
  message
  source
  overridable
  suggestionIds
  override {
    by {
      ...MemberFields
    }
    at
    reason
  }
}
fragment CommentFields on Comment {
  id
  suggestionId
  parentId
  version
  body
  mentions {
    ...MemberFields
  }
  author {
    ...MemberFields
  }
  createdAt
  resolvedAt
  resolvedBy {
    ...MemberFields
  }
}
fragment PendFields on Pend {
  id
  reason
  note
  dueOn
  by {
    ...MemberFields
  }
  createdAt
  removedAt
}
fragment SubmissionFields on Submission {
  id
  number
  submittedBy {
    ...MemberFields
  }
  submittedAt
  warningCount
  snapshotSha256
  codes {
    suggestionId
    system
    code
    title
    role
    rank
    poa
  }
}
fragment SuggestionFields on Suggestion {
  id
  chartId
  version
  status
  origin
  system
  code
  title
  kind
  role
  rank
  poa
  poaProposed
  poaExempt
  modifiers
  units
  performedOn
  performer
  confidence
  reason
  replaces
  evidenceStale
  author {
    ...MemberFields
  }
  decidedBy {
    ...MemberFields
  }
  decidedAt
  decisionReason
  evidence {
    id
    documentId
    versionId
    start
    end
    page
    kind
  }
}
fragment ChartListItemFields on Chart {
  id
  status
  accountNumber
  patientClass
  admittedAt
  dischargedAt
  serviceDate
  payer
  serviceLine
  totalChargesCents
  receivedAt
  assignedUntil
  identityHold
  restricted
  lateDocument
  documentCount
  submissionCount
  engineState
  coderOfRecord {
    ...MemberFields
  }
  facility {
    id
    key
    name
  }
  queue {
    id
    name
  }
  pends {
    id
    reason
    dueOn
  }
  patient {
    ...PatientFields
  }
  access {
    ...AccessFields
  }
}
fragment PatientFields on Patient {
  id
  familyName
  givenNames
  birthDate
  sex
  identifiers {
    id
    type
    assigner
    value
  }
  access {
    ...AccessFields
  }
}
fragment FindingFields on Finding {
  id
  auditId
  suggestionId
  proposedSuggestionId
  element
  kind
  guideline
  explanation
  recordedBy {
    ...MemberFields
  }
  recordedAt
}
fragment AuditFields on Audit {
  id
  submissionId
  reason
  auditor {
    ...MemberFields
  }
  openedAt
  closedAt
  findings {
    ...FindingFields
  }
}
fragment EvidenceFields on Evidence {
  id
  documentId
  versionId
  start
  end
  page
  kind
  quote
}
fragment DocumentFields on Document {
  id
  chartId
  withdrawnAt
  withdrawnReason
  version {
    ...DocumentVersionFields
  }
  access {
    ...AccessFields
  }
}
fragment DocumentVersionFields on DocumentVersion {
  id
  documentId
  number
  title
  type
  authorName
  authorRole
  authoredAt
  encounterPart
  signed
  signedAt
  signedBy {
    ...MemberFields
  }
  labels
  textLength
  scan
  pages {
    number
    start
    end
  }
  readByEngine
  createdAt
}`) as unknown as TypedDocumentString<ChartQuery, ChartQueryVariables>;
export const DocumentVersionsDocument = new TypedDocumentString(`
    query DocumentVersions($id: ID!) {
  document(id: $id) {
    id
    amendments
    versions {
      ...DocumentVersionFields
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment DocumentVersionFields on DocumentVersion {
  id
  documentId
  number
  title
  type
  authorName
  authorRole
  authoredAt
  encounterPart
  signed
  signedAt
  signedBy {
    ...MemberFields
  }
  labels
  textLength
  scan
  pages {
    number
    start
    end
  }
  readByEngine
  createdAt
}`) as unknown as TypedDocumentString<DocumentVersionsQuery, DocumentVersionsQueryVariables>;
export const DocumentTextDocument = new TypedDocumentString(`
    query DocumentText($versionId: ID!, $start: Int, $end: Int) {
  node(id: $versionId) {
    id
    ... on DocumentVersion {
      text(start: $start, end: $end)
      textLength
    }
  }
}
    `) as unknown as TypedDocumentString<DocumentTextQuery, DocumentTextQueryVariables>;
export const SuggestionQuotesDocument = new TypedDocumentString(`
    query SuggestionQuotes($id: ID!) {
  node(id: $id) {
    id
    ... on Suggestion {
      evidence {
        ...EvidenceFields
      }
    }
  }
}
    fragment EvidenceFields on Evidence {
  id
  documentId
  versionId
  start
  end
  page
  kind
  quote
}`) as unknown as TypedDocumentString<SuggestionQuotesQuery, SuggestionQuotesQueryVariables>;
export const CodeSearchDocument = new TypedDocumentString(`
    query CodeSearch($query: String!, $date: LocalDate!, $system: CodeSystem, $first: Int) {
  codeSearch(query: $query, date: $date, system: $system, first: $first) {
    system
    code
    title
    billable
    mayBePrincipal
    poaExempt
  }
}
    `) as unknown as TypedDocumentString<CodeSearchQuery, CodeSearchQueryVariables>;
export const CodeReleasesDocument = new TypedDocumentString(`
    query CodeReleases {
  codeReleases {
    system
    name
    effectiveFrom
    effectiveTo
    codeCount
    billableCount
  }
}
    `) as unknown as TypedDocumentString<CodeReleasesQuery, CodeReleasesQueryVariables>;
export const NodeDocument = new TypedDocumentString(`
    query Node($id: ID!) {
  node(id: $id) {
    __typename
    id
    ... on Document {
      chartId
    }
    ... on Suggestion {
      chartId
    }
  }
}
    `) as unknown as TypedDocumentString<NodeQuery, NodeQueryVariables>;
export const ExplainAccessDocument = new TypedDocumentString(`
    query ExplainAccess($id: ID!, $action: ChartAction!, $memberId: ID) {
  explainAccess(id: $id, action: $action, memberId: $memberId) {
    ...AccessFields
  }
}
    fragment AccessFields on Access {
  can
  masked {
    field
    reason
  }
}`) as unknown as TypedDocumentString<ExplainAccessQuery, ExplainAccessQueryVariables>;
export const DocumentEntriesDocument = new TypedDocumentString(`
    query DocumentEntries($chartId: ID!) {
  documentEntries(chartId: $chartId) {
    id
    chartId
    versionNumber
    signed
    createdAt
    withdrawnAt
    withdrawnReason
    type
    title
    access {
      ...AccessFields
    }
  }
}
    fragment AccessFields on Access {
  can
  masked {
    field
    reason
  }
}`) as unknown as TypedDocumentString<DocumentEntriesQuery, DocumentEntriesQueryVariables>;
export const HelpRequestsDocument = new TypedDocumentString(`
    query HelpRequests {
  helpRequests {
    id
    chartId
    suggestionId
    reason
    askedBy {
      id
      displayName
    }
    askedAt
    until
  }
}
    `) as unknown as TypedDocumentString<HelpRequestsQuery, HelpRequestsQueryVariables>;
export const ApprovalsDocument = new TypedDocumentString(`
    query Approvals($first: Int) {
  approvals(first: $first) {
    ...ApprovalFields
  }
}
    fragment ApprovalFields on Approval {
  id
  kind
  subjectId
  summary
  requestedBy {
    id
    displayName
  }
  requestedAt
  state
  decidedBy {
    id
    displayName
  }
  decidedAt
  declineReason
  mayDecide
}`) as unknown as TypedDocumentString<ApprovalsQuery, ApprovalsQueryVariables>;
export const ThirdPartiesDocument = new TypedDocumentString(`
    query ThirdParties {
  vendorAgreements {
    ...VendorAgreementFields
  }
  clients {
    ...ClientFields
  }
}
    fragment VendorAgreementFields on VendorAgreement {
  id
  vendorName
  facilities {
    id
    name
  }
  purposes
  scopes
  effectiveFrom
  effectiveUntil
  endedAt
  approvedAt
}
fragment ClientFields on Client {
  id
  clientId
  name
  agreement {
    id
    vendorName
  }
  purpose
  scopes
  previousSecretUntil
  suspendedAt
  approvedAt
  operationHashes
  costPerMinute
  networks
  redirectUris
}`) as unknown as TypedDocumentString<ThirdPartiesQuery, ThirdPartiesQueryVariables>;
export const AssignableMembersDocument = new TypedDocumentString(`
    query AssignableMembers($chartId: ID!, $part: AssignmentPart!) {
  assignableMembers(chartId: $chartId, part: $part) {
    ...MemberFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}`) as unknown as TypedDocumentString<AssignableMembersQuery, AssignableMembersQueryVariables>;
export const MentionableMembersDocument = new TypedDocumentString(`
    query MentionableMembers($chartId: ID!) {
  mentionableMembers(chartId: $chartId) {
    ...MemberFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}`) as unknown as TypedDocumentString<MentionableMembersQuery, MentionableMembersQueryVariables>;
export const RetentionDocument = new TypedDocumentString(`
    query Retention($first: Int) {
  legalHolds(first: $first) {
    ...LegalHoldFields
  }
  tombstones(first: $first) {
    id
    facilityId
    reason
    requestedBy {
      ...MemberFields
    }
    approvedBy {
      ...MemberFields
    }
    chartCount
    deletedAt
    requestId
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment LegalHoldFields on LegalHold {
  id
  facilityId
  reason
  reference
  placedBy {
    ...MemberFields
  }
  placedAt
  liftedBy {
    ...MemberFields
  }
  liftedAt
  liftReason
}`) as unknown as TypedDocumentString<RetentionQuery, RetentionQueryVariables>;
export const PlaceLegalHoldDocument = new TypedDocumentString(`
    mutation PlaceLegalHold($input: PlaceLegalHoldInput!) {
  placeLegalHold(input: $input) {
    ...LegalHoldOutcomeFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment LegalHoldFields on LegalHold {
  id
  facilityId
  reason
  reference
  placedBy {
    ...MemberFields
  }
  placedAt
  liftedBy {
    ...MemberFields
  }
  liftedAt
  liftReason
}
fragment LegalHoldOutcomeFields on LegalHoldOutcome {
  __typename
  ... on LegalHoldSaved {
    hold {
      ...LegalHoldFields
    }
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}`) as unknown as TypedDocumentString<PlaceLegalHoldMutation, PlaceLegalHoldMutationVariables>;
export const LiftLegalHoldDocument = new TypedDocumentString(`
    mutation LiftLegalHold($input: LiftLegalHoldInput!) {
  liftLegalHold(input: $input) {
    ...LegalHoldOutcomeFields
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment LegalHoldFields on LegalHold {
  id
  facilityId
  reason
  reference
  placedBy {
    ...MemberFields
  }
  placedAt
  liftedBy {
    ...MemberFields
  }
  liftedAt
  liftReason
}
fragment LegalHoldOutcomeFields on LegalHoldOutcome {
  __typename
  ... on LegalHoldSaved {
    hold {
      ...LegalHoldFields
    }
  }
  ... on CommandInvalid {
    problems {
      code
      message
      field
    }
  }
}`) as unknown as TypedDocumentString<LiftLegalHoldMutation, LiftLegalHoldMutationVariables>;
export const RequestPatientDeletionDocument = new TypedDocumentString(`
    mutation RequestPatientDeletion($input: RequestPatientDeletionInput!) {
  requestPatientDeletion(input: $input) {
    __typename
    ... on ApprovalSaved {
      approval {
        id
        kind
        state
        summary
      }
    }
    ... on CommandInvalid {
      problems {
        code
        message
        field
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RequestPatientDeletionMutation, RequestPatientDeletionMutationVariables>;
export const ChartStreamDocument = new TypedDocumentString(`
    subscription ChartStream($chartId: ID!, $after: String, $sight: ID) {
  chartStream(chartId: $chartId, after: $after, sight: $sight) {
    __typename
    ... on ChartSnapshot {
      ...ChartSnapshotFields
    }
    ... on ChartEvents {
      events {
        ...ChartEventFields
      }
    }
    ... on AccessChanged {
      change
      accessReason: reason
      snapshot {
        ...ChartSnapshotFields
      }
    }
    ... on StreamEnded {
      endReason: reason
    }
    ... on ResyncRequired {
      resyncReason: reason
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment AccessFields on Access {
  can
  masked {
    field
    reason
  }
}
fragment EvidenceSpanFields on EvidenceSpan {
  id
  documentId
  versionId
  start
  end
  page
  kind
}
fragment SuggestionStateFields on SuggestionState {
  id
  chartId
  version
  status
  origin
  system
  code
  title
  kind
  role
  rank
  poa
  poaProposed
  poaExempt
  modifiers
  units
  performedOn
  performer
  confidence
  reason
  replaces
  evidenceStale
  author {
    ...MemberFields
  }
  decidedBy {
    ...MemberFields
  }
  decidedAt
  decisionReason
  evidence {
    ...EvidenceSpanFields
  }
}
fragment DocumentVersionStateFields on DocumentVersionState {
  id
  documentId
  number
  title
  type
  authorName
  authorRole
  authoredAt
  encounterPart
  signed
  signedAt
  labels
  textLength
  scan
  pages {
    number
    start
    end
  }
  readByEngine
  createdAt
}
fragment DocumentStateFields on DocumentState {
  id
  chartId
  withdrawnAt
  withdrawnReason
  version {
    ...DocumentVersionStateFields
  }
  access {
    ...AccessFields
  }
}
fragment OpportunityStateFields on QueryOpportunityState {
  id
  topic
  reason
  evidence {
    ...EvidenceSpanFields
  }
}
fragment ChartStateFields on ChartState {
  id
  status
  identityHold
  restricted
  lateDocument
  receivedAt
  submissionCount
  engineState
  coderOfRecord {
    ...MemberFields
  }
  assignedUntil
  accountNumber
  patientClass
  inpatientOrderAt
  admittedAt
  dischargedAt
  serviceDate
  payer
  serviceLine
  disposition
  attendingProvider
  operatingProvider
  totalChargesCents
  abstractVersions {
    field
    version
    decidedBy {
      ...MemberFields
    }
    decidedAt
    evidence {
      ...EvidenceSpanFields
    }
    evidenceStale
  }
  access {
    ...AccessFields
  }
}
fragment CodeOrderFields on CodeOrder {
  version
  principalId
  suggestionIds
}
fragment EditFields on Edit {
  key
  ruleId
  severity
  message
  source
  overridable
  suggestionIds
  override {
    by {
      ...MemberFields
    }
    at
    reason
  }
}
fragment CommentFields on Comment {
  id
  suggestionId
  parentId
  version
  body
  mentions {
    ...MemberFields
  }
  author {
    ...MemberFields
  }
  createdAt
  resolvedAt
  resolvedBy {
    ...MemberFields
  }
}
fragment PendFields on Pend {
  id
  reason
  note
  dueOn
  by {
    ...MemberFields
  }
  createdAt
  removedAt
}
fragment SubmissionFields on Submission {
  id
  number
  submittedBy {
    ...MemberFields
  }
  submittedAt
  warningCount
  snapshotSha256
  codes {
    suggestionId
    system
    code
    title
    role
    rank
    poa
  }
}
fragment ChartSnapshotFields on ChartSnapshot {
  cursor
  sight
  chart {
    ...ChartStateFields
  }
  documents {
    ...DocumentStateFields
  }
  suggestions {
    ...SuggestionStateFields
  }
  opportunities {
    ...OpportunityStateFields
  }
  order {
    ...CodeOrderFields
  }
  edits {
    ...EditFields
  }
  comments {
    ...CommentFields
  }
  pends {
    ...PendFields
  }
  submissions {
    ...SubmissionFields
  }
}
fragment ChartEventFields on ChartEvent {
  cursor
  previous
  type
  at
  actor {
    ...MemberFields
  }
  chart {
    ...ChartStateFields
  }
  document {
    ...DocumentStateFields
  }
  suggestion {
    ...SuggestionStateFields
  }
  replacement {
    ...SuggestionStateFields
  }
  opportunity {
    ...OpportunityStateFields
  }
  order {
    ...CodeOrderFields
  }
  edits {
    ...EditFields
  }
  comment {
    ...CommentFields
  }
  pend {
    ...PendFields
  }
  submission {
    ...SubmissionFields
  }
  reopenReason
  unlabelReason
  engine {
    documentsRead
    documentsTotal
    suggestionsMade
  }
}`) as unknown as TypedDocumentString<ChartStreamSubscription, ChartStreamSubscriptionVariables>;
export const PresenceStreamDocument = new TypedDocumentString(`
    subscription PresenceStream($chartId: ID!, $presenceId: ID) {
  presence(chartId: $chartId, presenceId: $presenceId) {
    present {
      presenceId
      member {
        ...MemberFields
      }
      suggestionId
      versionId
      start
      end
      editing
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}`) as unknown as TypedDocumentString<PresenceStreamSubscription, PresenceStreamSubscriptionVariables>;
export const QueueBoardStreamDocument = new TypedDocumentString(`
    subscription QueueBoardStream {
  queueBoard {
    __typename
    ... on QueueBoardSnapshot {
      rows {
        ...QueueBoardRowFields
      }
    }
    ... on QueueBoardChanged {
      changed: rows {
        ...QueueBoardRowFields
      }
      goneIds
    }
    ... on StreamEnded {
      endReason: reason
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment QueueBoardRowFields on QueueBoardRow {
  id
  queue {
    id
    name
  }
  facility {
    id
    name
  }
  charts
  statuses {
    status
    charts
  }
  ages {
    fromDays
    toDays
    charts
  }
  oldestReceivedAt
  dueToday
  overdue
  owners {
    member {
      ...MemberFields
    }
    charts
    dueToday
    overdue
  }
  totalChargesCents
  masked {
    field
    reason
  }
}`) as unknown as TypedDocumentString<QueueBoardStreamSubscription, QueueBoardStreamSubscriptionVariables>;
export const QueueBoardDocument = new TypedDocumentString(`
    query QueueBoard {
  queueBoard {
    rows {
      ...QueueBoardRowFields
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment QueueBoardRowFields on QueueBoardRow {
  id
  queue {
    id
    name
  }
  facility {
    id
    name
  }
  charts
  statuses {
    status
    charts
  }
  ages {
    fromDays
    toDays
    charts
  }
  oldestReceivedAt
  dueToday
  overdue
  owners {
    member {
      ...MemberFields
    }
    charts
    dueToday
    overdue
  }
  totalChargesCents
  masked {
    field
    reason
  }
}`) as unknown as TypedDocumentString<QueueBoardQuery, QueueBoardQueryVariables>;
export const InboxStreamDocument = new TypedDocumentString(`
    subscription InboxStream {
  inbox {
    __typename
    ... on InboxSnapshot {
      items {
        ...InboxItemFields
      }
    }
    ... on InboxChanged {
      changed: items {
        ...InboxItemFields
      }
      goneIds
    }
    ... on StreamEnded {
      endReason: reason
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment InboxItemFields on InboxItem {
  id
  kind
  chartId
  subjectId
  accountNumber
  actor {
    ...MemberFields
  }
  at
  dueAt
  readAt
  masked {
    field
    reason
  }
}`) as unknown as TypedDocumentString<InboxStreamSubscription, InboxStreamSubscriptionVariables>;
export const InboxDocument = new TypedDocumentString(`
    query Inbox {
  inbox {
    items {
      ...InboxItemFields
    }
  }
}
    fragment MemberFields on Member {
  id
  displayName
}
fragment InboxItemFields on InboxItem {
  id
  kind
  chartId
  subjectId
  accountNumber
  actor {
    ...MemberFields
  }
  at
  dueAt
  readAt
  masked {
    field
    reason
  }
}`) as unknown as TypedDocumentString<InboxQuery, InboxQueryVariables>;
export const MarkInboxReadDocument = new TypedDocumentString(`
    mutation MarkInboxRead($input: MarkInboxReadInput!) {
  markInboxRead(input: $input) {
    itemIds
  }
}
    `) as unknown as TypedDocumentString<MarkInboxReadMutation, MarkInboxReadMutationVariables>;