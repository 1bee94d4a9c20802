import type { Accessed } from '../auth/accessed.js'
import { takePart2 } from '../auth/part2.js'
import { part2Notice } from '../consents/index.js'

/**
 * The statement of 42 CFR 2.32 beside the data of an answer or event that holds content of Part 2 records, and beside
 * nothing else. Inside the organisation no single consent is what the content is seen by, so none is named.
 */
export function withPart2Notice<T extends { readonly extensions?: Record<string, unknown> | undefined }>(
  result: T,
  { accessed }: { readonly accessed: Accessed },
): T {
  if (!takePart2(accessed)) return result
  const { version, text, consentId, scope } = part2Notice(null)
  return { ...result, extensions: { ...result.extensions, part2Notice: { version, text, consentId, scope } } }
}
