import type { Part2Consent } from '../auth/part2.model.js'
import { PART2_NOTICE } from '../consents/index.js'

/**
 * How the statement of 42 CFR 2.32 accompanies a file, which has no place for it: whole in the headers of the answer, and
 * as a text of its own that a header links to, for whoever keeps the file. Nothing else carries either.
 */
export interface Part2Record {
  readonly versionId: string
  readonly labels: readonly string[]
  /** Consents by which the record is open to its reader; none under a qualified service organisation agreement. */
  readonly consents: readonly Part2Consent[]
}

export function part2Headers(record: Part2Record): Record<string, string> {
  if (!isPart2(record)) return {}
  const { versionId, consents } = record
  return {
    'part2-notice': PART2_NOTICE.text,
    'part2-notice-version': PART2_NOTICE.version,
    ...(consents.length > 0 && {
      'part2-consent': consents.map((consent) => consent.consentId).join(', '),
      'part2-consent-scope': consents.map((consent) => consent.scope).join(' '),
    }),
    link: `</documents/${versionId}/part2-notice.txt>; rel="describedby"`,
  }
}

/** The statement as a text, with the scope of the consents; undefined where the record needs none. */
export const part2Statement = (record: Part2Record): string | undefined =>
  isPart2(record)
    ? [PART2_NOTICE.text, ...record.consents.map(({ consentId, scope }) => `${scope} (Consent ${consentId})`), ''].join(
        '\n\n',
      )
    : undefined

const isPart2 = ({ labels }: Part2Record): boolean => labels.includes('PART2')
