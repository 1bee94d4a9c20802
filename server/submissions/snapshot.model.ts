import type { ChartView, EditView, OrderView } from '../charts/chart.model.js'
import type { DocumentView, SubmittedCodeView, SuggestionView } from '../charts/views.model.js'

/**
 * What a submission freezes: the codes in their order with evidence, POA and everything else on them, the abstract,
 * the documents as they stood, the edits with the reasons that let warnings stand, and the log position of it all.
 * Kept sealed as canonical JSON; its SHA-256 is the proof that it never changed.
 */
export interface FrozenSnapshot {
  readonly number: number
  readonly submittedBy: string
  readonly submittedAt: string
  /** The main stream's position that the snapshot stands for. */
  readonly atSeq: number
  /** The date on which all tables were asked. */
  readonly codingDate: string
  readonly chart: ChartView
  /** Accepted lines in order. */
  readonly lines: readonly SuggestionView[]
  readonly order: OrderView
  readonly documents: readonly DocumentView[]
  readonly edits: readonly EditView[]
  readonly drg: {
    readonly value: string
    readonly grouper: string
    readonly grouperVersion: string
    readonly source: string
  } | null
}

export const submittedCodes = (snapshot: FrozenSnapshot): SubmittedCodeView[] =>
  snapshot.lines.map((line) => ({
    suggestionId: line.id,
    system: line.system,
    code: line.code,
    title: line.title,
    role: line.role,
    rank: line.rank,
    poa: line.poa,
  }))
