import { createUnionType, Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { MaskedField } from './access.js'
import {
  ConsentAction,
  ConsentElement,
  ConsentEndReason,
  ConsentKind,
  ConsentStatus,
  DisclosureExemption,
  DisclosureKind,
  DocumentType,
  LiftReason,
  PartyKind,
  Purpose,
  RestrictionAction,
  SensitivityLabel,
  SeparateNotes,
} from './enums.js'
import { AccountRef, Clinical, Identity, Open, Work } from './fields.js'
import { CommandInput, PatientIdentifierInput } from './inputs.js'
import { CommandInvalid } from './outcomes.js'
import { Facility, Member } from './people.js'
import { DateTime, LocalDate } from './scalars.js'
import type * as values from './values.js'

@ObjectType({ description: 'Who discloses or receives: somebody by name, or a whole class where there is no name.' })
export class ConsentParty {
  @Open(() => PartyKind)
  kind!: values.PartyKind
  @Identity(() => String)
  name?: string | null
}

@ObjectType({ description: 'One step in the life of a consent or restriction. Steps are never changed.' })
export class LifeEvent {
  @Open(() => Int, { description: 'The version after it.' })
  version!: number
  @Work(() => String)
  type!: string
  @Work(() => Member)
  actor!: Member
  @Work(() => DateTime)
  at!: Date
  @Work(() => DateTime, { nullable: true, description: 'When the writing, or the news, arrived.' })
  receivedAt?: Date | null
  @Clinical(() => String)
  note?: string | null
}

@ObjectType({ description: 'What the rules of today hide of this consent, and what the viewer may do with it.' })
export class ConsentAccess {
  @Open(() => [MaskedField])
  masked!: MaskedField[]
  @Open(() => [ConsentAction])
  can!: values.ConsentAction[]
}

@ObjectType({
  description:
    'A consent, an authorization, or a court order: what it says as facts. Identity and text are shown while it is a draft.',
})
export class Consent {
  @Open(() => ID)
  id!: string
  @Open(() => Int, { description: 'Send it back as seenVersion.' })
  version!: number
  @Open(() => ID)
  patientId!: string
  @AccountRef(() => Facility)
  facility?: Facility | null
  @Work(() => ConsentKind)
  kind!: values.ConsentKind
  @Work(() => ConsentStatus)
  status!: values.ConsentStatus
  @Work(() => Boolean, { description: 'Whether it is a basis now: complete, not withdrawn, not ended, not expired.' })
  inForce!: boolean
  @Work(() => [ConsentElement], { description: 'What it still needs before it can be in force.' })
  missing!: values.ConsentElement[]
  @Clinical(() => String)
  description?: string | null
  @Work(() => [ConsentParty])
  disclosers!: ConsentParty[]
  @Work(() => [ConsentParty])
  recipients!: ConsentParty[]
  @Work(() => [Purpose])
  purposes!: values.Purpose[]
  @Work(() => DateTime, { nullable: true, description: 'The moment from which it is no longer valid.' })
  expiresAt?: Date | null
  @Clinical(() => String)
  expiryEvent?: string | null
  @Work(() => LocalDate, { nullable: true })
  signedOn?: string | null
  @Identity(() => String)
  signedBy?: string | null
  @Identity(() => String)
  representative?: string | null
  @Identity(() => String)
  representativeAuthority?: string | null
  @Work(() => String, { nullable: true, description: 'The edition of the form’s words that was signed.' })
  textVersion?: string | null
  @Clinical(() => [SensitivityLabel])
  labels?: string[] | null
  @Clinical(() => [DocumentType])
  documentTypes?: string[] | null
  @Clinical(() => LocalDate)
  dataFrom?: string | null
  @Clinical(() => LocalDate)
  dataTo?: string | null
  @Clinical(() => SeparateNotes)
  separateNotes?: string | null
  @Work(() => DateTime, { nullable: true, description: 'When the withdrawal in writing was received.' })
  withdrawnAt?: Date | null
  @Work(() => DateTime, { nullable: true })
  endedAt?: Date | null
  @Work(() => ConsentEndReason, { nullable: true })
  endReason?: values.ConsentEndReason | null
  @Work(() => Int, { description: 'How many disclosures were made in reliance on it.' })
  reliedOnCount!: number
  @Work(() => DateTime, { nullable: true })
  lastReliedOnAt?: Date | null
  @Work(() => [LifeEvent])
  history!: LifeEvent[]
  @Identity(() => [String], {
    description: 'FHIR R4 Consent resources as JSON; where there are several, all must permit.',
  })
  fhir?: string[] | null
  @Open(() => ConsentAccess)
  access!: ConsentAccess
}

@ObjectType({ description: 'What the rules of today hide of this restriction, and what the viewer may do with it.' })
export class RestrictionAccess {
  @Open(() => [MaskedField])
  masked!: MaskedField[]
  @Open(() => [RestrictionAction])
  can!: values.RestrictionAction[]
}

@ObjectType({ description: 'What a person asked to be kept back, and was agreed to (45 CFR 164.522(a)).' })
export class Restriction {
  @Open(() => ID)
  id!: string
  @Open(() => Int, { description: 'Send it back as seenVersion.' })
  version!: number
  @Open(() => ID)
  patientId!: string
  @AccountRef(() => Facility)
  facility?: Facility | null
  @Open(() => ID, { nullable: true, description: 'The one chart it is about; everything where there is none.' })
  chartId?: string | null
  @Work(() => Boolean, { description: 'Paid in full out of pocket: kept from health plans.' })
  selfPay!: boolean
  @Work(() => [ConsentParty])
  recipients!: ConsentParty[]
  @Work(() => [Purpose])
  purposes!: values.Purpose[]
  @Clinical(() => String, { description: 'The person’s own words.' })
  words?: string | null
  @Work(() => DateTime)
  agreedAt!: Date
  @Work(() => DateTime, { nullable: true })
  liftedAt?: Date | null
  @Work(() => LiftReason, { nullable: true })
  liftReason?: values.LiftReason | null
  @Work(() => [LifeEvent])
  history!: LifeEvent[]
  @Open(() => RestrictionAccess)
  access!: RestrictionAccess
}

// ---- inputs ----------------------------------------------------------------------------------------------------------

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

// ---- outcomes --------------------------------------------------------------------------------------------------------

@ObjectType()
export class ConsentSaved {
  @Open(() => Consent)
  consent!: Consent
}

@ObjectType({ description: 'Somebody changed the consent since seenVersion. Nothing was changed.' })
export class ConsentChanged {
  @Open(() => Consent, { description: 'As it is now.' })
  consent!: Consent
  @Open(() => Int)
  seenVersion!: number
}

@ObjectType()
export class RestrictionSaved {
  @Open(() => Restriction)
  restriction!: Restriction
}

@ObjectType({ description: 'Somebody changed the restriction since seenVersion. Nothing was changed.' })
export class RestrictionChanged {
  @Open(() => Restriction, { description: 'As it is now.' })
  restriction!: Restriction
  @Open(() => Int)
  seenVersion!: number
}

const resolveType = (item: object): string | undefined => (item as { __typename?: string }).__typename

export const ConsentOutcome = createUnionType({
  name: 'ConsentOutcome',
  types: () => [ConsentSaved, ConsentChanged, CommandInvalid] as const,
  resolveType,
})
export const RestrictionOutcome = createUnionType({
  name: 'RestrictionOutcome',
  types: () => [RestrictionSaved, RestrictionChanged, CommandInvalid] as const,
  resolveType,
})

@ObjectType({ description: 'One disclosure, with what a person is told of it (45 CFR 164.528(b)(2)).' })
export class AccountedDisclosure {
  @Work(() => DateTime)
  at!: Date
  @Work(() => String)
  recipientName!: string
  @Work(() => String, { nullable: true })
  recipientAddress?: string | null
  @Work(() => String, { description: 'What left, in a sentence that names no content.' })
  description!: string
  @Work(() => Purpose)
  purpose!: values.Purpose
}

@ObjectType({ description: 'Disclosures that stand in no accounting: why, and how many.' })
export class ExemptDisclosures {
  @Work(() => DisclosureExemption)
  exemption!: values.DisclosureExemption
  @Work(() => String)
  citation!: string
  @Work(() => String)
  explanation!: string
  @Work(() => Int)
  count!: number
}

@ObjectType({ description: 'An accounting of disclosures (45 CFR 164.528), from one facility.' })
export class AccountingOfDisclosures {
  @Open(() => ID)
  patientId!: string
  @Work(() => LocalDate)
  from!: string
  @Work(() => LocalDate)
  to!: string
  @Work(() => DateTime)
  preparedAt!: Date
  @Work(() => [AccountedDisclosure], { description: 'Oldest first.' })
  disclosures!: AccountedDisclosure[]
  @Work(() => [ExemptDisclosures])
  exempt!: ExemptDisclosures[]
  @Work(() => String, { description: 'The whole as JSON, to print or keep.' })
  json!: string
  @Work(() => String, { description: 'The disclosures as CSV (RFC 4180).' })
  csv!: string
}

@InputType()
export class RecordDisclosureInput extends CommandInput {
  @Field(() => PatientLookupInput)
  patient!: PatientLookupInput
  @Field(() => DateTime, { description: 'When it left.' })
  at!: Date
  @Field(() => String, { description: 'At most 200 characters.' })
  recipientName!: string
  @Field(() => String, { nullable: true, description: 'If known: at most 400 characters.' })
  recipientAddress?: string | null
  @Field(() => DisclosureKind)
  kind!: values.DisclosureKind
  @Field(() => Purpose)
  purpose!: values.Purpose
  @Field(() => DisclosureExemption, { nullable: true, description: 'Why it stands in no accounting, if it does not.' })
  exemption?: values.DisclosureExemption | null
  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when an agency has had its accounting suspended in writing (45 CFR 164.528(a)(2)).',
  })
  suspendedUntil?: Date | null
}

@ObjectType()
export class DisclosureRecorded {
  @Open(() => ID)
  disclosureId!: string
}
