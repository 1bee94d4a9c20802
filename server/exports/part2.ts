import type { Bundle, Coding, DocumentReference, Provenance, Resource } from '@medplum/fhirtypes'
import type { Notice } from '../consents/consent.model.js'
import { practitionerId } from './fhirParties.js'
import { EXTENSION } from './fhirSystems.js'
import { hl7Coding, resourceId } from './fhirValues.js'
import type { SubmissionSnapshot } from './snapshot.model.js'

/** How records of substance use disorder treatment are marked where they leave (42 CFR 2.12, 2.32). */

/** HL7 v3 ActCode: information that 42 CFR Part 2 protects. */
export const PART2_LABEL: Coding = hl7Coding('v3-ActCode', '42CFRPart2')

/** The same resource with the label, so that whoever receives it can keep it apart. */
export const labelled = <T extends Resource>(resource: T): T => ({
  ...resource,
  meta: { ...resource.meta, security: [...(resource.meta?.security ?? []), PART2_LABEL] },
})

export const labelledBundle = (bundle: Bundle): Bundle => ({ ...bundle, meta: { security: [PART2_LABEL] } })

/** The documents, those that are Part 2 records with the label. */
export function labelledDocuments(
  { lines }: Pick<SubmissionSnapshot, 'lines'>,
  documents: readonly DocumentReference[],
): DocumentReference[] {
  const records = new Set(lines.flatMap((line) => line.evidence.filter((e) => e.part2).map((e) => e.versionId)))
  return documents.map((document) => {
    const versionId = document.masterIdentifier?.value?.replace('urn:uuid:', '') ?? ''
    if (!records.has(versionId)) return document
    return { ...labelled(document), securityLabel: [{ coding: [PART2_LABEL] }] }
  })
}

/** The statement that must accompany what is labelled, for machines and for people, with the scope of the consent. */
export function toPart2Notices(snapshot: SubmissionSnapshot, targets: readonly Resource[]): Provenance[] {
  return (snapshot.notices ?? []).map((notice, index) => ({
    resourceType: 'Provenance',
    id: resourceId('part2-notice', `${snapshot.chart.id}-${index + 1}`),
    meta: { security: [PART2_LABEL] },
    text: { status: 'generated', div: narrative(notice) },
    extension: [{ url: EXTENSION.part2Notice, extension: parts(notice) }],
    target: targets.map(({ resourceType, id }) => ({ reference: `${resourceType}/${id}` })),
    recorded: snapshot.submittedAt,
    policy: ['https://www.ecfr.gov/current/title-42/section-2.32'],
    agent: [{ who: { reference: `Practitioner/${practitionerId(snapshot.submitter)}` } }],
  }))
}

const parts = ({ version, text, consentId, scope }: Notice) => [
  { url: 'version', valueString: version },
  { url: 'text', valueString: text },
  ...(consentId === null ? [] : [{ url: 'consent', valueString: consentId }]),
  ...(scope === null ? [] : [{ url: 'scope', valueString: scope }]),
]

const narrative = ({ text, scope }: Notice): string =>
  `<div xmlns="http://www.w3.org/1999/xhtml">${[text, scope]
    .flatMap((part) => (part === null ? [] : [`<p>${escaped(part)}</p>`]))
    .join('')}</div>`

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
