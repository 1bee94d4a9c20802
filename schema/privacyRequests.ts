import { createUnionType, Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { MaskedField } from './access.js'
import { PatientLookupInput, RestrictionTermsInput } from './consentInputs.js'
import {
  PrivacyRequestAction,
  PrivacyRequestKind,
  PrivacyRequestState,
  RequestCloseReason,
  RequestDecision,
  RequestDenial,
  Requester,
  RequestEventType,
  RequestResultType,
} from './enums.js'
import { AccountRef, Clinical, Open, Work } from './fields.js'
import { CommandInput } from './inputs.js'
import { CommandInvalid } from './outcomes.js'
import { Facility, Member } from './people.js'
import { DateTime, LocalDate } from './scalars.js'
import type * as values from './values.js'

@ObjectType({ description: 'One step in the life of a person’s request. Steps are never changed.' })
export class PrivacyRequestEvent {
  @Open(() => Int, { description: 'The version after it.' })
  version!: number
  @Work(() => RequestEventType)
  type!: values.RequestEventType
  @Work(() => Member)
  actor!: Member
  @Work(() => DateTime)
  at!: Date
  @Work(() => Member, { nullable: true, description: 'Of ASSIGNED: to whom.' })
  assignee?: Member | null
  @Work(() => RequestDecision, { nullable: true })
  decision?: values.RequestDecision | null
  @Work(() => RequestDenial, { nullable: true })
  denialReason?: values.RequestDenial | null
  @Clinical(() => String, { description: 'What was written with it. For whoever has the request in hand.' })
  note?: string | null
}

@ObjectType({
  description: 'What was done because a request was granted, linked to it for good. Results are never changed.',
})
export class PrivacyRequestResult {
  @Open(() => ID)
  id!: string
  @Work(() => RequestResultType)
  type!: values.RequestResultType
  @Open(() => ID, {
    nullable: true,
    description:
      'The disclosure of a COPY, the document of an AMENDMENT or a DISAGREEMENT, the RESTRICTION, the tombstone of a DELETION.',
  })
  subjectId?: string | null
  @Work(() => Member)
  by!: Member
  @Work(() => DateTime)
  at!: Date
  @Work(() => String, { nullable: true, description: 'SHA-256, hexadecimal, of the content in UTF-8.' })
  sha256?: string | null
  @Clinical(() => String, {
    description: 'The copy or the accounting as it was made, as JSON. For whoever has the request in hand.',
  })
  content?: string | null
}

@ObjectType({
  description:
    'What a person asks of their own record (45 CFR 164.522, 164.524, 164.526, 164.528). Whoever has it in hand sees the person’s charts until it is closed.',
})
export class PrivacyRequest {
  @Open(() => ID)
  id!: string
  @Open(() => Int, { description: 'Send it back as seenVersion.' })
  version!: number
  @Open(() => ID)
  patientId!: string
  @AccountRef(() => Facility)
  facility?: Facility | null
  @Work(() => PrivacyRequestKind)
  kind!: values.PrivacyRequestKind
  @Work(() => PrivacyRequestState)
  state!: values.PrivacyRequestState
  @Work(() => Requester)
  requester!: values.Requester
  @Work(() => LocalDate)
  receivedOn!: string
  @Work(() => LocalDate, {
    nullable: true,
    description:
      'The last day to act: 30 days for access, 60 for amendment and accounting; null where no rule sets one.',
  })
  dueOn?: string | null
  @Work(() => Boolean, { description: 'Undecided after its last day, by the facility’s calendar.' })
  overdue!: boolean
  @Work(() => Boolean, { description: 'Thirty days were added, with the reasons in writing. Once only.' })
  extended!: boolean
  @Work(() => Boolean, {
    description:
      'Of RESTRICTION: from a health plan, of what was paid in full. It must be agreed to (164.522(a)(1)(vi)).',
  })
  paidInFull!: boolean
  @Work(() => Member)
  recordedBy!: Member
  @Work(() => DateTime)
  recordedAt!: Date
  @Work(() => Member, { nullable: true })
  assignee?: Member | null
  @Work(() => RequestDecision, { nullable: true })
  decision?: values.RequestDecision | null
  @Work(() => RequestDenial, { nullable: true })
  denialReason?: values.RequestDenial | null
  @Work(() => DateTime, { nullable: true })
  decidedAt?: Date | null
  @Work(() => RequestCloseReason, { nullable: true })
  closeReason?: values.RequestCloseReason | null
  @Work(() => DateTime, { nullable: true })
  closedAt?: Date | null
  @Work(() => [PrivacyRequestEvent], { description: 'In order.' })
  history!: PrivacyRequestEvent[]
  @Work(() => [PrivacyRequestResult], { description: 'What was done because it was granted, in order.' })
  results!: PrivacyRequestResult[]
  @Open(() => [PrivacyRequestAction], { description: 'What the viewer may do with it now.' })
  can!: values.PrivacyRequestAction[]
  @Open(() => [MaskedField])
  masked!: MaskedField[]
}

@InputType()
export class OpenPrivacyRequestInput extends CommandInput {
  @Field(() => PatientLookupInput)
  patient!: PatientLookupInput
  @Field(() => PrivacyRequestKind)
  kind!: values.PrivacyRequestKind
  @Field(() => Requester)
  requester!: values.Requester
  @Field(() => LocalDate, { description: 'The day it came in, by the facility’s calendar. The clock starts with it.' })
  receivedOn!: string
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Of RESTRICTION: it is kept from a health plan, and was paid in full out of pocket.',
  })
  paidInFull!: boolean
  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Of ACCOUNTING: the person’s record was destroyed. Whoever asks is found by what is left of the identifier; no words are kept.',
  })
  destroyed!: boolean
  @Field(() => String, { description: 'What is asked, in the requester’s words: at most 4,000 characters.' })
  details!: string
}

