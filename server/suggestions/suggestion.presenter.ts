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
import {
  type DocumentsToday,
  type EvidenceView,
  inheritedLabels,
  type OpportunityView,
  type SuggestionView,
  seenWithLabels,
  sightThrough,
} from '../charts/index.js'

export function presentSuggestionState(
  view: SuggestionView,
  sight: Sight,
  directory: Directory,
  today: DocumentsToday,
): SuggestionState {
  return Object.assign(fieldsOf('SuggestionState', view, sight, directory, today), {
    evidence: shown(view.evidence, today).map((e) => presentSpan(e, sight)),
  }) as unknown as SuggestionState
}

export function presentSuggestion(
  view: SuggestionView,
  sight: Sight,
  directory: Directory,
  today: DocumentsToday,
): Suggestion {
  return Object.assign(fieldsOf('Suggestion', view, sight, directory, today), {
    evidence: shown(view.evidence, today).map((e) => presentEvidence(e, view.chartId, sight)),
    access: {
      masked: maskedThrough('Suggestion', sight, inheritedLabels(view.evidence, today)),
      can: stands(sight, 'CODER_OF_RECORD', 'SECOND_LOOK') ? ['decide'] : [],
    },
  }) as unknown as Suggestion
}

export const presentOpportunityState = (
  view: OpportunityView,
  sight: Sight,
  today: DocumentsToday,
): QueryOpportunityState =>
  seenWithLabels(sight, inheritedLabels(view.evidence, today), {
    id: view.id,
    topic: view.topic,
    reason: restsOnWithdrawn(view.evidence, today) ? null : view.reason,
    evidence: shown(view.evidence, today).map((e) => presentSpan(e, sight)),
  })

export const presentOpportunity = (
  view: OpportunityView,
  chartId: string,
  sight: Sight,
  today: DocumentsToday,
): QueryOpportunity =>
  seenWithLabels(sight, inheritedLabels(view.evidence, today), {
    id: view.id,
    topic: view.topic,
    reason: restsOnWithdrawn(view.evidence, today) ? null : view.reason,
    evidence: shown(view.evidence, today).map((e) => presentEvidence(e, chartId, sight)),
  })

/** `quote` is resolved when it is asked for, from the text, under this very sight: never stored, never in a stream. */
export function presentEvidence(view: EvidenceView, chartId: string, sight: Sight): Evidence {
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
  today: DocumentsToday,
): object {
  return seenWithLabels(sight, inheritedLabels(view.evidence, today), {
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
    reason: restsOnWithdrawn(view.evidence, today) ? null : view.reason,
    replaces: view.replaces,
    evidenceStale: view.evidenceStale,
    author: directory.member(view.authorId),
    decidedBy: directory.member(view.decidedBy),
    decidedAt: view.decidedAt,
    decisionReason: view.decisionReason,
  })
}

const shown = (evidence: readonly EvidenceView[], today: DocumentsToday): EvidenceView[] =>
  evidence.filter((e) => !today.has(e.documentId))

const restsOnWithdrawn = (evidence: readonly EvidenceView[], today: DocumentsToday): boolean =>
  evidence.some((e) => today.has(e.documentId))

/** Why content is hidden that the class alone would show: a label of what the line cites. */
function maskedThrough(typeName: 'Suggestion', sight: Sight, labels: readonly string[]) {
  const through = sightThrough(sight, labels)
  const masked = maskedFields(typeName, through)
  if (through === sight) return masked
  const byClass = new Set(maskedFields(typeName, sight).map(({ field }) => field))
  return masked.map(({ field, reason }) => ({ field, reason: byClass.has(field) ? reason : ('LABEL' as const) }))
}
