import { Arg, Ctx, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql'
import { InboxMarked, InboxSnapshot, InboxStreamItem, QueueBoardItem, QueueBoardSnapshot } from '../../schema/desk.js'
import { MarkInboxReadInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import { INBOX, inbox } from './inbox.query.js'
import { markInboxRead } from './markInboxRead.command.js'
import { QUEUE_BOARD, queueBoard } from './queueBoard.query.js'
import { rowsStream } from './rowsStream.js'

interface Subscribing {
  readonly context: Request
}

@Resolver()
export class DeskResolver {
  @Query(() => QueueBoardSnapshot, {
    description:
      'Worklists in numbers: of a supervisor’s facilities, or those that the viewer works. Nothing, for others.',
  })
  async queueBoard(@Ctx() request: Request): Promise<QueueBoardSnapshot> {
    return queueBoard(await request.reading())
  }

  @Query(() => InboxSnapshot, { description: 'What the viewer is to look at, newest first; a hundred at most.' })
  async inbox(@Ctx() request: Request): Promise<InboxSnapshot> {
    return inbox(await request.reading())
  }

  @Mutation(() => InboxMarked, { description: 'Mark entries of the viewer’s inbox as read.' })
  async markInboxRead(
    @Arg('input', () => MarkInboxReadInput) input: MarkInboxReadInput,
    @Ctx() request: Request,
  ): Promise<InboxMarked> {
    const { itemIds } = await markInboxRead(request, input)
    return { itemIds: [...itemIds] }
  }

  @Subscription(() => QueueBoardItem, {
    name: 'queueBoard',
    description: 'The board, live: all rows, then what became of them, at most four times a second.',
    subscribe: ({ context }: Subscribing) =>
      rowsStream(context.services, context.claims, QUEUE_BOARD, context.accessed) as never,
  })
  queueBoardStream(@Root() item: typeof QueueBoardItem): typeof QueueBoardItem {
    return item
  }

  @Subscription(() => InboxStreamItem, {
    name: 'inbox',
    description: 'The inbox, live: all entries, then what became of them, at most four times a second.',
    subscribe: ({ context }: Subscribing) =>
      rowsStream(context.services, context.claims, INBOX, context.accessed) as never,
  })
  inboxStream(@Root() item: typeof InboxStreamItem): typeof InboxStreamItem {
    return item
  }
}
