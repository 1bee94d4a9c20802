import { Arg, Ctx, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql'
import { Chart } from '../../schema/charts.js'
import { ChartStreamItem } from '../../schema/stream.js'
import { sightOn } from '../auth/masking.js'
import type { Request } from '../auth/request.js'
import { lastVisibleCursor, rowBehind } from '../charts/index.js'
import { chartStream } from './chartStream.js'

interface StreamArgs {
  readonly chartId: string
  readonly after?: string | null
  readonly sight?: string | null
}

@Resolver(() => Chart)
export class StreamResolver {
  @FieldResolver(() => String, { nullable: true })
  async cursor(@Root() chart: Chart, @Ctx() request: Request): Promise<string | null> {
    return lastVisibleCursor(await request.reading(), rowBehind(chart), sightOn(chart)!)
  }

  @Subscription(() => ChartStreamItem, {
    description: 'A chart, live: a snapshot and the events after it, or exactly the events after a cursor.',
    subscribe: ({ args, context }: { args: StreamArgs; context: Request }) =>
      chartStream(context.services, context.claims, args.chartId, args.after, context, args.sight) as never,
  })
  chartStream(
    @Root() item: typeof ChartStreamItem,
    @Arg('chartId', () => ID) _chartId: string,
    @Arg('after', () => String, { nullable: true, description: 'The cursor of the last event received.' }) _after:
      | string
      | null,
    @Arg('sight', () => ID, {
      nullable: true,
      description: 'That of the last snapshot received, where `after` is given.',
    })
    _sight: string | null,
  ): typeof ChartStreamItem {
    return item
  }
}
