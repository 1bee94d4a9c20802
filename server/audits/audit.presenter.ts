import type { Audit, Finding } from '../../schema/review.js'
import type { Directory } from '../accounts/index.js'
import { carryingPart2, seenUnder } from '../auth/masking.js'
import type { Sight } from '../auth/sight.js'
import { admitsLabels } from '../charts/index.js'
import type { AuditView, FindingView } from './audit.model.js'

/** That a chart is audited, by whom and why, is work; what was found is QUALITY, for those whose sight has it. */
export const presentAudit = (view: AuditView, sight: Sight, directory: Directory, labels: readonly string[]): Audit =>
  seenUnder(sight, {
    __typename: 'Audit',
    id: view.id,
    submissionId: view.submissionId,
    auditor: directory.member(view.auditorId),
    reason: view.reason,
    openedAt: view.openedAt,
    closedAt: view.closedAt,
    findings: view.findings.map((finding) => presentFinding(finding, sight, directory, labels)),
  }) as unknown as Audit

/**
 * A finding stands on what the auditor read: its words are for those who are admitted to what the chart holds. That there is
 * one, of which kind and on which element, is what a score is made of, and stays.
 *
 * @param labels of the chart's documents
 */
export function presentFinding(
  view: FindingView,
  sight: Sight,
  directory: Directory,
  labels: readonly string[],
): Finding {
  const admitted = admitsLabels(sight, labels)
  const finding = seenUnder(sight, {
    __typename: 'Finding',
    id: view.id,
    auditId: view.auditId,
    element: view.element,
    kind: view.kind,
    suggestionId: view.suggestionId,
    proposedSuggestionId: view.proposedSuggestionId,
    guideline: admitted ? view.guideline : null,
    explanation: admitted ? view.explanation : null,
    recordedBy: directory.member(view.recordedBy),
    recordedAt: view.recordedAt,
  })
  return (labels.includes('PART2') && admitted ? carryingPart2(finding, WORDS) : finding) as unknown as Finding
}

const WORDS: ReadonlySet<string> = new Set(['guideline', 'explanation'])
