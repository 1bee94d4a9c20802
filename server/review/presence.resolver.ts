import { Arg, Ctx, ID, Mutation, Resolver, Root, Subscription } from 'type-graphql'
import { FocusInput } from '../../schema/inputs.js'
import { Presence } from '../../schema/stream.js'
import type { Request } from '../auth/request.js'
import { focusOn, presenceStream } from './presence.js'

@Resolver()
export class PresenceResolver {
  @Mutation(() => Boolean, { description: 'A heartbeat: where in the chart the viewer is. Expires after 30 seconds.' })
  async focus(@Arg('input', () => FocusInput) input: FocusInput, @Ctx() request: Request): Promise<boolean> {
    await focusOn(request, input)
    return true
  }

  @Subscription(() => Presence, {
    description: 'Who is on the chart now, and where.',
    subscribe: ({ args, context }: { args: { chartId: string; presenceId?: string | null }; context: Request }) =>
      presenceStream(context.services, context.claims, args.chartId, context.accessed, args.presenceId) as never,
  })
  presence(
    @Root() presence: Presence,
    @Arg('chartId', () => ID) _chartId: string,
    @Arg('presenceId', () => ID, { nullable: true, description: 'Of the own `focus`: gone a moment after this ends.' })
    _presenceId: string | null,
  ): Presence {
    return presence
  }
}
