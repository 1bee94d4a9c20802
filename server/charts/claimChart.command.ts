import type { ChartCommandInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import { stands } from '../auth/sight.js'
import { newId } from '../kernel/ids.js'
import { assignmentEnd } from './assignment.decider.js'
import { assignmentDays, saveChart, startAssignment } from './chart.store.js'
import { onChart } from './chartCommand.js'
import { pendsOf } from './pend.store.js'
import { alreadyDone, type ChartOutcome, chartEvent, saved } from './chartOutcome.js'

/** Take a waiting chart: the caller becomes its coder of record and sees its content from now on. */
export function claimChart(request: Request, input: ChartCommandInput): Promise<ChartOutcome> {
  return onChart<ChartOutcome>(request, { name: 'claimChart', input, chartId: input.chartId }, async (command) => {
    const { session, chart, sight, append, authorize, accessChanged } = command
    const me = session.viewer.memberId
    if (stands(sight, 'CODER_OF_RECORD')) return alreadyDone(chart)
    authorize('claim')
    const until = assignmentEnd(session.now, await assignmentDays(session), chart.timeZone)
    // What made it wait may still stand from before it was released: then it goes on waiting, with its new coder.
    const waits = (await pendsOf(session, chart)).some((pend) => pend.removedAt === null)
    const change = {
      status: waits
        ? ('PENDED' as const)
        : chart.status === 'REOPENED'
          ? ('REOPENED' as const)
          : ('IN_CODING' as const),
      coderOfRecordId: me,
      assignedUntil: until,
      firstCoderId: chart.firstCoderId ?? me,
      accessEpoch: chart.accessEpoch + 1,
    }
    await saveChart(session, chart, change)
    await startAssignment(session, {
      id: newId(session.now.getTime()),
      chartId: chart.id,
      memberId: me,
      part: 'CODER_OF_RECORD',
      until: null,
    })
    append(chartEvent('CHART_ASSIGNED', { ...chart, ...change }))
    accessChanged()
    return saved(chart)
  })
}
