import type { ChartEventType } from '../../schema/values.js'
import type { DocumentView, EventPayload } from '../charts/index.js'
import type { NewEvent } from '../live/log.js'

/**
 * An event about one document: its state after the change. That there is a document is WORK, what it says is CLINICAL;
 * the document cites itself, as every event names unsealed what it rests on. A later withdrawal masks its content when
 * the event is presented (document.presenter).
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
