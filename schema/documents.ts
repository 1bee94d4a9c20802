import { ID, Int, ObjectType } from 'type-graphql'
import { Access, Node } from './access.js'
import { AuthorRole, DocumentType, EncounterPart, SensitivityLabel, WithdrawalReason } from './enums.js'
import { Clinical, Open, Work } from './fields.js'
import { Member } from './people.js'
import { DateTime } from './scalars.js'

@ObjectType({ description: 'One page of a paged document and where its text stands (UTF-16 units).' })
export class Page {
  @Open(() => Int)
  number!: number
  @Clinical(() => Int)
  start?: number | null
  @Clinical(() => Int)
  end?: number | null
}

@ObjectType()
export class DocumentVersionFields {
  @Open(() => ID)
  id!: string
  @Open(() => ID)
  documentId!: string
  @Open(() => Int)
  number!: number
  @Clinical(() => String)
  title?: string | null
  @Clinical(() => DocumentType)
  type?: string | null
  @Clinical(() => String)
  authorName?: string | null
  @Clinical(() => AuthorRole)
  authorRole?: string | null
  @Clinical(() => DateTime)
  authoredAt?: Date | null
  @Clinical(() => EncounterPart)
  encounterPart?: string | null
  @Work(() => Boolean, {
    description: 'False while its author has not signed it: warns, and blocks where the facility says so.',
  })
  signed!: boolean
  @Work(() => DateTime, { nullable: true })
  signedAt?: Date | null
  @Clinical(() => [SensitivityLabel])
  labels?: string[] | null
  @Clinical(() => Int, { description: 'UTF-16 units.' })
  textLength?: number | null
  @Clinical(() => Boolean, { description: 'Pages as images without text: cited by page, not read by the engine.' })
  scan?: boolean | null
  @Clinical(() => [Page])
  pages?: Page[] | null
  @Work(() => Boolean)
  readByEngine!: boolean
  @Work(() => DateTime)
  createdAt!: Date
}

@ObjectType()
export class DocumentFields {
  @Open(() => ID)
  id!: string
  @Open(() => ID)
  chartId!: string
  @Work(() => DateTime, { nullable: true })
  withdrawnAt?: Date | null
  @Work(() => WithdrawalReason, { nullable: true })
  withdrawnReason?: string | null
  @Open(() => Access)
  access!: Access
}

@ObjectType({ description: 'A document version as an event carries it.' })
export class DocumentVersionState extends DocumentVersionFields {}

@ObjectType({ description: 'A document with its current version, as an event or a snapshot carries it.' })
export class DocumentState extends DocumentFields {
  @Clinical(() => DocumentVersionState)
  version?: DocumentVersionState | null
}

@ObjectType({ description: 'An immutable version of a document; an amendment is a new one.', implements: Node })
export class DocumentVersion extends DocumentVersionFields {
  @Clinical(() => String, { description: 'The text, or the part of it from start to end (UTF-16 units).' })
  text?: string | null
  @Work(() => Member, { nullable: true })
  signedBy?: Member | null
}

@ObjectType({ implements: Node })
export class Document extends DocumentFields {
  @Clinical(() => DocumentVersion)
  version?: DocumentVersion | null
  @Clinical(() => [DocumentVersion], { description: 'All versions, newest first.' })
  versions?: DocumentVersion[] | null
  @Clinical(() => [String], {
    description:
      'What goes with it wherever it goes, in words: that it was amended at the person’s request, and what the person says who disagrees with it (45 CFR 164.526(c)(3), (d)(5)).',
  })
  amendments?: string[] | null
}

@ObjectType({
  description:
    'A document in the list of a chart, as those see it who may not read it: that there is one, and what state it is in.',
})
export class DocumentEntry {
  @Open(() => ID)
  id!: string
  @Open(() => ID)
  chartId!: string
  @Work(() => Int, { description: 'Of its current version. Send it back as seenVersion.' })
  versionNumber!: number
  @Work(() => Boolean)
  signed!: boolean
  @Work(() => DateTime, { description: 'When its current version came.' })
  createdAt!: Date
  @Work(() => DateTime, { nullable: true })
  withdrawnAt?: Date | null
  @Work(() => WithdrawalReason, { nullable: true })
  withdrawnReason?: string | null
  @Clinical(() => DocumentType)
  type?: string | null
  @Clinical(() => String)
  title?: string | null
  @Clinical(() => [SensitivityLabel], { description: 'For whoever takes labels away, or adds to them.' })
  labels?: string[] | null
  @Open(() => Access)
  access!: Access
}
