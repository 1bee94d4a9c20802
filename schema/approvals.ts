import { createUnionType, Field, ID, InputType, ObjectType } from 'type-graphql'
import { ApprovalKind, ApprovalState, DeclineReason, Role } from './enums.js'
import { Open } from './fields.js'
import { CommandInput } from './inputs.js'
import { CommandInvalid } from './outcomes.js'
import { Member } from './people.js'
import { DateTime } from './scalars.js'
import type * as values from './values.js'

@ObjectType({ description: 'What one person wants and a second one decides on. It holds no patient’s data.' })
export class Approval {
  @Open(() => ID)
  id!: string
  @Open(() => ApprovalKind)
  kind!: values.ApprovalKind
  @Open(() => ID, { description: 'What it is about: a client, an agreement, a member.' })
  subjectId!: string
  @Open(() => String, { description: 'What changes, in a sentence.' })
  summary!: string
  @Open(() => Member)
  requestedBy!: Member
  @Open(() => DateTime)
  requestedAt!: Date
  @Open(() => ApprovalState)
  state!: values.ApprovalState
  @Open(() => Member, { nullable: true })
  decidedBy?: Member | null
  @Open(() => DateTime, { nullable: true })
  decidedAt?: Date | null
  @Open(() => DeclineReason, { nullable: true })
  declineReason?: values.DeclineReason | null
  @Open(() => Boolean, { description: 'Whether the viewer may decide on it; never on what the viewer asked for.' })
  mayDecide!: boolean
}

@InputType()
export class ApproveInput extends CommandInput {
  @Field(() => ID)
  approvalId!: string
}

@InputType()
export class DeclineInput extends ApproveInput {
  @Field(() => DeclineReason)
  reason!: values.DeclineReason
}

@InputType()
export class RequestOwnGrantInput extends CommandInput {
  @Field(() => [Role], { description: 'All roles from then on; at least one.' })
  roles!: string[]
  @Field(() => [ID], { description: 'All facilities from then on.' })
  facilityIds!: string[]
  @Field(() => [ID], { description: 'All teams from then on.' })
  teamIds!: string[]
}

@ObjectType({ description: 'The request stands, or is decided; what was approved is in force.' })
export class ApprovalSaved {
  @Open(() => Approval)
  approval!: Approval
}

@ObjectType({ description: 'Somebody decided before; nothing was changed.' })
export class ApprovalDecided {
  @Open(() => Approval)
  approval!: Approval
}

export const ApprovalOutcome = createUnionType({
  name: 'ApprovalOutcome',
  types: () => [ApprovalSaved, ApprovalDecided, CommandInvalid] as const,
})
