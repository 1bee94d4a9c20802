import type { PoaValue, SuggestionKind, SuggestionRole } from '../../schema/values.js'
import type { EvidenceView } from '../charts/evidence.model.js'

/** Plain types of blind passes. */

export interface PassLineView {
  readonly id: string
  readonly system: string
  readonly code: string
  readonly kind: SuggestionKind
  readonly role: SuggestionRole
  readonly poa: PoaValue | null
  readonly evidence: readonly EvidenceView[]
}

export interface PassView {
  readonly id: string
  readonly chartId: string
  readonly openedAt: Date
  readonly lines: readonly PassLineView[]
}
