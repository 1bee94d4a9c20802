import { createUnionType, ID, Int, ObjectType } from 'type-graphql'
import { MaskedField, Node } from './access.js'
import {
  ConsentAction,
  ConsentElement,
  ConsentEndReason,
  ConsentKind,
  ConsentStatus,
  DocumentType,
  LiftReason,
  PartyKind,
  Purpose,
  RestrictionAction,
  SensitivityLabel,
  SeparateNotes,
} from './enums.js'
import { AccountRef, Clinical, Identity, Open, Work } from './fields.js'
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
  @Work(() => Member, { nullable: true, description: 'Null where the calendar alone acted.' })
  actor?: Member | null
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
  implements: Node,
})
export class Consent extends Node {
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
  @Identity(() => String, { description: 'Of a court order: the law it cites, and its docket.' })
  legalAuthority?: string | null
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

@ObjectType({
  description: 'What a person asked to be kept back, and was agreed to (45 CFR 164.522(a)).',
  implements: Node,
})
export class Restriction extends Node {
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
  @Work(() => ID, {
    nullable: true,
    description: 'The privacy request that it fulfils, where it was agreed to by one.',
  })
  requestId?: string | null
  @Work(() => [LifeEvent])
  history!: LifeEvent[]
  @Open(() => RestrictionAccess)
  access!: RestrictionAccess
}

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
