import type { SetAbstractInput } from '../../schema/inputs.js'
import type { FieldClass } from '../../schema/values.js'
import type { Request } from '../auth/request.js'
import {
  abstractValue,
  type ChartOutcome,
  type ChartRow,
  chartEvent,
  invalid,
  limitText,
  onChart,
  saveChart,
  saved,
  stayProblem,
} from '../charts/index.js'
import { changedEdits } from './decideOnSuggestion.command.js'
import { loadWorkingSet, withLines } from './workingSet.js'

export type SetAbstractOutcome =
  | ChartOutcome
  | { readonly kind: 'AbstractChanged'; readonly chartId: string; readonly field: SetAbstractInput['field'] }

/**
 * Set one field of the abstract. Fields are versioned lines like codes: two people on one field conflict, on two they
 * do not. Stands with the suggestions because the abstract decides tables, POA and edits of every code.
 */
export function setAbstract(request: Request, input: SetAbstractInput): Promise<SetAbstractOutcome> {
  limitText('value', input.value, 500)
  return onChart<SetAbstractOutcome>(
    request,
    { name: 'setAbstract', input, chartId: input.chartId, action: 'abstract' },
    async ({ session, chart, append }) => {
      const meta = chart.abstractMeta[input.field]
      if ((meta?.version ?? 1) !== input.seenVersion)
        return { kind: 'AbstractChanged', chartId: chart.id, field: input.field }
      const read = abstractValue(input.field, input.value ?? null)
      if (!read.ok) return invalid(read.code, read.message, 'value')

      const abstractMeta = {
        ...chart.abstractMeta,
        [input.field]: {
          version: input.seenVersion + 1,
          decidedBy: session.viewer.memberId,
          decidedAt: session.now.toISOString(),
        },
      }
      const next: ChartRow = { ...chart, [read.column]: read.value, abstractMeta }
      const problem = stayProblem(next)
      if (problem) return invalid('STAY', problem, 'value')
      const before = await loadWorkingSet(session, chart)
      await saveChart(session, chart, { abstract: { [read.column]: read.value }, abstractMeta })
      append(
        chartEvent(
          'ABSTRACT_CHANGED',
          next,
          { abstractField: input.field, ...changedEdits(before, withLines(before, [], next)) },
          [CLASS_OF[input.field]],
        ),
      )
      return saved(chart)
    },
  )
}

/** An event that changes a clinical field of the abstract is absent for those who see no clinical content. */
const CLASS_OF: Readonly<Record<SetAbstractInput['field'], FieldClass>> = {
  PATIENT_CLASS: 'ACCOUNT_REF',
  INPATIENT_ORDER_AT: 'ACCOUNT_REF',
  ADMITTED_AT: 'ACCOUNT_REF',
  DISCHARGED_AT: 'ACCOUNT_REF',
  SERVICE_DATE: 'ACCOUNT_REF',
  DISPOSITION: 'CLINICAL',
  PAYER: 'ACCOUNT_REF',
  ATTENDING_PROVIDER: 'CLINICAL',
  OPERATING_PROVIDER: 'CLINICAL',
  SERVICE_LINE: 'ACCOUNT_REF',
}
