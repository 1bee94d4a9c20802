import { createUnionType, Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { PatientLookupInput } from './consentInputs.js'
import { DisclosureExemption, DisclosureKind, Purpose, SuspensionForm } from './enums.js'
import { Open, Work } from './fields.js'
import { CommandInput } from './inputs.js'
import { CommandInvalid } from './outcomes.js'
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
  @Work(() => String, { nullable: true, description: 'The intermediary by whom it went on (42 CFR 2.24).' })
  through?: string | null
}

@ObjectType({
  description:
    'Several disclosures to one recipient for one purpose, as a person may be told of them together (45 CFR 164.528(b)(3)).',
})
export class DisclosureSummary {
  @Work(() => AccountedDisclosure, { description: 'The first of them, in full.' })
  first!: AccountedDisclosure
  @Work(() => Int, { description: 'How many there were.' })
  count!: number
  @Work(() => DateTime, { description: 'When the last of them was made.' })
  lastAt!: Date
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
  @Work(() => [DisclosureSummary], {
    description: 'The same disclosures, those to one recipient for one purpose together.',
  })
  summary!: DisclosureSummary[]
  @Work(() => [AccountedDisclosure], {
    description:
      'Of substance use disorder records under the person’s consent, three years back: 42 CFR 2.25. Oldest first.',
  })
  part2UnderConsent!: AccountedDisclosure[]
  @Work(() => [AccountedDisclosure], {
    description: 'Of such records, to whom an intermediary passed them, three years back: 42 CFR 2.24. Oldest first.',
  })
  part2Intermediaries!: AccountedDisclosure[]
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
  @Field(() => Boolean, { defaultValue: false, description: 'Substance use disorder records were among it.' })
  part2!: boolean
  @Field(() => String, {
    nullable: true,
    description: 'The intermediary by whom it went on to the recipient: at most 200 characters.',
  })
  through?: string | null
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

@InputType()
export class SuspendAccountingInput extends CommandInput {
  @Field(() => PatientLookupInput)
  patient!: PatientLookupInput
  @Field(() => String, {
    description:
      'A health oversight agency or law enforcement official, named as in its disclosures: at most 200 characters.',
  })
  agency!: string
  @Field(() => SuspensionForm)
  form!: values.SuspensionForm
  @Field(() => DateTime, { description: 'Until when. Thirty days at most where it was said orally.' })
  until!: Date
}

@ObjectType({ description: 'What went to that agency stands in no accounting of this person until then.' })
export class AccountingSuspended {
  @Open(() => ID)
  suspensionId!: string
}

export const SuspendAccountingOutcome = createUnionType({
  name: 'SuspendAccountingOutcome',
  types: () => [AccountingSuspended, CommandInvalid] as const,
})
