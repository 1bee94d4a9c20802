import type { ReorderSuggestionsInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import { limitList, onChart, saveChart } from '../charts/index.js'
import { changedEdits } from './decideOnSuggestion.command.js'
import type { LineProblem } from './model.js'
import { reorder } from './order.decider.js'
import { updateOrder } from './suggestion.store.js'
import { acceptedOf, codeOnDate, loadWorkingSet, orderOf, withLines } from './workingSet.js'

export type ReorderOutcome =
  | { readonly kind: 'OrderSaved'; readonly chartId: string }
  | { readonly kind: 'OrderChanged'; readonly chartId: string; readonly seenVersion: number }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly LineProblem[] }

/** Put the accepted lines in order and say which is principal. Two people who make different lines principal conflict. */
export function reorderSuggestions(request: Request, input: ReorderSuggestionsInput): Promise<ReorderOutcome> {
  limitList('suggestionIds', input.suggestionIds, 500)
  return onChart<ReorderOutcome>(
    request,
    { name: 'reorderSuggestions', input, chartId: input.chartId, action: 'reorder' },
    async ({ session, chart, append }) => {
      if (chart.orderVersion !== input.seenVersion)
        return { kind: 'OrderChanged', chartId: chart.id, seenVersion: input.seenVersion }
      const set = await loadWorkingSet(session, chart)
      const accepted = acceptedOf(set)
      const decided = reorder(accepted, input, chart.patientClass, (line) => codeOnDate(set, line.system, line.code))
      if (!decided.ok) return { kind: 'CommandInvalid', problems: decided.problems }

      const next = { ...chart, orderVersion: chart.orderVersion + 1 }
      await updateOrder(session, chart, decided.lines)
      await saveChart(session, chart, { orderVersion: next.orderVersion })
      const after = withLines(set, decided.lines, next)
      append({
        type: 'SUGGESTION_REORDERED',
        subjectId: chart.id,
        citedDocumentIds: [],
        classes: ['CLINICAL'],
        payload: { order: orderOf(after), ...changedEdits(set, after) },
      })
      return { kind: 'OrderSaved', chartId: chart.id }
    },
  )
}
