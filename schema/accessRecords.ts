import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { PageInfo } from './access.js'
import { PatientLookupInput } from './consentInputs.js'
import { AccessOutcome, AccessPurpose } from './enums.js'
import { AccountRef, Open, Work } from './fields.js'
import { Facility, Member } from './people.js'
import { DateTime } from './scalars.js'
import type * as values from './values.js'

@ObjectType({
  description: 'One use of data, or the attempt of one (45 CFR 164.312(b)). It names no patient and holds no content.',
})
export class AccessRecord {
  @Work(() => DateTime)
  at!: Date
  @Work(() => Member, { nullable: true, description: 'Null for the system and for people who are not known.' })
  member?: Member | null
  @AccountRef(() => [Facility])
  facilities?: Facility[] | null
  @Work(() => String, { description: 'In the words of the contract: `query chart`, `stream start`, `sign-in` …' })
  action!: string
  @Work(() => AccessPurpose)
  purpose!: values.AccessPurpose
  @Work(() => AccessOutcome)
  outcome!: values.AccessOutcome
  @Work(() => [String], { description: 'Why parts were not answered: codes.' })
  reasons!: string[]
  @Work(() => [String], { description: 'Classes of fields that were answered.' })
  classes!: string[]
  @Work(() => Boolean, { description: 'Under a broken glass.' })
  breakGlass!: boolean
  @Work(() => [ID], { description: 'Requests of patients that let it be seen.' })
  requests!: string[]
  @Work(() => String, { nullable: true, description: 'SHA-256 of the operation’s text without its values.' })
  operationHash?: string | null
  @Work(() => [String], { description: 'Keyed references: equal for equal patients, and no way back to one.' })
  subjects!: string[]
  @Work(() => String, { description: 'The record as a FHIR R4 AuditEvent, in JSON. It names no patient either.' })
  fhir!: string
}

@ObjectType()
export class AccessRecordEdge {
  @Open(() => String)
  cursor!: string
  @Open(() => AccessRecord)
  node!: AccessRecord
}

@ObjectType()
export class AccessRecordConnection {
  @Open(() => [AccessRecordEdge])
  edges!: AccessRecordEdge[]
  @Open(() => PageInfo)
  pageInfo!: PageInfo
}

@InputType()
export class AccessRecordFilter {
  @Field(() => PatientLookupInput, { nullable: true, description: 'Of one person, by one exact identifier.' })
  patient?: PatientLookupInput | null
  @Field(() => ID, { nullable: true, description: 'Of the person whose chart it is.' })
  chartId?: string | null
  @Field(() => ID, { nullable: true, description: 'Of what this member did.' })
  memberId?: string | null
  @Field(() => AccessOutcome, { nullable: true })
  outcome?: values.AccessOutcome | null
  @Field(() => DateTime, { nullable: true, description: 'From this moment on.' })
  from?: Date | null
  @Field(() => DateTime, { nullable: true, description: 'Before this moment.' })
  until?: Date | null
}
