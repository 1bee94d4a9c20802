import type { Pend } from '../../schema/review.js'
import type { Directory } from '../accounts/index.js'
import { seenUnder } from '../auth/masking.js'
import type { Sight } from '../auth/sight.js'
import type { PendView } from './views.model.js'

export const presentPend = (view: PendView, sight: Sight, directory: Directory): Pend =>
  seenUnder(sight, {
    __typename: 'Pend',
    id: view.id,
    reason: view.reason,
    note: view.note,
    dueOn: view.dueOn,
    by: directory.member(view.memberId),
    createdAt: view.createdAt,
    removedAt: view.removedAt,
  }) as unknown as Pend
