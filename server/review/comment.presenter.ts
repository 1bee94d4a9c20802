import type { Comment } from '../../schema/review.js'
import { SENSITIVITY_LABELS } from '../../schema/values.js'
import type { Directory } from '../accounts/index.js'
import { seenUnder } from '../auth/masking.js'
import type { Sight } from '../auth/sight.js'
import { type CommentView, sightThrough } from '../charts/index.js'

/**
 * A comment as queries, snapshots and events show it. Its words may speak of any document of the chart, so they are for
 * those who are admitted to every label, and not for whoever broke the glass.
 */
export const presentComment = (view: CommentView, sight: Sight, directory: Directory): Comment =>
  seenUnder(sightThrough(sight, SENSITIVITY_LABELS), {
    __typename: 'Comment',
    id: view.id,
    suggestionId: view.suggestionId,
    parentId: view.parentId,
    version: view.version,
    body: view.body,
    author: directory.member(view.authorId),
    createdAt: view.createdAt,
    resolvedAt: view.resolvedAt,
    resolvedBy: directory.member(view.resolvedBy),
  }) as unknown as Comment
