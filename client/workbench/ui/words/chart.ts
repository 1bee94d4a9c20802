import type {
  AbstractField,
  ChartEvent,
  ChartStatus,
  CodeSystem,
  DocumentState,
  PendReason,
  Poa,
  SuggestionRole,
} from '../../model/types.js'

/** What stands on a chart, in the words of people of the trade. */

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
