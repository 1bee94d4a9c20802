import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql'
import { RequestQualifiedServiceInput } from '../../schema/agreements.js'
import { Approval, ApprovalOutcome, ApproveInput, DeclineInput, RequestOwnGrantInput } from '../../schema/approvals.js'
import { requestOwnGrant } from '../accounts/index.js'
import { RequestPatientDeletionInput } from '../../schema/retention.js'
import type { Request } from '../auth/request.js'
import { requestQualifiedService } from '../consents/index.js'
import { requestPatientDeletion } from '../retention/index.js'
import { listApprovals, presentApprovalOutcome } from './approvals.query.js'
import { approve, decline } from './decideApproval.command.js'

@Resolver()
export class ApprovalsResolver {
  @Query(() => [Approval], {
    description:
      'What waits for a second person, and what was decided: all for privacy officers, one’s own for others.',
  })
  async approvals(@Arg('first', () => Int, { defaultValue: 50 }) first: number, @Ctx() request: Request) {
    return listApprovals(await request.reading(), first)
  }

  @Mutation(() => ApprovalOutcome, {
    description: 'Ask for roles, facilities and teams of one’s own. Administrators only; a privacy officer approves.',
  })
  async requestOwnGrant(
    @Arg('input', () => RequestOwnGrantInput) input: RequestOwnGrantInput,
    @Ctx() request: Request,
  ) {
    return presentApprovalOutcome(await requestOwnGrant(request, input), request)
  }

  @Mutation(() => ApprovalOutcome, {
    description:
      'Ask that an agreement counts as one with a qualified service organisation (42 CFR 2.11). Administrators only; a privacy officer approves.',
  })
  async requestQualifiedService(
    @Arg('input', () => RequestQualifiedServiceInput) input: RequestQualifiedServiceInput,
    @Ctx() request: Request,
  ) {
    return presentApprovalOutcome(await requestQualifiedService(request, input), request)
  }

  @Mutation(() => ApprovalOutcome, {
    description:
      'Ask that everything held of a person be destroyed. A second privacy officer approves; retention and holds decide first.',
  })
  async requestPatientDeletion(
    @Arg('input', () => RequestPatientDeletionInput) input: RequestPatientDeletionInput,
    @Ctx() request: Request,
  ) {
    return presentApprovalOutcome(await requestPatientDeletion(request, input), request)
  }

  @Mutation(() => ApprovalOutcome, { description: 'Put into force what somebody else asked for.' })
  async approve(@Arg('input', () => ApproveInput) input: ApproveInput, @Ctx() request: Request) {
    return presentApprovalOutcome(await approve(request, input), request)
  }

  @Mutation(() => ApprovalOutcome, { description: 'Refuse what somebody else asked for.' })
  async decline(@Arg('input', () => DeclineInput) input: DeclineInput, @Ctx() request: Request) {
    return presentApprovalOutcome(await decline(request, input), request)
  }
}
