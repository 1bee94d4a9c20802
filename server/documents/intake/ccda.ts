import type { Intake, IntakeDocument } from '../intake.model.js'
import { authorRoleOf } from './authorRoles.js'
import { attendingOf, encounterOfHeader, hasTemplate, patientOfHeader, personName } from './ccdaHeader.js'
import { renderNarrative, renderSections } from './ccdaNarrative.js'
import { documentTypeOf, encounterPartOf } from './documentTypes.js'
import type { IntakeHints } from './hints.js'
import { cdaInstant } from './instants.js'
import type { IntakeLimits } from './limits.js'
import { checkTextLength } from './limits.js'
import { decodeStrictly, encodingByMark, oneLine } from './plainText.js'
import { IntakeError } from './problem.js'
import { refusePsychotherapyNotes } from './psychotherapy.js'
import type { XmlElement } from './xml.js'
import { attributeOf, childrenOf, descend, parseXml, textOf, walk } from './xml.js'

/** A document's content that is not text of its own: base64 in a nonXMLBody, or an attachment of a Bundle. */
export interface Embedded {
  readonly bytes: Uint8Array
}

/** Reads embedded bytes (text or PDF) into the part of a document that comes from content. */
export type ReadEmbedded = (embedded: Embedded) => Promise<Pick<IntakeDocument, 'text' | 'pages' | 'scan' | 'original'>>

/**
 * Reads an HL7 C-CDA R2.1 document: patient and encounter from its header, one document whose text is the narrative of
 * its sections, the problems and diagnoses that it asserts. What a document type or a signature is, the header says:
 * the sender's defaults only fill what it leaves open, and `signed` never comes from them.
 *
 * @throws IntakeError UNSAFE_XML, DAMAGED, NOT_UTF8, UNKNOWN_FORMAT, NO_PATIENT, NO_DOCUMENTS, PSYCHOTHERAPY_NOTES
 */
export async function readCcda(
  bytes: Uint8Array,
  hints: IntakeHints,
  limits: IntakeLimits,
  readEmbedded: ReadEmbedded,
): Promise<Intake> {
  const root = parseXml(decodeXml(bytes), limits)
  if (root.name !== 'ClinicalDocument' || root.namespace !== 'urn:hl7-org:v3') {
    throw new IntakeError('UNKNOWN_FORMAT', 'The file is XML, but not a C-CDA clinical document.')
  }
  refuseNotes(root)
  const patient = patientOfHeader(root)
  const zone = hints.zone ?? 'UTC'
  const content = await contentOf(root, limits, readEmbedded)
  return {
    kind: 'CCDA',
    patient,
    encounter: encounterOfHeader(root, zone),
    documents: [{ ...describe(root, hints, zone), ...content }],
    statedConditions: conditionsOf(root),
  }
}

/** XML may name its encoding; only those we decode strictly are taken, so that nothing is read as another alphabet. */
function decodeXml(bytes: Uint8Array): string {
  const text = decodeStrictly(bytes)
  const named = /^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']/
    .exec(text.slice(0, 300))?.[1]
    ?.toLowerCase()
  const fits = named === undefined || named === 'us-ascii' || named === 'ascii'
  const known = encodingByMark(bytes) === 'utf-8' ? named === 'utf-8' : named?.startsWith('utf-16') === true
  if (fits || known || /^[\u0000-\u007f]*$/.test(text)) return text
  throw new IntakeError('NOT_UTF8', 'The XML is declared in another encoding than UTF-8. Export it as UTF-8.')
}

/** By the names of the document and its sections, its confidentiality, and sensitivity labels (DS4P) anywhere in it. */
function refuseNotes(root: XmlElement): void {
  const names: (string | null)[] = []
  const labels: (string | null)[] = []
  for (const element of walk(root)) {
    if (element === root || element.name === 'section') {
      const code = descend(element, 'code')
      names.push(
        textOf(descend(element, 'title')),
        attributeOf(code, 'displayName'),
        textOf(descend(code, 'originalText')),
      )
      names.push(...childrenOf(code, 'translation').map((t) => attributeOf(t, 'displayName')))
      labels.push(attributeOf(descend(element, 'confidentialityCode'), 'code'))
    }
    if (attributeOf(element, 'code') === 'PSYTHPN') labels.push('PSYTHPN')
  }
  refusePsychotherapyNotes(names, labels)
}

function describe(
  root: XmlElement,
  hints: IntakeHints,
  zone: string,
): Omit<IntakeDocument, 'text' | 'pages' | 'scan' | 'original'> {
  const defaults = hints.defaults ?? {}
  const code = descend(root, 'code')
  const title = oneLine(textOf(descend(root, 'title'))) ?? oneLine(attributeOf(code, 'displayName'))
  const stated = [code, ...childrenOf(code, 'translation')].map((c) => ({
    code: attributeOf(c, 'code'),
    name: attributeOf(c, 'displayName'),
  }))
  const recognised = documentTypeOf([...stated, { code: null, name: title }])
  const type = recognised === 'OTHER' ? (defaults.type ?? 'OTHER') : recognised
  const author = childrenOf(root, 'author').find((a) => descend(a, 'assignedAuthor/assignedPerson') !== null) ?? null
  const role = roleOf(
    descend(author, 'assignedAuthor'),
    attendingOf(descend(root, 'componentOf/encompassingEncounter')),
  )
  const at = attributeOf(descend(author, 'time'), 'value') ?? attributeOf(descend(root, 'effectiveTime'), 'value')
  return {
    title: title ?? oneLine(defaults.title) ?? 'Clinical document',
    type,
    authorName: personName(descend(author, 'assignedAuthor')) ?? oneLine(defaults.authorName),
    authorRole: role === 'OTHER' ? (defaults.authorRole ?? 'OTHER') : role,
    authoredAt: cdaInstant(at, zone) ?? defaults.authoredAt ?? null,
    signed: isSigned(root),
    encounterPart: defaults.encounterPart ?? encounterPartOf(type),
  }
}

