import type { ChartEventType } from '../../schema/values.js'
import type { DocumentView, EventPayload } from '../charts/index.js'
import type { NewEvent } from '../live/log.js'

/**
 * An event about one document: its state after the change. That there is a document is WORK, what it says is CLINICAL;
 * the document cites itself, so that a later withdrawal hides this event's content too.
 */
export const documentEvent = (
  type: ChartEventType,
  document: DocumentView,
  more: EventPayload = {},
): NewEvent<EventPayload> => ({
  type,
  subjectId: document.id,
  citedDocumentIds: [document.id],
  classes: ['WORK', 'CLINICAL'],
  payload: { document, ...more },
})
