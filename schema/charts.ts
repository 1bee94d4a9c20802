import { ID, Int, ObjectType } from 'type-graphql'
import { Access, Node, PageInfo } from './access.js'
import { Document } from './documents.js'
import { AbstractField, ChartStatus, EngineState, HelpReason, PatientClass } from './enums.js'
import { AboutCodes, AccountRef, Clinical, Money, Open, Quality, Work } from './fields.js'
import { BlindPass } from './passes.js'
import { Facility, Member, Patient, Queue } from './people.js'
import { Audit, Comment, Pend, Submission } from './review.js'
import { DateTime, LocalDate } from './scalars.js'
import { CodeOrder, Edit, EvidenceSpan, QueryOpportunity, Suggestion } from './suggestions.js'
import type * as values from './values.js'

@ObjectType({ description: 'One field of the abstract as a versioned line: who set it, and on which words it rests.' })
export class AbstractVersion {
  @Open(() => AbstractField)
  field!: values.AbstractFieldName
  @Open(() => Int, { description: 'Counts the changes of this field alone: send it back as seenVersion.' })
  version!: number
  @Work(() => Member, { nullable: true, description: 'Null while it is as it was imported.' })
  decidedBy?: Member | null
  @Work(() => DateTime, { nullable: true })
  decidedAt?: Date | null
  @Clinical(() => [EvidenceSpan])
  evidence?: EvidenceSpan[] | null
  @Clinical(() => Boolean, { description: 'A cited document has a newer version, or was withdrawn.' })
  evidenceStale?: boolean | null
}

@ObjectType({ description: 'A coder’s question on a line; it opens the chart to supervisors until the day is over.' })
export class HelpRequest {
  @Open(() => ID)
  id!: string
  @Open(() => ID)
  chartId!: string
  @Open(() => ID)
  suggestionId!: string
  @Work(() => HelpReason)
  reason!: values.HelpReason
  @Work(() => Member)
  askedBy!: Member
  @Work(() => DateTime)
  askedAt!: Date
  @Work(() => DateTime, { description: 'When it closes, answered or not.' })
  until!: Date
}

@ObjectType()
export class ChartFields {
  @Open(() => ID)
  id!: string
  @Work(() => ChartStatus)
  status!: values.ChartStatus
  @Work(() => Boolean, {
    description: 'Birth date or sex differ from what is known: a person must decide whose chart it is.',
  })
  identityHold!: boolean
  @Work(() => Boolean)
  restricted!: boolean
  @Work(() => Boolean, { description: 'A document came after the submission.' })
  lateDocument!: boolean
  @Work(() => DateTime)
  receivedAt!: Date
  @Work(() => Int)
  submissionCount!: number
  @Work(() => EngineState)
  engineState!: values.EngineState
  @Work(() => Member, { nullable: true, description: 'The coder of record: only this person submits.' })
  coderOfRecord?: Member | null
  @Work(() => DateTime, { nullable: true })
  assignedUntil?: Date | null
  @AccountRef(() => String)
  accountNumber?: string | null
  @AccountRef(() => PatientClass)
  patientClass?: string | null
  @AccountRef(() => DateTime)
  inpatientOrderAt?: Date | null
  @AccountRef(() => DateTime)
  admittedAt?: Date | null
  @AccountRef(() => DateTime)
  dischargedAt?: Date | null
  @AccountRef(() => LocalDate)
  serviceDate?: string | null
  @AccountRef(() => String)
  payer?: string | null
  @AccountRef(() => String)
  serviceLine?: string | null
  @Clinical(() => String)
  disposition?: string | null
  @Clinical(() => String)
  attendingProvider?: string | null
  @Clinical(() => String)
  operatingProvider?: string | null
  @Money(() => Int, { description: 'Total charges in cents.' })
  totalChargesCents?: number | null
  @Open(() => [AbstractVersion], { description: 'Of each field whose value the viewer may see; of no other.' })
  abstractVersions!: AbstractVersion[]
  @Open(() => Access)
  access!: Access
}

@ObjectType({ description: 'A chart’s own facts as an event or a snapshot carries them.' })
export class ChartState extends ChartFields {}

@ObjectType({ description: 'One encounter or account, with everything a coding team knows of it.', implements: Node })
export class Chart extends ChartFields {
  @AccountRef(() => Facility)
  facility?: Facility | null
  @Work(() => Queue, { nullable: true })
  queue?: Queue | null
  @Open(() => Patient)
  patient!: Patient
  @Work(() => Int)
  documentCount!: number
  @Clinical(() => [Document])
  documents?: Document[] | null
  @AboutCodes
  @Clinical(() => [Suggestion])
  suggestions?: Suggestion[] | null
  @AboutCodes
  @Clinical(() => [QueryOpportunity])
  opportunities?: QueryOpportunity[] | null
  @AboutCodes
  @Clinical(() => CodeOrder)
  order?: CodeOrder | null
  @AboutCodes
  @Clinical(() => [Edit])
  edits?: Edit[] | null
  @AboutCodes
  @Clinical(() => [Comment])
  comments?: Comment[] | null
  @Work(() => [Pend])
  pends!: Pend[]
  @Work(() => [Submission])
  submissions!: Submission[]
  @AboutCodes
  @Quality(() => [Audit])
  audits?: Audit[] | null
  @Work(() => BlindPass, { nullable: true, description: 'The viewer’s own, until it is revealed. Nobody else’s.' })
  blindPass?: BlindPass | null
  @Open(() => String, {
    nullable: true,
    description: 'The last event of the chart that this viewer sees: send it back as seenCursor.',
  })
  cursor?: string | null
}

@ObjectType()
export class ChartEdge {
  @Open(() => String)
  cursor!: string
  @Open(() => Chart)
  node!: Chart
}

@ObjectType()
export class ChartConnection {
  @Open(() => [ChartEdge])
  edges!: ChartEdge[]
  @Open(() => PageInfo)
  pageInfo!: PageInfo
  @Open(() => Int)
  totalCount!: number
}
