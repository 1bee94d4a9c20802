import { Field, ID, InputType, Int } from 'type-graphql'
import {
  AbstractField,
  AssignReason,
  AssignmentPart,
  AuditReason,
  ChartStatus,
  CodeSystem,
  Decision,
  EvidenceKind,
  ExportFormat,
  FindingElement,
  FindingKind,
  HelpReason,
  PatientClass,
  PendReason,
  PresentOnAdmission,
  ReopenReason,
  SuggestionKind,
  SuggestionRole,
} from './enums.js'
import { LocalDate, Uuid } from './scalars.js'
import type * as values from './values.js'

/** Every command carries an id made by the client: sending it again does nothing twice. */
@InputType()
export class CommandInput {
  @Field(() => Uuid, {
    description:
      'Made by the client (UUID). The same id with the same input returns the first outcome; kept for seven days.',
  })
  commandId!: string
}

@InputType()
export class ChartCommandInput extends CommandInput {
  @Field(() => ID)
  chartId!: string
}

@InputType()
export class EvidenceInput {
  @Field(() => ID)
  versionId!: string
  @Field(() => Int, { nullable: true })
  start?: number | null
  @Field(() => Int, { nullable: true })
  end?: number | null
  @Field(() => Int, { nullable: true, description: 'For a scan: the page, instead of start and end.' })
  page?: number | null
  @Field(() => EvidenceKind, { defaultValue: 'SUPPORTS' })
  kind!: string
}

@InputType()
export class DecideOnSuggestionInput extends CommandInput {
  @Field(() => ID)
  suggestionId!: string
  @Field(() => Int)
  seenVersion!: number
  @Field(() => Decision)
  decision!: values.DecisionName
  @Field(() => String, { nullable: true, description: 'With MODIFY: the code that is right instead.' })
  code?: string | null
  @Field(() => SuggestionRole, { nullable: true })
  role?: values.SuggestionRole | null
  @Field(() => PresentOnAdmission, { nullable: true })
  poa?: values.PoaValue | null
  @Field(() => [String], { nullable: true })
  modifiers?: string[] | null
  @Field(() => String, { nullable: true, description: 'Required to reject.' })
  reason?: string | null
}

@InputType()
export class AddSuggestionInput extends ChartCommandInput {
  @Field(() => CodeSystem)
  system!: string
  @Field(() => String)
  code!: string
  @Field(() => SuggestionKind, { nullable: true })
  kind?: values.SuggestionKind | null
  @Field(() => SuggestionRole, { nullable: true })
  role?: values.SuggestionRole | null
  @Field(() => PresentOnAdmission, { nullable: true })
  poa?: values.PoaValue | null
  @Field(() => [String], { nullable: true })
  modifiers?: string[] | null
  @Field(() => Int, { nullable: true })
  units?: number | null
  @Field(() => LocalDate, { nullable: true })
  performedOn?: string | null
  @Field(() => String, { nullable: true })
  performer?: string | null
  @Field(() => [EvidenceInput], { nullable: true, description: 'Required of auditors.' })
  evidence?: EvidenceInput[] | null
  @Field(() => Boolean, { defaultValue: false, description: 'Leave it a proposal (auditors’ lines always are).' })
  propose!: boolean
}

@InputType()
export class ReorderSuggestionsInput extends ChartCommandInput {
  @Field(() => Int)
  seenVersion!: number
  @Field(() => [ID], { description: 'All accepted lines, in their new order.' })
  suggestionIds!: string[]
  @Field(() => ID, { nullable: true, description: 'The line that becomes principal or first-listed.' })
  principalId?: string | null
}

@InputType()
export class SetAbstractInput extends ChartCommandInput {
  @Field(() => AbstractField)
  field!: values.AbstractFieldName
  @Field(() => Int)
  seenVersion!: number
  @Field(() => String, {
    nullable: true,
    description: 'Instants as ISO 8601, dates as YYYY-MM-DD; null empties the field.',
  })
  value?: string | null
  @Field(() => [EvidenceInput], {
    nullable: true,
    description: 'The words or the page that say so; they take the place of the evidence before.',
  })
  evidence?: EvidenceInput[] | null
}

@InputType()
export class OverrideEditInput extends ChartCommandInput {
  @Field(() => ID)
  editKey!: string
  @Field(() => String)
  reason!: string
}

@InputType()
export class AddCommentInput extends ChartCommandInput {
  @Field(() => ID, { nullable: true })
  suggestionId?: string | null
  @Field(() => ID, { nullable: true })
  parentId?: string | null
  @Field(() => String)
  body!: string
  @Field(() => [ID], {
    nullable: true,
    description: 'Members to whom it is shown in their inbox, as far as they may read it. At most 20.',
  })
  mentionIds?: string[] | null
}

