import type { UndoInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import { type ChartCommand, onChart, type SuggestionView, saveChart } from '../charts/index.js'
import { notFound } from '../kernel/errors.js'
import { changedEdits } from './decideOnSuggestion.command.js'
import { type PastState, reorderedBetween, statesOfLine } from './lineHistory.js'
import { firstRole, isPrincipalRole, type Line, type LineProblem } from './model.js'
import { nextRank } from './suggestion.decider.js'
import { chartOfLine, updateLine } from './suggestion.store.js'
import { acceptedOf, citedBy, loadWorkingSet, orderOf, viewOf, withLines } from './workingSet.js'

export type UndoOutcome =
  | { readonly kind: 'Undone'; readonly chartId: string; readonly suggestionId: string }
  | { readonly kind: 'UndoRefused'; readonly problem: LineProblem }

/** Undo the caller's own last act on a line by a new act that puts back what stood before. History keeps both. */
export function undo(request: Request, input: UndoInput): Promise<UndoOutcome> {
  return onChart<UndoOutcome>(
    request,
    { name: 'undo', input, chartId: (session) => chartOfLine(session, input.suggestionId), action: 'undo' },
    async (command) => {
      const { session, chart, append } = command
      const set = await loadWorkingSet(session, chart)
      const line = set.lines.find((l) => l.id === input.suggestionId)
      if (!line) throw notFound()
      const states = await statesOfLine(session, chart, line)
      const last = states.at(-1)
      const former = states.at(-2)
      if (!last || last.actorId !== session.viewer.memberId)
        return refused('NOT_YOURS', 'The last act on this line was not yours; ask whoever it was, or decide it anew.')
      if (input.seenVersion !== line.version)
        return refused('BUILT_ON', 'The line changed since you looked at it; look again, then decide.')
      // A reorder has its own version and leaves the line's alone, so rank and role are looked at too.
      if (last.view.version !== line.version || last.view.rank !== line.rank || last.view.role !== line.role)
        return refused('BUILT_ON', 'The line changed since, by a reorder or a new document; decide it anew.')
      if (last.subjectId !== line.id)
        return refused('MODIFICATION', 'This code came in the place of another; undo that on the line it replaced.')

      const replacement = set.lines.find((l) => l.id === last.replacementId)
      if (replacement && !isAsPut(replacement, line, session.viewer.memberId))
        return refused('BUILT_ON', 'Somebody already built on the code that replaced this one.')
      const withdrawn: Line | null = replacement
        ? { ...replacement, status: 'WITHDRAWN', rank: null, version: replacement.version + 1 }
        : null
      const remaining = acceptedOf(set).filter((l) => l.id !== line.id && l.id !== replacement?.id)
      const back = restored(line, former && (await stoodBefore(command, former, last)), remaining)
      if (back === 'PRINCIPAL_TAKEN')
        return refused('BUILT_ON', 'Another line is principal by now; reorder the lines instead.')
      const changed: Line = {
        ...back,
        version: line.version + 1,
        decidedBy: session.viewer.memberId,
        decidedAt: session.now,
      }
      if (withdrawn) await updateLine(session, chart, withdrawn)
      await updateLine(session, chart, changed)
      const next = { ...chart, orderVersion: chart.orderVersion + 1 }
      await saveChart(session, chart, { orderVersion: next.orderVersion })
      const after = withLines(set, withdrawn ? [changed, withdrawn] : [changed], next)
      append({
        type:
          changed.status === 'WITHDRAWN'
            ? 'SUGGESTION_WITHDRAWN'
            : changed.status === 'ACCEPTED'
              ? 'SUGGESTION_ACCEPTED'
              : changed.status === 'REJECTED'
                ? 'SUGGESTION_REJECTED'
                : 'SUGGESTION_PROPOSED',
        subjectId: line.id,
        citedDocumentIds: citedBy(after, line.id),
        classes: ['WORK', 'CLINICAL'],
        payload: {
          suggestion: viewOf(after, changed),
          ...(withdrawn && { replacement: viewOf(after, withdrawn) }),
          order: orderOf(after),
          ...changedEdits(set, after),
        },
      })
      return { kind: 'Undone', chartId: chart.id, suggestionId: line.id }
    },
  )
}

/** The replacement as the modification put it: not decided anew, and where the replaced line stood. */
const isAsPut = (replacement: Line, replaced: Line, memberId: string): boolean =>
  replacement.version === 1 && replacement.decidedBy === memberId && replacement.replaces === replaced.id

type Stood = Pick<SuggestionView, 'status' | 'role' | 'rank' | 'poa' | 'modifiers' | 'decisionReason' | 'evidenceStale'>

/** The state before the last act: what the act before it left, and what an order made since then said of it. */
async function stoodBefore({ session, chart }: ChartCommand, former: PastState, last: PastState): Promise<Stood> {
  const { view } = former
  const order = await reorderedBetween(session, chart, former.seq, last.seq)
  const at = order ? order.suggestionIds.indexOf(view.id) : -1
  if (!order || at < 0) return view
  const first = order.principalId === view.id
  const role = first ? firstRole(chart.patientClass) : isPrincipalRole(view.role) ? 'SECONDARY' : view.role
  return { ...view, role, rank: at + 1 }
}

/** What stood before the last act; a line that the act itself added is withdrawn. */
function restored(line: Line, before: Stood | undefined, remaining: readonly Line[]): Line | 'PRINCIPAL_TAKEN' {
  if (!before) return { ...line, status: 'WITHDRAWN', rank: null }
  const comesBack = before.status === 'ACCEPTED'
  const taken = new Set(remaining.map((l) => l.rank))
  if (comesBack && isPrincipalRole(before.role) && remaining.some((l) => isPrincipalRole(l.role)))
    return 'PRINCIPAL_TAKEN'
  return {
    ...line,
    status: before.status,
    role: before.role,
    rank: comesBack ? (before.rank === null || taken.has(before.rank) ? nextRank(remaining) : before.rank) : null,
    poa: before.poa,
    modifiers: before.modifiers,
    decisionReason: before.decisionReason,
    evidenceStale: before.evidenceStale,
  }
}

const refused = (code: string, message: string): UndoOutcome => ({ kind: 'UndoRefused', problem: { code, message } })
