import type { BlindPass } from '../../schema/passes.js'
import type { Request } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { isBlind, type Sight } from '../auth/sight.js'
import { type ChartRow, seeChart, todayOf } from '../charts/index.js'
import { notFound } from '../kernel/errors.js'
import { factsOf, workingSetOf } from '../suggestions/index.js'
import { presentPass } from './pass.presenter.js'
import { openPassOn } from './pass.store.js'
import type { PassOutcome } from './passCommand.js'

/** The viewer's own open pass on a chart; null for everybody else, whoever has one. */
export async function passFor(session: Session, chart: ChartRow, sight: Sight): Promise<BlindPass | null> {
  const pass = isBlind(sight) ? await openPassOn(session, chart) : undefined
  if (!pass) return null
  const set = await workingSetOf(session, chart)
  return presentPass(pass, sight, todayOf(chart), (system, code) => factsOf(set, system, code)?.title ?? null)
}

export async function presentPassOutcome(outcome: PassOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return { __typename: outcome.kind, problems: outcome.problems }
  const session = await request.reading()
  const { row, sight } = await seeChart(session, outcome.chartId)
  const pass = await passFor(session, row, sight)
  // A command that is sent again after the pass was revealed.
  if (!pass) throw notFound()
  return { __typename: outcome.kind, pass }
}
