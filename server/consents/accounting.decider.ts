import type { DisclosureExemption, DisclosureKind, Purpose } from '../../schema/values.js'

/** What an accounting of disclosures holds (45 CFR 164.528). Pure: rows in, the report out. */

export interface AccountedRow {
  readonly at: Date
  readonly recipientName: string
  readonly recipientAddress: string | null
  readonly kind: DisclosureKind
  readonly submissionNumber: number | null
  readonly purpose: Purpose
  readonly exemption: DisclosureExemption | null
  readonly suspendedUntil: Date | null
  readonly part2: boolean
  readonly throughName: string | null
}

export interface AccountingLine {
  readonly at: Date
  readonly recipientName: string
  readonly recipientAddress: string | null
  readonly description: string
  readonly purpose: Purpose
  readonly through: string | null
}

/** Several to one recipient for one purpose: the first in full, their number, and when the last was (164.528(b)(3)). */
export interface SummaryLine {
  readonly first: AccountingLine
  readonly count: number
  readonly lastAt: Date
}

export interface ExemptLine {
  readonly exemption: DisclosureExemption
  /** Where the rule stands, and what it says in short. */
  readonly citation: string
  readonly explanation: string
  readonly count: number
}

export interface Accounting {
  readonly lines: readonly AccountingLine[]
  readonly summary: readonly SummaryLine[]
  readonly exempt: readonly ExemptLine[]
  /** Under consent, which 164.528 leaves out and 42 CFR 2.25 does not. */
  readonly part2UnderConsent: readonly AccountingLine[]
  readonly part2Intermediaries: readonly AccountingLine[]
}

/** How far back a person may ask (164.528(a)(1)). */
export const YEARS = 6

/** How far back for records of substance use disorder treatment (42 CFR 2.24(a), 2.25(a)). */
const PART2_YEARS = 3

/** The first moment that can be asked for: six years before the day on which it is asked. */
export function earliest(today: string, years = YEARS): string {
  const [year, month, day] = today.split('-').map(Number) as [number, number, number]
  // The 29th of February has no like in most years; the day after is within the six years, the day before is not.
  const start = new Date(Date.UTC(year - years, month - 1, day))
  return start.toISOString().slice(0, 10)
}

/**
 * What is accounted for, and what is exempt and why. A disclosure whose accounting an agency has had suspended is in
 * neither until the suspension ends (164.528(a)(2)): not even its number is told.
 */
export function accountFor(rows: readonly AccountedRow[], now: Date): Accounting {
  const since = new Date(`${earliest(now.toISOString().slice(0, 10), PART2_YEARS)}T00:00:00.000Z`)
  const told = rows.filter((row) => !row.suspendedUntil || row.suspendedUntil <= now)
  const counts = new Map<DisclosureExemption, number>()
  for (const { exemption } of told) if (exemption) counts.set(exemption, (counts.get(exemption) ?? 0) + 1)
  const part2 = told.filter((row) => row.part2 && row.at >= since)
  const lines = told.filter((row) => row.exemption === null).map(lineOf)
  return {
    lines,
    summary: summarise(lines),
    part2UnderConsent: part2.filter((row) => row.exemption === 'AUTHORIZATION').map(lineOf),
    part2Intermediaries: part2.filter((row) => row.throughName !== null).map(lineOf),
    exempt: [...counts]
      .map(([exemption, count]) => ({ exemption, count, ...EXEMPTIONS[exemption] }))
      .sort((a, b) => (a.citation < b.citation ? -1 : 1)),
  }
}

const lineOf = (row: AccountedRow): AccountingLine => ({
  at: row.at,
  recipientName: row.recipientName,
  recipientAddress: row.recipientAddress,
  description: describe(row),
  purpose: row.purpose,
  through: row.throughName,
})

/** In the order of the first of each. @param lines oldest first */
function summarise(lines: readonly AccountingLine[]): SummaryLine[] {
  const groups = new Map<string, { first: AccountingLine; count: number; lastAt: Date }>()
  for (const line of lines) {
    const key = JSON.stringify([line.recipientName, line.recipientAddress, line.purpose, line.through])
    const group = groups.get(key)
    if (!group) groups.set(key, { first: line, count: 1, lastAt: line.at })
    else {
      group.count++
      group.lastAt = line.at
    }
  }
  return [...groups.values()]
}

/** Under which exemption an export of ours leaves: under a patient's consent, or for payment under the agreement. */
export const exemptionOf = (consentIds: readonly string[]): DisclosureExemption =>
  consentIds.length > 0 ? 'AUTHORIZATION' : 'TREATMENT_PAYMENT_OPERATIONS'

const describe = ({ kind, submissionNumber }: AccountedRow): string =>
  submissionNumber === null ? KINDS[kind] : `${KINDS[kind]} (submission ${submissionNumber})`

const KINDS: Readonly<Record<DisclosureKind, string>> = {
  CODED_SUBMISSION: 'Codes and billing facts of a stay or visit',
  MEDICAL_RECORD: 'Medical record, or parts of it',
  BILLING_RECORD: 'Billing record',
  DEMOGRAPHICS: 'Name, address and other facts about the person',
  INCIDENT: 'Records that were reached or sent by mistake or unlawfully',
}

const EXEMPTIONS: Readonly<Record<DisclosureExemption, { readonly citation: string; readonly explanation: string }>> = {
  TREATMENT_PAYMENT_OPERATIONS: {
    citation: '45 CFR 164.528(a)(1)(i)',
    explanation: 'To carry out treatment, payment and health care operations.',
  },
  TO_THE_INDIVIDUAL: { citation: '45 CFR 164.528(a)(1)(ii)', explanation: 'To the person themselves.' },
  INCIDENT_TO_PERMITTED: {
    citation: '45 CFR 164.528(a)(1)(iii)',
    explanation: 'Incident to a use or disclosure that is permitted.',
  },
  AUTHORIZATION: { citation: '45 CFR 164.528(a)(1)(iv)', explanation: 'Under an authorization of the person.' },
  DIRECTORY_OR_CARE: {
    citation: '45 CFR 164.528(a)(1)(v)',
    explanation: 'For the facility’s directory, or to persons involved in the person’s care.',
  },
  NATIONAL_SECURITY: {
    citation: '45 CFR 164.528(a)(1)(vi)',
    explanation: 'For national security or intelligence purposes.',
  },
  CUSTODIAL: {
    citation: '45 CFR 164.528(a)(1)(vii)',
    explanation: 'To correctional institutions or law enforcement officials with custody.',
  },
  LIMITED_DATA_SET: { citation: '45 CFR 164.528(a)(1)(viii)', explanation: 'As part of a limited data set.' },
}
