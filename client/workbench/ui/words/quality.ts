import type {
  AuditReason,
  DisputeReason,
  FindingElement,
  FindingKind,
  FindingState,
  FindingStepType,
  ScoreMeasureName,
} from '../../../live/index.js'

/** Audits and what comes of them, in the words of people of the trade. */

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
