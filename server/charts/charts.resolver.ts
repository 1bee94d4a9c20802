import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Chart, ChartConnection, HelpRequest } from '../../schema/charts.js'
import { AssignmentPart as AssignmentPartEnum, ChartSort as ChartSortEnum } from '../../schema/enums.js'
import {
  AssignChartInput,
  ChartCommandInput,
  ChartFilter,
  PendChartInput,
  UnpendChartInput,
} from '../../schema/inputs.js'
import { ChartOutcome as ChartOutcomeUnion } from '../../schema/outcomes.js'
import { Member } from '../../schema/people.js'
import { Pend } from '../../schema/review.js'
import type { AssignmentPart, ChartSort } from '../../schema/values.js'
import { directoryOf } from '../accounts/index.js'
import { sightOn } from '../auth/masking.js'
import type { Request } from '../auth/request.js'
import { listAssignable } from './assignable.query.js'
import { assignChart, unassignChart } from './assignChart.command.js'
import { seenCharts } from './chart.loader.js'
import { presentChart, rowBehind } from './chart.presenter.js'
import { presentChartOutcome } from './chartOutcome.query.js'
import { claimChart } from './claimChart.command.js'
import { listHelp } from './help.query.js'
import { listCharts } from './listCharts.query.js'
import { pendChart } from './pendChart.command.js'
import { pendsFor } from './pends.query.js'
import { releaseChart } from './releaseChart.command.js'
import { unpendChart } from './unpendChart.command.js'

@Resolver(() => Chart)
export class ChartsResolver {
  @Query(() => Chart, { nullable: true, description: 'One chart; null where there is none that the viewer may see.' })
  async chart(@Arg('id', () => ID) id: string, @Ctx() request: Request): Promise<Chart | null> {
    const session = await request.reading()
    const seen = await seenCharts(session).load(id)
    return seen && presentChart(seen.row, seen.sight, await directoryOf(session))
  }

  @Query(() => ChartConnection, {
    description: 'The charts the viewer sees, a page at a time (Relay cursor connections).',
  })
  async charts(
    @Arg('filter', () => ChartFilter, { defaultValue: {} }) filter: ChartFilter,
    @Arg('sort', () => ChartSortEnum, { defaultValue: 'RECEIVED_ASC' }) sort: ChartSort,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() request: Request,
  ): Promise<ChartConnection> {
    const session = await request.reading()
    const list = await listCharts(session, filter, sort, first, after)
    const directory = await directoryOf(session)
    return {
      edges: list.charts.map((c) => ({ cursor: c.cursor, node: presentChart(c.row, c.sight, directory) })),
      pageInfo: { hasNextPage: list.hasNextPage, endCursor: list.charts.at(-1)?.cursor ?? null },
      totalCount: list.totalCount,
    }
  }

  @FieldResolver(() => [Pend])
  async pends(@Root() chart: Chart, @Ctx() request: Request): Promise<Pend[]> {
    return pendsFor(await request.reading(), rowBehind(chart), sightOn(chart)!)
  }

  @Mutation(() => ChartOutcomeUnion, { description: 'Take a waiting chart and become its coder of record.' })
  async claimChart(@Arg('input', () => ChartCommandInput) input: ChartCommandInput, @Ctx() request: Request) {
    return presentChartOutcome(await claimChart(request, input), request)
  }

  @Mutation(() => ChartOutcomeUnion, {
    description: 'Put somebody on a chart: supervisors, and privacy officers on a restricted one; never oneself.',
  })
  async assignChart(@Arg('input', () => AssignChartInput) input: AssignChartInput, @Ctx() request: Request) {
    return presentChartOutcome(await assignChart(request, input), request)
  }

  @Mutation(() => ChartOutcomeUnion, { description: 'Take somebody off a chart, at once.' })
  async unassignChart(@Arg('input', () => AssignChartInput) input: AssignChartInput, @Ctx() request: Request) {
    return presentChartOutcome(await unassignChart(request, input), request)
  }

  @Query(() => [HelpRequest], {
    description: 'What coders ask about today at the viewer’s facilities. Supervisors only; nothing, for others.',
  })
  async helpRequests(@Ctx() request: Request): Promise<HelpRequest[]> {
    return listHelp(await request.reading())
  }

  @Query(() => [Member], {
    description: 'Who can be given a part on a chart, for whoever puts people on it; nobody, for others.',
  })
  async assignableMembers(
    @Arg('chartId', () => ID) chartId: string,
    @Arg('part', () => AssignmentPartEnum) part: AssignmentPart,
    @Ctx() request: Request,
  ): Promise<Member[]> {
    return listAssignable(await request.reading(), chartId, part)
  }

  @Mutation(() => ChartOutcomeUnion, { description: 'Give the chart back to its worklist.' })
  async releaseChart(@Arg('input', () => ChartCommandInput) input: ChartCommandInput, @Ctx() request: Request) {
    return presentChartOutcome(await releaseChart(request, input), request)
  }

  @Mutation(() => ChartOutcomeUnion, { description: 'Let work on the chart wait, with a reason.' })
  async pendChart(@Arg('input', () => PendChartInput) input: PendChartInput, @Ctx() request: Request) {
    return presentChartOutcome(await pendChart(request, input), request)
  }

  @Mutation(() => ChartOutcomeUnion, { description: 'Remove one reason for waiting, or all.' })
  async unpendChart(@Arg('input', () => UnpendChartInput) input: UnpendChartInput, @Ctx() request: Request) {
    return presentChartOutcome(await unpendChart(request, input), request)
  }
}
