import type { FindingKind } from '../../schema/values.js'

/** Plain types of audits: what the ledger holds, and what an audit's own log says. Instants are ISO text. */

export type FindingElement =
  | 'PRINCIPAL_DIAGNOSIS'
  | 'SECONDARY_DIAGNOSIS'
  | 'SEQUENCE'
  | 'POA'
  | 'PROCEDURE'
  | 'MODIFIER'
  | 'ABSTRACT'

/** One entry of the ledger. Scores are computed from these, and nothing is scored that is not here. */
export interface FindingView {
  readonly id: string
  readonly auditId: string
  readonly element: FindingElement
  readonly kind: FindingKind
  /** The line of the submission it is about; null for what the submission lacks, and for the chart as a whole. */
  readonly suggestionId: string | null
  /** The auditor's own line, a proposal until the chart is reopened. */
  readonly proposedSuggestionId: string | null
  readonly guideline: string | null
  readonly explanation: string
  readonly recordedBy: string
  readonly recordedAt: string
}

export interface AuditView {
  readonly id: string
  readonly chartId: string
  readonly submissionId: string
  readonly submissionNumber: number
  readonly auditorId: string
  readonly status: 'OPEN' | 'CLOSED'
  readonly reason: string
  readonly openedAt: string
  readonly closedAt: string | null
  readonly findings: readonly FindingView[]
}
