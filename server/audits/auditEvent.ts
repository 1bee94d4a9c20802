import type { EventPayload } from '../charts/index.js'
import type { NewEvent } from '../live/log.js'
import type { AuditView, FindingView } from './audit.model.js'

/** What the log of an audit says. It is a stream of its own: the chart's log tells that an audit was opened, no more. */
export interface AuditPayload extends EventPayload {
  readonly audit?: Omit<AuditView, 'findings'>
  readonly finding?: FindingView
}

export function auditOpened({ findings: _, ...audit }: AuditView): NewEvent<AuditPayload> {
  return { type: 'AUDIT_OPENED', subjectId: audit.id, citedDocumentIds: [], classes: ['WORK'], payload: { audit } }
}

/** @param citedDocumentIds documents that the judged line stood on, and those the auditor's own line stands on */
export const findingRecorded = (finding: FindingView, citedDocumentIds: string[]): NewEvent<AuditPayload> => ({
  type: 'FINDING_RECORDED',
  subjectId: finding.id,
  citedDocumentIds,
  classes: ['QUALITY'],
  payload: { finding },
})
