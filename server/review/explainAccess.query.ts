import type { Access } from '../../schema/access.js'
import type { ChartAction } from '../../schema/values.js'
import { maskedFields } from '../auth/masking.js'
import type { Session } from '../auth/session.js'
import { viewerOfMember } from '../auth/viewer.store.js'
import { hasRole } from '../auth/viewer.js'
import { findCharts, isVisible, possibleActions, seenCharts, sightOn } from '../charts/index.js'
import { forbidden, notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { nodesById } from './node.query.js'

const NOTHING: Access = { masked: [], can: [] }

/**
 * What is hidden of one object, why, and whether one act is possible: of a chart, a document or whatever else has an
 * `access` of its own, from what it answers itself. Absent and hidden alike: nothing.
 *
 * @param memberId of somebody else, to whoever routes work or answers for access: of a chart that both see
 * @throws FORBIDDEN (ROLE) for anybody else who asks about others, NOT_FOUND for a member who is not there
 */
export async function explainAccess(
  session: Session,
  id: string,
  action: ChartAction,
  memberId: string | null | undefined,
): Promise<Access> {
  if (memberId != null && memberId !== session.viewer.memberId) return explainOthers(session, id, action, memberId)
  const [node] = await nodesById(session, [id])
  const access = (node as { access?: Access } | null | undefined)?.access
  if (!access) return NOTHING
  return { masked: [...access.masked], can: access.can.filter((it) => it === action) }
}

/**
 * By the same rules, for the other person as if they asked now. What somebody opened for themselves is not told of: a
 * blind pass to nobody, and a patient's request to privacy officers alone.
 */
async function explainOthers(session: Session, id: string, action: ChartAction, memberId: string): Promise<Access> {
  const { viewer } = session
  if (viewer.client || !hasRole(viewer, 'SUPERVISOR', 'PRIVACY_OFFICER', 'COMPLIANCE')) throw forbidden('ROLE')
  const other = isUuid(memberId) ? await viewerOfMember(session, memberId) : undefined
  if (!other) throw notFound()
  if (!(await seenCharts(session).load(id))) return NOTHING
  const theirs: Session = { ...session, viewer: other, memory: new Map() }
  const [row] = await findCharts(theirs, [id])
  if (!row) return NOTHING
  const officer = hasRole(viewer, 'PRIVACY_OFFICER')
  const told = { ...row, blindPassId: null, iSawWork: false, requestId: officer ? row.requestId : null }
  if (!isVisible(theirs, told)) return NOTHING
  const sight = sightOn(theirs, told)
  return {
    masked: [...maskedFields('Chart', sight)],
    can: possibleActions(sight, told).filter((it) => it === action),
  }
}
