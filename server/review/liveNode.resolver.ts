import { Ctx, Query, Resolver } from 'type-graphql'
import { LiveNode } from '../../schema/liveNode.js'
import type { Request } from '../auth/request.js'
import { liveNode } from './liveNode.query.js'

@Resolver()
export class LiveNodeResolver {
  @Query(() => LiveNode, {
    nullable: true,
    description: 'Groups of open streams on the node that answers. Administrators only; null, for others.',
  })
  async liveNode(@Ctx() request: Request) {
    return liveNode(await request.reading())
  }
}
