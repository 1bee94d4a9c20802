import { Int, ObjectType } from 'type-graphql'
import { DisputeReason, FindingStepType, ScoreMeasureName } from './enums.js'
import { Quality, Work } from './fields.js'
import { Member } from './people.js'
import { DateTime } from './scalars.js'

@ObjectType({ description: 'One count over another. Where the ledger says too little for it, both are null.' })
export class ScoreMeasure {
  @Quality(() => ScoreMeasureName)
  name?: string | null
  @Quality(() => Int)
  numerator?: number | null
  @Quality(() => Int)
  denominator?: number | null
}

@ObjectType({ description: 'What a ledger of findings comes to, under a named, versioned policy.' })
export class AuditScore {
  @Quality(() => String)
  policy?: string | null
  @Quality(() => Int)
  policyVersion?: number | null
  @Quality(() => ScoreMeasure, { description: 'The measure that the policy holds people to.' })
  headline?: ScoreMeasure | null
  @Quality(() => [ScoreMeasure])
  measures?: ScoreMeasure[] | null
  @Quality(() => Int, { description: 'Codes that were submitted and should not have been.' })
  overCoded?: number | null
  @Quality(() => Int, { description: 'Codes that should have been submitted and were not.' })
  underCoded?: number | null
}

@ObjectType({ description: 'What somebody said about a finding.' })
export class FindingStep {
  @Quality(() => FindingStepType)
  type?: string | null
  @Quality(() => DisputeReason)
  reason?: string | null
  @Quality(() => String)
  comment?: string | null
  @Work(() => Member, { nullable: true })
  by?: Member | null
  @Work(() => DateTime)
  at!: Date
  @Quality(() => DateTime, { description: 'Until when it may be escalated.' })
  dueAt?: Date | null
}