@InputType()
export class PrivacyRequestInput extends CommandInput {
  @Field(() => ID)
  requestId!: string
  @Field(() => Int)
  seenVersion!: number
}

@InputType()
export class AssignPrivacyRequestInput extends PrivacyRequestInput {
  @Field(() => ID, { description: 'A privacy officer of the facility.' })
  memberId!: string
}

@InputType()
export class ExtendPrivacyRequestInput extends PrivacyRequestInput {
  @Field(() => String, { description: 'The reasons as they were written to the person: at most 4,000 characters.' })
  reason!: string
}

@InputType()
export class DecidePrivacyRequestInput extends PrivacyRequestInput {
  @Field(() => RequestDecision)
  decision!: values.RequestDecision
  @Field(() => RequestDenial, { nullable: true, description: 'Where all or part is denied.' })
  denialReason?: values.RequestDenial | null
  @Field(() => String, {
    description: 'What the person is told, in plain language; of a denial its basis: at most 4,000 characters.',
  })
  statement!: string
}

@InputType({ description: 'What is needed to do what was granted, by the kind of the request.' })
export class FulfilPrivacyRequestInput extends PrivacyRequestInput {
  @Field(() => RestrictionTermsInput, { nullable: true, description: 'Of RESTRICTION: what was agreed to.' })
  restriction?: RestrictionTermsInput | null
  @Field(() => [ID], {
    nullable: true,
    description:
      'Of AMENDMENT: documents of the person, added or amended since it came in, that hold or link the amendment. At most 50.',
  })
  documentIds?: string[] | null
  @Field(() => LocalDate, { nullable: true, description: 'Of ACCOUNTING: the first day; six years back at most.' })
  from?: string | null
  @Field(() => LocalDate, { nullable: true, description: 'Of ACCOUNTING: the last day.' })
  to?: string | null
}

@InputType()
export class ContestPrivacyRequestInput extends PrivacyRequestInput {
  @Field(() => String, { description: 'The person’s statement of disagreement: at most 4,000 characters.' })
  statement!: string
  @Field(() => [ID], {
    nullable: true,
    description:
      'Of AMENDMENT: documents of the person that the statement is about, and goes with from then on. At most 50.',
  })
  documentIds?: string[] | null
}

@InputType()
export class ClosePrivacyRequestInput extends PrivacyRequestInput {
  @Field(() => RequestCloseReason)
  reason!: values.RequestCloseReason
}

@ObjectType({ description: 'The request was recorded or changed as asked.' })
export class PrivacyRequestSaved {
  @Open(() => PrivacyRequest)
  request!: PrivacyRequest
}

@ObjectType({ description: 'Somebody changed the request since seenVersion. Nothing was changed.' })
export class PrivacyRequestChanged {
  @Open(() => PrivacyRequest)
  request!: PrivacyRequest
  @Open(() => Int)
  seenVersion!: number
}

export const PrivacyRequestOutcome = createUnionType({
  name: 'PrivacyRequestOutcome',
  types: () => [PrivacyRequestSaved, PrivacyRequestChanged, CommandInvalid] as const,
})
