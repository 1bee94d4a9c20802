import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import {
  ChangeMemberInput,
  EndSessionInput,
  LiveSession,
  MemberCommandInput,
  MemberOutcome,
  Membership,
  RenewSessionInput,
  SessionEnded,
  Team,
} from '../../schema/members.js'
import { DateTime } from '../../schema/scalars.js'
import type { Request } from '../auth/request.js'
import { changeMember, disableMember, enableMember } from './changeMember.command.js'
import { endSession } from './endSession.command.js'
import { renewSession } from './renewSession.command.js'
import { listLiveSessions, listMemberships, listTeams, presentMemberOutcome } from './members.query.js'

@Resolver()
export class MembersResolver {
  @Query(() => [Membership], {
    description: 'Everybody of the organisation and what they may do. Administrators only; nobody, for others.',
  })
  async memberships(@Ctx() request: Request) {
    return listMemberships(await request.reading())
  }

  @Query(() => [Team], { description: 'The teams of the organisation. Administrators only; none, for others.' })
  async teams(@Ctx() request: Request) {
    return listTeams(await request.reading())
  }

  @Query(() => [LiveSession], {
    description: 'Sign-ins in force of people at the viewer’s facilities. Supervisors and privacy officers only.',
  })
  async liveSessions(@Ctx() request: Request) {
    return listLiveSessions(await request.reading())
  }

  @Mutation(() => MemberOutcome, { description: 'Give a member other roles, facilities and teams, at once.' })
  async changeMember(@Arg('input', () => ChangeMemberInput) input: ChangeMemberInput, @Ctx() request: Request) {
    return presentMemberOutcome(await changeMember(request, input), request)
  }

  @Mutation(() => MemberOutcome, { description: 'Take a member out of work, at once.' })
  async disableMember(@Arg('input', () => MemberCommandInput) input: MemberCommandInput, @Ctx() request: Request) {
    return presentMemberOutcome(await disableMember(request, input), request)
  }

  @Mutation(() => MemberOutcome, { description: 'Let a member work again as before.' })
  async enableMember(@Arg('input', () => MemberCommandInput) input: MemberCommandInput, @Ctx() request: Request) {
    return presentMemberOutcome(await enableMember(request, input), request)
  }

  @Mutation(() => SessionEnded, { description: 'End somebody’s sign-in, at once.' })
  async endSession(@Arg('input', () => EndSessionInput) input: EndSessionInput, @Ctx() request: Request) {
    const { sessionId } = await endSession(request, input)
    return { sessionId }
  }

  @Mutation(() => DateTime, {
    description:
      'On a socket alone: go on with a new sign-in or token, its subscriptions as they are. Answers until when it stands.',
  })
  async renewSession(@Arg('input', () => RenewSessionInput) input: RenewSessionInput, @Ctx() request: Request) {
    return renewSession(request, input)
  }
}
