import type { ChartEvent } from '../../schema/stream.js'
import type { Directory } from '../accounts/index.js'
import { seenUnder } from '../auth/masking.js'
import type { Sight } from '../auth/sight.js'
import {
  type DocumentsToday,
  type EventPayload,
  presentChartState,
  presentEdit,
  presentOrder,
  presentPend,
} from '../charts/index.js'
import { presentDocumentState } from '../documents/index.js'
import type { LoggedEvent } from '../live/log.js'
import { presentSubmission } from '../submissions/index.js'
import { presentOpportunityState, presentSuggestionState } from '../suggestions/index.js'
import { presentComment } from './comment.presenter.js'

/**
 * An event as a sight sees it: a pure function of (event, opened payload, what holds today of the documents, sight), through the
 * same presenters as queries.
 */
export function presentEvent(
  event: LoggedEvent,
  payload: EventPayload,
  previous: string | null,
  sight: Sight,
  directory: Directory,
  today: DocumentsToday,
): ChartEvent {
  return seenUnder(sight, {
    __typename: 'ChartEvent',
    cursor: event.cursor,
    previous,
    type: event.type,
    at: event.at,
    actor: directory.member(event.actorId),
    chart: payload.chart ? presentChartState(payload.chart, sight, directory, today) : null,
    document: payload.document ? presentDocumentState(payload.document, sight, today) : null,
    suggestion: payload.suggestion ? presentSuggestionState(payload.suggestion, sight, directory, today) : null,
    replacement: payload.replacement ? presentSuggestionState(payload.replacement, sight, directory, today) : null,
    opportunity: payload.opportunity ? presentOpportunityState(payload.opportunity, sight, today) : null,
    order: payload.order ? presentOrder(payload.order, sight) : null,
    edits: payload.edits ? payload.edits.map((e) => presentEdit(e, sight, directory, today.labels)) : null,
    comment: payload.comment ? presentComment(payload.comment, sight, directory, today.labels) : null,
    pend: payload.pend ? presentPend(payload.pend, sight, directory, today.labels) : null,
    submission: payload.submission ? presentSubmission(payload.submission, sight, directory, today.labels) : null,
    reopenReason: payload.reopenReason ?? null,
    unlabelReason: payload.unlabelReason ?? null,
    engine: payload.engine ? seenUnder(sight, { ...payload.engine }) : null,
  }) as unknown as ChartEvent
}
