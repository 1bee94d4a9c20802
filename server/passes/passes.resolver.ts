import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import { Chart } from '../../schema/charts.js'
import { ChartCommandInput } from '../../schema/inputs.js'
import { ChartOutcome } from '../../schema/outcomes.js'
import { BlindPass } from '../../schema/passes.js'
import { AddPassLineInput, BlindPassInput, BlindPassOutcome, RemovePassLineInput } from '../../schema/passInputs.js'
import { sightOn } from '../auth/masking.js'
import type { Request } from '../auth/request.js'
import { presentChartOutcome, rowBehind } from '../charts/index.js'
import { addPassLine } from './addPassLine.command.js'
import { openBlindPass } from './openBlindPass.command.js'
import { passFor, presentPassOutcome } from './pass.query.js'
import { removePassLine } from './removePassLine.command.js'
import { revealBlindPass } from './revealBlindPass.command.js'

@Resolver(() => Chart)
export class PassesResolver {
  @FieldResolver(() => BlindPass, { nullable: true })
  async blindPass(@Root() chart: Chart, @Ctx() request: Request): Promise<BlindPass | null> {
    return passFor(await request.reading(), rowBehind(chart), sightOn(chart)!)
  }

  @Mutation(() => BlindPassOutcome, {
    description: 'Begin to code a chart a second time, seeing nothing that was made of it, and seen by nobody.',
  })
  async openBlindPass(@Arg('input', () => ChartCommandInput) input: ChartCommandInput, @Ctx() request: Request) {
    return presentPassOutcome(await openBlindPass(request, input), request)
  }

  @Mutation(() => BlindPassOutcome, { description: 'Put a code on one’s own blind pass.' })
  async addPassLine(@Arg('input', () => AddPassLineInput) input: AddPassLineInput, @Ctx() request: Request) {
    return presentPassOutcome(await addPassLine(request, input), request)
  }

  @Mutation(() => BlindPassOutcome, { description: 'Take a code off one’s own blind pass.' })
  async removePassLine(@Arg('input', () => RemovePassLineInput) input: RemovePassLineInput, @Ctx() request: Request) {
    return presentPassOutcome(await removePassLine(request, input), request)
  }

  @Mutation(() => ChartOutcome, {
    description: 'Reveal one’s own blind pass: its codes become proposals on the chart, to be reconciled with its own.',
  })
  async revealBlindPass(@Arg('input', () => BlindPassInput) input: BlindPassInput, @Ctx() request: Request) {
    return presentChartOutcome(await revealBlindPass(request, input), request)
  }
}
