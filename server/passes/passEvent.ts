import type { ChartEventType } from '../../schema/values.js'
import type { EventPayload } from '../charts/index.js'
import type { NewEvent } from '../live/log.js'
import type { PassLineView } from './pass.model.js'

/** What the log of a pass says: of its own lines alone. */
export interface PassPayload extends EventPayload {
  readonly passLine: PassLineView
}

export const passEvent = (
  type: Extract<ChartEventType, 'SUGGESTION_PROPOSED' | 'SUGGESTION_WITHDRAWN'>,
  line: PassLineView,
): NewEvent<PassPayload> => ({
  type,
  subjectId: line.id,
  citedDocumentIds: [...new Set(line.evidence.map((e) => e.documentId))],
  classes: ['CLINICAL'],
  payload: { passLine: line },
})
