import type { HelpRequest } from '../../schema/charts.js'
import { directoryOf } from '../accounts/index.js'
import type { Session } from '../auth/session.js'
import { isBlind, stands } from '../auth/sight.js'
import { hasRole } from '../auth/viewer.js'
import { seenCharts } from './chart.loader.js'
import { helpInForce } from './help.store.js'

/** What coders ask about today, for the supervisors to whom their charts are opened by it; nothing for anybody else. */
export async function listHelp(session: Session): Promise<HelpRequest[]> {
  if (!hasRole(session.viewer, 'SUPERVISOR')) return []
  const [asked, directory] = [await helpInForce(session), await directoryOf(session)]
  const charts = await seenCharts(session).loadMany(asked.map((help) => help.chartId))
  return asked.flatMap((help, i) => {
    const seen = charts[i]
    if (!seen || seen instanceof Error || !stands(seen.sight, 'HELPING') || isBlind(seen.sight)) return []
    const { id, chartId, suggestionId, reason, askedAt, until } = help
    return [{ id, chartId, suggestionId, reason, askedBy: directory.member(help.memberId)!, askedAt, until }]
  })
}
