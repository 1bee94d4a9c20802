import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import { QualityWait } from '../../schema/enums.js'
import {
  AnswerDisputeInput,
  CloseAuditInput,
  CloseAuditOutcome,
  DecideDisputeInput,
  DisputeFindingInput,
  EscalateFindingInput,
  FindingCommandInput,
  FindingOutcome,
  QualityResult,
  QualityResultConnection,
} from '../../schema/quality.js'
import type * as values from '../../schema/values.js'
import type { Request } from '../auth/request.js'
import { acknowledgeFinding, disputeFinding, escalateFinding } from './answerForFinding.command.js'
import { presentClosedAudit } from './auditOutcome.query.js'
import { closeAudit } from './closeAudit.command.js'
import { answerDispute, decideDispute } from './decideDispute.command.js'
import { presentFindingOutcome, qualityResult, qualityResults } from './quality.query.js'

@Resolver()
export class QualityResolver {
  @Query(() => QualityResultConnection, {
    description:
      'What closed audits say of people, newest first: one’s own; those of one’s own audits; all of its facilities, for compliance.',
  })
  qualityResults(
    @Arg('first', () => Int, { defaultValue: 25, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('waitsFor', () => QualityWait, {
      nullable: true,
      description: 'Only those that wait for such a person; ME: in which the viewer can say something now.',
    })
    waitsFor: values.QualityWait | null,
    @Ctx() request: Request,
  ) {
    return qualityResults(request, waitsFor ?? null, first, after)
  }

  @Query(() => QualityResult, { description: 'One of them, with every finding and what it rests on.' })
  qualityResult(@Arg('id', () => ID) id: string, @Ctx() request: Request) {
    return qualityResult(request, id)
  }

  @Mutation(() => CloseAuditOutcome, { description: 'Close one’s own audit: its results go to those whom it judges.' })
  async closeAudit(@Arg('input', () => CloseAuditInput) input: CloseAuditInput, @Ctx() request: Request) {
    return presentClosedAudit(await closeAudit(request, input), request)
  }

  @Mutation(() => FindingOutcome, { description: 'Agree to a finding about oneself.' })
  async acknowledgeFinding(
    @Arg('input', () => FindingCommandInput) input: FindingCommandInput,
    @Ctx() request: Request,
  ) {
    return presentFindingOutcome(await acknowledgeFinding(request, input), request)
  }

  @Mutation(() => FindingOutcome, {
    description: 'Hold a finding about oneself for wrong, with the reason, until it is due.',
  })
  async disputeFinding(@Arg('input', () => DisputeFindingInput) input: DisputeFindingInput, @Ctx() request: Request) {
    return presentFindingOutcome(await disputeFinding(request, input), request)
  }

  @Mutation(() => FindingOutcome, { description: 'Ask a third person where the auditor stands by a disputed finding.' })
  async escalateFinding(
    @Arg('input', () => EscalateFindingInput) input: EscalateFindingInput,
    @Ctx() request: Request,
  ) {
    return presentFindingOutcome(await escalateFinding(request, input), request)
  }

  @Mutation(() => FindingOutcome, {
    description: 'As auditor: agree with a dispute, stand by the finding, or pass it on.',
  })
  async answerDispute(@Arg('input', () => AnswerDisputeInput) input: AnswerDisputeInput, @Ctx() request: Request) {
    return presentFindingOutcome(await answerDispute(request, input), request)
  }

  @Mutation(() => FindingOutcome, {
    description: 'Decide an escalated finding. By a person who is neither coder nor auditor of the chart.',
  })
  async decideDispute(@Arg('input', () => DecideDisputeInput) input: DecideDisputeInput, @Ctx() request: Request) {
    return presentFindingOutcome(await decideDispute(request, input), request)
  }
}
