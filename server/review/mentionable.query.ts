import type { Member } from '../../schema/people.js'
import { directoryOf } from '../accounts/index.js'
import { newAccessed } from '../auth/accessed.js'
import { sessionOf } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { viewersOfMembers } from '../auth/viewer.store.js'
import {
  findChartForEach,
  findCharts,
  isVisible,
  possibleActions,
  seenCharts,
  sightOn,
  viewOfChart,
} from '../charts/index.js'
import { isUuid } from '../kernel/ids.js'
import { offersMention } from './mention.policy.js'
import { standingTo } from './mention.store.js'

/**
 * Whom a comment on a chart can name: who may read it, as if they asked now, by name and nothing else. Nobody, for whoever
 * comments on it not, and where there is no such chart: one answer. A few statements, however many they are.
 */
export async function listMentionable(session: Session, chartId: string): Promise<Member[]> {
  const seen = isUuid(chartId) ? await seenCharts(session).load(chartId) : null
  if (!seen || !possibleActions(seen.sight, viewOfChart(seen.row)).includes('comment')) return []
  const viewers = await viewersOfMembers(session, await standingTo(session, seen.row))
  const { tx, now, services } = session
  const together = new Map<unknown, unknown>()
  // What they would see is looked at for the viewer's sake: they have accessed nothing.
  const theirs = viewers.map((viewer) => sessionOf({ viewer, tx, now, services, together }, newAccessed()))
  await findChartForEach(theirs, chartId)
  const directory = await directoryOf(session)
  const members: Member[] = []
  for (const other of theirs) {
    const [row] = await findCharts(other, [chartId])
    const member = directory.member(other.viewer.memberId)
    if (row && member && isVisible(other, row) && offersMention(sightOn(other, row), seen.sight)) members.push(member)
  }
  return members
}
