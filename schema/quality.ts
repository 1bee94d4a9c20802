import { createUnionType, Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { MaskedField, PageInfo } from './access.js'
import {
  AuditReason,
  DisputeAnswer,
  DisputeReason,
  DisputeVerdict,
  FindingAct,
  FindingElement,
  FindingKind,
  FindingState,
} from './enums.js'
import { AccountRef, Clinical, Open, Quality, Work } from './fields.js'
import { CommandInput } from './inputs.js'
import { CommandInvalid } from './outcomes.js'
import { Facility, Member } from './people.js'
import { Audit } from './review.js'
import { DateTime } from './scalars.js'
import { AuditScore, FindingStep } from './score.js'
import { Evidence } from './suggestions.js'
import type * as values from './values.js'

@ObjectType({
  description: 'A code of a submission, or the one that the auditor holds for right, with what it rests on.',
})
export class QualityCode {
  @Open(() => ID)
  suggestionId!: string
  @Clinical(() => String)
  system?: string | null
  @Clinical(() => String)
  code?: string | null
  @Clinical(() => String)
  title?: string | null
  @Clinical(() => String)
  role?: string | null
  @Clinical(() => String)
  poa?: string | null
  @Clinical(() => [Evidence])
  evidence?: Evidence[] | null
}

@ObjectType({ description: 'A finding as it stands with the person whom it judges.' })
export class QualityFinding {
  @Open(() => ID)
  id!: string
  @Open(() => ID)
  auditId!: string
  @Work(() => Int, { description: 'Counts what was said about it: what its commands are told was seen.' })
  version!: number
  @Quality(() => FindingElement)
  element?: string | null
  @Quality(() => FindingKind)
  kind?: string | null
  @Quality(() => FindingState)
  state?: string | null
  @Quality(() => String)
  guideline?: string | null
  @Quality(() => String)
  explanation?: string | null
  @Quality(() => DateTime, { description: 'Until when the person may answer; null where nothing is to be answered.' })
  dueAt?: Date | null
  @Quality(() => [FindingStep])
  history?: FindingStep[] | null
  @Clinical(() => QualityCode, { description: 'As it was submitted.' })
  submitted?: QualityCode | null
  @Clinical(() => QualityCode, { description: 'What the auditor holds for right.' })
  proposed?: QualityCode | null
  @Open(() => [FindingAct], { description: 'What the viewer may do about it now.' })
  can!: values.FindingAct[]
}

@ObjectType({ description: 'What one closed audit says of one person’s part in a submission.' })
export class QualityResult {
  @Open(() => ID)
  id!: string
  @Open(() => ID)
  auditId!: string
  @Open(() => ID)
  chartId!: string
  @Work(() => Int)
  submissionNumber!: number
  @AccountRef(() => String)
  accountNumber?: string | null
  @AccountRef(() => Facility)
  facility?: Facility | null
  @Work(() => Member, { description: 'Whose result it is.' })
  member!: Member
  @Work(() => Member)
  auditor!: Member
  @Work(() => AuditReason)
  reason!: string
  @Work(() => DateTime)
  closedAt!: Date
  @Quality(() => DateTime)
  answersDueAt?: Date | null
  @Quality(() => AuditScore, { description: 'Of this person’s lines alone, without what was overturned.' })
  score?: AuditScore | null
  @Quality(() => AuditScore, { description: 'The same as it was recorded.' })
  recordedScore?: AuditScore | null
  @Quality(() => [QualityFinding])
  findings?: QualityFinding[] | null
  @Open(() => [MaskedField])
  masked!: MaskedField[]
}

@ObjectType()
export class QualityResultEdge {
  @Open(() => String)
  cursor!: string
  @Open(() => QualityResult)
  node!: QualityResult
}

@ObjectType()
export class QualityResultConnection {
  @Open(() => [QualityResultEdge])
  edges!: QualityResultEdge[]
  @Open(() => PageInfo)
  pageInfo!: PageInfo
}

@InputType()
export class CloseAuditInput extends CommandInput {
  @Field(() => ID)
  auditId!: string
  @Field(() => Int, { description: 'The version the caller saw: on another one nothing is closed.' })
  seenVersion!: number
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the DRG stays as it was with the auditor’s codes; left out where no grouper says so.',
  })
  drgHolds?: boolean | null
}

@InputType()
export class FindingCommandInput extends CommandInput {
  @Field(() => ID)
  findingId!: string
  @Field(() => Int, { description: 'The version the caller saw: on another one nothing is done.' })
  seenVersion!: number
}

@InputType()
export class DisputeFindingInput extends FindingCommandInput {
  @Field(() => DisputeReason)
  reason!: values.DisputeReason
  @Field(() => String, { description: 'Why the code is right: at most 2,000 characters.' })
  comment!: string
}

@InputType()
export class EscalateFindingInput extends FindingCommandInput {
  @Field(() => String, { description: 'What the auditor’s answer leaves out: at most 2,000 characters.' })
  comment!: string
}

@InputType()
export class AnswerDisputeInput extends FindingCommandInput {
  @Field(() => DisputeAnswer)
  answer!: values.DisputeAnswer
  @Field(() => String, { description: 'At most 2,000 characters.' })
  comment!: string
}

@InputType()
export class DecideDisputeInput extends FindingCommandInput {
  @Field(() => DisputeVerdict)
  verdict!: values.DisputeVerdict
  @Field(() => String, { description: 'What the decision rests on: at most 2,000 characters.' })
  comment!: string
}

@ObjectType()
export class AuditClosed {
  @Open(() => Audit)
  audit!: Audit
}

@ObjectType({ description: 'The ledger is another than the caller saw; nothing was closed.' })
export class AuditChanged {
  @Open(() => Audit)
  audit!: Audit
  @Open(() => Int)
  seenVersion!: number
}

@ObjectType()
export class FindingSaved {
  @Open(() => QualityFinding)
  finding!: QualityFinding
}

@ObjectType({ description: 'Something was said about the finding since the caller saw it; nothing was done.' })
export class FindingChanged {
  @Open(() => QualityFinding)
  finding!: QualityFinding
  @Open(() => Int)
  seenVersion!: number
}

export const CloseAuditOutcome = createUnionType({
  name: 'CloseAuditOutcome',
  types: () => [AuditClosed, AuditChanged, CommandInvalid] as const,
})

export const FindingOutcome = createUnionType({
  name: 'FindingOutcome',
  types: () => [FindingSaved, FindingChanged, CommandInvalid] as const,
})
