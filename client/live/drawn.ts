import type { AbstractField, PatientClass } from '../generated/graphql.js'
import type { DecideOptions } from './api.js'
import type { ChartBase, ChartState, Comment, Member, SuggestionState } from './model.js'
import { withFirst } from './reduce.js'
import { inReviewOrder } from './reviewOrder.js'

/** Pure: how a command will look when it has gone through. What is not certain is left as it stands. */

export interface Act {
  readonly by: Member | null
  /** ISO 8601. */
  readonly at: string
}

export function drawDecision(base: ChartBase, suggestionId: string, options: DecideOptions, act: Act): ChartBase {
  const line = base.suggestions.find(({ id }) => id === suggestionId)
  if (!line) return base
  const decided = decidedLine(line, options, act)
  const ids = base.order.suggestionIds
  const stays = decided.status === 'ACCEPTED'
  const order = !ids
    ? base.order
    : {
        ...base.order,
        suggestionIds: stays ? [...new Set([...ids, line.id])] : ids.filter((id) => id !== line.id),
        principalId: !stays && base.order.principalId === line.id ? null : base.order.principalId,
      }
  const lines = base.suggestions.map((it) => (it.id === line.id ? decided : it))
  return { ...base, order, suggestions: inReviewOrder(lines, order) }
}

function decidedLine(line: SuggestionState, options: DecideOptions, { by, at }: Act): SuggestionState {
  const decided = { ...line, decidedBy: by, decidedAt: at, decisionReason: options.reason ?? null }
  switch (options.decision) {
    case 'ACCEPT':
      return {
        ...decided,
        status: 'ACCEPTED',
        role: options.role ?? line.role,
        poa: options.poa === undefined ? line.poa : options.poa,
        modifiers: options.modifiers ?? line.modifiers,
      }
    case 'REJECT':
      return { ...decided, status: 'REJECTED' }
    case 'RETURN_TO_PROPOSED':
      return { ...decided, status: 'PROPOSED' }
    case 'MODIFY':
      // The server puts another line in its place; until that comes, this one shows the new code where it stands.
      return { ...decided, status: 'ACCEPTED', code: options.code ?? line.code, title: null }
  }
}

export function drawOrder(base: ChartBase, suggestionIds: readonly string[], principalId: string | null): ChartBase {
  const accepted = new Set(base.order.suggestionIds)
  // Lines that came meanwhile stand last; lines that went are gone.
  const known = suggestionIds.filter((id) => accepted.has(id))
  const ids = [...new Set([...known, ...accepted])]
  const first = principalId !== null && accepted.has(principalId) ? principalId : base.order.principalId
  const order = {
    ...base.order,
    principalId: first,
    suggestionIds: first === null ? ids : [first, ...ids.filter((id) => id !== first)],
  }
  return { ...base, order, suggestions: inReviewOrder(withFirst(base.suggestions, order, base.chart), order) }
}

export function drawAbstract(base: ChartBase, field: AbstractField, value: string | null): ChartBase {
  return { ...base, chart: { ...base.chart, ...abstractChange(field, value) } }
}

export const abstractValue = (chart: ChartState, field: AbstractField): string | null => chart[ABSTRACT_FIELDS[field]]

const abstractChange = (field: AbstractField, value: string | null): Partial<ChartState> =>
  field === 'PATIENT_CLASS' ? { patientClass: value as PatientClass | null } : { [ABSTRACT_FIELDS[field]]: value }

const ABSTRACT_FIELDS = {
  ADMITTED_AT: 'admittedAt',
  ATTENDING_PROVIDER: 'attendingProvider',
  DISCHARGED_AT: 'dischargedAt',
  DISPOSITION: 'disposition',
  INPATIENT_ORDER_AT: 'inpatientOrderAt',
  OPERATING_PROVIDER: 'operatingProvider',
  PATIENT_CLASS: 'patientClass',
  PAYER: 'payer',
  SERVICE_DATE: 'serviceDate',
  SERVICE_LINE: 'serviceLine',
} as const satisfies Record<AbstractField, keyof ChartState>

export const drawComment = (base: ChartBase, comment: Comment): ChartBase => ({
  ...base,
  comments: [...base.comments, comment],
})

export const drawResolved = (base: ChartBase, commentId: string, { by, at }: Act): ChartBase => ({
  ...base,
  comments: base.comments.map((it) => (it.id === commentId ? { ...it, resolvedAt: at, resolvedBy: by } : it)),
})

export const drawOverride = (base: ChartBase, editKey: string, reason: string, { by, at }: Act): ChartBase => ({
  ...base,
  edits: base.edits.map((edit) => (edit.key === editKey ? { ...edit, override: { by, at, reason } } : edit)),
})
