import { createUnionType, Field, ID, InputType, Int, ObjectType } from 'type-graphql'
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
  @Open(() => DateTime, {
    nullable: true,
    description: 'When a second person approved it; in force only from then on.',
  })
  approvedAt?: Date | null
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
  @Open(() => DateTime, {
    nullable: true,
    description: 'When a second person approved it; in force only from then on.',
  })
  approvedAt?: Date | null
  @Open(() => [String], {
    nullable: true,
    description: 'SHA-256 of the operations it may send, as text; null for every one within its scopes.',
  })
  operationHashes?: string[] | null
  @Open(() => Int, { nullable: true, description: 'What its operations may cost together in a minute.' })
  costPerMinute?: number | null
  @Open(() => [String], { nullable: true, description: 'Networks it may ask from; null for everywhere.' })
  networks?: string[] | null
  @Open(() => [String], { description: 'Where people are sent back to who let it act for them.' })
  redirectUris!: string[]
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
export class ClientTermsInput extends CommandInput {
  @Field(() => [String], { description: 'Within the agreement’s scopes.' })
  scopes!: string[]
  @Field(() => [String], {
    nullable: true,
    description: 'SHA-256 of the text of each operation it may send, in hexadecimal; left out for all. At most 500.',
  })
  operationHashes?: string[] | null
  @Field(() => Int, { nullable: true, description: 'From 1 to 50,000,000; left out for no limit beside everybody’s.' })
  costPerMinute?: number | null
  @Field(() => [String], {
    nullable: true,
    description: 'Networks such as 192.0.2.0/24 that it may ask from; left out for everywhere. At most 100.',
  })
  networks?: string[] | null
  @Field(() => [String], {
    defaultValue: [],
    description: 'Addresses with https, compared exactly, for programs that act for people. At most 10.',
  })
  redirectUris!: string[]
}

@InputType()
export class RegisterClientInput extends ClientTermsInput {
  @Field(() => ID)
  agreementId!: string
  @Field(() => String)
  name!: string
  @Field(() => ClientPurpose, { description: 'What it asks for, always; one of the agreement’s.' })
  purpose!: string
}

@InputType()
export class ChangeClientInput extends ClientTermsInput {
  @Field(() => ID)
  clientId!: string
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
  @Open(() => ID, {
    nullable: true,
    description: 'The request that a second person decides on, where it waits for one.',
  })
  approvalId?: string | null
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
  @Open(() => ID, {
    nullable: true,
    description: 'The request that a second person decides on, where it waits for one.',
  })
  approvalId?: string | null
}

export const VendorAgreementOutcome = createUnionType({
  name: 'VendorAgreementOutcome',
  types: () => [VendorAgreementSaved, CommandInvalid] as const,
})

export const ClientOutcome = createUnionType({
  name: 'ClientOutcome',
  types: () => [ClientSaved, CommandInvalid] as const,
})
