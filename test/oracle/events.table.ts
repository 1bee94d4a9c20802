import type { Class } from './fields.table.js'

/**
 * What each event of a chart changes, in the classes of the fields that it changes (design.md section 5: "An event whose
 * changed fields are all masked is absent"). Whoever sees one of these classes receives the event, masked.
 */
export const EVENTS: Readonly<Record<string, readonly Class[]>> = {
  CHART_RECEIVED: ['ROW'],
  CHART_OPENED: ['ROW'],
  CHART_ASSIGNED: ['ROW'],
  CHART_RELEASED: ['ROW'],
  CHART_PENDED: ['ROW'],
  CHART_UNPENDED: ['ROW'],
  CHART_HELD: ['ROW'],
  CHART_SUBMITTED: ['ROW'],
  CHART_RETURNED: ['ROW'],
  CHART_REOPENED: ['ROW'],
  CHART_EXPORTED: ['ROW'],
  IDENTITY_HELD: ['ROW'],
  IDENTITY_RESOLVED: ['ROW'],
  LATE_DOCUMENT_FLAGGED: ['ROW'],
  SECOND_LOOK_OPENED: ['ROW'],
  // That a second opinion was given; its lines follow as events of their own.
  PASS_REVEALED: ['ROW'],
  // Of the class of the field that was changed: `ABSTRACT_LINES`.
  ABSTRACT_CHANGED: [],
  ENGINE_STARTED: ['ROW'],
  ENGINE_FINISHED: ['ROW'],
  ENGINE_FAILED: ['ROW'],
  // That there is a document, when it came and whether it is signed.
  DOCUMENT_ADDED: ['ROW', 'CLINICAL'],
  DOCUMENT_AMENDED: ['ROW', 'CLINICAL'],
  DOCUMENT_SIGNED: ['ROW'],
  DOCUMENT_WITHDRAWN: ['ROW', 'CLINICAL'],
  // Labels are content, and nothing else changes.
  DOCUMENT_LABELLED: ['CLINICAL'],
  // Status, owner and version of a line.
  SUGGESTION_PROPOSED: ['ROW', 'CLINICAL'],
  SUGGESTION_ACCEPTED: ['ROW', 'CLINICAL'],
  SUGGESTION_REJECTED: ['ROW', 'CLINICAL'],
  SUGGESTION_MODIFIED: ['ROW', 'CLINICAL'],
  SUGGESTION_WITHDRAWN: ['ROW', 'CLINICAL'],
  SUGGESTION_REORDERED: ['CLINICAL'],
  SUGGESTION_EVIDENCE_STALE: ['CLINICAL'],
  OPPORTUNITY_FOUND: ['CLINICAL'],
  EDIT_OVERRIDDEN: ['CLINICAL'],
  // Silent: what people say to each other over a record. Their list is clinical as a whole, and so is that they speak.
  COMMENT_ADDED: ['CLINICAL'],
  COMMENT_EDITED: ['CLINICAL'],
  COMMENT_RESOLVED: ['CLINICAL'],
  DRG_RESULT_CHANGED: ['MONEY'],
  AUDIT_OPENED: ['ROW'],
  FINDING_RECORDED: ['QUALITY'],
  // Of the audit's own stream, as what was found.
  FINDING_ACKNOWLEDGED: ['QUALITY'],
  FINDING_DISPUTED: ['QUALITY'],
  FINDING_DECIDED: ['QUALITY'],
  AUDIT_CLOSED: ['QUALITY'],
}
