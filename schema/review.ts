import { ID, Int, ObjectType } from 'type-graphql'
import { Node } from './access.js'
import { AuditReason, ExportFormat, FindingElement, FindingKind, FindingState, PendReason } from './enums.js'
import { AboutCodes, Clinical, Open, Quality, Work } from './fields.js'
import { Member } from './people.js'
import { AuditScore, FindingStep } from './score.js'
import { DateTime, LocalDate } from './scalars.js'

@ObjectType({ implements: Node })
export class Comment extends Node {
  @Open(() => ID, { nullable: true, description: 'The line it is about; null for the chart as a whole.' })
  suggestionId?: string | null
  @Open(() => ID, { nullable: true })
  parentId?: string | null
  @Open(() => Int)
  version!: number
  @Clinical(() => String)
  body?: string | null
  @Clinical(() => [Member], { description: 'Whom its words name, as `mentionIds` said.' })
  mentions?: Member[] | null
  @Work(() => Member, { nullable: true })
  author?: Member | null
  @Work(() => DateTime)
  createdAt!: Date
  @Work(() => DateTime, { nullable: true })
  resolvedAt?: Date | null
  @Work(() => Member, { nullable: true })
  resolvedBy?: Member | null
}

@ObjectType({ description: 'A reason why work on the chart waits. A chart can have several.', implements: Node })
export class Pend extends Node {
  @Work(() => PendReason)
  reason!: string
  @AboutCodes
  @Clinical(() => String)
  note?: string | null
  @Work(() => LocalDate, { nullable: true })
  dueOn?: string | null
  @Work(() => Member, { nullable: true })
  by?: Member | null
  @Work(() => DateTime)
  createdAt!: Date
  @Work(() => DateTime, { nullable: true })
  removedAt?: Date | null
}

@ObjectType({ description: 'A code as a submission froze it.' })
export class SubmittedCode {
  @Open(() => ID)
  suggestionId!: string
  @Clinical(() => String)
  system?: string | null
  @Clinical(() => String)
  code?: string | null
  @Clinical(() => String)
  title?: string | null
  @Clinical(() => String)
  role?: string | null
  @Clinical(() => Int)
  rank?: number | null
  @Clinical(() => String)
  poa?: string | null
}

@ObjectType({
  description: 'A frozen, numbered snapshot of the codes, order, POA, abstract and edits.',
  implements: Node,
})
export class Submission extends Node {
  @Work(() => Int)
  number!: number
  @Work(() => Member, { nullable: true })
  submittedBy?: Member | null
  @Work(() => DateTime)
  submittedAt!: Date
  @Clinical(() => Int, { description: 'Warnings that were overridden when it was submitted.' })
  warningCount?: number | null
  @Clinical(() => String, {
    description:
      'SHA-256 of the snapshot: it never changes, and tells whoever can guess the codes that they are these.',
  })
  snapshotSha256?: string | null
  @Clinical(() => [SubmittedCode])
  codes?: SubmittedCode[] | null
}

@ObjectType({ implements: Node })
export class Finding extends Node {
  @Open(() => ID)
  auditId!: string
  @Quality(() => FindingElement)
  element?: string | null
  @Quality(() => FindingKind)
  kind?: string | null
  @Quality(() => ID)
  suggestionId?: string | null
  @Quality(() => ID, { description: 'The auditor’s own line: a proposal until the chart is reopened.' })
  proposedSuggestionId?: string | null
  @Quality(() => String)
  guideline?: string | null
  @Quality(() => String)
  explanation?: string | null
  @Work(() => Member, { nullable: true })
  recordedBy?: Member | null
  @Work(() => DateTime)
  recordedAt!: Date
  @Quality(() => FindingState)
  state?: string | null
  @Quality(() => Member, {
    description: 'Who answers for it: whoever last decided the line before it was submitted; else the submitter.',
  })
  responsible?: Member | null
  @Quality(() => [FindingStep], { description: 'What was said about it since the audit was closed, in order.' })
  history?: FindingStep[] | null
}

@ObjectType({
  description: 'A second look at one submission, with findings tied to lines, evidence and guideline.',
  implements: Node,
})
export class Audit extends Node {
  @Open(() => ID)
  submissionId!: string
  @Work(() => Member, { nullable: true })
  auditor?: Member | null
  @Work(() => AuditReason)
  reason!: string
  @Work(() => DateTime)
  openedAt!: Date
  @Work(() => DateTime, { nullable: true })
  closedAt?: Date | null
  @Quality(() => [Finding])
  findings?: Finding[] | null
  @Quality(() => Int, { description: 'Counts the entries of its ledger: what `closeAudit` is told it has seen.' })
  version?: number | null
  @Quality(() => DateTime, { description: 'Until when those it judges may answer; null while it is open.' })
  answersDueAt?: Date | null
  @Quality(() => AuditScore, { description: 'From the ledger as it stands: without what was overturned.' })
  score?: AuditScore | null
  @Quality(() => AuditScore, { description: 'From the ledger as it was recorded, whatever was overturned since.' })
  recordedScore?: AuditScore | null
}

@ObjectType({ implements: Node })
export class Export extends Node {
  @Work(() => ExportFormat)
  format!: string
  @Work(() => DateTime)
  at!: Date
  @Clinical(() => String, { description: 'SHA-256 of the content.' })
  sha256?: string | null
  @Open(() => ID)
  submissionId!: string
  @Clinical(() => String, { description: 'The FHIR R4 Bundle as JSON text, or the CSV.' })
  content?: string | null
}
