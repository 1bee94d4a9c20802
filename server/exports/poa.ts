import type { CodeableConcept } from '@medplum/fhirtypes'
import type { Poa } from './snapshot.model.js'

/**
 * The present-on-admission indicator as each target writes it. We store `EXEMPT` because the targets disagree: HL7 table
 * 0895 has the code `E`, the current claim format (X12 5010) leaves the field empty. The `1` of the 4010 format, and the
 * `Z` and `X` that ended its string, are never written: payers return claims that carry them.
 */
const TARGETS: Readonly<Record<Poa, { readonly hl7: string; readonly text: string; readonly claim: string }>> = {
  Y: { hl7: 'Y', text: 'Present on admission', claim: 'Y' },
  N: { hl7: 'N', text: 'Not present on admission', claim: 'N' },
  U: { hl7: 'U', text: 'Documentation insufficient', claim: 'U' },
  W: { hl7: 'W', text: 'Clinically undetermined', claim: 'W' },
  EXEMPT: { hl7: 'E', text: 'Exempt from reporting', claim: '' },
}

/** HL7 table 0895. Its own word for W is "Not applicable", which misleads, so the text gives the guideline's meaning. */
export const POA_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v2-0895'

/** For `Claim.diagnosis.onAdmission` (whose bound value set is an example and has no code for exempt). */
export const poaForFhir = (poa: Poa): CodeableConcept => ({
  coding: [{ system: POA_SYSTEM, code: TARGETS[poa].hl7 }],
  text: TARGETS[poa].text,
})

/** For an X12 5010 837I claim (HI composite, ninth element) or form UB-04: exempt is empty. */
export const poaForClaim = (poa: Poa): string => TARGETS[poa].claim
