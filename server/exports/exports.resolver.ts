import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { ExportChartInput } from '../../schema/inputs.js'
import { ExportChartOutcome } from '../../schema/outcomes.js'
import type { Request } from '../auth/request.js'
import { exportChart } from './exportChart.command.js'
import { presentExported } from './exportOutcome.query.js'

@Resolver()
export class ExportsResolver {
  @Mutation(() => ExportChartOutcome, {
    description: 'Write one submission as a validated FHIR R4 Bundle or as CSV, and keep what was written.',
  })
  async exportChart(@Arg('input', () => ExportChartInput) input: ExportChartInput, @Ctx() request: Request) {
    return presentExported(await exportChart(request, input), request)
  }
}