function roleOf(author: XmlElement | null, attending: XmlElement | null): IntakeDocument['authorRole'] {
  const code = descend(author, 'code')
  const suffixes = childrenOf(descend(author, 'assignedPerson/name'), 'suffix').map(textOf)
  const role = authorRoleOf([attributeOf(code, 'code')], [attributeOf(code, 'displayName'), ...suffixes])
  const ids = new Set(childrenOf(attending, 'id').map(idKey))
  const attends = childrenOf(author, 'id').some((id) => attributeOf(id, 'extension') !== null && ids.has(idKey(id)))
  return attends && (role === 'PHYSICIAN' || role === 'OTHER') ? 'ATTENDING' : role
}

const idKey = (id: XmlElement): string => `${attributeOf(id, 'root')}|${attributeOf(id, 'extension')}`

/** Signed is what a legal authenticator or an authenticator signed: signatureCode `S` (CDA R2 section 4.2.2). */
function isSigned(root: XmlElement): boolean {
  return [...childrenOf(root, 'legalAuthenticator'), ...childrenOf(root, 'authenticator')].some(
    (who) => attributeOf(descend(who, 'signatureCode'), 'code') === 'S',
  )
}

async function contentOf(
  root: XmlElement,
  limits: IntakeLimits,
  readEmbedded: ReadEmbedded,
): Promise<Pick<IntakeDocument, 'text' | 'pages' | 'scan' | 'original'>> {
  const bodies = childrenOf(root, 'component')
  const foreign = bodies.map((body) => descend(body, 'nonXMLBody/text')).find((text) => text !== null) ?? null
  if (foreign !== null) return readEmbedded({ bytes: embeddedBytes(foreign) })
  const sections = bodies
    .flatMap((body) => childrenOf(body, 'structuredBody'))
    .flatMap((body) => childrenOf(body, 'component'))
    .flatMap((component) => childrenOf(component, 'section'))
  const text = renderSections(sections)
  if (text === '') throw new IntakeError('NO_DOCUMENTS', 'The document has no narrative text in its sections.')
  checkTextLength(text.length, limits)
  return { text, pages: [], scan: false, original: null }
}

function embeddedBytes(text: XmlElement): Uint8Array {
  if (childrenOf(text, 'reference').length > 0) {
    throw new IntakeError('NO_DOCUMENTS', 'The document only points to another file. Send that file.')
  }
  const raw = textOf(text)
  return attributeOf(text, 'representation') === 'B64' ? fromBase64(raw, 'nonXMLBody') : new TextEncoder().encode(raw)
}

/** @throws IntakeError DAMAGED, naming where the broken data stands */
export function fromBase64(raw: string, where: string): Uint8Array {
  const data = raw.replace(/\s+/g, '')
  const bytes = Buffer.from(data, 'base64')
  const whole =
    data.length % 4 === 0 && bytes.length === (data.length / 4) * 3 - (/={0,2}$/.exec(data)?.[0].length ?? 0)
  if (!whole || data === '') throw new IntakeError('DAMAGED', `The base64 data of ${where} is broken or empty.`)
  return bytes
}

const PROBLEM_OBSERVATION = '2.16.840.1.113883.10.20.22.4.4'
const ICD10CM = '2.16.840.1.113883.6.90'

/** Problem observations that the document asserts (not negated), each once, with an ICD-10-CM code where it has one. */
function conditionsOf(root: XmlElement): Intake['statedConditions'] {
  const narrated = narrativeById(root)
  const found = new Map<string, { code: string | null; text: string }>()
  for (const element of walk(root)) {
    if (element.name !== 'observation' || !hasTemplate(element, PROBLEM_OBSERVATION)) continue
    if (attributeOf(element, 'negationInd') === 'true') continue
    const value = descend(element, 'value')
    const codes = value === null ? [] : [value, ...childrenOf(value, 'translation')]
    const coded = codes.find((c) => attributeOf(c, 'codeSystem') === ICD10CM && attributeOf(c, 'code') !== null)
    const code = oneLine(attributeOf(coded ?? null, 'code'))
    const text =
      oneLine(attributeOf(value, 'displayName')) ??
      oneLine(attributeOf(coded ?? null, 'displayName')) ??
      statedText(descend(value, 'originalText'), narrated) ??
      statedText(descend(element, 'text'), narrated) ??
      code
    if (text !== null) found.set(`${code}|${text}`, { code, text })
  }
  return [...found.values()]
}

function statedText(element: XmlElement | null, narrated: ReadonlyMap<string, XmlElement>): string | null {
  const reference = attributeOf(descend(element, 'reference'), 'value')?.replace(/^#/, '') ?? ''
  return oneLine(textOf(element)) ?? oneLine(renderNarrative(narrated.get(reference) ?? null))
}

function narrativeById(root: XmlElement): ReadonlyMap<string, XmlElement> {
  const byId = new Map<string, XmlElement>()
  for (const element of walk(root)) {
    const id = attributeOf(element, 'ID')
    if (id !== null && !byId.has(id)) byId.set(id, element)
  }
  return byId
}
