import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql'
import {
  LegalHold,
  LegalHoldOutcome,
  LiftLegalHoldInput,
  PlaceLegalHoldInput,
  Tombstone,
} from '../../schema/retention.js'
import type { Request } from '../auth/request.js'
import { liftLegalHold, placeLegalHold } from './legalHold.command.js'
import { legalHolds, presentHoldOutcome, tombstones } from './retention.query.js'

@Resolver()
export class RetentionResolver {
  @Query(() => [LegalHold], {
    description: 'Legal holds, those that stand first. Privacy officers only; empty for others.',
  })
  async legalHolds(@Arg('first', () => Int, { defaultValue: 50 }) first: number, @Ctx() request: Request) {
    return legalHolds(await request.reading(), first)
  }

  @Query(() => [Tombstone], {
    description: 'What was destroyed, newest first. Privacy officers only; empty for others.',
  })
  async tombstones(@Arg('first', () => Int, { defaultValue: 50 }) first: number, @Ctx() request: Request) {
    return tombstones(await request.reading(), first)
  }

  @Mutation(() => LegalHoldOutcome, { description: 'Keep everything of a person from deletion.' })
  async placeLegalHold(@Arg('input', () => PlaceLegalHoldInput) input: PlaceLegalHoldInput, @Ctx() request: Request) {
    return presentHoldOutcome(await placeLegalHold(request, input), request)
  }

  @Mutation(() => LegalHoldOutcome, { description: 'End a legal hold.' })
  async liftLegalHold(@Arg('input', () => LiftLegalHoldInput) input: LiftLegalHoldInput, @Ctx() request: Request) {
    return presentHoldOutcome(await liftLegalHold(request, input), request)
  }
}
