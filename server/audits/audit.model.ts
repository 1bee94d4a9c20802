import type { DisputeReason, FindingKind, FindingStepType } from '../../schema/values.js'
import type { EvidenceView } from '../charts/evidence.model.js'
import type { LedgerLine, ScoringPolicy } from './score.decider.js'

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
  /** What was said about it since the audit was closed, in order. */
  readonly steps: readonly FindingStepView[]
}

export interface FindingStepView {
  readonly type: FindingStepType
  readonly reason: DisputeReason | null
  readonly comment: string | null
  readonly actorId: string
  readonly at: string
  readonly dueAt: string | null
}

/** What of the submission its audit compares with, as it was frozen. */
export interface SubmittedFacts {
  readonly submittedBy: string
  readonly codingDate: string
  readonly lines: readonly SubmittedLineFacts[]
}

export interface SubmittedLineFacts extends LedgerLine {
  readonly system: string
  readonly code: string
  readonly title: string | null
  readonly role: string
  readonly evidence: readonly EvidenceView[]
}

/** A row of `quality_result`: whom a closed audit judges, and by which findings. */
export interface ResultRow {
  readonly id: string
  readonly auditId: string
  readonly chartId: string
  readonly facilityId: string
  readonly memberId: string
  readonly auditorId: string
  readonly findingIds: readonly string[]
  readonly closedAt: Date
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
  readonly answersDueAt: string | null
  /** Under which it was closed; null while it is open. */
  readonly policy: ScoringPolicy | null
  readonly drgHolds: boolean | null
  readonly submitted: SubmittedFacts
  readonly findings: readonly FindingView[]
}

/** What auditors proposed in place of submitted codes, with where it stands in the documents. */
export interface ProposedCode {
  readonly id: string
  readonly system: string
  readonly code: string
  readonly role: string
  readonly poa: string | null
  readonly evidence: readonly EvidenceView[]
}
