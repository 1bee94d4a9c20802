import { ID, ObjectType } from 'type-graphql'
import { Node } from './access.js'
import { Role } from './enums.js'
import { AccountRef, Identity, Open } from './fields.js'
import { LocalDate } from './scalars.js'
import { IdentifierType, Sex } from './enums.js'
import { Access } from './access.js'

@ObjectType({ description: 'A person of the organisation, by the name shown to colleagues.', implements: Node })
export class Member extends Node {
  @Open(() => String)
  displayName!: string
}

@ObjectType({ implements: Node })
export class Organisation extends Node {
  @Open(() => String)
  name!: string
  @Open(() => String)
  kind!: string
}

@ObjectType({ implements: Node })
export class Facility extends Node {
  @Open(() => String)
  key!: string
  @Open(() => String)
  name!: string
}

@ObjectType({ implements: Node })
export class Queue extends Node {
  @Open(() => String)
  name!: string
}

@ObjectType({ description: 'Who is asking.' })
export class Viewer {
  @Open(() => Member)
  member!: Member
  @Open(() => Organisation)
  organisation!: Organisation
  @Open(() => [Role])
  roles!: string[]
  @Open(() => [Facility])
  facilities!: Facility[]
  @Open(() => [Queue])
  queues!: Queue[]
}

@ObjectType()
export class PatientIdentifier {
  @Open(() => ID)
  id!: string
  @Identity(() => String)
  assigner?: string | null
  @Identity(() => IdentifierType)
  type?: string | null
  @Identity(() => String)
  value?: string | null
}

@ObjectType({ implements: Node })
export class Patient extends Node {
  @Identity(() => String)
  familyName?: string | null
  @Identity(() => [String])
  givenNames?: string[] | null
  @Identity(() => LocalDate)
  birthDate?: string | null
  @Identity(() => Sex)
  sex?: string | null
  @Identity(() => [PatientIdentifier])
  identifiers?: PatientIdentifier[] | null
  @AccountRef(() => Facility)
  facility?: Facility | null
  @Open(() => Access)
  access!: Access
}
