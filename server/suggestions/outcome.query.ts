import type { DecideOnSuggestionInput, ReorderSuggestionsInput, SetAbstractInput } from '../../schema/inputs.js'
import { directoryOf } from '../accounts/index.js'
import { seenUnder } from '../auth/masking.js'
import type { Request } from '../auth/request.js'
import {
  type ChartView,
  columnOf,
  presentChartOutcome,
  presentEdit,
  todayOf,
  presentOrder,
  type SeenChart,
  seeChart,
  viewOfChart,
} from '../charts/index.js'
import type { AddOutcome } from './addSuggestion.command.js'
import type { DecideOutcome } from './decideOnSuggestion.command.js'
import { chartAt, lineAt, orderAt } from './lineHistory.js'
import type { Line } from './model.js'
import type { OverrideOutcome } from './overrideEdit.command.js'
import type { ReorderOutcome } from './reorderSuggestions.command.js'
import type { SetAbstractOutcome } from './setAbstract.command.js'
import { todayIn, workingSetOf } from './suggestion.loader.js'
import { presentSuggestion, presentSuggestionState } from './suggestion.presenter.js'
import type { UndoOutcome } from './undo.command.js'
import { editsOf, orderOf, viewOf, type WorkingSet } from './workingSet.js'

/** Outcomes of commands on lines, presented under the sight of the moment, from a read after the commit. */

export async function presentDecision(
  outcome: DecideOutcome,
  input: DecideOnSuggestionInput,
  request: Request,
): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return invalid(outcome)
  const context = await contextOf(request, outcome.chartId)
  const { sight } = context.seen
  if (outcome.kind === 'SuggestionDecided')
    return seenUnder(sight, {
      __typename: outcome.kind,
      suggestion: line(context, outcome.suggestionId),
      replacement: outcome.replacementId === null ? null : line(context, outcome.replacementId),
      edits: edits(context),
    })
  const base = await lineAt(
    context.session,
    context.seen.row,
    lineIn(context, outcome.suggestionId),
    outcome.seenVersion,
  )
  return seenUnder(sight, {
    __typename: outcome.kind,
    base: base ? presentSuggestionState(base, sight, context.directory, todayIn(context.set)) : null,
    theirs: line(context, outcome.suggestionId),
    yours: seenUnder(sight, {
      decision: input.decision,
      code: input.code ?? null,
      role: input.role ?? null,
      poa: input.poa ?? null,
    }),
  })
}

export async function presentAdded(outcome: AddOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return invalid(outcome)
  const context = await contextOf(request, outcome.chartId)
  return seenUnder(context.seen.sight, {
    __typename: outcome.kind,
    suggestion: line(context, outcome.suggestionId),
    edits: edits(context),
  })
}

export async function presentReordered(
  outcome: ReorderOutcome,
  input: ReorderSuggestionsInput,
  request: Request,
): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return invalid(outcome)
  const context = await contextOf(request, outcome.chartId)
  const { sight, row } = context.seen
  const order = presentOrder(orderOf(context.set), sight)
  if (outcome.kind === 'OrderSaved') return seenUnder(sight, { __typename: outcome.kind, order, edits: edits(context) })
  const base = await orderAt(context.session, row, outcome.seenVersion)
  return seenUnder(sight, {
    __typename: outcome.kind,
    base: base ? presentOrder(base, sight) : null,
    theirs: order,
    yours: [...input.suggestionIds],
  })
}

export async function presentAbstractSet(
  outcome: SetAbstractOutcome,
  input: SetAbstractInput,
  request: Request,
): Promise<object> {
  if (outcome.kind !== 'AbstractChanged') return presentChartOutcome(outcome, request)
  const session = await request.reading()
  const { row, sight } = await seeChart(session, outcome.chartId)
  const column = columnOf(input.field)
  const valueIn = (chart: ChartView): unknown => (chart as unknown as Record<string, unknown>)[column] ?? null
  const base = await chartAt(session, row, input.field, outcome.seenVersion)
  return seenUnder(sight, {
    __typename: outcome.kind,
    field: input.field,
    base: base ? valueIn(base) : null,
    theirs: valueIn(viewOfChart(row)),
    theirVersion: row.abstractMeta[input.field]?.version ?? 1,
    yours: input.value ?? null,
  })
}

export async function presentOverridden(outcome: OverrideOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return invalid(outcome)
  const context = await contextOf(request, outcome.chartId)
  return seenUnder(context.seen.sight, { __typename: outcome.kind, editKey: outcome.editKey, edits: edits(context) })
}

export async function presentUndone(outcome: UndoOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'UndoRefused') return { __typename: outcome.kind, problem: outcome.problem }
  const context = await contextOf(request, outcome.chartId)
  return { __typename: outcome.kind, suggestion: line(context, outcome.suggestionId) }
}

interface Context {
  readonly session: Awaited<ReturnType<Request['reading']>>
  readonly seen: SeenChart
  readonly set: WorkingSet
  readonly directory: Awaited<ReturnType<typeof directoryOf>>
}

async function contextOf(request: Request, chartId: string): Promise<Context> {
  const session = await request.reading()
  const seen = await seeChart(session, chartId)
  const [set, directory] = await Promise.all([workingSetOf(session, seen.row), directoryOf(session)])
  return { session, seen, set, directory }
}

function lineIn({ set }: Context, id: string): Line {
  const found = set.lines.find((l) => l.id === id)
  if (!found) throw new Error('the line of an outcome is gone')
  return found
}

function line(context: Context, id: string): object {
  const { set, seen, directory } = context
  return presentSuggestion(viewOf(set, lineIn(context, id)), seen.sight, directory, todayIn(set))
}

const edits = ({ set, seen, directory }: Context): object[] =>
  editsOf(set).map((edit) => presentEdit(edit, seen.sight, directory, todayOf(seen.row).labels))

const invalid = (outcome: { problems: readonly object[] }): object => ({
  __typename: 'CommandInvalid',
  problems: outcome.problems,
})
