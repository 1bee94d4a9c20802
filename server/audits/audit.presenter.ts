import type { Audit, Finding } from '../../schema/review.js'
import type { AuditScore, FindingStep } from '../../schema/score.js'
import type { Directory } from '../accounts/index.js'
import { carryingPart2, seenUnder } from '../auth/masking.js'
import type { Sight } from '../auth/sight.js'
import { admitsLabels } from '../charts/index.js'
import type { AuditView, FindingStepView, FindingView } from './audit.model.js'
import { ledgerOf, versionOfLedger } from './ledger.js'
import { stateOf } from './findingLife.decider.js'
import { type Measure, responsibleFor, type Score, scoreOf } from './score.decider.js'

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
    findings: view.findings.map((finding) => presentFinding(finding, view, sight, directory, labels)),
    version: versionOfLedger(view),
    answersDueAt: view.answersDueAt,
    // While it is open there is nothing to score: more may be found.
    score: view.policy && presentScore(scoreOf(ledgerOf(view, 'TODAY'), view.policy), sight),
    recordedScore: view.policy && presentScore(scoreOf(ledgerOf(view, 'RECORDED'), view.policy), sight),
  }) as unknown as Audit

/**
 * A finding stands on what the auditor read: its words are for those who are admitted to what the chart holds. That there is
 * one, of which kind and on which element, is what a score is made of, and stays.
 *
 * @param labels of the chart's documents
 */
export function presentFinding(
  view: FindingView,
  audit: Pick<AuditView, 'submitted'>,
  sight: Sight,
  directory: Directory,
  labels: readonly string[],
): Finding {
  return withWords(sight, labels, {
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
    state: stateOf(view.steps),
    responsible: directory.member(responsibleFor(view, audit.submitted)),
    history: presentSteps(view.steps, sight, directory, labels),
  }) as unknown as Finding
}

export const presentSteps = (
  steps: readonly FindingStepView[],
  sight: Sight,
  directory: Directory,
  labels: readonly string[],
): FindingStep[] =>
  steps.map(
    (step) =>
      withWords(sight, labels, {
        type: step.type,
        reason: step.reason,
        comment: step.comment,
        by: directory.member(step.actorId),
        at: step.at,
        dueAt: step.dueAt,
      }) as unknown as FindingStep,
  )

export const presentScore = (score: Score, sight: Sight): AuditScore =>
  seenUnder(sight, {
    policy: score.policy,
    policyVersion: score.policyVersion,
    headline: presentMeasure(score.headline, sight),
    measures: score.measures.map((measure) => presentMeasure(measure, sight)),
    overCoded: score.overCoded,
    underCoded: score.underCoded,
  })

const presentMeasure = (measure: Measure, sight: Sight) => seenUnder(sight, { ...measure })

/** What people wrote may speak of anything that the chart holds: left out where one of its labels is not admitted. */
export function withWords<T extends object>(sight: Sight, labels: readonly string[], object: T): T {
  const admitted = admitsLabels(sight, labels)
  const shown = admitted
    ? object
    : Object.fromEntries(Object.entries(object).map(([key, value]) => [key, WORDS.has(key) ? null : value]))
  const seen = seenUnder(sight, shown as T)
  return labels.includes('PART2') && admitted ? carryingPart2(seen, WORDS) : seen
}

const WORDS: ReadonlySet<string> = new Set(['guideline', 'explanation', 'comment'])
