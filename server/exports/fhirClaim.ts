import type {
  Claim,
  ClaimCareTeam,
  ClaimDiagnosis,
  ClaimItem,
  ClaimProcedure,
  CodeableConcept,
  Condition,
  Coverage,
  Organization,
  Patient,
  Procedure,
  Reference,
} from '@medplum/fhirtypes'
import { toCode } from './fhirCodes.js'
import { toPeriod } from './fhirEncounter.js'
import { CODE_SYSTEM_URL, IDENTIFIER_SYSTEM } from './fhirSystems.js'
import { concept, fhirText, hl7Coding, listOrNone, refTo } from './fhirValues.js'
import { poaForFhir } from './poa.js'
import type { ClaimForm, CodeRole, SnapshotChart, SnapshotLine, SubmissionSnapshot } from './snapshot.model.js'
import { claimForm } from './snapshot.model.js'

export interface ClaimParties {
  readonly patient: Patient
  readonly facility: Organization
  readonly submitterRef: string
  readonly coverage: Coverage | null
  readonly encounterRef: string
  readonly diagnoses: readonly { readonly line: SnapshotLine; readonly condition: Condition }[]
  readonly procedures: readonly { readonly line: SnapshotLine; readonly procedure: Procedure }[]
}

/**
 * The coding part of a claim. Status is `draft`: charges, payer numbers and the bill itself are the billing system's to
 * add, and only it may say that a claim is in force.
 */
export function toClaim({ number, submittedAt, chart }: SubmissionSnapshot, parties: ClaimParties): Claim {
  const form = claimForm(chart.patientClass)
  return {
    resourceType: 'Claim',
    id: `claim-${chart.id}-${number}`,
    identifier: [{ system: IDENTIFIER_SYSTEM.submission, value: `${chart.id}/${number}` }],
    status: 'draft',
    type: concept(hl7Coding('claim-type', form === '837P' ? 'professional' : 'institutional')),
    use: 'claim',
    patient: refTo(parties.patient),
    billablePeriod: toPeriod(chart),
    created: submittedAt,
    enterer: { reference: parties.submitterRef },
    provider: refTo(parties.facility),
    priority: concept(hl7Coding('processpriority', 'normal')),
    careTeam: listOrNone(toCareTeam(chart)),
    diagnosis: listOrNone(parties.diagnoses.map((entry, index) => toDiagnosis(entry, index + 1, form))),
    procedure: listOrNone(parties.procedures.map((entry, index) => toClaimProcedure(entry, index + 1))),
    insurance: [{ sequence: 1, focal: true, coverage: toCoverageReference(parties.coverage) }],
    item: listOrNone(toItems(parties)),
  }
}

function toDiagnosis(
  { line, condition }: { readonly line: SnapshotLine; readonly condition: Condition },
  sequence: number,
  form: ClaimForm,
): ClaimDiagnosis {
  return {
    sequence,
    diagnosisReference: refTo(condition),
    type: [diagnosisType(line.role, form)],
    onAdmission: line.poa === null ? undefined : poaForFhir(line.poa),
  }
}

/**
 * HL7's own list ends at principal and admitting; the rest is from the code system that the CARIN guide made to complete
 * it. A first-listed diagnosis stands in the principal field of an institutional claim (UB-04 field 67).
 */
function diagnosisType(role: CodeRole, form: ClaimForm): CodeableConcept {
  const carin = (code: string): CodeableConcept =>
    concept({ system: 'http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimDiagnosisType', code })
  switch (role) {
    case 'PRINCIPAL':
    case 'FIRST_LISTED':
      return form === '837P' ? carin('primary') : concept(hl7Coding('ex-diagnosistype', 'principal'))
    case 'ADMITTING':
      return concept(hl7Coding('ex-diagnosistype', 'admitting'))
    case 'REASON_FOR_VISIT':
      return carin('patientreasonforvisit')
    case 'EXTERNAL_CAUSE':
      return form === '837P' ? carin('secondary') : carin('externalcauseofinjury')
    default:
      return carin(form === '837P' ? 'secondary' : 'other')
  }
}

const toClaimProcedure = (
  { line, procedure }: { readonly line: SnapshotLine; readonly procedure: Procedure },
  sequence: number,
): ClaimProcedure => ({
  sequence,
  type: [concept(hl7Coding('ex-procedure-type', sequence === 1 ? 'primary' : 'secondary'))],
  date: line.performedOn ?? undefined,
  procedureReference: refTo(procedure),
})

/** HCPCS and CPT codes are service lines with modifiers and units; ICD-10-PCS codes are not. */
function toItems({ encounterRef, procedures }: ClaimParties): ClaimItem[] {
  return procedures.flatMap(({ line }, index) => {
    if (line.system !== 'HCPCS' && line.system !== 'CPT') return []
    return {
      sequence: index + 1,
      procedureSequence: [index + 1],
      productOrService: toCode(line),
      modifier: listOrNone(line.modifiers.map((code) => concept({ system: modifierSystem(code), code }))),
      servicedDate: line.performedOn ?? undefined,
      quantity: line.units === null ? undefined : { value: line.units },
      encounter: [{ reference: encounterRef }],
    }
  })
}

/** Modifiers of two digits (and P1 to P6) are CPT's, all others HCPCS level II. */
const modifierSystem = (code: string): string =>
  /^(\d\d|P[1-6])$/.test(code) ? CODE_SYSTEM_URL.CPT : CODE_SYSTEM_URL.HCPCS

function toCareTeam(chart: SnapshotChart): ClaimCareTeam[] {
  const members = [
    { name: fhirText(chart.attendingProvider), role: 'Attending' },
    { name: fhirText(chart.operatingProvider), role: 'Operating' },
  ]
  return members
    .flatMap(({ name, role }) => (name === undefined ? [] : [{ name, role }]))
    .map(({ name, role }, index) => ({ sequence: index + 1, provider: { display: name }, role: { text: role } }))
}

/** `insurance.coverage` may not be missing, and a chart may name no payer: then the absence itself is stated. */
function toCoverageReference(coverage: Coverage | null): Reference<Coverage> {
  if (coverage !== null) return refTo(coverage)
  return {
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
  }
}
