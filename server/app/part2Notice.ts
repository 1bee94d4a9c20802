import type { Accessed } from '../auth/accessed.js'
import { takePart2 } from '../auth/part2.js'
import { PART2_NOTICE } from '../consents/index.js'

/**
 * The statement of 42 CFR 2.32 beside the data of an answer or event that holds content of Part 2 records, and beside
 * nothing else. Where a consent opens the records the notice names it and says its scope; an answer about several people
 * may rest on several. Under a qualified service organisation agreement there is none.
 */
export function withPart2Notice<T extends { readonly extensions?: Record<string, unknown> | undefined }>(
  result: T,
  { accessed }: { readonly accessed: Accessed },
): T {
  const consents = takePart2(accessed)
  if (!consents) return result
  const { version, text } = PART2_NOTICE
  const [only] = consents.length === 1 ? consents : []
  const part2Notice = {
    version,
    text,
    consentId: only?.consentId ?? null,
    scope: only?.scope ?? null,
    ...(consents.length > 1 && { consents }),
  }
  return { ...result, extensions: { ...result.extensions, part2Notice } }
}
