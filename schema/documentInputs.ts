import { Field, Float, ID, InputType, Int } from 'type-graphql'
import {
  AuthorRole,
  DocumentType,
  EncounterPart,
  IdentifierType,
  IdentityDecision,
  PatientClass,
  SensitivityLabel,
  Sex,
  WithdrawalReason,
  UnlabelReason,
} from './enums.js'
import { ChartCommandInput, CommandInput } from './inputs.js'
import { DateTime, LocalDate } from './scalars.js'
import type * as values from './values.js'

@InputType()
export class DocumentFactsInput {
  @Field(() => String)
  title!: string
  @Field(() => DocumentType)
  type!: string
  @Field(() => String, { nullable: true })
  authorName?: string | null
  @Field(() => AuthorRole)
  authorRole!: string
  @Field(() => DateTime, { nullable: true })
  authoredAt?: Date | null
  @Field(() => Boolean)
  signed!: boolean
  @Field(() => EncounterPart)
  encounterPart!: string
  @Field(() => [SensitivityLabel], { nullable: true })
  labels?: values.SensitivityLabel[] | null
}

@InputType()
export class ImportDocumentInput extends DocumentFactsInput {
  @Field(() => ID)
  uploadId!: string
}

@InputType()
export class PatientIdentifierInput {
  @Field(() => String)
  assigner!: string
  @Field(() => IdentifierType)
  type!: string
  @Field(() => String)
  value!: string
}

@InputType()
export class PatientInput {
  @Field(() => [PatientIdentifierInput])
  identifiers!: PatientIdentifierInput[]
  @Field(() => String)
  familyName!: string
  @Field(() => [String])
  givenNames!: string[]
  @Field(() => LocalDate, { nullable: true })
  birthDate?: string | null
  @Field(() => Sex, { defaultValue: 'UNKNOWN' })
  sex!: string
}

@InputType()
export class EncounterInput {
  @Field(() => String)
  accountNumber!: string
  @Field(() => PatientClass)
  patientClass!: string
  @Field(() => DateTime, { nullable: true })
  inpatientOrderAt?: Date | null
  @Field(() => DateTime, { nullable: true })
  admittedAt?: Date | null
  @Field(() => DateTime, { nullable: true })
  dischargedAt?: Date | null
  @Field(() => LocalDate, { nullable: true })
  serviceDate?: string | null
  @Field(() => String, { nullable: true })
  disposition?: string | null
  @Field(() => String, { nullable: true })
  payer?: string | null
  @Field(() => String, { nullable: true })
  attendingProvider?: string | null
  @Field(() => String, { nullable: true })
  operatingProvider?: string | null
  @Field(() => String, { nullable: true })
  serviceLine?: string | null
  @Field(() => Float, { nullable: true, description: 'In cents.' })
  totalChargesCents?: number | null
}

@InputType()
export class ImportChartInput extends CommandInput {
  @Field(() => ID)
  facilityId!: string
  @Field(() => ID, { nullable: true, description: 'The worklist it waits in.' })
  queueId?: string | null
  @Field(() => ID, {
    nullable: true,
    description: 'A C-CDA document or a FHIR Bundle that carries patient, encounter and documents itself.',
  })
  uploadId?: string | null
  @Field(() => PatientInput, { nullable: true, description: 'Needed where the upload does not carry the patient.' })
  patient?: PatientInput | null
  @Field(() => EncounterInput, {
    nullable: true,
    description: 'Needed where the upload does not carry the encounter; what is given here wins.',
  })
  encounter?: EncounterInput | null
  @Field(() => [ImportDocumentInput], { nullable: true })
  documents?: ImportDocumentInput[] | null
  @Field(() => Boolean, { defaultValue: false })
  restricted!: boolean
}

@InputType({
  description:
    'Without a commandId: asked for twice it makes two addresses, and the one that is not used runs out. Nothing else happens.',
})
export class CreateUploadInput {
  @Field(() => Int)
  byteSize!: number
  @Field(() => String, { nullable: true, description: 'SHA-256 in hexadecimal: the bytes are refused if they differ.' })
  sha256?: string | null
}

@InputType()
export class AddDocumentInput extends ChartCommandInput {
  @Field(() => ImportDocumentInput)
  document!: ImportDocumentInput
}

@InputType()
export class AmendDocumentInput extends CommandInput {
  @Field(() => ID)
  documentId!: string
  @Field(() => Int, { description: 'The number of the version that the amendment replaces.' })
  seenVersion!: number
  @Field(() => ImportDocumentInput)
  document!: ImportDocumentInput
}

@InputType()
export class SignDocumentInput extends CommandInput {
  @Field(() => ID)
  documentId!: string
  @Field(() => Int)
  seenVersion!: number
}

@InputType()
export class WithdrawDocumentInput extends CommandInput {
  @Field(() => ID)
  documentId!: string
  @Field(() => WithdrawalReason)
  reason!: values.WithdrawalReason
}

@InputType()
export class LabelDocumentInput extends CommandInput {
  @Field(() => ID)
  documentId!: string
  @Field(() => Int, { description: 'The number of the version that was seen.' })
  seenVersion!: number
  @Field(() => [SensitivityLabel], {
    description: 'All labels that it has from now on. To take one away is for privacy officers, who say why.',
  })
  labels!: values.SensitivityLabel[]
  @Field(() => UnlabelReason, { nullable: true, description: 'Needed where a label is taken away, and only there.' })
  reason?: values.UnlabelReason | null
}

@InputType()
export class ResolveIdentityInput extends ChartCommandInput {
  @Field(() => IdentityDecision, {
    description: 'SAME_PATIENT keeps the known patient; OTHER_PATIENT makes the chart that of a new one.',
  })
  decision!: string
}
