import { Field, ID, InputType, Int } from 'type-graphql'
import {
  ConsentEndReason,
  ConsentKind,
  DocumentType,
  LiftReason,
  PartyKind,
  Purpose,
  SensitivityLabel,
  SeparateNotes,
} from './enums.js'
import { PatientIdentifierInput } from './documentInputs.js'
import { CommandInput } from './inputs.js'
import { DateTime, LocalDate } from './scalars.js'
import type * as values from './values.js'

@InputType({
  description: 'One person by one exact identifier of one facility. There is no other way to look for people.',
})
export class PatientLookupInput {
  @Field(() => ID)
  facilityId!: string
  @Field(() => PatientIdentifierInput)
  identifier!: PatientIdentifierInput
}

@InputType()
export class ConsentPartyInput {
  @Field(() => PartyKind)
  kind!: values.PartyKind
  @Field(() => String, { nullable: true, description: 'Left out for the whole class.' })
  name?: string | null
}

@InputType()
export class SignatureInput {
  @Field(() => LocalDate)
  signedOn!: string
  @Field(() => String)
  signedBy!: string
  @Field(() => String, { nullable: true, description: 'Where somebody signs for the person: who.' })
  representative?: string | null
  @Field(() => String, { nullable: true, description: 'And by what authority.' })
  representativeAuthority?: string | null
}

@InputType({ description: 'Which statements the signed form makes (45 CFR 164.508(c)(2), 42 CFR 2.31).' })
export class ConsentStatementsInput {
  @Field(() => Boolean, { defaultValue: false })
  revocation!: boolean
  @Field(() => Boolean, { defaultValue: false })
  conditioning!: boolean
  @Field(() => Boolean, { defaultValue: false })
  redisclosure!: boolean
  @Field(() => Boolean, { defaultValue: false })
  remuneration!: boolean
}

@InputType()
export class ConsentElementsInput {
  @Field(() => String, { nullable: true })
  description?: string | null
  @Field(() => [ConsentPartyInput], { defaultValue: [] })
  disclosers!: ConsentPartyInput[]
  @Field(() => [ConsentPartyInput], { defaultValue: [] })
  recipients!: ConsentPartyInput[]
  @Field(() => [Purpose], { defaultValue: [] })
  purposes!: values.Purpose[]
  @Field(() => DateTime, { nullable: true })
  expiresAt?: Date | null
  @Field(() => String, { nullable: true })
  expiryEvent?: string | null
  @Field(() => Boolean, { defaultValue: false, description: 'The form says that it does not expire.' })
  neverExpires!: boolean
  @Field(() => SignatureInput, { nullable: true })
  signature?: SignatureInput | null
  @Field(() => ConsentStatementsInput, { nullable: true })
  statements?: ConsentStatementsInput | null
  @Field(() => String, {
    nullable: true,
    description: 'Of a court order: the law it cites, and its docket. Whoever ordered it is who signed.',
  })
  legalAuthority?: string | null
  @Field(() => Boolean, { defaultValue: false })
  plainLanguage!: boolean
  @Field(() => String, { nullable: true })
  textVersion?: string | null
  @Field(() => [SensitivityLabel], { defaultValue: [], description: 'Sensitive kinds that it names.' })
  labels!: values.SensitivityLabel[]
  @Field(() => [DocumentType], { defaultValue: [], description: 'Types it is limited to; all where it is empty.' })
  documentTypes!: string[]
  @Field(() => LocalDate, { nullable: true })
  dataFrom?: string | null
  @Field(() => LocalDate, { nullable: true })
  dataTo?: string | null
  @Field(() => SeparateNotes, { nullable: true })
  separateNotes?: values.SeparateNotes | null
}

@InputType()
export class RecordConsentInput extends CommandInput {
  @Field(() => PatientLookupInput)
  patient!: PatientLookupInput
  @Field(() => ConsentKind)
  kind!: values.ConsentKind
  @Field(() => ConsentElementsInput)
  elements!: ConsentElementsInput
  @Field(() => String, {
    nullable: true,
    description: 'An active FHIR R4 Consent as JSON: its provisions narrow what the elements permit.',
  })
  fhir?: string | null
}

@InputType()
export class ConsentCommandInput extends CommandInput {
  @Field(() => ID)
  consentId!: string
  @Field(() => Int)
  seenVersion!: number
}

@InputType()
export class ReviseConsentInput extends ConsentCommandInput {
  @Field(() => ConsentElementsInput, { description: 'All of them, as they are now.' })
  elements!: ConsentElementsInput
}

@InputType()
export class WithdrawConsentInput extends ConsentCommandInput {
  @Field(() => Boolean, { description: 'A withdrawal counts in writing only (164.508(b)(5), 42 CFR 2.31(a)(6)).' })
  inWriting!: boolean
  @Field(() => DateTime)
  receivedAt!: Date
  @Field(() => String, { nullable: true })
  note?: string | null
}

@InputType()
export class EndConsentInput extends ConsentCommandInput {
  @Field(() => ConsentEndReason)
  reason!: values.ConsentEndReason
  @Field(() => String)
  note!: string
}

@InputType()
export class DeliverConsentCopyInput extends ConsentCommandInput {
  @Field(() => String, { nullable: true, description: 'How and to whom the copy went.' })
  note?: string | null
}

@InputType({ description: 'A restriction as it was agreed to (45 CFR 164.522(a)).' })
export class RestrictionTermsInput {
  @Field(() => ID, { nullable: true, description: 'The one chart it is about.' })
  chartId?: string | null
  @Field(() => Boolean, { description: 'Paid in full out of pocket: must be agreed to (164.522(a)(1)(vi)).' })
  selfPay!: boolean
  @Field(() => [ConsentPartyInput], {
    defaultValue: [],
    description: 'Whom it keeps out; everybody where it is empty.',
  })
  recipients!: ConsentPartyInput[]
  @Field(() => [Purpose], { defaultValue: [], description: 'All purposes where it is empty.' })
  purposes!: values.Purpose[]
  @Field(() => String, { description: 'What the person asked for, in their words.' })
  words!: string
}

@InputType()
export class AddRestrictionInput extends CommandInput {
  @Field(() => PatientLookupInput)
  patient!: PatientLookupInput
  @Field(() => ID, { nullable: true, description: 'The one chart it is about.' })
  chartId?: string | null
  @Field(() => Boolean, { description: 'Paid in full out of pocket: must be agreed to (164.522(a)(1)(vi)).' })
  selfPay!: boolean
  @Field(() => [ConsentPartyInput], {
    defaultValue: [],
    description: 'Whom it keeps out; everybody where it is empty.',
  })
  recipients!: ConsentPartyInput[]
  @Field(() => [Purpose], { defaultValue: [], description: 'All purposes where it is empty.' })
  purposes!: values.Purpose[]
  @Field(() => String, { description: 'What the person asked for, in their words.' })
  words!: string
}

@InputType()
export class LiftRestrictionInput extends CommandInput {
  @Field(() => ID)
  restrictionId!: string
  @Field(() => Int)
  seenVersion!: number
  @Field(() => LiftReason)
  reason!: values.LiftReason
  @Field(() => String)
  note!: string
}
