import type { OverrideEditInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import { limitText, onChart, requireText } from '../charts/index.js'
import { newId } from '../kernel/ids.js'
import type { LineProblem } from './model.js'
import { insertOverride, type OverrideRow } from './suggestion.store.js'
import { editsOf, loadWorkingSet, withOverride } from './workingSet.js'

export type OverrideOutcome =
  | { readonly kind: 'EditOverridden'; readonly chartId: string; readonly editKey: string }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly LineProblem[] }

/** Let a warning stand, with the reason why. Errors cannot be overridden: they are mended. */
export function overrideEdit(request: Request, input: OverrideEditInput): Promise<OverrideOutcome> {
  limitText('editKey', input.editKey, 4_000)
  requireText('reason', input.reason, 1_000)
  return onChart<OverrideOutcome>(
    request,
    { name: 'overrideEdit', input, chartId: input.chartId, action: 'override' },
    async ({ session, chart, append }) => {
      const set = await loadWorkingSet(session, chart)
      const edit = editsOf(set).find((e) => e.key === input.editKey)
      if (!edit) return invalid('EDIT_GONE', 'The chart no longer has this edit; look at the list again.')
      if (!edit.overridable) return invalid('NOT_OVERRIDABLE', 'An error cannot be overridden; mend what it names.')
      const row: OverrideRow = {
        editKey: edit.key,
        ruleId: edit.ruleId,
        reason: input.reason.trim(),
        memberId: session.viewer.memberId,
        at: session.now,
      }
      await insertOverride(session, chart, newId(session.now.getTime()), row)
      append({
        type: 'EDIT_OVERRIDDEN',
        subjectId: chart.id,
        citedDocumentIds: [],
        classes: ['CLINICAL'],
        payload: { edits: editsOf(withOverride(set, row)) },
      })
      return { kind: 'EditOverridden', chartId: chart.id, editKey: edit.key }
    },
  )
}

const invalid = (code: string, message: string): OverrideOutcome => ({
  kind: 'CommandInvalid',
  problems: [{ code, message, field: 'editKey' }],
})
