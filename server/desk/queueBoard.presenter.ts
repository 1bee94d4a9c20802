import type { QueueBoardRow } from '../../schema/desk.js'
import type { Directory } from '../accounts/index.js'
import { maskedFields, seenUnder } from '../auth/masking.js'
import { type Sight, sees } from '../auth/sight.js'
import type { BoardRow } from './queueBoard.decider.js'

/** What is masked is not even in the row: a change of it alone is no change to this viewer. */
export function presentBoardRow(row: BoardRow, sight: Sight, directory: Directory): QueueBoardRow {
  const { id, charts, dueToday, overdue, oldestReceivedAt } = row
  return seenUnder(sight, {
    id,
    queue: directory.queue(row.queueId),
    facility: directory.facility(row.facilityId),
    charts,
    statuses: row.statuses.map((it) => seenUnder(sight, { ...it })),
    ages: row.ages.map((it) => seenUnder(sight, { ...it })),
    oldestReceivedAt,
    dueToday,
    overdue,
    owners: row.owners.map(({ memberId, ...counts }) =>
      seenUnder(sight, { member: directory.member(memberId)!, ...counts }),
    ),
    totalChargesCents: sees(sight, 'MONEY') ? row.cents : null,
    masked: maskedFields('QueueBoardRow', sight).map((it) => ({ ...it })),
  }) as unknown as QueueBoardRow
}
