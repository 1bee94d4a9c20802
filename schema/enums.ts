import { registerEnumType } from 'type-graphql'
import * as values from './values.js'

/** The closed lists as GraphQL enums. */
function enumOf<const T extends readonly string[]>(
  name: string,
  list: T,
  description: string,
): Record<T[number], T[number]> {
  const map = Object.fromEntries(list.map((v) => [v, v])) as Record<T[number], T[number]>
  registerEnumType(map, { name, description })
  return map
}

export const Role = enumOf('Role', values.ROLES, 'What a member does here. A person can hold several.')
export const FieldClassEnum = enumOf('FieldClass', values.FIELD_CLASSES, 'The class of a field: rules grant classes.')
export const ChartStatus = enumOf('ChartStatus', values.CHART_STATUSES, 'Where a chart stands on its way to the bill.')
export const PatientClass = enumOf('PatientClass', values.PATIENT_CLASSES, 'HL7 patient class of the encounter.')
export const Sex = enumOf('Sex', values.SEXES, 'Administrative sex (HL7 FHIR).')
export const IdentifierType = enumOf('IdentifierType', values.IDENTIFIER_TYPES, 'What kind of identifier it is.')
export const AbstractField = enumOf('AbstractField', values.ABSTRACT_FIELDS, 'A field of the chart abstract.')
export const DocumentType = enumOf('DocumentType', values.DOCUMENT_TYPES, 'What kind of clinical document it is.')
export const AuthorRole = enumOf('AuthorRole', values.AUTHOR_ROLES, 'Whose words they are.')
export const EncounterPart = enumOf('EncounterPart', values.ENCOUNTER_PARTS, 'The part of the encounter it speaks for.')
export const SensitivityLabel = enumOf(
  'SensitivityLabel',
  values.SENSITIVITY_LABELS,
  'Sensitivity of a document version.',
)
export const UnlabelReason = enumOf('UnlabelReason', values.UNLABEL_REASONS, 'Why a label is taken off a document.')
export const WithdrawalReason = enumOf('WithdrawalReason', values.WITHDRAWAL_REASONS, 'Why a document was withdrawn.')
export const CodeSystem = enumOf('CodeSystem', values.CODE_SYSTEMS, 'The code system of a code.')
export const SuggestionKind = enumOf('SuggestionKind', values.SUGGESTION_KINDS, 'Diagnosis or procedure.')
export const SuggestionRole = enumOf('SuggestionRole', values.SUGGESTION_ROLES, 'The part a code plays on the claim.')
export const SuggestionStatus = enumOf('SuggestionStatus', values.SUGGESTION_STATUSES, 'What has become of it.')
export const SuggestionOrigin = enumOf('SuggestionOrigin', values.SUGGESTION_ORIGINS, 'Who made it.')
export const PresentOnAdmission = enumOf(
  'PresentOnAdmission',
  values.POA_VALUES,
  'The POA indicator (Guidelines, Appendix I).',
)
export const Decision = enumOf('Decision', values.DECISIONS, 'What a person decides on a suggestion.')
export const EvidenceKind = enumOf('EvidenceKind', values.EVIDENCE_KINDS, 'How the words bear on the code.')
export const EditSeverity = enumOf('EditSeverity', values.EDIT_SEVERITIES, 'ERROR and CRITICAL block submission.')
export const PendReason = enumOf('PendReason', values.PEND_REASONS, 'Why work on a chart waits.')
export const ReopenReason = enumOf('ReopenReason', values.REOPEN_REASONS, 'Why a submitted chart is opened again.')
export const AuditReason = enumOf('AuditReason', values.AUDIT_REASONS, 'Why a chart is audited.')
export const FindingKind = enumOf('FindingKind', values.FINDING_KINDS, 'What the auditor found on a line.')
export const FindingElement = enumOf('FindingElement', values.FINDING_ELEMENTS, 'The scored element.')
export const EngineState = enumOf('EngineState', values.ENGINE_STATES, 'What the engine is doing on a chart.')
export const ExportFormat = enumOf('ExportFormat', values.EXPORT_FORMATS, 'The form of an export.')
export const IdentityDecision = enumOf('IdentityDecision', values.IDENTITY_DECISIONS, 'Whose chart it is.')
export const ChartEventType = enumOf('ChartEventType', values.CHART_EVENT_TYPES, 'What happened, in the past tense.')
export const ChartAction = enumOf('ChartAction', values.CHART_ACTIONS, 'Something one may do with a chart.')
export const MaskReason = enumOf('MaskReason', values.MASK_REASONS, 'Why a field answers null.')
export const StreamEndReason = enumOf('StreamEndReason', values.STREAM_END_REASONS, 'Why a stream ended.')
export const ResyncReason = enumOf('ResyncReason', values.RESYNC_REASONS, 'Why a stream cannot go on from a cursor.')
export const InboxKind = enumOf('InboxKind', values.INBOX_KINDS, 'What somebody is to look at.')
export const AccessChange = enumOf('AccessChange', values.ACCESS_CHANGES, 'How the access behind a stream changed.')
export const AccessChangeReason = enumOf(
  'AccessChangeReason',
  values.ACCESS_CHANGE_REASONS,
  'Through what it changed; MEANWHILE where the client was away and this process does not know what it saw before.',
)
export const ChartSort = enumOf('ChartSort', values.CHART_SORTS, 'How a list of charts is ordered.')
export const Purpose = enumOf('Purpose', values.PURPOSES, 'What a disclosure is for.')
export const PartyKind = enumOf('PartyKind', values.PARTY_KINDS, 'What kind of person or organisation it is.')
export const ConsentKind = enumOf('ConsentKind', values.CONSENT_KINDS, 'Which law a consent answers.')
export const ConsentStatus = enumOf('ConsentStatus', values.CONSENT_STATUSES, 'Where a consent stands.')
export const ConsentEndReason = enumOf(
  'ConsentEndReason',
  values.CONSENT_END_REASONS,
  'Why a consent is no longer valid, other than by withdrawal. EXPIRED is the calendar’s alone.',
)
export const QualificationEndReason = enumOf(
  'QualificationEndReason',
  values.QUALIFICATION_END_REASONS,
  'Why undertakings of a qualified service organisation end before their time (42 CFR 2.11).',
)
export const SeparateNotes = enumOf('SeparateNotes', values.SEPARATE_NOTES, 'Notes that no general grant covers.')
export const ConsentElement = enumOf(
  'ConsentElement',
  values.CONSENT_ELEMENTS,
  'What a consent must hold before it can be in force (45 CFR 164.508(c), 42 CFR 2.31).',
)
export const ConsentAction = enumOf('ConsentAction', values.CONSENT_ACTIONS, 'Something one may do with a consent.')
export const RestrictionAction = enumOf(
  'RestrictionAction',
  values.RESTRICTION_ACTIONS,
  'Something one may do with a restriction.',
)
export const LiftReason = enumOf('LiftReason', values.LIFT_REASONS, 'Who ended a restriction, and how.')
export const BreakGlassReason = enumOf(
  'BreakGlassReason',
  values.BREAK_GLASS_REASONS,
  'Why somebody without a part on a chart opens its content for an hour.',
)
export const BreakGlassVerdict = enumOf(
  'BreakGlassVerdict',
  values.BREAK_GLASS_VERDICTS,
  'What a second person thought of it.',
)
export const BreakGlassState = enumOf(
  'BreakGlassState',
  values.BREAK_GLASS_STATES,
  'Where its review stands; escalated where nobody reviewed it in time.',
)
export const DisclosureKind = enumOf('DisclosureKind', values.DISCLOSURE_KINDS, 'What left.')
export const DisclosureExemption = enumOf(
  'DisclosureExemption',
  values.DISCLOSURE_EXEMPTIONS,
  'Why a disclosure stands in no accounting (45 CFR 164.528(a)(1)).',
)
export const AccessOutcome = enumOf('AccessOutcome', values.ACCESS_OUTCOMES, 'How an access ended.')
export const AccessPurpose = enumOf('AccessPurpose', values.ACCESS_PURPOSES, 'Why data was used.')
export const AssignmentPart = enumOf('AssignmentPart', values.ASSIGNMENT_PARTS, 'A part that somebody has on a chart.')
export const AssignReason = enumOf(
  'AssignReason',
  values.ASSIGN_REASONS,
  'Why somebody is put on a chart or taken off it.',
)
export const HelpReason = enumOf('HelpReason', values.HELP_REASONS, 'What a coder asks a supervisor about.')
export const DeletionReason = enumOf(
  'DeletionReason',
  values.DELETION_REASONS,
  'Why everything of a person is destroyed.',
)
export const HoldReason = enumOf('HoldReason', values.HOLD_REASONS, 'Why what is held of a person must be kept.')
export const HoldEndReason = enumOf('HoldEndReason', values.HOLD_END_REASONS, 'Why a legal hold ended.')
export const ApprovalKind = enumOf('ApprovalKind', values.APPROVAL_KINDS, 'What two people decide together.')
export const ApprovalState = enumOf('ApprovalState', values.APPROVAL_STATES, 'Where a request stands.')
export const DeclineReason = enumOf('DeclineReason', values.DECLINE_REASONS, 'Why a request was declined.')
export const ClientPurpose = enumOf(
  'ClientPurpose',
  values.CLIENT_PURPOSES,
  'What a third party receives data for (45 CFR 164.506).',
)
export const PrivacyRequestKind = enumOf(
  'PrivacyRequestKind',
  values.PRIVACY_REQUEST_KINDS,
  'What a person asks of their own record.',
)
export const PrivacyRequestState = enumOf(
  'PrivacyRequestState',
  values.PRIVACY_REQUEST_STATES,
  'Where a person’s request stands.',
)
export const PrivacyRequestAction = enumOf(
  'PrivacyRequestAction',
  values.PRIVACY_REQUEST_ACTIONS,
  'Something one may do with a person’s request.',
)
export const Requester = enumOf('Requester', values.REQUESTERS, 'Who asks.')
export const RequestDecision = enumOf('RequestDecision', values.REQUEST_DECISIONS, 'What was decided.')
export const RequestDenial = enumOf(
  'RequestDenial',
  values.REQUEST_DENIALS,
  'On which ground a request is denied (45 CFR 164.524(a), 164.526(a)(2), 164.522(a)(1)).',
)
export const RequestCloseReason = enumOf('RequestCloseReason', values.REQUEST_CLOSE_REASONS, 'Why it is closed.')
export const RequestResultType = enumOf(
  'RequestResultType',
  values.REQUEST_RESULT_TYPES,
  'What a granted request led to.',
)
export const RequestEventType = enumOf('RequestEventType', values.REQUEST_EVENT_TYPES, 'A step in a request’s life.')
export const SuspensionForm = enumOf(
  'SuspensionForm',
  values.SUSPENSION_FORMS,
  'How an agency had accountings suspended: orally for thirty days at most.',
)
export const FindingState = enumOf('FindingState', values.FINDING_STATES, 'How a finding stands.')
export const FindingStepType = enumOf(
  'FindingStepType',
  values.FINDING_STEP_TYPES,
  'What was done about a finding since its audit was closed.',
)
export const FindingAct = enumOf('FindingAct', values.FINDING_ACTS, 'What may be done about a finding.')
export const DisputeReason = enumOf('DisputeReason', values.DISPUTE_REASONS, 'Why a finding is held for wrong.')
export const DisputeAnswer = enumOf('DisputeAnswer', values.DISPUTE_ANSWERS, 'What the auditor says to a dispute.')
export const DisputeVerdict = enumOf('DisputeVerdict', values.DISPUTE_VERDICTS, 'What the third person decides.')
export const QualityWait = enumOf('QualityWait', values.QUALITY_WAITS, 'On whom a quality result waits.')
export const ScoreMeasureName = enumOf('ScoreMeasureName', values.SCORE_MEASURES, 'What is counted.')
