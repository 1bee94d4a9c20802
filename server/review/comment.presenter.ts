import type { Comment } from '../../schema/review.js'
import { SENSITIVITY_LABELS } from '../../schema/values.js'
import type { Directory } from '../accounts/index.js'
import { carryingPart2, seenUnder } from '../auth/masking.js'
import type { Sight } from '../auth/sight.js'
import { type CommentView, sightThrough } from '../charts/index.js'

/**
 * A comment as queries, snapshots and events show it. Its words may speak of any document of the chart, and of what a person
 * remembers of one, so they are for those who are admitted to every label, and not for whoever broke the glass.
 *
 * @param labels of the chart's documents: with a Part 2 record among them the words are content of Part 2 records
 */
export function presentComment(
  view: CommentView,
  sight: Sight,
  directory: Directory,
  labels: readonly string[],
): Comment {
  const comment = seenUnder(sightThrough(sight, SENSITIVITY_LABELS), {
    __typename: 'Comment',
    id: view.id,
    suggestionId: view.suggestionId,
    parentId: view.parentId,
    version: view.version,
    body: view.body,
    mentions: (view.mentionIds ?? []).flatMap((id) => directory.member(id) ?? []),
    author: directory.member(view.authorId),
    createdAt: view.createdAt,
    resolvedAt: view.resolvedAt,
    resolvedBy: directory.member(view.resolvedBy),
  })
  return (labels.includes('PART2') ? carryingPart2(comment) : comment) as unknown as Comment
}
