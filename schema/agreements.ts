import { createUnionType, Field, ID, InputType, ObjectType } from 'type-graphql'
import { Purpose, QualificationEndReason } from './enums.js'
import { Open } from './fields.js'
import { CommandInput } from './inputs.js'
import { CommandInvalid } from './outcomes.js'
import { Facility } from './people.js'
import { DateTime, LocalDate } from './scalars.js'
import type * as values from './values.js'

@ObjectType({
  description:
    'Under what we hold a covered entity’s data (45 CFR 164.504(e)). Administrators and privacy officers only.',
})
export class FacilityAgreement {
  @Open(() => ID)
  id!: string
  @Open(() => String)
  coveredEntity!: string
  @Open(() => [Facility])
  facilities!: Facility[]
  @Open(() => [Purpose])
  purposes!: values.Purpose[]
  @Open(() => LocalDate)
  effectiveFrom!: string
  @Open(() => LocalDate, { nullable: true, description: 'The last day.' })
  effectiveTo?: string | null
  @Open(() => Boolean, {
    description:
      'Holds the undertakings of a qualified service organisation (42 CFR 2.11), within the two instants below.',
  })
  qualifiedService!: boolean
  @Open(() => DateTime, { nullable: true, description: 'Null for as long as the agreement.' })
  qualifiedFrom?: Date | null
  @Open(() => DateTime, { nullable: true, description: 'The first moment at which they hold no more.' })
  qualifiedUntil?: Date | null
}

@InputType()
export class RequestQualifiedServiceInput extends CommandInput {
  @Field(() => ID)
  agreementId!: string
  @Field(() => DateTime)
  from!: Date
  @Field(() => DateTime, { nullable: true, description: 'The first moment at which they hold no more.' })
  until?: Date | null
  @Field(() => String, { description: 'Which signed paper it rests on: at most 200 characters.' })
  reference!: string
}

@InputType()
export class EndQualifiedServiceInput extends CommandInput {
  @Field(() => ID)
  agreementId!: string
  @Field(() => QualificationEndReason)
  reason!: values.QualificationEndReason
}

@ObjectType()
export class FacilityAgreementSaved {
  @Open(() => FacilityAgreement)
  agreement!: FacilityAgreement
}

export const FacilityAgreementOutcome = createUnionType({
  name: 'FacilityAgreementOutcome',
  types: () => [FacilityAgreementSaved, CommandInvalid] as const,
  resolveType: (item: object) => (item as { __typename?: string }).__typename,
})
