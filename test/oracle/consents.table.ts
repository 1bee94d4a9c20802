/**
 * On what records under 42 CFR Part 2 are open to those who work on a chart: design.md section 3 ("for Part 2: a qualified
 * service organisation agreement or a TPO consent") and section 7; privacy-rules.md 3.2 (164.508(b)) and 3.4 (2.31).
 */
export interface BasisLine {
  readonly name: string
  /** The facility's agreement holds the undertakings of a qualified service organisation. */
  readonly qualified: boolean
  /** What the patient signed, naming the covered entity as the recipient; null for nothing. */
  readonly consent: {
    readonly kind: 'PART2_TPO' | 'PART2_SPECIFIC' | 'PART2_LEGAL' | 'HIPAA_AUTHORIZATION'
    readonly status: 'DRAFT' | 'ACTIVE' | 'WITHDRAWN' | 'ENDED'
  } | null
  readonly opens: boolean
  readonly rule: string
}

export const BASES: readonly BasisLine[] = [
  {
    name: 'qualified service',
    qualified: true,
    consent: null,
    opens: true,
    rule: 'a qualified service organisation agreement',
  },
  {
    name: 'none',
    qualified: false,
    consent: null,
    opens: false,
    rule: 'or the chart is routed to somebody who is admitted',
  },
  {
    name: 'TPO consent',
    qualified: false,
    consent: { kind: 'PART2_TPO', status: 'ACTIVE' },
    opens: true,
    rule: 'or a TPO consent',
  },
  {
    name: 'TPO consent, not signed',
    qualified: false,
    consent: { kind: 'PART2_TPO', status: 'DRAFT' },
    opens: false,
    rule: 'inactive until all elements are there',
  },
  {
    name: 'TPO consent, withdrawn',
    qualified: false,
    consent: { kind: 'PART2_TPO', status: 'WITHDRAWN' },
    opens: false,
    rule: 'a withdrawal ends what that document alone permitted',
  },
  {
    name: 'TPO consent, withdrawn, under an agreement',
    qualified: true,
    consent: { kind: 'PART2_TPO', status: 'WITHDRAWN' },
    opens: true,
    rule: 'a withdrawal never takes a chart from its coder',
  },
  {
    name: 'TPO consent, ended',
    qualified: false,
    consent: { kind: 'PART2_TPO', status: 'ENDED' },
    opens: false,
    rule: 'invalid if expired (508(b)(2), 2.31)',
  },
  {
    name: 'another Part 2 consent',
    qualified: false,
    consent: { kind: 'PART2_SPECIFIC', status: 'ACTIVE' },
    opens: false,
    rule: 'to the recipient it names, which we are not',
  },
  {
    name: 'Part 2 consent for proceedings',
    qualified: false,
    consent: { kind: 'PART2_LEGAL', status: 'ACTIVE' },
    opens: false,
    rule: 'the purpose of proceedings is never combined with another (2.31)',
  },
  {
    name: 'HIPAA authorization',
    qualified: false,
    consent: { kind: 'HIPAA_AUTHORIZATION', status: 'ACTIVE' },
    opens: false,
    rule: 'no form of 2.31',
  },
]

/** Of any chart without Part 2 records: nothing that a person signed or withdrew changes what its coder sees (164.506). */
export const ORDINARY_BASIS = BASES[0]!
