import type { SetAbstractInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import {
  ABSTRACT_CLASSES,
  abstractValue,
  type ChartOutcome,
  type ChartRow,
  chartEvent,
  codingDate,
  invalid,
  limitList,
  limitText,
  onChart,
  saveChart,
  saved,
  stayProblem,
} from '../charts/index.js'
import { queueEngine } from '../documents/index.js'
import { JOBS } from '../jobs/index.js'
import { evidenceProblems, evidenceViews } from './citable.js'
import { changedEdits } from './decideOnSuggestion.command.js'
import { firstRole, isPrincipalRole, type Line } from './model.js'
import { updateOrder } from './suggestion.store.js'
import { acceptedOf, loadWorkingSet, orderOf, type WorkingSet, withLines } from './workingSet.js'

export type SetAbstractOutcome =
  | ChartOutcome
  | {
      readonly kind: 'AbstractChanged'
      readonly chartId: string
      readonly field: SetAbstractInput['field']
      readonly seenVersion: number
    }

/**
 * Set one field of the abstract, with the words it rests on. Fields are versioned lines with evidence like codes: two
 * people on one field conflict, on two they do not. Stands with the suggestions because the abstract decides tables,
 * POA and edits of every code.
 */
export async function setAbstract(request: Request, input: SetAbstractInput): Promise<SetAbstractOutcome> {
  limitText('value', input.value, 500)
  limitList('evidence', input.evidence, 50)
  let queued = false
  const outcome = await onChart<SetAbstractOutcome>(
    request,
    { name: 'setAbstract', input, chartId: input.chartId, action: 'abstract' },
    async ({ session, chart, append }) => {
      const meta = chart.abstractMeta[input.field]
      if ((meta?.version ?? 1) !== input.seenVersion)
        return {
          kind: 'AbstractChanged',
          chartId: chart.id,
          field: input.field,
          seenVersion: input.seenVersion,
        }
      const read = abstractValue(input.field, input.value ?? null)
      if (!read.ok) return invalid(read.code, read.message, 'value')
      const before = await loadWorkingSet(session, chart)
      const problems = evidenceProblems(input.evidence ?? [], before.citable)
      if (problems.length > 0) return { kind: 'CommandInvalid', problems }

      const evidence = evidenceViews(input.evidence ?? [], before.citable, session.now)
      const abstractMeta: ChartRow['abstractMeta'] = {
        ...chart.abstractMeta,
        [input.field]: {
          version: input.seenVersion + 1,
          decidedBy: session.viewer.memberId,
          decidedAt: session.now.toISOString(),
          ...(evidence.length > 0 && { evidence }),
        },
      }
      const next: ChartRow = { ...chart, [read.column]: read.value, abstractMeta }
      const problem = stayProblem(next)
      if (problem) return invalid('STAY', problem, 'value')
      const first = firstLineOfClass(before, next.patientClass)
      const after = first ? { ...next, orderVersion: chart.orderVersion + 1 } : next
      await saveChart(session, chart, {
        abstract: { [read.column]: read.value },
        abstractMeta,
        orderVersion: after.orderVersion,
      })
      if (first) await updateOrder(session, chart, [first])
      const set = withLines(before, first ? [first] : [], after)
      // A chart that came without dates could not be read: no table says which codes are valid.
      queued = codingDate(chart) === null && codingDate(next) !== null
      const queuedChart = queued ? await queueEngine(session, after) : after
      append({
        ...chartEvent(
          'ABSTRACT_CHANGED',
          queuedChart,
          { abstractField: input.field, ...(first && { order: orderOf(set) }), ...changedEdits(before, set) },
          [ABSTRACT_CLASSES[input.field]],
        ),
        citedDocumentIds: [...new Set(evidence.map((e) => e.documentId))],
      })
      return saved(chart)
    },
  )
  if (queued) request.services.get(JOBS).wake('engine-run')
  return outcome
}

/** The principal diagnosis of an inpatient is the first-listed of anybody else: the line keeps its place, not its word. */
function firstLineOfClass(set: WorkingSet, patientClass: string): Line | undefined {
  const first = acceptedOf(set).find((line) => isPrincipalRole(line.role))
  return first && first.role !== firstRole(patientClass) ? { ...first, role: firstRole(patientClass) } : undefined
}
