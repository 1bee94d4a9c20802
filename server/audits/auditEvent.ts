import type { ChartEventType, FindingStepType } from '../../schema/values.js'
import type { EventPayload } from '../charts/index.js'
import type { NewEvent } from '../live/log.js'
import type { AuditView, FindingView } from './audit.model.js'

/** What the log of an audit says. It is a stream of its own: the chart's log tells that an audit was opened, no more. */
export interface AuditPayload extends EventPayload {
  readonly audit?: Omit<AuditView, 'findings' | 'submitted'>
  readonly finding?: FindingView
}

export function auditOpened({ findings: _, submitted: __, ...audit }: AuditView): NewEvent<AuditPayload> {
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

/** The ledger is closed and goes to those whom it judges. */
export function auditClosed({ findings: _, submitted: __, ...audit }: AuditView): NewEvent<AuditPayload> {
  return { type: 'AUDIT_CLOSED', subjectId: audit.id, citedDocumentIds: [], classes: ['QUALITY'], payload: { audit } }
}

/** A finding as it stands after something was said about it. */
export const findingStepped = (finding: FindingView, citedDocumentIds: string[]): NewEvent<AuditPayload> => ({
  ...findingRecorded(finding, citedDocumentIds),
  type: STEP_EVENTS[finding.steps.at(-1)!.type],
})

/** The auditor's answer and the third person's are decisions; to pass one on is to dispute it further. */
const STEP_EVENTS: Readonly<Record<FindingStepType, ChartEventType>> = {
  ACKNOWLEDGED: 'FINDING_ACKNOWLEDGED',
  DISPUTED: 'FINDING_DISPUTED',
  ESCALATED: 'FINDING_DISPUTED',
  UPHELD: 'FINDING_DECIDED',
  CONFIRMED: 'FINDING_DECIDED',
  OVERTURNED: 'FINDING_DECIDED',
}
