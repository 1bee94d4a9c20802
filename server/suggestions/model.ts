import type {
  DecisionName,
  PoaValue,
  SuggestionKind,
  SuggestionOrigin,
  SuggestionRole,
  SuggestionStatus,
} from '../../schema/values.js'

/** A line of a chart as the deciders see it: plain values, sealed columns opened. */
export interface Line {
  readonly id: string
  readonly chartId: string
  readonly system: string
  readonly code: string
  readonly kind: SuggestionKind
  readonly role: SuggestionRole
  readonly rank: number | null
  readonly poa: PoaValue | null
  readonly poaProposed: PoaValue | null
  readonly modifiers: readonly string[]
  readonly units: number | null
  readonly performedOn: string | null
  readonly performer: string | null
  readonly origin: SuggestionOrigin
  readonly authorId: string | null
  readonly confidence: number | null
  readonly reason: string | null
  readonly status: SuggestionStatus
  readonly replaces: string | null
  readonly evidenceStale: boolean
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly decisionReason: string | null
  readonly version: number
  readonly createdAt: Date
}

/** What the decider needs to know of a code on the chart's date; undefined where the table does not have it. */
export interface CodeOnDate {
  readonly system: string
  readonly code: string
  readonly billable: boolean
  readonly poaExempt: boolean
  readonly manifestation: boolean
  readonly externalCause: boolean
}

/** Whether there is a table to look a code up in: of its system, on the chart's date. */
export type TableState = 'FOUND' | 'NO_TABLE' | 'NO_DATE'

export interface Intended {
  readonly decision: DecisionName
  readonly code?: string | null
  readonly role?: SuggestionRole | null
  readonly poa?: PoaValue | null
  readonly modifiers?: readonly string[] | null
  readonly reason?: string | null
}

export interface LineProblem {
  readonly code: string
  readonly message: string
  readonly field?: string
}

export const isPrincipalRole = (role: SuggestionRole): boolean => role === 'PRINCIPAL' || role === 'FIRST_LISTED'

/** The role that stands first: principal for inpatients, first-listed for all others (UHDDS; guidelines II and IV.A). */
export const firstRole = (patientClass: string): 'PRINCIPAL' | 'FIRST_LISTED' =>
  patientClass === 'INPATIENT' ? 'PRINCIPAL' : 'FIRST_LISTED'

/** The role a code takes where a person names none. */
export function defaultRole(kind: SuggestionKind, code: Pick<CodeOnDate, 'externalCause'>): SuggestionRole {
  if (kind === 'PROCEDURE') return 'PROCEDURE'
  return code.externalCause ? 'EXTERNAL_CAUSE' : 'SECONDARY'
}

export const kindOfSystem = (system: string): SuggestionKind => (system === 'ICD10CM' ? 'DIAGNOSIS' : 'PROCEDURE')

/** Accepted lines in their order: by rank, then as they came. */
export function inOrder<T extends Pick<Line, 'rank' | 'createdAt' | 'id'>>(lines: readonly T[]): T[] {
  return [...lines].sort(
    (a, b) =>
      (a.rank ?? Number.MAX_SAFE_INTEGER) - (b.rank ?? Number.MAX_SAFE_INTEGER) ||
      a.createdAt.getTime() - b.createdAt.getTime() ||
      (a.id < b.id ? -1 : 1),
  )
}

/** As a coder works them: accepted in their order, then proposals by confidence, then what was rejected or withdrawn. */
export function inReviewOrder(lines: readonly Line[]): Line[] {
  const group = (line: Line) => (line.status === 'ACCEPTED' ? 0 : line.status === 'PROPOSED' ? 1 : 2)
  const accepted = inOrder(lines.filter((line) => group(line) === 0))
  const others = lines
    .filter((line) => group(line) > 0)
    .sort(
      (a, b) =>
        group(a) - group(b) ||
        (b.confidence ?? 1) - (a.confidence ?? 1) ||
        a.createdAt.getTime() - b.createdAt.getTime() ||
        (a.id < b.id ? -1 : 1),
    )
  return [...accepted, ...others]
}
