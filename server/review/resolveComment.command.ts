import type { ResolveCommentInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import { sees } from '../auth/sight.js'
import { type CommentView, onChart } from '../charts/index.js'
import { notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import type { CommentOutcome } from './addComment.command.js'
import { resolveProblem } from './comment.decider.js'
import { chartOfComment, commentsOf, markResolved } from './comment.store.js'

/** Close a thread: what it asked is answered. It stays readable. */
export function resolveComment(request: Request, input: ResolveCommentInput): Promise<CommentOutcome> {
  if (!isUuid(input.commentId)) return Promise.reject(notFound())
  return onChart<CommentOutcome>(
    request,
    { name: 'resolveComment', input, chartId: (session) => chartOfComment(session, input.commentId) },
    async ({ session, chart, sight, authorize, append }) => {
      // Comments are clinical: to whoever sees none of them, this one does not exist, whatever they may do.
      const comment = sees(sight, 'CLINICAL')
        ? (await commentsOf(session, chart)).find((c) => c.id === input.commentId)
        : undefined
      if (!comment) throw notFound()
      authorize('comment')
      const problem = resolveProblem(comment, input.seenVersion)
      if (problem) return { kind: 'CommandInvalid', problems: [problem] }
      const resolved: CommentView = {
        ...comment,
        version: comment.version + 1,
        resolvedAt: session.now.toISOString(),
        resolvedBy: session.viewer.memberId,
      }
      await markResolved(session, chart, resolved)
      append({
        type: 'COMMENT_RESOLVED',
        subjectId: comment.id,
        citedDocumentIds: [],
        classes: ['CLINICAL'],
        payload: { comment: resolved },
      })
      return { kind: 'CommentSaved', chartId: chart.id, commentId: comment.id }
    },
  )
}
