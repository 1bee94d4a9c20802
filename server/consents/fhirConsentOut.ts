import type {
  CodeableConcept,
  Coding,
  Consent,
  ConsentProvision,
  ConsentProvisionActor,
  Period,
} from '@medplum/fhirtypes'
import type { Actor, ConsentRecord, Provision, Rules, Span } from './consent.model.js'
import { rulesOf } from './elements.decider.js'
import {
  ACT_CODE,
  ACTION_CODES,
  CATEGORY,
  CONSENT_KIND_SYSTEM,
  DOCUMENT_TYPE_CODES,
  LABEL_CODES,
  OPT_IN,
  OPT_OUT,
  PARTY_CLASS_SYSTEM,
  PARTY_SYSTEM,
  PURPOSE_CODES,
  RESOURCE_TYPE_SYSTEM,
  SCOPE,
} from './fhirCodes.model.js'

/**
 * A consent as FHIR R4 resources: one of what its elements permit and, where it was imported with rules of its own, one
 * of those. Both must permit.
 */
export function toFhirConsents(record: ConsentRecord, patientId: string): Consent[] {
  const { kind, elements, rules } = record
  const own = consentOf(record, patientId, record.id, rulesOf(kind, elements))
  const { signature, expiry } = elements
  const start = signature?.signedOn
  const end = expiry.at === null ? undefined : lastMomentBefore(expiry.at)
  if (own.provision && (start !== undefined || end !== undefined)) own.provision.period = { start, end }
  return rules === null ? [own] : [own, consentOf(record, patientId, `${record.id}-rules`, rules)]
}

/** The rules alone: base in `policyRule`, exceptions below a root provision without a type. */
export function toFhirRules(rules: Rules): Pick<Consent, 'policyRule' | 'provision'> {
  return {
    policyRule: concept({ system: ACT_CODE, code: rules.decision === 'PERMIT' ? OPT_IN : OPT_OUT }),
    ...(rules.provisions.length > 0 && { provision: { provision: rules.provisions.map(provisionOf) } }),
  }
}

function consentOf(record: ConsentRecord, patientId: string, id: string, rules: Rules): Consent {
  const { kind, elements } = record
  const { signature, disclosers } = elements
  const names = disclosers.flatMap((party) => (party.name === null ? [] : [{ display: party.name }]))
  return {
    resourceType: 'Consent',
    id,
    status: statusOf(record),
    scope: concept(SCOPE),
    category: [concept(CATEGORY), concept({ system: CONSENT_KIND_SYSTEM, code: kind })],
    patient: { reference: `Patient/${patientId}` },
    ...(signature && {
      dateTime: signature.signedOn,
      performer: [{ display: signature.representative?.name ?? signature.signedBy }],
    }),
    ...(names.length > 0 && { organization: names }),
    ...toFhirRules(rules),
  }
}

function statusOf({ status, endReason }: ConsentRecord): Consent['status'] {
  if (endReason === 'KNOWN_FALSE') return 'entered-in-error'
  if (status === 'DRAFT') return 'draft'
  return status === 'ACTIVE' ? 'active' : 'inactive'
}

function provisionOf(provision: Provision): ConsentProvision {
  const { actors, actions, labels, purposes, documentTypes, resourceTypes, documents } = provision
  return {
    ...(provision.foreign as ConsentProvision | undefined),
    type: provision.type === 'PERMIT' ? 'permit' : 'deny',
    ...(provision.period && { period: periodOf(provision.period) }),
    ...(actors && { actor: actors.map(actorOf) }),
    ...(actions && { action: actions.map((action) => concept(codingOf(action, ACTION_CODES))) }),
    ...(labels && { securityLabel: labels.map((label) => codingOf(label, LABEL_CODES)) }),
    ...(purposes && { purpose: purposes.map((purpose) => codingOf(purpose, PURPOSE_CODES)) }),
    ...(resourceTypes && { class: resourceTypes.map(classOf) }),
    ...(documentTypes && { code: documentTypes.map((type) => concept(codingOf(type, DOCUMENT_TYPE_CODES))) }),
    ...(provision.dataPeriod && { dataPeriod: periodOf(provision.dataPeriod) }),
    ...(documents && { data: documents.map(dataOf) }),
    ...(provision.provisions.length > 0 && { provision: provision.provisions.map(provisionOf) }),
  }
}

const concept = (coding: Coding): CodeableConcept =>
  coding.system === undefined && coding.code !== undefined ? { text: coding.code } : { coding: [coding] }

/** A word by its code; a foreign code as it came. */
function codingOf(value: string, codes: ReadonlyMap<string, string>): Coding {
  const token = codes.get(value) ?? value
  const bar = token.lastIndexOf('|')
  const system = bar < 0 ? '' : token.slice(0, bar)
  return { ...(system !== '' && { system }), code: token.slice(bar + 1) }
}

const classOf = (type: string): Coding =>
  type.includes('|') ? codingOf(type, new Map()) : { system: RESOURCE_TYPE_SYSTEM, code: type }

function dataOf(document: string): NonNullable<ConsentProvision['data']>[number] {
  const bar = document.indexOf('|')
  if (bar < 0) return { meaning: 'instance', reference: { reference: `DocumentReference/${document}` } }
  const meaning = document.slice(0, bar) as NonNullable<ConsentProvision['data']>[number]['meaning']
  return { meaning, reference: { reference: document.slice(bar + 1) } }
}

function actorOf(actor: Actor | string): ConsentProvisionActor {
  if (typeof actor === 'string') return JSON.parse(actor) as ConsentProvisionActor
  const { kind, name } = actor
  if (kind === null) return { role: concept(RECIPIENT_ROLE), reference: { display: name ?? '' } }
  const role = concept({ system: PARTY_SYSTEM, code: kind })
  return name === null
    ? { role, reference: { identifier: { system: PARTY_CLASS_SYSTEM, value: kind } } }
    : { role, reference: { display: name } }
}

/** HL7 v3 ParticipationType: information recipient. */
const RECIPIENT_ROLE = { system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'IRCP' } as const

const periodOf = ({ from, to }: Span): Period => ({
  ...(from !== undefined && { start: from }),
  ...(to !== undefined && { end: to }),
})

/** A period's end belongs to it; our moment of expiry does not. */
const lastMomentBefore = (at: string): string => new Date(new Date(at).getTime() - 1).toISOString()
