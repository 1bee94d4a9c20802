import type { Comment } from '../../schema/review.js'
import type { Directory } from '../accounts/index.js'
import { seenUnder } from '../auth/masking.js'
import type { Sight } from '../auth/sight.js'
import type { CommentView } from '../charts/index.js'

/** A comment as queries, snapshots and events show it. */
export const presentComment = (view: CommentView, sight: Sight, directory: Directory): Comment =>
  seenUnder(sight, {
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
