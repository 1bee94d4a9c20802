import { Arg, Ctx, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql'
import {
  BreakGlass,
  BreakGlassInput,
  BreakGlassOutcome,
  BreakGlassReviewOutcome,
  ReviewBreakGlassInput,
} from '../../schema/breakGlass.js'
import type { Request } from '../auth/request.js'
import { breakGlass } from './breakGlass.command.js'
import { breakGlassReviews, presentBreakGlassOutcome, presentReviewOutcome } from './breakGlass.query.js'
import { breakGlassAlerts } from './breakGlassAlerts.js'
import { reviewBreakGlass } from './reviewBreakGlass.command.js'

@Resolver()
export class BreakGlassResolver {
  @Query(() => [BreakGlass], {
    description:
      'Broken glasses at the viewer’s facilities, newest first. For their reviewers and supervisors; none, for others.',
  })
  breakGlassReviews(
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('openOnly', () => Boolean, { defaultValue: true, description: 'Only those that nobody reviewed.' })
    openOnly: boolean,
    @Ctx() request: Request,
  ) {
    return breakGlassReviews(request, first, openOnly)
  }

  @Mutation(() => BreakGlassOutcome, {
    description: 'Open one chart’s content for an hour, to read. Privacy officers are told at once and review it.',
  })
  async breakGlass(@Arg('input', () => BreakGlassInput) input: BreakGlassInput, @Ctx() request: Request) {
    return presentBreakGlassOutcome(await breakGlass(request, input), request)
  }

  @Mutation(() => BreakGlassReviewOutcome, {
    description: 'Say whether a glass was rightly broken. By a second person, once.',
  })
  async reviewBreakGlass(
    @Arg('input', () => ReviewBreakGlassInput) input: ReviewBreakGlassInput,
    @Ctx() request: Request,
  ) {
    return presentReviewOutcome(await reviewBreakGlass(request, input), request)
  }

  @Subscription(() => BreakGlass, {
    description: 'Each glass that is broken, escalated or reviewed at the viewer’s facilities, as it happens.',
    subscribe: ({ context }: { context: Request }) =>
      breakGlassAlerts(context.services, context.claims, context.accessed) as never,
  })
  breakGlassAlerts(@Root() item: BreakGlass): BreakGlass {
    return item
  }
}
