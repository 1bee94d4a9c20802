import type { AddSuggestionInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import { stands } from '../auth/sight.js'
import { type ChartRow, limitList, limitText, onChart, poaApplies, saveChart } from '../charts/index.js'
import { newId } from '../kernel/ids.js'
import { evidenceProblems, evidenceViews } from './citable.js'
import { changedEdits } from './decideOnSuggestion.command.js'
import { defaultRole, kindOfSystem, type Line, type LineProblem } from './model.js'
import { codeProblems, modifierProblems, nextRank, poaProblems, roleProblems } from './suggestion.decider.js'
import { insertEvidence, insertLine } from './suggestion.store.js'
import {
  acceptedOf,
  citedBy,
  codeOnDate,
  loadWorkingSet,
  orderOf,
  tableOf,
  viewOf,
  withEvidence,
  withLines,
} from './workingSet.js'

export type AddOutcome =
  | { readonly kind: 'SuggestionAdded'; readonly chartId: string; readonly suggestionId: string }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly LineProblem[] }

/**
 * Put a code on the chart. A coder's or second-level reviewer's stands at once unless `propose` is set; an auditor's
 * is always a proposal, needs evidence, and touches no submission.
 */
export function addSuggestion(request: Request, input: AddSuggestionInput): Promise<AddOutcome> {
  limitText('code', input.code, 20)
  limitText('performer', input.performer, 200)
  limitList('evidence', input.evidence, 50)
  limitList('modifiers', input.modifiers, 4)
  return onChart<AddOutcome>(
    request,
    { name: 'addSuggestion', input, chartId: input.chartId, action: 'add' },
    async ({ session, chart, sight, append }) => {
      const auditor = stands(sight, 'AUDITOR')
      const proposal = input.propose || auditor
      const set = await loadWorkingSet(session, chart)
      const code = codeOnDate(set, input.system, input.code)
      const kind = kindOfSystem(input.system)
      const role = input.role ?? defaultRole(kind, code ?? { externalCause: false })
      const poa = input.poa ?? (code?.poaExempt && poaApplies(chart) ? 'EXEMPT' : null)
      const accepted = proposal ? [] : acceptedOf(set)
      const problems = [
        ...codeProblems(code, 'This code', tableOf(set, input.system)),
        ...roleProblems(kind, role, null, code, { patientClass: chart.patientClass, accepted }),
        ...poaProblems(poa, code),
        ...evidenceProblems(input.evidence ?? [], set.citable),
        ...modifierProblems(input.modifiers ?? []),
        ...factProblems(input),
      ]
      if (auditor && !input.evidence?.length)
        problems.push({
          code: 'EVIDENCE_REQUIRED',
          message: 'An auditor’s line needs the words it rests on.',
          field: 'evidence',
        })
      if (problems.length > 0 || !code) return { kind: 'CommandInvalid', problems }

      const now = session.now
      const line: Line = {
        id: newId(now.getTime()),
        chartId: chart.id,
        system: input.system,
        code: code.code,
        kind,
        role,
        rank: proposal ? null : nextRank(accepted),
        poa,
        poaProposed: null,
        modifiers: input.modifiers ?? [],
        units: input.units ?? null,
        performedOn: input.performedOn ?? null,
        performer: input.performer ?? null,
        origin: auditor ? 'AUDITOR' : 'CODER',
        authorId: session.viewer.memberId,
        confidence: null,
        reason: null,
        status: proposal ? 'PROPOSED' : 'ACCEPTED',
        replaces: null,
        evidenceStale: false,
        decidedBy: proposal ? null : session.viewer.memberId,
        decidedAt: proposal ? null : now,
        decisionReason: null,
        version: 1,
        createdAt: now,
      }
      const evidence = evidenceViews(input.evidence ?? [], set.citable, now)
      await insertLine(session, chart, line)
      await insertEvidence(session, chart, line.id, evidence)

      let next: ChartRow = chart
      if (!proposal) {
        next = { ...chart, orderVersion: chart.orderVersion + 1 }
        await saveChart(session, chart, { orderVersion: next.orderVersion })
      }
      const after = withEvidence(withLines(set, [line], next), line.id, evidence)
      append({
        type: proposal ? 'SUGGESTION_PROPOSED' : 'SUGGESTION_ACCEPTED',
        subjectId: line.id,
        citedDocumentIds: citedBy(after, line.id),
        classes: ['WORK', 'CLINICAL'],
        payload: {
          suggestion: viewOf(after, line),
          ...(!proposal && { order: orderOf(after) }),
          ...changedEdits(set, after),
        },
      })
      return { kind: 'SuggestionAdded', chartId: chart.id, suggestionId: line.id }
    },
  )
}

/** A system has codes of one kind; units count whole ones. */
function factProblems(input: AddSuggestionInput): LineProblem[] {
  const problems: LineProblem[] = []
  if (input.kind != null && input.kind !== kindOfSystem(input.system))
    problems.push({ code: 'KIND', message: 'The codes of this system are of another kind.', field: 'kind' })
  if (input.units != null && (input.units < 1 || input.units > 9_999))
    problems.push({ code: 'UNITS', message: 'Units are from 1 to 9999.', field: 'units' })
  return problems
}