@InputType()
export class ResolveCommentInput extends CommandInput {
  @Field(() => ID)
  commentId!: string
  @Field(() => Int)
  seenVersion!: number
}

@InputType()
export class AssignChartInput extends ChartCommandInput {
  @Field(() => ID, { description: 'Who is put on the chart or taken off it; never the caller.' })
  memberId!: string
  @Field(() => AssignmentPart)
  part!: values.AssignmentPart
  @Field(() => AssignReason)
  reason!: values.AssignReason
}

@InputType()
export class AskForHelpInput extends CommandInput {
  @Field(() => ID, { description: 'The line that the question is about.' })
  suggestionId!: string
  @Field(() => HelpReason)
  reason!: values.HelpReason
}

@InputType()
export class PendChartInput extends ChartCommandInput {
  @Field(() => PendReason)
  reason!: values.PendReason
  @Field(() => String, { nullable: true })
  note?: string | null
  @Field(() => LocalDate, { nullable: true })
  due?: string | null
}

@InputType()
export class UnpendChartInput extends ChartCommandInput {
  @Field(() => ID, { nullable: true, description: 'One reason; all of them where it is left out.' })
  pendId?: string | null
}

@InputType()
export class SubmitChartInput extends ChartCommandInput {
  @Field(() => String, { description: 'The cursor of the last event the submitter has seen.' })
  seenCursor!: string
}

@InputType()
export class ReturnChartInput extends ChartCommandInput {
  @Field(() => String, { description: 'What the coder should look at.' })
  note!: string
}

@InputType()
export class ReopenChartInput extends ChartCommandInput {
  @Field(() => ReopenReason)
  reason!: string
}

@InputType()
export class ExportChartInput extends ChartCommandInput {
  @Field(() => ExportFormat)
  format!: values.ExportFormat
  @Field(() => Int, { nullable: true, description: 'The number of the submission; the newest where it is left out.' })
  submissionNumber?: number | null
}

@InputType()
export class OpenAuditInput extends ChartCommandInput {
  @Field(() => AuditReason)
  reason!: string
  @Field(() => Int, { nullable: true })
  submissionNumber?: number | null
}

@InputType()
export class RecordFindingInput extends CommandInput {
  @Field(() => ID)
  auditId!: string
  @Field(() => FindingElement)
  element!: string
  @Field(() => FindingKind)
  kind!: values.FindingKind
  @Field(() => ID, { nullable: true, description: 'The line of the submission it is about.' })
  suggestionId?: string | null
  @Field(() => ID, { nullable: true, description: 'The auditor’s own line, added before.' })
  proposedSuggestionId?: string | null
  @Field(() => String, { nullable: true })
  guideline?: string | null
  @Field(() => String)
  explanation!: string
}

@InputType()
export class UndoInput extends CommandInput {
  @Field(() => ID, { description: 'The line whose last act, if it was the caller’s own, is undone.' })
  suggestionId!: string
  @Field(() => Int, { description: 'The version the caller saw: on another one nothing is undone.' })
  seenVersion!: number
}

@InputType()
export class ChartFilter {
  @Field(() => [ChartStatus], { nullable: true })
  status?: values.ChartStatus[] | null
  @Field(() => [PatientClass], { nullable: true })
  patientClass?: string[] | null
  @Field(() => ID, { nullable: true })
  facilityId?: string | null
  @Field(() => ID, { nullable: true })
  queueId?: string | null
  @Field(() => Boolean, { nullable: true, description: 'Charts whose coder of record is the viewer.' })
  mine?: boolean | null
  @Field(() => String, { nullable: true, description: 'The account number, exactly or its beginning.' })
  accountNumber?: string | null
  @Field(() => Boolean, { nullable: true })
  identityHold?: boolean | null
}

@InputType()
export class FocusInput {
  @Field(() => ID)
  chartId!: string
  @Field(() => ID, { description: 'Made by the client for one open tab.' })
  presenceId!: string
  @Field(() => ID, { nullable: true })
  suggestionId?: string | null
  @Field(() => ID, { nullable: true })
  versionId?: string | null
  @Field(() => Int, { nullable: true })
  start?: number | null
  @Field(() => Int, { nullable: true })
  end?: number | null
  @Field(() => Boolean, { defaultValue: false })
  editing!: boolean
  @Field(() => Boolean, { defaultValue: false, description: 'True when leaving.' })
  leaving!: boolean
}

@InputType()
export class MarkInboxReadInput extends CommandInput {
  @Field(() => [ID], { description: 'From 1 to 100 entries of the viewer’s inbox. What is not there is passed over.' })
  itemIds!: string[]
}
