import { createUnionType, Field, ID, InputType, ObjectType } from 'type-graphql'
import { ClientPurpose } from './enums.js'
import { Open } from './fields.js'
import { CommandInput } from './inputs.js'
import { CommandInvalid } from './outcomes.js'
import { Facility } from './people.js'
import { DateTime } from './scalars.js'

@ObjectType({
  description:
    'What a vendor may receive (45 CFR 164.504(e)): the outer bound of all its clients. Administrators only.',
})
export class VendorAgreement {
  @Open(() => ID)
  id!: string
  @Open(() => String)
  vendorName!: string
  @Open(() => [Facility])
  facilities!: Facility[]
  @Open(() => [ClientPurpose])
  purposes!: string[]
  @Open(() => [String], { description: 'Scopes in the grammar of SMART App Launch 2.' })
  scopes!: string[]
  @Open(() => DateTime)
  effectiveFrom!: Date
  @Open(() => DateTime, { nullable: true, description: 'The first moment at which it is no longer in force.' })
  effectiveUntil?: Date | null
  @Open(() => DateTime, { nullable: true })
  endedAt?: Date | null
}

@ObjectType({ description: 'A program of a third party. Administrators only.' })
export class Client {
  @Open(() => ID)
  id!: string
  @Open(() => String, { description: 'The client_id of OAuth 2.' })
  clientId!: string
  @Open(() => String)
  name!: string
  @Open(() => VendorAgreement)
  agreement!: VendorAgreement
  @Open(() => ClientPurpose)
  purpose!: string
  @Open(() => [String])
  scopes!: string[]
  @Open(() => DateTime, { nullable: true, description: 'Until when the secret before is still taken.' })
  previousSecretUntil?: Date | null
  @Open(() => DateTime, { nullable: true })
  suspendedAt?: Date | null
}

@InputType()
export class RegisterVendorAgreementInput extends CommandInput {
  @Field(() => String)
  vendorName!: string
  @Field(() => [ID])
  facilityIds!: string[]
  @Field(() => [ClientPurpose])
  purposes!: string[]
  @Field(() => [String])
  scopes!: string[]
  @Field(() => DateTime)
  effectiveFrom!: Date
  @Field(() => DateTime, { nullable: true })
  effectiveUntil?: Date | null
}

@InputType()
export class EndVendorAgreementInput extends CommandInput {
  @Field(() => ID)
  agreementId!: string
}

@InputType()
export class RegisterClientInput extends CommandInput {
  @Field(() => ID)
  agreementId!: string
  @Field(() => String)
  name!: string
  @Field(() => ClientPurpose, { description: 'What it asks for, always; one of the agreement’s.' })
  purpose!: string
  @Field(() => [String], { description: 'Within the agreement’s scopes.' })
  scopes!: string[]
}

@InputType()
export class ClientCommandInput extends CommandInput {
  @Field(() => ID)
  clientId!: string
}

@ObjectType()
export class VendorAgreementSaved {
  @Open(() => VendorAgreement)
  agreement!: VendorAgreement
}

@ObjectType()
export class ClientSaved {
  @Open(() => Client)
  client!: Client
  @Open(() => String, {
    nullable: true,
    description: 'A new secret, where the command made one. It is told to nobody else.',
  })
  secret?: string | null
}

export const VendorAgreementOutcome = createUnionType({
  name: 'VendorAgreementOutcome',
  types: () => [VendorAgreementSaved, CommandInvalid] as const,
})

export const ClientOutcome = createUnionType({
  name: 'ClientOutcome',
  types: () => [ClientSaved, CommandInvalid] as const,
})
