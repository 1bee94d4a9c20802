import type { ChartCommandInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import { isBlind } from '../auth/sight.js'
import { onChart, saveChart } from '../charts/index.js'
import { newId } from '../kernel/ids.js'
import { createStream } from '../live/log.js'
import { insertPass } from './pass.store.js'
import type { PassOutcome } from './passCommand.js'

/**
 * Begin to code a chart a second time, blind: the caller reads its documents and sees no code of it, no event, comment,
 * audit or presence of others, until the pass is revealed. The chart's log says nothing of it, and nobody else sees it.
 */
export function openBlindPass(request: Request, input: ChartCommandInput): Promise<PassOutcome> {
  return onChart<PassOutcome>(
    request,
    { name: 'openBlindPass', input, chartId: input.chartId },
    async ({ session, chart, sight, authorize, accessChanged }) => {
      if (chart.blindPassId !== null && isBlind(sight))
        return { kind: 'BlindPassSaved', chartId: chart.id, passId: chart.blindPassId }
      authorize('openBlindPass')
      const passId = newId(session.now.getTime())
      const place = { orgId: chart.orgId, streamId: passId, chartId: chart.id, patientId: chart.patientId }
      await createStream(session.tx, place, 'PASS')
      await insertPass(session, chart, passId)
      await saveChart(session, chart, { accessEpoch: chart.accessEpoch + 1 })
      accessChanged()
      return { kind: 'BlindPassSaved', chartId: chart.id, passId }
    },
  )
}
