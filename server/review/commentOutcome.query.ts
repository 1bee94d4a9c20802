import { directoryOf } from '../accounts/index.js'
import type { Request } from '../auth/request.js'
import { seeChart, todayOf } from '../charts/index.js'
import type { CommentOutcome } from './addComment.command.js'
import { commentsLoader } from './comment.loader.js'
import { presentComment } from './comment.presenter.js'

/** The outcome of a command on a comment, as its caller sees the comment now. */
export async function presentCommentOutcome(outcome: CommentOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return { __typename: outcome.kind, problems: outcome.problems }
  const session = await request.reading()
  const { row, sight } = await seeChart(session, outcome.chartId)
  const [comments, directory] = await Promise.all([commentsLoader(session).load(row), directoryOf(session)])
  const comment = comments.find((c) => c.id === outcome.commentId)
  if (!comment) throw new Error('the comment of an outcome is gone')
  return { __typename: outcome.kind, comment: presentComment(comment, sight, directory, todayOf(row).labels) }
}
