import { createUnionType, Field, ID, InputType, ObjectType } from 'type-graphql'
import { CodeSystem, PresentOnAdmission, SuggestionRole } from './enums.js'
import { Open } from './fields.js'
import { CommandInput, EvidenceInput } from './inputs.js'
import { CommandInvalid } from './outcomes.js'
import { BlindPass } from './passes.js'
import type * as values from './values.js'

@InputType()
export class BlindPassInput extends CommandInput {
  @Field(() => ID)
  passId!: string
}

@InputType()
export class AddPassLineInput extends BlindPassInput {
  @Field(() => CodeSystem)
  system!: string
  @Field(() => String, { description: 'At most 20 characters.' })
  code!: string
  @Field(() => SuggestionRole, { nullable: true })
  role?: values.SuggestionRole | null
  @Field(() => PresentOnAdmission, { nullable: true })
  poa?: values.PoaValue | null
  @Field(() => [EvidenceInput], { description: 'The words it rests on: 1 to 50.' })
  evidence!: EvidenceInput[]
}

@InputType()
export class RemovePassLineInput extends BlindPassInput {
  @Field(() => ID)
  lineId!: string
}

@ObjectType({ description: 'The pass as it stands now.' })
export class BlindPassSaved {
  @Open(() => BlindPass)
  pass!: BlindPass
}

export const BlindPassOutcome = createUnionType({
  name: 'BlindPassOutcome',
  types: () => [BlindPassSaved, CommandInvalid] as const,
})
