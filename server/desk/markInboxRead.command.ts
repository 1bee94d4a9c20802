import type { MarkInboxReadInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import { limitList } from '../charts/index.js'
import { badInput } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { earlierOutcome, keepOutcome } from '../live/outcomes.js'
import { WAKER } from '../live/wake.js'
import { seenEntries } from './inbox.query.js'
import { inboxRowsById, markRead } from './inbox.store.js'

export interface InboxMarkedOutcome {
  readonly kind: 'InboxMarked'
  readonly itemIds: readonly string[]
}

/**
 * Mark entries of one's own inbox as read, 1 to 100 at a time. What is absent, somebody else's or hidden today is passed
 * over alike; what was read before stays as it was.
 */
export async function markInboxRead(request: Request, input: MarkInboxReadInput): Promise<InboxMarkedOutcome> {
  const { commandId, itemIds } = input
  if (!isUuid(commandId)) throw badInput('commandId', 'must be a UUID made by the client.')
  limitList('itemIds', itemIds, 100)
  if (itemIds.length === 0 || !itemIds.every(isUuid)) throw badInput('itemIds', 'must be from 1 to 100 ids.')
  const { outcome, wake } = await request.writing(async (session) => {
    const { orgId, memberId } = session.viewer
    const identity = { orgId, actorId: memberId, commandId, name: 'markInboxRead', input: { itemIds } }
    const earlier = await earlierOutcome<InboxMarkedOutcome>(session.tx, identity)
    if (earlier) return { outcome: earlier, wake: () => {} }
    const { seen } = await seenEntries(session, await inboxRowsById(session, itemIds))
    const marked: InboxMarkedOutcome = { kind: 'InboxMarked', itemIds: seen.map(({ row }) => row.id) }
    await markRead(session, marked.itemIds)
    await keepOutcome(session.tx, identity, marked, session.now)
    return { outcome: marked, wake: () => request.services.get(WAKER).stream(orgId, memberId) }
  })
  wake()
  return outcome
}
