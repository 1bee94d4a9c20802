import type { InboxItem } from '../../schema/desk.js'
import type { Directory } from '../accounts/index.js'
import { maskedFields, seenUnder } from '../auth/masking.js'
import { type Sight, sees } from '../auth/sight.js'
import type { ChartRow } from '../charts/index.js'
import type { InboxRow } from './inbox.model.js'

/** What is masked is not even in the entry: a change of it alone is no change to this viewer. */
export function presentInboxItem(row: InboxRow, chart: ChartRow, sight: Sight, directory: Directory): InboxItem {
  const { actorId, ...facts } = row
  return seenUnder(sight, {
    ...facts,
    accountNumber: sees(sight, 'ACCOUNT_REF') ? chart.accountNumber : null,
    actor: directory.member(actorId),
    masked: maskedFields('InboxItem', sight).map((it) => ({ ...it })),
  }) as unknown as InboxItem
}
