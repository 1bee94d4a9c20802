import type { AddCommentInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import { type CommentView, limitList, onChart, requireText } from '../charts/index.js'
import { badInput } from '../kernel/errors.js'
import { isUuid, newId } from '../kernel/ids.js'
import { linesOf } from '../suggestions/index.js'
import { type CommentProblem, placeComment } from './comment.decider.js'
import { commentsOf, insertComment } from './comment.store.js'

export type CommentOutcome =
  | { readonly kind: 'CommentSaved'; readonly chartId: string; readonly commentId: string }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly CommentProblem[] }

/**
 * Say something about the chart or one of its lines, or answer in a thread. At most 4,000 characters. Whom it mentions, and
 * whoever began the thread that it answers, has it in their inbox for as long as they may read it.
 */
export function addComment(request: Request, input: AddCommentInput): Promise<CommentOutcome> {
  requireText('body', input.body, 4_000)
  limitList('mentionIds', input.mentionIds, 20)
  const mentionIds = [...new Set(input.mentionIds ?? [])]
  if (!mentionIds.every(isUuid)) throw badInput('mentionIds', 'holds something that is not an id.')
  return onChart<CommentOutcome>(
    request,
    { name: 'addComment', input, chartId: input.chartId, action: 'comment' },
    async ({ session, chart, append, tell }) => {
      const lines = input.suggestionId ? await linesOf(session, chart) : []
      const comments = input.parentId ? await commentsOf(session, chart) : []
      const placed = placeComment(input, { lineIds: lines.map((line) => line.id), comments })
      if (!placed.ok) return { kind: 'CommandInvalid', problems: [placed.problem] }
      const comment: CommentView = {
        id: newId(session.now.getTime()),
        suggestionId: placed.suggestionId,
        parentId: placed.parentId,
        version: 1,
        body: input.body.trim(),
        ...(mentionIds.length > 0 && { mentionIds }),
        authorId: session.viewer.memberId,
        createdAt: session.now.toISOString(),
        resolvedAt: null,
        resolvedBy: null,
      }
      await insertComment(session, chart, comment)
      append({
        type: 'COMMENT_ADDED',
        subjectId: comment.id,
        citedDocumentIds: [],
        classes: ['CLINICAL'],
        payload: { comment },
      })
      for (const memberId of mentionIds) tell({ memberId, kind: 'MENTIONED', subjectId: comment.id })
      const answered = comments.find((it) => it.id === placed.parentId)?.authorId
      if (answered && !mentionIds.includes(answered))
        tell({ memberId: answered, kind: 'COMMENT_ANSWERED', subjectId: comment.id })
      return { kind: 'CommentSaved', chartId: chart.id, commentId: comment.id }
    },
  )
}
