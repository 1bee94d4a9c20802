import type { AccountingOfDisclosures } from '../../schema/disclosures.js'
import { seenUnder } from '../auth/masking.js'
import type { Viewer } from '../auth/viewer.js'
import type { Accounting, AccountingLine } from './accounting.decider.js'
import { consentSight } from './consent.policy.js'

export interface AccountingFacts {
  readonly patientId: string
  readonly facility: string
  readonly entity: string
  readonly from: string
  readonly to: string
  readonly preparedAt: Date
}

/** An accounting leaves only through here: as fields, as JSON to print or keep, and as CSV. All three say the same. */
export function presentAccounting(
  facts: AccountingFacts,
  { lines, summary, exempt, part2UnderConsent, part2Intermediaries }: Accounting,
  viewer: Viewer,
): AccountingOfDisclosures {
  const sight = consentSight(viewer, false)
  const { patientId, facility, entity, from, to, preparedAt } = facts
  const shown = (line: AccountingLine) => seenUnder(sight, { ...line })
  const printed = (line: AccountingLine) => ({ ...line, at: line.at.toISOString() })
  return seenUnder(sight, {
    __typename: 'AccountingOfDisclosures',
    patientId,
    from,
    to,
    preparedAt,
    disclosures: lines.map(shown),
    summary: summary.map(({ first, count, lastAt }) => seenUnder(sight, { first: shown(first), count, lastAt })),
    part2UnderConsent: part2UnderConsent.map(shown),
    part2Intermediaries: part2Intermediaries.map(shown),
    exempt: exempt.map((line) => seenUnder(sight, { ...line })),
    get json() {
      return JSON.stringify(
        {
          title: 'Accounting of disclosures (45 CFR 164.528)',
          coveredEntity: entity,
          facility,
          patient: patientId,
          from,
          to,
          preparedAt: preparedAt.toISOString(),
          disclosures: lines.map(printed),
          summary: summary.map(({ first, count, lastAt }) => ({
            first: printed(first),
            count,
            lastAt: lastAt.toISOString(),
          })),
          notListed: exempt,
          substanceUseDisorderRecords: {
            underConsent: part2UnderConsent.map(printed),
            throughIntermediaries: part2Intermediaries.map(printed),
          },
        },
        null,
        2,
      )
    },
    get csv() {
      const rows = lines.map((line) => [
        line.at.toISOString(),
        line.recipientName,
        line.recipientAddress ?? '',
        line.description,
        line.purpose,
        line.through ?? '',
      ])
      return [['date', 'recipient', 'address', 'description', 'purpose', 'through'], ...rows]
        .map((row) => `${row.map(cell).join(',')}\r\n`)
        .join('')
    },
  }) as unknown as AccountingOfDisclosures
}

/** RFC 4180; what a spreadsheet would run as a formula is made text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
