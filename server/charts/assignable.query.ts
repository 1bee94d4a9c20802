import type { Member } from '../../schema/people.js'
import type { AssignmentPart } from '../../schema/values.js'
import { directoryOf } from '../accounts/index.js'
import type { Session } from '../auth/session.js'
import { isUuid } from '../kernel/ids.js'
import { assignableTo } from './assignee.store.js'
import { seenCharts } from './chart.loader.js'
import { HELD_AS } from './chart.policy.js'
import { possibleActions } from './chartAccess.js'
import { viewOfChart } from './chart.model.js'

/**
 * Who can be put on a chart by the viewer: members who work at its facility in a role that the part is held in, by name and
 * nothing else. Nobody, for whoever puts nobody on it, and where there is no such chart: one answer.
 */
export async function listAssignable(session: Session, chartId: string, part: AssignmentPart): Promise<Member[]> {
  const seen = isUuid(chartId) ? await seenCharts(session).load(chartId) : null
  if (!seen || !possibleActions(seen.sight, viewOfChart(seen.row)).includes('assign')) return []
  const ids = await assignableTo(session, seen.row, HELD_AS[part])
  const directory = await directoryOf(session)
  return ids.flatMap((id) => directory.member(id) ?? [])
}
