import { InterfaceType, ObjectType } from 'type-graphql'
import { ID } from 'type-graphql'
import { ChartAction, MaskReason } from './enums.js'
import { Open } from './fields.js'
import type * as values from './values.js'

@InterfaceType({ description: 'Anything with an identity (Global Object Identification).' })
export abstract class Node {
  @Open(() => ID)
  id!: string
}

@ObjectType({ description: 'A field of this object that answers null because of a rule, not because it is empty.' })
export class MaskedField {
  @Open(() => String)
  field!: string
  @Open(() => MaskReason)
  reason!: values.MaskReason
}

@ObjectType({ description: 'What the rules of today hide of this object, and what the viewer may do with it.' })
export class Access {
  @Open(() => [MaskedField])
  masked!: MaskedField[]
  @Open(() => [ChartAction])
  can!: values.ChartAction[]
}

@ObjectType()
export class PageInfo {
  @Open(() => Boolean)
  hasNextPage!: boolean
  @Open(() => String, { nullable: true })
  endCursor?: string | null
}

@ObjectType({ description: 'One thing that is wrong with a command, in a sentence that says what to do.' })
export class Problem {
  @Open(() => String, { description: 'A stable code for machines.' })
  code!: string
  @Open(() => String)
  message!: string
  @Open(() => String, { nullable: true })
  field?: string | null
}
