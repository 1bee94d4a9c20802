import type { DecideOnSuggestionInput } from '../../schema/inputs.js'
import type { ChartEventType } from '../../schema/values.js'
import type { Request } from '../auth/request.js'
import { type ChartCommand, type EventPayload, limitText, onChart, poaApplies, saveChart } from '../charts/index.js'
import { notFound } from '../kernel/errors.js'
import { newId } from '../kernel/ids.js'
import type { Line, LineProblem } from './model.js'
import { decide, type LineChange, type Replacement } from './suggestion.decider.js'
import { chartOfLine, insertEvidence, insertLine, updateLine } from './suggestion.store.js'
import {
  acceptedOf,
  citedBy,
  codeOnDate,
  editsOf,
  loadWorkingSet,
  orderOf,
  tableOf,
  viewOf,
  type WorkingSet,
  withEvidence,
  withLines,
} from './workingSet.js'

export type DecideOutcome =
  | {
      readonly kind: 'SuggestionDecided'
      readonly chartId: string
      readonly suggestionId: string
      readonly replacementId: string | null
    }
  | {
      readonly kind: 'SuggestionChanged'
      readonly chartId: string
      readonly suggestionId: string
      readonly seenVersion: number
    }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly LineProblem[] }

/** Accept, reject, modify or take back one line. A line somebody else changed since `seenVersion` is a conflict. */
export function decideOnSuggestion(request: Request, input: DecideOnSuggestionInput): Promise<DecideOutcome> {
  limitText('code', input.code, 20)
  limitText('reason', input.reason, 1_000)
  return onChart<DecideOutcome>(
    request,
    {
      name: 'decideOnSuggestion',
      input,
      chartId: (session) => chartOfLine(session, input.suggestionId),
      action: 'decide',
    },
    async (command) => {
      const { session, chart } = command
      const set = await loadWorkingSet(session, chart)
      const line = set.lines.find((l) => l.id === input.suggestionId)
      if (!line) throw notFound()
      if (line.version !== input.seenVersion)
        return { kind: 'SuggestionChanged', chartId: chart.id, suggestionId: line.id, seenVersion: input.seenVersion }

      const decided = decide(line, input, {
        patientClass: chart.patientClass,
        ownCode: codeOnDate(set, line.system, line.code),
        newCode: input.code ? codeOnDate(set, line.system, input.code) : undefined,
        table: tableOf(set, line.system),
        accepted: acceptedOf(set),
        poaApplies: poaApplies(chart),
      })
      if (!decided.ok) return { kind: 'CommandInvalid', problems: decided.problems }
      const { after, changed, replacement } = await save(command, set, line, decided.change, decided.replacement)
      announce(command, set, after, changed, replacement)
      return {
        kind: 'SuggestionDecided',
        chartId: chart.id,
        suggestionId: line.id,
        replacementId: replacement?.id ?? null,
      }
    },
  )
}

async function save(command: ChartCommand, set: WorkingSet, line: Line, change: LineChange, put: Replacement | null) {
  const { session, chart } = command
  const now = session.now
  const changed: Line = {
    ...line,
    ...change,
    version: line.version + 1,
    decidedBy: session.viewer.memberId,
    decidedAt: now,
  }
  const replacement: Line | null = put && {
    ...line,
    ...put,
    id: newId(now.getTime()),
    status: 'ACCEPTED',
    origin: 'CODER',
    authorId: session.viewer.memberId,
    poaProposed: null,
    confidence: null,
    reason: null,
    replaces: line.id,
    evidenceStale: false,
    decidedBy: session.viewer.memberId,
    decidedAt: now,
    decisionReason: null,
    version: 1,
    createdAt: now,
  }
  let after = withLines(set, replacement ? [changed, replacement] : [changed])
  await updateLine(session, chart, changed)
  if (replacement) {
    const evidence = (set.evidence.get(line.id) ?? []).map((e) => ({ ...e, id: newId(now.getTime()) }))
    await insertLine(session, chart, replacement)
    await insertEvidence(session, chart, replacement.id, evidence)
    after = withEvidence(after, replacement.id, evidence)
  }
  const before = orderOf(set)
  const order = orderOf(after)
  if (before.suggestionIds.join() !== order.suggestionIds.join() || before.principalId !== order.principalId) {
    // The order is one versioned line: whoever reorders must have seen that a line came or went.
    const next = { ...chart, orderVersion: chart.orderVersion + 1 }
    await saveChart(session, chart, { orderVersion: next.orderVersion })
    after = withLines(after, [], next)
  }
  return { after, changed, replacement }
}

function announce(
  command: ChartCommand,
  before: WorkingSet,
  after: WorkingSet,
  line: Line,
  replacement: Line | null,
): void {
  command.append({
    type: eventOf(line, replacement),
    subjectId: line.id,
    citedDocumentIds: citedBy(after, line.id),
    classes: ['WORK', 'CLINICAL'],
    payload: {
      suggestion: viewOf(after, line),
      ...(replacement && { replacement: viewOf(after, replacement) }),
      ...(after.chart.orderVersion !== before.chart.orderVersion && { order: orderOf(after) }),
      ...changedEdits(before, after),
    },
  })
}

function eventOf(line: Line, replacement: Line | null): ChartEventType {
  if (replacement) return 'SUGGESTION_MODIFIED'
  if (line.status === 'ACCEPTED') return 'SUGGESTION_ACCEPTED'
  if (line.status === 'REJECTED') return 'SUGGESTION_REJECTED'
  return 'SUGGESTION_PROPOSED'
}

/** All edits after the change, where it changed any: everyone on the chart sees the same list. */
export function changedEdits(before: WorkingSet, after: WorkingSet): Pick<EventPayload, 'edits'> {
  const edits = editsOf(after)
  return JSON.stringify(edits) === JSON.stringify(editsOf(before)) ? {} : { edits }
}
