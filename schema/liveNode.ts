import { ID, Int, ObjectType } from 'type-graphql'
import { FieldClassEnum } from './enums.js'
import { Open } from './fields.js'
import type { FieldClass } from './values.js'

@ObjectType({ description: 'Subscribers of one chart that one execution serves, on one node.' })
export class LiveGroup {
  @Open(() => Int, { description: 'Groups of equal number follow the same chart. It says nothing else.' })
  chart!: number
  @Open(() => String, { description: 'The beginning of a SHA-256 of document and variables: equal ones ask the same.' })
  operation!: string
  @Open(() => [FieldClassEnum], { description: 'What its members may see.' })
  classes!: FieldClass[]
  @Open(() => Int)
  members!: number
  @Open(() => Int, { description: 'Events of the chart’s log that it has not come to yet.' })
  behind!: number
}

@ObjectType({
  description:
    'Open streams of one organisation on the node that answers. Administrators only; no chart and no person.',
})
export class LiveNode {
  @Open(() => ID)
  organisationId!: string
  @Open(() => Int, { description: 'All streams, of whatever kind.' })
  followers!: number
  @Open(() => [LiveGroup], { description: 'The largest first, at most 200. Streams in none look for themselves.' })
  groups!: LiveGroup[]
}
