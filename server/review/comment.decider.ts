/** May this comment be added, may that thread be resolved? Pure. */

export interface CommentFacts {
  readonly id: string
  readonly suggestionId: string | null
  readonly parentId: string | null
  readonly version: number
  readonly resolvedAt: string | null
}

export interface CommentProblem {
  readonly code: string
  readonly message: string
  readonly field?: string
}

export type Placed =
  | { readonly ok: true; readonly suggestionId: string | null; readonly parentId: string | null }
  | { readonly ok: false; readonly problem: CommentProblem }

/**
 * Where a comment stands: on the chart, on one of its lines, or as a reply. A reply is about what its thread is about,
 * and replies go one level deep: a thread is a question and its answers, not a tree.
 */
export function placeComment(
  asked: { readonly suggestionId?: string | null; readonly parentId?: string | null },
  chart: { readonly lineIds: readonly string[]; readonly comments: readonly CommentFacts[] },
): Placed {
  const suggestionId = asked.suggestionId ?? null
  if (suggestionId !== null && !chart.lineIds.includes(suggestionId))
    return no('LINE_UNKNOWN', 'The chart has no such line; load it again.', 'suggestionId')
  if (asked.parentId == null) return { ok: true, suggestionId, parentId: null }
  const parent = chart.comments.find((comment) => comment.id === asked.parentId)
  if (!parent) return no('PARENT_UNKNOWN', 'The chart has no such comment; load it again.', 'parentId')
  if (parent.parentId !== null)
    return no('REPLY_TO_REPLY', 'Replies go one level deep; reply to the comment that began the thread.', 'parentId')
  if (suggestionId !== null && suggestionId !== parent.suggestionId)
    return no('OTHER_LINE', 'The thread is about something else; leave the line out of a reply.', 'suggestionId')
  return { ok: true, suggestionId: parent.suggestionId, parentId: parent.id }
}

/** Why a thread cannot be resolved; undefined where it can. Threads are resolved whole, by the comment they began with. */
export function resolveProblem(comment: CommentFacts, seenVersion: number): CommentProblem | undefined {
  if (comment.parentId !== null)
    return { code: 'NOT_A_THREAD', message: 'Resolve the comment that began the thread.', field: 'commentId' }
  if (comment.resolvedAt !== null)
    return { code: 'ALREADY_RESOLVED', message: 'Somebody has resolved it already; nothing was changed.' }
  if (comment.version !== seenVersion)
    return {
      code: 'COMMENT_CHANGED',
      message: 'The comment was changed since you looked. Read it again, then resolve it.',
      field: 'seenVersion',
    }
  return undefined
}

const no = (code: string, message: string, field: string): Placed => ({ ok: false, problem: { code, message, field } })
