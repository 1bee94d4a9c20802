import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import { Chart } from '../../schema/charts.js'
import { ChartCommandInput, OpenAuditInput, RecordFindingInput } from '../../schema/inputs.js'
import { ChartOutcome, OpenAuditOutcome, RecordFindingOutcome } from '../../schema/outcomes.js'
import { Audit } from '../../schema/review.js'
import { directoryOf } from '../accounts/index.js'
import { sightOn } from '../auth/masking.js'
import type { Request } from '../auth/request.js'
import { presentChartOutcome, rowBehind, todayOf } from '../charts/index.js'
import { auditsLoader } from './audit.loader.js'
import { presentAudit } from './audit.presenter.js'
import { presentOpenedAudit, presentRecordedFinding } from './auditOutcome.query.js'
import { openAudit } from './openAudit.command.js'
import { openSecondLook } from './openSecondLook.command.js'
import { recordFinding } from './recordFinding.command.js'

@Resolver(() => Chart)
export class AuditsResolver {
  @FieldResolver(() => [Audit])
  async audits(@Root() chart: Chart, @Ctx() request: Request): Promise<Audit[]> {
    const session = await request.reading()
    const row = rowBehind(chart)
    const [audits, directory] = await Promise.all([auditsLoader(session).load(row), directoryOf(session)])
    return audits.map((audit) => presentAudit(audit, sightOn(chart)!, directory, todayOf(row).labels))
  }

  @Mutation(() => ChartOutcome, { description: 'Join a chart as second-level reviewer.' })
  async openSecondLook(@Arg('input', () => ChartCommandInput) input: ChartCommandInput, @Ctx() request: Request) {
    return presentChartOutcome(await openSecondLook(request, input), request)
  }

  @Mutation(() => OpenAuditOutcome, { description: 'Begin the audit of one submission.' })
  async openAudit(@Arg('input', () => OpenAuditInput) input: OpenAuditInput, @Ctx() request: Request) {
    return presentOpenedAudit(await openAudit(request, input), request)
  }

  @Mutation(() => RecordFindingOutcome, { description: 'Enter what was found into the audit’s ledger.' })
  async recordFinding(@Arg('input', () => RecordFindingInput) input: RecordFindingInput, @Ctx() request: Request) {
    return presentRecordedFinding(await recordFinding(request, input), request)
  }
}
