import type { Attachment, DocumentReference, Encounter, Patient, Resource } from '@medplum/fhirtypes'
import type { Intake, IntakeDocument, IntakePatient } from '../intake.model.js'
import type { ReadEmbedded } from './ccda.js'
import { fromBase64, readCcda } from './ccda.js'
import { documentTypeOf, encounterPartOf } from './documentTypes.js'
import { attendingsOf, authorOf, conditionsOf, encounterOf, nameOf, patientOf } from './fhirAbstract.js'
import { FhirGraph } from './fhirGraph.js'
import { parseBundle } from './fhirJson.js'
import type { IntakeHints } from './hints.js'
import { fhirInstant } from './instants.js'
import type { IntakeLimits } from './limits.js'
import { checkTextLength } from './limits.js'
import { oneLine } from './plainText.js'
import { IntakeError } from './problem.js'
import { refusePsychotherapyNotes } from './psychotherapy.js'
import { sniff } from './sniff.js'

interface Reading {
  readonly graph: FhirGraph
  readonly hints: IntakeHints
  readonly zone: string
  readonly limits: IntakeLimits
  readonly patient: IntakePatient
  readonly encounter: Encounter | null
  readonly readEmbedded: ReadEmbedded
}

/**
 * Reads a FHIR R4 Bundle about one patient and one encounter: Patient, Encounter with Account and Coverage, every
 * current DocumentReference whose attachment stands in the Bundle (inline, contained or as a Binary entry: plain text,
 * PDF or C-CDA), and Conditions. Where a document lists several renderings, text is taken before C-CDA before PDF.
 *
 * @throws IntakeError DAMAGED (not valid, or about several patients or encounters, or a document that is not there),
 * UNKNOWN_FORMAT, NO_PATIENT, NO_DOCUMENTS, PSYCHOTHERAPY_NOTES, and what the readers of the attachments throw
 */
export async function readFhirBundle(
  bytes: Uint8Array,
  hints: IntakeHints,
  limits: IntakeLimits,
  readEmbedded: ReadEmbedded,
): Promise<Intake> {
  const bundle = parseBundle(bytes, limits)
  const graph = new FhirGraph(bundle)
  const securities = [...(bundle.meta?.security ?? []), ...graph.all('Binary').flatMap((b) => b.meta?.security ?? [])]
  refusePsychotherapyNotes(
    [],
    securities.map((label) => label.code ?? null),
  )
  for (const document of graph.all('DocumentReference')) refuseNotes(document)

  const documents = graph.resources.flatMap(({ resource, path }) => (isCurrent(resource) ? [{ resource, path }] : []))
  const subject = subjectOf(documents, graph)
  const encounter = encounterFor(documents, subject, graph)
  const zone = hints.zone ?? 'UTC'
  const patient = patientOf(subject)
  if (documents.length === 0) throw new IntakeError('NO_DOCUMENTS', 'The Bundle has no current DocumentReference.')
  if (documents.length > limits.maxDocuments) {
    throw new IntakeError(
      'TOO_MUCH_TEXT',
      `The Bundle has more than the ${limits.maxDocuments} documents taken at once.`,
    )
  }

  const reading = { graph, hints, zone, limits, patient, encounter, readEmbedded }
  const read: IntakeDocument[] = []
  const conditions = [...conditionsOf(subject, graph)]
  for (const { resource, path } of documents) {
    const part = await readDocument(resource, path, reading)
    read.push(...part.documents)
    conditions.push(...part.statedConditions)
    checkTextLength(
      read.reduce((sum, document) => sum + document.text.length, 0),
      limits,
    )
  }
  return {
    kind: 'FHIR_BUNDLE',
    patient,
    encounter: encounter === null ? null : encounterOf(encounter, subject, graph, zone),
    documents: read,
    statedConditions: conditions,
  }
}

