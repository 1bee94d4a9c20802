import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import { Chart } from '../../schema/charts.js'
import {
  AddSuggestionInput,
  AskForHelpInput,
  DecideOnSuggestionInput,
  OverrideEditInput,
  ReorderSuggestionsInput,
  SetAbstractInput,
  UndoInput,
} from '../../schema/inputs.js'
import {
  AddSuggestionOutcome,
  ChartOutcome,
  DecideOnSuggestionOutcome,
  OverrideEditOutcome,
  ReorderSuggestionsOutcome,
  SetAbstractOutcome,
  UndoOutcome,
} from '../../schema/outcomes.js'
import { CodeOrder, Edit, Evidence, QueryOpportunity, Suggestion } from '../../schema/suggestions.js'
import { directoryOf } from '../accounts/index.js'
import { sightOn } from '../auth/masking.js'
import type { Request } from '../auth/request.js'
import { presentChartOutcome, presentEdit, todayOf, presentOrder, rowBehind } from '../charts/index.js'
import { textLoader } from '../documents/index.js'
import { addSuggestion } from './addSuggestion.command.js'
import { askForHelp } from './askForHelp.command.js'
import { decideOnSuggestion } from './decideOnSuggestion.command.js'
import { inReviewOrder } from './model.js'
import {
  presentAbstractSet,
  presentAdded,
  presentDecision,
  presentOverridden,
  presentReordered,
  presentUndone,
} from './outcome.query.js'
import { overrideEdit } from './overrideEdit.command.js'
import { reorderSuggestions } from './reorderSuggestions.command.js'
import { setAbstract } from './setAbstract.command.js'
import { opportunityRows, todayIn, workingSetOf } from './suggestion.loader.js'
import { presentOpportunity, presentSuggestion } from './suggestion.presenter.js'
import { undo } from './undo.command.js'
import { editsOf, orderOf, viewOf } from './workingSet.js'

@Resolver(() => Chart)
export class ChartSuggestionsResolver {
  @FieldResolver(() => [Suggestion])
  async suggestions(@Root() chart: Chart, @Ctx() request: Request): Promise<Suggestion[]> {
    const session = await request.reading()
    const [set, directory] = await Promise.all([workingSetOf(session, rowBehind(chart)), directoryOf(session)])
    const today = todayIn(set)
    return inReviewOrder(set.lines).map((line) =>
      presentSuggestion(viewOf(set, line), sightOn(chart)!, directory, today),
    )
  }

  @FieldResolver(() => [QueryOpportunity])
  async opportunities(@Root() chart: Chart, @Ctx() request: Request): Promise<QueryOpportunity[]> {
    const session = await request.reading()
    const row = rowBehind(chart)
    const [set, rows] = await Promise.all([workingSetOf(session, row), opportunityRows(session, row)])
    const today = todayIn(set)
    return rows.map((o) =>
      presentOpportunity({ ...o, evidence: set.evidence.get(o.id) ?? [] }, row.id, sightOn(chart)!, today),
    )
  }

  @FieldResolver(() => CodeOrder)
  async order(@Root() chart: Chart, @Ctx() request: Request): Promise<CodeOrder> {
    const session = await request.reading()
    return presentOrder(orderOf(await workingSetOf(session, rowBehind(chart))), sightOn(chart)!)
  }

  @FieldResolver(() => [Edit])
  async edits(@Root() chart: Chart, @Ctx() request: Request): Promise<Edit[]> {
    const session = await request.reading()
    const row = rowBehind(chart)
    const [set, directory] = await Promise.all([workingSetOf(session, row), directoryOf(session)])
    return editsOf(set).map((edit) => presentEdit(edit, sightOn(chart)!, directory, todayOf(row).labels))
  }
}

@Resolver(() => Evidence)
export class EvidenceResolver {
  /** Cut now, from the text, for whoever may read it now; null for a citation by page or of withdrawn words. */
  @FieldResolver(() => String)
  async quote(@Root() evidence: Evidence, @Ctx() request: Request): Promise<string | null> {
    if (evidence.versionId == null || evidence.start == null || evidence.end == null) return null
    const text = await textLoader(await request.reading()).load(evidence.versionId)
    return text === null ? null : text.slice(evidence.start, evidence.end)
  }
}

@Resolver()
export class SuggestionCommandsResolver {
  @Mutation(() => ChartOutcome, {
    description: 'Ask a supervisor about one line: the chart’s content is open to them until the end of the day.',
  })
  async askForHelp(@Arg('input', () => AskForHelpInput) input: AskForHelpInput, @Ctx() request: Request) {
    return presentChartOutcome(await askForHelp(request, input), request)
  }

  @Mutation(() => DecideOnSuggestionOutcome, { description: 'Accept, reject, modify or take back one line.' })
  async decideOnSuggestion(
    @Arg('input', () => DecideOnSuggestionInput) input: DecideOnSuggestionInput,
    @Ctx() request: Request,
  ) {
    return presentDecision(await decideOnSuggestion(request, input), input, request)
  }

  @Mutation(() => AddSuggestionOutcome, { description: 'Put a code on the chart, or propose it.' })
  async addSuggestion(@Arg('input', () => AddSuggestionInput) input: AddSuggestionInput, @Ctx() request: Request) {
    return presentAdded(await addSuggestion(request, input), request)
  }

  @Mutation(() => ReorderSuggestionsOutcome, {
    description: 'Put the accepted lines in order and say which is principal.',
  })
  async reorderSuggestions(
    @Arg('input', () => ReorderSuggestionsInput) input: ReorderSuggestionsInput,
    @Ctx() request: Request,
  ) {
    return presentReordered(await reorderSuggestions(request, input), input, request)
  }

  @Mutation(() => SetAbstractOutcome, { description: 'Set one field of the abstract.' })
  async setAbstract(@Arg('input', () => SetAbstractInput) input: SetAbstractInput, @Ctx() request: Request) {
    return presentAbstractSet(await setAbstract(request, input), input, request)
  }

  @Mutation(() => OverrideEditOutcome, { description: 'Let a warning stand, with the reason why.' })
  async overrideEdit(@Arg('input', () => OverrideEditInput) input: OverrideEditInput, @Ctx() request: Request) {
    return presentOverridden(await overrideEdit(request, input), request)
  }

  @Mutation(() => UndoOutcome, { description: 'Undo the caller’s own last act on a line by a new act.' })
  async undo(@Arg('input', () => UndoInput) input: UndoInput, @Ctx() request: Request) {
    return presentUndone(await undo(request, input), request)
  }
}
