import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql'
import {
  AssignPrivacyRequestInput,
  ClosePrivacyRequestInput,
  ContestPrivacyRequestInput,
  DecidePrivacyRequestInput,
  ExtendPrivacyRequestInput,
  FulfilPrivacyRequestInput,
  OpenPrivacyRequestInput,
  PrivacyRequest,
  PrivacyRequestOutcome,
} from '../../schema/privacyRequests.js'
import type { Request } from '../auth/request.js'
import { assignPrivacyRequest } from './assignPrivacyRequest.command.js'
import { closePrivacyRequest } from './closePrivacyRequest.command.js'
import { contestPrivacyRequest } from './contestPrivacyRequest.command.js'
import { decidePrivacyRequest } from './decidePrivacyRequest.command.js'
import { extendPrivacyRequest } from './extendPrivacyRequest.command.js'
import { fulfilPrivacyRequest } from './fulfilPrivacyRequest.command.js'
import { openPrivacyRequest } from './openPrivacyRequest.command.js'
import { presentRequestOutcome, privacyRequests } from './privacyRequests.query.js'

@Resolver()
export class PrivacyRequestsResolver {
  @Query(() => [PrivacyRequest], {
    description: 'What people ask of their own records, newest first. For privacy officers; none, for others.',
  })
  privacyRequests(
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('openOnly', () => Boolean, { defaultValue: true, description: 'Only those that are not closed.' })
    openOnly: boolean,
    @Ctx() request: Request,
  ) {
    return privacyRequests(request, first, openOnly)
  }

  @Mutation(() => PrivacyRequestOutcome, { description: 'Record what a person asks of their own record.' })
  async openPrivacyRequest(
    @Arg('input', () => OpenPrivacyRequestInput) input: OpenPrivacyRequestInput,
    @Ctx() request: Request,
  ) {
    return presentRequestOutcome(await openPrivacyRequest(request, input), request)
  }

  @Mutation(() => PrivacyRequestOutcome, {
    description: 'Put a request into a privacy officer’s hands, who sees the person’s charts until it is closed.',
  })
  async assignPrivacyRequest(
    @Arg('input', () => AssignPrivacyRequestInput) input: AssignPrivacyRequestInput,
    @Ctx() request: Request,
  ) {
    return presentRequestOutcome(await assignPrivacyRequest(request, input), request)
  }

  @Mutation(() => PrivacyRequestOutcome, { description: 'Take thirty days more, once, with the reasons in writing.' })
  async extendPrivacyRequest(
    @Arg('input', () => ExtendPrivacyRequestInput) input: ExtendPrivacyRequestInput,
    @Ctx() request: Request,
  ) {
    return presentRequestOutcome(await extendPrivacyRequest(request, input), request)
  }

  @Mutation(() => PrivacyRequestOutcome, { description: 'Grant or deny a request, and say what the person is told.' })
  async decidePrivacyRequest(
    @Arg('input', () => DecidePrivacyRequestInput) input: DecidePrivacyRequestInput,
    @Ctx() request: Request,
  ) {
    return presentRequestOutcome(await decidePrivacyRequest(request, input), request)
  }

  @Mutation(() => PrivacyRequestOutcome, {
    description: 'Do what was granted, and keep with the request what came of it. A deletion is asked for by itself.',
  })
  async fulfilPrivacyRequest(
    @Arg('input', () => FulfilPrivacyRequestInput) input: FulfilPrivacyRequestInput,
    @Ctx() request: Request,
  ) {
    return presentRequestOutcome(await fulfilPrivacyRequest(request, input), request)
  }

  @Mutation(() => PrivacyRequestOutcome, { description: 'Record that the person disagrees with a denial.' })
  async contestPrivacyRequest(
    @Arg('input', () => ContestPrivacyRequestInput) input: ContestPrivacyRequestInput,
    @Ctx() request: Request,
  ) {
    return presentRequestOutcome(await contestPrivacyRequest(request, input), request)
  }

  @Mutation(() => PrivacyRequestOutcome, { description: 'End a request, and what it let be seen.' })
  async closePrivacyRequest(
    @Arg('input', () => ClosePrivacyRequestInput) input: ClosePrivacyRequestInput,
    @Ctx() request: Request,
  ) {
    return presentRequestOutcome(await closePrivacyRequest(request, input), request)
  }
}
