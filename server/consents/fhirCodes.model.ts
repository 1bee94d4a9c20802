import type { Purpose, SensitivityLabel } from '../../schema/values.js'

/** Our words and the codes that FHIR R4 writes for them. What is not here stays a foreign code, `system|code`. */

const HL7 = 'http://terminology.hl7.org/CodeSystem'
/** Code systems of ours. Nothing answers there. */
const OWN = 'https://chartroom.example/fhir/CodeSystem'

export const ACT_CODE = `${HL7}/v3-ActCode`
export const OPT_IN = 'OPTIN'
export const OPT_OUT = 'OPTOUT'
export const SCOPE = { system: `${HL7}/consentscope`, code: 'patient-privacy' } as const
/** LOINC: consent document. */
export const CATEGORY = { system: 'http://loinc.org', code: '59284-0' } as const
export const CONSENT_KIND_SYSTEM = `${OWN}/consent-kind`
export const PARTY_SYSTEM = `${OWN}/party-kind`
/** An actor that is a whole class has an identifier of this system in place of a name. */
export const PARTY_CLASS_SYSTEM = `${OWN}/party-class`

/** Roles that make an actor somebody who receives (HL7 v3 ParticipationType). */
export const RECEIVING: ReadonlySet<string> = new Set(
  ['IRCP', 'PRCP', 'REFT', 'TRC'].map((code) => `${HL7}/v3-ParticipationType|${code}`),
)

const pairs = <W extends string>(system: string, codes: Readonly<Partial<Record<W, string>>>): [W, string][] =>
  Object.entries(codes).map(([word, code]) => [word as W, `${system}|${String(code)}`])

export const PURPOSE_CODES: ReadonlyMap<Purpose, string> = new Map([
  ...pairs<Purpose>(`${HL7}/v3-ActReason`, {
    TREATMENT: 'TREAT',
    PAYMENT: 'HPAYMT',
    OPERATIONS: 'HOPERAT',
    INDIVIDUAL_REQUEST: 'PATRQT',
    RESEARCH: 'HRESCH',
    LEGAL: 'HLEGAL',
    MARKETING: 'HMARKT',
  }),
  ...pairs<Purpose>(`${OWN}/purpose`, { SALE: 'sale' }),
])

export const LABEL_CODES: ReadonlyMap<SensitivityLabel, string> = new Map([
  ...pairs<SensitivityLabel>(ACT_CODE, { PART2: '42CFRPart2', MENTAL_HEALTH: 'PSY', HIV: 'HIV', GENETIC: 'GDIS' }),
  ...pairs<SensitivityLabel>(`${HL7}/v3-Confidentiality`, { RESTRICTED: 'R' }),
])

/** `access` and `use` may mean a disclosure or not; they stay foreign. */
export const ACTION_CODES: ReadonlyMap<string, string> = new Map(
  ['disclose', 'collect', 'correct'].map((action) => [action, `${HL7}/consentaction|${action}`]),
)

export const RESOURCE_TYPE_SYSTEM = 'http://hl7.org/fhir/resource-types'

/** LOINC document codes, codes only; one for each type that we know. */
export const DOCUMENT_TYPE_CODES: ReadonlyMap<string, string> = new Map([
  ...pairs<string>(`${OWN}/document-type`, { OTHER: 'other' }),
  ...pairs<string>('http://loinc.org', {
    HISTORY_AND_PHYSICAL: '34117-2',
    PROGRESS_NOTE: '11506-3',
    DISCHARGE_SUMMARY: '18842-5',
    OPERATIVE_NOTE: '11504-8',
    PROCEDURE_NOTE: '28570-0',
    CONSULTATION: '11488-4',
    EMERGENCY_NOTE: '34111-5',
    CLINIC_NOTE: '34108-1',
    RADIOLOGY_REPORT: '18748-4',
    PATHOLOGY_REPORT: '11526-1',
    LABORATORY_REPORT: '11502-2',
    NURSING_NOTE: '34746-8',
    ORDER: '46209-3',
  }),
])

export const reversed = <K, V>(map: ReadonlyMap<K, V>): ReadonlyMap<V, K> =>
  new Map([...map].map(([key, value]) => [value, key]))
