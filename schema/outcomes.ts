import { createUnionType, ID, Int, ObjectType } from 'type-graphql'
import { Problem } from './access.js'
import { Chart } from './charts.js'
import { Document } from './documents.js'
import { AbstractField, Decision, PresentOnAdmission, SuggestionRole, SuggestionStatus } from './enums.js'
import { Clinical, Open, Work } from './fields.js'
import { Audit, Comment, Export, Finding, Submission } from './review.js'
import { CodeOrder, Edit, Suggestion, SuggestionState } from './suggestions.js'
import { DateTime } from './scalars.js'

@ObjectType({ description: 'The input breaks a rule; nothing was changed.' })
export class CommandInvalid {
  @Open(() => [Problem])
  problems!: Problem[]
}

@ObjectType({ description: 'What was asked is already so; nothing was changed.' })
export class AlreadyDone {
  @Open(() => Chart)
  chart!: Chart
}

@ObjectType({ description: 'The chart was changed as asked.' })
export class ChartSaved {
  @Open(() => Chart)
  chart!: Chart
}

@ObjectType({ description: 'What the caller wanted to do to a line.' })
export class IntendedDecision {
  @Open(() => Decision, { nullable: true })
  decision?: string | null
  @Clinical(() => String)
  code?: string | null
  @Clinical(() => SuggestionRole)
  role?: string | null
  @Clinical(() => PresentOnAdmission)
  poa?: string | null
}

@ObjectType({ description: 'The line was decided as asked.' })
export class SuggestionDecided {
  @Open(() => Suggestion)
  suggestion!: Suggestion
  @Open(() => Suggestion, { nullable: true, description: 'After MODIFY: the line that stands in its place.' })
  replacement?: Suggestion | null
  @Clinical(() => [Edit])
  edits?: Edit[] | null
}

@ObjectType({
  description: 'Somebody changed the line since seenVersion: a conflict, with all three sides. Nothing was changed.',
})
export class SuggestionChanged {
  @Open(() => SuggestionState, { nullable: true, description: 'The line as the caller saw it.' })
  base?: SuggestionState | null
  @Open(() => Suggestion, { description: 'The line as it stands now.' })
  theirs!: Suggestion
  @Open(() => IntendedDecision)
  yours!: IntendedDecision
}

@ObjectType()
export class SuggestionAdded {
  @Open(() => Suggestion)
  suggestion!: Suggestion
  @Clinical(() => [Edit])
  edits?: Edit[] | null
}

@ObjectType()
export class OrderSaved {
  @Open(() => CodeOrder)
  order!: CodeOrder
  @Clinical(() => [Edit])
  edits?: Edit[] | null
}

@ObjectType({ description: 'Somebody changed the order since seenVersion. Nothing was changed.' })
export class OrderChanged {
  @Open(() => CodeOrder, { nullable: true })
  base?: CodeOrder | null
  @Open(() => CodeOrder)
  theirs!: CodeOrder
  @Clinical(() => [ID])
  yours?: string[] | null
}

@ObjectType({ description: 'Somebody changed this field of the abstract since seenVersion. Nothing was changed.' })
export class AbstractChanged {
  @Open(() => AbstractField)
  field!: string
  @Clinical(() => String, { description: 'The value as the caller saw it.' })
  base?: string | null
  @Clinical(() => String)
  theirs?: string | null
  @Open(() => Int)
  theirVersion!: number
  @Clinical(() => String)
  yours?: string | null
}

@ObjectType()
export class EditOverridden {
  @Open(() => ID)
  editKey!: string
  @Clinical(() => [Edit])
  edits?: Edit[] | null
}

@ObjectType()
export class CommentSaved {
  @Open(() => Comment)
  comment!: Comment
}

@ObjectType()
export class ChartSubmitted {
  @Open(() => Submission)
  submission!: Submission
  @Open(() => Chart)
  chart!: Chart
}