/** Superseded documents and those entered in error are not part of the record that is coded. */
const isCurrent = (resource: Resource): resource is DocumentReference =>
  resource.resourceType === 'DocumentReference' &&
  resource.status === 'current' &&
  resource.docStatus !== 'entered-in-error'

function refuseNotes(document: DocumentReference): void {
  const concepts = [document.type, ...(document.category ?? [])]
  refusePsychotherapyNotes(
    [
      document.description ?? null,
      ...concepts.map((concept) => concept?.text ?? null),
      ...concepts.flatMap((concept) => concept?.coding ?? []).map((coding) => coding.display ?? null),
      ...document.content.map((content) => content.attachment.title ?? null),
    ],
    [
      ...(document.meta?.security ?? []),
      ...(document.securityLabel ?? []).flatMap((label) => label.coding ?? []),
      ...concepts.flatMap((concept) => concept?.coding ?? []),
    ].map((coding) => coding.code ?? null),
  )
}

type Located = { readonly resource: DocumentReference; readonly path: string }

/** The one patient whom all documents are about. A document of somebody else in the file refuses the whole file. */
function subjectOf(documents: readonly Located[], graph: FhirGraph): Patient {
  const patients = graph.all('Patient')
  const [first] = patients
  if (first === undefined) throw new IntakeError('NO_PATIENT', 'The Bundle has no Patient resource.')
  const subjects = new Set<Patient>()
  for (const { resource, path } of documents) {
    if (resource.subject === undefined) continue
    const found = graph.resolve(resource.subject, resource, 'Patient')
    if (found === null)
      throw new IntakeError('DAMAGED', `The patient that ${path}.subject points at is not in the Bundle.`)
    subjects.add(found)
  }
  const unnamed = documents.some(({ resource }) => resource.subject === undefined)
  if (subjects.size > 1 || (patients.length > 1 && (unnamed || subjects.size === 0))) {
    throw new IntakeError('DAMAGED', 'The Bundle is about more than one patient. Send one Bundle per patient.')
  }
  return [...subjects][0] ?? first
}

function encounterFor(documents: readonly Located[], subject: Patient, graph: FhirGraph): Encounter | null {
  const named = new Set<Encounter>()
  for (const { resource } of documents) {
    for (const reference of resource.context?.encounter ?? []) {
      const found = graph.resolve(reference, resource, 'Encounter')
      if (found !== null) named.add(found)
    }
  }
  if (named.size > 1) {
    throw new IntakeError('DAMAGED', 'The documents belong to more than one encounter. Send one Bundle per encounter.')
  }
  const own = graph.all('Encounter').filter((e) => graph.resolve(e.subject, e, 'Patient') === subject)
  return [...named][0] ?? (own.length === 1 ? own[0]! : null)
}

async function readDocument(
  document: DocumentReference,
  path: string,
  reading: Reading,
): Promise<Pick<Intake, 'documents' | 'statedConditions'>> {
  const { bytes, kind, attachment } = await bestRendering(document, path, reading.graph)
  if (kind !== 'CCDA') {
    const content = await reading.readEmbedded({ bytes })
    return { documents: [{ ...describe(document, attachment, reading), ...content }], statedConditions: [] }
  }
  const inner = await readCcda(bytes, reading.hints, reading.limits, reading.readEmbedded)
  refuseStranger(reading.patient, inner.patient, path)
  const signed = signedOf(document)
  return {
    documents: inner.documents.map((read) => ({ ...read, signed: signed ?? read.signed })),
    statedConditions: inner.statedConditions,
  }
}

const PREFERENCE = ['TEXT', 'CCDA', 'PDF'] as const

