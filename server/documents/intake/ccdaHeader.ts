import type { PatientClass } from '../../engine/model.js'
import type { IntakeEncounter, IntakeIdentifier, IntakePatient } from '../intake.model.js'
import { cdaDate, cdaInstant } from './instants.js'
import { oneLine } from './plainText.js'
import { IntakeError } from './problem.js'
import type { XmlElement } from './xml.js'
import { attributeOf, childrenOf, descend, textOf, walk } from './xml.js'

/**
 * The patient of a C-CDA header (US Realm Header, recordTarget).
 *
 * @throws IntakeError NO_PATIENT, or DAMAGED where the document is about more than one patient
 */
export function patientOfHeader(root: XmlElement): IntakePatient {
  const targets = childrenOf(root, 'recordTarget')
  if (targets.length > 1) {
    throw new IntakeError('DAMAGED', 'The document is about more than one patient. Send one document per patient.')
  }
  const role = descend(targets[0] ?? null, 'patientRole')
  const person = descend(role, 'patient')
  const identifiers = childrenOf(role, 'id').flatMap(identifierOf)
  const name = legalName(childrenOf(person, 'name'))
  const familyName = oneLine(textOf(descend(name, 'family')))
  if (identifiers.length === 0 && familyName === null) {
    throw new IntakeError('NO_PATIENT', 'The document names no patient: it has neither an identifier nor a name.')
  }
  return {
    identifiers,
    familyName: familyName ?? '',
    givenNames: childrenOf(name, 'given')
      .filter((given) => attributeOf(given, 'qualifier') !== 'CL')
      .flatMap((given) => oneLine(textOf(given)) ?? []),
    birthDate: cdaDate(attributeOf(descend(person, 'birthTime'), 'value')),
    sex: sexOf(attributeOf(descend(person, 'administrativeGenderCode'), 'code')),
  }
}

const SSN = '2.16.840.1.113883.4.1'
/** Medicare beneficiary identifier and its predecessor. */
const MEMBER_ROOTS = new Set(['2.16.840.1.113883.4.927', '2.16.840.1.113883.4.572'])
const DRIVER_LICENCES = '2.16.840.1.113883.4.3.'

function identifierOf(id: XmlElement): IntakeIdentifier[] {
  const assigner = oneLine(attributeOf(id, 'root'))
  const value = oneLine(attributeOf(id, 'extension'))
  if (assigner === null || attributeOf(id, 'nullFlavor') !== null) return []
  // A root alone (a UUID) identifies by itself, but nobody calls it a record number.
  if (value === null) return [{ assigner, type: 'OTHER', value: assigner }]
  if (assigner === SSN) return [{ assigner, type: 'SSN', value }]
  if (MEMBER_ROOTS.has(assigner)) return [{ assigner, type: 'MEMBER', value }]
  return [{ assigner, type: assigner.startsWith(DRIVER_LICENCES) ? 'OTHER' : 'MRN', value }]
}

/** The legal name, else the first one: nicknames and artists' names are marked by `use`. */
function legalName(names: readonly XmlElement[]): XmlElement | null {
  const legal = names.find((name) => attributeOf(name, 'use')?.split(/\s+/).includes('L'))
  return legal ?? names[0] ?? null
}

function sexOf(code: string | null): IntakePatient['sex'] {
  if (code === 'F') return 'FEMALE'
  if (code === 'M') return 'MALE'
  return code === 'UN' ? 'OTHER' : 'UNKNOWN'
}

