import { createUnionType, Field, ID, InputType, ObjectType } from 'type-graphql'
import { MaskedField } from './access.js'
import { Chart } from './charts.js'
import { BreakGlassReason, BreakGlassState, BreakGlassVerdict } from './enums.js'
import { AccountRef, Clinical, Open, Work } from './fields.js'
import { CommandInput } from './inputs.js'
import { AlreadyDone } from './outcomes.js'
import { Facility, Member } from './people.js'
import { DateTime } from './scalars.js'
import type * as values from './values.js'

@ObjectType({
  description:
    'A chart’s content opened for an hour to somebody without a part on it (45 CFR 164.312(a)(2)(ii)), and its review.',
})
export class BreakGlass {
  @Open(() => ID)
  id!: string
  @Open(() => ID)
  chartId!: string
  @AccountRef(() => Facility)
  facility?: Facility | null
  @Work(() => Member)
  member!: Member
  @Work(() => BreakGlassReason)
  reason!: values.BreakGlassReason
  @Clinical(() => String, { description: 'In the words of whoever broke it. For its reviewers, until it is reviewed.' })
  note?: string | null
  @Work(() => DateTime)
  at!: Date
  @Work(() => DateTime, { description: 'When the content is closed again.' })
  until!: Date
  @Work(() => BreakGlassState)
  state!: values.BreakGlassState
  @Work(() => DateTime, { description: 'When it escalates if nobody has reviewed it: three working days.' })
  reviewDue!: Date
  @Work(() => DateTime, { nullable: true })
  escalatedAt?: Date | null
  @Work(() => DateTime, { nullable: true })
  reviewedAt?: Date | null
  @Work(() => Member, { nullable: true })
  reviewer?: Member | null
  @Work(() => BreakGlassVerdict, { nullable: true })
  verdict?: values.BreakGlassVerdict | null
  @Clinical(() => String)
  reviewNote?: string | null
  @Open(() => Boolean, { description: 'Whether the viewer may review it now. Nobody reviews their own.' })
  canReview!: boolean
  @Open(() => [MaskedField])
  masked!: MaskedField[]
}

@InputType()
export class BreakGlassInput extends CommandInput {
  @Field(() => ID)
  chartId!: string
  @Field(() => BreakGlassReason)
  reason!: values.BreakGlassReason
  @Field(() => String, { description: 'Why, in a few words: at most 1,000 characters.' })
  note!: string
}

@InputType()
export class ReviewBreakGlassInput extends CommandInput {
  @Field(() => ID)
  breakGlassId!: string
  @Field(() => BreakGlassVerdict)
  verdict!: values.BreakGlassVerdict
  @Field(() => String, { description: 'What the verdict rests on: at most 1,000 characters.' })
  note!: string
}

@ObjectType({ description: 'The chart’s content is open to the caller until `breakGlass.until`.' })
export class GlassBroken {
  @Open(() => Chart)
  chart!: Chart
  @Open(() => BreakGlass)
  breakGlass!: BreakGlass
}

@ObjectType()
export class BreakGlassReviewed {
  @Open(() => BreakGlass)
  breakGlass!: BreakGlass
}

@ObjectType({ description: 'Somebody reviewed it before; nothing was overwritten.' })
export class BreakGlassReviewedBefore {
  @Open(() => BreakGlass)
  breakGlass!: BreakGlass
}

export const BreakGlassOutcome = createUnionType({
  name: 'BreakGlassOutcome',
  types: () => [GlassBroken, AlreadyDone] as const,
})

export const BreakGlassReviewOutcome = createUnionType({
  name: 'BreakGlassReviewOutcome',
  types: () => [BreakGlassReviewed, BreakGlassReviewedBefore] as const,
})
