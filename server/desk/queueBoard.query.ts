import type { QueueBoardChanged, QueueBoardRow, QueueBoardSnapshot } from '../../schema/desk.js'
import { directoryOf } from '../accounts/index.js'
import type { Session } from '../auth/session.js'
import { deskHead } from '../live/deskHead.store.js'
import { boardChangesAt, boardRowsOf } from './queueBoard.decider.js'
import { boardRules } from './queueBoard.policy.js'
import { presentBoardRow } from './queueBoard.presenter.js'
import { boardCells } from './queueBoard.store.js'
import type { Found, RowsStream } from './rowsStream.js'

/** The board as it stands; no rows for whoever has none. */
export async function queueBoard(session: Session): Promise<QueueBoardSnapshot> {
  return { rows: [...((await readBoard(session))?.rows ?? [])] }
}

async function readBoard(session: Session): Promise<Found<QueueBoardRow> | undefined> {
  const rules = boardRules(session.viewer)
  if (!rules) return undefined
  const cells = await boardCells(session, rules.charts)
  const directory = await directoryOf(session)
  return {
    rows: boardRowsOf(cells).map((row) => presentBoardRow(row, rules.sight, directory)),
    sight: rules.sight.key,
    until: boardChangesAt(cells),
  }
}

type Item = QueueBoardSnapshot | QueueBoardChanged

export const QUEUE_BOARD: RowsStream<QueueBoardRow, Item> = {
  name: 'queueBoard',
  followedAs: ({ viewer }) => viewer.orgId,
  head: ({ tx, viewer }) => deskHead(tx, viewer.orgId, viewer.orgId),
  read: readBoard,
  snapshot: (rows) => ({ __typename: 'QueueBoardSnapshot', rows: [...rows] }) as unknown as Item,
  changes: ({ changed, goneIds }) =>
    ({ __typename: 'QueueBoardChanged', rows: [...changed], goneIds: [...goneIds] }) as unknown as Item,
}
