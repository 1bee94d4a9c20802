import type { Pend } from '../../schema/review.js'
import type { Directory } from '../accounts/index.js'
import type { Sight } from '../auth/sight.js'
import { seenWithLabels } from './labels.presenter.js'
import type { PendView } from './views.model.js'

/** @param labels of the chart's documents: a note may speak of any of them */
export const presentPend = (view: PendView, sight: Sight, directory: Directory, labels: readonly string[]): Pend =>
  seenWithLabels(sight, labels, {
    __typename: 'Pend',
    id: view.id,
    reason: view.reason,
    note: view.note,
    dueOn: view.dueOn,
    by: directory.member(view.memberId),
    createdAt: view.createdAt,
    removedAt: view.removedAt,
  }) as unknown as Pend
