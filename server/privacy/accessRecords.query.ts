import type { AccessRecordConnection, AccessRecordFilter } from '../../schema/accessRecords.js'
import { directoryOf } from '../accounts/index.js'
import { noteSeen } from '../auth/accessed.js'
import { PAGE_CURSORS } from '../auth/pageCursor.js'
import { subjectRefsOf } from '../auth/recordAccess.js'
import type { Request } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { seenCharts } from '../charts/index.js'
import { placeOf, sameAs } from '../consents/index.js'
import { badInput } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { recordScope } from './accessRecord.policy.js'
import { presentRecord } from './accessRecord.presenter.js'
import { pageOfRecords } from './accessRecord.store.js'

const NOTHING: AccessRecordConnection = { edges: [], pageInfo: { hasNextPage: false, endCursor: null } }

/**
 * Who did what to whose data, newest first, a page at a time (45 CFR 164.308(a)(1)(ii)(D), 164.312(b)). Whoever has
 * nothing to do with it gets an empty page, and so does whoever names a person or chart that is not theirs to see.
 * @param first 1 to 200.
 */
export async function accessRecords(
  request: Request,
  filter: AccessRecordFilter,
  first: number,
  after: string | null | undefined,
): Promise<AccessRecordConnection> {
  if (!Number.isInteger(first) || first < 1 || first > 200) throw badInput('first', 'must be from 1 to 200.')
  const { memberId = null, chartId, patient, outcome = null, from = null, until = null } = filter
  if (memberId !== null && !isUuid(memberId)) throw badInput('memberId', 'is not an id.')
  if (chartId != null && !isUuid(chartId)) throw badInput('chartId', 'is not an id.')
  if (from && until && until <= from) throw badInput('until', 'does not lie after the first moment.')
  const session = await request.reading()
  const { viewer } = session
  const cursors = session.services.get(PAGE_CURSORS)
  const query = { accessRecords: filter }
  const position = after ? cursors.open(viewer, query, after) : undefined
  const scope = recordScope(viewer)
  const subjectRefs = await subjectsOf(session, scope?.ofPatients ?? false, filter)
  if (!scope || ((chartId != null || patient != null) && subjectRefs === null)) return NOTHING
  const rows = await pageOfRecords(session, {
    scope,
    subjectRefs,
    memberId,
    outcome,
    from,
    until,
    first: first + 1,
    before: position && Number(position[0]),
  })
  const directory = await directoryOf(session)
  const edges = rows.slice(0, first).map((row) => ({
    cursor: cursors.seal(viewer, query, [row.seq]),
    node: presentRecord(row, viewer, directory),
  }))
  return { edges, pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null } }
}

/** References of the person asked for, under each of their merged records; null where nobody is asked for or found. */
async function subjectsOf(
  session: Session,
  ofPatients: boolean,
  { patient, chartId }: AccessRecordFilter,
): Promise<string[] | null> {
  if (!ofPatients) return null
  const byIdentifier = patient ? await placeOf(session, patient) : undefined
  const byChart = chartId ? (await seenCharts(session).load(chartId))?.row : undefined
  if ((patient && !byIdentifier) || (chartId && !byChart)) return null
  const asked = [byIdentifier, byChart].filter((place) => place !== undefined)
  if (asked.length === 0) return null
  const people = await Promise.all(asked.map((place) => sameAs(session, place.patientId)))
  for (const place of asked) noteSeen(session, place)
  // Of both at once only where they are the same person.
  const ids = people[0]!.filter((id) => people.every((same) => same.includes(id)))
  return subjectRefsOf(session.services, session.viewer.orgId, ids)
}
