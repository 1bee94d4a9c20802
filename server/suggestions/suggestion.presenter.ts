import type {
  Evidence,
  EvidenceSpan,
  QueryOpportunity,
  QueryOpportunityState,
  Suggestion,
  SuggestionState,
} from '../../schema/suggestions.js'
import type { Directory } from '../accounts/index.js'
import { maskedFields, seenUnder } from '../auth/masking.js'
import { type Sight, stands } from '../auth/sight.js'
import type { EvidenceView, OpportunityView, SuggestionView } from '../charts/index.js'

/** Documents whose words nobody sees any more: their citations are masked wherever they appear, at every point of history. */
export type Withdrawn = ReadonlySet<string>

export function presentSuggestionState(
  view: SuggestionView,
  sight: Sight,
  directory: Directory,
  withdrawn: Withdrawn,
): SuggestionState {
  return Object.assign(fieldsOf('SuggestionState', view, sight, directory, withdrawn), {
    evidence: shown(view.evidence, withdrawn).map((e) => presentSpan(e, sight)),
  }) as unknown as SuggestionState
}

export function presentSuggestion(
  view: SuggestionView,
  sight: Sight,
  directory: Directory,
  withdrawn: Withdrawn,
): Suggestion {
  return Object.assign(fieldsOf('Suggestion', view, sight, directory, withdrawn), {
    evidence: shown(view.evidence, withdrawn).map((e) => presentEvidence(e, view.chartId, sight)),
    access: {
      masked: maskedFields('Suggestion', sight),
      can: stands(sight, 'CODER_OF_RECORD', 'SECOND_LOOK') ? ['decide'] : [],
    },
  }) as unknown as Suggestion
}

export const presentOpportunityState = (
  view: OpportunityView,
  sight: Sight,
  withdrawn: Withdrawn,
): QueryOpportunityState =>
  seenUnder(sight, {
    id: view.id,
    topic: view.topic,
    reason: restsOnWithdrawn(view.evidence, withdrawn) ? null : view.reason,
    evidence: shown(view.evidence, withdrawn).map((e) => presentSpan(e, sight)),
  })

export const presentOpportunity = (
  view: OpportunityView,
  chartId: string,
  sight: Sight,
  withdrawn: Withdrawn,
): QueryOpportunity =>
  seenUnder(sight, {
    id: view.id,
    topic: view.topic,
    reason: restsOnWithdrawn(view.evidence, withdrawn) ? null : view.reason,
    evidence: shown(view.evidence, withdrawn).map((e) => presentEvidence(e, chartId, sight)),
  })

/** `quote` is resolved when it is asked for, from the text, under this very sight: never stored, never in a stream. */
function presentEvidence(view: EvidenceView, chartId: string, sight: Sight): Evidence {
  return seenUnder(sight, { ...spanOf(view), chartId }) as unknown as Evidence
}

const presentSpan = (view: EvidenceView, sight: Sight): EvidenceSpan => seenUnder(sight, spanOf(view))

const spanOf = (view: EvidenceView): EvidenceView => ({
  id: view.id,
  documentId: view.documentId,
  versionId: view.versionId,
  start: view.start,
  end: view.end,
  page: view.page,
  kind: view.kind,
})

function fieldsOf(
  typeName: 'Suggestion' | 'SuggestionState',
  view: SuggestionView,
  sight: Sight,
  directory: Directory,
  withdrawn: Withdrawn,
): object {
  return seenUnder(sight, {
    __typename: typeName,
    id: view.id,
    chartId: view.chartId,
    version: view.version,
    status: view.status,
    origin: view.origin,
    system: view.system,
    code: view.code,
    title: view.title,
    kind: view.kind,
    role: view.role,
    rank: view.rank,
    poa: view.poa,
    poaProposed: view.poaProposed,
    poaExempt: view.poaExempt,
    modifiers: [...view.modifiers],
    units: view.units,
    performedOn: view.performedOn,
    performer: view.performer,
    confidence: view.confidence,
    // The engine's reason names the matched words: where a document behind it is withdrawn, they are too.
    reason: restsOnWithdrawn(view.evidence, withdrawn) ? null : view.reason,
    replaces: view.replaces,
    evidenceStale: view.evidenceStale,
    author: directory.member(view.authorId),
    decidedBy: directory.member(view.decidedBy),
    decidedAt: view.decidedAt,
    decisionReason: view.decisionReason,
  })
}

const shown = (evidence: readonly EvidenceView[], withdrawn: Withdrawn): EvidenceView[] =>
  evidence.filter((e) => !withdrawn.has(e.documentId))

const restsOnWithdrawn = (evidence: readonly EvidenceView[], withdrawn: Withdrawn): boolean =>
  evidence.some((e) => withdrawn.has(e.documentId))