async function bestRendering(
  document: DocumentReference,
  path: string,
  graph: FhirGraph,
): Promise<{ bytes: Uint8Array; kind: (typeof PREFERENCE)[number]; attachment: Attachment }> {
  const renderings = []
  let refusal: IntakeError | null = null
  for (const [index, { attachment }] of document.content.entries()) {
    const where = `${path}.content[${index}].attachment`
    const data = attachment.data ?? binaryData(graph.at(attachment.url, document))
    if (data === undefined) {
      refusal ??= new IntakeError(
        'DAMAGED',
        `The content of ${where} is not in the Bundle. Include it as data or as a Binary.`,
      )
      continue
    }
    const bytes = fromBase64(data, where)
    const kind = await sniff(bytes).catch(() => null)
    if (kind === null || kind === 'FHIR_BUNDLE') {
      refusal ??= new IntakeError('UNKNOWN_FORMAT', `The content of ${where} is neither text nor PDF nor C-CDA.`)
      continue
    }
    renderings.push({ bytes, kind, attachment })
  }
  renderings.sort((a, b) => PREFERENCE.indexOf(a.kind) - PREFERENCE.indexOf(b.kind))
  const [best] = renderings
  if (best === undefined) throw refusal ?? new IntakeError('DAMAGED', `${path} has no content.`)
  return best
}

const binaryData = (resource: Resource | null): string | undefined =>
  resource?.resourceType === 'Binary' ? resource.data : undefined

function describe(
  document: DocumentReference,
  attachment: Attachment,
  { graph, hints, zone, encounter }: Reading,
): Omit<IntakeDocument, 'text' | 'pages' | 'scan' | 'original'> {
  const defaults = hints.defaults ?? {}
  const concepts = [document.type, ...(document.category ?? [])]
  const stated = concepts.flatMap((concept) => [
    ...(concept?.coding ?? []).map((coding) => ({ code: coding.code ?? null, name: coding.display ?? null })),
    { code: null, name: concept?.text ?? null },
  ])
  const recognised = documentTypeOf([...stated, { code: null, name: document.description ?? null }])
  const type = recognised === 'OTHER' ? (defaults.type ?? 'OTHER') : recognised
  const author = authorOf(document.author?.[0], document, graph)
  const attends = author.person !== null && attendingsOf(encounter, graph).includes(author.person)
  const role = attends && (author.role === 'PHYSICIAN' || author.role === 'OTHER') ? 'ATTENDING' : author.role
  const at = document.date ?? attachment.creation ?? document.context?.period?.start
  return {
    title:
      oneLine(document.description) ??
      nameOf(document.type) ??
      oneLine(attachment.title) ??
      oneLine(defaults.title) ??
      'Document',
    type,
    authorName: author.name ?? oneLine(defaults.authorName),
    authorRole: role === 'OTHER' ? (defaults.authorRole ?? 'OTHER') : role,
    authoredAt: fhirInstant(at, zone) ?? defaults.authoredAt ?? null,
    signed: signedOf(document) ?? defaults.signed ?? false,
    encounterPart: defaults.encounterPart ?? encounterPartOf(type),
  }
}

/** FHIR R4 composition status: `final` and `amended` are signed. Null where the document says nothing of it. */
function signedOf(document: DocumentReference): boolean | null {
  if (document.docStatus !== undefined) return document.docStatus === 'final' || document.docStatus === 'amended'
  return document.authenticator === undefined ? null : true
}

/** A C-CDA of another person inside the Bundle: same assigner, no number in common. */
function refuseStranger(patient: IntakePatient, other: IntakePatient | null, path: string): void {
  const key = (assigner: string): string => assigner.replace(/^urn:oid:/, '')
  const known = new Map<string, Set<string>>()
  for (const { assigner, value } of patient.identifiers) {
    known.set(key(assigner), (known.get(key(assigner)) ?? new Set()).add(value))
  }
  const shared = (other?.identifiers ?? []).filter((identifier) => known.has(key(identifier.assigner)))
  if (shared.length === 0 || shared.some((i) => known.get(key(i.assigner))?.has(i.value))) return
  throw new IntakeError('DAMAGED', `The C-CDA document in ${path} is about another patient than the Bundle.`)
}
