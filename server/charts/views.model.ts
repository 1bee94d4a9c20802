import type {
  AbstractFieldName,
  PoaValue,
  SuggestionKind,
  SuggestionOrigin,
  SuggestionRole,
  SuggestionStatus,
  UnlabelReason,
  WithdrawalReason,
} from '../../schema/values.js'
import type { ChartView, EditView, OrderView } from './chart.model.js'
import type { EvidenceView } from './evidence.model.js'

/**
 * What the chart's log holds: the state of a thing after an event, and what a snapshot is made of. Instants are ISO
 * text. Everything a stream can say about a thing is in its view; nothing is looked up while an event is presented.
 */

export type { EvidenceView }

export interface SuggestionView {
  readonly id: string
  readonly chartId: string
  readonly version: number
  readonly status: SuggestionStatus
  readonly origin: SuggestionOrigin
  readonly system: string
  readonly code: string
  readonly title: string | null
  readonly kind: SuggestionKind
  readonly role: SuggestionRole
  readonly rank: number | null
  readonly poa: PoaValue | null
  readonly poaProposed: PoaValue | null
  readonly poaExempt: boolean
  readonly modifiers: readonly string[]
  readonly units: number | null
  readonly performedOn: string | null
  readonly performer: string | null
  readonly confidence: number | null
  readonly reason: string | null
  readonly replaces: string | null
  readonly evidenceStale: boolean
  readonly authorId: string | null
  readonly decidedBy: string | null
  readonly decidedAt: string | null
  readonly decisionReason: string | null
  readonly evidence: readonly EvidenceView[]
}

export interface DocumentVersionView {
  readonly id: string
  readonly documentId: string
  readonly number: number
  readonly title: string
  readonly type: string
  readonly authorName: string | null
  readonly authorRole: string
  readonly authoredAt: string | null
  readonly encounterPart: string
  readonly signed: boolean
  readonly signedAt: string | null
  readonly signedBy: string | null
  readonly labels: readonly string[]
  readonly textLength: number
  readonly textSha256: string
  readonly scan: boolean
  readonly pages: readonly { readonly number: number; readonly start: number; readonly end: number }[]
  readonly readByEngine: boolean
  readonly createdAt: string
}

export interface DocumentView {
  readonly id: string
  readonly chartId: string
  readonly withdrawnAt: string | null
  readonly withdrawnReason: WithdrawalReason | null
  readonly version: DocumentVersionView
}

export interface OpportunityView {
  readonly id: string
  readonly topic: string
  readonly reason: string
  readonly evidence: readonly EvidenceView[]
}

export interface CommentView {
  readonly id: string
  readonly suggestionId: string | null
  readonly parentId: string | null
  readonly version: number
  readonly body: string
  /** Whom it names; left out where it names nobody. */
  readonly mentionIds?: readonly string[]
  readonly authorId: string
  readonly createdAt: string
  readonly resolvedAt: string | null
  readonly resolvedBy: string | null
}

export interface PendView {
  readonly id: string
  readonly reason: string
  readonly note: string | null
  readonly dueOn: string | null
  readonly memberId: string
  readonly createdAt: string
  readonly removedAt: string | null
}

export interface SubmittedCodeView {
  readonly suggestionId: string
  readonly system: string
  readonly code: string
  readonly title: string | null
  readonly role: SuggestionRole
  readonly rank: number | null
  readonly poa: PoaValue | null
}

export interface SubmissionView {
  readonly id: string
  readonly number: number
  readonly submittedBy: string
  readonly submittedAt: string
  readonly warningCount: number
  readonly snapshotSha256: string
  readonly codes: readonly SubmittedCodeView[]
}

export interface EngineView {
  readonly documentsRead: number
  readonly documentsTotal: number
  readonly suggestionsMade: number | null
}

/** The payload of an event: only what changed is there. */
export interface EventPayload {
  readonly chart?: ChartView
  /** The one field that an ABSTRACT_CHANGED set. */
  readonly abstractField?: AbstractFieldName
  /** Why a CHART_REOPENED was. */
  readonly reopenReason?: string
  /** Why a DOCUMENT_LABELLED took a label away. */
  readonly unlabelReason?: UnlabelReason | undefined
  readonly document?: DocumentView
  readonly suggestion?: SuggestionView
  readonly replacement?: SuggestionView
  readonly opportunity?: OpportunityView
  readonly order?: OrderView
  readonly edits?: readonly EditView[]
  readonly comment?: CommentView
  readonly pend?: PendView
  readonly submission?: SubmissionView
  readonly engine?: EngineView
}
