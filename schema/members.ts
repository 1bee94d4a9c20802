import { createUnionType, Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { Node } from './access.js'
import { Role } from './enums.js'
import { Open } from './fields.js'
import { CommandInput } from './inputs.js'
import { CommandInvalid } from './outcomes.js'
import { Facility, Member } from './people.js'
import { DateTime } from './scalars.js'

@ObjectType({ description: 'People who work the same queues.', implements: Node })
export class Team extends Node {
  @Open(() => String)
  name!: string
}

@ObjectType({ description: 'What a member may do, and where. Only administrators see it.' })
export class Membership {
  @Open(() => ID)
  id!: string
  @Open(() => Member)
  member!: Member
  @Open(() => Int, { description: 'Rises with every change; commands name the one that was seen.' })
  version!: number
  @Open(() => [Role])
  roles!: string[]
  @Open(() => [Facility])
  facilities!: Facility[]
  @Open(() => [Team])
  teams!: Team[]
  @Open(() => DateTime, { nullable: true, description: 'Since when the member may do nothing.' })
  disabledAt?: Date | null
}

@ObjectType({
  description:
    'A sign-in in force (45 CFR 164.312(a)(2)). Supervisors and privacy officers see those of their facilities.',
})
export class LiveSession {
  @Open(() => ID)
  id!: string
  @Open(() => Member)
  member!: Member
  @Open(() => DateTime)
  signedInAt!: Date
  @Open(() => DateTime, { description: 'To the minute.' })
  lastUsedAt!: Date
  @Open(() => DateTime, { description: 'When it ends if it is not used before.' })
  expiresAt!: Date
}

@InputType()
export class MemberCommandInput extends CommandInput {
  @Field(() => ID)
  memberId!: string
  @Field(() => Int, { description: 'The version of the membership that the caller saw.' })
  seenVersion!: number
}

@InputType()
export class ChangeMemberInput extends MemberCommandInput {
  @Field(() => [Role], { description: 'All roles from now on; at least one.' })
  roles!: string[]
  @Field(() => [ID], { description: 'All facilities from now on.' })
  facilityIds!: string[]
  @Field(() => [ID], { description: 'All teams from now on.' })
  teamIds!: string[]
}

@InputType()
export class RenewSessionInput {
  @Field(() => String, { description: 'A fresh one of the same person, or of the same program.' })
  ticket!: string
}

@InputType()
export class EndSessionInput extends CommandInput {
  @Field(() => ID)
  sessionId!: string
}

@ObjectType()
export class MemberSaved {
  @Open(() => Membership)
  membership!: Membership
}

@ObjectType({ description: 'Somebody changed the membership before; nothing was overwritten.' })
export class MemberChanged {
  @Open(() => Membership, { description: 'As it is now.' })
  membership!: Membership
  @Open(() => Int)
  seenVersion!: number
}

@ObjectType({ description: 'The sign-in has ended: its requests are refused and its streams close.' })
export class SessionEnded {
  @Open(() => ID)
  sessionId!: string
}

export const MemberOutcome = createUnionType({
  name: 'MemberOutcome',
  types: () => [MemberSaved, MemberChanged, CommandInvalid] as const,
})
