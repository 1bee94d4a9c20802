import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import { Chart } from '../../schema/charts.js'
import { ReopenChartInput, ReturnChartInput, SubmitChartInput } from '../../schema/inputs.js'
import { ChartOutcome, SubmitChartOutcome } from '../../schema/outcomes.js'
import { Submission } from '../../schema/review.js'
import { sightOn } from '../auth/masking.js'
import type { Request } from '../auth/request.js'
import { presentChartOutcome, rowBehind } from '../charts/index.js'
import { reopenChart } from './reopenChart.command.js'
import { returnChart } from './returnChart.command.js'
import { submitChart } from './submitChart.command.js'
import { presentSubmitted, submissionsFor } from './submitted.query.js'

@Resolver(() => Chart)
export class SubmissionsResolver {
  @FieldResolver(() => [Submission])
  async submissions(@Root() chart: Chart, @Ctx() request: Request): Promise<Submission[]> {
    return submissionsFor(await request.reading(), rowBehind(chart), sightOn(chart)!)
  }

  @Mutation(() => SubmitChartOutcome, { description: 'Freeze the chart as its next numbered submission.' })
  async submitChart(@Arg('input', () => SubmitChartInput) input: SubmitChartInput, @Ctx() request: Request) {
    return presentSubmitted(await submitChart(request, input), request)
  }

  @Mutation(() => ChartOutcome, { description: 'Send a submitted chart back to its coder with a note.' })
  async returnChart(@Arg('input', () => ReturnChartInput) input: ReturnChartInput, @Ctx() request: Request) {
    return presentChartOutcome(await returnChart(request, input), request)
  }

  @Mutation(() => ChartOutcome, { description: 'Open a submitted chart again, with the reason.' })
  async reopenChart(@Arg('input', () => ReopenChartInput) input: ReopenChartInput, @Ctx() request: Request) {
    return presentChartOutcome(await reopenChart(request, input), request)
  }
}