@ObjectType({ description: 'A line that differs from what the submitter has seen.' })
export class DifferingLine {
  @Open(() => ID)
  suggestionId!: string
  @Work(() => SuggestionStatus)
  status!: string
  @Clinical(() => String)
  code?: string | null
}

@ObjectType({
  description:
    'Codes, abstract or documents changed since seenCursor. Look at them, then submit again. Nothing was changed.',
})
export class ChartChanged {
  @Open(() => String, { nullable: true })
  cursor?: string | null
  @Clinical(() => [DifferingLine])
  lines?: DifferingLine[] | null
  @Open(() => [AbstractField])
  abstractFields!: string[]
  @Open(() => [ID])
  documentIds!: string[]
}

@ObjectType({
  description: 'Edits stand in the way: errors must be mended, warnings mended or overridden with a reason.',
})
export class SubmissionBlocked {
  @Clinical(() => [Edit])
  edits?: Edit[] | null
  @Open(() => [Problem])
  problems!: Problem[]
}

@ObjectType()
export class DocumentSaved {
  @Open(() => Document)
  document!: Document
  @Open(() => Chart)
  chart!: Chart
}

@ObjectType()
export class AuditOpened {
  @Open(() => Audit)
  audit!: Audit
}

@ObjectType()
export class FindingRecorded {
  @Open(() => Finding)
  finding!: Finding
}

@ObjectType()
export class ChartExported {
  @Open(() => Export)
  export!: Export
  @Clinical(() => [Problem], { description: 'Limits of the claim form that the submission exceeds.' })
  warnings?: Problem[] | null
}

@ObjectType({ description: 'An address to send the bytes to, once, with PUT, before it expires.' })
export class UploadCreated {
  @Open(() => ID)
  uploadId!: string
  @Open(() => String)
  url!: string
  @Open(() => DateTime)
  expiresAt!: Date
  @Open(() => Int)
  maxBytes!: number
}

@ObjectType({ description: 'What one act did is undone by another act.' })
export class Undone {
  @Open(() => Suggestion)
  suggestion!: Suggestion
}

@ObjectType({ description: 'It cannot be undone; nothing was changed.' })
export class UndoRefused {
  @Open(() => Problem)
  problem!: Problem
}

const union = <const T extends readonly (new () => object)[]>(name: string, types: T) =>
  createUnionType({
    name,
    types: () => types,
    resolveType: (item: object) => (item as { __typename?: string }).__typename,
  })

export const DecideOnSuggestionOutcome = union('DecideOnSuggestionOutcome', [
  SuggestionDecided,
  SuggestionChanged,
  CommandInvalid,
])
export const AddSuggestionOutcome = union('AddSuggestionOutcome', [SuggestionAdded, CommandInvalid])
export const ReorderSuggestionsOutcome = union('ReorderSuggestionsOutcome', [OrderSaved, OrderChanged, CommandInvalid])
export const SetAbstractOutcome = union('SetAbstractOutcome', [ChartSaved, AbstractChanged, CommandInvalid])
export const OverrideEditOutcome = union('OverrideEditOutcome', [EditOverridden, CommandInvalid])
export const CommentOutcome = union('CommentOutcome', [CommentSaved, CommandInvalid])
export const ChartOutcome = union('ChartOutcome', [ChartSaved, AlreadyDone, CommandInvalid])
export const SubmitChartOutcome = union('SubmitChartOutcome', [
  ChartSubmitted,
  ChartChanged,
  SubmissionBlocked,
  CommandInvalid,
])
export const DocumentOutcome = union('DocumentOutcome', [DocumentSaved, CommandInvalid])
export const OpenAuditOutcome = union('OpenAuditOutcome', [AuditOpened, CommandInvalid])
export const RecordFindingOutcome = union('RecordFindingOutcome', [FindingRecorded, CommandInvalid])
export const ExportChartOutcome = union('ExportChartOutcome', [ChartExported, CommandInvalid])
export const UndoOutcome = union('UndoOutcome', [Undone, UndoRefused])
