import type { AssignChartInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import { badInput, forbidden } from '../kernel/errors.js'
import { isUuid, newId } from '../kernel/ids.js'
import { assignmentProblem } from './assignee.decider.js'
import { assigneeFor } from './assignee.store.js'
import { assignmentEnd } from './assignment.decider.js'
import type { ChartRow } from './chart.model.js'
import { HELD_AS } from './chart.policy.js'
import { type ChartChange, endAssignments, saveChart, startAssignment } from './chart.store.js'
import { onChart } from './chartCommand.js'
import { alreadyDone, type ChartOutcome, chartEvent, invalid, saved } from './chartOutcome.js'
import { pendsOf } from './pend.store.js'

/**
 * Put somebody on a chart: supervisors do it to route the work, privacy officers to grant a restricted one, both with a
 * reason of the closed list, and neither to themselves. A new coder of record takes the place of the one before.
 */
export function assignChart(request: Request, input: AssignChartInput): Promise<ChartOutcome> {
  requireMember(input.memberId)
  return onChart<ChartOutcome>(
    request,
    { name: 'assignChart', input, chartId: input.chartId, action: 'assign' },
    async ({ session, chart, append, tell, accessChanged }) => {
      const { memberId, part, reason } = input
      // Nobody gives themselves access (design, section 3): whoever is a coder too claims the chart like others.
      if (memberId === session.viewer.memberId) throw forbidden('OWN_REQUEST')
      const assignee = await assigneeFor(session, chart, memberId)
      const problem = assignmentProblem(chart, part, assignee, HELD_AS[part])
      if (problem || !assignee) return invalid(problem!.code, problem!.message, problem!.field)
      const holds = part === 'CODER_OF_RECORD' ? chart.coderOfRecordId === memberId : assignee.parts.includes(part)
      if (holds) return alreadyDone(chart)

      const by = { memberId: session.viewer.memberId, reason }
      const change: ChartChange = { accessEpoch: chart.accessEpoch + 1 }
      if (part === 'CODER_OF_RECORD') {
        if (chart.coderOfRecordId) await endAssignments(session, chart.id, chart.coderOfRecordId, part, by)
        const waits = (await pendsOf(session, chart)).some((pend) => pend.removedAt === null)
        Object.assign(change, {
          status: waits ? 'PENDED' : chart.submissionCount > 0 ? 'REOPENED' : 'IN_CODING',
          coderOfRecordId: memberId,
          assignedUntil: assignmentEnd(session.now, assignee.days, chart.timeZone),
          firstCoderId: chart.firstCoderId ?? memberId,
        } satisfies ChartChange)
      }
      await saveChart(session, chart, change)
      await startAssignment(session, {
        id: newId(session.now.getTime()),
        chartId: chart.id,
        memberId,
        part,
        until: null,
        assignedBy: session.viewer.memberId,
        reason,
      })
      append(chartEvent('CHART_ASSIGNED', { ...chart, ...change } as ChartRow))
      tell({ memberId, kind: 'CHART_ASSIGNED' })
      accessChanged()
      return saved(chart)
    },
  )
}

/** Take somebody off a chart; what they decided stays. Without its coder the chart goes back to its worklist. */
export function unassignChart(request: Request, input: AssignChartInput): Promise<ChartOutcome> {
  requireMember(input.memberId)
  return onChart<ChartOutcome>(
    request,
    { name: 'unassignChart', input, chartId: input.chartId, action: 'assign' },
    async ({ session, chart, append, accessChanged }) => {
      const { memberId, part } = input
      const coder = part === 'CODER_OF_RECORD'
      const assignee = await assigneeFor(session, chart, memberId)
      const holds = coder ? chart.coderOfRecordId === memberId : assignee?.parts.includes(part)
      if (!holds) return invalid('NOT_ON_CHART', 'This person has not that part on the chart.', 'memberId')
      // A submission belongs to whoever submitted it: nobody takes its coder away from a finished chart.
      if (coder && (chart.status === 'SUBMITTED' || chart.status === 'EXPORTED'))
        return invalid('NOT_OPEN', 'The chart is submitted; its coder of record stays on record.', 'part')
      const change: ChartChange = {
        accessEpoch: chart.accessEpoch + 1,
        ...(coder && {
          status: chart.submissionCount > 0 ? 'REOPENED' : 'READY',
          coderOfRecordId: null,
          assignedUntil: null,
        }),
      }
      await saveChart(session, chart, change)
      await endAssignments(session, chart.id, memberId, part, {
        memberId: session.viewer.memberId,
        reason: input.reason,
      })
      append(chartEvent('CHART_RELEASED', { ...chart, ...change } as ChartRow))
      accessChanged()
      return saved(chart)
    },
  )
}

function requireMember(memberId: string): void {
  if (!isUuid(memberId)) throw badInput('memberId', 'is not an id.')
}
