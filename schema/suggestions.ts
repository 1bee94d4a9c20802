import { Float, ID, Int, ObjectType } from 'type-graphql'
import { Access, Node } from './access.js'
import {
  CodeSystem,
  EditSeverity,
  EvidenceKind,
  PresentOnAdmission,
  SuggestionKind,
  SuggestionOrigin,
  SuggestionRole,
  SuggestionStatus,
} from './enums.js'
import { Clinical, Open, Work } from './fields.js'
import { Member } from './people.js'
import { DateTime, LocalDate } from './scalars.js'
import type * as values from './values.js'

@ObjectType()
export class EvidenceFields {
  @Open(() => ID)
  id!: string
  @Clinical(() => ID)
  documentId?: string | null
  @Clinical(() => ID)
  versionId?: string | null
  @Clinical(() => Int, { description: 'UTF-16 units into the version’s text; null for a citation by page.' })
  start?: number | null
  @Clinical(() => Int)
  end?: number | null
  @Clinical(() => Int)
  page?: number | null
  @Clinical(() => EvidenceKind)
  kind?: string | null
}

@ObjectType({ description: 'Where the words stand. The words themselves are in the document.' })
export class EvidenceSpan extends EvidenceFields {}

@ObjectType({ description: 'Evidence with its words, cut from the document under the reader’s own sight.' })
export class Evidence extends EvidenceFields {
  @Clinical(() => String)
  quote?: string | null
}

@ObjectType()
export class SuggestionFields {
  @Open(() => ID)
  id!: string
  @Open(() => ID)
  chartId!: string
  @Open(() => Int, { description: 'Counts the changes of this line alone: send it back as seenVersion.' })
  version!: number
  @Work(() => SuggestionStatus)
  status!: values.SuggestionStatus
  @Work(() => SuggestionOrigin)
  origin!: values.SuggestionOrigin
  @Clinical(() => CodeSystem)
  system?: string | null
  @Clinical(() => String)
  code?: string | null
  @Clinical(() => String, { description: 'The title in the code table of the date of service.' })
  title?: string | null
  @Clinical(() => SuggestionKind)
  kind?: string | null
  @Clinical(() => SuggestionRole)
  role?: string | null
  @Clinical(() => Int, { description: 'Its place in the order, from 1; null while it is not accepted.' })
  rank?: number | null
  @Clinical(() => PresentOnAdmission)
  poa?: string | null
  @Clinical(() => PresentOnAdmission, { description: 'What the engine reads from the text; a person decides.' })
  poaProposed?: string | null
  @Clinical(() => Boolean, { description: 'On the POA-exempt list of the date of service.' })
  poaExempt?: boolean | null
  @Clinical(() => [String])
  modifiers?: string[] | null
  @Clinical(() => Int)
  units?: number | null
  @Clinical(() => LocalDate)
  performedOn?: string | null
  @Clinical(() => String)
  performer?: string | null
  @Clinical(() => Float, { description: '0 to 1, of the engine.' })
  confidence?: number | null
  @Clinical(() => String)
  reason?: string | null
  @Clinical(() => ID)
  replaces?: string | null
  @Clinical(() => Boolean, { description: 'A cited document has a newer version.' })
  evidenceStale?: boolean | null
  @Work(() => Member, { nullable: true })
  author?: Member | null
  @Work(() => Member, { nullable: true })
  decidedBy?: Member | null
  @Work(() => DateTime, { nullable: true })
  decidedAt?: Date | null
  @Clinical(() => String)
  decisionReason?: string | null
}

@ObjectType({ description: 'A line as an event or a snapshot carries it.' })
export class SuggestionState extends SuggestionFields {
  @Clinical(() => [EvidenceSpan])
  evidence?: EvidenceSpan[] | null
}

@ObjectType({ description: 'A code somebody proposes or has put on a chart.', implements: Node })
export class Suggestion extends SuggestionFields {
  @Clinical(() => [Evidence])
  evidence?: Evidence[] | null
  @Open(() => Access)
  access!: Access
}

@ObjectType()
export class QueryOpportunityFields {
  @Open(() => ID)
  id!: string
  @Clinical(() => String)
  topic?: string | null
  @Clinical(() => String)
  reason?: string | null
}

@ObjectType()
export class QueryOpportunityState extends QueryOpportunityFields {
  @Clinical(() => [EvidenceSpan])
  evidence?: EvidenceSpan[] | null
}

@ObjectType({ description: 'A finding that cannot be coded as it stands and may deserve a query (guideline III.B).' })
export class QueryOpportunity extends QueryOpportunityFields {
  @Clinical(() => [Evidence])
  evidence?: Evidence[] | null
}

@ObjectType({ description: 'A person’s reason for letting a warning stand.' })
export class EditOverride {
  @Clinical(() => String)
  reason?: string | null
  @Work(() => Member, { nullable: true })
  by?: Member | null
  @Work(() => DateTime)
  at!: Date
}

@ObjectType({ description: 'An edit that the working set fails: what is wrong, and what to do.' })
export class Edit {
  @Open(() => ID, { description: 'Stable while the same lines fail the same rule.' })
  key!: string
  @Clinical(() => String)
  ruleId?: string | null
  @Work(() => EditSeverity)
  severity!: values.EditSeverity
  @Work(() => Boolean)
  overridable!: boolean
  @Clinical(() => [ID])
  suggestionIds?: string[] | null
  @Clinical(() => String)
  message?: string | null
  @Clinical(() => String, { description: 'The guideline or table it comes from.' })
  source?: string | null
  @Work(() => EditOverride, { nullable: true })
  override?: EditOverride | null
}

@ObjectType({ description: 'The order of the accepted lines: one versioned line of the chart.' })
export class CodeOrder {
  @Open(() => Int)
  version!: number
  @Clinical(() => ID)
  principalId?: string | null
  @Clinical(() => [ID])
  suggestionIds?: string[] | null
}