/** The chart's abstract as far as componentOf/encompassingEncounter states it; null where the document has none. */
export function encounterOfHeader(root: XmlElement, zone: string): IntakeEncounter | null {
  const encounter = descend(root, 'componentOf/encompassingEncounter')
  if (encounter === null) return null
  const times = descend(encounter, 'effectiveTime')
  const start = attributeOf(descend(times, 'low'), 'value') ?? attributeOf(times, 'value')
  const end = attributeOf(descend(times, 'high'), 'value')
  const patientClass = classOf(descend(encounter, 'code'))
  const account = childrenOf(encounter, 'id').find((id) => attributeOf(id, 'extension') !== null)
  return {
    accountNumber: oneLine(attributeOf(account ?? null, 'extension')),
    patientClass,
    inpatientOrderAt: null,
    admittedAt: cdaInstant(start, zone),
    dischargedAt: cdaInstant(end, zone),
    serviceDate: patientClass === 'INPATIENT' ? null : cdaDate(start),
    disposition: dispositionOf(descend(encounter, 'dischargeDispositionCode')),
    payer: payerOf(root),
    attendingProvider: personName(attendingOf(encounter)),
    operatingProvider: personName(performerOf(root)),
    serviceLine: null,
  }
}

const ACT_CODE = '2.16.840.1.113883.5.4'
export const CLASS_BY_ACT_CODE: ReadonlyMap<string, PatientClass> = new Map([
  ['IMP', 'INPATIENT'],
  ['ACUTE', 'INPATIENT'],
  ['NONAC', 'INPATIENT'],
  ['AMB', 'OUTPATIENT'],
  ['HH', 'OUTPATIENT'],
  ['VR', 'OUTPATIENT'],
  ['EMER', 'EMERGENCY'],
  ['OBSENC', 'OBSERVATION'],
])

function classOf(code: XmlElement | null): PatientClass | null {
  for (const stated of code === null ? [] : [code, ...childrenOf(code, 'translation')]) {
    if (attributeOf(stated, 'codeSystem') !== ACT_CODE) continue
    const found = CLASS_BY_ACT_CODE.get(attributeOf(stated, 'code') ?? '')
    if (found !== undefined) return found
  }
  return null
}

/** The two digits of the uniform bill where the source has them, because they decide the DRG; else the words. */
function dispositionOf(code: XmlElement | null): string | null {
  const stated = code === null ? [] : [code, ...childrenOf(code, 'translation')]
  const billed = stated.map((c) => attributeOf(c, 'code')).find((c) => c !== null && /^\d{2}$/.test(c))
  return oneLine(billed ?? attributeOf(code, 'displayName') ?? attributeOf(code, 'code'))
}

const PAYER_PERFORMER = '2.16.840.1.113883.10.20.22.4.87'

function payerOf(root: XmlElement): string | null {
  for (const element of walk(root)) {
    if (element.name !== 'performer' || !hasTemplate(element, PAYER_PERFORMER)) continue
    const name = oneLine(textOf(descend(element, 'assignedEntity/representedOrganization/name')))
    if (name !== null) return name
  }
  return null
}

export const hasTemplate = (element: XmlElement, root: string): boolean =>
  childrenOf(element, 'templateId').some((id) => attributeOf(id, 'root') === root)

/** Who attends: a participant named so, else the party responsible for the encounter. */
export function attendingOf(encounter: XmlElement | null): XmlElement | null {
  const attending = childrenOf(encounter, 'encounterParticipant').find((p) => attributeOf(p, 'typeCode') === 'ATND')
  return descend(attending ?? null, 'assignedEntity') ?? descend(encounter, 'responsibleParty/assignedEntity')
}

/** Who performed the documented service, where the header calls somebody its primary performer. */
function performerOf(root: XmlElement): XmlElement | null {
  const performers = childrenOf(root, 'documentationOf')
    .flatMap((service) => childrenOf(service, 'serviceEvent'))
    .flatMap((event) => childrenOf(event, 'performer'))
  const primary = performers.find((performer) => attributeOf(performer, 'typeCode') === 'PPRF')
  return descend(primary ?? null, 'assignedEntity')
}

/** A person's name as one line: prefix, given, family, suffix. */
export function personName(role: XmlElement | null): string | null {
  const name = descend(role, 'assignedPerson/name')
  if (name === null) return null
  const parts = ['prefix', 'given', 'family', 'suffix'].flatMap((part) =>
    childrenOf(name, part).filter((element) => attributeOf(element, 'qualifier') !== 'CL'),
  )
  return oneLine(parts.length > 0 ? parts.map(textOf).join(' ') : textOf(name))
}
