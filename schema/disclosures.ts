import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { PatientLookupInput } from './consentInputs.js'
import { DisclosureExemption, DisclosureKind, Purpose } from './enums.js'
import { Open, Work } from './fields.js'
import { CommandInput } from './inputs.js'
import { DateTime, LocalDate } from './scalars.js'
import type * as values from './values.js'

@ObjectType({ description: 'One disclosure, with what a person is told of it (45 CFR 164.528(b)(2)).' })
export class AccountedDisclosure {
  @Work(() => DateTime)
  at!: Date
  @Work(() => String)
  recipientName!: string
  @Work(() => String, { nullable: true })
  recipientAddress?: string | null
  @Work(() => String, { description: 'What left, in a sentence that names no content.' })
  description!: string
  @Work(() => Purpose)
  purpose!: values.Purpose
}

@ObjectType({ description: 'Disclosures that stand in no accounting: why, and how many.' })
export class ExemptDisclosures {
  @Work(() => DisclosureExemption)
  exemption!: values.DisclosureExemption
  @Work(() => String)
  citation!: string
  @Work(() => String)
  explanation!: string
  @Work(() => Int)
  count!: number
}

@ObjectType({ description: 'An accounting of disclosures (45 CFR 164.528), from one facility.' })
export class AccountingOfDisclosures {
  @Open(() => ID)
  patientId!: string
  @Work(() => LocalDate)
  from!: string
  @Work(() => LocalDate)
  to!: string
  @Work(() => DateTime)
  preparedAt!: Date
  @Work(() => [AccountedDisclosure], { description: 'Oldest first.' })
  disclosures!: AccountedDisclosure[]
  @Work(() => [ExemptDisclosures])
  exempt!: ExemptDisclosures[]
  @Work(() => String, { description: 'The whole as JSON, to print or keep.' })
  json!: string
  @Work(() => String, { description: 'The disclosures as CSV (RFC 4180).' })
  csv!: string
}

@InputType()
export class RecordDisclosureInput extends CommandInput {
  @Field(() => PatientLookupInput)
  patient!: PatientLookupInput
  @Field(() => DateTime, { description: 'When it left.' })
  at!: Date
  @Field(() => String, { description: 'At most 200 characters.' })
  recipientName!: string
  @Field(() => String, { nullable: true, description: 'If known: at most 400 characters.' })
  recipientAddress?: string | null
  @Field(() => DisclosureKind)
  kind!: values.DisclosureKind
  @Field(() => Purpose)
  purpose!: values.Purpose
  @Field(() => DisclosureExemption, { nullable: true, description: 'Why it stands in no accounting, if it does not.' })
  exemption?: values.DisclosureExemption | null
  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when an agency has had its accounting suspended in writing (45 CFR 164.528(a)(2)).',
  })
  suspendedUntil?: Date | null
}

@ObjectType()
export class DisclosureRecorded {
  @Open(() => ID)
  disclosureId!: string
}
