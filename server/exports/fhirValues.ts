import type { CodeableConcept, Coding, Reference, Resource } from '@medplum/fhirtypes'
import { HL7_TERMINOLOGY } from './fhirSystems.js'

/**
 * Text as a FHIR string may hold it (datatypes, `string`): no control characters but tab and line ends, not blank, under
 * one million characters. A control character becomes U+FFFD, which keeps the length that offsets count in.
 */
export function fhirText(value: string | null): string | undefined {
  if (value === null || value.trim() === '' || value.length > 1_000_000) return undefined
  return value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd')
}

/** FHIR knows no empty array: an element without values is absent. */
export const listOrNone = <T>(values: readonly T[]): T[] | undefined => (values.length === 0 ? undefined : [...values])

export const concept = (coding: Coding, text?: string): CodeableConcept => ({ coding: [coding], text })

/** A code of a system published under terminology.hl7.org. */
export const hl7Coding = (system: string, code: string, display?: string): Coding => ({
  system: `${HL7_TERMINOLOGY}/${system}`,
  code,
  display,
})

export const refTo = <T extends Resource>(
  resource: T & { resourceType: T['resourceType']; id?: string },
): Reference<T> => ({
  reference: `${resource.resourceType}/${resource.id}`,
})

/** Ids of ours are UUIDs; with the prefix they stay under FHIR's 64 characters and tell the kinds apart. */
export const resourceId = (prefix: string, key: string): string => `${prefix}-${key}`
