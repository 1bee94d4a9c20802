import { Int, ObjectType } from 'type-graphql'
import { CodeSystem } from './enums.js'
import { Open } from './fields.js'
import { LocalDate } from './scalars.js'

@ObjectType({ description: 'A code in the table of one date.' })
export class CodeEntry {
  @Open(() => CodeSystem)
  system!: string
  @Open(() => String)
  code!: string
  @Open(() => String)
  title!: string
  @Open(() => Boolean)
  billable!: boolean
  @Open(() => Boolean)
  poaExempt!: boolean
  @Open(() => Boolean, {
    description: 'May be principal or first-listed: neither a manifestation nor an external cause.',
  })
  mayBePrincipal!: boolean
}

@ObjectType({ description: 'A release of a code system and the dates of service it is valid for.' })
export class CodeRelease {
  @Open(() => CodeSystem)
  system!: string
  @Open(() => String)
  name!: string
  @Open(() => LocalDate)
  effectiveFrom!: string
  @Open(() => LocalDate, { nullable: true })
  effectiveTo?: string | null
  @Open(() => Int)
  codeCount!: number
  @Open(() => Int)
  billableCount!: number
}
