import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import { Access, Node } from '../../schema/access.js'
import { ChartAction as ChartActionEnum } from '../../schema/enums.js'
import { Viewer } from '../../schema/people.js'
import type { ChartAction } from '../../schema/values.js'
import { directoryOf } from '../accounts/index.js'
import type { Request } from '../auth/request.js'
import { explainAccess } from './explainAccess.query.js'
import { nodesById } from './node.query.js'

@Resolver()
export class ViewerResolver {
  @Query(() => Viewer, { description: 'Who is asking, and where they may work.' })
  async viewer(@Ctx() request: Request): Promise<Viewer> {
    const session = await request.reading()
    const directory = await directoryOf(session)
    const { viewer } = session
    return {
      member: { id: viewer.memberId, displayName: viewer.displayName },
      organisation: directory.organisation,
      roles: [...viewer.roles],
      facilities: viewer.facilityIds.map((id) => directory.facility(id)).filter((f) => f !== null),
      queues: viewer.queueIds.map((id) => directory.queue(id)).filter((q) => q !== null),
    }
  }

  @Query(() => Node, {
    nullable: true,
    description: 'Anything by its id; null where there is nothing the viewer may see.',
  })
  async node(@Arg('id', () => ID) id: string, @Ctx() request: Request): Promise<Node | null> {
    return (await nodesById(await request.reading(), [id]))[0] ?? null
  }

  @Query(() => [Node], {
    nullable: 'items',
    description: 'Several by id, in order; null for each the viewer may not see. At most 100.',
  })
  async nodes(@Arg('ids', () => [ID]) ids: string[], @Ctx() request: Request): Promise<(Node | null)[]> {
    return nodesById(await request.reading(), ids)
  }

  @Query(() => Access, {
    description:
      'What is hidden of one chart, document or other thing, why, and whether one act is possible. The same answer for what is absent and for what is hidden.',
  })
  async explainAccess(
    @Arg('id', () => ID) id: string,
    @Arg('action', () => ChartActionEnum) action: ChartAction,
    @Arg('memberId', () => ID, {
      nullable: true,
      description: 'Of somebody else and a chart: for supervisors, compliance and privacy officers, who see the chart.',
    })
    memberId: string | null | undefined,
    @Ctx() request: Request,
  ): Promise<Access> {
    return explainAccess(await request.reading(), id, action, memberId)
  }
}
