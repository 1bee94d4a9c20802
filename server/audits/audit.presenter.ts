import type { Audit, Finding } from '../../schema/review.js'
import type { Directory } from '../accounts/index.js'
import { seenUnder } from '../auth/masking.js'
import type { Sight } from '../auth/sight.js'
import type { AuditView, FindingView } from './audit.model.js'

/** That a chart is audited, by whom and why, is work; what was found is QUALITY, for those whose sight has it. */
export const presentAudit = (view: AuditView, sight: Sight, directory: Directory): Audit =>
  seenUnder(sight, {
    __typename: 'Audit',
    id: view.id,
    submissionId: view.submissionId,
    auditor: directory.member(view.auditorId),
    reason: view.reason,
    openedAt: view.openedAt,
    closedAt: view.closedAt,
    findings: view.findings.map((finding) => presentFinding(finding, sight, directory)),
  }) as unknown as Audit

export const presentFinding = (view: FindingView, sight: Sight, directory: Directory): Finding =>
  seenUnder(sight, {
    __typename: 'Finding',
    id: view.id,
    auditId: view.auditId,
    element: view.element,
    kind: view.kind,
    suggestionId: view.suggestionId,
    proposedSuggestionId: view.proposedSuggestionId,
    guideline: view.guideline,
    explanation: view.explanation,
    recordedBy: directory.member(view.recordedBy),
    recordedAt: view.recordedAt,
  }) as unknown as Finding
