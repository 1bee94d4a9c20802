import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Chart } from '../../schema/charts.js'
import { AddCommentInput, ResolveCommentInput } from '../../schema/inputs.js'
import { CommentOutcome } from '../../schema/outcomes.js'
import { Member } from '../../schema/people.js'
import { Comment } from '../../schema/review.js'
import { directoryOf } from '../accounts/index.js'
import { sightOn } from '../auth/masking.js'
import type { Request } from '../auth/request.js'
import { rowBehind, todayOf } from '../charts/index.js'
import { addComment } from './addComment.command.js'
import { commentsLoader } from './comment.loader.js'
import { presentComment } from './comment.presenter.js'
import { presentCommentOutcome } from './commentOutcome.query.js'
import { listMentionable } from './mentionable.query.js'
import { resolveComment } from './resolveComment.command.js'

@Resolver(() => Chart)
export class CommentsResolver {
  @FieldResolver(() => [Comment])
  async comments(@Root() chart: Chart, @Ctx() request: Request): Promise<Comment[]> {
    const session = await request.reading()
    const row = rowBehind(chart)
    const [comments, directory] = await Promise.all([commentsLoader(session).load(row), directoryOf(session)])
    return comments.map((comment) => presentComment(comment, sightOn(chart)!, directory, todayOf(row).labels))
  }

  @Query(() => [Member], {
    description: 'Whom a comment on a chart can name, for whoever may comment on it; nobody, for others.',
  })
  async mentionableMembers(@Arg('chartId', () => ID) chartId: string, @Ctx() request: Request): Promise<Member[]> {
    return listMentionable(await request.reading(), chartId)
  }

  @Mutation(() => CommentOutcome, { description: 'Comment on the chart or a line, or answer in a thread.' })
  async addComment(@Arg('input', () => AddCommentInput) input: AddCommentInput, @Ctx() request: Request) {
    return presentCommentOutcome(await addComment(request, input), request)
  }

  @Mutation(() => CommentOutcome, { description: 'Close a thread: what it asked is answered.' })
  async resolveComment(@Arg('input', () => ResolveCommentInput) input: ResolveCommentInput, @Ctx() request: Request) {
    return presentCommentOutcome(await resolveComment(request, input), request)
  }
}
