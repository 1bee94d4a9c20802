import { createUnionType, Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { PatientLookupInput } from './consentInputs.js'
import { DeletionReason, HoldEndReason, HoldReason } from './enums.js'
import { Open, Work } from './fields.js'
import { CommandInput } from './inputs.js'
import { CommandInvalid } from './outcomes.js'
import { Member } from './people.js'
import { DateTime } from './scalars.js'
import type * as values from './values.js'

@ObjectType({ description: 'A duty to keep what is held of a person, whatever retention says.' })
export class LegalHold {
  @Open(() => ID)
  id!: string
  @Open(() => ID)
  facilityId!: string
  @Work(() => HoldReason)
  reason!: values.HoldReason
  @Work(() => String, { description: 'The matter, as the file outside names it.' })
  reference!: string
  @Work(() => Member)
  placedBy!: Member
  @Work(() => DateTime)
  placedAt!: Date
  @Work(() => Member, { nullable: true })
  liftedBy?: Member | null
  @Work(() => DateTime, { nullable: true })
  liftedAt?: Date | null
  @Work(() => HoldEndReason, { nullable: true })
  liftReason?: values.HoldEndReason | null
}

@ObjectType({ description: 'What is left of a person whose record was destroyed: that it was, when, why and by whom.' })
export class Tombstone {
  @Open(() => ID)
  id!: string
  @Open(() => ID)
  facilityId!: string
  @Work(() => DeletionReason)
  reason!: values.DeletionReason
  @Work(() => Member)
  requestedBy!: Member
  @Work(() => Member)
  approvedBy!: Member
  @Work(() => Int)
  chartCount!: number
  @Work(() => DateTime)
  deletedAt!: Date
  @Work(() => ID, { nullable: true, description: 'Of PATIENT_REQUEST: the privacy request that it fulfils.' })
  requestId?: string | null
}

@InputType()
export class PlaceLegalHoldInput extends CommandInput {
  @Field(() => PatientLookupInput)
  patient!: PatientLookupInput
  @Field(() => HoldReason)
  reason!: values.HoldReason
  @Field(() => String, {
    description: 'The matter, as the file outside names it: at most 200 characters, no patient’s data.',
  })
  reference!: string
}

@InputType()
export class LiftLegalHoldInput extends CommandInput {
  @Field(() => ID)
  holdId!: string
  @Field(() => HoldEndReason)
  reason!: values.HoldEndReason
}

@InputType()
export class RequestPatientDeletionInput extends CommandInput {
  @Field(() => PatientLookupInput)
  patient!: PatientLookupInput
  @Field(() => DeletionReason)
  reason!: values.DeletionReason
  @Field(() => ID, {
    nullable: true,
    description: 'Of PATIENT_REQUEST: the granted request, in the asker’s hands, that the deletion fulfils.',
  })
  requestId?: string | null
}

@ObjectType()
export class LegalHoldSaved {
  @Open(() => LegalHold)
  hold!: LegalHold
}

export const LegalHoldOutcome = createUnionType({
  name: 'LegalHoldOutcome',
  types: () => [LegalHoldSaved, CommandInvalid] as const,
})
