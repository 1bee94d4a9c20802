import type { AskForHelpInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import {
  alreadyDone,
  assignmentEnd,
  type ChartOutcome,
  helpInForce,
  insertHelp,
  onChart,
  saveChart,
  saved,
} from '../charts/index.js'
import { badInput } from '../kernel/errors.js'
import { isUuid, newId } from '../kernel/ids.js'
import { chartOfLine } from './suggestion.store.js'

/**
 * Ask a supervisor about one line. The question opens the chart's content, and no name, to the supervisors of its
 * facility until the end of the day there (design, section 3); it closes earlier where the coder leaves the chart.
 */
export function askForHelp(request: Request, input: AskForHelpInput): Promise<ChartOutcome> {
  if (!isUuid(input.suggestionId)) throw badInput('suggestionId', 'is not an id.')
  return onChart<ChartOutcome>(
    request,
    {
      name: 'askForHelp',
      input,
      chartId: (session) => chartOfLine(session, input.suggestionId),
      action: 'askForHelp',
    },
    async ({ session, chart, accessChanged }) => {
      const { suggestionId, reason } = input
      const standing = await helpInForce(session, chart.id)
      if (standing.some((help) => help.suggestionId === suggestionId)) return alreadyDone(chart)
      await insertHelp(session, {
        id: newId(session.now.getTime()),
        chartId: chart.id,
        suggestionId,
        memberId: session.viewer.memberId,
        reason,
        askedAt: session.now,
        until: assignmentEnd(session.now, 0, chart.timeZone),
      })
      await saveChart(session, chart, { accessEpoch: chart.accessEpoch + 1 })
      accessChanged()
      return saved(chart)
    },
  )
}
