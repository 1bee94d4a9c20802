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
}

export interface AccountingLine {
  readonly at: Date
  readonly recipientName: string
  readonly recipientAddress: string | null
  readonly description: string
  readonly purpose: Purpose
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
  readonly exempt: readonly ExemptLine[]
}

/** How far back a person may ask (164.528(a)(1)). */
export const YEARS = 6

/** The first moment that can be asked for: six years before the day on which it is asked. */
export function earliest(today: string): string {
  const [year, month, day] = today.split('-').map(Number) as [number, number, number]
  // The 29th of February has no like in most years; the day after is within the six years, the day before is not.
  const start = new Date(Date.UTC(year - YEARS, month - 1, day))
  return start.toISOString().slice(0, 10)
}

/**
 * What is accounted for, and what is exempt and why. A disclosure whose accounting an agency has had suspended is in
 * neither until the suspension ends (164.528(a)(2)): not even its number is told.
 */
export function accountFor(rows: readonly AccountedRow[], now: Date): Accounting {
  const told = rows.filter((row) => !row.suspendedUntil || row.suspendedUntil <= now)
  const counts = new Map<DisclosureExemption, number>()
  for (const { exemption } of told) if (exemption) counts.set(exemption, (counts.get(exemption) ?? 0) + 1)
  return {
    lines: told
      .filter((row) => row.exemption === null)
      .map((row) => ({
        at: row.at,
        recipientName: row.recipientName,
        recipientAddress: row.recipientAddress,
        description: describe(row),
        purpose: row.purpose,
      })),
    exempt: [...counts]
      .map(([exemption, count]) => ({ exemption, count, ...EXEMPTIONS[exemption] }))
      .sort((a, b) => (a.citation < b.citation ? -1 : 1)),
  }
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
