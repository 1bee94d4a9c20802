import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import { Chart } from '../../schema/charts.js'
import { ReopenChartInput, ReturnChartInput, SubmitChartInput } from '../../schema/inputs.js'
import { ChartOutcome, SubmitChartOutcome } from '../../schema/outcomes.js'
import { Submission } from '../../schema/review.js'
import { directoryOf } from '../accounts/directory.js'
import { sightOn } from '../auth/masking.js'
import type { Request } from '../auth/request.js'
import { lastVisibleCursor } from '../charts/chartLog.js'
import { rowBehind } from '../charts/chart.presenter.js'
import { presentChartOutcome } from '../charts/chartOutcome.presenter.js'
import { seeChart } from '../charts/chart.loader.js'
import { reopenChart } from './reopenChart.command.js'
import { returnChart } from './returnChart.command.js'
import { presentSubmission, presentSubmitted } from './submission.presenter.js'
import { submissionsOf } from './submission.store.js'
import { submitChart } from './submitChart.command.js'

@Resolver(() => Chart)
export class SubmissionsResolver {
  @FieldResolver(() => [Submission])
  async submissions(@Root() chart: Chart, @Ctx() request: Request): Promise<Submission[]> {
    const session = await request.reading()
    const [submissions, directory] = await Promise.all([submissionsOf(session, rowBehind(chart)), directoryOf(session)])
    return submissions.map((s) => presentSubmission(s, sightOn(chart)!, directory))
  }

  @Mutation(() => SubmitChartOutcome, { description: 'Freeze the chart as its next numbered submission.' })
  async submitChart(@Arg('input', () => SubmitChartInput) input: SubmitChartInput, @Ctx() request: Request) {
    return presentSubmitted(await submitChart(request, input), input, request, async (chartId) => {
      const session = await request.reading()
      const { row, sight } = await seeChart(session, chartId)
      return lastVisibleCursor(session, row, sight)
    })
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
