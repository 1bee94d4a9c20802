import type { InboxChanged, InboxItem, InboxSnapshot } from '../../schema/desk.js'
import { directoryOf } from '../accounts/index.js'
import { accessedIn, noteSeen } from '../auth/accessed.js'
import type { Session } from '../auth/session.js'
import { type Sight, sees, stands } from '../auth/sight.js'
import { seenResults } from '../audits/index.js'
import { type ChartRow, deadlineOn, findCharts, isVisible, sightOn } from '../charts/index.js'
import { deskHead } from '../live/deskHead.store.js'
import type { InboxRow } from './inbox.model.js'
import { ABOUT, showsEntry } from './inbox.policy.js'
import { presentInboxItem } from './inbox.presenter.js'
import { inboxRows } from './inbox.store.js'
import type { Found, RowsStream } from './rowsStream.js'

/** What an inbox shows. */
export const INBOX_LENGTH = 100
/** Rows that are read at once: a page of hidden ones makes the next be read, and shortens nothing. */
const AT_ONCE = 200

/** The viewer's inbox as it stands. Programs have none. */
export async function inbox(session: Session): Promise<InboxSnapshot> {
  return { items: [...((await readInbox(session))?.rows ?? [])] }
}

async function readInbox(session: Session): Promise<Found<InboxItem> | undefined> {
  // No scope names what people are told.
  if (session.viewer.client) return undefined
  const seen: SeenEntry[] = []
  const deadlines: Date[] = []
  for (let after: InboxRow | undefined; ; ) {
    const rows = await inboxRows(session, AT_ONCE, after)
    const entries = await seenEntries(session, rows)
    seen.push(...entries.seen)
    deadlines.push(...entries.deadlines)
    after = rows.at(-1)
    if (seen.length >= INBOX_LENGTH || rows.length < AT_ONCE) break
  }
  const shown = seen.slice(0, INBOX_LENGTH)
  const directory = await directoryOf(session)
  for (const { chart, sight } of shown) {
    noteSeen(session, chart)
    if (sees(sight, 'ACCOUNT_REF')) accessedIn(session).classes.add('ACCOUNT_REF')
  }
  return {
    rows: shown.map(({ row, chart, sight }) => presentInboxItem(row, chart, sight, directory)),
    sight: '',
    until: deadlines.sort((a, b) => a.getTime() - b.getTime())[0],
  }
}

interface SeenEntry {
  readonly row: InboxRow
  readonly chart: ChartRow
  readonly sight: Sight
}

/**
 * Which of the viewer's entries the rules of this moment show, in their order; and when the clock alone may show others.
 * A few statements, however many they are.
 */
export async function seenEntries(
  session: Session,
  rows: readonly InboxRow[],
): Promise<{ readonly seen: readonly SeenEntry[]; readonly deadlines: readonly Date[] }> {
  if (rows.length === 0) return { seen: [], deadlines: [] }
  const ids = [...new Set(rows.map((row) => row.chartId))]
  const charts = new Map((await findCharts(session, ids)).map((chart) => [chart.id, chart]))
  const resultIds = rows.flatMap((row) => (ABOUT[row.kind] === 'RESULT' && row.subjectId ? [row.subjectId] : []))
  const results = await seenResults(session, [...new Set(resultIds)], charts)
  const sightOf = (row: InboxRow, chart: ChartRow): Sight | undefined => {
    if (ABOUT[row.kind] === 'RESULT') return results.get(row.subjectId ?? '')
    if (!isVisible(session, chart)) return undefined
    const sight = sightOn(session, chart)
    return showsEntry(row.kind, sight) ? sight : undefined
  }
  const seen = rows.flatMap((row) => {
    const chart = charts.get(row.chartId)
    const sight = chart && sightOf(row, chart)
    return sight ? [{ row, chart, sight }] : []
  })
  return { seen, deadlines: [...charts.values()].flatMap((chart) => deadlinesOf(session, chart)) }
}

/** When what the viewer sees of a chart may be another by the clock alone: as the chart's own stream has it. */
function deadlinesOf(session: Session, chart: ChartRow): Date[] {
  const sight = sightOn(session, chart)
  const own = chart.status === 'IN_CODING' && chart.coderOfRecordId === session.viewer.memberId
  const ends = [
    own ? chart.assignedUntil : null,
    chart.glassUntil,
    stands(sight, 'HELPING') ? chart.helpUntil : null,
    deadlineOn(session, chart.id),
  ]
  return ends.filter((end) => end !== null).filter((end) => end > session.now)
}

type Item = InboxSnapshot | InboxChanged

export const INBOX: RowsStream<InboxItem, Item> = {
  name: 'inbox',
  followedAs: ({ viewer }) => viewer.memberId,
  head: ({ tx, viewer }) => deskHead(tx, viewer.orgId, viewer.memberId),
  read: readInbox,
  snapshot: (items) => ({ __typename: 'InboxSnapshot', items: [...items] }) as unknown as Item,
  changes: ({ changed, goneIds }) =>
    ({ __typename: 'InboxChanged', items: [...changed], goneIds: [...goneIds] }) as unknown as Item,
}
